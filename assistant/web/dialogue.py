"""What happens when someone asks, stops, or looks at a source; no Gradio in here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from assistant.errors import AssistantError
from assistant.language import is_english
from assistant.records import Answer
from assistant.web.conversation import Conversation, Exchange, stoppable
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.ledger.desk import LedgerDesk
from assistant.web.ledger.sheets import (
    answer_table,
    read_format,
    render_download,
    render_refusal,
)
from assistant.web.panel import VIEWS, render_source
from assistant.web.ports import Assistant, Library, Visitor
from assistant.web.reading import read_filters, render_choices
from assistant.web.sorry import sorry
from assistant.web.source import REACH, Look, render_message
from assistant.web.strings import say
from assistant.web.turns import render_exchange, render_past, render_welcome
from index.errors import IndexingError
from prompts import render

logger = logging.getLogger(__name__)

MAX_QUESTION = 2_000  # characters, as in assistant/chat.py
LEDGER_KEYS = ("record", "finding", "unread")  # a click on something of the ledger


class Dialogue:
    """The page's actions over one assistant and one library; holds no visitor's state."""

    def __init__(
        self,
        assistant: Assistant,
        library: Library,
        writing: threading.Lock | None = None,
        room: TalkRoom | None = None,
        bench: Bench | None = None,
    ) -> None:
        self._assistant = assistant
        self._library = library
        self._room = room
        self._bench = bench
        self.ledger = LedgerDesk(library, writing)

    def welcome(self) -> str:
        """Return the HTML of an empty conversation."""
        return render_welcome(self._library)

    def choices(self) -> str:
        """Return what the conditions of a reading can be changed to."""
        return render_choices(self._library.ledger)

    def ask(
        self, question: str, talk: Conversation, visitor: Visitor | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield the HTML of the past exchanges and of the current one, as it grows.

        Where there is a desk, the answer is kept for the visitor once it is whole.
        """
        question = question.strip()
        if not question:
            return
        past = render_past(talk.exchanges)
        history = talk.history()
        exchange = talk.begin(question)
        yield past, render_exchange(exchange)
        refusal = self._cannot_ask(question)
        if refusal:
            exchange.state, exchange.message = "failed", refusal
        else:
            for _ in self._stream(exchange, talk, history):
                yield past, render_exchange(exchange)
        self._keep(exchange, talk, visitor)
        yield past, render_exchange(exchange)

    def _keep(self, exchange: Exchange, talk: Conversation, visitor: Visitor | None) -> None:
        if self._room is not None and visitor is not None:
            self._room.keep(visitor, exchange, talk)

    def _cannot_ask(self, question: str) -> str | None:
        if len(question) > MAX_QUESTION:
            return f"<p>{say('too_long', length=len(question), limit=MAX_QUESTION)}</p>"
        if not self._library.can_answer():
            return f"<p>{say('no_documents_to_ask')}</p>"
        return None

    def reread(
        self, sent: dict[str, Any], talk: Conversation, visitor: Visitor | None = None
    ) -> Iterator[tuple[str, str]]:
        """Yield the HTML of a new exchange: an earlier question with its reading edited."""
        earlier = talk.exchange(whole_number(sent.get("turn")))
        if earlier is None or earlier.answer is None:
            return
        origin, kind = earlier.standalone, sent.get("kind")
        past = render_past(talk.exchanges)
        exchange = talk.begin(earlier.question)
        exchange.origin = origin
        yield past, render_exchange(exchange)
        reading = {"kind": kind, "filters": read_filters(sent)}
        self._fill(exchange, lambda: self._assistant.answer_edited(origin, reading))
        self._keep(exchange, talk, visitor)
        yield past, render_exchange(exchange)

    def _fill(self, exchange: Exchange, answer: Callable[[], Answer]) -> None:
        """Take an answer that comes at once into the exchange; its state tells how it went."""
        try:
            exchange.answer, exchange.state = answer(), "done"
        except (AssistantError, IndexingError) as error:  # written for the user
            exchange.state, exchange.message = "failed", f"<p>{sorry(error)}</p>"
        except Exception:  # the page must go on; the log has the traceback
            logger.exception("No answer for an edited reading")
            exchange.state, exchange.message = "failed", f"<p>{say('failed')}</p>"

    def _stream(self, exchange: Exchange, talk: Conversation, history: list[Any]) -> Iterator[None]:
        """Fill in the exchange, yielding at each step; its state tells how it ended."""
        try:
            answers = stoppable(
                lambda: self._assistant.stream(exchange.question, history),
                stopped=lambda: talk.stopping,
            )
            for answer in answers:
                if answer is not exchange.answer:  # else nothing has come meanwhile
                    exchange.answer, exchange.state = answer, "streaming"
                    yield
            exchange.state = "stopped" if talk.stopping else "done"
            if talk.stopping and exchange.answer and exchange.answer.wording:
                # The documents' own words are whole, and so is what was checked by now.
                exchange.answer, exchange.state = without_draft(exchange.answer), "done"
        except (AssistantError, IndexingError) as error:  # written for the user
            exchange.state, exchange.message = "failed", f"<p>{sorry(error)}</p>"
        except Exception:  # the page must go on; the log has the traceback
            logger.exception("No answer for a question of %d characters", len(exchange.question))
            exchange.state, exchange.message = "failed", f"<p>{say('failed')}</p>"

    def look(
        self,
        wanted: dict[str, Any],
        talk: Conversation,
        saw: Callable[[str], None] = lambda document: None,
        visitor: Visitor | None = None,
    ) -> str:
        """Return the source panel for what was clicked; whatever comes, never an error.

        ``saw`` is told the name of a document that is shown.
        """
        try:
            if "case" in wanted:
                look, lost = self._look_at_case(wanted, visitor), "source_expired"
            elif any(key in wanted for key in LEDGER_KEYS):
                look, lost = self._look_into_ledger(wanted), "source_gone"
            else:
                look, lost = read_look(wanted, talk), "source_expired"
            if look is None:
                return render_message(lost)
            shown = render_source(_in_view(look, wanted), self._library)
            saw(look.document)
            return shown
        except IndexingError as error:
            logger.warning("Cannot show a source: %s", error)
            return render_message("source_gone")

    def download(
        self, sent: dict[str, Any], talk: Conversation, visitor: Visitor | None = None
    ) -> str:
        """Return a file for the browser.

        It is the table of an answer, the report on one that was verified, or the ledger
        as filtered.
        """
        if "turn" not in sent:
            return self.ledger.download(sent)
        wanted, number = read_format(sent), whole_number(sent.get("turn"))
        if sent.get("report") is True and self._room and visitor:
            return self._room.report(visitor, talk.exchange(number))
        exchange = talk.exchange(number)
        if wanted is None or exchange is None:
            return render_refusal(say("source_expired"))
        return render_download(answer_table(exchange, wanted[1]), wanted[0])

    def _look_at_case(self, wanted: dict[str, Any], visitor: Visitor | None) -> Look | None:
        if self._bench is None or visitor is None:
            return None
        case, n, at, reach = (whole_number(wanted.get(k)) for k in ("case", "n", "at", "reach"))
        return self._bench.look(visitor, case, n, at, reach)

    def _look_into_ledger(self, wanted: dict[str, Any]) -> Look | None:
        at, reach, n = (whole_number(wanted.get(key)) for key in ("at", "reach", "n"))
        return self.ledger.look(wanted, at, reach, n)

    def no_source(self) -> str:
        """Return the panel before anything was clicked."""
        return render_message("source_empty", "source_empty_how")


