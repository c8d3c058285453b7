"""An answer as it grows: the documents' own words at once, then the model's, checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.claims.wording import light
from assistant.finishing import Finishing, finish
from assistant.llm.basis import gather, sort_of
from assistant.llm.laying import draft_of, finish_worded
from assistant.llm.standalone import resolve
from assistant.llm.writing import Task, Writer
from assistant.records import Answer
from index.library import Library
from prompts import render

if TYPE_CHECKING:
    from assistant.chat import Asked
    from index.ledger.book import Ledger

LEAST_NAME = 3  # characters; a shorter name stands in too much that is not about it
SAID_OUTRIGHT = frozenset({"refusal", "courtesy"})  # kinds that no evidence is behind


class Worder:
    """Words the answers over one library, as it is seen by whoever asks."""

    def __init__(
        self, library: Library, writer: Writer, make: Callable[[Asked], Finishing]
    ) -> None:
        """Take the library, the writer, and what makes the draft of an answer."""
        self._library = library
        self._writer = writer
        self._make = make
        self._known: tuple[Ledger, frozenset[str]] | None = None

    def warm_up(self) -> None:
        """Load what the checks need, so that the first sentence is checked as fast as others."""
        light("预热")

    def stream(self, asked: Asked) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is complete.

        The same object again means that nothing has come meanwhile.
        """
        began = time.perf_counter()
        made = self._resolved(asked)
        plain = _timed(finish(made, self._library), began)
        yield plain
        if plain.refused or not plain.citations:
            return  # that the documents do not say it is for the code to decide
        now, known = plain, None
        for written in self._writer.write(self._task(made)):
            state = (*written.sentences, written.fault, written.done)
            if state != known:  # laying out and verifying takes a while
                known, model = state, self._writer.endpoint.identity.name
                now = _timed(finish_worded(made, written, model, self._library), began)
            elif now.wording and now.wording.draft != draft_of(written):
                now = replace(now, wording=replace(now.wording, draft=draft_of(written)))
            yield now

    def _resolved(self, asked: Asked) -> Finishing:
        """Return what answers the question, a hard follow-up read by the model."""
        made = self._make(asked)
        hard = made.draft.refused and made.interpretation.get("kind") not in SAID_OUTRIGHT
        if not (asked.history and hard):
            return made
        language = made.question.language
        endpoint = self._writer.endpoint
        text = resolve(endpoint, asked.question, asked.history, self._names(), language)
        if text is None:
            return made
        again = self._make(replace(asked, question=text, history=()))
        if again.draft.refused:
            return made
        note = render("llm_read_as", language, question=text)
        read = again.interpretation | {"standalone": again.question.text}
        return replace(again, asked=asked.question, interpretation=read, notes=(note, *again.notes))

    def _task(self, made: Finishing) -> Task:
        sort = sort_of(made.draft, made.question)
        language = made.question.language
        bases = gather(made.draft, made.ranked, sort, self._library, language)
        files = {source.file_id for basis in bases for source in basis.sources}
        paths = frozenset(self._library.file_by_id(file_id).path for file_id in files)
        return Task(made.question.text, language, sort, bases, self._names(), paths)

    def _names(self) -> frozenset[str]:
        """Return the names of projects, units and people that the ledger knows."""
        ledger = self._library.ledger
        if self._known is None or self._known[0] is not ledger:
            self._known = (ledger, frozenset(_names_in(ledger)))
        return self._known[1]


def _names_in(ledger: Ledger) -> Iterator[str]:
    for row in ledger.rows:
        for field in ("name", "unit", "leader"):
            name = row.record.name if field == "name" else row.text(field)
            if name and len(name) >= LEAST_NAME and "*" not in name:
                yield name


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, seconds=round(time.perf_counter() - began, 3))
