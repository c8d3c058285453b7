"""Paragraphs that name one project between two semicolons, under a heading that counts them.

“（二）资金类（2个）。A（县交通局），配套资金没有到位，机具无法进场；B由市水投集团负责，……”:
a name stands at the head of each segment, and all behind it is said of that project,
whatever nouns its clauses end with. As many segments as the heading counts prove the
reading; so do units in brackets behind every name, and then a count that differs is the source's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ledger.brackets import note_bracket, owner_in
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, bare_heading
from index.ledger.counted import heading_count
from index.ledger.edges import STOPS, trimmed
from index.ledger.entries import past_label
from index.ledger.lists import add_item, agrees, is_item
from index.ledger.merging import ALSO
from index.ledger.names import looks_named
from index.ledger.prose import Item, chinese_count
from index.ledger.reasons import reason_kind
from index.ledger.records import LATE_STAGES, ReasonKind, Roster, Span
from index.ledger.status import Status, status_of
from index.ledger.units import are_units, is_region
from index.sentences import parts

MIN_SEGMENTS = 2
MIN_SURE = 3  # segments with units that stand even where the heading counts otherwise
NAMED = 0.6  # share of the items that look like names or have a unit
MIN_NAME, MAX_NAME = 3, 45  # characters
_RUN_IN = re.compile(r"(?P<head>[^，。；：:（）()]{2,20}[（(][^（）()]{2,30}[）)])\s*[。：:]")
_BY = re.compile(
    r"由(?P<unit>[^，。；、：（）()]{2,24}?)(?:牵头|负责|承建|承办|承担|主管)(?:实施|建设|推进|组织)?(?=[，,]|$)"
)
# Behind a name without brackets, these begin what is said of it.
_BREAK = re.compile(r"因(?!地|此)|由于|尚[未有无需]|仍|目前|至今|[还暂]未|受(?![益理])")
_CLASS = re.compile(
    r"(?P<kind>[^，。；：、（）()和及与]{2,10})(?:类|问题|原因|因素|方面|影响|制约)"
)
_SUMMED = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)个[^，。；：、]{0,8}(?:项目|工程)")
_LED = re.compile(r"(?P<unit>[^，。；：、（）()]{2,16}?)(?:牵头|负责|承担|实施|承建)?的")


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading that counts: its span, its number and where that stands."""

    span: Span
    number: int
    at: Span


