"""Documents that a test writes itself, read into records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from index.ledger.reader import read_ledger
from index.ledger.records import FileLedger, Finding, Record, Words
from index.load.markdown import read_markdown
from index.load.text import read_text
from index.load.web import read_web
from index.records import LoadedFile, Structure
from index.structure import read_structure


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was loaded and read: its text, its structure and its ledger."""

    loaded: LoadedFile
    structure: Structure
    ledger: FileLedger

    @property
    def text(self) -> str:
        return self.loaded.text

    @property
    def names(self) -> list[str]:
        return [record.name for record in self.ledger.records]

    def column(self, field: str) -> list[str | None]:
        """Return one field of every record, in order."""
        return [_text(record, field) for record in self.ledger.records]

    def amounts(self, field: str) -> list[float | None]:
        """Return the numbers of one field of every record, in order."""
        found = [record.fields.get(field) for record in self.ledger.records]
        return [words.value if words else None for words in found]

    def pairs(self, field: str = "unit") -> list[tuple[str, str | None]]:
        """Return (name, field) of every record, in order."""
        return [(record.name, _text(record, field)) for record in self.ledger.records]

    def record(self, name: str) -> Record:
        """Return the only record whose name contains ``name``."""
        found = [record for record in self.ledger.records if name in record.name]
        assert len(found) == 1, (name, self.names)
        return found[0]

    def field(self, name: str, field: str) -> str | None:
        return _text(self.record(name), field)

    def read_at(self, words: Words) -> str:
        """Return what a reader sees at the words' spans: the debris left out."""
        return "".join(self.structure.reading.view(a, b).text for a, b in words.spans)

    def findings(self, kind: str = "") -> list[Finding]:
        """Return the findings of a kind, or all."""
        return [f for f in self.ledger.findings if kind in ("", f.kind)]


def _text(record: Record, field: str) -> str | None:
    words = record.fields.get(field)
    return words.text if words else None


def read_loaded(loaded: LoadedFile) -> Read:
    structure = read_structure(loaded, "文件.txt")
    return Read(loaded, structure, read_ledger(loaded.blocks, structure))


@pytest.fixture(scope="session")
def read() -> Callable[[str], Read]:
    """Return a function that reads plain text as it stands in a .txt file."""
    return lambda text: read_loaded(read_text(text.encode()))


@pytest.fixture(scope="session")
def read_md() -> Callable[[str], Read]:
    return lambda text: read_loaded(read_markdown(text.encode()))


@pytest.fixture(scope="session")
def read_html() -> Callable[[str], Read]:
    """Return a function that reads the body of a web page."""
    page = "<!doctype html><html><meta charset='utf-8'><body>{}</body></html>"
    return lambda body: read_loaded(read_web(page.format(body).encode()))


@pytest.fixture(scope="session")
def read_table(read_html: Callable[[str], Read]) -> Callable[..., Read]:
    """Return a function that reads a table: rows of cells, a cell may be (words, span)."""

    def _read(*rows: Sequence[str | tuple[str, str]], title: str = "项目表") -> Read:
        lines = ["".join(_cell(cell) for cell in row) for row in rows]
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        return read_html(f"<h1>{title}</h1><table>{body}</table>")

    return _read


def _cell(cell: str | tuple[str, str]) -> str:
    words, span = (cell, "") if isinstance(cell, str) else cell
    return f"<td {span}>{words}</td>"
