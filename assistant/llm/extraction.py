"""Records that a model reads where the grammar could not, as proposals for staff.

Every field must be a verbatim span of the passage, or it is refused; where the grammar
has read the same thing otherwise, both are told. Nothing of it enters the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evidence import paragraphs
from assistant.llm.endpoint import Endpoint
from assistant.llm.neutral import gives_orders
from assistant.llm.prompting import extracting
from assistant.llm.structured import ask_json
from index.ledger.book import LedgerRow
from index.ledger.names import core_name
from index.library import Library
from index.records import View

FIELDS = ("name", "unit", "status_text", "reason", "total_investment", "deadline")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in FIELDS},
                "required": ["name"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["records"],
    "additionalProperties": False,
}
MOST = 40  # records of a passage; more are made up
LEAST = 6  # characters of a passage that can name anything


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the document: ``text[start:end]`` of its canonical text, bridged as read."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that a model has read in ``document[start:end]``.

    ``refused`` are fields whose words the passage does not hold; ``against`` what the
    grammar has read of the same thing: (field, its words, the model's).
    """

    document: str
    start: int
    end: int
    fields: Mapping[str, Found]
    refused: tuple[tuple[str, str], ...] = ()
    against: tuple[tuple[str, str, str], ...] = ()


def propose(
    endpoint: Endpoint, library: Library, document: str | None = None, *, everything: bool = False
) -> Iterator[Proposal]:
    """Yield what a model reads in the lines that the grammar could not, in all or one document.

    ``everything``: in its other paragraphs, too, so that differences come to light.

    Raises:
        ModelFaultError: the endpoint failed; what was yielded before holds.
    """
    for file in library.ledger.files:
        if document is not None and file.path != document:
            continue
        content = library.content(file.id)
        spans = {(a, b) for a, b, _ in file.ledger.unread}
        if everything:
            for article in file.documents:
                spans |= set(paragraphs(content, article, article.start, article.end))
        rows = [row for row in library.ledger.rows if row.file.id == file.id]
        for start, end in sorted(spans):
            view = content.structure.reading.view(start, end)
            if len(view.text.strip()) >= LEAST and not gives_orders(view.text):
                yield from _of_passage(endpoint, file.path, (start, end), view, rows)


def _of_passage(
    endpoint: Endpoint, path: str, span: tuple[int, int], view: View, rows: Sequence[LedgerRow]
) -> Iterator[Proposal]:
    reply = ask_json(endpoint, extracting(view.text, "zh"), SCHEMA, "extraction")
    listed = reply.get("records")
    for record in (listed if isinstance(listed, list) else [])[:MOST]:
        if not isinstance(record, dict):
            continue
        given = {n: record[n].strip() for n in FIELDS if isinstance(record.get(n), str)}
        found = {name: held(words, view) for name, words in given.items() if words}
        fields = {name: place for name, place in found.items() if place is not None}
        refused = tuple((name, given[name]) for name, place in found.items() if place is None)
        against = _against(fields, rows)
        if fields or refused:
            yield Proposal(path, *span, fields, refused, against)


def held(words: str, view: View) -> Found | None:
    """Return where the passage says ``words`` to the letter, spaces aside; None where nowhere."""
    loose = r"\s*".join(re.escape(char) for char in words if not char.isspace())
    match = re.search(loose, view.text) if loose else None
    return None if match is None else Found(match.group(), *view.span(match.start(), match.end()))


def _against(
    fields: Mapping[str, Found], rows: Sequence[LedgerRow]
) -> tuple[tuple[str, str, str], ...]:
    """Return where the grammar has read other words of the thing that is named."""
    name = fields.get("name")
    row = next(
        (r for r in rows if name and core_name(r.record.name) == core_name(name.words)), None
    )
    if row is None:
        return ()
    pairs = ((field, row.text(field), found.words) for field, found in fields.items())
    return tuple(
        (field, own, words)
        for field, own, words in pairs
        if field != "name" and own and _bare(own) != _bare(words)
    )


def _bare(words: str) -> str:
    return re.sub(r"\W", "", words)
