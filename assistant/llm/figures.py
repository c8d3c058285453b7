"""What the model's calls have cost and how they went, since the program began."""

from __future__ import annotations

import statistics
import threading
from collections import Counter, deque
from dataclasses import dataclass, field

from assistant.llm.calls import Spent
from assistant.llm.faults import FaultKind

KEPT = 100  # last calls of which times are kept


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts since the start; times in seconds are medians of the last calls, None without any."""

    calls: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    sentences: int = 0
    verified: int = 0
    first: float | None = None
    seconds: float | None = None
    per_second: float | None = None  # tokens that it writes
    faults: dict[FaultKind, int] = field(default_factory=dict)
    last_fault: FaultKind | None = None


class Tally:
    """Adds up. Calls from several threads are safe."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._turn = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._faults: Counter[FaultKind] = Counter()
        self._last: FaultKind | None = None
        self._spent: deque[Spent] = deque(maxlen=KEPT)

    def add(self, spent: Spent) -> None:
        """Add a call that went well."""
        with self._turn:
            self._counts["calls"] += 1
            self._counts["tokens_in"] += spent.tokens_in
            self._counts["tokens_out"] += spent.tokens_out
            self._spent.append(spent)
            self._last = None

    def add_fault(self, kind: FaultKind) -> None:
        """Add a call that came to nothing."""
        with self._turn:
            self._counts["calls"] += kind != "spared"
            self._faults[kind] += 1
            self._last = kind

    def add_cached(self) -> None:
        """Add an answer that was there already."""
        with self._turn:
            self._counts["cached"] += 1

    def add_checked(self, sentences: int, verified: int) -> None:
        """Add the sentences of an answer, and how many of them passed the check."""
        with self._turn:
            self._counts["sentences"] += sentences
            self._counts["verified"] += verified

    def figures(self) -> Figures:
        """Return the figures as of now."""
        with self._turn:
            spent, counts = list(self._spent), dict(self._counts)
            faults, last = dict(self._faults), self._last
        writing = [s.tokens_out / (s.seconds - s.first) for s in spent if s.seconds > s.first > 0]
        return Figures(
            **counts,
            first=statistics.median(s.first for s in spent) if spent else None,
            seconds=statistics.median(s.seconds for s in spent) if spent else None,
            per_second=statistics.median(writing) if any(writing) else None,
            faults=faults,
            last_fault=last,
        )
