"""One process owns a data directory: Chroma loses vectors in silence otherwise."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, StoreError

WAIT_SECONDS = 1.0  # the contract: refuse within two seconds


@contextmanager
def owned(data_dir: Path, purpose: str) -> Iterator[None]:
    """Hold ``data_dir`` alone while the block runs; ``purpose`` is told to others.

    Raises:
        IndexBusyError: another process holds it; the message names it.
        StoreError: the folder cannot be made or written.
    """
    lock = FileLock(data_dir / "lock")
    holder = data_dir / "holder.json"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=WAIT_SECONDS, poll_interval=0.05)
    except Timeout:
        raise IndexBusyError(
            f"数据目录 {data_dir} 正由{_describe(holder)}使用，同一时间只能有一个程序使用它。"
            "请等它结束或先关闭它，再试一次；也可以用 --data-dir 指定另一个目录。"
        ) from None
    except OSError as error:
        raise StoreError(
            f"数据目录 {data_dir} 不能写入（{error.strerror or error}）。"
            "请检查权限和剩余空间，或用 --data-dir 指定另一个目录。"
        ) from error
    try:
        _write_holder(holder, purpose)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _write_holder(holder: Path, purpose: str) -> None:
    about = {"pid": os.getpid(), "purpose": purpose, "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
    try:
        holder.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"数据目录 {holder.parent} 不能写入（{error.strerror or error}）。"
            "请检查权限和剩余空间。"
        ) from error


def _describe(holder: Path) -> str:
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        return f"{about['purpose']}（进程 {about['pid']}，自 {about['since']}）"
    except (OSError, ValueError, KeyError):
        return "另一个程序"
