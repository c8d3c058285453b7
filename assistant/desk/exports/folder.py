"""A set of questions with the documents that they are about, as a folder to be evaluated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import DeskError
from index.errors import IndexingError
from index.library import Library
from index.originals import read_original

QUESTIONS = "questions.jsonl"
DOCUMENTS = "documents"


def write_set(target: Path, rows: Sequence[dict[str, Any]], library: Library) -> list[str]:
    """Write questions and the documents that answers come from; return those that are gone.

    The documents keep their names below one folder, so that citations fit.

    Raises:
        DeskError: the folder holds something already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DeskError(f"“{target}”已经存在，里面有内容。请换一个新的文件夹。")
    (target / DOCUMENTS).mkdir(parents=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (target / QUESTIONS).write_text(lines, encoding="utf-8")
    return _write_documents(target / DOCUMENTS, library)


def _write_documents(folder: Path, library: Library) -> list[str]:
    lost = []
    for file in library.files():
        place = folder / file.path
        if not place.resolve().is_relative_to(folder.resolve()):
            lost.append(file.path)
            continue
        try:
            content = read_original(library, file)
        except IndexingError:
            lost.append(file.path)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return lost
