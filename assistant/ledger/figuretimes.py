"""When a figure holds, in a document that holds the reports of two times.

A compilation of two quarterly reports tells of the same projects twice; what it states of all of
them or of a state holds at the time of the report that it stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from index.ledger.book import FiledFigure, Ledger
from index.ledger.periods import ended_in
from index.ledger.records import Figure

Place = tuple[int, int]  # a file and a document in it
Ended = tuple[int, int]  # year and month
MIN_TWICE = 3  # projects that a document tells of at both times


# Every look at figures asks, many in a question; a ledger that nobody holds is forgotten.
_KNOWN: WeakKeyDictionary[Ledger, Mapping[Place, Mapping[str, Ended]]] = WeakKeyDictionary()


def told_twice(ledger: Ledger) -> Mapping[Place, Mapping[str, Ended]]:
    """Return the documents that tell of the same projects at several times.

    Each with its own words of these times (as the records' ``as_of``), and when they end.
    """
    if ledger in _KNOWN:
        return _KNOWN[ledger]
    names: dict[Place, dict[Ended, set[str]]] = defaultdict(lambda: defaultdict(set))
    words: dict[Place, dict[str, Ended]] = defaultdict(dict)
    for row in ledger.rows:
        if row.record.kind == "unit":
            continue
        said, ended = row.text("as_of"), ended_in(row)
        if said and ended:
            place = (row.file.id, row.record.document)
            names[place][ended].add(row.core)
            words[place][said] = ended
    _KNOWN[ledger] = {place: words[place] for place, times in names.items() if _recur(times)}
    return _KNOWN[ledger]


def _recur(times: Mapping[Ended, set[str]]) -> bool:
    """Tell whether the first and a later time have projects in common."""
    first, *later = sorted(times)
    return any(len(times[first] & times[other]) >= MIN_TWICE for other in later)


def ended_figure(filed: FiledFigure, times: Mapping[str, Ended]) -> Ended | None:
    """Return when a figure's time ends: by its own words, else by those of the figures before it.

    What stands before all of these belongs to the first of the reports.
    """
    dated = [f for f in _of_document(filed) if f.as_of and f.as_of.text in times]
    before = [f for f in dated if f.number.start <= filed.figure.number.start]
    telling = before[-1] if before else dated[0] if dated else None
    return times[telling.as_of.text] if telling and telling.as_of else None


def _of_document(filed: FiledFigure) -> list[Figure]:
    own = (f for f in filed.file.ledger.figures if f.document == filed.figure.document)
    return sorted(own, key=lambda f: f.number.start)
