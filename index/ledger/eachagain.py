"""What a sentence says of several projects, and then of each by its name.

“甲水厂、乙片区改造2个项目滞后：甲水厂因设备未到货，……；乙片区改造还有11户没有签约”: what
stands behind a name that is said again is told of that project alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.builder import Builder
from index.ledger.edges import STOPS, trimmed
from index.ledger.merging import ALSO
from index.ledger.notes import note_fields
from index.ledger.reasons import reason_kind
from index.ledger.records import LATE_STAGES, NOTE, STATE, Record, Span, Words
from index.ledger.retold import past_among
from index.sentences import parts

MIN_NAME = 4  # characters of a name that is said again, whole or its beginning
MAX_SPAN = 600  # characters from the first name on
_FIELDS = ("reason", "status_text", NOTE)
# Between two names of one list: “（县教育局）、”, “和”.
_BESIDE = re.compile(r"\s*(?:[（(][^（）()]{2,20}[）)])?\s*(?:、|和|及|以及|与)\s*")
# Behind the beginning of a name, these say that no longer name is meant.
_SAYS = re.compile(
    r"已|还|尚|仍|因(?!地)|由于|正|现|今年|目前|至今|完成|建成|投用|累计|未|没|计划|主体|进度|受|\d"
)
# What leads a reason in behind its project's name.
_BECAUSE = re.compile(r"(?:项目|工程)?(?:则|主要)?(?:是因为|因为?(?!地|此)|由于|[是系](?=.{4}))")


def tell_each(builder: Builder, first: int) -> None:
    """Give each of several projects what their sentence says of it by its name.

    Looks at the records from position ``first`` on, those of lists and sentences alone.
    """
    records = builder.ledger.records
    rosters: dict[int, list[int]] = defaultdict(list)
    for place in range(first, len(records)):
        record = records[place]
        whole = len(record.fields["name"].spans) == 1
        if whole and not builder.ledger.rosters[record.roster].table:
            rosters[record.roster].append(place)
    named = {builder.clean(records[n].fields["name"].start) for n in range(first, len(records))}
    for places in rosters.values():
        for group in _together(builder, places):
            _tell(builder, group, named)


def _together(builder: Builder, places: Sequence[int]) -> list[list[int]]:
    """Return the records whose names follow one another in one sentence, parted by 、 or 和."""
    text = builder.view.text
    groups: list[list[int]] = []
    before = None
    for place in places:
        low, high = _name(builder, place)
        if before is not None and before <= low and _BESIDE.fullmatch(text, before, low):
            groups[-1].append(place)
        else:
            groups.append([place])
        before = high
    return [group for group in groups if len(group) > 1]


def _name(builder: Builder, place: int) -> Span:
    words = builder.ledger.records[place].fields["name"]
    low = builder.clean(words.start)
    return low, low + len(words.text)


def _tell(builder: Builder, group: Sequence[int], named: set[int]) -> None:
    mentions = _mentions(builder, group, named)
    if not mentions:
        return
    told: dict[int, list[Span]] = defaultdict(list)
    for _, place, span in mentions:
        told[place].append(span)
    begun = min(at for at, _, _ in mentions)
    for place in group:
        record = _without(builder, builder.ledger.records[place], begun)
        if place in told:
            record = _with(builder, record, told[place])
        builder.ledger.records[place] = record


def _mentions(
    builder: Builder, group: Sequence[int], named: set[int]
) -> list[tuple[int, int, Span]]:
    """Return where a clause begins with a name again, whose it is, and what it says."""
    text = builder.view.text
    low = _name(builder, group[-1])[1]
    stop = next(parts(text, low, len(text), "。\n"), (low, low))[1]
    names = {place: text[slice(*_name(builder, place))] for place in group}
    found: list[tuple[int, int, Span]] = []
    for a, b in parts(text, low, min(stop, low + MAX_SPAN), "；;"):
        open_: tuple[int, int, int] | None = None
        for c, d in parts(text, a, b, "，,：:"):
            at = past_among(text, *trimmed(text, c, d))
            said = None if at in named or c == low else _said_again(text, at, d, names)
            if open_ and (said or at in named):
                found.append((open_[0], open_[1], trimmed(text, open_[2], c - 1)))
                open_ = None
            if said:
                open_ = (trimmed(text, c, d)[0], *said)
        if open_:
            found.append((open_[0], open_[1], trimmed(text, open_[2], b)))
    return [one for one in found if one[2][0] < one[2][1]]


def _said_again(text: str, at: int, end: int, names: dict[int, str]) -> tuple[int, int] | None:
    """Return which project a clause begins with, and where what it says begins."""
    fits: list[tuple[int, int]] = []
    for place, name in names.items():
        same = next((n for n, c in enumerate(name) if text[at + n : at + n + 1] != c), len(name))
        whole = same == len(name)
        lengths = (n for n in range(same, MIN_NAME - 1, -1) if whole or _SAYS.match(text, at + n))
        length = next(lengths, 0)
        if length and at + length < end:
            fits.append((length, place))
    fits.sort(reverse=True)
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1], at + fits[0][0]


def _without(builder: Builder, record: Record, begun: int) -> Record:
    """Return a record without words behind the place where each is told of by its name."""
    fields = dict(record.fields)
    for key in _FIELDS:
        words = fields.get(key)
        if words is None or len(words.spans) != 1:
            continue
        low = builder.clean(words.start)
        high = builder.clean(words.end)
        if high <= begun:
            continue
        del fields[key]
        kept = trimmed(builder.view.text, low, begun)
        while kept[1] > kept[0] and builder.view.text[kept[1] - 1] in f"{STOPS}：:":
            kept = (kept[0], kept[1] - 1)
        if kept[0] < kept[1]:
            fields[key] = builder.words(kept)
    if "status_text" in record.fields and "status_text" not in fields:
        stands = fields.get(ALSO) or fields.get(STATE)
        fields |= {"status_text": stands} if stands else {}
    lost = record.fields.get("reason") != fields.get("reason")
    kind = reason_kind(fields["reason"].text) if "reason" in fields else None
    return replace(record, fields=fields, reason_kind=kind if lost else record.reason_kind)


def _with(builder: Builder, record: Record, said: Sequence[Span]) -> Record:
    """Return a record with what is told of it alone: why it is late, else how far it is."""
    late = record.stage in LATE_STAGES or record.progress == "behind"
    fields: dict[str, Words] = dict(record.fields)
    for low, high in said:
        because = _BECAUSE.match(builder.view.text, low, high) if late else None
        own, status = note_fields(builder.view, because.end() if because else low, high, late=late)
        if late or not status:
            own.pop("status_text", None)
        if not own:
            own = {NOTE: builder.words((low, high))}
        stands = fields.get("status_text")
        if "status_text" in own and stands and ALSO not in fields:
            fields[ALSO] = stands
        fields |= own
    reason = fields.get("reason")
    kind = reason_kind(reason.text) if reason else record.reason_kind
    return replace(record, fields=fields, reason_kind=kind)
