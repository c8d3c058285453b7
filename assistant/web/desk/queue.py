"""The lists of the desk as HTML: answers to verify, feedback, unanswered questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.desk.exports.wording import said_time
from assistant.desk.records import Case, Feedback
from assistant.web.strings import say, words

SHOWN = ("asked", "unasked", "verified", "corrected", "rejected")
FORMATS = ("xlsx", "docx", "jsonl")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a list, counted from 1, and whether another one follows."""

    number: int = 1
    more: bool = False


FIRST = Leaf()


def render_queue(
    cases: Sequence[Case], show: str, waiting: int, said: str = "", leaf: Leaf = FIRST
) -> str:
    """Return the answers that are chosen; ``waiting`` are those that nobody decided on."""
    items = "".join(_case(case) for case in cases)
    none = "" if items else f'<p class="none">{say("queue_none")}</p>'
    exports = "".join(
        f'<button class="quiet" data-desk-export="{fmt}">{say(f"export_{fmt}")}</button>'
        for fmt in FORMATS
    )
    return (
        f'<section class="queue" data-allowed data-show="{show}" data-waiting-cases="{waiting}">'
        f'{_panes("queue")}<div class="bar"><label><span>{say("show")}</span>'
        f'<select data-show-cases>{_options(show)}</select></label><span class="export">{exports}'
        f"</span></div>{_told(said)}<ul>{items}</ul>{none}{_pager(leaf)}</section>"
    )


def render_feedback(
    found: Sequence[Feedback], waiting: int, said: str = "", leaf: Leaf = FIRST
) -> str:
    """Return feedback and unanswered questions, newest first."""
    items = "".join(_feedback(one) for one in found)
    none = "" if items else f'<p class="none">{say("feedback_none")}</p>'
    return (
        f'<section class="queue" data-allowed data-show="feedback" data-waiting-cases="{waiting}">'
        f"{_panes('feedback')}{_told(said)}<ul>{items}</ul>{none}{_pager(leaf)}</section>"
    )


def _pager(leaf: Leaf) -> str:
    """Return the way to the pages beside this one, nothing where there is but one."""
    if leaf.number == 1 and not leaf.more:
        return ""
    steps = "".join(
        f'<button class="quiet" {f"data-queue-page={to}" if there else "disabled"}>'
        f"{say(key)}</button>"
        for key, to, there in (
            ("page_before", leaf.number - 1, leaf.number > 1),
            ("page_after", leaf.number + 1, leaf.more),
        )
    )
    return f'<nav class="pager"><span>{say("queue_page", page=leaf.number)}</span>{steps}</nav>'


def _panes(chosen: str) -> str:
    buttons = "".join(
        f'<button data-queue-pane="{pane}" aria-pressed="{"true" if pane == chosen else "false"}">'
        f"{say(f'pane_{pane}')}</button>"
        for pane in ("queue", "feedback")
    )
    return f'<div class="panes" role="group">{buttons}</div>'


def _options(show: str) -> str:
    options = []
    for name in SHOWN:
        chinese, english = words(f"show_{name}")
        chosen = " selected" if name == show else ""
        options.append(
            f'<option value="{name}"{chosen} data-say-zh="{escape(chinese)}" '
            f'data-say-en="{escape(english)}">{escape(chinese)}</option>'
        )
    return "".join(options)


def _told(said: str) -> str:
    return f'<p class="told" role="status">{said}</p>' if said else ""


def _case(case: Case) -> str:
    answer = case.turn.answer
    doubts = len(answer.unverified) if answer else 0
    count = len(answer.citations) if answer else 0
    flags = f'<span class="flag">{say("case_doubts", count=doubts)}</span>' if doubts else ""
    flags += f'<span class="flag">{say("outdated")}</span>' if case.outdated else ""
    marked = say("case_marked", marked=count - len(case.unmarked), count=count)
    question = escape(case.turn.question) if answer else say("talk_untitled")
    return (
        f'<li data-standing="{case.state}"><button class="open-case" data-case="{case.turn.id}">'
        f"<bdi>{question}</bdi><small>{render_when(case)} · {marked} · "
        f"{say(f'state_{case.state}')}</small>{flags}</button></li>"
    )


def render_when(case: Case) -> str:
    """Return who asked for the verification of an answer and when, or when it was given."""
    if case.requested_at:
        return say("case_asked", by=case.requested_by, at=said_time(case.requested_at))
    return say("case_unasked", at=said_time(case.turn.asked_at))


def _feedback(one: Feedback) -> str:
    reasons = "、".join(say(f"reason_{reason}") for reason in one.reasons)
    comment = f'<p class="comment"><bdi>{escape(one.comment)}</bdi></p>' if one.comment else ""
    by = f"<bdi>{escape(one.by)}</bdi> · " if one.by else ""
    handled = f" · <bdi>{escape(one.handled_by)}</bdi>" if one.handled_by else ""
    buttons = "".join(
        f'<button class="quiet" data-handle="{one.id}" data-handling="{state}">'
        f"{say(f'handle_{state}')}</button>"
        for state in ("seen", "handled")
        if state != one.handling and one.handling != "handled"
    )
    question = escape(one.turn.question) if one.turn.question else say("talk_untitled")
    return (
        f'<li class="feedback" data-kind="{one.kind}" data-handling-state="{one.handling}">'
        f'<p><span class="badge">{say(f"feedback_{one.kind}")}</span> {reasons}</p>'
        f'<button class="link" data-case="{one.turn.id}"><bdi>{question}</bdi></button>{comment}'
        f'<p class="muted">{by}{said_time(one.at)} · {say(f"handling_{one.handling}")}{handled} '
        f"{buttons}</p></li>"
    )
