"""The ledger of a database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.ledger.book import FileInfo, Ledger

if TYPE_CHECKING:
    from index.database import Database, FileRecord


def load_ledger(database: Database, files: Iterable[FileRecord] | None = None) -> Ledger:
    """Return the ledger of ``files``; without them, of the user's own, else of the samples."""
    if files is None:
        every = database.files()
        files = [file for file in every if not file.sample] or every
    wanted = {file.id: file for file in files}
    read = database.ledger.get(wanted)
    infos = [
        FileInfo(file.id, file.path, database.articles(file.id), read[file.id])
        for file in wanted.values()
        if file.id in read
    ]
    return Ledger(infos, database.ledger)
