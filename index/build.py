"""Index files and folders, incrementally: read, split, embed, publish.

A file's new version becomes visible in one step, after all its chunks are
searchable; a run that is cut off leaves the old version, and the next run
clears what was half done.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.database import FailureRecord
from index.errors import IndexingError, IndexMismatchError, LoadError
from index.ledger.reader import READER_VERSION, read_ledger
from index.library import Library
from index.load import load_file
from index.records import Chunk, LoadedFile, Structure
from index.split import split_document
from index.structure import read_structure

log = logging.getLogger(__name__)

# Chunks gathered from small files before they are embedded together.
GATHER = 256
# A folder that holds this file holds samples, which step aside for other documents.
SAMPLE_MARK = ".samples"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands; ``chunks`` counts those embedded so far."""

    files_done: int
    files: int
    chunks: int
    current: str


@dataclass(slots=True)
class BuildReport:
    """What a run did, by document path; ``failed`` and ``notes`` carry reasons."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    chunks: int = 0


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to index: its name in the index and where it lies."""

    path: str
    file: Path
    sample: bool


@dataclass(frozen=True, slots=True)
class _Prepared:
    source: _Source
    sha256: str
    loaded: LoadedFile
    structure: Structure
    chunks: list[tuple[str, Chunk]]
    texts: list[str]


def build_index(
    roots: Sequence[Path],
    library: Library,
    progress: Callable[[Progress], None] = lambda _: None,
) -> BuildReport:
    """Bring the index up to date with ``roots`` and tell what was done.

    Files under the roots that are gone are removed; files elsewhere stay.

    Raises:
        IndexingError: a root does not exist.
        StoreError: the index cannot be written.
    """
    _check_roots(roots)
    _check_model(library)
    _clear_unfinished(library)
    report = BuildReport()
    sources = _find_sources(roots, library)
    known = {file.source: file for file in library.database.files()}
    waiting: list[_Prepared] = []
    for done, source in enumerate(sources):
        progress(Progress(done, len(sources), report.chunks, source.path))
        prepared = _prepare(source, library, report)
        if prepared is None:
            continue
        waiting.append(prepared)
        if sum(len(p.chunks) for p in waiting) >= GATHER:
            _publish(waiting, library, report, set(known))
            waiting = []
    _publish(waiting, library, report, set(known))
    _read_again(library)
    _remove_missing(roots, sources, library, report)
    library.refresh()
    progress(Progress(len(sources), len(sources), report.chunks, ""))
    return report


def _check_roots(roots: Sequence[Path]) -> None:
    for root in roots:
        if not root.exists():
            raise IndexingError(f"找不到“{root}”。请检查路径后再试。")


def _check_model(library: Library) -> None:
    """Refuse to mix vectors of two models in one index."""
    wanted = library.settings.embedding_model or "multilingual-e5-small"
    have = library.database.meta("model")
    if have is None:
        library.database.set_meta("model", wanted)
    elif have != wanted:
        raise IndexMismatchError(
            f"该索引是用模型 {have} 建立的，现在的设置是 {wanted}，两者的向量不能混用。"
            "请改回原来的模型，或用 --data-dir 另建一个索引。"
        )


def _clear_unfinished(library: Library) -> None:
    unfinished = library.database.unfinished()
    _drop(unfinished, library)
    if unfinished:
        log.info("cleared %d files that an earlier run left unfinished", len(unfinished))


def _drop(file_ids: Sequence[int], library: Library) -> None:
    for file_id in file_ids:
        ids = library.database.chunk_ids(file_id)
        library.lexical.remove(ids)
        if ids:
            library.store.remove(ids)
        library.database.forget([file_id])


def _find_sources(roots: Sequence[Path], library: Library) -> list[_Source]:
    """Return the files under the roots, each once, with distinct names."""
    found: dict[Path, _Source] = {}
    names = {file.path: file.source for file in library.database.files()}
    listed = [(root.absolute(), list(_walk(root.absolute()))) for root in roots]
    colliding = _colliding_roots(listed)
    for root, files in listed:
        base = root if root.is_dir() else root.parent
        sample = (base / SAMPLE_MARK).exists()
        for file in files:
            if file in found:
                continue
            name = file.relative_to(base).as_posix()
            if root in colliding:
                name = f"{base.name}/{name}"
            while names.get(name, str(file)) != str(file):
                base = base.parent
                name = file.relative_to(base).as_posix()
            base = root if root.is_dir() else root.parent
            names[name] = str(file)
            found[file] = _Source(name, file, sample)
    return list(found.values())


def _colliding_roots(listed: Sequence[tuple[Path, Sequence[Path]]]) -> set[Path]:
    owners: dict[str, Path] = {}
    colliding: set[Path] = set()
    for root, files in listed:
        base = root if root.is_dir() else root.parent
        for file in files:
            first = owners.setdefault(file.relative_to(base).as_posix(), root)
            if first != root and (first / file.relative_to(base)) != file:
                colliding |= {first, root}
    return colliding


