"""Lists that no rule read whole: where as many names are tagged as the text counts, they are it.

“卡在征地拆迁上的有4个：甲路（区交通局），商铺未签约”, “由区水务局负责的乙库”: however a report
words it, a stretch that says how many it lists proves a reading of it. What the rules read is
left where it fits the count, and gives way where the tagged names fit and it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from index.ledger.attributes import Fields, as_of_in
from index.ledger.builder import Builder, Line
from index.ledger.causeheads import cause_in_head
from index.ledger.context import Context, is_demand, is_plan
from index.ledger.likeness import is_unlikely
from index.ledger.lists import agrees, is_item, own_status, status_words_in
from index.ledger.names import is_problem, is_sentence
from index.ledger.notes import note_fields
from index.ledger.ownstates import Block
from index.ledger.prose import Item
from index.ledger.records import STATE, Record, Roster, Span
from index.ledger.states import State
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.tagging.claims import Stretch, completed, listed, owned_listed, stretches
from index.ledger.tagging.items import Found, items_of
from index.ledger.tagging.standing import standings
from index.sentences import parts

_KINDS = frozenset({"project", "task", "promise"})
MOSTLY_NAMED = 2 / 3  # of what the rules read, those whose names are tagged, too
MOSTLY = 0.75  # of the things that a unit has, those whose status is told
_AMOUNT = re.compile(r"[，,][^，,。；：]*\d[^，,。；：]*(?:[%％]|[万亿]元|个百分点)[^，,。；：]*")
_MARKS = re.compile(r"[。；：，\n]|——")  # more than the name was taken for it
_IN_TIME = frozenset({"ahead", "met", "on_schedule"})
_NOT_LATE = frozenset({"completed", "under_construction"})


def read_tagged(
    builder: Builder,
    lines: Sequence[Line],
    first: int,
    states: Mapping[str, State],
    blocks: Sequence[Block],
) -> None:
    """Read the lists that the rules did not read as long as they say to be.

    ``first`` is the position of the document's first record, ``states`` are its own states
    and ``blocks`` the stretches in one of them each.
    """
    found = stretches(builder, lines)
    _read_counted(builder, found, first, blocks)
    _read_owned(builder, found, first, states)


def _read_counted(
    builder: Builder, found: list[Stretch], first: int, blocks: Sequence[Block]
) -> None:
    place = 0
    while place < len(found):
        stop = listed(found, place)
        if stop is None and completed(builder.view.text, found, place):
            stop = listed(found, place)
        if stop is None:
            place += 1
            continue
        if not _is_read(builder, found[place:stop], first, _number(found[place]), 1):
            _read(builder, found, place, stop, first, blocks)
        place = stop


def _read_owned(
    builder: Builder, found: Sequence[Stretch], first: int, states: Mapping[str, State]
) -> None:
    """Read the paragraphs that tell of all that a unit has, each thing with its own status."""
    place = 0
    while place < len(found):
        stop = owned_listed(found, place)
        if stop is None:
            place += 1
            continue
        listing = found[place:stop]
        if not _is_read(
            builder, listing, first, float(found[place].owned or 0), found[place].owned or 0
        ):
            _tell(builder, listing, first, states)
        place = stop


def _tell(
    builder: Builder, listing: Sequence[Stretch], first: int, states: Mapping[str, State]
) -> None:
    text, span = builder.view.text, (listing[0].start, listing[-1].end)
    items = items_of(text[: span[1]], [one for stretch in listing for one in stretch.tags])
    said = standings(text, span, items, states)
    enough = sum(one is not None for one in said) >= MOSTLY * len(items)
    if not enough or not all(map(partial(_is_name, text), items)):
        return
    if _are_retold(builder, items, first, span):
        return
    context = builder.context(listing[0].line)
    owner = next((one for one in listing[0].tags if one.kind == "owner"), None)
    led = (owner.start, owner.end) if owner else None
    _drop(builder, span, first)
    roster = builder.roster(
        Roster(builder.document.ordinal, *builder.view.span(*span), context.heading)
    )
    for item, told in zip(items, said, strict=True):
        shared = {"status_text": builder.words(told[1])} if told else {}
        if told and (state := _state_of(told[0], states)):
            shared[STATE] = builder.words(state.words)
        own = replace(item, owner=item.owner or led)
        _add(builder, own, roster, context, told[0] if told else Status(), shared)
    builder.use(span)


def _state_of(status: Status, states: Mapping[str, State]) -> State | None:
    """Return the one of a document's own states that means a status, None for none or several."""
    said = (status.stage, status.progress)
    same = [s for s in states.values() if (s.status.stage, s.status.progress) == said]
    return same[0] if len(same) == 1 and any(said) else None


