"""Make prepared files searchable, then visible: vectors, stores, and one step in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.cleaning import discard
from index.database import ContainerRecord, NewFile
from index.ledger.reader import READER_VERSION
from index.library import Library
from index.preparing import Prepared
from index.sources import Source

if TYPE_CHECKING:
    import numpy as np

WRITE = 256  # chunks written at once, while answers wait


class Stopped(Exception):
    """The run was asked to stop, and did at a safe place."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is ready to be published."""

    source: Source
    prepared: Prepared


class Publisher:
    """Publishes files in groups.

    ``chunks`` counts those published, ``hashes`` are the contents by path, ``dropped``
    the keys of texts that older versions had. ``after`` are archives to record once
    all their members are published.
    """

    def __init__(
        self, library: Library, progress: Callable[[int, int, str], None], by: str
    ) -> None:
        self._library = library
        self._progress = progress
        self._by = by
        self._fresh = False  # whether the index knows which model it is of
        self.chunks = 0
        self.hashes: dict[str, str] = {}
        self.dropped: list[str] = []
        self.after: list[ContainerRecord] = []

    def publish(self, waiting: Sequence[Waiting], stop: Callable[[], bool]) -> None:
        """Publish files together: all of them become visible in one step.

        Raises:
            Stopped: ``stop`` said so; the vectors made so far are kept.
        """
        self._name_model()
        database = self._library.database
        file_ids = database.add_pending(
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
        vectors = self._vectors(keys, texts, waiting[-1].source.path, stop)
        for at in range(0, len(ids), WRITE):
            part = slice(at, at + WRITE)
            with self._library.guarded():
                self._library.store.add(ids[part], texts[part], vectors[part], samples[part])
                self._library.lexical.add_segmented(zip(ids[part], words[part], strict=True))
        replaced = database.publish(file_ids, self._by)
        self._library.refresh()
        self.dropped += discard(replaced, self._library)
        self.chunks += len(ids)
        self.hashes.update((item.source.path, item.prepared.sha256) for item in waiting)

    def finish(self) -> None:
        """Record the archives whose members are all published."""
        for container in self.after:
            self._library.database.record_container(container)
        self.after.clear()

    def _vectors(
        self, keys: Sequence[str], texts: Sequence[str], current: str, stop: Callable[[], bool]
    ) -> np.ndarray:
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            self._progress(done, len(keys), current)
            if stop() and done < len(keys):
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
