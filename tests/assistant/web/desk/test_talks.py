"""Conversations on the page: what comes from others is escaped, and nothing sent is believed."""

import re

import pytest

from assistant.desk.desk import sees_all
from assistant.web.conversation import Conversation
from assistant.web.desk.talks import TalkRoom
from assistant.web.dialogue import Dialogue
from assistant.web.ports import Visitor
from assistant.web.shelf import Shelf
from assistant.web.turns import render_parts
from index.withdrawal import erase
from tests.assistant.desk.conftest import (
    ELSEWHERE,
    LI,
    UNSTARTED,
    WANG,
    ZHANG,
    Office,
)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ME = Visitor(ZHANG, sees_all)
OTHER = Visitor(LI, sees_all)


@pytest.fixture
def room(office: Office) -> TalkRoom:
    return TalkRoom(office.desk)


def asked(office: Office, room: TalkRoom, question: str, talk: Conversation) -> str:
    """Ask as the page does and return what it shows at the end."""
    dialogue = Dialogue(office.assistant, Shelf(office.library), room=room)
    *_, (past, current) = dialogue.ask(question, talk, ME)
    return past + current


def tags(html: str) -> set[str]:
    return set(re.findall(r"<\s*([a-zA-Z]+)", html))


def test_an_answer_is_kept_when_it_is_whole_and_can_go_on(office: Office, room: TalkRoom) -> None:
    talk = Conversation()
    html = asked(office, room, UNSTARTED, talk)
    assert 'data-thumb="up"' in html
    assert "data-request" in html
    asked(office, room, ELSEWHERE, talk)
    reopened = room.open(ME, talk.kept)
    assert reopened is not None
    assert [e.question for e in reopened.exchanges] == [UNSTARTED, ELSEWHERE]
    assert [t.question for t in reopened.history()] == [UNSTARTED, ELSEWHERE]
    assert render_parts(reopened.exchanges) == render_parts(talk.exchanges)


def test_what_fails_or_was_stopped_is_not_kept(office: Office, room: TalkRoom) -> None:
    asked(office, room, "长" * 2_001, Conversation())
    assert "还没有保存的对话" in room.list(ME, {}, Conversation())


def test_a_conversation_that_was_deleted_elsewhere_goes_on_as_a_new_one(
    office: Office, room: TalkRoom
) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    first = talk.kept
    assert "对话已删除" in room.delete(ME, first)
    asked(office, room, ELSEWHERE, talk)
    assert talk.kept not in (None, first)
    reopened = room.open(ME, talk.kept)
    assert reopened is not None
    assert [e.question for e in reopened.exchanges] == [ELSEWHERE]


def test_without_a_desk_the_page_answers_as_before(office: Office) -> None:
    dialogue = Dialogue(office.assistant, Shelf(office.library))
    *_, (_, current) = dialogue.ask(UNSTARTED, Conversation())
    assert "石桥改建工程" in current
    assert "foot" not in current


def test_hostile_titles_questions_and_searches_are_shown_as_text(
    office: Office, room: TalkRoom
) -> None:
    talk = Conversation()
    asked(office, room, HOSTILE, talk)
    assert room.rename(ME, talk.kept, HOSTILE) == ""
    reopened = room.open(ME, talk.kept)
    assert reopened is not None
    for html in (room.list(ME, {"search": "script"}, talk), *render_parts(reopened.exchanges)):
        assert not tags(html) & {"script", "img"}
    assert "&lt;script&gt;" in room.list(ME, {"search": HOSTILE}, talk)


@pytest.mark.parametrize("sent", [{"search": 3}, {"search": ["x"]}, {"search": {}}, {"talk": "x"}])
def test_what_makes_no_sense_is_no_search(
    office: Office, room: TalkRoom, sent: dict[str, object]
) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    assert room.list(ME, sent, talk).count("data-open-talk") == 1


@pytest.mark.parametrize("number", [None, 0, 7])
def test_a_conversation_that_is_not_there_is_not_opened_and_told_when_changed(
    room: TalkRoom, number: int | None
) -> None:
    assert room.open(ME, number) is None
    assert "没有这段对话" in room.rename(ME, number, "题目")
    assert "没有这段对话" in room.delete(ME, number)


