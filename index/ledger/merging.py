"""One record a project: what a sentence says of a project goes to the record it has already.

“A、B完成率不足50%，明显慢于序时进度” behind a table that lists A and B tells of the
same projects. Where the two say different stages both stay, for staff to see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.ledger.names import core_name, masked
from index.ledger.periods import of_two_times
from index.ledger.reasons import reason_kind
from index.ledger.records import FileLedger, ReasonKind, Record, Words

MIN_TWICE = 3  # names that two lists share by no chance
ALSO = "status_also"  # a second place that says a status; not a field of the contract


def merge_said(ledger: FileLedger, first: int, said: Collection[int]) -> None:
    """Put the records of the rosters ``said`` to the other records of the same names.

    Looks at the records from position ``first`` on; those that find no home stay.
    A list all of whose names stand in fuller lists before it is one of those, too.
    """
    twice = _listed_twice(ledger, first) | _listed_in_parts(ledger, first)
    said = {*said, *_retold(ledger, first), *twice}
    shared = _shared_reasons(ledger.records[first:])
    kept: list[Record] = []
    homes: dict[str, list[int]] = {}
    ordered = sorted(ledger.records[first:], key=lambda r: r.roster in said)
    for record in ordered:
        name = core_name(record.name)
        places = homes.setdefault(name, [])
        home = told_of(kept, [n for n in places if _agree(kept[n], record)], record.start)
        if record.roster in said and home is not None and not masked(record.name):
            kept[home] = _merged(kept[home], record, shared)
            # “等3个” counted names that now stand elsewhere.
            ledger.rosters[record.roster] = replace(ledger.rosters[record.roster], announced=None)
            continue
        places.append(len(kept))
        kept.append(record)
    ledger.records[first:] = kept


def told_of(records: Sequence[Record], places: Sequence[int], at: int) -> int | None:
    """Return which of the records of one name words at ``at`` tell more of: the first.

    Where a document holds the reports of two times, it is that of the report that the words stand
    in: the last before them.
    """
    first = records[places[0]].fields.get("as_of") if places else None
    of_times = any(of_two_times(first, records[n].fields.get("as_of")) for n in places)
    before = [n for n in places if records[n].start <= at] if of_times else []
    return max(before or places[:1], key=lambda n: records[n].start, default=None)


def _retold(ledger: FileLedger, first: int) -> set[int]:
    """Return the lists that only tell more of projects that other lists before them name."""
    members: dict[int, list[Record]] = {}
    for record in ledger.records[first:]:
        members.setdefault(record.roster, []).append(record)
    found: set[int] = set()
    before: dict[str, list[Record]] = {}
    # A table counts as standing before the prose, wherever it is annexed.
    for place in sorted(
        members, key=lambda n: (not ledger.rosters[n].table, ledger.rosters[n].start)
    ):
        own, roster = members[place], ledger.rosters[place]
        complete = all(
            any(_agree(home, one) for home in before.get(core_name(one.name), ())) for one in own
        )
        if not roster.table and roster.stated is None and complete and len(own) > 1:
            found.add(place)
            continue
        for one in own:
            before.setdefault(core_name(one.name), []).append(one)
    return found


def _listed_twice(ledger: FileLedger, first: int) -> set[int]:
    """Return of two lists of the same names the one that tells less of them.

    “卡在审批上的2个，甲、乙” in the text, and an annex with units, reasons and deadlines.
    """
    members: dict[int, list[Record]] = {}
    for record in ledger.records[first:]:
        if not ledger.rosters[record.roster].table:
            members.setdefault(record.roster, []).append(record)
    lists: dict[frozenset[str], int] = {}
    found: set[int] = set()
    for place in sorted(members):
        names = frozenset(core_name(record.name) for record in members[place])
        other = lists.setdefault(names, place)
        if other == place or len(names) < MIN_TWICE:
            continue
        if all(any(_agree(a, b) for a in members[other]) for b in members[place]):
            poorer, lists[names] = sorted(
                (other, place), key=lambda n: sum(len(r.fields) for r in members[n])
            )
            found.add(poorer)
    return found


def _listed_in_parts(ledger: FileLedger, first: int) -> set[int]:
    """Return the lists of just the projects that several whole lists before them name.

    “未开工2个……；停工3个……”, and further on the reasons of “停滞的5个”.
    """
    members: dict[int, list[Record]] = {}
    for record in ledger.records[first:]:
        if not ledger.rosters[record.roster].table:
            members.setdefault(record.roster, []).append(record)
    found: set[int] = set()
    for place in sorted(members):
        own = {core_name(record.name): record for record in members[place]}
        wholes = [
            members[n]
            for n in sorted(members)
            if n < place and n not in found and len(members[n]) < len(own)
            if all(
                core_name(r.name) in own and _agree(own[core_name(r.name)], r) for r in members[n]
            )
        ]
        named = [core_name(record.name) for whole in wholes for record in whole]
        if len(wholes) > 1 and sorted(named) == sorted(own):
            found.add(place)
    return found


def _agree(one: Record, other: Record) -> bool:
    """Tell whether two records can be one: the same kind, no two stages or progresses."""
    return one.kind == other.kind and all(
        a is None or b is None or a == b
        for a, b in ((one.stage, other.stage), (one.progress, other.progress))
    )


def _shared_reasons(records: Sequence[Record]) -> set[Words]:
    """Return the reasons that are said of several projects at once (“甲、乙因资金问题未开工”)."""
    counted = Counter(r.fields["reason"] for r in records if "reason" in r.fields)
    return {words for words, number in counted.items() if number > 1}


def _merged(record: Record, said: Record, shared: Collection[Words]) -> Record:
    """Return a record with what is said of it elsewhere.

    A reason of its own comes before one that is told of several, which but adds its kind.
    """
    fields: dict[str, Words] = {**said.fields, **record.fields}
    own = said.fields.get("reason")
    if own and own not in shared and fields["reason"] in shared:
        fields["reason"] = own
    fresh = (said.stage and not record.stage) or (said.progress and not record.progress)
    words = said.fields.get("status_text")
    if fresh and words and fields.get("status_text") is not words:
        fields.setdefault(ALSO, words)
    reason = fields.get("reason")
    kinds = (reason_kind(reason.text) if reason else None, record.reason_kind, said.reason_kind)
    return replace(
        record,
        fields=fields,
        stage=record.stage or said.stage,
        progress=record.progress or said.progress,
        reason_kind=next(filter(_tells, kinds), kinds[0]),
    )


def _tells(kind: ReasonKind | None) -> bool:
    return kind not in (None, "other")
