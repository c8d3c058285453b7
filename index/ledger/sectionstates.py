"""What the first sentence of a section says of all in it: “还没有开工，前期工作共花费400万元。”.

A section may be headed by an office's own word (“E档·蓄势待开”); where neither a heading nor a
lead-in says how its projects stand, the sentence before the first of them does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.builder import Builder, Line
from index.ledger.context import is_demand, is_plan
from index.ledger.counted import section_end
from index.ledger.lists import own_status, status_words_in
from index.ledger.reasons import reason_kind
from index.ledger.records import LATE_STAGES, NOTE, Record, Span, Words
from index.ledger.status import Status

MAX_FIRST = 80  # characters of the sentence
_OF_SOME = re.compile(r"部分|有的|其中|个别|多数|大多")
_COUNTS = re.compile(r"(\d+)\s*[个项件](?!月|百分)")
_AND = re.compile(r"、[^，。；、（）()\n]{2,16}")
MOSTLY = 0.6  # of the records of a section, those without a status


def add_section_states(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Give records of prose without a status what the first sentence of their section says."""
    records = builder.ledger.records
    for place, line in enumerate(lines):
        stop = section_end(builder, lines, place)
        if not line.heading or stop <= place + 1 or lines[place + 1].heading:
            continue
        heading = builder.view.text[line.start : line.end]
        if is_plan(heading) or is_demand(heading):
            continue
        low, high = builder.view.span(lines[place + 1].start, lines[stop - 1].end)
        inside = [
            at for at in range(first, len(records))
            if low <= records[at].start < high
            and not builder.ledger.rosters[records[at].roster].table
        ]  # fmt: skip
        said = _first_sentence(builder, lines[place + 1], [records[at] for at in inside])
        if said and _of_some(builder.view.text[slice(*said)], len(inside)):
            continue
        open_ones = sum(not (records[at].stage or records[at].progress) for at in inside)
        if said is None or open_ones < MOSTLY * len(inside):
            continue
        status = own_status(builder.view.text[slice(*said)])
        words = status_words_in(builder, said)
        for at in inside if status and words else ():
            # “企业观望、暂缓投资” beside one of those not begun is why, and no other state.
            listed = builder.ledger.rosters[records[at].roster]
            inferred = records[at].stage == "suspended" and listed.stage is None
            if records[at].progress is None and (records[at].stage is None or inferred):
                records[at] = _standing(builder, records[at], status, words)


def _of_some(sentence: str, number: int) -> bool:
    """Tell whether a sentence speaks of some of as many as a section has, not of all."""
    counts = _COUNTS.findall(sentence)
    return bool(_OF_SOME.search(sentence)) or counts not in ([], [str(number)])


def _first_sentence(builder: Builder, line: Line, inside: Sequence[Record]) -> Span | None:
    """Return the sentence that a section begins with, where a record stands only behind it."""
    text = builder.view.text
    end = text.find("。", line.start, line.end)
    colon = text.find("：", line.start, line.end)
    end = min((at for at in (end, colon) if at >= 0), default=line.end)
    if not inside or end - line.start > MAX_FIRST:
        return None
    names = min(builder.clean(record.fields["name"].start) for record in inside)
    return (line.start, end) if end <= names else None


def _standing(builder: Builder, record: Record, status: Status, words: Words | None) -> Record:
    fields = dict(record.fields)
    if "reason" in fields:
        fields["reason"] = _whole(builder, fields["reason"])
    if words and "status_text" not in fields:
        fields["status_text"] = words
    late = status.stage in LATE_STAGES or status.progress == "behind"
    if late and NOTE in fields and "reason" not in fields:
        fields["reason"] = fields.pop(NOTE)
    reason = fields.get("reason")
    kind = record.reason_kind or (reason_kind(reason.text) if reason else None)
    return replace(
        record, fields=fields, stage=status.stage, progress=status.progress, reason_kind=kind
    )


def _whole(builder: Builder, reason: Words) -> Words:
    """Return a reason with what was taken for a state behind it (“企业观望、暂缓投资”)."""
    at = builder.clean(reason.end)
    more = _AND.match(builder.view.text, at)
    return builder.words((builder.clean(reason.start), more.end())) if more else reason
