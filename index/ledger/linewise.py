"""Lists of one project a line, or one between two semicolons, as many as are counted.

“1. 某大桥，主桥合龙。（市城投集团）”, “某公园（市园林中心）：看台完工，余下补植”,
“某片区9月26日交房，1460套已办手续；……”: each begins with a name, and all behind it tells of
that project. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.ledger.brackets import note_bracket, owner_in
from index.ledger.edges import trimmed
from index.ledger.names import looks_named
from index.ledger.naming import DOUBTFUL, MAX_NAME, one_named
from index.ledger.owners import owner_before, owner_clause
from index.ledger.prose import Item
from index.ledger.records import Span
from index.ledger.units import is_strong_unit
from index.sentences import parts

MIN_LINES = 2  # that a number proves
_LABEL = re.compile(
    r"\s*(?:[（(]\d{1,2}[）)]|\d{1,2}(?:[、．)）]|\.(?!\d))|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[）)]"
    r"|[一二三四五六七八九十]{1,2}(?:是|、)|[-•·●◆■▪□○◇▲△▶➢→★☆])\s*"
)
_TAG = re.compile(r"\s*[〔【\[][^〕】\]]{1,10}[〕】\]]\s*")
_NAME_ENDS = re.compile(r"[，,。；;：:]|——|－－|--|[〔【\[]")
_LAST_BRACKET = re.compile(r"[（(](?P<unit>[^（）()]{2,24})[）)][。；;\s]*$")
_LEAD = re.compile(r"[^，。；]{0,40}[：:]\s*$")


def marked_items(text: str, lines: Sequence[Span], number: int) -> tuple[Item, ...]:
    """Return the projects of the lines that begin with a mark or number, if so many do."""
    marked = [line for line in lines if _LABEL.match(text, *line)]
    return _items(text, marked, number)


def items_apart(text: str, lines: Sequence[Span], number: int) -> tuple[Item, ...]:
    """Return one project a line, or one a part between semicolons, if there are so many."""
    told = [line for line in lines if not _LEAD.search(text, *line)]
    ways = [told, [piece for line in told for piece in _pieces(text, line)]]
    ways += [list(_pieces(text, line)) for line in told[:2]]  # what follows is said of all
    return next((items for way in ways if (items := _items(text, way, number))), ())


def _pieces(text: str, line: Span) -> Iterator[Span]:
    for a, b in parts(text, *line, "；;"):
        if text[a:b].strip("。；; \u3000"):
            yield a, b


def _items(text: str, stretches: Sequence[Span], number: int) -> tuple[Item, ...]:
    if number < MIN_LINES or len(stretches) != number:
        return ()
    found = [_item(text, *stretch) for stretch in stretches]
    return tuple(item for item in found if item) if all(found) else ()


def _item(text: str, start: int, end: int) -> Item | None:
    """Return the project that a stretch begins with the name of."""
    low, high = trimmed(text, start, end)
    label = _LABEL.match(text, low, high)
    low = label.end() if label else low
    last = _LAST_BRACKET.search(text, low, high)
    unit, said = owner_in(text, *last.span("unit")) if last else (None, ())
    if last and unit and note_bracket(text, low, last.start()) is None:
        high = trimmed(text, low, last.start())[1]
    else:
        unit, said = None, ()
    owned = owner_before(text, low, high)
    if owned and _owns(text, owned[0], owned[1], high):
        unit, low = owned
    stop = _name_end(text, low, high)
    cost, item = one_named(text, low, stop, unit)
    name = item.name[-1][1] - item.name[0][0]
    if cost >= DOUBTFUL or not 1 < name <= MAX_NAME:
        return None
    return _told(text, replace(item, notes=(*item.notes, *said)), stop, high)


def _owns(text: str, unit: Span, low: int, high: int) -> bool:
    """Tell whether words own the thing behind them, and are not themselves what is told of.

    “消防站：概算调整获批”: a station can own things, but news is no thing.
    """
    if text[low - 1] not in "：:" or is_strong_unit(text[slice(*unit)]):
        return True
    return not looks_named(text[slice(*unit)]) or looks_named(
        text[low : _name_end(text, low, high)]
    )


def _name_end(text: str, low: int, high: int) -> int:
    """Return where the words end that a name stands in: at a stop outside of brackets."""
    for match in _NAME_ENDS.finditer(text, low, high):
        before = text[low : match.start()]
        if before.count("（") + before.count("(") == before.count("）") + before.count(")"):
            return match.start()
    return high


def _told(text: str, item: Item, stop: int, high: int) -> Item:
    """Return the item with whose it is and what is said of it behind its name."""
    tag = _TAG.match(text, stop, high)
    group = trimmed(text, tag.start() + 1, tag.end() - 1) if tag else None
    low, high = trimmed(text, tag.end() if tag else stop, high, "：:—-")
    first = next(parts(text, low, high, "，,。；;"), (low, high))
    owner = owner_clause(text, *first) if item.unit is None and low < high else None
    if owner:
        item = replace(item, unit=owner.unit)
        low = trimmed(text, first[1], high)[0]
        if owner.said:
            item = replace(item, notes=(*item.notes, owner.said))
    if low < high:
        item = replace(item, notes=(*item.notes, (low, high)))
    return replace(item, end=max(item.end, high), group=item.group or group)
