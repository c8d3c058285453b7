"""Why projects of a table are late, where another document's prose says it sentence by sentence.

“某桥钻孔时碰上溶洞，桩基方案要变更，计划6200万元，完成2300万元。” names the project first and
nothing parts the name from what is told of it: only who knows the table's names can read it.
The reasons are put in records of the prose, beside those of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.ledger.amounts import amounts
from index.ledger.edges import trimmed
from index.ledger.names import core_name, masked
from index.ledger.reasons import reason_kind
from index.ledger.records import COLUMN, FileLedger, Record, Roster, Span, Words
from index.ledger.status import is_status_only, status_of
from index.records import Document, View
from index.sentences import parts, sentences

if TYPE_CHECKING:
    from index.database import FileContent
    from index.ledger.book import FileInfo

MIN_NAME = 4  # characters of a name that is looked for
MIN_TOLD = 3  # projects that a document must tell of so: one may be named by chance
MOST_FILES = 200  # of more, not all can be read whole whenever a ledger is opened
_STILL = frozenset({"not_started", "suspended"})
_REMARKS = re.compile(r"备注|说明|问题|原因|困难")
_OPENS = re.compile(r"(?:主要)?原因(?:是|在于)|因为?(?!地|此)|由于|的(?=[^，。]{3})|[，,\s]")
# What parts a name from a longer one: “二期”, “配套道路”, “项目” are not what is told of it.
_LONGER = re.compile(r"[一二三四五六七八九十\d]+(?:期|标段)|(?:及|与|和|配套|附属)")


def with_told_reasons(
    files: Iterable[FileInfo], content: Callable[[int], FileContent]
) -> list[FileInfo]:
    """Return the files, those whose prose says why projects of a table are late with records of it.

    Only reasons that no record gives yet are looked for.
    """
    known = list(files)
    wanted = _lacking(known) if len(known) <= MOST_FILES else {}
    if len(wanted) < MIN_TOLD:
        return known
    named = re.compile("|".join(map(re.escape, sorted(wanted, key=len, reverse=True))))
    return [_completed(file, content(file.id), wanted, named) for file in known]


def _lacking(files: Sequence[FileInfo]) -> dict[str, Record]:
    """Return the late projects of tables by name that no record gives a reason of."""
    found: dict[str, Record] = {}
    told: set[str] = set()
    for file in files:
        for record in file.ledger.records:
            if "reason" in record.fields or _has_remarks(record):
                told.add(core_name(record.name))
            elif file.ledger.rosters[record.roster].table and _is_late(record):
                found.setdefault(record.name, record)
    return {
        name: record
        for name, record in found.items()
        if len(name) >= MIN_NAME and not masked(name) and core_name(name) not in told
    }


def _has_remarks(record: Record) -> bool:
    return any(key.startswith(COLUMN) and _REMARKS.search(key) for key in record.fields)


def _is_late(record: Record) -> bool:
    late = record.stage in _STILL or record.progress == "behind"
    return late and record.kind == "project"


def _completed(
    file: FileInfo, content: FileContent, wanted: dict[str, Record], named: re.Pattern[str]
) -> FileInfo:
    reading = content.structure.reading
    tables = [block for block in content.blocks if block.kind == "table"]
    rosters, records = list(file.ledger.rosters), list(file.ledger.records)
    for document in file.documents:
        view = reading.view(document.start, document.end)
        own = [r for r in records if r.document == document.ordinal]
        fresh = [
            record
            for record in _told(document, view, wanted, named, len(rosters))
            if not any(table.start <= record.start < table.end for table in tables)
        ]
        if len({record.name for record in fresh}) < MIN_TOLD:
            continue
        as_of = next((r.fields["as_of"] for r in own if "as_of" in r.fields), None)
        start, end = fresh[0].start, fresh[-1].end
        rosters.append(Roster(document.ordinal, start, end, None, None, None, None, as_of=as_of))
        records += [_at(record, as_of) for record in fresh]
    if len(records) == len(file.ledger.records):
        return file
    ledger = FileLedger(
        rosters, records, file.ledger.figures, file.ledger.findings, file.ledger.unread
    )
    return replace(file, ledger=ledger)


def _at(record: Record, as_of: Words | None) -> Record:
    return replace(record, fields={**record.fields, "as_of": as_of}) if as_of else record


def _told(
    document: Document,
    view: View,
    wanted: dict[str, Record],
    named: re.Pattern[str],
    roster: int,
) -> Iterator[Record]:
    """Yield a record of each sentence that begins with a wanted name and tells why it is late."""
    text = view.text
    for start, end in sentences(view):
        name = named.match(text, start, end)
        if name is None or _LONGER.match(text, name.end(), end):
            continue
        known = wanted[name.group()]
        why = reason_told(text, name.end(), end)
        status = status_of(text[name.end() : end])
        if why is None or (status.stage == "completed" and not status.progress):
            continue
        words = Words(text[slice(*why)], (view.span(*why),))
        fields = {
            "name": Words(name.group(), (view.span(*name.span()),)),
            "reason": words,
        }
        yield Record(
            document.ordinal, "project", *view.span(start, end), roster, fields,
            known.stage, known.progress, reason_kind(words.text),
        )  # fmt: skip


def reason_told(text: str, start: int, end: int) -> Span | None:
    """Return the first clauses of a late project's sentence that are neither amounts nor a state.

    A state between them stays; one at their beginning or end does not.
    """
    run: list[tuple[Span, bool]] = []
    for low, high in parts(text, start, end, "，,；;。"):
        span = trimmed(text, low, high)
        words = text[slice(*span)]
        if next(amounts(text, *span), None):
            if any(not state for _, state in run):
                break
            run = []
        elif words:
            run.append((span, is_status_only(words)))
    while run and run[0][1]:
        run.pop(0)
    while run and run[-1][1]:
        run.pop()
    if not run:
        return None
    low, high = run[0][0][0], run[-1][0][1]
    opened = _OPENS.match(text, low, high)
    low = opened.end() if opened else low
    return (low, high) if high - low > 1 else None
