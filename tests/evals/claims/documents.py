"""Real documents as the evidence that a prompt would hold: paragraphs and ledger rows by key."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.claims.records import Evidence
from assistant.table_heads import table_head
from index.ledger.reader import read_ledger
from index.ledger.records import FileLedger, Record
from index.load import load_file
from index.records import Document, LoadedFile, Section, Structure
from index.structure import read_structure

ROOT = Path(__file__).parents[3]
LEDGER = ROOT / "tests" / "evals" / "ledger"
# Looked at while the checks were written; the rest was held out until the figures were taken.
DEVELOPED = (ROOT / "corpus", LEDGER / "documents", LEDGER / "held_out_a", LEDGER / "held_out_b")
HELD_OUT = (LEDGER / "held_out_c", LEDGER / "held_out_d", LEDGER / "held_out_e")
LEAST = 8  # characters of a paragraph that says something


@dataclass(frozen=True)
class Source:
    """A document's evidence by key (P1… paragraphs, R1… rows) and the names in its ledger."""

    path: Path
    evidence: Mapping[str, Evidence]
    rows: Mapping[str, Record]
    names: frozenset[str]
    today: date | None = None


def sources(folders: Sequence[Path]) -> list[Source]:
    """Return the documents in ``folders``, in order of their paths."""
    files = [f for folder in folders for f in _files(folder)]
    return [source(file) for file in files if not file.name.endswith(".gold.json")]


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    kinds = {".txt", ".md", ".docx", ".xlsx", ".html", ".pdf"}
    return sorted(f for f in folder.rglob("*") if f.suffix in kinds)


@cache
def source(path: Path) -> Source:
    """Return one document as evidence."""
    loaded = load_file(path)
    structure = read_structure(loaded, path.name)
    ledger = read_ledger(loaded.blocks, structure)
    evidence: dict[str, Evidence] = {}
    for number, item in enumerate(_paragraphs(loaded, structure), 1):
        evidence[f"P{number}"] = Evidence(f"P{number}", *item)
    rows: dict[str, Record] = {}
    for number, record in enumerate(ledger.records, 1):
        rows[f"R{number}"] = record
        evidence[f"R{number}"] = _row(f"R{number}", record, ledger, structure.documents, loaded)
    names = {r.name for r in ledger.records} | {
        r.fields[f].text for r in ledger.records for f in ("unit",) if f in r.fields
    }
    return Source(path, evidence, rows, frozenset(names), _today(loaded.text))


def _today(text: str) -> date | None:
    """Return a day of the year that a document names most, in which it is asked about."""
    years = Counter(re.findall(r"(20[0-3]\d)年", text))
    return date(int(years.most_common(1)[0][0]), 12, 31) if years else None


def _paragraphs(loaded: LoadedFile, structure: Structure) -> Iterator[tuple[str, str, str]]:
    """Yield the paragraphs as they are read, like the assistant does, with title and section."""
    view = structure.reading.view()
    at = 0
    for line in view.text.split("\n"):
        if len(line.strip()) >= LEAST:
            start, _ = view.span(at, at + len(line))
            inside = (d for d in structure.documents if d.start <= start < d.end)
            document = next(inside, structure.documents[0])
            yield (
                _under_head(line.strip(), start, loaded),
                document.title,
                _section(document.sections, start),
            )
        at += len(line) + 1


def _under_head(words: str, start: int, loaded: LoadedFile) -> str:
    """Return a table row below its table's header, as a prompt shows it; other words as they are."""
    head = table_head(loaded.text, loaded.blocks, start)
    return f"{loaded.text[slice(*head)]}\n{words}" if head else words


def _section(sections: Sequence[Section], at: int) -> str:
    inside = [s for s in sections if s.start <= at < s.end]
    return " > ".join(s.heading for s in sorted(inside, key=lambda s: s.level))


def _row(
    key: str, record: Record, ledger: FileLedger, documents: Sequence[Document], loaded: LoadedFile
) -> Evidence:
    document = documents[record.document]
    roster = ledger.rosters[record.roster]
    fields = {name: words.text for name, words in record.fields.items()}
    stage = record.stage or roster.stage
    progress = record.progress or roster.progress
    fields |= {"stage": stage} if stage else {}
    fields |= {"progress": progress} if progress else {}
    section = _section(document.sections, record.start)
    if roster.heading and roster.heading.text not in section:
        section = f"{section} > {roster.heading.text}" if section else roster.heading.text
    quote = _under_head(loaded.text[record.start : record.end], record.start, loaded)
    return Evidence(key, quote, document.title, section, fields)


def show(path: Path) -> str:
    """Return the evidence of a document as text, to write sentences from."""
    lines = []
    for key, item in source(path).evidence.items():
        lines.append(f"[{key}] ({item.title} | {item.section}) {item.quote!r}")
        if item.fields:
            lines.append("     " + json.dumps(dict(item.fields), ensure_ascii=False))
    return "\n".join(lines)
