"""What the states' amounts add up to, against what the report says was done in all.

“累计完成投资16.1亿元”, and below “（一）竣工4个，完成投资2亿元，其中：……（二）在建9个，完成投资
15亿元，其中：……”: each state opens a paragraph of its own. That they are all states is known where
their numbers add up to a total that stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from index.ledger.checks.terms import COUNTS, MONEY, NOTHING_DONE
from index.ledger.checks.totals import against_total, of_the_time
from index.ledger.records import Figure, FileLedger, Finding
from index.ledger.states import MIN_STATES


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
        if not own or own[0].unit == MONEY:
            continue
        again = any(o[0].state == state or o[0].document != document for o in opened)
        if again:
            yield opened
            opened = []
        opened.append(own)
    yield opened


def _of_run(run: Sequence[Sequence[Figure]], figures: Sequence[Figure]) -> Iterator[Finding]:
    counts = [next((f for f in own if f.unit in COUNTS), None) for own in run]
    if len(run) < MIN_STATES or None in counts:
        return
    before = of_the_time(run[0][0], figures)
    number = sum(f.value for f in counts if f)
    if not any(f.unit in COUNTS and not f.state and f.value == number for f in before):
        return
    for measure in dict.fromkeys(f.measure for own in run for f in own if f.unit == MONEY):
        parts = [next((f for f in own if f.measure == measure), None) for own in run]
        lacking = [own for own, part in zip(run, parts, strict=True) if part is None]
        told = [part for part in parts if part]
        # “尚未进场7个，花掉前期费用800万元”: those have put in something, too.
        spent = any(f.unit == MONEY for own in lacking for f in own)
        idle = "完成" in measure and all(own[0].stage in NOTHING_DONE for own in lacking)
        idle = idle and not spent
        if len(told) > 1 and (idle or not lacking):
            yield from against_total(measure, told, before)
