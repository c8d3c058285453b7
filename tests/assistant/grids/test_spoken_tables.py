"""Questions over a table as people ask them: spoken amounts, rows left out, cells as filled in."""

from __future__ import annotations

import pytest

from assistant.figures_said import in_figures
from assistant.grids.cells import stated_number
from tests.assistant.ledger.conftest import Desk

RING, BRIDGES, DEAD_END = "榆林县环山公路", "榆林县三座便民桥", "榆林县柳沟断头路"
LAKE, TRACK = "白河区环湖公路", "白河区灌渠便道"


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("总投资一个亿以上的", "总投资1亿以上的"),
        ("五千万到两个亿之间", "5000万到2亿之间"),
        ("总投资过亿的", "总投资超过1亿的"),
        ("投资上亿的项目", "投资达到1亿的项目"),
        ("3000多万的项目", "3000万到4000万之间的项目"),
        ("3000来万的", "2700万到3300万之间的"),
        ("超过亿联公司", "超过亿联公司"),
        ("十几亿的", "十几亿的"),
        ("一万户", "一万户"),
    ],
)
def test_spoken_amounts_are_read_as_figures(said: str, figures: str) -> None:
    assert in_figures(said) == figures


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("那三家卫生院", 3), ("五个在建项目", 5), ("这13个项目", 13), ("前三个项目", None),
        ("三个月内", None), ("哪几个", None), ("两个亿", None), ("第五个项目", None),
    ],
)  # fmt: skip
def test_a_question_may_state_how_many_there_are(question: str, number: int | None) -> None:
    assert stated_number(question) == number


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("进度表里年度计划超过5000万的有哪些", [RING, LAKE]),
        ("总投资一个亿以上的项目有哪些", [RING, LAKE]),
        ("进度表里总投资过亿、还没竣工的是哪几个", [RING]),
        ("进度表“存在问题”一栏填“无”的有哪几个", [RING, LAKE]),
        ("进度表里存在问题的项目有哪些", [BRIDGES, DEAD_END]),
        ("进度表里没有存在问题的有哪些", [RING, LAKE, TRACK]),
        ("进度表里存在问题一栏空着的有几个", [RING, LAKE, TRACK]),
        ("进度表里，责任单位是水利局、还没竣工的有哪几个", [BRIDGES, TRACK]),
        ("进度表里除榆林县外还有哪些项目", [LAKE, TRACK]),
        ("榆林县的项目目前都什么进度", [RING, BRIDGES, DEAD_END]),
        ("1—9月完成投资不到年度计划一半的有哪些", [BRIDGES, DEAD_END]),
        ("截至9月底竣工的项目有哪些", [LAKE]),
    ],
)
def test_conditions_as_people_say_them_select_every_row(
    roads: Desk, question: str, names: list[str]
) -> None:
    answer = roads.ask(question)
    assert [row["name"] for row in answer.rows or ()] == names
    assert not answer.unverified


def test_the_column_that_bears_the_unit_is_shown(roads: Desk) -> None:
    answer = roads.ask("白河区的项目分别是多少公里")
    assert "7公里" in answer.answer
    assert "18公里" in answer.answer


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("榆林县的三个在建项目年度计划合计多少", 7900),
        ("榆林县交通局的两个项目1—9月一共完成了多少投资", 4300),
        ("除了水利局，其他单位年度计划合计多少", 15900),
    ],
)
def test_stated_numbers_and_parts_of_names_choose_the_rows(
    roads: Desk, question: str, value: float
) -> None:
    answer = roads.ask(question)
    assert answer.value is not None
    assert answer.value.number == value
    assert not answer.notes


def test_a_stated_number_that_the_table_does_not_have_is_said(roads: Desk) -> None:
    answer = roads.ask("榆林县的五个项目年度计划合计多少")
    assert any("5个" in note and "3个" in note for note in answer.notes)
