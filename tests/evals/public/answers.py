"""What was answered so far, a line a question, so that a run that was cut off goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from tests.evals.public.errors import EvaluationError

PROJECT = Path(__file__).parents[3]
SURROGATES = "backslashreplace"  # half a character, written as JSON escapes it
Record = dict[str, Any]


def code_state(*packages: str) -> str:
    """Return a name for the code of packages as it is on the disk: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted((PROJECT / package).rglob("*")):
            if path.suffix in (".py", ".txt", ".tsv"):
                digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


class AnswerLog:
    """The records of one part of a set, by question id. Open it with ``open_log``."""

    def __init__(self, path: Path, code: str, records: dict[str, Record]) -> None:
        self._path = path
        self._code = code
        self.records = records

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def add(self, key: str, record: Record) -> None:
        """Keep a record; it is on the disk when this returns."""
        kept = {"id": key, "code": self._code, **record}
        self.records[key] = kept
        with self._path.open("a", encoding="utf-8", errors=SURROGATES) as file:
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


@contextmanager
def open_log(
    path: Path, code: str, *, fresh: bool = False, any_code: bool = False
) -> Iterator[AnswerLog]:
    """Hold a log and yield it with the records that still count.

    Those made by other code are dropped unless ``any_code``: they would be passed off
    as what the code does now. ``fresh`` drops all.

    Raises:
        EvaluationError: another run holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise EvaluationError(
            f"另一个评测正在写 {path}。请等它结束，或用 --work 指定另一个文件夹。"
        ) from None
    try:
        kept = {
            record["id"]: record
            for record in _read(path)
            if not fresh and (any_code or record["code"] == code)
        }
        _write(path, kept)
        yield AnswerLog(path, code, kept)
    finally:
        lock.release()


def _read(path: Path) -> Iterator[Record]:
    """Yield what can be read; a line that a kill cut off is asked again."""
    if not path.exists():
        return
    for line in path.read_text("utf-8", errors="replace").split("\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and "id" in record and "code" in record:
            yield record


def _write(path: Path, records: dict[str, Record]) -> None:
    making = path.with_name(path.name + ".new")
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records.values())
    making.write_text("".join(lines), encoding="utf-8", errors=SURROGATES)
    making.replace(path)
