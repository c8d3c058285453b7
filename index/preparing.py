"""Read files ahead in a process of its own, while this one computes vectors.

There a file becomes all that the index keeps of it: text, structure, records,
chunks. Whatever a hostile file does to that process is that file's error.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index.errors import LoadError
from index.ledger.reader import read_ledger
from index.ledger.records import FileLedger
from index.lexical import segmented
from index.load import load_content, read_content
from index.load.containers import CONTAINER_SUFFIXES, Opened, open_container
from index.records import Chunk, LoadedFile, Structure
from index.split import split_document
from index.structure import read_structure
from index.vectors import text_key

SECONDS = 1800.0  # for one file; the readers have limits of their own below this
MEMORY = 6 << 30  # bytes of address space
AHEAD = 4  # files that are ready before they are needed
_log = logging.getLogger(__name__)
_START = "from index.preparing import serve; serve()"


class Counter(Protocol):
    """Counts tokens as the embedding model does; it can be pickled."""

    max_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read: on disk, or the bytes ``content`` of a member of an archive.

    ``name`` is its path in the index. If its content has the hash ``known``, it is
    not read again.
    """

    name: str
    file: Path
    content: bytes | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that the index keeps of a file. ``chunks`` come with the key of what is embedded.

    ``texts`` are what is embedded, ``words`` their lexical units, one a chunk.
    """

    sha256: str
    loaded: LoadedFile
    structure: Structure
    ledger: FileLedger
    chunks: list[tuple[Chunk, str]]
    texts: list[str]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Same:
    """The file has the content that was known."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The file is an archive or a mail."""

    sha256: str
    opened: Opened


@dataclass(frozen=True, slots=True)
class Failed:
    """The file cannot be read: ``reason`` is a sentence, ``fault`` our traceback if any."""

    sha256: str
    reason: str
    fault: str = ""


Reply = Prepared | Same | Unpacked | Failed


def prepare(request: Request, counter: Counter) -> Reply:
    """Return what is in a file. Runs in the worker."""
    sha256 = ""
    try:
        content = read_content(request.file) if request.content is None else request.content
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 == request.known:
            return Same(sha256)
        if request.content is None and request.name.lower().endswith(CONTAINER_SUFFIXES):
            return Unpacked(sha256, open_container(request.name, content))
        loaded = load_content(request.name, content)
        structure = read_structure(loaded, request.name)
    except LoadError as error:
        return Failed(sha256, str(error))
    except MemoryError:
        return Failed(sha256, "读取时内存不足，已停止。请拆成几个文件再导入。")
    except Exception as error:  # a hostile file must not stop the others
        reason = f"读取时出错（{type(error).__name__}）。文件可能已损坏；请另存一份后再试。"
        return Failed(sha256, reason, traceback.format_exc())
    return read_parts(sha256, loaded, structure, counter)


def read_parts(sha256: str, loaded: LoadedFile, structure: Structure, counter: Counter) -> Prepared:
    """Return a loaded file with its records and chunks."""
    chunks = split_all(loaded, structure, counter)
    texts = [embedded_text(chunk, structure) for chunk in chunks]
    keyed = [(chunk, text_key(text)) for chunk, text in zip(chunks, texts, strict=True)]
    try:
        ledger = read_ledger(loaded.blocks, structure)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours; the text is found and quoted all the same
        _log.exception("no records were read")
        ledger = FileLedger()
        fault = type(error).__name__
        note = f"没有读出台账（{fault}），全文照常可查、可引用。请把文件发给开发者。"
        loaded = replace(loaded, notes=(*loaded.notes, note))
    words = [segmented(text) for text in texts]
    return Prepared(sha256, loaded, structure, ledger, keyed, texts, words)


