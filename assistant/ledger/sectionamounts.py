"""What the first sentence of a report's part says in money of all that stands in it.

“（三）教育（9个）” above “教育项目年度计划投资2.18亿元，完成1.72亿元”; “4.某局。负责项目5个，年度
计划投资4.83亿元，完成2.96亿元”: amounts of a class or of a unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.ledger.figurelink import in_period
from assistant.ledger.parted import Part
from assistant.ledger.query import Query
from assistant.ledger.select import class_names, narrowed
from index.ledger.book import FiledFigure, Ledger
from index.ledger.records import Words
from index.words import fold

MAX_LEAD = 80  # characters behind a heading that may say what its part sums up to
_SAID = re.compile(
    r"(?P<planned>(?:年度|全年|年)?(?:投资)?计划(?:完成)?(?:投资)?)$|(?P<done>(?:累计|已|实际)?完成(?:投资)?)$"
)
_RATE = re.compile(r"(?:完成|投资)率$|占(?:年度|全年|年)?(?:投资)?计划的?$")
_PLACE = re.compile(r"[市县区旗镇乡]$|街道$|园$")
_FIELDS = {"planned": "planned_investment", "done": "done_investment"}

_Heading = tuple[int, int, Words]  # file, document, the heading


def sections_stated(query: Query, ledger: Ledger) -> Iterator[Part]:
    """Yield the parts of documents that count whose first sentence gives amounts of them."""
    figures: dict[tuple[int, int], list[FiledFigure]] = defaultdict(list)
    for filed in in_period(narrowed(query, units=(), groups=()), ledger):
        figures[filed.file.id, filed.figure.document].append(filed)
    names = _names(ledger)
    headings = sorted(names, key=lambda h: (h[0], h[1], h[2].start))
    for place, (file, document, heading) in enumerate(headings):
        after = headings[place + 1] if place + 1 < len(headings) else None
        stop = after[2].start if after and after[:2] == (file, document) else heading.end + MAX_LEAD
        stop = min(stop, heading.end + MAX_LEAD)
        inside = [f for f in figures[file, document] if heading.end <= f.figure.start < stop]
        amounts = _amounts(sorted(inside, key=lambda f: f.figure.start))
        for name in names[file, document, heading] if amounts else ():
            yield Part(name, amounts)


def places_named(text: str, ledger: Ledger) -> list[tuple[str, tuple[int, int]]]:
    """Return the counties, towns or zones in ``text`` that a report has parts of, with spans."""
    known = {name for names in _names(ledger).values() for name in names if _PLACE.search(name)}
    if not known:
        return []
    said = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return [(match.group(), match.span()) for match in re.finditer(said, text)]


def _names(ledger: Ledger) -> dict[_Heading, set[str]]:
    """Return what the headings above lists call their parts: classes, or the units of all."""
    found: dict[_Heading, set[str]] = {}
    for row in ledger.rows:
        heading = row.roster.heading
        if heading is None or row.roster.table or len(heading.spans) != 1:
            continue
        own = {fold(row.text("unit") or "")} & {fold(heading.text)}
        place = (row.file.id, row.record.document, heading)
        found.setdefault(place, set()).update(own or class_names(row))
    return found


def _amounts(figures: list[FiledFigure]) -> dict[str, FiledFigure]:
    """Return the first amounts of one sentence, by field."""
    found: dict[str, FiledFigure] = {}
    for filed in figures:
        figure = filed.figure
        said = _SAID.search(figure.measure) if figure.unit == "万元" else None
        rate = figure.unit == "%" and _RATE.search(figure.measure)
        if figure.sentence != figures[0].figure.sentence or figure.stage or figure.progress:
            break
        if rate and not figure.state:
            found.setdefault("percent", filed)
        if said and not figure.state:
            found.setdefault(_FIELDS[str(said.lastgroup)], filed)
    return found
