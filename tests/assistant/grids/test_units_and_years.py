"""Cells with units of their own, years that are bounds on a column, tables over pages."""

from __future__ import annotations

import pytest

from assistant.grids.bounds import period_agrees
from assistant.grids.linking import link
from assistant.grids.reading import Grid, grids_of
from assistant.grids.said import normal
from tests.assistant.grids.test_reading import grid_of
from tests.assistant.ledger.conftest import Desk


def _values(grid: Grid, name: str) -> list[float | None]:
    (column,) = [c.number for c in grid.columns if c.name == name]
    return [line.values.get(column) for line in grid.lines]


def test_amounts_in_several_units_are_converted(quays: Desk) -> None:
    grid = grid_of(quays, "quays.html")
    assert _values(grid, "总投资") == [3000, 12_000, 800]
    assert next(c.unit for c in grid.columns if c.name == "总投资") == "万元"


def test_a_cell_of_another_unit_than_its_column_is_converted(quays: Desk) -> None:
    assert _values(grid_of(quays, "ledges.html"), "总投资") == [3000, 12_000, 800]


def test_the_digits_of_another_unit_are_no_value_of_the_column(quays: Desk) -> None:
    assert _values(grid_of(quays, "quays.html"), "占地") == [None, None, None]


def test_a_converted_amount_is_summed_and_shown_as_written(quays: Desk) -> None:
    answer = quays.ask("一览表里县港航局的码头总投资一共多少")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (15_000, "万元")
    assert not answer.unverified
    assert "1.2亿元万元" not in quays.ask("桐湾码头总投资和投用年份是什么").answer


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2025年投产的泵站有哪些", ["柳坝泵站", "石桥泵站"]),
        ("投产年份是2025年的泵站有哪些", ["柳坝泵站", "石桥泵站"]),
        ("2025年提灌泵站改造安排表里麻塘镇的泵站有哪些", ["石桥泵站", "沙湾泵站"]),
    ],
)
def test_a_year_beside_the_heading_of_a_column_of_years_is_a_bound(
    pumps: Desk, question: str, names: list[str]
) -> None:
    assert [row["name"] for row in pumps.ask(question).rows or ()] == names


def test_a_year_said_with_the_first_character_of_a_heading_is_a_bound(works: Desk) -> None:
    linked = link(normal("1994年建的水厂有哪些"), grid_of(works, "works.html"))
    assert linked is not None
    assert linked.number() == 1


def test_a_table_without_a_year_does_not_take_one(quays: Desk) -> None:
    grid = grid_of(quays, "quays.html")
    assert link(normal("县港航局的码头有哪些"), grid) is not None
    assert link(normal("2023年县港航局的码头有哪些"), grid) is None


@pytest.mark.parametrize(
    ("said", "agrees"),
    [("前三季度", False), ("前二季度", False), ("前2个季度", False), ("三季度", True)],
)
def test_quarters_up_to_one_are_not_those_of_another_month(
    works: Desk, said: str, agrees: bool
) -> None:
    assert period_agrees(said, grid_of(works, "works.html")) is agrees


def test_a_table_over_pages_is_one_and_its_sum_row_sums_all(parts: Desk) -> None:
    (file,) = parts.library.files()
    first, *others = grids_of(file.id, file.path, parts.library.content(file.id))
    assert [line.words[2] for line in first.lines] == ["枫林山塘", "茶坪山塘", "禾坑山塘"]
    ((_, summed),) = first.sums
    assert summed == first.lines
    assert [len(grid.lines) for grid in others] == [2, 2]
