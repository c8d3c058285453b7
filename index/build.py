"""Index files and folders, incrementally: read, split, embed, publish.

A file's new version becomes visible in one step, after all its chunks are
searchable; a run that is cut off leaves the old version, and the next run
clears what was half done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.cleaning import clear_unfinished, discard
from index.database import SYSTEM, ContainerRecord, FailureRecord, FileRecord
from index.errors import IndexingError
from index.ledger.reader import READER_VERSION, read_ledger
from index.library import Library
from index.preparing import Failed, Prepared, Preparer, Reply, Request, Same, Unpacked
from index.publishing import Publisher, Stopped, Waiting
from index.sources import INSIDE, Source, check_roots, find_sources, is_under, place_of
from index.sql import now
from index.withdrawal import resume

log = logging.getLogger(__name__)

# Chunks gathered from small files before they are embedded together.
GATHER = 288


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    ``chunks`` counts those embedded so far; ``work`` of ``total_work`` are bytes of
    files that had to be read, for telling how long it will last. ``done`` of
    ``total`` chunks of the files at hand are embedded.
    """

    files_done: int
    files: int
    chunks: int
    current: str
    work: float = 0.0
    total_work: float = 0.0
    done: int = 0
    total: int = 0


@dataclass(slots=True)
class BuildReport:
    """What a run did, by document path; ``failed`` and ``notes`` carry reasons.

    ``kept_out`` are files that were withdrawn or erased and have the same content as
    then. ``stopped`` tells that the run was ended before it was through.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept_out: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    chunks: int = 0
    stopped: bool = False


def build_index(
    roots: Sequence[Path],
    library: Library,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    only: Collection[Path] | None = None,
    stop: Callable[[], bool] = lambda: False,
    by: str = SYSTEM,
) -> BuildReport:
    """Bring the index up to date with ``roots`` and tell what was done.

    Files under the roots that are gone are removed; files elsewhere stay.

    Args:
        roots: files and folders.
        library: an index that is held open.
        progress: called often.
        only: if given, just these files and folders under the roots are looked at.
        stop: asked often; once it says true, what is ready is published and the run ends.
        by: who signs for it in the audit trail.

    Raises:
        IndexingError: a root does not exist.
        StoreError: the index cannot be written.
    """
    check_roots(roots)
    library.check_model()
    with library.writer:
        resume(library)
        report = _Run(roots, library, progress, only, stop, by).run()
        clear_unfinished(library)  # what was withdrawn meanwhile
    return report


class _Run:
    """One run over the roots."""

    def __init__(
        self,
        roots: Sequence[Path],
        library: Library,
        progress: Callable[[Progress], None],
        only: Collection[Path] | None,
        stop: Callable[[], bool],
        by: str,
    ) -> None:
        self.roots = [root.absolute() for root in roots]
        self.library = library
        self.progress = progress
        self.only = only
        self.stop = stop
        self.report = BuildReport()
        self.standing = library.database.standing(None if only is None else map(str, only))
        self.failing = {failure.source: failure for failure in library.database.failures()}
        self.containers = library.database.containers()
        self.erased = library.database.erased()
        self.withdrawn = library.database.files("withdrawn")
        self.sources: list[Source] = []
        self.present: set[str] = set()  # sources that are there, members of archives too
        self.asked: dict[str, Source] = {}  # by the name of the request
        self.todo: list[Source] = []
        self.finished = 0
        self.work = 0.0
        self.total_work = 0.0
        self.publisher = Publisher(library, by, self._tell_embedded, self._published)
        self.by = by

    def run(self) -> BuildReport:
        """Do it."""
        names = {file.path: key for key, file in self.standing.items() if file.state == "indexed"}
        owner = names.get if self.only is None else self.library.database.owner
        inside = [self.library.settings.data_dir]
        self.sources = find_sources(self.roots, owner, inside, self.only)
        self.todo = [source for source in self.sources if not self._is_current(source)]
        self.finished = len(self.sources) - len(self.todo)
        self.total_work = float(sum(source.size or 0 for source in self.todo))
        self._tell("")
        try:
            if self.todo:
                with self.publisher:
                    self._read_and_publish()
        except Stopped:
            self.report.stopped = True
        if not self.report.stopped:
            self.publisher.finish()
            if self.only is None:
                read_again(self.library)
            self._remove_missing()
        self._purge()
        self.library.refresh()
        self._tell("")
        return self.report

    # ---- what has to be read

    def _is_current(self, source: Source) -> bool:
        """Tell by the disk's word alone that a file is as it was indexed."""
        self.present.add(source.key)
        held = self.containers.get(source.key)
        if held and _same_on_disk(held.size, held.mtime_ns, source):
            members = self._inside(source)
            same = all(f.path.startswith(source.path + "/") for f in members)
            if same and all(f.sample == source.sample for f in members):
                self._keep_members(source, held)
                return True
        file = self.standing.get(source.key)
        if file is None or not self._stands_for(file, source):
            return False
        if source.key in self.failing or not _same_on_disk(file.size, file.mtime_ns, source):
            return False
        self._unchanged(file)
        return True

    def _inside(self, source: Source) -> list[FileRecord]:
        """Return what stands of the members of an archive."""
        within = source.key + INSIDE
        return [file for key, file in self.standing.items() if key.startswith(within)]

    def _keep_members(self, source: Source, held: ContainerRecord) -> None:
        """Leave the members of an archive as they are, those that cannot be read too."""
        for file in self._inside(source):
            self.present.add(file.source)
            self._unchanged(file)
        self.report.failed.extend((f"{source.path}/{name}", why) for name, why in held.problems)
        for key, failure in self.failing.items():
            if key.startswith(source.key + INSIDE):
                self.present.add(key)
                self.report.failed.append((failure.path, failure.reason))

    def _stands_for(self, file: FileRecord, source: Source) -> bool:
        return (file.path, file.sample) == (source.path, source.sample)

    def _unchanged(self, file: FileRecord) -> None:
        if file.state == "withdrawn":
            self.report.kept_out.append((file.path, f"已撤回（{file.by}，{file.until}）"))
        else:
            self.report.unchanged.append(file.path)

    def _requests(self) -> Iterator[Request]:
        for source in self.todo:
            self.asked[source.path] = source
            yield Request(source.path, source.file, None, self._known(source))

    def _members(self, request: Request, reply: Unpacked) -> list[Request]:
        outer = self.asked[request.name]
        found = []
        for member in reply.opened.members:
            source = outer.inside(member.name)
            self.asked[source.path] = source
            found.append(Request(source.path, source.file, member.content, self._known(source)))
        return found

    def _known(self, source: Source) -> str | None:
        """Return the hash of the content that need not be read again."""
        file = self.standing.get(source.key)
        if file is not None and self._stands_for(file, source):
            return file.sha256
        held = self.containers.get(source.key)
        same = held is not None and held.path == source.path and source.member is None
        return held.sha256 if held and same and not held.problems else None

    # ---- what was read

    def _read_and_publish(self) -> None:
        waiting: list[Waiting] = []
        preparer = Preparer(self.library.counter)
        for request, reply in preparer.stream(self._requests(), self._members):
            if self.stop():
                self._publish(waiting)
                self.publisher.drain()
                raise Stopped
            source = self.asked[request.name]
            self._tell(source.path)
            prepared = self._take(source, reply)
            if prepared is not None:
                waiting.append(Waiting(source, prepared))
            else:
                self._count(source)
            if sum(len(w.prepared.chunks) for w in waiting) >= GATHER:
                self._publish(waiting)
                waiting = []
        self._publish(waiting)
        self.publisher.drain()

    def _take(self, source: Source, reply: Reply) -> Prepared | None:
        """Return what is to be published; everything else is settled here."""
        self.present.add(source.key)
        if isinstance(reply, Failed):
            self._fail(source, reply)
        elif isinstance(reply, Same):
            self._same(source)
        elif isinstance(reply, Unpacked):
            self._unpacked(source, reply)
        elif at := self.erased.get(reply.sha256):
            self.report.kept_out.append((source.path, f"已于 {at} 彻底删除，没有重新收录"))
        elif not self._stays_withdrawn(source, reply.sha256):
            self._note(source, reply)
            return reply
        return None

    def _stays_withdrawn(self, source: Source, sha256: str) -> bool:
        """Tell whether a file is a withdrawn one that was moved or renamed."""
        held = self.standing.get(source.key)
        if held is None:
            same = [file for file in self.withdrawn if file.sha256 == sha256]
            held = next((file for file in same if _was_there(file, source)), None)
            if held is None:
                return False
            self.library.database.relocate(held.id, source.key)
        if (held.state, held.sha256) != ("withdrawn", sha256):
            return False
        self._unchanged(held)
        return True

    def _fail(self, source: Source, reply: Failed) -> None:
        if reply.fault:
            log.error("could not read %r\n%s", source.path, reply.fault)
        reason = reply.reason
        held = self.standing.get(source.key)
        if held is not None and held.state == "indexed":
            reason += "（索引里仍保留它先前能读的版本。）"
        if held is None or held.state != "withdrawn" or held.sha256 != reply.sha256:
            self.report.failed.append((source.path, reason))
            self.library.database.record_failure(
                FailureRecord(source.key, source.path, reply.sha256, reason, source.sample, now())
            )

    def _same(self, source: Source) -> None:
        file = self.standing.get(source.key)
        if file is None:  # an archive with a new date
            held = self.containers[source.key]
            self._keep_members(source, held)
            self._record_container(source, held.sha256, held.problems)
            return
        self._unchanged(file)
        self.library.database.forget_failures([source.key])
        if source.member is None and source.size is not None and source.mtime_ns is not None:
            self.library.database.touch(file.id, source.size, source.mtime_ns)

    def _unpacked(self, source: Source, reply: Unpacked) -> None:
        for name, why in reply.opened.problems:
            self.report.failed.append((f"{source.path}/{name}", why))
            self.present.add(f"{source.key}{INSIDE}{name}")
        self.library.database.forget_failures([source.key])
        self._record_container(source, reply.sha256, reply.opened.problems)

    def _record_container(
        self, source: Source, sha256: str, problems: Sequence[tuple[str, str]]
    ) -> None:
        # Until all members are published its date is not kept, so that a run that is
        # stopped opens it again.
        self.publisher.after.append(
            ContainerRecord(
                source.key, source.path, sha256, source.size or 0, source.mtime_ns or 0,
                tuple(problems),
            )
        )  # fmt: skip

    def _note(self, source: Source, prepared: Prepared) -> None:
        notes = self.report.notes
        notes.extend((source.path, note) for note in prepared.loaded.notes)
        for start, _, why in prepared.structure.unread:
            line = prepared.loaded.text.count("\n", 0, start) + 1
            notes.append((source.path, f"第 {line} 行：{why}"))
        held = self.standing.get(source.key)
        if held is not None and held.state == "withdrawn" and held.sha256 != prepared.sha256:
            notes.append(
                (
                    source.path,
                    f"这个文件曾经撤回（{held.by}，{held.until}）；内容已更新，重新收录。",
                )
            )

    # ---- publishing

    def _publish(self, waiting: Sequence[Waiting]) -> None:
        if not waiting:
            return
        try:
            self.publisher.publish(waiting, self.stop)
        except Stopped:
            self.publisher.drain()  # what is computed is written and shown
            raise

    def _published(self, waiting: Sequence[Waiting]) -> None:
        for item in waiting:
            held = self.standing.get(item.source.key)
            was = held is not None and held.state == "indexed"
            (self.report.changed if was else self.report.added).append(item.source.path)
            self._count(item.source)
        self.report.chunks = self.publisher.chunks
        self._tell("")

    def _count(self, source: Source) -> None:
        if source.member is None:
            self.finished += 1
            self.work += source.size or 0

    def _tell_embedded(self, done: int, total: int, current: str) -> None:
        self._tell(current, done, total)

    def _tell(self, current: str, done: int = 0, total: int = 0) -> None:
        self.progress(
            Progress(
                self.finished, len(self.sources), self.publisher.chunks, current,
                self.work, self.total_work, done, total,
            )
        )  # fmt: skip

    # ---- what is gone

    def _remove_missing(self) -> None:
        database = self.library.database
        missing = [
            file for key, file in self.standing.items()
            if file.state == "indexed" and self._gone(key)
        ]  # fmt: skip
        added = {self._hash_of(path): path for path in self.report.added}
        for file in missing:
            new = added.get(file.sha256)
            if new is not None:
                self.report.renamed.append((file.path, new))
                self.report.added.remove(new) if new in self.report.added else None
                database.retire([file.id], "removed", self.by, f"改名为 {new}")
            else:
                self.report.removed.append(file.path)
                database.retire([file.id], "removed", self.by, "文件已不在原处")
        self.publisher.dropped += discard([file.id for file in missing], self.library)
        # A failure is over when its file is gone, or is again the version that was indexed.
        mended = set(self.report.unchanged)
        stale = [f.source for f in database.failures() if self._gone(f.source) or f.path in mended]
        database.forget_failures(stale)
        database.forget_containers([key for key in self.containers if self._gone(key)])

    def _hash_of(self, path: str) -> str:
        return self.publisher.hashes.get(path, "")

    def _gone(self, key: str) -> bool:
        if key in self.present or not is_under(key, self.roots):
            return False
        if self.only is None:
            return True
        return any(place_of(key).is_relative_to(place) for place in self.only)

    def _purge(self) -> None:
        """Forget the vectors of texts that no document has any more."""
        unused = self.library.database.unused_keys(list(dict.fromkeys(self.publisher.dropped)))
        if unused:
            self.library.vectors.remove(unused)


def _same_on_disk(size: int | None, mtime_ns: int | None, source: Source) -> bool:
    return (
        size is not None
        and mtime_ns is not None
        and (size, mtime_ns) == (source.size, source.mtime_ns)
    )


def _was_there(file: FileRecord, source: Source) -> bool:
    return file.path == source.path or not place_of(file.source).exists()


def read_again(library: Library) -> None:
    """Read the records of files that an earlier version of the reader read, from their texts."""
    versions = library.database.ledger.versions()
    for file in library.database.files():
        if versions.get(file.id) != READER_VERSION:
            content = library.database.content(file.id)
            ledger = read_ledger(content.blocks, content.structure)
            library.database.ledger.put(file.id, READER_VERSION, ledger)


__all__ = ["BuildReport", "IndexingError", "Progress", "build_index", "check_roots", "read_again"]