def _is_name(text: str, item: Found) -> bool:
    name = text[slice(*item.name)]
    plain = is_item(text, Item(item.start, item.end, (item.name,), item.owner))
    return plain and not (is_unlikely(name) or is_sentence(name) or is_problem(name))


def _is_read(
    builder: Builder,
    listing: Sequence[Stretch],
    first: int,
    count: float,
    standing: int,
) -> bool:
    """Tell whether the rules read as many things from a list as it counts, by those very names.

    At least ``standing`` must have a status. A list may end before the last of ``listing``.
    """
    for stop in range(1, len(listing) + 1):
        inside = _inside(builder, (listing[0].start, listing[stop - 1].end), first)
        if len(inside) == count:
            records = [builder.ledger.records[place] for place in inside]
            stand = sum(bool(record.stage or record.progress) for record in records)
            if stand >= standing and _are_named(builder, listing[:stop], records):
                return True
    return False


def _are_named(builder: Builder, listing: Sequence[Stretch], records: Sequence[Record]) -> bool:
    """Tell whether the names of records are, most of them, where names are tagged."""
    names = [record.fields["name"] for record in records]
    tagged = [
        builder.view.span(one.start, one.end)
        for stretch in listing
        for one in stretch.tags
        if one.kind == "name"
    ]
    met = sum(any(n.start < high and low < n.end for n in names) for low, high in tagged)
    wrong = any(
        _MARKS.search(name.text)
        or (
            is_unlikely(name.text)
            and not any(name.start < high and low < name.end for low, high in tagged)
        )
        for name in names
    )
    return not wrong and met >= MOSTLY_NAMED * len(records)


def _are_retold(
    builder: Builder, items: Sequence[Found], first: int, span: Span, *, why: bool = False
) -> bool:
    """Tell whether most names are short for ones that the document lists elsewhere.

    A section on the causes (“甲的房子还没拆完；乙……”) lists no other projects: with ``why``, the
    same names in full are told of again, too.
    """
    text, inside = builder.view.text, set(_inside(builder, span, first))
    known = [
        record.name
        for place, record in enumerate(builder.ledger.records[first:], first)
        if place not in inside
    ]
    names = [text[slice(*item.name)] for item in items]
    short = sum(any(name in k and (why or name != k) for k in known) for name in names)
    return 2 * short > len(names)


def _inside(builder: Builder, span: Span, first: int) -> list[int]:
    """Return the positions of the records that stand in a clean span, those of tables left out."""
    low, high = builder.view.span(*span)
    ledger = builder.ledger
    return [
        place
        for place in range(first, len(ledger.records))
        if low <= ledger.records[place].fields["name"].start < high
        and not ledger.rosters[ledger.records[place].roster].table
    ]


def _read(
    builder: Builder,
    found: Sequence[Stretch],
    place: int,
    stop: int,
    first: int,
    blocks: Sequence[Block],
) -> None:
    text = builder.view.text
    listing = found[place:stop]
    span = (listing[0].start, listing[-1].end)
    lead, line = listing[0].lead, next((s.line for s in listing if not s.line.heading), None)
    if line is None:
        return
    tags = [one for stretch in listing for one in stretch.tags]
    items = items_of(text[: span[1]], tags)
    if not all(map(partial(_is_name, text), items)):
        return
    # “症结三：前期手续没走完（2个）” says why, and not how these stand.
    why = cause_in_head(text, *lead) is not None
    if _are_retold(builder, items, first, span, why=why):
        return
    context = builder.context(line)
    if context.heading and (is_plan(context.heading.text) or is_demand(context.heading.text)):
        return  # what is to be done says of none how it stands
    # “这条线12个项目，……，完成52.7%。” says how much was done, not how each stands.
    own = Status() if why else own_status(_AMOUNT.sub("", text[slice(*lead)]))
    above = context.status or _said_above(builder, found, place)
    status = own
    if not own or not agrees(own, above):
        status = Status(own.stage or above.stage, own.progress or above.progress)
    below = None if status else _said_below(text, listing)
    status = below[0] if below else status
    if not (status or why or any(b.start <= span[0] < b.end for b in blocks)):
        return  # each may stand otherwise: see ``_read_owned``
    if not status and _is_read(builder, listing, first, _number(listing[0]), 0):
        return  # the rules read as many, and nothing here says better how they stand
    _drop(builder, span, first)
    words = status_words_in(builder, lead) if own else context.status_words
    words = status_words_in(builder, below[1]) if below else words
    as_of = as_of_in(builder.view, *lead) or context.as_of
    lead_words = builder.words(lead)
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *builder.view.span(*span), context.heading,
            replace(lead_words, text=lead_words.text.rstrip("：: ")), listing[0].count, None,
            status.stage, status.progress, as_of,
        )
    )  # fmt: skip
    for item in items:
        shared = {key: value for key, value in (("status_text", words), ("as_of", as_of)) if value}
        _add(builder, item, roster, context, status, shared)
    builder.use(span)


