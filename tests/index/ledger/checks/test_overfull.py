"""Parts behind “其中” that are more than their whole are a finding, in any unit of measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年水利工作情况\n"


@pytest.mark.parametrize(
    "words",
    [
        "今年新修渠道18.4公里，其中干渠6.2公里、支渠13.2公里。",
        "受理来信30封件，共处理来访20件，其中当场答复9件、转办8件、退回5件。",
        "新增灌溉面积1.2万亩，其中喷灌0.9万亩、滴灌0.6万亩。",
        "发放水泵50台（东片30台、西片25台）。",
    ],
)
def test_parts_that_exceed_the_whole_are_reported(read: Reader, words: str) -> None:
    assert [f.kind for f in read(TITLE + words).findings()] == ["sum"]


@pytest.mark.parametrize(
    "words",
    [
        "今年新修渠道18.4公里，其中干渠6.2公里、支渠12.2公里。",
        "今年新修渠道18.4公里，其中干渠6.2公里、支渠3公里。",
        "今年新修渠道约18公里，其中干渠6.2公里、支渠13.2公里。",
        "全区移民500人，其中劳动力320人，已就业290人。",
        "参训60人，其中女性35人、党员40人。",
        "完成投资5000万元，其中总投资6000万元的泵站完成800万元、总投资9000万元的水闸完成700万元。",
    ],
)
def test_what_may_well_agree_is_not_reported(read: Reader, words: str) -> None:
    assert read(TITLE + words).findings() == []


@pytest.mark.parametrize(
    "words",
    [
        "到位资金18.6亿元，其中财政资金6.2亿元，专项债券4.4亿元，银行贷款7亿元。",
        "筹集建设资金9000万元，其中上级补助3000万元、县级配套2500万元、群众自筹3000万元。",
    ],
)
def test_sources_of_money_that_miss_some_of_it_are_reported(read: Reader, words: str) -> None:
    assert [f.kind for f in read(TITLE + words).findings()] == ["sum"]


@pytest.mark.parametrize(
    "words",
    [
        "到位资金18.6亿元，其中财政资金6.2亿元，专项债券4.4亿元，银行贷款8亿元。",
        "到位资金18.6亿元，其中财政资金6.2亿元，专项债券4.4亿元，银行贷款2亿元。",
        "拨付资金9000万元，其中渠道3000万元、水闸2500万元、泵站3000万元。",
    ],
)
def test_some_of_the_parts_are_no_fault(read: Reader, words: str) -> None:
    assert read(TITLE + words).findings() == []


def test_a_finding_cites_whole_and_parts(read: Reader) -> None:
    found = read(TITLE + "今年新修渠道18.4公里，其中干渠6.2公里、支渠13.2公里。")
    (finding,) = found.findings()
    assert [found.text[a:b] for a, b in finding.spans] == ["18.4公里", "6.2公里", "13.2公里"]
    assert finding.formula == "6.2公里 + 13.2公里 = 19.4公里"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "全县安排重点项目48个，年度计划投资20亿元。按行业分，交通类15个、水利类12个、农业类11个、文教类9个。",
            "总数写48个，分项相加为47个",
        ),
        (
            "今年新修渠道30公里。从乡镇看：东坡镇12公里、西河乡10公里、南渡镇9公里。",
            "总数写30公里，分项相加为31公里",
        ),
    ],
)
def test_what_is_sorted_whole_must_make_its_total(read: Reader, words: str, said: str) -> None:
    (finding,) = read(TITLE + words).findings("sum")
    assert finding.text == said


@pytest.mark.parametrize(
    "words",
    [
        "全县安排重点项目47个。按行业分，交通类15个、水利类12个、农业类11个、文教类9个。",
        "全县安排重点项目48个，已开工47个。按行业分，交通类15个、水利类12个、农业类11个、文教类9个。",
        "全县安排重点项目90个。按行业分，交通类15个、水利类12个、农业类11个、文教类9个。",
        "全县安排重点项目48个。按行业分，交通类约15个、水利类12个、农业类11个、文教类9个。",
    ],
)
def test_classes_of_another_total_or_about_so_many_are_let_be(read: Reader, words: str) -> None:
    assert read(TITLE + words).findings("sum") == []


def test_parts_of_a_number_given_earlier_are_no_fault(read: Reader) -> None:
    text = "今年安排项目58个，由7个乡镇和8个单位承担，其中乡镇26个，单位32个。\n"
    assert not read(text).findings()
