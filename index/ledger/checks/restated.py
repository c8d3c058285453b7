"""A status's number and amount in the overview, against those at its own list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.ledger.checks.rounding import differ
from index.ledger.checks.terms import COUNTS, MONEY, STATUS_NAMES
from index.ledger.periods import of_two_times
from index.ledger.records import Figure, FileLedger, Finding, Roster, Span

LEADING = 3  # characters of a clause before its number that say no other thing (“其中”, “目前有”)
# “14个滞后项目中，有4个赶上了计划”: how many there were.
_AMONG_A_CLASS = re.compile(r"(?:项目|工程|任务|事项)(?:当中|之中|中|里)$")
_SEVERAL = re.compile(r"[或和及与]")
_SPENT = ("完成投资", "累计完成投资")


def restated(ledger: FileLedger) -> Iterator[Finding]:
    """Yield what a document says of a status in two places, and otherwise in each."""
    rosters: dict[tuple[int, str], list[Roster]] = defaultdict(list)
    for roster in ledger.rosters:
        key = roster.stage or roster.progress
        if key and roster.stated and not (roster.stage and roster.progress):
            rosters[roster.document, key].append(roster)
    seen: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    opened = _opened(ledger.figures)
    for figure in ledger.figures:
        key = figure.stage or figure.progress
        if not key or (figure.stage and figure.progress) or _SEVERAL.search(figure.subject):
            continue
        if _AMONG_A_CLASS.search(figure.subject):
            continue
        own = [r for r in rosters.get((figure.document, key), []) if _lists_all(r, ledger)]
        # What is under way or prepared is not listed apart from what is late.
        if len(own) == 1 and key not in ("under_construction", "preparatory"):
            yield from _against_list(figure, key, own[0])
        if figure.state and not figure.subject:
            continue  # told by the state's own name alone, which is compared for itself
        if figure.unit == MONEY and figure.measure in _SPENT:
            same = seen[figure.document, key, figure.subject[-8:]]
            first = next(
                (
                    f for f in same
                    if not of_two_times(f.as_of, figure.as_of)
                    and opened.get(f.sentence) == opened.get(figure.sentence)
                ),
                figure,
            )  # fmt: skip
            same.append(figure)
            if differ(first.number, figure.number):
                yield Finding(
                    "figures",
                    f"“{STATUS_NAMES[key]}”的完成投资在一处写{first.number.text}，"
                    f"在另一处写{figure.number.text}",
                    figure.document,
                    (first.number.spans[0], figure.number.spans[0]),
                )


def _against_list(figure: Figure, key: str, roster: Roster) -> Iterator[Finding]:
    """Yield a finding where an overview counts more of a status than the list of all of them."""
    stated = roster.stated
    direct = figure.number.start - figure.start <= LEADING
    if figure.unit not in COUNTS or not direct or "项目" not in figure.subject:
        return
    inside = roster.start <= figure.start < roster.end
    if stated and stated.value is not None and figure.value > stated.value and not inside:
        yield Finding(
            "figures",
            f"“{STATUS_NAMES[key]}”在一处写{figure.number.text}个，在清单处写{stated.text}个",
            figure.document,
            (figure.number.spans[0], *stated.spans),
        )


def _lists_all(roster: Roster, ledger: FileLedger) -> bool:
    """Tell whether no project outside of a list is of its status: it is no part of them all."""
    return all(
        roster.start <= record.start < roster.end
        for record in ledger.records
        if record.document == roster.document
        and (record.stage or record.progress)
        and roster.stage in (None, record.stage)
        and roster.progress in (None, record.progress)
    )


def _opened(figures: Iterable[Figure]) -> dict[Span, tuple[str, float]]:
    """Return the number that a sentence opens with, of a class that what follows is said of.

    “A类26个，已开工22个，完成2亿元。B类8个，已开工7个，完成1亿元”: both as they should be.
    """
    first: dict[Span, Figure] = {}
    for figure in figures:
        first.setdefault(figure.sentence, figure)
    return {
        sentence: (f.subject, f.value)
        for sentence, f in first.items()
        if f.unit in COUNTS and not (f.stage or f.progress or f.among)
    }
