"""Prove an index: every chunk, every vector, every document on disk.

Nothing is believed: texts are sliced again, vectors are compared with those kept
outside Chroma and asked for themselves, files are hashed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.database import FileContent, FileRecord, StoredChunk
from index.errors import IndexingError, StoreError
from index.ledger.records import Record, Words
from index.library import Library
from index.preparing import embedded_text
from index.probe import missing
from index.records import Chunk
from index.sources import INSIDE, find_sources, place_of
from index.vectors import text_key
from index.withdrawal import ERASING

GROUP = 512  # vectors asked for at once
EQUAL = 1e-4  # greatest difference between a vector and its copy
TOLD = 20  # findings of one kind that are told one by one
_REBUILD = "请运行 python -m index rebuild"
MOST_LOST = 0.001  # share of vectors that an approximate search may miss


@dataclass(slots=True)
class Verification:
    """What was proved. ``problems`` are faults, ``remarks`` what has its explanation."""

    files: int = 0
    chunks: int = 0
    vectors: int = 0
    records: int = 0
    lost: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def verify(
    library: Library,
    roots: Sequence[Path] = (),
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Verification:
    """Return what was proved of an index.

    Args:
        library: an index that is held open.
        roots: the folders that were indexed; each file there must be indexed or explained.
        progress: called with chunks done and in all.
    """
    return _Proof(library, progress).run(roots)


class _Proof:
    def __init__(self, library: Library, progress: Callable[[int, int], None]) -> None:
        self.library = library
        self.progress = progress
        self.found = Verification()
        self.expected: set[str] = set()
        self.unfinished = library.database.unfinished_chunks()
        self.erasing = library.database.meta(ERASING) == "1"

    def run(self, roots: Sequence[Path]) -> Verification:
        files = self.library.database.files()
        total = sum(file.chunk_count for file in files)
        for file in files:
            self._file(file, total)
        self._strays()
        self._words()
        if self.unfinished:
            self.found.remarks.append(
                f"上次运行中断，留下 {len(self.unfinished)} 段没有用到；下次索引时自动清除。"
            )
        if self.erasing:
            self.found.remarks.append("有一次彻底删除没有做完；下次索引时自动做完。")
        share = self.found.lost / max(self.found.chunks, 1)
        if self.found.lost and share <= MOST_LOST:
            self.found.remarks.append(
                f"{self.found.lost} 段用自己的向量近似检索时不在前 10 名（占 {share:.3%}）。"
            )
        elif self.found.lost:
            self.found.problems.append(
                f"{self.found.lost} 段用自己的向量查不到自己。请运行 python -m index rebuild。"
            )
        self._disk(files, roots)
        return self.found

    # ---- one file

    def _file(self, file: FileRecord, total: int) -> None:
        content = self.library.database.content(file.id)
        chunks = self.library.database.file_chunks(file.id)
        self.found.files += 1
        if not self.library.database.is_intact(file.id):
            self.library.database.doubt(file.id)
            self._wrong(
                file,
                "索引里的文字与收录时不同（磁盘出过错）。请再索引一次原文件，会重新读它；"
                "原文件已不在时，请从备份恢复",
            )
            self.expected.update(stored.id for stored in chunks)
            return
        if len(chunks) != file.chunk_count:
            self._wrong(file, f"应有 {file.chunk_count} 段，只有 {len(chunks)} 段")
        for fault in _slice_faults(content, chunks):
            self._wrong(file, fault)
        for fault in _coverage_faults(content, [stored.chunk for stored in chunks]):
            self._wrong(file, fault)
        self._records(file, content)
        for at in range(0, len(chunks), GROUP):
            self._vectors(file, content, chunks[at : at + GROUP])
            self.found.chunks += len(chunks[at : at + GROUP])
            self.progress(self.found.chunks, total)

    def _vectors(
        self, file: FileRecord, content: FileContent, chunks: Sequence[StoredChunk]
    ) -> None:
        ids = [stored.id for stored in chunks]
        self.expected.update(ids)
        try:
            held = self.library.store.get(ids)
        except StoreError as error:
            self._wrong(file, str(error))
            return
        kept = self.library.vectors.get([s.text_key for s in chunks if s.text_key])
        good: list[tuple[str, np.ndarray]] = []
        for stored in chunks:
            text = embedded_text(stored.chunk, content.structure)
            fault = _vector_fault(stored, text, held.get(stored.id), kept)
            if fault:
                self._wrong(file, fault)
            else:
                good.append((stored.id, held[stored.id][1]))
        if good:
            self.found.vectors += len(good)
            rows = np.stack([vector for _, vector in good])
            self.found.lost += len(missing(self.library.store, [key for key, _ in good], rows))

    def _records(self, file: FileRecord, content: FileContent) -> None:
        ledger = self.library.database.ledger.get([file.id]).get(file.id)
        if ledger is None:
            self._wrong(file, "没有读过台账。请重新索引")
            return
        for record in ledger.records:
            self.found.records += 1
            if (fault := _record_fault(record, len(content.text))) is not None:
                self._wrong(file, fault)

    # ---- the stores as wholes

    def _strays(self) -> None:
        try:
            strays = self.library.store.ids() - self.expected if self.expected else set()
        except StoreError as error:
            self.found.problems.append(str(error))
            return
        strays -= self.unfinished
        if strays and not self.erasing:
            self.found.problems.append(
                f"向量库里有 {len(strays)} 段不属于任何文件。请运行 python -m index rebuild。"
            )

    def _words(self) -> None:
        if (fault := self.library.lexical.check()) is not None:
            self.found.problems.append(
                f"词语索引已损坏（{fault}）。请运行 python -m index rebuild。"
            )
            return
        have = self.library.lexical.ids()
        if lacking := len(self.expected - have):
            self.found.problems.append(f"词语索引缺 {lacking} 段。请运行 python -m index rebuild。")
        strays = len(have - self.expected - self.unfinished)
        if strays and not self.erasing:
            self.found.problems.append(
                f"词语索引里有 {strays} 段不属于任何文件。请运行 python -m index rebuild。"
            )

    # ---- the disk

    def _disk(self, files: Sequence[FileRecord], roots: Sequence[Path]) -> None:
        hashes: dict[str, str | None] = {}
        for file in files:
            where, _, member = file.source.partition(INSIDE)
            if where not in hashes:
                hashes[where] = _hash(place_of(where))
            if hashes[where] is None:
                self.found.remarks.append(f"{file.path}：原文件已不在 {where}，索引里的文字完好。")
            elif not member and hashes[where] != file.sha256:
                # Its size and date may be the same: the next run is to read it all the same.
                self.library.database.touch(file.id, -1, -1)
                self.found.remarks.append(f"{file.path}：原文件在索引之后改过，重新索引即可更新。")
        if roots:
            self._unexplained(roots)

    def _unexplained(self, roots: Sequence[Path]) -> None:
        database = self.library.database
        known = set(database.standing()) | {f.source for f in database.failures()}
        known |= set(database.containers())
        erased = set(database.erased())
        try:
            sources = find_sources(list(roots), lambda _: None, [self.library.settings.data_dir])
        except IndexingError as error:
            self.found.problems.append(str(error))
            return
        for source in sources:
            if source.key in known or (_hash(source.file) or "") in erased:
                continue
            self.found.problems.append(f"{source.path}：没有索引，也没有说明。请重新索引。")
        for failure in database.failures():
            self.found.remarks.append(f"{failure.path}：未能读取：{failure.reason}")

    def _wrong(self, file: FileRecord, what: str) -> None:
        self.found.problems.append(f"{file.path}：{what}。")


def _slice_faults(content: FileContent, chunks: Sequence[StoredChunk]) -> Iterator[str]:
    for stored in chunks:
        chunk = stored.chunk
        if not 0 <= chunk.start < chunk.end <= len(content.text):
            yield f"第 {stored.ordinal + 1} 段的位置 {chunk.start}–{chunk.end} 不在文件之内"
            continue
        if chunk.document >= len(content.structure.documents):
            yield f"第 {stored.ordinal + 1} 段指向不存在的文章"
            continue
        document = content.structure.documents[chunk.document]
        if not document.start <= chunk.start < chunk.end <= document.end:
            yield f"第 {stored.ordinal + 1} 段不在它的文章之内"
        elif stored.text_key and stored.text_key != text_key(
            embedded_text(chunk, content.structure)
        ):
            yield f"第 {stored.ordinal + 1} 段不是原文的这一段"


def _coverage_faults(content: FileContent, chunks: Sequence[Chunk]) -> Iterator[str]:
    """Yield what is read of the text and lies in no chunk, or in two."""
    ordered = sorted((chunk.start, chunk.end) for chunk in chunks)
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            yield f"第 {start} 字处有两段重叠"
    at = 0
    for start, end in [*ordered, (len(content.text), len(content.text))]:
        for a, b in content.structure.reading.kept(at, start) if start > at else ():
            if content.text[a:b].strip():
                yield f"第 {a}–{b} 字不在任何一段里"
        at = max(at, end)


def _vector_fault(
    stored: StoredChunk,
    text: str,
    held: tuple[str, np.ndarray] | None,
    kept: dict[str, np.ndarray],
) -> str | None:
    number = stored.ordinal + 1
    if held is None:
        return f"第 {number} 段不在向量库里，{_REBUILD}"
    words, vector = held
    if words != text.encode("utf-8", "replace").decode("utf-8"):
        return f"第 {number} 段在向量库里的文字不是原文，{_REBUILD}"
    copy = kept.get(stored.text_key or "")
    if copy is None:
        return f"第 {number} 段的向量在向量库之外没有留存，{_REBUILD}"
    if copy.shape != vector.shape:
        return f"第 {number} 段的向量有 {vector.size} 维，应有 {copy.size} 维，{_REBUILD}"
    if float(np.abs(copy - vector).max()) > EQUAL:
        return f"第 {number} 段的向量与留存的不同，{_REBUILD}"
    return None


def _record_fault(record: Record, length: int) -> str | None:
    spans = [(record.start, record.end)]
    fields: list[Words] = list(record.fields.values())
    spans += [span for words in fields for span in words.spans]
    if all(0 <= start < end <= length for start, end in spans):
        return None
    return f"记录“{record.name}”的出处不在文件之内"


def _hash(file: Path) -> str | None:
    try:
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