def _walk(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    for folder, folders, names in os.walk(root):  # does not follow links to folders
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(folder) / name


def _prepare(source: _Source, library: Library, report: BuildReport) -> _Prepared | None:
    """Read and split one file; None if it is unchanged or failed (told in ``report``)."""
    sha256 = ""
    try:
        sha256 = _hash(source.file)
        if _is_current(source, sha256, library, report):
            return None
        loaded = load_file(source.file)
        structure = read_structure(loaded, source.path)
    except LoadError as error:
        _fail(source, sha256, str(error), library, report)
        return None
    except Exception as error:  # a hostile file must not stop the others; kept in the report
        log.exception("could not read %r", source.path)
        reason = f"读取时出错（{type(error).__name__}）。文件可能已损坏；请另存一份后再试。"
        _fail(source, sha256, reason, library, report)
        return None
    chunks = _split(loaded, structure, library)
    keyed = [(_chunk_id(source.path, sha256, chunk), chunk) for chunk in chunks]
    texts = [embedded_text(chunk, structure) for chunk in chunks]
    report.notes.extend((source.path, note) for note in loaded.notes)
    for start, _, why in structure.unread:
        line = loaded.text.count("\n", 0, start) + 1
        report.notes.append((source.path, f"第 {line} 行：{why}"))
    return _Prepared(source, sha256, loaded, structure, keyed, texts)


def _hash(file: Path) -> str:
    if not file.is_file():
        raise LoadError("不是普通文件，或读取前已被移走。请检查后再试。")
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise LoadError(f"不能读取（{error.strerror}）。请检查文件权限后再试。") from error


def _is_current(source: _Source, sha256: str, library: Library, report: BuildReport) -> bool:
    file = library.files_by_source().get(str(source.file))
    if not file or (file.sha256, file.path, file.sample) != (sha256, source.path, source.sample):
        return False
    report.unchanged.append(source.path)
    return True


def _fail(source: _Source, sha256: str, reason: str, library: Library, report: BuildReport) -> None:
    if str(source.file) in library.files_by_source():
        reason += "（索引里仍保留它先前能读的版本。）"
    report.failed.append((source.path, reason))
    seen = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    library.database.record_failure(
        FailureRecord(str(source.file), source.path, sha256, reason, source.sample, seen)
    )


def _split(loaded: LoadedFile, structure: Structure, library: Library) -> list[Chunk]:
    encoder = library.encoder
    return [
        chunk
        for document in structure.documents
        for chunk in split_document(
            loaded.text,
            structure,
            document.ordinal,
            loaded.blocks,
            encoder.count_tokens,
            max_tokens=encoder.max_tokens,
        )
    ]


def embedded_text(chunk: Chunk, structure: Structure) -> str:
    """Return what is embedded and searched: title, headings, lead-in and the slice."""
    document = structure.documents[chunk.document]
    above = [document.title, *chunk.headings]
    if chunk.lead:
        above.append(structure.reading.view(*chunk.lead).text)
    body = structure.reading.view(chunk.start, chunk.end).text
    # A heading that opens the slice is not said twice.
    above = [line for line in above if line and not body.startswith(line)]
    return "\n".join([*above, body])


def _chunk_id(path: str, sha256: str, chunk: Chunk) -> str:
    """Return an id that is the same whenever the same file is indexed again."""
    key = f"{path}\0{sha256}\0{chunk.start}\0{chunk.end}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _publish(
    waiting: Sequence[_Prepared], library: Library, report: BuildReport, known: set[str]
) -> None:
    if not waiting:
        return
    database = library.database
    file_ids = [
        database.add_pending(
            p.source.path, str(p.source.file), p.sha256, p.source.sample,
            p.loaded, p.structure, p.chunks,
        )
        for p in waiting
    ]  # fmt: skip
    for file_id, p in zip(file_ids, waiting, strict=True):
        database.ledger.put(file_id, READER_VERSION, read_ledger(p.loaded.blocks, p.structure))
    ids = [key for p in waiting for key, _ in p.chunks]
    texts = [text for p in waiting for text in p.texts]
    library.store.add(ids, texts, [p.source.sample for p in waiting for _ in p.chunks])
    library.lexical.add(zip(ids, texts, strict=True))
    _drop(database.publish(file_ids), library)
    library.refresh()
    report.chunks += len(ids)
    for p in waiting:
        names = report.changed if str(p.source.file) in known else report.added
        names.append(p.source.path)


def _read_again(library: Library) -> None:
    """Read the records of files that an earlier version of the reader read, from their texts."""
    versions = library.database.ledger.versions()
    for file in library.database.files():
        if versions.get(file.id) != READER_VERSION:
            content = library.database.content(file.id)
            ledger = read_ledger(content.blocks, content.structure)
            library.database.ledger.put(file.id, READER_VERSION, ledger)


def _remove_missing(
    roots: Sequence[Path], sources: Sequence[_Source], library: Library, report: BuildReport
) -> None:
    present = {str(source.file) for source in sources}

    def gone(where: str) -> bool:
        inside = any(Path(where).is_relative_to(root.absolute()) for root in roots)
        return inside and where not in present

    missing = [file for file in library.database.files() if gone(file.source)]
    library.database.mark_removing([file.id for file in missing])
    _drop([file.id for file in missing], library)
    report.removed.extend(file.path for file in missing)
    # A failure is over when its file is gone, or is again the version that was indexed.
    mended = set(report.unchanged)
    failures = library.database.failures()
    stale = [f.source for f in failures if gone(f.source) or f.path in mended]
    library.database.forget_failures(stale)
