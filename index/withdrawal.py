"""Withdraw a document, take it back in, or erase it from every store."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable

from index.cleaning import clear_unfinished
from index.database import FileRecord
from index.errors import IndexingError, StoreError, UnknownDocumentError
from index.ledger.book import FileInfo, record_keys
from index.ledger.names import core_name
from index.library import UNFINISHED, Library
from index.originals import remove_kept
from index.preparing import read_parts
from index.publishing import Publisher, Waiting
from index.rebuild import rebuild
from index.records import LoadedFile
from index.sources import INSIDE, Source, place_of, written

log = logging.getLogger(__name__)
ERASING = "erasing"  # set while the stores may still hold what SQL has forgotten


def withdraw(library: Library, path: str, by: str, why: str) -> None:
    """Hide a document: answers no longer use it, its text and history stay.

    It stays out, whatever run comes by, until it is reinstated or its content changes.

    Raises:
        IndexingError: it is not signed, or there is no such document.
    """
    _check_signed(by)
    file = library.file(path)
    library.database.retire([file.id], "withdrawn", by.strip(), why.strip() or None)
    library.refresh()
    # It is hidden from now on. A run that is going on takes its chunks out when it ends.
    if library.writer.acquire(blocking=False):
        try:
            clear_unfinished(library)
        except StoreError as error:  # it is hidden all the same; the next run takes it out
            log.warning("%s", error)
        finally:
            library.writer.release()


def reinstate(library: Library, path: str, by: str) -> None:
    """Take a withdrawn document back in, as it was.

    Raises:
        IndexingError: it is not signed, or was not withdrawn.
    """
    file = check_withdrawn(library, path, by)
    content = library.database.content(file.id)
    loaded = LoadedFile(
        content.text, file.media_type, content.blocks, file.encoding, None, file.notes,
        library.database.boxes(file.id),
    )  # fmt: skip
    prepared = read_parts(file.sha256, loaded, content.structure, library.counter)
    where, _, member = file.source.partition(INSIDE)
    source = Source(
        file.path, place_of(where), file.sample, member or None, file.size, file.mtime_ns
    )
    with library.writer, Publisher(library, by.strip()) as publisher:
        publisher.publish([Waiting(source, prepared)])
        publisher.drain()


def erase(
    library: Library,
    path: str,
    by: str,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> str | None:
    """Take every version of a document, and all that was read from it, out of every store.

    The search stores are built anew without it, since Chroma keeps what was deleted in
    its files. The same content is not taken in again unless it is uploaded anew.

    Returns:
        Where the original file still lies, None if it was the index's own or is gone.

    Raises:
        IndexingError: it is not signed, or there is no such document.
    """
    _check_signed(by)
    database = library.database
    failed = {failure.path: failure.source for failure in database.failures()}
    versions = database.history(path)
    if not versions and path not in failed:
        raise UnknownDocumentError(f"索引里没有名为“{path}”的文件。")
    keys, names = _records_of(library, versions)
    with library.writer:
        database.set_meta(ERASING, "1")
        gone = database.erase(path, by.strip(), keys, names)
        library.refresh()
        remove_kept(library, [file.sha256 for file in gone])
        left = _remove_originals(library, {file.source for file in gone} | {failed.get(path, "")})
        _clean_stores(library, progress)
    return left


def resume(library: Library) -> None:
    """Finish what a process that was cut off had begun: half published files, an erasure."""
    with library.writer:
        clear_unfinished(library)
        if library.database.meta(ERASING) == "1":
            _remove_erased_uploads(library)
            _clean_stores(library, lambda *_: None)


def _clean_stores(library: Library, progress: Callable[[int, int], None]) -> None:
    """Take out of every file what SQL no longer has."""
    rebuild(library, progress)
    library.vectors.remove(library.database.unused_keys(library.vectors.keys()))
    library.vectors.compact()
    for copy in library.settings.data_dir.glob("youju.sqlite.v*.bak"):
        copy.unlink()  # a copy of an earlier schema holds the text too
    for folder in library.settings.data_dir.glob(f"{UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)  # so does a backup that was cut off
    library.database.set_meta(ERASING, "0")
    library.database.compact()


def check_withdrawn(library: Library, path: str, by: str) -> FileRecord:
    """Return the withdrawn version of a document.

    Raises:
        IndexingError: taking it back is not signed, or it was not withdrawn.
    """
    _check_signed(by)
    file = library.history(path)[0]
    if file.state != "withdrawn":
        raise IndexingError(f"“{path}”没有被撤回，不需要恢复。")
    return file


def _check_signed(by: str) -> None:
    if not by.strip():
        raise IndexingError("请填写姓名：撤回、恢复和彻底删除都要署名。")
    if len(by) > 64:
        raise IndexingError(f"姓名有 {len(by)} 个字，上限是 64 个字。请缩短。")


def _records_of(library: Library, versions: list[FileRecord]) -> tuple[list[str], list[str]]:
    """Return the keys of a document's records, and the names that only it holds."""
    database = library.database
    ids = {file.id for file in versions}
    read = database.ledger.get(ids)
    keys: list[str] = []
    names: set[str] = set()
    for file in versions:
        if file.id in read:
            info = FileInfo(file.id, file.path, database.articles(file.id), read[file.id])
            keys += record_keys(info)
            names.update(record.name for record in read[file.id].records)
    elsewhere = {core_name(row.read.name) for row in library.ledger.rows if row.file.id not in ids}
    return keys, [name for name in names if core_name(name) not in elsewhere]


def _remove_erased_uploads(library: Library) -> None:
    """Remove the originals that an erasure which was cut off had not come to."""
    erased, kept = library.database.erased(), set(library.database.standing())
    remove_kept(library, erased)
    # Not those that wait to be taken in (a hidden folder): they were uploaded on purpose.
    uploaded = [file for file in library.uploads.glob("[!.]*") if file.is_file()]
    for file in [file for file in uploaded if written(file) not in kept]:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        if sha256 in erased:
            file.unlink()


def _remove_originals(library: Library, sources: set[str]) -> str | None:
    """Remove what was uploaded; return where another original still lies."""
    left = None
    for source in sorted(sources - {""}):
        where, _, member = source.partition(INSIDE)
        file = place_of(where)
        if file.is_relative_to(library.uploads) and not member:
            file.unlink(missing_ok=True)
        elif file.exists():
            left = written(file)
    return left
