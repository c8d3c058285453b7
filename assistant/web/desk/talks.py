"""Kept conversations on the page: listed, opened, renamed, deleted; thumbs and requests."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from assistant.desk.desk import Desk
from assistant.desk.exports.wording import said_time
from assistant.desk.records import KeptTurn, TalkInfo
from assistant.desk.talks import LONGEST_TITLE
from assistant.errors import AssistantError, UnknownTurnError
from assistant.records import Answer
from assistant.web.conversation import Conversation, Exchange
from assistant.web.desk.bench import render_file
from assistant.web.desk.foot import render_foot
from assistant.web.ledger.sheets import render_refusal
from assistant.web.ports import Visitor
from assistant.web.sorry import sorry
from assistant.web.strings import say, words
from index.errors import IndexingError

logger = logging.getLogger(__name__)

MAX_SEARCH = 200  # characters
PAGE, MOST_PAGES = 100, 50  # conversations of one look, and looks that grow the list


class TalkRoom:
    """What a visitor does with their own conversations; holds no visitor's state."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, visitor: Visitor, exchange: Exchange, talk: Conversation) -> None:
        """Keep a finished exchange; whatever goes wrong, the answer stays on the page."""
        if exchange.answer is None or exchange.state != "done":
            return
        try:
            talk.kept, exchange.kept = self._keep(visitor, exchange, exchange.answer, talk.kept)
            exchange.foot = self._foot(visitor, exchange.kept)
        except (AssistantError, IndexingError) as error:  # written for the user
            exchange.foot = f'<p class="told">{say("talk_not_kept", why=error)}</p>'
        except Exception:  # the answer is there; the log has the traceback
            logger.exception("An answer was not kept")
            exchange.foot = f'<p class="told">{say("desk_failed")}</p>'

    def _keep(
        self, visitor: Visitor, exchange: Exchange, answer: Answer, talk: int | None
    ) -> tuple[int, int]:
        try:
            return self._desk.keep(visitor.person, answer, talk, exchange.origin)
        except UnknownTurnError:  # deleted in another tab: what follows is a new conversation
            return self._desk.keep(visitor.person, answer, None, exchange.origin)

    def list(self, visitor: Visitor, sent: Mapping[str, Any], talk: Conversation) -> str:
        """Return the visitor's conversations, those that say what is searched for."""
        given = sent.get("search")
        search = given[:MAX_SEARCH] if isinstance(given, str) else ""
        pages = sent.get("pages")
        pages = pages if type(pages) is int and 1 <= pages <= MOST_PAGES else 1
        most = PAGE * pages
        found = self._desk.talks.list(visitor.person.name, search, most + 1)
        more = pages + 1 if len(found) > most and pages < MOST_PAGES else None
        return render_talks(found[:most], search, talk.kept, more)

    def open(self, visitor: Visitor, number: int | None) -> Conversation | None:
        """Return a kept conversation as it can go on, None where the visitor has none such."""
        try:
            kept = self._desk.talks.open(visitor.person.name, number or 0, visitor.sees)
        except AssistantError:
            return None
        numbers = [turn.id for turn in kept.turns if turn.answer]
        cases = self._desk.standing(visitor.person, numbers, visitor.sees)
        thumbs = self._desk.ratings(visitor.person, numbers)
        talk = Conversation(kept=kept.info.id)
        for turn in kept.turns:
            exchange = _exchange(turn)
            if turn.id in cases:
                exchange.foot = render_foot(cases[turn.id], thumbs.get(turn.id))
            talk.exchanges.append(exchange)
        return talk

    def rename(self, visitor: Visitor, number: int | None, title: object) -> str:
        """Give a conversation another title; return what to tell, nothing where all is well."""
        given = title if isinstance(title, str) else ""
        return _told(lambda: self._desk.talks.rename(visitor.person.name, number or 0, given))

    def delete(self, visitor: Visitor, number: int | None) -> str:
        """Delete a conversation; return what to tell."""
        left: list[int] = []
        failed = _told(lambda: left.append(self._desk.delete(visitor.person, number or 0)))
        if failed:
            return failed
        return say("talk_deleted_left", count=left[0]) if left[0] else say("talk_deleted")

    def act(self, visitor: Visitor, exchange: Exchange | None, sent: Mapping[str, Any]) -> None:
        """Rate an answer or ask for its verification; the foot tells how that went."""
        if exchange is None or exchange.kept is None:
            return
        turn = exchange.kept
        if sent.get("act") == "request":
            note = sent.get("note")
            words_of = note if isinstance(note, str) else ""
            said = _told(lambda: self._desk.request(visitor.person, turn, words_of))
            said = said or say("verify_requested")
        else:
            given, thumb, comment = (sent.get(key) for key in ("reasons", "thumb", "comment"))
            reasons = [r for r in given if isinstance(r, str)] if isinstance(given, list) else []
            wanted = thumb if isinstance(thumb, str) else None
            note = comment if isinstance(comment, str) else ""
            said = _told(lambda: self._desk.rate(visitor.person, turn, wanted, reasons, note))
            said = said or (say("opinion_thanks") if reasons or note else "")
        exchange.foot = self._foot(visitor, turn, said)

    def report(self, visitor: Visitor, exchange: Exchange | None) -> str:
        """Return the report on one's own verified answer, as a file for the browser."""
        turn = exchange.kept if exchange else None
        cases = self._desk.standing(visitor.person, [turn], visitor.sees) if turn else {}
        case = cases.get(turn) if turn else None
        if case is None or case.turn.answer is None or case.decision is None:
            return render_refusal(say("export_nothing"))
        self._desk.exported(visitor.person, "docx", [case.turn.id])
        return render_file("docx", [case])

    def _foot(self, visitor: Visitor, turn: int, said: str = "") -> str:
        case = self._desk.standing(visitor.person, [turn], visitor.sees).get(turn)
        thumb = self._desk.ratings(visitor.person, [turn]).get(turn)
        return render_foot(case, thumb, said) if case else ""


