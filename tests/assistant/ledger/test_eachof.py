"""The half of a question that asks something of each thing listed."""

from __future__ import annotations

import pytest

from assistant.ledger.eachof import asks_of_each, columns_of, each_in


@pytest.mark.parametrize(
    ("clause", "columns"),
    [
        ("原因各是什么", ("reason",)),
        ("分别卡在哪儿", ("reason",)),
        ("卡在什么地方", ("reason",)),
        ("各自难在什么地方", ("reason",)),
        ("各要求哪天之前办好", ("deadline",)),
        ("分别什么时间改完", ("deadline",)),
        ("各是什么情况", ("status_text",)),
        ("分别谁牵头", ("leader", "unit")),
        ("把存在的问题列一下", ()),
        ("要责任单位和时限", ("deadline", "unit")),
    ],
)
def test_what_is_asked_of_each_is_a_column(clause: str, columns: tuple[str, ...]) -> None:
    assert columns_of(clause) == columns
    assert asks_of_each(clause) is bool(columns)


@pytest.mark.parametrize(
    "clause", ["各单位分别有几个", "各镇完成多少", "总投资多少", "谁主持的", "为什么没开工"]
)
def test_a_clause_that_groups_or_asks_of_one_thing_is_none(clause: str) -> None:
    assert not asks_of_each(clause)


def test_only_the_half_behind_a_comma_is_taken() -> None:
    each = each_in("哪些项目停工，原因各是什么？")
    assert each is not None
    assert each.span == (7, 14)
    assert each_in("各是什么情况？") is None


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("甲局有哪些项目，到6月底各是什么进展？", "甲局有哪些项目，到6月底"),
        ("哪些项目滞后，上半年分别卡在哪儿？", "哪些项目滞后，上半年"),
    ],
)
def test_the_time_in_the_half_is_that_of_the_list(question: str, kept: str) -> None:
    each = each_in(question)
    assert each is not None
    assert question[: each.span[0]] == kept