def without_draft(answer: Answer) -> Answer:
    """Return a worded answer that was stopped, without what was not checked, and saying so."""
    assert answer.wording is not None  # the caller has looked
    note = render("llm_stopped", "en" if is_english(answer.question) else "zh")
    wording = replace(answer.wording, draft="", fallback=answer.wording.fallback or "stopped")
    return replace(answer, wording=wording, notes=(*answer.notes, note))


def read_look(wanted: dict[str, Any], talk: Conversation) -> Look | None:
    """Return what a click means, or None where its conversation is not there any more.

    ``wanted`` comes from the browser and is believed in nothing: numbers must be
    numbers, and citations are looked up in this visitor's own conversation.
    """
    at, reach = whole_number(wanted.get("at")), whole_number(wanted.get("reach"))
    reach = REACH if reach is None else reach
    document = wanted.get("document")
    if isinstance(document, str):
        return Look(document, at=at, reach=reach, version=whole_number(wanted.get("version")))
    turn, n = whole_number(wanted.get("turn")), whole_number(wanted.get("n"))
    if turn is None or n is None:
        return None
    kind = "related" if wanted.get("kind") == "related" else "citation"
    cited = talk.citations(turn, kind)
    chosen = next((c for c in cited if c.n == n), None)
    if chosen is None:
        return None
    keys = (("turn", str(turn)), ("kind", kind))
    return Look(chosen.document, chosen, cited, keys, at=at, reach=reach)


def _in_view(look: Look, wanted: dict[str, Any]) -> Look:
    """Return the look with what the browser wants to see of the document."""
    view = wanted.get("view")
    shown = view if isinstance(view, str) and view in VIEWS else "text"
    return replace(look, view=shown, page=whole_number(wanted.get("page")) or None)


def whole_number(given: object) -> int | None:
    """Return a number of the browser's, None for anything else."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) <= 12:
        return int(given)
    return given if type(given) is int and given >= 0 else None
