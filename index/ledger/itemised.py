"""Lists of one item a line: “一、停工项目（3个）”, then “1.A（资金未到位）”, “2.B”, “3.C”.

What stands above the items says what they have in common: a heading with a status
or a count, or a lead-in that ends in a colon (“以下3个项目停工：”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.headings import numbering_of
from index.ledger.attributes import Fields, as_of_in
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, announces_list
from index.ledger.entries import ADVICE, is_part, past_label, read_entry
from index.ledger.labels import IN_TEXT
from index.ledger.laidout import laid_out
from index.ledger.lists import (
    MAX_LEAD,
    add_item,
    agrees,
    is_caption,
    is_item,
    is_label,
    own_status,
    stated_in,
    status_words_in,
)
from index.ledger.names import looks_named
from index.ledger.narratives import GOES_ON, joined_status
from index.ledger.notes import note_fields
from index.ledger.prose import Item, owner_at, read_listing, read_single
from index.ledger.records import NOTE, Roster, Span, Words
from index.ledger.status import Status, is_status_only
from index.ledger.subjects import read_statement
from index.ledger.units import is_office, is_strong_unit
from index.sentences import parts

MAX_ITEM = 400  # characters of a line that is one item of a list
MAX_NOTE = 60  # characters of a sentence behind a name that is but a note on it
MAX_BARE = 45  # characters of a name
_BULLET = re.compile(r"\s*(?P<mark>[-*+•·●◆■▪□○◇▲△▶➢→★☆])\s*(?=\S)")
_NAMED = re.compile(r"(?P<name>[^，。；：:（(]{3,30})。\s*(?=\S)")
_TOLD = re.compile(
    r"(?P<head>(?P<name>[^，。；：:（()）]{3,30})(?:[（(](?P<owner>[^（()）]{2,30})[）)])?)[：:](?=[^：:]+$)"
)
_DASHES = re.compile(r"\s*(?:——|—|－－|--|\t| {2,}|\u3000+|｜|\|)\s*")
_LISTS_ITSELF = re.compile(r"(?:分别是|分别为|具体是|具体为)[：:]\s*\S")
_LEAD_END = re.compile(r"[：:]\**$|(?:如下|见下表|以下)[。.]?$")
_NO_LIST = re.compile(
    r"(?:原因|问题|困难|措施|要求|建议|安排|打算|做法|工作|意见|方面)[^，。；]{0,4}[：:]?$"
)
# What stands under such a heading is why, and no project: “二、为什么进展慢”.
_WHY = re.compile(r"为什么|为何|为啥|(?:原因|成因|症结|问题)(?:何在|在哪里?|是什么|有哪些)")
_STOPS = " \t\u3000。；;，,、"


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a run of items; ``lead`` is the clean span of a lead-in, if any."""

    context: Context
    own: Status
    status: Status
    lead: Span | None
    stated: Words | None
    as_of: Words | None


@dataclass(frozen=True, slots=True)
class _Part:
    """One line of a run as it was read: listed items, or one thing with its fields."""

    span: Span
    items: tuple[Item, ...] = ()
    name: Span | None = None
    fields: Fields | None = None
    status: Status = field(default_factory=Status)


