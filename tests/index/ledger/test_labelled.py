"""Groups under status labels, names apart from their units, and what is no name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.names import is_sentence
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

MONTHLY = """柳滩县水利项目月报（2024年5月）
柳滩县水利局
2024年6月3日
一、市级项目（5个）
竣工1个：〔北堤加固（县水利局）〕。
滞后2个：〔东渠清淤（苇塘乡）——弃土场没有落实；南闸改造（县水利局）——设备未到货〕。
未开工2个：〔西堤加高（柳滩镇）——用地未批；石塘水库扩容（县水利局）——移民安置方案未定〕。
"""


def test_wrapped_groups_with_dashes_are_records(read: Reader) -> None:
    found = read(MONTHLY)
    assert found.pairs("reason") == [
        ("北堤加固", None),
        ("东渠清淤", "弃土场没有落实"),
        ("南闸改造", "设备未到货"),
        ("西堤加高", "用地未批"),
        ("石塘水库扩容", "移民安置方案未定"),
    ]
    assert found.column("unit") == ["县水利局", "苇塘乡", "县水利局", "柳滩镇", "县水利局"]


def test_a_name_does_not_swallow_its_unit(read: Reader) -> None:
    found = read(
        "柳滩县半年报告\n2024年7月1日\n（一）进度滞后项目（3个）\n"
        "1.县水利局的北堤加固（设计变更）；2.苇塘乡的东渠清淤（弃土场没有落实）；"
        "3.县交通局的渡口改造（资金未到位）。\n"
    )
    assert found.pairs() == [
        ("北堤加固", "县水利局"), ("东渠清淤", "苇塘乡"), ("渡口改造", "县交通局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["（一）9月底前对", "3个是在地勘", "2个项目全部", "10月15日前", "县城管局承担的"]
)
def test_part_of_a_sentence_is_no_name(words: str) -> None:
    assert is_sentence(words)


@pytest.mark.parametrize("words", ["北堤加固", "2024年老旧小区改造", "三个一批工程", "对外连接线"])
def test_names_are_no_sentences(words: str) -> None:
    assert not is_sentence(words)


def test_counts_of_causes_are_no_projects(read: Reader) -> None:
    found = read(
        "柳滩县半年报告\n2024年7月1日\n四、存在问题\n"
        "一是前期不深。6个未开工项目中，有3个是在勘察、评估、检测环节才发现问题。\n"
    )
    assert found.names == []


def test_a_share_that_the_counts_contradict_is_found(read: Reader) -> None:
    found = read(
        "柳滩县渡口排查\n2024年7月1日\n甲类5个，占15.6％；乙类13个，占40.6％；丙类7个，占21.9％；"
        "丁类2个，占6.3％；戊类5个，占16.6％。\n"
    )
    (finding,) = found.ledger.findings
    assert finding.text == "“戊类”的占比写16.6%，按所列数字为15.6%"
    assert finding.formula == "5 ÷ 32 = 15.6%"


def test_shares_of_another_whole_are_left_alone(read: Reader) -> None:
    found = read(
        "柳滩县渡口排查\n2024年7月1日\n甲类5个，占30％；乙类4个，占25％；丙类3个，占12％。\n"
    )
    assert found.ledger.findings == []
