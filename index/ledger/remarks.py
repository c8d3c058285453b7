"""Sentences that tell more of a project or unit that the document's records hold already.

“红岩镇存在的突出问题是……”, “特别是圩堤加固，完成投资1.26亿元”: the reason and the
amounts go to the record of that name, where it has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.merging import told_of
from index.ledger.names import core_name, masked
from index.ledger.reasons import reason_kind
from index.ledger.records import AMOUNTS, Record, Span
from index.records import View
from index.sentences import parts, sentences

MIN_NAME = 3  # characters of a name that is looked for
HEAD = 3  # characters by which names are looked up
_SUBJECT = re.compile(
    r"(?:^|[，。；：、\n”）]|特别是|其中|比如|例如|同时|另外|此外|但|而|如|对)\s*(?:[^，。；：、]{2,16}的)?$"
)
_BEHIND = re.compile(
    r"(?:项目|工程|建设)?(?:[，,：:（(]|存在|面临|的?(?:主要|突出|最大)?(?:问题|困难|原因|难点)|目前|现(?!代|场)"
    r"|已|总投资|概算|计划|累计|完成|因|由于|受(?!理|益)|由|年度|[上下]?半年|前\S季度|\S季度|到|截至|至"
    r"|今年|仍|尚|还|未|进度|进展|之所以|[一二三四五六七八九十\d]+月)"
)
_PROJECT_KEYS = frozenset({*AMOUNTS, "percent", "reason", "deadline", "location", "leader"})
_UNIT_KEYS = frozenset({"reason"})


# The records of each name, by the first characters of the name.
_Names = dict[str, list[tuple[str, tuple[int, ...]]]]


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a sentence names a record, and the records of that name (positions in the ledger)."""

    start: int
    end: int
    records: tuple[int, ...]


def add_remarks(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Complete the records from position ``first`` on with what other sentences say of them."""
    names = _names(builder.ledger.records, first)
    if not names:
        return
    view = builder.view
    for line in lines:
        if line.heading:
            continue
        inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
        for a, b in sentences(inner):
            for span in parts(view.text, line.start + a, line.start + b, "；;"):
                _read_remark(builder, names, span)


def _names(records: Sequence[Record], first: int) -> _Names:
    """Return the names of the records by their first characters, longest first; none twice."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(first, len(records)):
        record = records[place]
        if not masked(record.name) and len(record.fields["name"].spans) == 1:
            places[re.sub(r"(?:项目|工程)$", "", record.name)].append(place)
    found: _Names = defaultdict(list)
    for name in sorted(places, key=len, reverse=True):
        same = places[name]
        if len(name) >= MIN_NAME and len({core_name(records[p].name) for p in same}) == 1:
            found[name[:HEAD]].append((name, tuple(same)))
    return found


def _mentions(text: str, span: Span, names: _Names) -> Iterator[_Mention]:
    at, end = span
    while at < end:
        for name, records in names.get(text[at : at + HEAD], ()):
            stop = at + len(name)
            if stop <= end and text.startswith(name, at):
                before = text[max(span[0], at - 20) : at]
                if _SUBJECT.search(before) and _BEHIND.match(text, stop, end):
                    yield _Mention(at, stop, records)
                at = stop - 1
                break
        at += 1


def _read_remark(builder: Builder, names: _Names, span: Span) -> None:
    mentions = list(_mentions(builder.view.text, span, names))
    for place, mention in enumerate(mentions):
        stop = mentions[place + 1].start if place + 1 < len(mentions) else span[1]
        at = builder.view.offsets[mention.start]
        position = told_of(builder.ledger.records, mention.records, at)
        if position is None:
            continue
        record = builder.ledger.records[position]
        if record.start <= at < record.end:
            continue
        keys = _UNIT_KEYS if record.kind == "unit" else _PROJECT_KEYS
        said = read_attributes(builder.view, mention.end, stop)
        fresh = {k: w for k, w in said.items() if k in keys and k not in record.fields}
        if fresh:
            builder.ledger.records[position] = completed(record, fresh)


def completed(record: Record, fields: Fields) -> Record:
    """Return a record with the fields that it lacks."""
    whole = {**fields, **record.fields}
    kind = record.reason_kind
    if kind is None and "reason" in whole:
        kind = reason_kind(whole["reason"].text)
    return replace(record, fields=whole, reason_kind=kind)
