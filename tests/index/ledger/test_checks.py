"""What does not agree is reported; what agrees within rounding is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"
LISTED = "区住建局的东湖花园、西湖花园；区交通局的北环路。\n"


# -- counts ---------------------------------------------------------------------


@pytest.mark.parametrize("count", ["4", "四", "2"])
def test_a_stated_count_unlike_the_list_is_reported(read: Reader, count: str) -> None:
    found = read(TITLE + f"截至9月底，{count}个项目未开工，分别是：{LISTED}")
    assert [f.kind for f in found.findings()] == ["count"]


@pytest.mark.parametrize("count", ["3", "三", "３"])
def test_a_stated_count_like_the_list_is_not_reported(read: Reader, count: str) -> None:
    found = read(TITLE + f"截至9月底，{count}个项目未开工，分别是：{LISTED}")
    assert found.findings() == []


def test_a_count_finding_cites_the_count_and_the_list(read: Reader) -> None:
    found = read(TITLE + f"截至9月底，4个项目未开工，分别是：{LISTED}")
    (finding,) = found.findings()
    quotes = [found.text[a:b] for a, b in finding.spans]
    assert quotes[0] == "4"
    assert "东湖花园" in quotes[1]
    assert "北环路" in quotes[1]


def test_a_heading_that_counts_otherwise_than_the_text_is_reported(read: Reader) -> None:
    found = read(TITLE + f"一、未开工项目（4个）\n截至9月底，3个项目未开工，分别是：{LISTED}")
    assert [f.kind for f in found.findings()] == ["count"]


def test_the_main_ones_of_a_count_are_no_contradiction(read: Reader) -> None:
    found = read(TITLE + f"未开工的项目有21个，主要有：{LISTED}")
    assert found.findings() == []


@pytest.mark.parametrize("count", ["10余", "约4", "近5"])
def test_a_hedged_count_raises_no_alarm(read: Reader, count: str) -> None:
    before, after = ("", count) if count[0].isdigit() else (count[0], count[1:])
    found = read(TITLE + f"截至9月底，有{before}{after}个项目未开工，分别是：{LISTED}")
    assert found.findings() == []


NAMES = ["东湖", "西湖", "南湖", "北湖", "青山", "白河", "朝阳", "文昌", "平安", "春晓", "秋实"]


def test_twelve_announced_with_eleven_names_is_reported(read: Reader) -> None:
    names = "、".join(f"{name}花园" for name in NAMES)
    found = read(TITLE + f"区住建局的{names}等12个项目已竣工。\n")
    assert [f.kind for f in found.findings()] == ["announced"]
    assert "11" in found.findings()[0].text


def test_eleven_announced_with_eleven_names_is_not_reported(read: Reader) -> None:
    names = "、".join(f"{name}花园" for name in NAMES)
    assert read(TITLE + f"区住建局的{names}等11个项目已竣工。\n").findings() == []


def test_a_choice_of_names_behind_and_so_on_is_no_contradiction(read: Reader) -> None:
    assert read(TITLE + "区住建局的东湖花园、西湖花园等12个项目已竣工。\n").findings() == []


# -- percentages ----------------------------------------------------------------

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


# -- sums -----------------------------------------------------------------------

# 36.08 + 12.44 + 5.96 + 0.069 = 54.549.
PARTS = (
    TITLE + "全区完成投资{}亿元，其中：竣工项目完成投资36.08亿元，在建项目完成投资12.44亿元，"
    "滞后项目完成投资5.96亿元，前期项目完成投资690万元。\n"
)


def test_a_sum_within_the_rounding_of_its_parts_is_not_reported(read: Reader) -> None:
    assert read(PARTS.format("54.55")).findings() == []


def test_a_wrong_sum_of_amounts_is_reported(read: Reader) -> None:
    assert [f.kind for f in read(PARTS.format("54.95")).findings()] == ["sum"]


PIECES = TITLE + "全区安排重点项目20个，其中竣工5个、在建12个、未开工{}个。\n"


def test_counts_that_add_up_are_not_reported(read: Reader) -> None:
    assert read(PIECES.format(3)).findings() == []


def test_counts_that_do_not_add_up_are_reported(read: Reader) -> None:
    assert [f.kind for f in read(PIECES.format(4)).findings()] == ["sum"]


TABLE = (
    ["项目名称", "责任单位", "总投资（万元）"],
    ["东湖花园", "区住建局", "12000"],
    ["北环路", "区交通局", "8000"],
)


def test_a_wrong_sum_row_is_reported_with_its_formula(read_table: Callable[..., Read]) -> None:
    (finding,) = read_table(*TABLE, ["合计", "", "21000"]).findings()
    assert finding.kind == "sum"
    assert finding.formula == "12000 + 8000 = 20000"


def test_a_right_sum_row_is_not_reported(read_table: Callable[..., Read]) -> None:
    assert read_table(*TABLE, ["合计", "", "20000"]).findings() == []


def test_a_sum_row_of_hedged_cells_is_not_checked(read_table: Callable[..., Read]) -> None:
    found = read_table(*TABLE, ["南门桥", "区交通局", "约1000"], ["合计", "", "21500"])
    assert found.findings() == []


def test_a_wrong_sum_of_a_group_is_reported(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "项目名称", "总投资（万元）"],
        [("一、区住建局", 'colspan="3"')],
        ["1", "东湖花园", "1000"],
        ["2", "西湖花园", "2000"],
        ["", "小计", "3500"],
        [("二、区交通局", 'colspan="3"')],
        ["1", "北环路", "500"],
        ["2", "南门桥", "700"],
        ["", "小计", "1200"],
    )
    (finding,) = found.findings()
    assert finding.kind == "sum"
    assert finding.formula == "1000 + 2000 = 3000"


# -- the same thing told twice ----------------------------------------------------

TWICE = (
    TITLE + "一、已竣工项目（2个）\n区住建局的{}、西湖花园。\n"
    "二、未开工项目（2个）\n区交通局的北环路、{}。\n"
)


def test_one_project_under_two_statuses_is_reported(read: Reader) -> None:
    found = read(TWICE.format("东湖花园", "东湖花园"))
    (finding,) = found.findings()
    assert finding.kind == "two_statuses"
    assert [found.text[a:b] for a, b in finding.spans] == ["东湖花园", "东湖花园"]


@pytest.mark.parametrize(("one", "other"), [("东湖花园一期", "东湖花园二期"), ("**花园", "**花园")])
def test_phases_and_masked_names_are_not_the_same_project(
    read: Reader, one: str, other: str
) -> None:
    assert read(TWICE.format(one, other)).findings() == []


def test_a_project_not_started_and_cancelled_is_no_contradiction(read: Reader) -> None:
    found = read(
        TITLE + "一、未开工项目（2个）\n区住建局的东湖花园、西湖花园。\n"
        "二、已取消项目（1个）\n区住建局的东湖花园（投资方退出）。\n"
    )
    assert found.findings("two_statuses") == []


def test_two_totals_of_one_project_are_reported(read: Reader) -> None:
    found = read(
        TITLE + "一、产业项目\n1.东湖花园项目。总投资3.5亿元，年度计划投资1.2亿元。\n"
        "2.北环路项目。总投资2亿元。\n"
        "二、存在问题的项目\n1.东湖花园项目。总投资3.8亿元，资金未到位。\n"
    )
    (finding,) = found.findings()
    assert finding.kind == "figures"
    assert [found.text[a:b] for a, b in finding.spans] == ["3.5亿元", "3.8亿元"]


def test_the_same_total_in_another_unit_is_not_reported(read: Reader) -> None:
    found = read(
        TITLE + "一、产业项目\n1.东湖花园项目。总投资3.5亿元，年度计划投资1.2亿元。\n"
        "2.北环路项目。总投资2亿元。\n"
        "二、存在问题的项目\n1.东湖花园项目。总投资35000万元，资金未到位。\n"
    )
    assert found.findings() == []


CLASSES = (
    TITLE + "全区共有重点项目12个，完成投资{}亿元。\n分类别看，产业类项目6个，完成投资2.00亿元；"
    "交通类项目4个，完成投资1.50亿元；民生类项目2个，完成投资0.50亿元。\n"
)


def test_classes_that_do_not_add_up_to_the_whole_are_reported(read: Reader) -> None:
    (finding,) = read(CLASSES.format("4.30")).findings()
    assert finding.kind == "sum"
    assert finding.formula == "2.00亿元 + 1.50亿元 + 0.50亿元 = 4亿元"


def test_classes_that_add_up_are_not_reported(read: Reader) -> None:
    assert read(CLASSES.format("4.00")).findings() == []


def test_a_subtotal_sums_its_own_group_only(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["街道", "工程名称", "计划投资（万元）"],
        ["柳岸街道", "西苑外墙翻新", "101"],
        ["柳岸街道", "东苑屋面翻新", "53"],
        ["柳岸街道小计", "", "154"],
        ["桐林街道", "北苑管网翻新", "31"],
        ["桐林街道", "南苑电梯加装", "22"],
        ["桐林街道小计", "", "63"],
        ["合计（4个小区）", "", "207"],
    )
    assert len(found.names) == 4
    (finding,) = [f for f in found.ledger.findings if f.kind == "sum"]
    assert "桐林街道小计" in finding.text
    assert finding.formula == "31 + 22 = 53"


def test_a_sum_that_carries_the_name_of_a_group_sums_that_group(
    read_table: Callable[..., Read],
) -> None:
    found = read_table(
        ["街道", "工程名称", "计划投资（万元）"],
        ["柳岸街道", "西苑外墙翻新", "101"],
        ["柳岸街道", "东苑屋面翻新", "53"],
        ["柳岸街道合计", "", "154"],
        ["桐林街道", "北苑管网翻新", "31"],
        ["桐林街道", "南苑电梯加装", "22"],
        ["桐林街道合计", "", "53"],
        ["总计", "", "207"],
    )
    assert not [f for f in found.ledger.findings if f.kind == "sum"]


CLASSES_BY_LINE = (
    TITLE + "全区共有重点项目12个，年度计划投资{}亿元，完成投资4.00亿元。\n按类别分：\n"
    "- 产业类6个，年度计划投资5.00亿元，完成投资2.00亿元；\n"
    "- 交通类4个，年度计划投资3.00亿元，完成投资1.50亿元；\n"
    "- 民生类2个，年度计划投资1.00亿元，完成投资0.50亿元。\n"
)


def test_classes_one_a_line_are_summed_for_each_amount(read: Reader) -> None:
    (finding,) = read(CLASSES_BY_LINE.format("8.50")).findings()
    assert finding.formula == "5.00亿元 + 3.00亿元 + 1.00亿元 = 9亿元"
    assert read(CLASSES_BY_LINE.format("9.00")).findings() == []


@pytest.mark.parametrize("among", ["项目中，", "工程当中，"])
def test_how_many_there_were_is_not_held_against_how_many_are_left(
    read: Reader, among: str
) -> None:
    text = (
        f"督办通报\n一、赶上的\n6个滞后{among}有2个赶上了计划：榆林路改造、松江水厂扩建。\n"
        "二、仍然滞后的\n其余4个项目仍然滞后：和平里小学、北山水库、东环路、文化馆。\n"
    )
    assert not read(text).findings("figures")
    told = text.replace(f"6个滞后{among}有2个赶上了计划", "6个滞后项目要赶工。2个赶上了计划")
    assert read(told).findings("figures")
