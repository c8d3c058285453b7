"""An answer as the desk keeps it, and as it comes back. Standard library only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.records import Answer, Citation, Unverified, Value, Wording


@dataclass(frozen=True, slots=True)
class Body:
    """An answer with what is kept beside it.

    ``hashes`` are the SHA-256 of each citation's quote: they tell that a quote is as
    it was when the answer was given.
    """

    answer: Answer
    origin: str
    hashes: Mapping[int, str]

    @property
    def is_intact(self) -> bool:
        """Tell whether every quote is the one that was kept."""
        return all(self.hashes.get(c.n) == quote_hash(c.quote) for c in self.answer.citations)


def quote_hash(quote: str) -> str:
    """Return the SHA-256 of a quote."""
    return hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()


def write_body(answer: Answer, origin: str = "") -> str:
    """Return an answer as one line of JSON, in the form of the contract."""
    hashes = {str(c.n): quote_hash(c.quote) for c in answer.citations}
    body = {"answer": answer.to_json(), "origin": origin, "hashes": hashes}
    return json.dumps(body, ensure_ascii=False)


def read_body(words: str) -> Body:
    """Return what ``write_body`` kept."""
    body = json.loads(words)
    hashes = {int(n): sha256 for n, sha256 in body["hashes"].items()}
    return Body(read_answer(body["answer"]), body["origin"], hashes)


def read_answer(row: Mapping[str, Any]) -> Answer:
    """Return the answer of which ``row`` is the JSON form; what it lacks has its default."""
    value, columns, rows = row.get("value"), row.get("columns"), row.get("rows")
    wording = row.get("wording")
    return Answer(
        question=row["question"],
        answer=row["answer"],
        refused=bool(row.get("refused")),
        short=row.get("short"),
        interpretation=dict(row.get("interpretation") or {}),
        columns=tuple(columns) if columns is not None else None,
        rows=tuple(rows) if rows is not None else None,
        count=row.get("count"),
        value=Value(**value) if value else None,
        citations=tuple(Citation(**c) for c in row.get("citations") or ()),
        related=tuple(Citation(**c) for c in row.get("related") or ()),
        unverified=tuple(Unverified(**u) for u in row.get("unverified") or ()),
        notes=tuple(row.get("notes") or ()),
        seconds=row.get("seconds") or 0.0,
        id=row.get("id"),
        wording=Wording(**wording) if wording else None,
    )
