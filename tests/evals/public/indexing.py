"""Indexes to ask: one of a set's passages, kept between runs; small ones, for a moment."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from index.build import build_index
from index.embed import PassageEncoder, load_encoder
from index.library import Library, open_library
from index.settings import IndexSettings, read_settings
from index.terminal import Bar
from index.vectors import open_vectors
from tests.evals.public.answers import code_state
from tests.evals.public.sets import Passage

BEFORE = time.time() - 60  # a file written just now would be hashed again at each run
TOLD = 5  # passages that are named if they cannot be indexed
PORTION = 2_000  # vectors copied at once


class Indexer:
    """Makes indexes below a folder, all with one encoder."""

    def __init__(self, work: Path, console: Console, encoder: PassageEncoder | None = None) -> None:
        self.work = work
        self._console = console
        self._settings = read_settings(work)
        self.encoder = encoder or load_encoder(
            self._settings.embedding_model,
            cache_dir=self._settings.cache_dir,
            precision=self._settings.precision,
        )

    def settings(self, data_dir: Path) -> IndexSettings:
        """Return the settings of the environment, for another data directory."""
        return read_settings(data_dir)

    @contextmanager
    def kept(self, passages: Sequence[Passage], *, any_code: bool = False) -> Iterator[Library]:
        """Yield an index of passages, each a file of its own, made only if it is not there.

        One made by other code is made anew with the vectors of the old one, so that only
        texts that are embedded otherwise take time; ``any_code`` takes the old one.
        """
        key = f"{_digest(passages)}-{self.encoder.precision}"
        corpus = self.work / "passages" / _digest(passages)
        if not corpus.exists():
            _write_passages(passages, corpus)
        older = sorted((self.work / "indexes").glob(f"{key}-*"), key=lambda p: p.stat().st_mtime)
        data_dir = self.work / "indexes" / f"{key}-{code_state('index')}"
        if any_code and older:
            data_dir = older[-1]
        with open_library(self.settings(data_dir), "评测", create=True) as library:
            self._lend_encoder(library)
            if not library.vectors.size():
                _carry_vectors(older, data_dir, library)
            with Bar(self._console) as bar:
                report = build_index([corpus], library, bar.show)
            for name, why in report.failed[:TOLD]:
                self._console.print(f"段落 {name} 没有进入索引：{why}", markup=False)
            for folder in older:
                if folder != data_dir:
                    shutil.rmtree(folder)
            yield library

    @contextmanager
    def small(self, texts: Sequence[str], title: str = "") -> Iterator[Library]:
        """Yield an index of a few texts; the files are named 1.txt, 2.txt and so on."""
        with tempfile.TemporaryDirectory(prefix="youju-eval-") as scratch:
            corpus = Path(scratch) / "documents"
            corpus.mkdir()
            for number, text in enumerate(texts, start=1):
                _write(corpus / f"{number}.txt", f"{title}\n{text}\n" if title else f"{text}\n")
            with self.of([corpus], Path(scratch) / "data") as library:
                yield library

    @contextmanager
    def of(self, documents: Sequence[Path], data_dir: Path) -> Iterator[Library]:
        """Yield an index of files and folders."""
        with open_library(self.settings(data_dir), "评测", create=True, probing=False) as library:
            self._lend_encoder(library)
            build_index(documents, library)
            yield library

    def _lend_encoder(self, library: Library) -> None:
        """Spare the index the loading of a model that is there already."""
        library.check_model(self.encoder.fingerprint)
        library.__dict__["encoder"] = self.encoder


def path_of(passage_id: str) -> str:
    """Return the name of a passage's document; ids may hold what file names cannot."""
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in passage_id)
    if safe == passage_id and len(safe) <= 80:
        return f"{safe}.txt"
    return f"{safe[:60]}-{hashlib.sha256(passage_id.encode()).hexdigest()[:10]}.txt"


def _digest(passages: Sequence[Passage]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.id}\0{passage.title}\0{passage.text}\0".encode())
    return digest.hexdigest()[:12]


def _write_passages(passages: Sequence[Passage], corpus: Path) -> None:
    """Write one file a passage; the folder appears only when it is complete."""
    making = corpus.with_name(f"{corpus.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for passage in passages:
        text = f"{passage.title}\n{passage.text}\n" if passage.title else f"{passage.text}\n"
        _write(making / path_of(passage.id), text)
    making.rename(corpus)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")
    os.utime(path, (BEFORE, BEFORE))


def _carry_vectors(older: Sequence[Path], data_dir: Path, library: Library) -> None:
    """Copy what the last index of the same passages knows; vectors are kept by their text."""
    kept = [p / "vectors.sqlite" for p in older if p != data_dir]
    if not kept or not kept[-1].exists():
        return
    vectors = open_vectors(kept[-1])
    try:
        keys = vectors.keys()
        for at in range(0, len(keys), PORTION):
            part = vectors.get(keys[at : at + PORTION])
            library.vectors.put(list(part), list(part.values()))  # type: ignore[arg-type]
    finally:
        vectors.close()