def test_nobody_opens_or_changes_anothers(office: Office, room: TalkRoom) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    assert room.open(OTHER, talk.kept) is None
    assert "没有这段对话" in room.delete(OTHER, talk.kept)
    assert "data-open-talk" not in room.list(OTHER, {"search": "石桥"}, talk)
    exchange = talk.exchanges[0]
    room.act(OTHER, exchange, {"act": "request"})
    assert office.desk.queue(WANG, sees_all) == []
    assert exchange.foot == ""


@pytest.mark.parametrize(
    "sent",
    [{}, {"act": "rate", "thumb": "sideways"}, {"act": "rate", "thumb": 3, "reasons": 5},
     {"act": "rate", "thumb": "down", "reasons": ["x"]}, {"act": ["request"]}],
)  # fmt: skip
def test_an_opinion_that_makes_no_sense_changes_nothing(
    office: Office, room: TalkRoom, sent: dict[str, object]
) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    room.act(ME, talk.exchanges[0], sent)
    assert office.desk.feedback(WANG, sees_all) == []
    assert 'data-thumb="up"' in talk.exchanges[0].foot


def test_the_asker_sees_the_decision_and_a_hostile_comment_as_text(
    office: Office, room: TalkRoom
) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    room.act(ME, talk.exchanges[0], {"act": "request"})
    assert "已提交" in talk.exchanges[0].foot
    turn = talk.exchanges[0].kept
    assert turn is not None
    office.desk.decide(WANG, turn, "corrected", sees_all, f"**产业园[1] {HOSTILE}", HOSTILE)
    reopened = room.open(ME, talk.kept)
    assert reopened is not None
    foot = reopened.exchanges[0].foot
    for words in ("已更正", "王核实", "更正后的答案", "**产业园[1]"):
        assert words in foot
    assert not tags(foot) & {"script", "img"}
    assert "<strong>产业园" not in foot


def test_the_report_on_ones_own_decided_answer_is_sent(office: Office, room: TalkRoom) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    exchange = talk.exchanges[0]
    dialogue = Dialogue(office.assistant, Shelf(office.library), room=room)
    wanted = {"turn": 1, "format": "docx", "report": True}
    assert "data-refused" in dialogue.download(wanted, talk, ME)
    assert exchange.kept is not None
    office.desk.decide(WANG, exchange.kept, "rejected", sees_all, comment="不全")
    assert "data-file" in dialogue.download(wanted, talk, ME)
    assert office.logged[-1][:3] == ("张科员", "exported", "docx")
    assert "data-refused" in room.report(OTHER, exchange)
    assert "data-refused" in room.report(Visitor(ZHANG, lambda path: False), exchange)


def test_what_was_erased_or_closed_says_so(office: Office, room: TalkRoom) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    asked(office, room, ELSEWHERE, talk)
    erase(office.library, "notice.txt", "赵主任")
    closed = room.open(Visitor(ZHANG, lambda path: path != "q3.txt"), talk.kept)
    assert closed is not None
    html = "".join(render_parts(closed.exchanges))
    assert "无权查看" in html
    assert "彻底删除" in html
    assert "石桥改建工程" not in html
    assert closed.history() == []


def test_older_conversations_are_a_press_away(
    office: Office, room: TalkRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.web.desk.talks.PAGE", 2)
    for _ in range(3):
        office.keep(UNSTARTED)
    first = room.list(ME, {}, Conversation())
    assert (first.count("data-open-talk"), 'data-talks-pages="2"' in first) == (2, True)
    whole = room.list(ME, {"pages": 2}, Conversation())
    assert (whole.count("data-open-talk"), "data-talks-pages" in whole) == (3, False)
    for senseless in (0, "2", True, 10**9, [2]):
        assert room.list(ME, {"pages": senseless}, Conversation()) == first


def test_a_note_goes_along_with_a_request(office: Office, room: TalkRoom) -> None:
    talk = Conversation()
    asked(office, room, UNSTARTED, talk)
    room.act(ME, talk.exchanges[0], {"act": "request", "note": f"周五要用 {HOSTILE}"})
    (case,) = office.desk.queue(WANG, sees_all)
    assert case.request_note == f"周五要用 {HOSTILE}"
    assert "data-request" not in talk.exchanges[0].foot
