"""One visitor's conversation, and an answer stream that can be stopped at any moment."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from assistant.records import Answer, Citation, Turn

State = Literal["searching", "streaming", "done", "stopped", "failed"]
Item = TypeVar("Item")

POLL = 0.1  # seconds between looks at the stop button while nothing arrives
HISTORY = 6  # turns that a follow-up question may lean on


@dataclass(slots=True)
class Exchange:
    """A question and what has been answered so far; ``message`` is ready HTML.

    ``origin`` is the standalone question whose reading was edited, where it was;
    ``kept`` the number under which the desk keeps it, ``foot`` what the desk has to
    say below the answer, as ready HTML.
    """

    number: int
    question: str
    state: State = "searching"
    answer: Answer | None = None
    message: str = ""
    origin: str = ""
    kept: int | None = None
    foot: str = ""

    @property
    def standalone(self) -> str:
        """The question as it can be read without the conversation."""
        read = self.answer.interpretation.get("standalone") if self.answer else None
        return self.origin or (read if isinstance(read, str) and read else self.question)

    @property
    def told(self) -> str:
        """The question as a follow-up refers to it: an edited reading in words."""
        reading = self.answer.interpretation.get("reading") if self.answer else None
        return f"{reading}的项目有哪些？" if self.origin and reading else self.question


@dataclass(slots=True)
class Conversation:
    """What one browser tab asked. Lives in its Gradio session.

    ``kept`` is the number under which the desk keeps it, where there is a desk.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    stopping: bool = False
    kept: int | None = None

    def begin(self, question: str) -> Exchange:
        """Return a new exchange at the end of the conversation."""
        self.stopping = False
        last = self.exchanges[-1].number if self.exchanges else 0
        self.exchanges.append(Exchange(last + 1, question))
        return self.exchanges[-1]

    def history(self) -> list[Turn]:
        """Return the finished turns that a follow-up can refer to."""
        done = [e for e in self.exchanges if e.state == "done" and e.answer is not None]
        return [Turn(e.told, e.answer.answer) for e in done[-HISTORY:] if e.answer]

    def keep(self, sees: Callable[[str], bool]) -> None:
        """Drop the exchanges that quote a document of which ``sees`` says no."""
        cited = {e.number: _documents(e) for e in self.exchanges}
        seen = {name: sees(name) for name in set().union(*cited.values())}
        self.exchanges = [e for e in self.exchanges if all(seen[d] for d in cited[e.number])]

    def exchange(self, number: int | None) -> Exchange | None:
        """Return the exchange of that number, None if this conversation has none."""
        return next((e for e in self.exchanges if e.number == number), None)

    def citations(self, number: int, kind: str) -> tuple[Citation, ...]:
        """Return the citations, or the related passages, of an exchange; maybe none."""
        for exchange in self.exchanges:
            if exchange.number == number and exchange.answer is not None:
                answer = exchange.answer
                return answer.related if kind == "related" else answer.citations
        return ()


def _documents(exchange: Exchange) -> set[str]:
    answer = exchange.answer
    return {c.document for c in (*answer.citations, *answer.related)} if answer else set()


@dataclass(frozen=True, slots=True)
class _End(Generic[Item]):
    error: Exception | None = None


def stoppable(make: Callable[[], Iterator[Item]], stopped: Callable[[], bool]) -> Iterator[Item]:
    """Yield what the iterator yields, newest first to arrive, until ``stopped()``.

    The iterator runs in a thread of its own, so that a stop is felt at once even
    while a slow model is silent; items that pile up are skipped in favour of the
    newest. An error of the iterator is raised here.
    """
    arrived: queue.SimpleQueue[Item | _End[Item]] = queue.SimpleQueue()
    abandoned = threading.Event()

    def run() -> None:
        try:
            for item in make():
                if abandoned.is_set():
                    break
                arrived.put(item)
        except Exception as error:  # carried over to the caller, who decides
            arrived.put(_End(error))
        else:
            arrived.put(_End())

    threading.Thread(target=run, name="answer", daemon=True).start()
    try:
        yield from _newest(arrived, stopped)
    finally:
        abandoned.set()


def _newest(
    arrived: queue.SimpleQueue[Item | _End[Item]], stopped: Callable[[], bool]
) -> Iterator[Item]:
    while not stopped():
        try:
            batch = [arrived.get(timeout=POLL)]
        except queue.Empty:
            continue
        while not arrived.empty():
            batch.append(arrived.get())
        items = [item for item in batch if not isinstance(item, _End)]
        if items:
            yield items[-1]
        end = batch[-1]
        if isinstance(end, _End):
            if end.error is not None:
                raise end.error
            return
