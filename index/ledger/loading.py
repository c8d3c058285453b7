"""The ledger of a database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.ledger.book import FileInfo, Ledger

if TYPE_CHECKING:
    from index.database import Database, FileRecord


def load_ledger(database: Database) -> Ledger:
    """Return the ledger of the user's own files; where there are none, of the samples."""
    every = database.files()
    return Ledger(
        load_infos(database, [f for f in every if not f.sample] or every), database.ledger
    )


def load_infos(database: Database, files: Iterable[FileRecord]) -> list[FileInfo]:
    """Return what the ledger needs to know of each of the files."""
    wanted = {file.id: file for file in files}
    read = database.ledger.get(wanted) if wanted else {}
    return [
        FileInfo(file.id, file.path, database.articles(file.id), read[file.id])
        for file in wanted.values()
        if file.id in read
    ]
