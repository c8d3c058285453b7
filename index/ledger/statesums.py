"""What the states' amounts add up to, against what the report says was done in all.

“累计完成投资16.1亿元”, and below “（一）竣工4个，完成投资2亿元，其中：……（二）在建9个，完成投资
15亿元，其中：……”: each state opens a paragraph of its own. That they are all states is known where
their numbers add up to a total that stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from index.ledger.checks import HEDGED, half, of_the_time, plain
from index.ledger.records import Figure, FileLedger, Finding
from index.ledger.states import MIN_STATES

_MONEY, _COUNTS = "万元", "个项"
# What was done may be left out where nothing can have been.
_NOTHING_DONE = frozenset({"not_started", "preparatory", "cancelled"})


def state_sums(ledger: FileLedger) -> list[Finding]:
    """Return where the amounts of all states are not the one total stated before them."""
    told = {f.spans[0] for f in ledger.findings if f.kind == "sum"}
    found = [finding for run in _runs(ledger.figures) for finding in _of_run(run, ledger.figures)]
    return [finding for finding in found if finding.spans[0] not in told]


def _runs(figures: Sequence[Figure]) -> Iterator[list[list[Figure]]]:
    """Yield the figures of all states, one list a state, of each time that a document tells of."""
    opened: list[list[Figure]] = []
    for (document, state, _), group in groupby(
        (f for f in figures if f.state), key=lambda f: (f.document, f.state, f.sentence)
    ):
        own = [f for f in group if not f.among]
        if not own or own[0].unit == _MONEY:
            continue
        again = any(o[0].state == state or o[0].document != document for o in opened)
        if again:
            yield opened
            opened = []
        opened.append(own)
    yield opened


def _of_run(run: Sequence[Sequence[Figure]], figures: Sequence[Figure]) -> Iterator[Finding]:
    counts = [next((f for f in own if f.unit in _COUNTS), None) for own in run]
    if len(run) < MIN_STATES or None in counts:
        return
    before = of_the_time(run[0][0], figures)
    number = sum(f.value for f in counts if f)
    if not any(f.unit in _COUNTS and not f.state and f.value == number for f in before):
        return
    for measure in dict.fromkeys(f.measure for own in run for f in own if f.unit == _MONEY):
        parts = [next((f for f in own if f.measure == measure), None) for own in run]
        lacking = [own[0] for own, part in zip(run, parts, strict=True) if part is None]
        idle = "完成" in measure and all(f.stage in _NOTHING_DONE for f in lacking)
        if idle or not lacking:
            yield from _against(measure, [part for part in parts if part], before)


def _against(measure: str, parts: Sequence[Figure], before: Sequence[Figure]) -> Iterator[Finding]:
    totals = [
        f for f in before
        if f.unit == _MONEY and f.measure == measure and not (f.state or f.among or f.part)
        and not (f.stage or f.progress)
    ]  # fmt: skip
    if len({f.value for f in totals}) != 1 or len(parts) < 2:
        return
    if any(HEDGED.search(f.number.text) for f in (*parts, totals[0])):
        return
    total = totals[0].number
    found = sum(f.value for f in parts)
    if abs(found - totals[0].value) <= half(total) + sum(half(f.number) for f in parts) + 1e-6:
        return
    said = plain(found, total)
    yield Finding(
        "sum", f"总数写{total.text}，各类相加为{said}", parts[0].document,
        (total.spans[0], *(f.number.spans[0] for f in parts)),
        f"{' + '.join(f.number.text for f in parts)} = {said}",
    )  # fmt: skip