def split_all(loaded: LoadedFile, structure: Structure, counter: Counter) -> list[Chunk]:
    """Return the chunks of all documents of a file."""
    return [
        chunk
        for document in structure.documents
        for chunk in split_document(
            loaded.text,
            structure,
            document.ordinal,
            loaded.blocks,
            counter.count_tokens,
            max_tokens=counter.max_tokens,
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


class Preparer:
    """Reads files in another process, one after the other, and keeps it for later ones."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def stream(
        self,
        requests: Iterable[Request],
        members: Callable[[Request, Unpacked], Iterable[Request]] = lambda *_: (),
    ) -> Iterator[tuple[Request, Reply]]:
        """Yield each request with its reply, in order, read ahead while the caller is busy.

        ``members`` makes requests of what an archive holds; they come next.
        """
        ready: queue.Queue[tuple[Request, Reply] | BaseException | None]
        ready = queue.Queue(maxsize=AHEAD)
        stop = threading.Event()

        def work() -> None:
            try:
                for outer in requests:
                    todo = [outer]
                    while todo and not stop.is_set():
                        request = todo.pop(0)
                        reply = self.read(request)
                        ready.put((request, reply))
                        if isinstance(reply, Unpacked):
                            todo[:0] = members(request, reply)
                    if stop.is_set():
                        return
                ready.put(None)
            except BaseException as error:  # the caller is the one to hear of it
                ready.put(error)

        thread = threading.Thread(target=work, name="preparing", daemon=True)
        thread.start()
        try:
            while (item := ready.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stop.set()
            while thread.is_alive():  # it may wait for room
                with contextlib.suppress(queue.Empty):
                    ready.get(timeout=0.05)

    def read(self, request: Request) -> Reply:
        """Return what is in one file."""
        with _lock:
            return _worker(self._counter).read(request)


class _Worker:
    """The other process and its pipes; ``counter`` is what it was started with."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,  # Ctrl-C is for this process to hear, and to act on
        )
        self._late = False
        self._send(counter)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, request: Request) -> Reply:
        watch = threading.Timer(SECONDS, self._stop)
        watch.daemon = True
        watch.start()
        try:
            self._send(request)
            reply = self._receive()
        finally:
            watch.cancel()
        if reply is not None:
            return reply
        self.close()
        why = f"读了 {SECONDS:.0f} 秒还没有读完" if self._late else "读取程序因这个文件中止"
        return Failed(
            "", f"{why}。文件可能已损坏或有意做成这样。请核实来源；能打开的，拆成几个文件再导入。"
        )

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was left to write has no reader
                    pipe.close()
        self._process.wait()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _send(self, message: object) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has ended; receiving will tell
                pickle.dump(message, self._process.stdin)
                self._process.stdin.flush()

    def _receive(self) -> Reply | None:
        if self._process.stdout is None:
            return None
        try:
            reply: Reply = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return reply


_lock = threading.Lock()
_current: list[_Worker] = []  # at most one: starting it takes longer than most files


def _worker(counter: Counter) -> _Worker:
    if _current and _current[0].alive and _current[0].counter == counter:
        return _current[0]
    if not _current:
        atexit.register(close_worker)
    close_worker()
    _current.append(_Worker(counter))
    return _current[0]


def close_worker() -> None:
    """End the worker, if there is one."""
    while _current:
        _current.pop().close()


# ---- the other side


def serve() -> None:
    """Answer requests on standard input until it ends. Runs in the worker."""
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        counter: Counter = pickle.load(requests)
        while True:
            reply = _guarded(pickle.load(requests), counter)
            pickle.dump(reply, answers)
            answers.flush()
    except (EOFError, BrokenPipeError):  # the process that asked has ended
        return


def _guarded(request: Request, counter: Counter) -> Reply:
    try:
        return prepare(request, counter)
    except MemoryError:
        return Failed("", "读取时内存不足，已停止。请拆成几个文件再导入。")
    except Exception as error:  # a fault of ours; the file is named, and the rest goes on
        reason = f"整理时出错（{type(error).__name__}），没有收录。请把这个文件发给开发者。"
        return Failed("", reason, traceback.format_exc())


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has limits
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


__all__ = [
    "Counter",
    "Failed",
    "Prepared",
    "Preparer",
    "Request",
    "Same",
    "Unpacked",
    "close_worker",
    "embedded_text",
    "prepare",
]
