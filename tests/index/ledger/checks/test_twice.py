"""What is told twice and otherwise is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"


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
