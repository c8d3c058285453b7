"""Reasons that no rule reads are told by their characters, for late projects alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ledger.reasonwords import (
    SHORTEST,
    SURE,
    UNLIKE,
    clauses,
    likely_reason,
    reason_likeness,
)
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]


@pytest.mark.parametrize(
    "clause",
    [
        "河道管理范围的批文一直没有拿到",
        "村民嫌补偿标准低",
        "招标连续两次无人投标",
        "投资人资金链断裂",
    ],
)
def test_reasons_look_like_reasons(clause: str) -> None:
    assert reason_likeness(clause) > SURE


@pytest.mark.parametrize("clause", ["已铺设管道12公里", "年度计划投资3200万元", "县教育局负责实施"])
def test_what_was_done_planned_and_owned_does_not(clause: str) -> None:
    assert reason_likeness(clause) < UNLIKE


@given(st.text("甲乙，。；：、（）\n abc三四五", max_size=60))
def test_clauses_are_trimmed_disjoint_and_in_order(text: str) -> None:
    spans = list(clauses(text, 0, len(text)))
    assert all(high - low >= SHORTEST for low, high in spans)
    assert all(text[low:high] == text[low:high].strip() for low, high in spans)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.lists(st.sampled_from(["资金没有到位", "年度计划3200万元", "村民阻工"]), max_size=5))
def test_a_likely_reason_is_one_run_of_clauses(said: list[str]) -> None:
    text = "，".join(said)
    spans = list(clauses(text, 0, len(text)))
    found = likely_reason(text, spans)
    if found:
        assert {found[0]} <= {low for low, _ in spans}
        assert {found[1]} <= {high for _, high in spans}
    assert bool(found) == any("计划" not in words for words in said)


REPORT = """松岭县2032年重点项目进展
截至9月底，全县安排重点项目3个。
1. 北坪水厂。县水务局承担，今年安排3200万元，{why}，慢于计划进度。
2. 西门大桥。县交通局承担，今年安排5100万元，河床下遇到溶洞，按计划推进。
3. 东湖小学。县教育局承担，今年安排900万元，已经竣工。
"""


def test_a_late_project_gets_the_clause_that_says_why(read: Reader) -> None:
    why = "水源地保护区的划定意见一直没有批下来"
    found = read(REPORT.format(why=why))
    assert found.field("北坪水厂", "reason") == why
    assert found.field("西门大桥", "reason") is None


def test_a_clause_that_tells_what_was_done_is_no_reason(read: Reader) -> None:
    assert read(REPORT.format(why="已铺设管道12公里")).field("北坪水厂", "reason") is None
