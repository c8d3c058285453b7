"""What a report says in money of each of its classes or regions, one after another.

“教育类计划8.40亿元、完成6.55亿元；水利类计划……”: a figure without a name is said of the part
that was named last in its sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from assistant.ledger.figurelink import in_period
from assistant.ledger.query import Query
from index.ledger.book import FiledFigure, Ledger
from index.ledger.records import Span
from index.words import fold

MIN_PARTS = 2
_SAID = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,12}?)?(?:项目|工程)?的?(?:其中)?"
    r"(?:(?P<planned>(?:年度|全年|年)?(?:投资)?计划(?:完成)?(?:投资)?)|(?P<done>(?:累计|已|实际)?完成(?:投资)?))$"
)
_NO_NAME = re.compile(
    r"^(?:年|全|累计|已|共|其中|本|今|去|上|下|各|实际|项目|固定|重点|仅|只|还|前)|占|比|投资|率$|月"
)
_FIELDS = {"planned": "planned_investment", "done": "done_investment"}


@dataclass(slots=True)
class Part:
    """A class or region with its amounts by field, as one sentence states them."""

    name: str
    amounts: dict[str, FiledFigure] = field(default_factory=dict)


def parts_stated(query: Query, ledger: Ledger) -> list[Part]:
    """Return the parts of the newest document that states amounts of several in one sentence."""
    sentences: dict[tuple[int, int, Span], list[FiledFigure]] = defaultdict(list)
    for filed in in_period(query, ledger):
        place = (filed.file.id, filed.figure.document, filed.figure.sentence)
        sentences[place].append(filed)
    found: dict[str, Part] = {}
    first: tuple[int, int] | None = None
    for (file, document, _), figures in sentences.items():
        parts = _parts_in(figures)
        if len(parts) < MIN_PARTS or first not in (None, (file, document)):
            continue
        first = (file, document)
        for part in parts:
            found.setdefault(fold(part.name), part)
    return list(found.values())


def _parts_in(figures: list[FiledFigure]) -> list[Part]:
    parts: list[Part] = []
    for filed in sorted(figures, key=lambda f: f.figure.number.start):
        figure = filed.figure
        said = _SAID.match(figure.measure) if figure.unit == "万元" else None
        if said is None or figure.stage or figure.progress or figure.state:
            continue
        name = said["name"] or ""
        if name and not _NO_NAME.search(name):
            parts.append(Part(name))
        elif name or not parts:
            continue
        key = next(key for key in _FIELDS if said[key])
        parts[-1].amounts.setdefault(_FIELDS[key], filed)
    return parts


def parts_named(text: str, ledger: Ledger) -> list[tuple[str, Span]]:
    """Return the parts that a folded question names, with their spans."""
    plain = Query("sum", "zh")
    found = []
    for part in parts_stated(plain, ledger):
        at = text.find(fold(part.name))
        if at >= 0:
            found.append((fold(part.name), (at, at + len(part.name))))
    return sorted(found, key=lambda one: one[1])
