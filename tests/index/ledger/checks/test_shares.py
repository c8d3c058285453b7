"""A share that is not what its part is of its whole is reported; within rounding it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"


# 12.44 of 62.78 is 19.815 %.
SHARE = TITLE + "截至9月底，全区完成{}，占年度计划{}的{}。\n"


def test_a_wrong_share_of_a_stated_base_is_reported(read: Reader) -> None:
    (finding,) = read(SHARE.format("投资12.44亿元", "62.78亿元", "19.9％")).findings()
    assert finding.kind == "percent"
    assert "19.8%" in finding.text
    assert "12.44" in finding.formula
    assert "62.78" in finding.formula


@pytest.mark.parametrize("share", ["19.8％", "19.82％", "20％"])
def test_a_share_that_rounds_right_is_not_reported(read: Reader, share: str) -> None:
    assert read(SHARE.format("投资12.44亿元", "62.78亿元", share)).findings() == []


@pytest.mark.parametrize(
    ("done", "plan", "share"),
    [
        ("投资约12.44亿元", "62.78亿元", "19.9％"),
        ("投资12.44亿元", "约62.78亿元", "19.9％"),
        ("投资12.44亿元", "62.78亿元", "约19.9％"),
        ("投资12.44亿余元", "62.78亿元", "19.9％"),
    ],
)
def test_a_share_with_a_hedge_is_not_checked(
    read: Reader, done: str, plan: str, share: str
) -> None:
    assert read(SHARE.format(done, plan, share)).findings() == []


SHARES = (
    TITLE + "全区共有重点项目100个。28个项目竣工，占项目总数的28％。51个项目赶上计划进度，"
    "占项目总数的51％。13个项目未开工，占项目总数的{}％。8个项目停工，占项目总数的8％。\n"
)


def test_a_share_unlike_all_others_of_its_base_is_reported(read: Reader) -> None:
    (finding,) = read(SHARES.format(15)).findings()
    assert finding.kind == "percent"
    assert "13%" in finding.text


def test_shares_of_one_base_that_agree_are_not_reported(read: Reader) -> None:
    assert read(SHARES.format(13)).findings() == []


def test_a_right_share_of_a_counted_base_is_not_reported(read: Reader) -> None:
    # 24 of 143 is 16.78 %.
    found = read(
        TITLE + "全区共有重点项目143个。其中24个项目未赶上计划进度，占项目总数143个的16.8％。\n"
    )
    assert found.findings() == []


def test_a_wrong_share_in_a_table_row_is_reported(read_table: Callable[..., Read]) -> None:
    # 1000 of 3000 is 33.3 %.
    found = read_table(
        ["项目名称", "年度计划投资（万元）", "完成投资（万元）", "完成率"],
        ["东湖花园", "5000", "4000", "80%"],
        ["北环路", "3000", "1000", "40%"],
        ["南门桥", "2000", "1500", "75%"],
        ["西门桥", "1000", "500", "50%"],
    )
    (finding,) = found.findings()
    assert finding.kind == "percent"
    assert "北环路" in finding.text


PLAN = "{}项目：年度计划投资{}亿元，已完成投资{}亿元，占年度计划的{}%。\n"
RIGHT = [
    ("北环路", "4.00", "2.00", "50.0"),
    ("南门桥", "4.00", "1.00", "25.0"),
    ("西门桥", "4.00", "3.00", "75.0"),
]


def test_a_wrong_share_in_a_narrative_is_reported(read: Reader) -> None:
    # 0.80 of 1.20 is 66.7 %.
    rows = [("东湖花园", "1.20", "0.80", "76.7"), *RIGHT]
    found = read(TITLE + "".join(PLAN.format(*row) for row in rows))
    assert any("66.67%" in f.text and "东湖花园" in f.text for f in found.findings("percent"))


def test_shares_of_each_projects_own_plan_are_not_compared(read: Reader) -> None:
    # 1.00 of 5.00 is 20 %, though the plans of the others are 4.00.
    rows = [*RIGHT, ("东湖花园", "5.00", "1.00", "20.0")]
    found = read(TITLE + "".join(PLAN.format(*row) for row in rows))
    assert found.findings() == []


def test_a_share_is_of_any_figure_of_its_sentence(read: Reader) -> None:
    text = """通报
全县年度计划投资50.00亿元。
竣工4个，计划5.00亿元，占全县年度计划投资的10.0%。
在建6个，计划20.00亿元，占全县年度计划投资的40.0%。
滞后3个，计划10.00亿元，完成4.00亿元，占全县年度计划投资的20.0%。
提前2个，计划14.00亿元，完成14.60亿元，超计划0.60亿元，占全县年度计划投资的{}%。
"""
    assert not read(text.format("29.2")).findings("percent")
    assert read(text.format("35.7")).findings("percent")
