"""How the commands show progress, reports and interruptions in a terminal."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as RichProgress

from index.build import BuildReport, Progress, build_index
from index.errors import IndexingError
from index.watching import watch

if TYPE_CHECKING:
    from index.library import Library
    from index.verify import Verification

WINDOW = 30.0  # seconds over which speed is told
NAMES_SHOWN = 40  # characters of the file at hand


class Bar:
    """A progress bar with files, chunks, speed and time left. Use it in a ``with``."""

    def __init__(self, console: Console) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[about]}"),
            console=console,
        )
        self._task: Any = None
        self._began = time.monotonic()
        self._seen: deque[tuple[float, int]] = deque()

    def __enter__(self) -> Bar:
        self._bar.start()
        self._task = self._bar.add_task("准备", total=None, about="")
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Show where indexing stands."""
        chunks = progress.chunks + progress.done
        part = progress.done / progress.total if progress.total else 0.0
        files = progress.files_done + part
        about = f"{progress.files_done}/{progress.files} 个文件 · {chunks} 段"
        speed = self._speed(chunks)
        if speed:
            about += f" · {speed:.0f} 段/秒"
        share = progress.work / progress.total_work if progress.total_work else 0.0
        about += self._left(share)
        self._bar.update(
            self._task,
            total=progress.files or None,
            completed=files,
            description=escape(plain(progress.current[-NAMES_SHOWN:])) or "完成",
            about=about,
        )

    def show_work(self, done: int, total: int) -> None:
        """Show work of which only the amount is known."""
        about = f"{done}/{total}{self._left(done / total if total else 0.0)}"
        self._bar.update(
            self._task, total=total or None, completed=done, description="进行中", about=about
        )

    def _speed(self, chunks: int) -> float:
        now = time.monotonic()
        self._seen.append((now, chunks))
        while now - self._seen[0][0] > WINDOW:
            self._seen.popleft()
        began, first = self._seen[0]
        return (chunks - first) / (now - began) if now - began > 1 else 0.0

    def _left(self, share: float) -> str:
        spent = time.monotonic() - self._began
        if not 0.01 < share < 1 or spent < 2:
            return ""
        return f" · 约剩 {timedelta(seconds=round(spent / share - spent))}"


class Interrupt:
    """Lets Ctrl-C ask for an end at a safe place; a second one ends at once."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self._before: Any = None

    def asked(self) -> bool:
        """Tell whether somebody pressed Ctrl-C."""
        return self.event.is_set()

    def __enter__(self) -> Interrupt:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _press(self, number: int, frame: FrameType | None) -> None:
        self.event.set()
        sys.stderr.write("\n正在停止：做完手上这一批就停；再按一次立即停止。\n")
        if callable(self._before):
            signal.signal(number, self._before)  # the next one ends at once


def plain(text: str) -> str:
    """Return ``text`` without what could move the cursor or turn the direction of writing."""
    return "".join(c if c.isprintable() else "�" for c in text)


def emit_report(report: BuildReport, console: Console) -> None:
    """Print what a run did."""
    renamed = f"，改名 {len(report.renamed)}" if report.renamed else ""
    out = f"，不收录 {len(report.kept_out)}" if report.kept_out else ""
    console.print(
        f"新增 {len(report.added)}，更改 {len(report.changed)}，移除 {len(report.removed)}"
        f"{renamed}，未变 {len(report.unchanged)}{out}，失败 {len(report.failed)}；"
        f"嵌入 {report.chunks} 段",
        markup=False,
    )
    for label, names in (
        ("新增", report.added),
        ("更改", report.changed),
        ("移除", report.removed),
        ("改名", [f"{old} → {new}" for old, new in report.renamed]),
    ):
        for name in names:
            console.print(f"  {label}  {plain(name)}", markup=False)
    for label, reasons in (
        ("不收录", report.kept_out),
        ("失败", report.failed),
        ("注意", report.notes),
    ):
        for name, reason in reasons:
            console.print(f"  {label}  {plain(name)}：{reason}", markup=False)
    if report.stopped:
        console.print("已停止；做完的都在。再运行同一条命令，就接着做。", markup=False)


def emit_verification(found: Verification, console: Console) -> None:
    """Print what was proved of an index."""
    console.print(
        f"文件 {found.files}，段 {found.chunks}，向量 {found.vectors}，记录 {found.records}；"
        f"问题 {len(found.problems)}",
        markup=False,
    )
    for label, lines in (("问题", found.problems), ("说明", found.remarks)):
        for line in lines:
            console.print(f"  {label}  {plain(line)}", markup=False)
    if not found.problems:
        console.print("索引完好。", markup=False)


def watch_folders(
    roots: Sequence[Path], library: Library, interrupt: Interrupt, console: Console
) -> None:
    """Index what changes under the roots until Ctrl-C."""
    console.print("正在监视，按 Ctrl+C 停止。", markup=False)
    places = [root.absolute() for root in roots]
    for changed in watch(places, interrupt.event, [library.settings.data_dir]):
        try:
            report = build_index(places, library, only=changed, stop=interrupt.asked)
        except IndexingError as error:  # one that comes and goes must not end the watching
            console.print(str(error), markup=False, style="red")
            continue
        if report.added or report.changed or report.removed or report.renamed or report.failed:
            emit_report(report, console)