def _said_below(text: str, listing: Sequence[Stretch]) -> tuple[Status, Span] | None:
    """Return the status that a sentence between a head and its first name gives, and its span.

    “E档·蓄势待开（8项）”, and below “还没有开工，前期工作共花费400万元。”.
    """
    for one in listing[1:]:
        if any(tagged.kind == "name" for tagged in one.tags):
            break
        if said := own_status(_AMOUNT.sub("", text[one.start : one.end])):
            return said, (one.start, one.end)
    return None


def _number(stretch: Stretch) -> float:
    return (stretch.count.value if stretch.count else None) or 0.0


def _said_above(builder: Builder, found: Sequence[Stretch], place: int) -> Status:
    """Return the status that the count of several lists together gives, with no heading between.

    “11个项目欠序时进度，症结各有不同。”, then “卡在征迁上的4个：……” and the others, 11 in all.
    """
    own = _number(found[place])
    for at in range(place - 1, -1, -1):
        one = found[at]
        if one.line.heading:
            break
        if _number(one) > own:
            together = 0.0
            for other in found[at + 1 :]:
                if other.line.heading or _number(other) >= _number(one):
                    break
                together += _number(other)
            if together == _number(one):
                return own_status(_AMOUNT.sub("", builder.view.text[slice(*one.lead)]))
    return Status()


def _add(
    builder: Builder,
    item: Found,
    roster: int,
    context: Context,
    status: Status,
    shared: Fields,
) -> None:
    """Put one listed thing into a roster, with what is said of it."""
    view = builder.view
    fields: Fields = {"name": builder.name((item.name,)), **shared}
    if item.owner:
        fields["unit"] = builder.words(item.owner)
    in_time = status.progress in _IN_TIME or (status.stage in _NOT_LATE and not status.progress)
    own = Status()
    notes = list(item.said)
    why = _without_status(view.text, item.reason) if item.reason else None
    if why and not in_time:
        fields["reason"] = builder.words(why)
    elif item.reason:
        notes.append(item.reason)
    late = not in_time and why is None and bool(status)
    for note in notes:
        extra, said = note_fields(view, *note, late=late)
        own = own or said
        fields = extra | fields
    if context.unit:
        fields.setdefault("unit", context.unit)
    if "reason" in fields and is_status_only(fields["reason"].text):
        del fields["reason"]
    builder.record(
        context.kind, roster, view.span(item.start, item.end), fields,
        Status(status.stage or own.stage, status.progress or own.progress),
    )  # fmt: skip


def _without_status(text: str, reason: Span) -> Span | None:
    """Return a reason without clauses at its ends that but say how it stands, None for no more."""
    clauses = list(parts(text, *reason, "，,"))
    while clauses and is_status_only(text[slice(*clauses[0])]):
        del clauses[0]
    while len(clauses) > 1 and status_of(text[slice(*clauses[-1])]).progress:
        del clauses[-1]
    return (clauses[0][0], clauses[-1][1]) if clauses else None


def _drop(builder: Builder, span: Span, first: int) -> None:
    """Take out what the rules read from a clean span, and the rosters that are left empty."""
    gone = set(_inside(builder, span, first))
    if not gone:
        return
    ledger = builder.ledger
    emptied = {ledger.records[place].roster for place in gone}
    kept: list[Record] = [r for place, r in enumerate(ledger.records) if place not in gone]
    emptied -= {record.roster for record in kept}
    places = [place for place in range(len(ledger.rosters)) if place not in emptied]
    new = {old: place for place, old in enumerate(places)}
    ledger.rosters[:] = [ledger.rosters[old] for old in places]
    for place in {ledger.records[place].roster for place in gone} - emptied:
        # What is left of a list is no longer as long as it says.
        short = replace(ledger.rosters[new[place]], stated=None, announced=None)
        ledger.rosters[new[place]] = short
    ledger.records[:] = [replace(record, roster=new[record.roster]) for record in kept]
    builder.said = {new[old] for old in builder.said if old in new}
