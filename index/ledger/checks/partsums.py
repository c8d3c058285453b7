"""Totals that a sentence breaks up: “共N个，其中A个……、B个……、C个……”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.checks.rounding import hedged
from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import MONEY
from index.ledger.checks.totals import by_sentence
from index.ledger.records import Figure, Finding

MIN_PARTS = 2
MAX_NOUNS = 2  # of parts that are counts: more of them are counts of several things
# Share of a total by which parts may miss it and still be meant as all: of one noun, and of more.
MISSED, MISSED_OF_MORE = 0.15, 0.1
_COUNTS = "个项件家"
_CORE = re.compile(r"(?:(?:完成|计划|到位|总|使用|支出|拨付)?(?:投资|资金)|支出|产值|收入)额?$")


def part_sums(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Yield the totals that parts behind “其中” all but exhaust, and do not sum to."""
    for group in by_sentence(figures).values():
        yield from _against([f for f in group if f.unit in _COUNTS], counted=True)
        yield from _against(_of_one_measure([f for f in group if f.unit == MONEY]), counted=False)


def _against(run: Sequence[Figure], *, counted: bool) -> Iterator[Finding]:
    total, parts = _total_and_parts(run)
    if total is None or len(parts) < MIN_PARTS or hedged(*(f.number for f in run)):
        return
    if counted and len({f.measure[:2] for f in parts} - {""}) > MAX_NOUNS:
        return
    if len({f.stage or f.progress or f.measure for f in parts}) < len(parts):
        return
    alike = counted or len({f.measure for f in run}) == 1
    missed = abs(sum(f.value for f in parts) - total.value)
    if missed <= (MISSED if alike else MISSED_OF_MORE) * total.value:
        says = f"总数写{total.number.text}，分项相加为"
        yield from wrong_sum(total.document, says, total.number, [f.number for f in parts])


def _of_one_measure(run: Sequence[Figure]) -> list[Figure]:
    """Return the total before “其中” and the parts that are amounts of the same thing.

    “完成投资54.55亿元，其中竣工项目完成投资36.08亿元、在建12.44亿元”: a part bears
    the total's noun, or says but whose amount it is.
    """
    first = next((n for n, f in enumerate(run) if f.among), None)
    if not first:
        return []
    total = run[first - 1]
    core = _core(total.measure)
    parts = [
        f for f in run[first:]
        if f.measure == total.measure
        or (core and _core(f.measure) == core)
        or (not _core(f.measure) and (f.stage or f.progress))
    ]  # fmt: skip
    return [total, *parts]


def _core(measure: str) -> str:
    match = _CORE.search(measure)
    return match.group() if match else ""


def _total_and_parts(run: Sequence[Figure]) -> tuple[Figure | None, Sequence[Figure]]:
    """Return the figure before “其中” and those behind it that it is made of."""
    first = next((n for n, f in enumerate(run) if f.among), None)
    if not first:
        return None, ()
    total, parts = run[first - 1], list(run[first:])
    # “……，尚有8个未开工” behind the parts is no part: a run of the first ones that sums is enough.
    for stop in range(2, len(parts)):
        if sum(f.value for f in parts[:stop]) == total.value:
            return total, parts[:stop]
    return total, parts
