"""Make prepared files searchable, then visible: vectors, stores, and one step in SQL."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from index.cleaning import discard
from index.database import ContainerRecord, NewFile
from index.ledger.reader import READER_VERSION
from index.library import Library
from index.preparing import Prepared
from index.sources import Source

if TYPE_CHECKING:
    import numpy as np

WRITE = 288  # chunks written at once, while answers wait
BEHIND = 3  # pieces of writing that may be behind what is computed


class Stopped(Exception):
    """The run was asked to stop, and did at a safe place."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is ready to be published."""

    source: Source
    prepared: Prepared


class Publisher:
    """Publishes files in groups; one thread writes while the caller computes. Use in a ``with``.

    ``chunks`` counts those published, ``hashes`` are the contents by path, ``dropped``
    the keys of texts that older versions had. ``after`` are archives to record once
    all their members are published.
    """

    def __init__(
        self,
        library: Library,
        by: str,
        progress: Callable[[int, int, str], None] = lambda *_: None,
        published: Callable[[Sequence[Waiting]], None] = lambda _: None,
    ) -> None:
        """Publish into ``library``, signed ``by``.

        Args:
            library: an index that is held open.
            by: who signs for it in the audit trail.
            progress: called with chunks done, in all, and the path of the last file.
            published: called, in the caller's thread, with each group that is visible.
        """
        self._library = library
        self._progress = progress
        self._published = published
        self._by = by
        self._fresh = False  # whether the index knows which model it is of
        self._writer = ThreadPoolExecutor(1, "writing")
        self._writing: deque[tuple[Future[None], Sequence[Waiting]]] = deque()
        self._broken: BaseException | None = None
        self.chunks = 0
        self.hashes: dict[str, str] = {}
        self.dropped: list[str] = []
        self.after: list[ContainerRecord] = []

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.shutdown(cancel_futures=True)

    def publish(self, waiting: Sequence[Waiting], stop: Callable[[], bool] = lambda: False) -> None:
        """Begin to publish files together: all of them become visible in one step.

        Raises:
            Stopped: ``stop`` said so; the vectors made so far are kept.
            StoreError: something could not be written.
        """
        self._name_model()
        file_ids = self._library.database.add_pending(
            [(_new_file(item), item.prepared.ledger) for item in waiting], READER_VERSION
        )
        keys = [key for item in waiting for _, key in item.prepared.chunks]
        texts = [text for item in waiting for text in item.prepared.texts]
        ids = [
            f"{file_id}-{n}"
            for file_id, item in zip(file_ids, waiting, strict=True)
            for n in range(len(item.prepared.chunks))
        ]
        samples = [item.source.sample for item in waiting for _ in item.prepared.chunks]
        words = [units for item in waiting for units in item.prepared.words]
        current = waiting[-1].source.path
        for at in range(0, len(ids), WRITE):
            part = slice(at, at + WRITE)
            vectors = self._vectors(keys[part], texts[part], (at, len(ids), current), stop)
            self._begin(
                partial(self._write, ids[part], texts[part], vectors, samples[part], words[part])
            )
        self._begin(partial(self._show, file_ids), waiting)

    def drain(self) -> None:
        """Wait until everything is written.

        Raises:
            StoreError: something could not be.
        """
        while self._writing:
            self._reap()

    def _begin(self, work: Callable[[], None], waiting: Sequence[Waiting] = ()) -> None:
        while len(self._writing) >= BEHIND:
            self._reap()
        self._writing.append((self._writer.submit(self._unless_broken, work), waiting))

    def _reap(self) -> None:
        future, waiting = self._writing.popleft()
        future.result()
        if waiting:
            self.chunks += sum(len(item.prepared.chunks) for item in waiting)
            self.hashes.update((item.source.path, item.prepared.sha256) for item in waiting)
            self._published(waiting)

    # ---- in the writing thread

    def _unless_broken(self, work: Callable[[], None]) -> None:
        """Do nothing more once something failed: what was not written must not be shown."""
        if self._broken is not None:
            raise self._broken
        try:
            work()
        except BaseException as error:
            self._broken = error
            raise

    def _write(
        self,
        ids: Sequence[str],
        texts: Sequence[str],
        vectors: np.ndarray,
        samples: Sequence[bool],
        words: Sequence[str],
    ) -> None:
        with self._library.guarded():
            self._library.store.add(ids, texts, vectors, samples)
            self._library.lexical.add_segmented(zip(ids, words, strict=True))

    def _show(self, file_ids: Sequence[int]) -> None:
        replaced = self._library.database.publish(file_ids, self._by)
        self._library.refresh()
        self.dropped += discard(replaced, self._library)

    # ----

    def finish(self) -> None:
        """Record the archives whose members are all published."""
        for container in self.after:
            self._library.database.record_container(container)
        self.after.clear()

    def _vectors(
        self,
        keys: Sequence[str],
        texts: Sequence[str],
        place: tuple[int, int, str],
        stop: Callable[[], bool],
    ) -> np.ndarray:
        done, total, current = place

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._progress(done, total, current)
            if stop() and done < total:
                raise Stopped

        return self._library.vectors.embed(keys, texts, lambda: self._library.encoder, advance)

    def _name_model(self) -> None:
        if self._fresh:
            return
        database, library = self._library.database, self._library
        if database.meta("model") is None:
            database.set_meta("model", library.model_name)
        if database.meta("fingerprint") is None:
            database.set_meta("fingerprint", library.encoder.fingerprint)
            library.vectors.use(library.encoder.fingerprint)
        self._fresh = True


def _new_file(item: Waiting) -> NewFile:
    source, prepared = item.source, item.prepared
    whole = source.member is None
    return NewFile(
        source.path, source.key, prepared.sha256, source.sample,
        prepared.loaded, prepared.structure, prepared.chunks,
        source.size if whole else None, source.mtime_ns if whole else None,
    )  # fmt: skip
