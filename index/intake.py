"""Take documents in while the page is being used: uploads, watched folders, repairs.

One thread does all of it, one thing after another; whoever asks sees jobs.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

from index.build import BuildReport, Progress, build_index
from index.errors import IndexingError, LoadError
from index.jobs import Job, JobState
from index.library import Library
from index.load import SUPPORTED_SUFFIXES
from index.load.containers import CONTAINER_SUFFIXES
from index.originals import keep_original
from index.rebuild import RebuildStopped, rebuild
from index.sql import now
from index.watching import watch
from index.withdrawal import check_withdrawn, erase, reinstate, resume, withdraw

log = logging.getLogger(__name__)

JOBS_KEPT = 200
WAITING = ".waiting"  # folder, among the uploads, of those that are not yet looked at
MAX_NAME = 255  # bytes, of a file's name on most systems
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True, slots=True)
class _Task:
    """One thing to do; ``job`` is what is shown of it, if anything."""

    work: Callable[[], None]
    job: str | None = None


class Intake:
    """Takes files in, in the background. Its methods may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tasks: Queue[_Task | None] = Queue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turn = threading.Lock()
        self._stopped: set[str] = set()
        self._closing = threading.Event()
        self._rebuilding: tuple[int, int] | None = None
        self._threads: list[threading.Thread] = []

    def start(self, watched: Sequence[Path] = ()) -> None:
        """Begin to work; ``watched`` are folders from which what arrives is taken in."""
        left = sorted(self._library.uploads.glob(f"{WAITING}/*/*"))
        self._put(self._resume)
        for waiting in left:
            if waiting.parent.name not in self._jobs:  # of the program's last life
                self._queue(waiting.parent.name, waiting)
        self._begin(self._work, "intake")
        if watched:
            roots = [root.absolute() for root in watched]
            self._put(lambda: self._index(roots, None))
            self._begin(lambda: self._watch(roots), "watching")

    def close(self) -> None:
        """Stop at a safe place; what is not done is done after the next start."""
        self._closing.set()
        self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=60)

    # ---- what can be asked for

    def add(self, name: str, file: Path) -> str:
        """Take over an uploaded file; return the id of its job.

        Raises:
            LoadError: the name cannot be used, or there is no reader for such files.
        """
        clean = checked_name(name)
        job = uuid.uuid4().hex
        waiting = self._library.uploads / WAITING / job / clean
        waiting.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(str(file), waiting)
        self._queue(job, waiting)
        return job

    def jobs(self) -> list[Job]:
        """Return what was asked for lately, newest first."""
        with self._turn:
            return list(reversed(self._jobs.values()))

    def stop(self, job: str) -> None:
        """Stop a job that waits or is under way; one that is done stays done."""
        with self._turn:
            self._stopped.add(job)

    def rebuild(self) -> None:
        """Build the search stores anew, in the background."""
        with self._turn:
            if self._rebuilding is not None:
                return
            self._rebuilding = (0, 0)
        self._put(self._rebuild)

    def rebuilding(self) -> tuple[int, int] | None:
        """Return how far rebuilding is (done, in all), None when it is not going on."""
        return self._rebuilding

    def erase(self, path: str, by: str) -> None:
        """Hide a document at once, and erase it in the background.

        Raises:
            IndexingError: it is not signed, or there is no such document.
        """
        if any(file.path == path for file in self._library.files()):
            withdraw(self._library, path, by, "彻底删除")
        with self._turn:
            self._rebuilding = self._rebuilding or (0, 0)
        job = uuid.uuid4().hex
        self._show(Job(job, path, "waiting", at=now()))
        self._put(lambda: self._erase(job, path, by), job)

    def reinstate(self, path: str, by: str) -> None:
        """Take a withdrawn document back in: at once, or when what goes on is through.

        Raises:
            IndexingError: it is not signed, or was not withdrawn.
        """
        if self._library.writer.acquire(blocking=False):
            try:
                reinstate(self._library, path, by)
            finally:
                self._library.writer.release()
            return
        check_withdrawn(self._library, path, by)
        job = uuid.uuid4().hex
        self._show(Job(job, path, "waiting", at=now()))
        self._put(lambda: self._reinstate(job, path, by), job)

    # ---- the thread

    def _resume(self) -> None:
        """Finish what was under way when the program ended."""
        resume(self._library)
        uploads = self._library.uploads
        if uploads.exists():
            self._index([uploads], None)

    def _queue(self, job: str, waiting: Path) -> None:
        self._show(Job(job, waiting.name, "waiting", at=now()))
        place = self._library.uploads / waiting.name
        self._put(lambda: self._take_in(job, waiting, place), job)

    def _begin(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _put(self, work: Callable[[], None], job: str | None = None) -> None:
        self._tasks.put(_Task(work, job))

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None and not self._closing.is_set():
            try:
                task.work()
            except IndexingError as error:
                self._fail(task.job, str(error))
            except Exception as error:  # one file must not end the thread
                log.exception("a job failed")
                self._fail(task.job, f"出错了（{type(error).__name__}），没有收录。请再试一次。")

    def _fail(self, job: str | None, message: str) -> None:
        log.warning("%s", message)
        if job is not None:
            self._change(job, "failed", message=message)

    def _take_in(self, job: str, waiting: Path, place: Path) -> None:
        if self._is_stopped(job):
            if not self._closing.is_set():  # else it is taken in after the next start
                shutil.rmtree(waiting.parent, ignore_errors=True)
            self._change(job, "stopped")
            return
        self._allow(waiting)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            keep_original(self._library, place)
        waiting.replace(place)
        waiting.parent.rmdir()
        self._change(job, "reading")
        report = build_index(
            [place],
            self._library,
            lambda progress: self._advance(job, progress),
            stop=lambda: self._is_stopped(job),
            by="网页上传",
        )
        self._settle(job, report)

    def _allow(self, file: Path) -> None:
        """Let an erased content in again: somebody uploads it on purpose."""
        with file.open("rb") as stream:
            self._library.database.allow_again(hashlib.file_digest(stream, "sha256").hexdigest())

    def _advance(self, job: str, progress: Progress) -> None:
        if progress.total:
            self._change(job, "embedding", progress.done, progress.total)

    def _settle(self, job: str, report: BuildReport) -> None:
        notes = "\n".join(note for _, note in report.notes)
        failed = "\n".join(
            why if path == self._jobs[job].name else f"{path}：{why}" for path, why in report.failed
        )
        took = report.added or report.changed
        state: JobState = "done"
        if report.stopped:
            state = "stopped"
        elif report.failed and not took:
            state = "failed"
        elif report.kept_out and not took:
            state, notes = "unchanged", "\n".join(why for _, why in report.kept_out)
        elif report.unchanged and not took:
            state = "unchanged"
        self._change(job, state, message="\n".join(filter(None, [failed, notes])))

    def _index(self, roots: list[Path], only: set[Path] | None) -> None:
        report = build_index(
            [root for root in roots if root.exists()],
            self._library,
            only=only,
            stop=self._closing.is_set,
            by="监视文件夹",
        )
        taken = [*report.added, *report.changed]
        for name in taken:
            self._show(Job(uuid.uuid4().hex, name, "done", at=now()))
        for name, why in report.failed:
            if only is not None:
                self._show(Job(uuid.uuid4().hex, name, "failed", message=why, at=now()))

    def _watch(self, roots: list[Path]) -> None:
        for changed in watch(roots, self._closing, [self._library.settings.data_dir]):
            self._put(lambda changed=changed: self._index(roots, changed))  # type: ignore[misc]

    def _rebuild(self) -> None:
        try:
            rebuild(self._library, self._rebuilt, self._closing.is_set)
        except RebuildStopped:
            log.info("rebuilding was stopped")
        finally:
            self._rebuilding = None

    def _rebuilt(self, done: int, total: int) -> None:
        self._rebuilding = (done, total)

    def _erase(self, job: str, path: str, by: str) -> None:
        try:
            left = erase(self._library, path, by, self._rebuilt)
        finally:
            self._rebuilding = None
        message = "原文件还在资料文件夹里，不会再被收录；需要时请自行删除。" if left else ""
        self._change(job, "erased", message=message)

    def _reinstate(self, job: str, path: str, by: str) -> None:
        reinstate(self._library, path, by)
        self._change(job, "done")

    # ---- what is shown

    def _is_stopped(self, job: str) -> bool:
        with self._turn:
            return job in self._stopped or self._closing.is_set()

    def _show(self, job: Job) -> None:
        with self._turn:
            self._jobs[job.id] = job
            while len(self._jobs) > JOBS_KEPT:
                self._jobs.popitem(last=False)

    def _change(
        self, job: str, state: JobState, done: int = 0, total: int = 0, message: str = ""
    ) -> None:
        with self._turn:
            held = self._jobs.get(job)
            if held is not None:
                self._jobs[job] = replace(
                    held, state=state, done=done, total=total, message=message, at=now()
                )

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until nothing is left to do; tell whether that was reached in time."""
        done = threading.Event()
        self._put(done.set)
        return done.wait(seconds)


def checked_name(name: str) -> str:
    """Return the base name of an uploaded file, made safe.

    Raises:
        LoadError: it cannot be used, or there is no reader for such files.
    """
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if not stem or not dot:
        raise LoadError(f"文件名“{shown[:40]}”没有扩展名或名称。请改名后再上传。")
    supported = (*SUPPORTED_SUFFIXES, *CONTAINER_SUFFIXES)
    if f".{suffix.lower()}" not in supported:
        raise LoadError(f"不能读取“.{suffix[:10]}”格式；能读取的是 {'、'.join(supported)}。")
    if stem.split(".")[0].strip().lower() in _DEVICES:
        raise LoadError(f"“{shown}”是 Windows 保留的名称。请改名后再上传。")
    if len(shown.encode()) > MAX_NAME:
        raise LoadError("文件名太长（超过 255 字节）。请改短后再上传。")
    return shown
