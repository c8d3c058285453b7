"""What staff do at the desk: list, open, mark, decide, handle feedback, export."""

from __future__ import annotations

import base64
import io
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from assistant.desk.desk import Desk
from assistant.desk.exports.lines import json_lines
from assistant.desk.exports.report import write_report
from assistant.desk.exports.workbook import write_workbook
from assistant.desk.records import Case, Scope
from assistant.desk.rules import VERIFIERS
from assistant.errors import AssistantError
from assistant.web.desk.case import render_case, render_no_case
from assistant.web.desk.queue import SHOWN, Leaf, render_feedback, render_queue
from assistant.web.ledger.sheets import TYPES, render_refusal
from assistant.web.ports import Visitor
from assistant.web.sorry import sorry
from assistant.web.source import REACH, Look
from assistant.web.strings import say
from index.errors import IndexingError

logger = logging.getLogger(__name__)

FILES = TYPES | {"jsonl": "application/x-ndjson"}
PAGE = 50  # answers of one page of a list
MOST_REPORTED = 200  # answers of one docx; a word processor stands still over more


class Bench:
    """The desk's actions for one visitor after the other; holds no visitor's state."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def queue(self, visitor: Visitor, sent: Mapping[str, Any], said: str = "") -> str:
        """Return the list that is asked for: answers of one state, or feedback."""
        if visitor.person.role not in VERIFIERS:
            return f'<section class="queue"><p class="none">{say("bench_closed")}</p></section>'
        waiting = len(self._desk.queue(visitor.person, visitor.sees, "asked", ["asked"]))
        page = _page(sent)
        skip = (page - 1) * PAGE
        if sent.get("show") == "feedback":
            told, more = self._desk.feedback_page(
                visitor.person, visitor.sees, most=PAGE, skip=skip
            )
            return render_feedback(told, waiting, said, Leaf(page, more))
        show = _shown(sent)
        found, more = self._desk.queue_page(
            visitor.person, visitor.sees, _scope(show), [show], PAGE, skip
        )
        return render_queue(found, show, waiting, said, Leaf(page, more))

    def case(self, visitor: Visitor, number: int | None) -> str:
        """Return one answer to verify."""
        case = self._find(visitor, number)
        return render_case(case) if case else render_no_case()

    def _find(self, visitor: Visitor, number: int | None) -> Case | None:
        try:
            return self._desk.case(visitor.person, number or 0, visitor.sees)
        except AssistantError:
            return None

    def mark(
        self, visitor: Visitor, number: int | None, n: int | None, sent: Mapping[str, Any]
    ) -> str:
        """Mark a citation and return the answer as it is then."""
        mark, comment = _text(sent, "mark"), _text(sent, "comment")
        person, sees = visitor.person, visitor.sees
        return self._do(
            visitor, number,
            lambda: self._desk.mark(person, number or 0, n or 0, mark, sees, comment), "",
        )  # fmt: skip

    def decide(self, visitor: Visitor, number: int | None, sent: Mapping[str, Any]) -> str:
        """Decide on an answer and return it as it is then."""
        verdict, text, comment = (_text(sent, key) for key in ("verdict", "text", "comment"))
        return self._do(
            visitor, number,
            lambda: self._desk.decide(
                visitor.person, number or 0, verdict, visitor.sees, text, comment
            ),
            say("decided"),
        )  # fmt: skip

    def _do(self, visitor: Visitor, number: int | None, act: Callable[[], Case], said: str) -> str:
        try:
            return render_case(act(), said)
        except (AssistantError, IndexingError) as error:  # written for the user
            case = self._find(visitor, number)
            why = sorry(error)
            return render_case(case, bad=why) if case else render_no_case()

    def handle(self, visitor: Visitor, number: int | None, handling: object) -> str:
        """Say that feedback was seen or handled; return the list as it is then."""
        said = ""
        try:
            self._desk.handle(visitor.person, number or 0, str(handling))
        except AssistantError as error:
            said = sorry(error)
        return self.queue(visitor, {"show": "feedback"}, said)

    def look(
        self, visitor: Visitor, number: int | None, n: int | None, at: int | None, reach: int | None
    ) -> Look | None:
        """Return the look at citation ``n`` of an answer, None where the visitor has none such."""
        case = self._find(visitor, number)
        cited = case.turn.answer.citations if case and case.turn.answer else ()
        chosen = next((c for c in cited if c.n == n), None)
        if case is None or chosen is None:
            return None
        keys = (("case", str(case.turn.id)),)
        reach = REACH if reach is None else reach
        return Look(chosen.document, chosen, cited, keys, at=at, reach=reach)

    def download(self, visitor: Visitor, sent: Mapping[str, Any]) -> str:
        """Return a list of answers, or one, as a file for the browser."""
        fmt = _text(sent, "format")
        if fmt not in FILES or visitor.person.role not in VERIFIERS:
            return render_refusal(say("desk_failed"))
        number = sent.get("case")
        if isinstance(number, int):
            one = self._find(visitor, number)
            cases = [one] if one else []
        else:
            show = _shown(sent)
            cases = self._desk.queue(visitor.person, visitor.sees, _scope(show), [show], None)
        if not cases:
            return render_refusal(say("export_nothing"))
        if fmt == "docx" and len(cases) > MOST_REPORTED:
            return render_refusal(say("export_large", limit=MOST_REPORTED, count=len(cases)))
        self._desk.exported(visitor.person, fmt, [case.turn.id for case in cases])
        return render_file(fmt, cases)


def render_file(fmt: str, cases: Sequence[Case]) -> str:
    """Return answers as a file in a hidden part of the page, whence page.js offers it."""
    stream = io.BytesIO()
    if fmt == "jsonl":
        stream.write("".join(json_lines(cases)).encode())
    else:
        (write_workbook if fmt == "xlsx" else write_report)(stream, cases)
    name = f"核实-{datetime.now():%Y%m%d-%H%M}.{fmt}"
    packed = base64.b64encode(stream.getvalue()).decode("ascii")
    return (
        f'<div data-file="{uuid.uuid4().hex}" data-name="{escape(name)}" '
        f'data-type="{FILES[fmt]}" data-bytes="{packed}">'
        f"{say('export_ready', count=len(cases))}</div>"
    )


def _scope(show: str) -> Scope:
    return "all" if show == "unasked" else "asked"


def _page(sent: Mapping[str, Any]) -> int:
    page = sent.get("page")
    return page if type(page) is int and 1 <= page < 10**6 else 1


def _shown(sent: Mapping[str, Any]) -> str:
    show = sent.get("show")
    return show if isinstance(show, str) and show in SHOWN else "asked"


def _text(sent: Mapping[str, Any], key: str) -> str:
    given = sent.get(key)
    return given if isinstance(given, str) else ""