def read_segments(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the paragraphs of which each segment names one project first."""
    text = builder.view.text
    for place, line in enumerate(lines):
        if line.heading or builder.is_used((line.start, line.end)):
            continue
        low = past_label(text, line.start, line.end)
        run_in = _RUN_IN.match(text, low, line.end)
        above = lines[place - 1] if place and lines[place - 1].heading else None
        if run_in and heading_count(run_in["head"]):
            _read(builder, line, run_in.span("head"), (run_in.end(), line.end))
        elif above:
            heading = (past_label(text, above.start, above.end), above.end)
            _read(builder, line, heading, (line.start, line.end))


def _read(builder: Builder, line: Line, heading: Span, body: Span) -> bool:
    text = builder.view.text
    head = _head(text, heading)
    context = builder.context(line)
    own = status_of(bare_heading(text[slice(*heading)]), heading=True)
    status = Status(own.stage or context.status.stage, own.progress or context.status.progress)
    if head is None or not status:
        return False
    items = _items(text, body, head.number)
    if not items:
        return False
    _add(builder, head, (items[0].start, items[-1].end), items, context, status)
    builder.use((min(heading[0], body[0]) if heading[0] >= line.start else body[0], body[1]))
    return True


def _head(text: str, heading: Span) -> _Head | None:
    counted = heading_count(text[slice(*heading)])
    if counted is None:
        return None
    low = heading[0] + counted.start("number")
    at = (low, low + len(counted["number"]))
    return _Head(heading, chinese_count(counted["number"]), at)


def _items(text: str, body: Span, number: int) -> tuple[Item, ...]:
    """Return one item for each segment, nothing where the reading is not proved."""
    sentence = next(parts(text, *body, "。"), body)
    for span, separators in ((body, "；;。"), (sentence, "；;")):
        pieces = [piece for piece in parts(text, *span, separators) if _words(text, piece)]
        found = [item for low, high in pieces if (item := _item(text, low, high))]
        if len(found) < max(MIN_SEGMENTS, len(pieces)):
            continue
        named = sum(bool(i.unit) or looks_named(text[slice(*i.name[0])]) for i in found)
        if named < NAMED * len(found) or not any(item.notes for item in found):
            continue  # sentences, or a list of bare names, which others read
        if _SUMMED.search(text, *pieces[-1]) or any(_led(text, item) for item in found):
            continue  # a list in one sentence: “甲局牵头的A；乙局牵头的B 2个项目停工”
        owned = all(item.unit for item in found) and len(found) >= MIN_SURE
        if len(found) == number or (owned and abs(len(found) - number) <= max(1, number // 5)):
            return tuple(found)
    return ()


def _led(text: str, item: Item) -> bool:
    """Tell whether a name begins with whose it is (“甲局牵头的A”)."""
    led = _LED.match(text, *item.name[0])
    return bool(led) and are_units(led["unit"])  # type: ignore[index]


def _words(text: str, span: Span) -> str:
    return text[slice(*span)].strip(STOPS)


def _item(text: str, start: int, end: int) -> Item | None:
    """Return the project that a segment begins with; all behind its name is said of it."""
    start, end = trimmed(text, start, end)
    stop = next(parts(text, start, end, "，,"), (start, end))[1]
    unit: Span | None = None
    notes: tuple[Span, ...] = ()
    bracket = note_bracket(text, start, stop)
    by = _BY.search(text, start + MIN_NAME, stop)
    if bracket:
        name, rest = (start, bracket[0]), bracket[1]
        unit, notes = owner_in(text, bracket[0] + 1, bracket[1] - 1)
    elif by:
        name, rest, unit = (start, by.start()), by.end(), by.span("unit")
    else:
        broken = _BREAK.search(text, start + MIN_NAME, stop)
        rest = broken.start() if broken else stop
        name = (start, rest)
    said = trimmed(text, rest, end)
    item = Item(start, end, (name,), unit, (*notes, *([said] if said[0] < said[1] else [])))
    words = text[slice(*name)]
    plain = MIN_NAME <= len(words) <= MAX_NAME and not re.search(r"[、：:，,]", words)
    return item if plain and not is_region(words) and is_item(text, item) else None


def _heading_kind(text: str, head: _Head, status: Status) -> ReasonKind | None:
    """Return the kind of reason that a heading over late projects names (“资金类（3个）”)."""
    if not (_is_late(status)):
        return None
    words = re.sub(r"[（(].*$|\d+[个项件].*$", "", text[slice(*head.span)]).strip()
    named = _CLASS.fullmatch(words)
    kind = reason_kind(named["kind"]) if named else None
    return None if kind == "other" else kind


def _is_late(status: Status) -> bool:
    return status.stage in LATE_STAGES or status.progress == "behind"


def _add(
    builder: Builder,
    head: _Head,
    body: Span,
    items: Sequence[Item],
    context: Context,
    status: Status,
) -> None:
    view = builder.view
    own = status_of(bare_heading(view.text[slice(*head.span)]), heading=True)
    words = builder.words(head.span) if own else context.status_words
    if own and agrees(own, context.status) and context.status_words:
        words = context.status_words
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(*body), builder.words(head.span), None,
            builder.words(head.at, float(head.number)), None, status.stage, status.progress,
            context.as_of,
        )
    )  # fmt: skip
    kind = _heading_kind(view.text, head, status)
    late = _is_late(status)
    for item in items:
        add_item(builder, item, roster, context, status, words if late else None, context.as_of)
        record = builder.ledger.records[-1]
        if not late and words:
            said = builder.words(item.notes[-1]) if item.notes else words
            record.fields.setdefault("status_text", said)
            if record.fields["status_text"] != words:
                record.fields[ALSO] = words  # the class that the heading puts it into
        if kind:
            builder.ledger.records[-1] = replace(record, reason_kind=kind)