def _told(act: Callable[[], object]) -> str:
    """Do something and return what went wrong as HTML, nothing where all is well."""
    try:
        act()
    except (AssistantError, IndexingError) as error:  # written for the user
        return sorry(error)
    return ""


def _exchange(turn: KeptTurn) -> Exchange:
    if turn.answer is None:
        key = "turn_hidden" if turn.hidden else "turn_erased"
        message = f"<p>{say(key)}</p>"
        question = turn.question or words("talk_untitled")[0]
        return Exchange(turn.number, question, "failed", message=message, kept=turn.id)
    return Exchange(turn.number, turn.question, "done", turn.answer, "", turn.origin, turn.id)


def render_talks(
    talks: list[TalkInfo], search: str, current: int | None, more: int | None = None
) -> str:
    """Return the list of conversations, newest first, with the field to search them.

    ``more`` is how many looks long the list is with the next older ones, None where it is whole.
    """
    older = (
        f'<button class="quiet" data-talks-pages="{more}">{say("talks_more")}</button>'
        if more
        else ""
    )
    placeholder = words("talks_find")
    items = "".join(_item(talk, talk.id == current) for talk in talks)
    none = (
        ""
        if items
        else f'<p class="none">{say("talks_none_found" if search else "talks_none")}</p>'
    )
    return (
        f'<nav class="talks" aria-label="{escape(" / ".join(words("talks")))}">'
        f'<button class="close" data-toggle-talks>{say("close")}</button>'
        f'<form data-talk-find role="search"><label class="sr" for="talk-find">'
        f'{say("talks_find")}</label><input id="talk-find" type="search" maxlength="{MAX_SEARCH}" '
        f'data-zh="{escape(placeholder[0])}" data-en="{escape(placeholder[1])}" '
        f'placeholder="{escape(placeholder[0])}" value="{escape(search)}"></form>'
        f"<ul>{items}</ul>{none}{older}</nav>"
    )


def _item(talk: TalkInfo, is_current: bool) -> str:
    title = escape(talk.title) if talk.title else say("talk_untitled")
    current = ' aria-current="true"' if is_current else ""
    sure = say("talk_delete_sure")
    return (
        f'<li data-talk="{talk.id}"><button class="open-talk" data-open-talk="{talk.id}"{current}>'
        f"<bdi>{title}</bdi><small>{said_time(talk.changed_at)[5:]} · "
        f"{say('talk_turns', count=talk.turns)}</small></button>"
        f'<details class="more-talk"><summary><span class="sr">{say("talk_more")}</span>'
        '<span aria-hidden="true">⋯</span></summary>'
        f'<form data-rename-talk="{talk.id}"><label><span>{say("talk_title")}</span>'
        f'<input name="title" maxlength="{LONGEST_TITLE}" value="{escape(talk.title)}"></label>'
        f'<button class="quiet" type="submit">{say("talk_rename")}</button>'
        f'<button class="quiet" type="button" data-delete-talk="{talk.id}">'
        f'<span class="once">{say("talk_delete")}</span><span class="again">{sure}</span></button>'
        "</form></details></li>"
    )
