"""Read files in a process of their own: a hostile file ends that process, and nothing else.

PDF, Office and HTML files are read by native libraries. A file of 17 KB can make them
take 12 GB, or abort (both measured), so memory and time are limited, and a crash is
that file's error. The process is kept for the next file, since starting it takes
longer than reading most files does.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import IO

from index import errors
from index.errors import DamagedFileError, LoadError
from index.load.members import Opened
from index.records import LoadedFile

MEMORY = 3 << 30  # bytes of address space; 500,000 cells of Excel take 0.5 GB
SECONDS = 300.0  # for one file; 5,000 full pages of PDF take about 20
_START = "from index.load.apart import serve; serve()"
# What a reader made; or the name of an error with its message.
_Reply = LoadedFile | Opened | tuple[str, str]
_REMEDY = "文件可能已损坏或有意做成这样。请核实来源；能打开的，另存一份或拆成几个文件再导入。"


def read_apart(reader: str, content: bytes, seconds: float = SECONDS) -> LoadedFile:
    """Return what ``index.load.READER`` makes of ``content``.

    Raises:
        LoadError: as the reader raises it, or because it took too much memory or
            time, or crashed.
    """
    reply = _ask(reader, content, seconds)
    if isinstance(reply, LoadedFile):
        return reply
    raise TypeError(f"reader {reader} opens containers")


def open_apart(suffix: str, content: bytes, seconds: float = SECONDS) -> Opened:
    """Return the members of a container whose name ends in ``suffix``.

    Raises:
        LoadError: as :func:`read_apart`.
    """
    reply = _ask(suffix, content, seconds)
    if isinstance(reply, Opened):
        return reply
    raise TypeError(f"reader {suffix} reads documents")


def _ask(reader: str, content: bytes, seconds: float) -> LoadedFile | Opened:
    with _lock:
        return _reader_process().read(reader, content, seconds)


class _Process:
    """The reading process and its pipes."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._late = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, reader: str, content: bytes, seconds: float) -> LoadedFile | Opened:
        watch = threading.Timer(seconds, self._stop)
        watch.start()
        try:
            reply = self._exchange((reader, content))
        finally:
            watch.cancel()
        if isinstance(reply, LoadedFile | Opened):
            return reply
        self.close()  # it may hold memory that the file made it take
        if self._late:
            raise DamagedFileError(f"读了 {seconds:.0f} 秒还没有读完，已停止。{_REMEDY}")
        if reply is None:
            raise DamagedFileError(f"读取程序因这个文件中止。{_REMEDY}")
        name, message = reply
        known = getattr(errors, name, None)
        if known is not None and issubclass(known, LoadError):
            raise known(message)
        raise RuntimeError(message)  # a fault of ours: the traceback tells where

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _closed(pipe)
        self._process.wait()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _exchange(self, request: tuple[str, bytes]) -> _Reply | None:
        """Return the answer, None if the process ended before it gave one."""
        if self._process.stdin is None or self._process.stdout is None:
            return None
        try:
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
            reply: _Reply = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return reply


_lock = threading.Lock()
_current: list[_Process] = []  # at most one


def _reader_process() -> _Process:
    if _current and _current[0].alive:
        return _current[0]
    if not _current:
        atexit.register(_close_all)
    _close_all()
    _current.append(_Process())
    return _current[0]


def _close_all() -> None:
    while _current:
        _current.pop().close()


def _closed(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # what was left to write has nobody to read it
        pipe.close()


# ---- the other side


def serve() -> None:
    """Answer requests on standard input until it ends. Runs in the reading process."""
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            reader, content = pickle.load(requests)
        except EOFError:
            return
        pickle.dump(_answer(reader, content), answers)
        answers.flush()


def _answer(reader: str, content: bytes) -> _Reply:
    try:
        return _readers()[reader](content)
    except LoadError as error:
        return type(error).__name__, str(error)
    except MemoryError:
        return "DamagedFileError", f"读取时用的内存超过 {MEMORY >> 30} GB，已停止。{_REMEDY}"
    except RecursionError:
        return "DamagedFileError", f"内部套了太多层，已停止读取。{_REMEDY}"
    except Exception:  # told to the other side, which knows what to do with it
        return "", traceback.format_exc()


def _readers() -> dict[str, Callable[[bytes], LoadedFile | Opened]]:
    from index.load.containers import CONTAINER_SUFFIXES, open_here
    from index.load.excel import read_excel
    from index.load.markdown import read_markdown
    from index.load.pdf import read_pdf
    from index.load.text import read_text
    from index.load.web import read_web
    from index.load.web_saved import read_saved_page
    from index.load.word import read_word

    openers = {suffix: partial(open_here, suffix) for suffix in CONTAINER_SUFFIXES}
    return {
        **openers,
        "excel": read_excel,
        "markdown": read_markdown,
        "pdf": read_pdf,
        "saved_page": read_saved_page,
        "text": read_text,
        "web": read_web,
        "word": read_word,
    }


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; time is still limited
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ValueError, OSError):  # macOS refuses; time is still limited
        return
