"""A file that holds the reports of two times: figures are those of the time asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.grids.asking import LEFT
from tests.assistant.ledger.conftest import Desk, opened
from tests.index.ledger.test_two_times import COMPILED


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("compiled"), {"two.txt": COMPILED}) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("截至3月底全县重点项目累计完成投资多少？", "2.10亿元"),
        ("截至6月底全县重点项目累计完成投资多少？", "4.60亿元"),
        ("上半年竣工和达序时进度的项目完成投资合计多少？", "2.50亿元"),
    ],
)
def test_a_figure_of_the_asked_time(compiled: Desk, question: str, said: str) -> None:
    assert said in compiled.ask(question).answer.replace("2.5亿元", "2.50亿元")


def test_points_behind_a_lead_in_that_plans_are_all_of_the_plan(compiled: Desk) -> None:
    answer = compiled.ask("通报对三季度工作是怎么安排的？").answer
    assert "场地交付" in answer
    assert "盘活存量资金" in answer


@pytest.mark.parametrize("words", ["为什么还欠序时", "怎么仍差于计划进度", "尚欠进度的有哪些"])
def test_where_a_project_stands_is_no_amount_that_is_left(words: str) -> None:
    assert LEFT.search(words) is None


@pytest.mark.parametrize("words", ["还欠多少钱没付", "还差几户没拆完", "仍缺多少资金"])
def test_what_is_lacking_is_still_asked_for(words: str) -> None:
    assert LEFT.search(words) is not None


@pytest.mark.parametrize("asked", ["一般公共预算收入", "税收", "地区生产总值"])
def test_no_investment_is_told_for_what_a_government_takes_in(county: Desk, asked: str) -> None:
    assert county.ask(f"白石县2024年{asked}是多少？").refused
