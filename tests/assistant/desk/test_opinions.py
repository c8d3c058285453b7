"""Thumbs with reasons, and unanswered questions, come to staff and are handled."""

import pytest

from assistant.desk.desk import sees_all
from assistant.errors import DeskError, UnknownTurnError
from tests.assistant.desk.conftest import LI, REFUSED, UNSTARTED, WANG, ZHANG, Office

HOSTILE = "<img src=x onerror=alert(1)> '; DROP TABLE feedback; --"


def test_a_thumb_comes_to_staff_with_its_reasons(office: Office) -> None:
    turn = office.keep(UNSTARTED)
    office.desk.rate(ZHANG, turn, "down", ["wrong_figure", "incomplete"], f" {HOSTILE} ")
    (told,) = office.desk.feedback(WANG, sees_all)
    assert (told.kind, told.by, told.comment) == ("down", "张科员", HOSTILE)
    assert told.reasons == ("incomplete", "wrong_figure")
    assert told.turn.question == UNSTARTED
    assert office.desk.ratings(ZHANG, [turn]) == {turn: "down"}
    assert office.desk.ratings(LI, [turn]) == {}


def test_another_thumb_takes_the_place_of_the_first(office: Office) -> None:
    turn = office.keep(UNSTARTED)
    office.desk.rate(ZHANG, turn, "down", ["outdated"], "旧了")
    office.desk.rate(ZHANG, turn, "up")
    (told,) = office.desk.feedback(WANG, sees_all)
    assert (told.kind, told.reasons, told.comment) == ("up", (), "")
    office.desk.rate(ZHANG, turn, None)
    assert office.desk.feedback(WANG, sees_all) == []
    assert office.desk.ratings(ZHANG, [turn]) == {}


def test_a_refused_question_stays_collected_whatever_its_thumb(office: Office) -> None:
    turn = office.keep(REFUSED)
    office.desk.rate(ZHANG, turn, "down", ["unclear"])
    office.desk.rate(ZHANG, turn, None)
    assert [one.kind for one in office.desk.feedback(WANG, sees_all)] == ["unanswered"]


def test_feedback_is_listed_by_kind_and_by_whether_it_was_handled(office: Office) -> None:
    office.desk.rate(ZHANG, office.keep(UNSTARTED), "down")
    office.keep(REFUSED)
    refused, down = office.desk.feedback(WANG, sees_all)
    assert (refused.kind, down.kind) == ("unanswered", "down")
    office.desk.handle(WANG, down.id, "handled")
    assert [f.id for f in office.desk.feedback(WANG, sees_all, handlings=["new"])] == [refused.id]
    (handled,) = office.desk.feedback(WANG, sees_all, ["down"], ["handled"])
    assert (handled.handled_by, handled.handling) == ("王核实", "handled")
    assert handled.handled_at


def test_feedback_on_what_may_not_be_seen_is_not_listed(office: Office) -> None:
    office.desk.rate(ZHANG, office.keep(UNSTARTED), "down", [], "石桥改建不对")
    assert office.desk.feedback(WANG, lambda path: path != "q3.txt") == []


@pytest.mark.parametrize(
    ("thumb", "reasons", "comment"),
    [("sideways", [], ""), ("down", ["ugly"], ""), ("down", [], "字" * 2_001)],
)
def test_what_is_no_opinion_is_refused(
    office: Office, thumb: str, reasons: list[str], comment: str
) -> None:
    turn = office.keep(UNSTARTED)
    with pytest.raises(DeskError):
        office.desk.rate(ZHANG, turn, thumb, reasons, comment)
    assert office.desk.feedback(WANG, sees_all) == []


def test_handling_what_is_not_there_says_so(office: Office) -> None:
    with pytest.raises(UnknownTurnError):
        office.desk.handle(WANG, 7, "seen")
    office.keep(REFUSED)
    with pytest.raises(DeskError):
        office.desk.handle(WANG, office.desk.feedback(WANG, sees_all)[0].id, "burnt")
