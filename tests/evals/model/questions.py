"""Questions for a run with a language model: the question files, and some for every record."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.library import Library

FILES = Path(__file__).parents[1] / "questions"
ABOUT = (
    "{name}目前进展如何？", "{name}归哪个单位负责？", "{name}为什么没有按计划推进？",
    "{name}的总投资是多少？", "{name}存在什么问题？", "What is the status of {name}?",
)  # fmt: skip


def questions(library: Library, count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Return ``count`` questions: those of the files, then about records, in a fixed order."""
    found = list(_of_files())
    known = {q["question"] for q in found}
    names = sorted({row.record.name for row in library.ledger.rows if "*" not in row.record.name})
    made = [form.format(name=name) for name in names for form in ABOUT]
    random.Random(seed).shuffle(made)
    for text in made:
        if text not in known:
            found.append({"id": f"r{len(found)}", "question": text, "history": []})
    return found[:count]


def _of_files() -> Iterator[dict[str, Any]]:
    for file in sorted(FILES.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield {
                "id": f"{file.stem}-{row['id']}",
                "question": row["question"],
                "history": row.get("history") or [],
            }