def read_runs(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the runs of items of a document into rosters."""
    place = 0
    while place < len(lines):
        run = _run(builder, lines, place)
        if run and _read_run(builder, lines, place, run):
            place = run[-1][1]
        else:
            place += 1


def _mark(builder: Builder, line: Line) -> str | None:
    """Return by what a line is marked as an item of a list: its numbering, a bullet, an owner."""
    text = builder.view.text
    numbering = numbering_of(text[line.start : line.end])
    if numbering:
        return f"numbering {numbering.level}"
    at = builder.view.offsets[line.start]
    bullet = _BULLET.match(text, line.start, line.end)
    if bullet or builder.is_list_item(at):
        return f"bullet {bullet['mark'] if bullet else ''}"
    if line.heading:
        return None
    named = _NAMED.match(text, line.start, line.end)
    if named and looks_named(named["name"]) and not is_strong_unit(named["name"]):
        return "name"
    return "owner" if owner_at(text, line.start, line.end, colon=True) else None


def _run(builder: Builder, lines: Sequence[Line], place: int) -> list[tuple[int, int]]:
    """Return the items that begin at line ``place``, each as the lines [first, stop)."""
    mark = _mark(builder, lines[place])
    plain = mark is None and _is_open(builder, lines, place)
    if (mark is None and not plain) or builder.is_used((lines[place].start, lines[place].end)):
        return []
    above = _mark(builder, lines[place - 1]) if place else None
    plainly = all(m is not None and m.startswith("bullet") for m in (above, mark))
    items: list[tuple[int, int]] = []
    at = place
    while at < len(lines):
        own = _mark(builder, lines[at])
        if own == mark and not (plain and items and _closed(builder, lines[at - 1])):
            items.append((at, at + 1))
        elif own is None and items and _goes_on(builder, lines[at - 1], lines[at]):
            items[-1] = (items[-1][0], at + 1)
        elif own is not None and not (own == above and plainly) and not _is_higher(own, mark):
            return []  # the items have parts of their own
        else:
            following = lines[at + 1] if at + 1 < len(lines) else None
            bodied = own is None and not lines[at].heading and following is not None
            if mark and bodied and _mark(builder, lines[at + 1]) == mark:
                return []  # the items have bodies of their own
            break
        at += 1
    return items


def _is_higher(mark: str, other: str | None) -> bool:
    """Tell whether a mark ends a run of ``other`` marks, rather than being a part of its items."""
    if other is None or not mark.startswith("numbering"):
        return False
    return not other.startswith("numbering") or mark < other


def _is_open(builder: Builder, lines: Sequence[Line], place: int) -> bool:
    """Tell whether a plain line is an item that ends in ； behind a lead-in."""
    text, line = builder.view.text, lines[place]
    before = lines[place - 1] if place else None
    return (
        before is not None
        and not line.heading
        and text[line.end - 1] in "；;"
        and _LEAD_END.search(text[before.start : before.end]) is not None
    )


def _closed(builder: Builder, line: Line) -> bool:
    return builder.view.text[line.end - 1] not in "；;"


def _goes_on(builder: Builder, before: Line, line: Line) -> bool:
    """Tell whether a line goes on with the item before it: run in, or with a label."""
    if line.heading:
        return False
    if "\n" not in builder.view.text[before.end : line.start]:
        return True
    return bool(GOES_ON.match(builder.view.text[line.start : line.end].lstrip("*- •·\u3000")))


def _read_run(
    builder: Builder, lines: Sequence[Line], place: int, run: Sequence[tuple[int, int]]
) -> bool:
    """Read a run into a roster; tell whether it is a list of projects or the like."""
    head = _head(builder, lines, place)
    if head is None or _is_prose(builder, lines, run):
        return False
    late = head.status.stage in ("not_started", "suspended", "cancelled", "preparatory")
    late = late or head.status.progress == "behind"
    spans = [(lines[first].start, lines[stop - 1].end) for first, stop in run]
    found = _laid_out(builder, spans, late)
    for span in () if found else spans:
        part = _part(builder, span, late)
        if part is None:
            return False
        found.append(part)
    if not _is_list(builder, head, found):
        return False
    _add(builder, head, found)
    return True


def _is_prose(builder: Builder, lines: Sequence[Line], run: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a single bullet, as slides have it, is a sentence that lists by itself."""
    (first, stop), *more = run
    words = builder.view.text[lines[first].start : lines[stop - 1].end]
    return not more and bool(_LISTS_ITSELF.search(words))


def _head(builder: Builder, lines: Sequence[Line], place: int) -> _Head | None:
    """Return what heads the run at ``place``, None where nothing says what it lists."""
    text = builder.view.text
    context = builder.context(lines[place])
    heading = context.heading.text if context.heading else ""
    before = lines[place - 1] if place else None
    lead = None
    if before and not before.heading and _leads(builder, before):
        # Of a long paragraph the last sentence leads in.
        at = max(text.rfind("。", before.start, before.end - 1) + 1, before.start)
        lead = (at, before.end)
        if is_label(text, lead[0], lead[1]) or lead[1] - lead[0] > MAX_LEAD:
            return None
    said = text[slice(*lead)] if lead else ""
    own = own_status(said) if lead else Status()
    counted = stated_in(builder, lead) if lead else None
    if lead and not own and not counted and _NO_LIST.search(said.rstrip("：:")):
        return None
    if not own and not counted and (is_part(heading.rstrip("：:")) or _WHY.search(heading)):
        return None
    fits = not own or agrees(own, context.status)
    status = context.status if fits else joined_status(own, context.status)
    stated = counted or (context.stated if fits else None)
    sectioned = context.section or lead is not None
    listed = announces_list(said) or announces_list(heading) or announces_list(context.title)
    if not (listed or status or stated) or (not sectioned and (status or stated)):
        return None
    as_of = (as_of_in(builder.view, *lead) if lead else None) or context.as_of
    return _Head(context, own, status, lead, stated, as_of)


def _leads(builder: Builder, line: Line) -> bool:
    """Tell whether a line leads in a list: with a colon, or as a caption that says a status."""
    words = builder.view.text[line.start : line.end]
    if _LEAD_END.search(words):
        return True
    return is_caption(builder, line)


def _part(builder: Builder, span: Span, late: bool) -> _Part | None:
    """Return what one item line says, None where it names nothing that could be listed."""
    view, text = builder.view, builder.view.text
    low, high = past_label(text, *span), span[1]
    while high > low and text[high - 1] in _STOPS:
        high -= 1
    if high - low < 2 or builder.is_used((low, high)):
        return None
    if owner_at(text, low, high):
        items = read_listing(text, low, high).items
        if _is_owned(text, items):
            return _Part((low, high), items)
    entry = read_entry(view, *span, numbered=True, listed=True)
    if entry is not None:
        fields, status = dict(entry.fields), entry.status
        told = _told_reason(builder, (low, high)) if late and "reason" not in fields else {}
        said = fields.get("status_text")
        if told and said and said.text in told["reason"].text:
            # “灌溉季节停工让水，工期不足” of a list of what is behind: why, not how it stands.
            del fields["status_text"]
            said, status = None, Status()
        if told and (said is None or told["reason"].start >= said.end):
            fields |= told
        return _Part((entry.start, entry.end), (), entry.name, fields, status)
    statement = read_statement(text, low, high)
    if statement and len(statement.names) == 1:
        reason = {"reason": builder.words(statement.reason)} if statement.reason else {}
        return _Part((low, high), (), statement.names[0], reason, statement.status)
    if high - low > MAX_ITEM or IN_TEXT.match(text, low, high):
        return None
    items = _listed(text, low, high)
    good = items and all(is_item(text, item) and _is_name(text, item) for item in items)
    return _Part((low, high), items) if good else None


def _laid_out(builder: Builder, spans: Sequence[Span], late: bool) -> list[_Part]:
    """Return the parts of a run whose lines give name, owner, share and what is lacking."""
    text = builder.view.text
    begun = [(past_label(text, *span), span[1]) for span in spans]
    if any(builder.is_used(span) for span in begun):
        return []
    found = []
    for span, line in zip(begun, laid_out(text, begun), strict=False):
        fields = {"unit": builder.words(line.unit)}
        fields["percent"] = builder.words(line.percent, line.value)
        if line.said:
            fields["reason" if late else NOTE] = builder.words(line.said)
        found.append(_Part(span, (), line.name, fields))
    return found


def _is_owned(text: str, items: Sequence[Item]) -> bool:
    """Tell whether a line names an owner and its things (“某局：A、B”), not a thing and its news.

    “消防站：概算获批” tells of the station, which could own things, too.
    """
    if not items or not all(is_item(text, item) and item.unit for item in items):
        return False
    named = any(looks_named(text[slice(*item.name[0])]) for item in items)
    return named or any(is_strong_unit(text[slice(*item.unit)]) for item in items if item.unit)


def _told_reason(builder: Builder, span: Span) -> Fields:
    """Return the reason that stands bare in the parenthesis or clauses behind a name."""
    item = _single(builder.view.text, *span)
    for note in item.notes if item else ():
        fields, _ = note_fields(builder.view, *note, late=True)
        if "reason" in fields and not is_status_only(fields["reason"].text):
            return {"reason": fields["reason"]}
    return {}


def _listed(text: str, start: int, end: int) -> tuple[Item, ...]:
    """Return the items of a line: several only where each is in full the name of a project."""
    pieces = [text[a:b] for a, b in parts(text, start, end, "、")]
    bare = [re.sub(r"[（(][^（）()]*[）)]$", "", piece) for piece in pieces]
    if len(pieces) > 1 and all(re.search(r"(?:项目|工程)$", piece) for piece in bare):
        return read_listing(text, start, end).items
    item = _single(text, start, end)
    return (item,) if item else ()


def _single(text: str, start: int, end: int) -> Item | None:
    """Return the one thing that a line names, with what a comma, dash or sentence adds."""
    dashes = list(_DASHES.finditer(text, start, end))
    if dashes and dashes[0].start() > start:
        bounds = [m.span() for m in dashes] + [(end, end)]
        told = tuple((a[1], b[0]) for a, b in pairwise(bounds) if b[0] > a[1])
        return Item(start, end, ((start, dashes[0].start()),), None, told)
    behind = _TOLD.match(text, start, end)
    owner = behind["owner"] if behind else None
    if behind and (looks_named(behind["name"]) or (owner and is_strong_unit(owner))):
        # “A：管线探明，……。”: all behind it is said of A
        name = read_single(text, *behind.span("head"))
        note = (behind.end(), end)
        return replace(name, end=end, notes=(*name.notes, note)) if name else None
    stop = text.find("。", start, end)
    if stop < 0:
        return read_single(text, start, end)
    following = text.find("。", stop + 1, end)
    first = (stop + 1, following if following > 0 else end)
    if first[1] - first[0] > MAX_NOTE or "，" in text[start:stop]:
        return None
    notes = [first, *([(first[1] + 1, end)] if first[1] + 1 < end else [])]
    item = read_single(text, start, stop)
    return replace(item, end=end, notes=(*item.notes, *notes)) if item else None


def _is_name(text: str, item: Item) -> bool:
    name = "".join(text[a:b] for a, b in item.name)
    if is_office(name):
        return False
    return len(name) <= MAX_BARE and not ADVICE.match(name) and not re.search(r"[：:！？\n]", name)


def _is_list(builder: Builder, head: _Head, found: Sequence[_Part]) -> bool:
    """Tell whether the lines list things: most look like names, or as many as are stated."""
    text = builder.view.text
    number = int(head.stated.value) if head.stated and head.stated.value else None
    names = ["".join(text[a:b] for a, b in item.name) for part in found for item in part.items] + [
        text[slice(*part.name)] for part in found if part.name
    ]
    owned = sum(bool(item.unit or item.notes) for part in found for item in part.items)
    owned += sum(bool(part.fields) for part in found)
    named = sum(looks_named(name) for name in names)
    if not head.status and (number is None or abs(len(names) - number) > 1):
        return len(names) > 1 and all(_says_status(builder, part) for part in found)
    if number is not None and len(names) == number:
        return named + owned > 0 or bool(head.status)
    single = len(names) == 1 and number is None and not head.status
    return not single and (2 * named >= len(names) or (bool(head.status) and owned == len(names)))


def _says_status(builder: Builder, part: _Part) -> bool:
    """Tell whether a line says itself where all that it lists stand (“A（停工）”)."""
    text = builder.view.text
    if part.name:
        return bool(part.status) and looks_named(text[slice(*part.name)])
    return all(
        any(is_status_only(text[a:b]) for a, b in item.notes)
        and (item.unit or looks_named(text[slice(*item.name[0])]))
        for item in part.items
    )


def _add(builder: Builder, head: _Head, found: Sequence[_Part]) -> None:
    view, context = builder.view, head.context
    words = context.status_words
    lead = None
    if head.lead:
        lead = Words(view.text[slice(*head.lead)].rstrip("：:"), (view.span(*head.lead),))
        if head.own and not agrees(head.own, context.status):
            words = status_words_in(builder, head.lead)
    start, end = found[0].span[0], found[-1].span[1]
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(start, end), context.heading, lead, head.stated,
            None, head.status.stage, head.status.progress, head.as_of,
        )
    )  # fmt: skip
    for part in found:
        for item in part.items:
            add_item(builder, item, roster, context, head.status, words, head.as_of)
        if part.name:
            _add_told(builder, head, part, roster, words)
        builder.use(part.span)
    if head.lead:
        builder.use(head.lead)


def _add_told(builder: Builder, head: _Head, part: _Part, roster: int, words: Words | None) -> None:
    assert part.name is not None
    fields: Fields = {"name": builder.name([part.name]), **(part.fields or {})}
    for key, common in (("unit", head.context.unit), ("as_of", head.as_of), ("status_text", words)):
        if common:
            fields.setdefault(key, common)
    status = joined_status(part.status, head.status)
    if head.status.stage == "not_started" and part.status.stage in ("preparatory", None):
        status = replace(status, stage="not_started")
    span = builder.view.span(*part.span)
    builder.record(head.context.kind, roster, span, fields, status)
