"""The audit log as HTML: searched, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.desk.exports.wording import said_time
from assistant.people.audit import ACTIONS
from assistant.people.records import Entry
from assistant.web.people.forms import choice, form, render_pane, text_field
from assistant.web.strings import say

LINES = 100  # of one page
_HEADS = ("log_at", "log_person", "log_action", "log_about", "log_detail", "log_address")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty is anything."""

    words: str = ""
    person: str = ""
    action: str = ""
    since: str = ""
    until: str = ""


def render_log(found: Sequence[Entry], wanted: Search) -> str:
    """Return lines of the log; one more than ``LINES`` tells that there are older ones."""
    shown = found[:LINES]
    rows = "".join(_line(entry) for entry in shown)
    head = "".join(f'<th scope="col">{say(key)}</th>' for key in _HEADS)
    table = (
        f'<div class="scroll" tabindex="0"><table class="log"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if rows
        else f'<p class="none">{say("log_none")}</p>'
    )
    older = (
        f'<button class="quiet" data-log-before="{shown[-1].id}">{say("log_older")}</button>'
        if len(found) > LINES
        else ""
    )
    return render_pane("log", f"{_find(wanted)}{table}{older}")


def _find(wanted: Search) -> str:
    dates = "".join(
        text_field(name, f"log_{name}", value, more='type="date"')
        for name, value in (("since", wanted.since), ("until", wanted.until))
    )
    actions = [("", "log_any"), *((action, f"log_{action}") for action in ACTIONS)]
    fields = (
        text_field("words", "log_words", wanted.words, most=200)
        + text_field("person", "log_person", wanted.person)
        + choice("action", "log_action", actions, wanted.action)
        + dates
    )
    return form("search", fields, "log_find")


def _line(entry: Entry) -> str:
    person = f"<bdi>{escape(entry.person)}</bdi>" if entry.person else say("log_nobody")
    action = say(f"log_{entry.action}") if entry.action in ACTIONS else escape(entry.action)
    return (
        f'<tr><td class="at">{said_time(entry.at)}</td><td>{person}</td><td>{action}</td>'
        f"<td><bdi>{escape(entry.about)}</bdi></td><td><bdi>{escape(entry.detail)}</bdi></td>"
        f"<td>{escape(entry.address)}</td></tr>"
    )
