"""A reading that someone edited is answered like a question, and believed in nothing."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.ledger.edited import choices, edited_query
from assistant.ledger.query import Limit, Query
from tests.assistant.ledger.conftest import Desk

QUESTION = "区交通局未开工的项目有哪些？"


def names(
    desk: Desk, filters: object, question: str = QUESTION, kind: object = "list"
) -> list[str]:
    answer = desk.assistant.answer_edited(question, {"kind": kind, "filters": filters})
    return [row["name"] for row in answer.rows or ()]


def test_the_reading_itself_gives_the_same_answer(district: Desk) -> None:
    asked = district.ask(QUESTION)
    again = district.assistant.answer_edited(QUESTION, asked.interpretation)
    assert (again.answer, again.rows) == (asked.answer, asked.rows)


def test_a_facet_taken_out_widens(district: Desk) -> None:
    assert names(district, {"stage": "not_started"}) == [
        "石桥改建工程", "西环路大修工程", "标准厂房三期", "古塔修缮工程",
    ]  # fmt: skip


def test_a_changed_value_gives_another_list(district: Desk) -> None:
    assert names(district, {"progress": ["behind"], "unit": "区住建局"}) == [
        "文昌路拓宽",
        "供热管网二期",
    ]


def test_a_facet_can_be_added_and_have_two_values(district: Desk) -> None:
    found = names(district, {"stage": "not_started", "unit": ["区交通局", "区文旅局"]})
    assert found == ["石桥改建工程", "西环路大修工程", "古塔修缮工程"]
    assert names(district, {"stage": "not_started", "reason_kind": "funds"}) == [
        "西环路大修工程",
        "标准厂房三期",
    ]


def test_the_answer_says_how_it_was_read_now(district: Desk) -> None:
    answer = district.assistant.answer_edited(
        QUESTION, {"kind": "list", "filters": {"progress": "behind"}}
    )
    assert answer.interpretation["filters"] == {"progress": "behind"}
    assert answer.interpretation["reading"] == "状态=滞后"
    assert answer.citations


def test_bounds_are_kept_as_they_were_read_or_left_out(county: Desk) -> None:
    bound = Limit("done_investment", 1_000, None, "超过1000万元")
    base = Query(kind="list", language="zh", limits=(bound,))
    ledger = county.library.ledger
    filters = {"limit": "超过1000万元", "unit": "县住建局"}
    assert edited_query({"kind": "list", "filters": filters}, base, ledger).limits == (bound,)
    left_out = edited_query({"kind": "list", "filters": {"unit": "县住建局"}}, base, ledger)
    assert left_out.limits == ()


def test_a_period_and_a_district_are_kept_as_they_were_read(both: Desk) -> None:
    question = "青禾区三季度哪些项目未开工？"
    asked = both.ask(question)
    filters = asked.interpretation["filters"]
    assert {"period", "issuer"} <= set(filters)
    assert names(both, filters, question) == [row["name"] for row in asked.rows or ()]
    without = {key: value for key, value in filters.items() if key != "issuer"}
    assert names(both, without, question) == ["滨河公园", *names(both, filters, question)]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"unit": "区外事局"}, "区外事局"),
        ({"stage": "exploded"}, "exploded"),
        ({"progress": "not_started"}, "not_started"),
        ({"reason_kind": "bribe"}, "bribe"),
        ({"limit": "9亿元以上"}, "9亿元以上"),
        ({"contains": "鸟巢体育场"}, "鸟巢体育场"),
        ({"period": "1999年"}, "1999年"),
        ({"name": "鸟巢体育场"}, "鸟巢体育场"),
        ({"issuer": "黑石县"}, "黑石县"),
        ({"group": "水利类"}, "水利类"),
        ({"measure": "total_investment"}, "measure"),
        ({"group_by": "unit"}, "group_by"),
        ({"unit": 7}, "unit"),
        ({"unit": [["区交通局"]]}, "unit"),
        ({"unit": ""}, "unit"),
        ({}, "没有筛选条件"),
        ({"unit": []}, "没有筛选条件"),
        (None, "没有筛选条件"),
        ("stage=behind", "没有筛选条件"),
    ],
)
def test_what_the_ledger_does_not_hold_is_refused(
    district: Desk, filters: object, said: str
) -> None:
    with pytest.raises(AssistantError, match=said):
        names(district, filters)


@pytest.mark.parametrize("reading", [{"kind": "sum"}, {"kind": None}, {"kind": "list", "sql": "x"}])
def test_another_kind_of_question_is_refused(district: Desk, reading: dict[str, Any]) -> None:
    with pytest.raises(AssistantError):
        district.assistant.answer_edited(QUESTION, {"filters": {"stage": "not_started"}} | reading)


def test_a_question_that_is_none_for_the_ledger_is_refused(district: Desk) -> None:
    with pytest.raises(AssistantError, match="重新提问"):
        names(district, {"stage": "not_started"}, "会议讲了什么？")


def test_the_choices_are_what_the_ledger_holds(county: Desk) -> None:
    held = choices(county.library.ledger)
    assert held["unit"] == ["县交通局", "县住建局", "县工信局", "县水务局"]
    assert set(held["stage"]) == {"not_started", "under_construction", "suspended", "completed"}
    assert held["progress"] == []
