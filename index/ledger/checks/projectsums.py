"""What a text says that so many projects cost or did, against the records of just as many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from index.ledger.checks.rounding import hedged, is_sure
from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import LABELS, MONEY, measured
from index.ledger.records import Figure, FileLedger, Finding, Record

MIN_PROJECTS = 3


def project_sums(ledger: FileLedger) -> Iterator[Finding]:
    """Yield where “12个项目总投资38.33亿元” is not the sum of just as many records."""
    for place, figure in enumerate(ledger.figures):
        key = measured(figure.measure)
        before = ledger.figures[place - 1] if place else None
        if before and before.among:  # “58个，其中续建30个、新建28个，计划投资……”: of all of them
            before = _whole_before(ledger.figures, place)
        if key is None or figure.unit != MONEY or before is None or before.unit not in "个项件":
            continue
        if before.sentence != figure.sentence or hedged(figure.number):
            continue
        # Of several lists of as many the one that follows is meant.
        for records in sorted(_wholes(ledger, figure.document), key=partial(_distance, figure)):
            parts = [r.fields[key] for r in records if key in r.fields]
            if not len(parts) == len(records) == before.value or not is_sure(*parts):
                continue
            if len(parts) >= MIN_PROJECTS:
                said = f"{before.number.text}个项目{LABELS[key]}{figure.number.text}"
                yield from wrong_sum(
                    figure.document, f"原文写{said}，逐项相加为", figure.number, parts,
                    spans=[(figure.start, figure.end)],
                )  # fmt: skip
                break


def _whole_before(figures: Sequence[Figure], place: int) -> Figure | None:
    """Return the number that “其中” breaks up, before an amount behind its parts."""
    whole = next((f for f in reversed(figures[:place]) if not f.among), None)
    return whole if whole and whole.sentence == figures[place].sentence else None


def _wholes(ledger: FileLedger, document: int) -> Iterator[list[Record]]:
    """Yield the records of the document, then those of each of its rosters."""
    own = [r for r in ledger.records if r.document == document]
    yield own
    for place in dict.fromkeys(r.roster for r in own):
        yield [r for r in own if r.roster == place]


def _distance(figure: Figure, records: Sequence[Record]) -> tuple[bool, int]:
    """Return how far behind a figure records begin; those before it are the farthest."""
    start = min((r.start for r in records), default=figure.start)
    return start < figure.start, abs(start - figure.start)
