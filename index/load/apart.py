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
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from index import errors
from index.errors import DamagedFileError, LoadError
from index.load.members import Opened
from index.records import LoadedFile

MEMORY = 3 << 30  # bytes of address space; 500,000 cells of Excel take 0.5 GB
SECONDS = 300.0  # for one file; 5,000 full pages of PDF take about 90
_START = "from index.load.apart import serve; serve()"


@dataclass(frozen=True, slots=True)
class Grant:
    """Seconds more, from now on, that the reading process asks for: it is not stuck."""

    seconds: float


# What a reader made; or the name of an error with its message.
_Made = LoadedFile | Opened | bytes | int
_Reply = _Made | tuple[str, str]
_Request = tuple[str, bytes, tuple[int, ...]]  # a reader, a file, and what else it needs to know
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


def render_apart(task: str, content: bytes, *given: int, seconds: float) -> bytes | int:
    """Return what a task of ``index.pages`` makes of ``content``; reading does not hold it up.

    Raises:
        LoadError: as :func:`read_apart`.
    """
    reply = _ask(task, content, seconds, *given, lane="show")
    if isinstance(reply, bytes | int):
        return reply
    raise TypeError(f"task {task} reads documents")


def grant(seconds: float) -> None:
    """Ask for more time, in the reading process; elsewhere nothing waits, and nothing is done."""
    for answers in _answering:
        pickle.dump(Grant(seconds), answers)
        answers.flush()


def _ask(reader: str, content: bytes, seconds: float, *given: int, lane: str = "read") -> _Made:
    with _locks[lane]:
        return _reader_process(lane).read((reader, content, given), seconds)


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
        self._watch: threading.Timer | None = None

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, request: _Request, seconds: float) -> _Made:
        began = time.monotonic()
        self._watch_for(seconds)
        try:
            reply = self._exchange(request)
        finally:
            self._watch_for(None)
        if isinstance(reply, _Made):
            return reply
        self.close()  # it may hold memory that the file made it take
        if self._late:
            took = max(time.monotonic() - began, seconds)
            raise DamagedFileError(f"读了 {took:.0f} 秒还没有读完，已停止。{_REMEDY}")
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

    def _watch_for(self, seconds: float | None) -> None:
        """End the process after so many seconds from now; None: no more."""
        if self._watch is not None:
            self._watch.cancel()
        self._watch = None if seconds is None else threading.Timer(seconds, self._stop)
        if self._watch is not None:
            self._watch.start()

    def _exchange(self, request: _Request) -> _Reply | None:
        """Return the answer, None if the process ended before it gave one."""
        if self._process.stdin is None or self._process.stdout is None:
            return None
        try:
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
            reply: _Reply | Grant = pickle.load(self._process.stdout)
            while isinstance(reply, Grant):
                self._watch_for(reply.seconds)
                reply = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return reply


# A page is shown while another file is still being read: two processes, started when needed.
_locks = {"read": threading.Lock(), "show": threading.Lock()}
_current: dict[str, _Process] = {}
_answering: list[IO[bytes]] = []  # where the reading process answers


def _reader_process(lane: str = "read") -> _Process:
    known = _current.pop(lane, None)
    if known is not None and known.alive:
        _current[lane] = known
        return known
    if known is not None:
        known.close()
    atexit.unregister(_close_all)
    atexit.register(_close_all)
    _current[lane] = _Process()
    return _current[lane]


def _close_all() -> None:
    while _current:
        _current.popitem()[1].close()


def _closed(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # what was left to write has nobody to read it
        pipe.close()


# ---- the other side


def serve() -> None:
    """Answer requests on standard input until it ends. Runs in the reading process."""
    _limit_memory()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _answering.append(answers)
    while True:
        try:
            request = pickle.load(requests)
        except EOFError:
            return
        pickle.dump(_answer(*request), answers)
        answers.flush()


def _answer(reader: str, content: bytes, given: tuple[int, ...] = ()) -> _Reply:
    try:
        return _readers()[reader](content, *given)
    except LoadError as error:
        return type(error).__name__, str(error)
    except MemoryError:
        return "DamagedFileError", f"读取时用的内存超过 {MEMORY >> 30} GB，已停止。{_REMEDY}"
    except RecursionError:
        return "DamagedFileError", f"内部套了太多层，已停止读取。{_REMEDY}"
    except Exception:  # told to the other side, which knows what to do with it
        return "", traceback.format_exc()


def _readers() -> dict[str, Callable[..., _Made]]:
    from index import pages
    from index.load.containers import CONTAINER_SUFFIXES, open_here
    from index.load.delimited import read_delimited
    from index.load.excel import read_excel
    from index.load.image import read_image
    from index.load.markdown import read_markdown
    from index.load.ofd import read_ofd
    from index.load.old_office import (
        read_old_sheets,
        read_old_slides,
        read_old_word,
        read_open_document,
        read_rich_text,
    )
    from index.load.pdf import read_pdf
    from index.load.slides import read_slides
    from index.load.text import read_text
    from index.load.web import read_web
    from index.load.web_saved import read_saved_page
    from index.load.word import read_word

    openers = {suffix: partial(open_here, suffix) for suffix in CONTAINER_SUFFIXES}
    return {
        **openers,
        "delimited": read_delimited,
        "excel": read_excel,
        "markdown": read_markdown,
        "old_sheets": read_old_sheets,
        "old_slides": read_old_slides,
        "old_word": read_old_word,
        "open_document": read_open_document,
        "rich_text": read_rich_text,
        "pdf": read_pdf,
        "image": read_image,
        "ofd": read_ofd,
        "count_pdf": pages.count_pdf,
        "draw_pdf": pages.draw_pdf,
        "count_image": pages.count_image,
        "draw_image": pages.draw_image,
        "count_ofd": pages.count_ofd,
        "draw_ofd": pages.draw_ofd,
        "saved_page": read_saved_page,
        "slides": read_slides,
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
