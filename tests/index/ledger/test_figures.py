"""Quantities that prose states: how much, of what, of which whole, as of when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

TEXT = (
    "青川区2024年重点项目进展情况\n"
    "截至9月底，24个项目未赶上计划进度，占在建项目总数的16.8％，完成投资5.96亿元。\n"
)


def test_count_share_and_amount_of_a_sentence_are_read(read: Callable[[str], Read]) -> None:
    figures = read(TEXT).ledger.figures
    assert [(f.number.text, f.unit, f.value) for f in figures] == [
        ("24", "个", 24.0),
        ("16.8％", "%", 16.8),
        ("5.96亿元", "万元", 59600.0),
    ]


def test_all_figures_of_a_sentence_are_of_its_subject(read: Callable[[str], Read]) -> None:
    assert {f.progress for f in read(TEXT).ledger.figures} == {"behind"}


def test_a_share_knows_what_it_is_a_share_of(read: Callable[[str], Read]) -> None:
    share = read(TEXT).ledger.figures[1]
    assert share.base is not None
    assert share.base.text == "在建项目总数"


def test_figures_are_as_of_the_date_of_the_sentence(read: Callable[[str], Read]) -> None:
    dates = {f.as_of.text for f in read(TEXT).ledger.figures if f.as_of}
    assert dates == {"9月底"}


def test_a_figure_broken_by_a_page_number_is_read_whole(read: Callable[[str], Read]) -> None:
    found = read(TEXT.replace("16.8％", "16.8\n－1－\n％"))
    assert [f.value for f in found.ledger.figures if f.unit == "%"] == [16.8]


def test_a_figure_is_cited_where_it_stands(read: Callable[[str], Read]) -> None:
    found = read(TEXT)
    for figure in found.ledger.figures:
        assert found.text[figure.number.start : figure.number.end] == figure.number.text
        assert figure.start <= figure.number.start
        assert figure.number.end <= figure.end


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("到9月底，", "9月底"),
        ("至5月15日，", "5月15日"),
        ("1至9月，", "9月"),
        ("1—10月份，", "10月份"),
    ],
)
def test_other_ways_to_say_up_to_when(read: Callable[[str], Read], opening: str, date: str) -> None:
    found = read("青川区重点项目进展情况\n" + opening + "24个项目停工，完成投资5.96亿元。\n")
    assert {f.as_of.text for f in found.ledger.figures if f.as_of} == {date}


def test_what_is_wanted_by_then_is_no_date_of_the_figures(read: Callable[[str], Read]) -> None:
    found = read("青川区重点项目工作要求\n到12月底，要确保24个项目全部竣工。\n")
    assert all(figure.as_of is None for figure in found.ledger.figures)


def test_each_part_of_a_clause_has_its_own_status(read: Callable[[str], Read]) -> None:
    found = read("青川区重点项目进展情况\n全区30个重点项目开工26个、未开工4个。\n")
    assert next((f.value, f.stage) for f in found.ledger.figures) == (30.0, None)
    assert (4.0, "not_started") in [(f.value, f.stage) for f in found.ledger.figures]


@pytest.mark.parametrize(
    ("kind", "other"), [("续建", "新建"), ("产业类", "民生类"), ("结转", "文旅")]
)
def test_a_sentence_that_takes_a_class_apart_is_of_that_class(
    read: Callable[[str], Read], kind: str, other: str
) -> None:
    text = (
        f"青川区2024年重点项目进展情况\n{kind}项目20个，年度计划投资9.6亿元。其中竣工3个、未开工4个。\n"
        f"{other}项目11个。全区还有6个项目停工。\n"
    )
    parts = [(f.number.text, f.part) for f in read(text).ledger.figures]
    assert parts == [
        ("20", kind), ("9.6亿元", kind), ("3", kind), ("4", kind), ("11", other), ("6", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["正在推进", "还在办理"])
def test_a_state_of_a_heading_is_named_without_its_count(
    read: Callable[[str], Read], verb: str
) -> None:
    text = (
        "青川区交办事项落实情况通报\n一、已办结2项\n1. 东湖泵站：设备已更换。\n"
        "2. 西街路灯：已全部点亮。\n"
        f"二、{verb}1项\n1. 南桥栏杆：正在安装。\n"
    )
    assert verb in {figure.state for figure in read(text).ledger.figures}


@pytest.mark.parametrize(
    ("words", "changed"),
    [("滞后的项目比上季度末减少6个，停工的项目较年初增加2个。", ["6", "2"]),
     ("未开工项目数比上月少了3个。", ["3"])],
)  # fmt: skip
def test_by_how_much_a_state_changed_is_not_its_number(
    read: Callable[[str], Read], words: str, changed: list[str]
) -> None:
    figures = read("青川区2024年重点项目进展情况\n" + words).ledger.figures
    assert [(f.number.text, f.stage, f.progress) for f in figures] == [
        (number, None, None) for number in changed
    ]


@pytest.mark.parametrize("who", ["市委、市政府确定", "县政府下达"])
def test_who_set_the_projects_is_no_class_of_them(read: Callable[[str], Read], who: str) -> None:
    figures = read(f"青川区项目进展\n今年{who}重点项目30个，年度计划投资9亿元。").ledger.figures
    assert {f.part for f in figures} == {""}


@pytest.mark.parametrize(
    ("heading", "opening", "part"),
    [
        ("二、农业", "农业仍是重头，6个项目年度计划投资2.40亿元，完成率58.3%。", "农业"),
        ("二、文教", "文教领域列入项目6个，年度计划投资2.40亿元，完成率58.3%。", "文教领域"),
        ("二、总体", "全县6个项目年度计划投资2.40亿元，完成率58.3%。", ""),
        ("二、农业", "总的看，6个项目年度计划投资2.40亿元，完成率58.3%。", ""),
    ],
)
def test_the_class_of_a_section_is_named_by_its_first_sentence(
    read: Callable[[str], Read], heading: str, opening: str, part: str
) -> None:
    figures = read(f"进展报告\n一、概况\n截至6月底。\n{heading}\n{opening}\n").ledger.figures
    assert {(f.unit, f.part) for f in figures} == {("个", part), ("万元", part), ("%", part)}
