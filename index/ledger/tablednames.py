"""Names of prose that run on behind the name that a table knows the project by.

“某片区老旧小区改造26栋楼已完工”: how much of it there is belongs to what is told, which but the
name in the table shows. Then both are one project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.ledger.names import masked
from index.ledger.records import Record, Words

if TYPE_CHECKING:
    from index.ledger.book import FileInfo

MIN_NAME = 4  # characters
# “26栋楼”, “86公里”, “3.2万亩”; a phase or a lot (“二期”) is another project.
_HOW_MUCH = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)[万千]?"
    r"(?:平方公里|平方米|立方米|公里|千米|平米|公顷|米|亩|栋|幢|座|户|套|条|处|台|间|孔|层|吨|盏|口|个)"
    r"[\u4e00-\u9fff]{0,4}"
)


def with_tabled_names(files: Iterable[FileInfo]) -> list[FileInfo]:
    """Return the files, the names of their prose cut to those of tables that they run on behind."""
    known = list(files)
    names = sorted({name for file in known for name in _tabled(file)}, key=len, reverse=True)
    return [_cut(file, names) for file in known] if names else known


def _tabled(file: FileInfo) -> Iterable[str]:
    for record in file.ledger.records:
        table = file.ledger.rosters[record.roster].table and record.kind == "project"
        if table and len(record.name) >= MIN_NAME and not masked(record.name):
            yield record.name


def _cut(file: FileInfo, names: Sequence[str]) -> FileInfo:
    records = [
        record if file.ledger.rosters[record.roster].table else _named(record, names)
        for record in file.ledger.records
    ]
    if records == file.ledger.records:
        return file
    return replace(file, ledger=replace(file.ledger, records=records))


def _named(record: Record, names: Sequence[str]) -> Record:
    words = record.fields["name"]
    if record.kind != "project" or len(words.spans) != 1 or not _HOW_MUCH.search(words.text):
        return record
    for name in names:
        if words.text.startswith(name) and _HOW_MUCH.fullmatch(words.text, len(name)):
            start = words.spans[0][0]
            bare = Words(name, ((start, start + len(name)),))
            return replace(record, fields={**record.fields, "name": bare})
    return record
