"""Tables with blank cells, and figures that do not add up: years, dates, percentages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.figures_said import in_figures
from assistant.grids.linking import link
from assistant.grids.said import normal
from assistant.grids.worth import plain
from assistant.ledger.measures import top_of
from tests.assistant.grids.test_reading import grid_of
from tests.assistant.ledger.conftest import Desk


def test_one_figure_of_several_rows_does_not_bear_another_rows_name(pumps: Desk) -> None:
    answer = pumps.ask("县水务局的泵站受益户数一共多少")
    assert answer.value is not None
    assert answer.value.number == 120
    assert "柳坝泵站：" not in answer.answer
    assert "县水务局：受益户数" in answer.answer
    assert any("2 个中有 1 个" in note for note in answer.notes)


def test_percentages_of_a_group_are_not_added(pumps: Desk) -> None:
    assert "105" not in pumps.ask("安排表里哪个责任单位的完成率最高").answer


def test_a_group_without_any_figure_is_not_the_least(pumps: Desk) -> None:
    answer = pumps.ask("安排表里哪个责任单位的受益户数最少")
    assert answer.short == "县水务局"
    assert "县林业局" not in answer.answer
    assert any("5 个中有 2 个" in note for note in answer.notes)


def test_rows_without_the_figure_are_said_to_be_left_out_of_a_ranking(pumps: Desk) -> None:
    answer = pumps.ask("受益户数最多的泵站是哪个")
    assert answer.short == "石桥泵站"
    assert any("5 个中有 2 个" in note for note in answer.notes)


def test_rows_without_the_figure_are_said_to_be_left_out_of_a_comparison(pumps: Desk) -> None:
    answer = pumps.ask("杉溪镇和麻塘镇的泵站，谁的受益户数多，多多少")
    assert answer.value is not None
    assert answer.value.number == 270
    assert any("4 个中有 1 个" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "cells", "gap"),
    [
        ("竹埠泵站和沙湾泵站谁的投产年份早", ("2011", "2008"), "多"),
        ("竹埠泵站和石桥泵站谁的验收日期早", ("3月5日", "6月20日"), "315"),
    ],
)
def test_years_and_dates_have_no_difference(
    pumps: Desk, question: str, cells: tuple[str, str], gap: str
) -> None:
    answer = pumps.ask(question)
    assert all(cell in answer.answer for cell in cells)
    assert gap not in answer.answer


def test_a_number_of_many_digits_is_written() -> None:
    assert plain(Decimal("123456789012345678901234567890.5")) == "123456789012345678901234567890.5"
    assert plain(Decimal("120.00")) == "120"


@pytest.mark.parametrize(("said", "number"), [("十二", 12), ("十五", 15), ("二十", 20)])
def test_numerals_above_ten_are_counted(said: str, number: int) -> None:
    assert top_of(f"总投资最大的{said}个项目")[0] == number


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("投资上千万的项目", "投资达到1000万的项目"),
        ("过百万的", "超过100万的"),
        ("超过三千万的", "超过3000万的"),
    ],
)
def test_more_than_a_round_number_is_a_bound(said: str, figures: str) -> None:
    assert in_figures(said) == figures


def test_a_share_says_which_rows_it_leaves_out(works_without_rates: Desk) -> None:
    answer = works_without_rates.ask("东坡镇的水厂支付率是多少")
    assert answer.value is not None
    assert answer.value.number == 80
    assert any("3 个中有 1 个" in note for note in answer.notes)


def test_the_share_of_a_group_is_that_of_its_sums(works_without_rates: Desk) -> None:
    answer = works_without_rates.ask("水厂里哪个乡镇的支付率最高")
    assert answer.short == "东坡镇"
    assert "80%" in answer.answer


def test_the_first_twelve_are_twelve(works_without_rates: Desk) -> None:
    answer = works_without_rates.ask("水厂台账里计划资金最多的前十二个")
    assert len(answer.rows or ()) == 6


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("年度计划没达到1800万元的项目有哪些", ["榆林县柳沟断头路"]),
        ("年度计划不足1800万元的项目有哪些", ["榆林县柳沟断头路"]),
        ("年度计划没超过1800万元的项目有哪些", ["榆林县三座便民桥", "榆林县柳沟断头路"]),
        ("总投资上亿的项目有哪些", ["榆林县环山公路", "白河区环湖公路"]),
    ],
)
def test_what_is_not_reached_lies_below(roads: Desk, question: str, names: list[str]) -> None:
    linked = link(normal(question), grid_of(roads, "roads.html"))
    assert linked is not None
    lines = [n for n in linked.grid.lines if all(c.holds(n) for c in linked.conditions)]
    assert [line.words[2] for line in lines] == names


def test_the_best_of_what_no_column_ranks_lists_no_rows(pumps: Desk) -> None:
    answer = pumps.ask("杉溪镇的泵站哪座修得最好")
    assert not answer.rows
    assert "筛选" not in answer.answer
