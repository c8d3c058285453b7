"""What clauses lean on, which statuses a cause asks for, and where a speech turns to a topic."""

from __future__ import annotations

from assistant.compound.parts import split_clauses
from assistant.ledger.asked import STARTED, asked_statuses, meets
from assistant.ledger.ownstates import own_key
from assistant.texts.demands import _TURNS_TO


def test_who_looks_after_a_project_is_asked_of_the_one_named_before() -> None:
    parts = split_clauses("柳河桥的督办事项要在哪天办结，包联领导是谁？", [(0, 3)])
    assert parts[1].question == "柳河桥的督办事项包联领导是谁"


def test_what_is_unfinished_in_a_cause_is_no_status() -> None:
    asked = asked_statuses("因为管线迁改没有完成而滞后的项目有哪些")
    assert [status for status, _ in asked] == ["behind"]


def test_what_is_set_aside_had_not_begun() -> None:
    assert meets({"suspended"}, [STARTED])
    assert not meets({"suspended", own_key("暂缓推进")}, [STARTED])


def test_a_sentence_turns_to_a_topic() -> None:
    turned = _TURNS_TO.match("用工上，县里拿出十个岗位")
    assert turned is not None
    assert turned["topic"] == "用工"
    assert _TURNS_TO.match("县里拿出十个岗位，用工上不愁") is None
