"""A part of a set: questions that are asked of indexes alike, and figured alike."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from assistant.llm.writing import Writer

Record = dict[str, Any]
Figures = dict[str, Any]  # figure -> share, count or seconds; None where it does not apply
Ask = Callable[[str], Record]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions by id, in the order asked.

    ``opened`` holds what they are asked of and yields what asks one; ``figured`` makes
    figures of records by id; ``wrong`` tells why a record is no right answer, None if it
    is one. ``shape`` names what the answers depend on beside code and question.
    """

    set: str
    name: str
    shape: tuple[str, ...]
    ids: tuple[str, ...]
    of: int
    opened: Callable[[], AbstractContextManager[Ask]]
    figured: Callable[[Mapping[str, Record]], Figures]
    wrong: Callable[[str, Record], str | None]
    gold: Callable[[str], str]

    @property
    def title(self) -> str:
        """What the part is called in tables."""
        return "/".join([self.set, self.name, *self.shape])

    @property
    def file_name(self) -> str:
        """The name of its log."""
        return re.sub(r"[^\w.-]+", "_", self.title) + ".jsonl"


def worded_by(writer: Writer | None) -> tuple[str, ...]:
    """Return the shape of parts whose answers a language model words."""
    return (f"model {writer.endpoint.identity.name}",) if writer else ()


def sampled(ids: list[str], size: int | None, seed: int) -> list[str]:
    """Return up to ``size`` ids, the same for the same seed; a larger sample holds a smaller."""
    shuffled = list(ids)
    random.Random(seed).shuffle(shuffled)
    return shuffled[:size]
