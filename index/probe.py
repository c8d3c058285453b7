"""Try the vector store in a process of its own, before it is opened here.

A damaged store may end the process that opens it, or hang it; a store whose files
are gone in part answers without an error and misses most of what it holds.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexDamagedError, StoreError

if TYPE_CHECKING:
    from index.store import VectorStore

SECONDS = 60.0
NEAREST = 10  # a vector counts as found if it is among as many
SAME = 0.9999  # cosine of a vector and itself, after rounding
MISSED = 0.1  # share of trials that an approximate search may miss
_START = "from index.probe import serve; serve()"
REBUILD = "文字和台账不受影响；请运行 python -m index rebuild 重建检索库。"


@dataclass(frozen=True, slots=True)
class Trial:
    """What to try: ``ids`` whose ``vectors`` must be found, and the least number of ids there."""

    folder: Path
    ids: tuple[str, ...]
    vectors: np.ndarray
    expected: int


class Probe:
    """A trial that runs beside this process; ``wait`` tells how it ended."""

    def __init__(self, trial: Trial) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(p or str(Path.cwd()) for p in sys.path),
            },
            start_new_session=True,
        )
        self._trial = trial
        self._answer: bytes = b""
        self._late = False
        self._thread = threading.Thread(target=self._talk, name="probe", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return quietly if the store is sound.

        Raises:
            StoreError: it is locked by another program.
            IndexDamagedError: it is damaged, or what it should hold is not found.
        """
        self._thread.join()
        try:
            kind, message = pickle.loads(self._answer)
        except (EOFError, pickle.UnpicklingError):
            how = f"{SECONDS:.0f} 秒没有应答" if self._late else "读取时程序崩溃"
            raise IndexDamagedError(f"向量库已损坏（{how}）。{REBUILD}") from None
        if kind == "locked":
            raise StoreError(message)
        if kind != "sound":
            raise IndexDamagedError(message)

    def stop(self) -> None:
        """End it, whatever it found."""
        self._process.kill()
        self._thread.join()

    def _talk(self) -> None:
        try:
            self._answer, _ = self._process.communicate(pickle.dumps(self._trial), SECONDS)
        except subprocess.TimeoutExpired:
            self._late = True
            self._process.kill()
            self._process.communicate()


# ---- the other side


def serve() -> None:
    """Answer one trial on standard input. Runs in the probing process."""
    trial: Trial = pickle.load(sys.stdin.buffer)
    try:
        answer = ("sound", "") if not (wrong := fault(trial)) else ("damaged", wrong)
    except IndexDamagedError as error:
        answer = ("damaged", str(error))
    except StoreError as error:
        answer = ("locked", str(error))
    except Exception as error:
        answer = ("damaged", f"向量库不能读取（{type(error).__name__}）。{REBUILD}")
    pickle.dump(answer, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os._exit(0)  # the store's own threads are not waited for


def fault(trial: Trial) -> str | None:
    """Return what is wrong with a store, None if nothing was found."""
    from index.store import VectorStore

    store = VectorStore(trial.folder)
    try:
        if (have := store.size()) < trial.expected:
            return f"向量库只有 {have} 段，应有 {trial.expected} 段。{REBUILD}"
        if not trial.ids:
            return None
        missed = len(missing(store, trial.ids, trial.vectors))
        if missed > MISSED * len(trial.ids):
            return f"试查 {len(trial.ids)} 段，有 {missed} 段查不到：向量库不完整。{REBUILD}"
    finally:
        store.close()
    return None


def missing(store: VectorStore, ids: Sequence[str], vectors: np.ndarray) -> list[str]:
    """Return the ids that are not found by their own vectors, shape (len(ids), dimension).

    The same text in several documents has one vector: any of its ids will do.
    """
    if not len(ids):
        return []
    found = store.nearest(vectors, min(NEAREST, max(store.size(), 1)))
    lost = [n for n, (key, row) in enumerate(zip(ids, found, strict=True)) if key not in row]
    firsts = store.get(sorted({found[n][0] for n in lost if found[n]}))
    return [
        ids[n]
        for n in lost
        if not found[n]
        or found[n][0] not in firsts
        or float(firsts[found[n][0]][1] @ vectors[n]) < SAME
    ]
