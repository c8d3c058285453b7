"""A thing is the same with how much of it there is to do; a note beside its name is a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.things.fitting import is_noted
from assistant.things.naming import without_extent
from tests.assistant.grids.conftest import _page, _row
from tests.assistant.ledger.conftest import Desk, opened

TABLE = _page(
    "云麓县2031年民生实事进度表",
    _row("序号", "项目名称", "责任单位", "完成率", "情况"),
    _row("1", "屋顶雨棚加装90所", "县房管局", "31%", "住户分歧大，仅28所签了同意书"),
    _row("2", "山塘补漏15口", "县水务局", "80%", "已完成12口"),
)
NOTICE = """云麓县督查办
关于民生实事的提醒
2031年9月12日
一、屋顶雨棚加装：10月底前签完其余同意书。
二、请各责任单位主要负责人到场。
"""
REPORT = """云麓县前三季度重点工程通报
2031年10月8日
未动工3个：县水务局2个：白沙灌站（两次流标）、青坪闸改造（图纸退回）；县教育局1个：实验幼儿园（县教育局）。
县水务局解释，白沙灌站贷款没有获批，主要是还款来源不足、抵押物未落实。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"进度表.html": TABLE, "提醒.txt": NOTICE, "通报.txt": REPORT}
    with opened(tmp_path_factory.mktemp("notes"), texts) as desk:
        yield desk


def test_extent_at_the_end_is_no_part_of_a_name() -> None:
    assert without_extent("屋顶雨棚加装90所") == "屋顶雨棚加装"
    assert without_extent("城镇新增就业16万人") == "城镇新增就业"
    assert without_extent("滨江路2号") == "滨江路2号"


def test_row_with_an_extent_tells_of_the_thing(county: Desk) -> None:
    answer = county.ask("屋顶雨棚加装目前有多少所签了同意书？")
    assert answer.short == "28所"


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("白沙灌站（两次招标流标）", True),
        ("县水务局2个：白沙灌站（两次招标流标）", True),
        ("白沙灌站——线位压占农田", True),
        ("实验幼儿园（县教育局）", False),
        ("白沙灌站（9月已通水运行）", False),
        ("白沙灌站。", False),
    ],
)
def test_note_beside_a_name(text: str, noted: bool) -> None:
    assert is_noted(text) is noted


def test_sentence_that_says_why_stands_in_the_answer(county: Desk) -> None:
    answer = county.ask("白沙灌站的贷款为什么没有批下来？")
    assert "抵押物未落实" in answer.answer
