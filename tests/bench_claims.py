"""How long the check of a sentence takes: python -m tests.bench_claims.

The share of sentences within the goal, and the check's time as a ratio of reading the
evidence into cells alone, which every check has to do.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from rich.console import Console

from assistant.claims.cells import cells_of
from assistant.claims.names import name_index
from tests.evals.claims.__main__ import verdict
from tests.evals.claims.natural import natural

GOAL = 0.050  # seconds a sentence
ROUNDS = 3
console = Console(highlight=False)


def timed(work: Callable[[], object]) -> float:
    """Return the least seconds that ``work`` took in some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    verdict(natural()[0])  # the lists of words are read once
    checks, readings = [], []
    for case in natural():
        known = name_index(case.source.names)
        checks.append(timed(lambda case=case: verdict(case)))  # type: ignore[misc]
        readings.append(
            timed(lambda case=case, known=known: [cells_of(e, known) for e in case.evidence])  # type: ignore[misc]
        )
    checks.sort()
    within = sum(t <= GOAL for t in checks) / len(checks)
    console.print(f"sentences: {len(checks)}, within {GOAL * 1000:.0f} ms: {100 * within:.1f} %")
    console.print(
        f"median {1000 * statistics.median(checks):.1f} ms, 95th percentile "
        f"{1000 * checks[int(0.95 * len(checks))]:.1f} ms, longest {1000 * checks[-1]:.1f} ms"
    )
    ratio = statistics.median(c / r for c, r in zip(sorted(checks), sorted(readings), strict=True))
    console.print(f"check / reading the evidence alone: {ratio:.1f}")


if __name__ == "__main__":
    main()
