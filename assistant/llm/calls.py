"""One call of a chat model: its words as they come, within deadlines, or a fault.

The model is read in a thread of its own, so that a silent or endless endpoint is left
at the deadline, whatever the network does.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm.faults import ModelFaultError
from assistant.llm.thinking import Said, Unthinking

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage, BaseMessageChunk

BEAT = 0.5  # seconds after which the caller hears that nothing came: they may have been stopped
PER_TOKEN = 8  # characters of an answer to a token; more is an endpoint that ignores the limit


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until the first sign of life and until the end, tokens of the answer."""

    first: float
    total: float
    longest: int


@dataclass(slots=True)
class Spent:
    """What a call cost: tokens as the endpoint counts them (0 where it does not), seconds."""

    tokens_in: int = 0
    tokens_out: int = 0
    first: float = 0.0
    seconds: float = 0.0
    finish: str | None = None


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


class Call:
    """An answer on its way. Iterate once; ``spent`` is whole at the end.

    ``finishes`` tells that this kind of model says why it ends, so that an end
    without a word is a broken connection.
    """

    def __init__(
        self,
        model: BaseChatModel,
        messages: Sequence[BaseMessage],
        limits: Limits,
        *,
        finishes: bool,
        options: dict[str, Any] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin nothing yet; ``options`` go to the model with the messages."""
        self._model = model
        self._messages = list(messages)
        self._limits = limits
        self._finishes = finishes
        self._options = options or {}
        self._clock = clock
        self._arrived: queue.SimpleQueue[BaseMessageChunk | _End] = queue.SimpleQueue()
        self._left = threading.Event()
        self.spent = Spent()

    def __iter__(self) -> Iterator[Said | None]:
        """Yield the words aloud as they come, None where nothing came for a while.

        Raises:
            ModelFaultError: slow, endless, cut or empty.
            Exception: whatever the model raises, for the caller to name.
        """
        began = self._clock()
        threading.Thread(target=self._read, name="model", daemon=True).start()
        try:
            yield from self._words(began)
        finally:
            self._left.set()
            self.spent.seconds = self._clock() - began

    def _read(self) -> None:
        try:
            for chunk in self._model.stream(self._messages, **self._options):
                if self._left.is_set():
                    return
                self._arrived.put(chunk)
        except Exception as error:  # carried over to the caller, who names it
            self._arrived.put(_End(error))
        else:
            self._arrived.put(_End())

    def _words(self, began: float) -> Iterator[Said | None]:
        aloud, heard, length, more = Unthinking(), False, 0, 0
        while True:
            deadline = began + (self._limits.total if heard else self._limits.first)
            item = self._next(deadline, endless=length > 0)
            if item is None:
                yield None
                continue
            if isinstance(item, _End):
                break
            if not heard:
                heard, self.spent.first = True, self._clock() - began
            text = _text_of(item)
            self._note(item)
            more += len(text)
            if more > self._limits.longest * PER_TOKEN:
                raise ModelFaultError("endless")
            said = aloud.feed(text)
            length = len(said.words) + (0 if said.anew else length)
            if said.words or said.anew:
                yield said
        if item.error is not None:
            raise item.error
        rest = aloud.close()
        if rest:
            yield Said(rest)
        if self._finishes and self.spent.finish is None:
            raise ModelFaultError("cut")
        if not length + len(rest):
            raise ModelFaultError("empty")

    def _next(self, deadline: float, *, endless: bool) -> BaseMessageChunk | _End | None:
        left = deadline - self._clock()
        if left <= 0:
            raise ModelFaultError("endless" if endless else "slow")
        try:
            return self._arrived.get(timeout=min(BEAT, left))
        except queue.Empty:
            return None

    def _note(self, chunk: BaseMessageChunk) -> None:
        self.spent.finish = chunk.response_metadata.get("finish_reason") or self.spent.finish
        usage = getattr(chunk, "usage_metadata", None)
        if usage:
            self.spent.tokens_in += usage.get("input_tokens") or 0
            self.spent.tokens_out += usage.get("output_tokens") or 0


def _text_of(chunk: BaseMessageChunk) -> str:
    """Return the words of a chunk; reasoning and tool calls in blocks of their own are none."""
    if isinstance(chunk.content, str):
        return chunk.content
    blocks = (b for b in chunk.content if isinstance(b, str) or b.get("type") == "text")
    return "".join(b if isinstance(b, str) else str(b.get("text", "")) for b in blocks)
