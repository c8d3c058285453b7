"""The same article in two files, as a Word document and as its PDF: one of them counts."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from index.words import fold

if TYPE_CHECKING:
    from index.ledger.book import FileInfo


def copied_articles(files: Iterable[FileInfo]) -> set[tuple[int, int]]:
    """Return (file id, article) of articles that say the same as one of an earlier file.

    They have the same title and date, and the same records, word for word. Other
    matching is by names, and a masked name matches nothing elsewhere: without this,
    every masked project of a report that was sent twice would be counted twice.
    """
    first: dict[Hashable, int] = {}
    copies: set[tuple[int, int]] = set()
    for file in files:
        for ordinal, said in _articles(file).items():
            if first.setdefault(said, file.id) != file.id:
                copies.add((file.id, ordinal))
    return copies


def _articles(file: FileInfo) -> dict[int, Hashable]:
    """Return what each article with records says, in a form to compare."""
    records: dict[int, list[Hashable]] = {}
    for record in file.ledger.records:
        fields = sorted((name, _plain(words.text)) for name, words in record.fields.items())
        said = (record.kind, _plain(record.name), record.stage, record.progress, tuple(fields))
        records.setdefault(record.document, []).append(said)
    return {
        ordinal: (_plain(file.documents[ordinal].title), file.documents[ordinal].date, tuple(said))
        for ordinal, said in records.items()
    }


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
