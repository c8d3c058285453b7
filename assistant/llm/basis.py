"""What a model is shown: evidence under opaque keys, each with the spans that it cites.

A key is a number that the program gives; nothing that a document says can become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.claims.orders import without_orders
from assistant.claims.records import Evidence
from assistant.desk.claims import plain_words
from assistant.evidence import Unit, sections_above
from assistant.ledger.query import COLUMNS, OF_RECORDS
from assistant.llm.counting import Counter
from assistant.llm.neutral import as_data, gives_orders
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.statements import Draft, Source, Statement
from assistant.table_heads import table_head
from index.library import Library
from prompts import render

PASSAGES = 12  # of what was found, beside what the answer itself is made of
ROWS = 60  # of a list: the words sum it up, the table is the code's

Sort = Literal["answer", "records", "summary", "comparison"]
_SORTS: dict[str, Sort] = {
    "contrast": "comparison", "demand": "summary", "summary": "summary", "section": "summary",
    "documents": "summary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """One piece of evidence: what is shown of it, what it cites, what the code computed in it."""

    evidence: Evidence
    sources: tuple[Source, ...]
    computed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """The evidence of one prompt; ``total`` is how much there was, ``orders`` what was
    kept back because it tells a program what to do."""

    bases: tuple[Basis, ...]
    total: int
    orders: int = 0

    @property
    def by_key(self) -> Mapping[str, Basis]:
        """The evidence by its key."""
        return {basis.evidence.key: basis for basis in self.bases}

    @property
    def left_out(self) -> int:
        """How many pieces did not fit."""
        return self.total - self.orders - len(self.bases)


def sort_of(draft: Draft, question: Question) -> Sort:
    """Return which prompt words an answer: by what the code has made of the question."""
    kind = (draft.interpretation or {}).get("kind")
    if kind in _SORTS:
        return _SORTS[kind]
    if kind in OF_RECORDS or kind == "check" or draft.columns or draft.value is not None:
        return "records"
    return "summary" if question.kind == "summary" else "answer"


def gather(
    draft: Draft, ranked: Sequence[Candidate], sort: Sort, library: Library, language: str
) -> list[Basis]:
    """Return the evidence of an answer, the weightiest first, without keys."""
    if sort == "records":
        return [*_computed(draft, language), *_rows(draft, library, language)]
    own = [_of_statement(s, ranked, library) for s in draft.statements if s.sources]
    if sort != "answer":
        return own
    cited = [source for basis in own for source in basis.sources]
    others = (c.unit for c in ranked if not any(_touches(c.unit, s) for s in cited))
    return [*own, *_distinct(others, library)][: PASSAGES + len(own)]


def show(bases: Sequence[Basis], room: int, counter: Counter, language: str) -> Shown:
    """Return what of the evidence fits into ``room`` tokens, with its keys."""
    kept: list[Basis] = []
    orders = 0
    for basis in bases:
        keyed = replace(basis, evidence=replace(basis.evidence, key=f"E{len(kept) + 1}"))
        text = rendered(keyed, language)
        if gives_orders(text) or _orders_in(basis.evidence.quote):
            orders += 1
            continue
        cost = counter.count(text) + 1
        if cost <= room:
            kept.append(keyed)
            room -= cost
    return Shown(tuple(kept), len(bases), orders)


def _orders_in(quote: str) -> bool:
    """Tell whether the check would leave sentences of a quote out, as orders to a program."""
    return "".join(without_orders(quote).split()) != "".join(quote.split())


def rendered(basis: Basis, language: str) -> str:
    """Return one piece of evidence as it stands in a prompt, fenced by its key."""
    evidence = basis.evidence
    place = " › ".join(part for part in (evidence.title, evidence.section) if part)
    heads = COLUMNS[language]
    fields = "；".join(
        f"{heads.get(name, name)}：{value}" for name, value in evidence.fields.items()
    )
    quote = f"{fields}\n{evidence.quote}" if fields else evidence.quote
    return render(
        "llm_evidence", language, key=evidence.key, place=as_data(place).replace('"', "”"),
        quote=as_data(quote).strip(),
    )  # fmt: skip


def words_of(sources: Iterable[Source], library: Library) -> str:
    """Return the words of spans as they are read: debris bridged, one span a line."""
    lines = []
    for source in dict.fromkeys(sources):
        reading = library.content(source.file_id).structure.reading
        lines.append(reading.view(source.start, source.end).text.strip())
    return "\n".join(dict.fromkeys(lines))


def _computed(draft: Draft, language: str) -> Iterator[Basis]:
    """Yield the lines that the code has worked out, each with what it cites."""
    title = "程序根据台账算出" if language == "zh" else "worked out from the ledger"
    for statement in draft.statements:
        if statement.sources and not statement.cells:
            quote = plain_words(statement.text)  # bold goes, a mask (**) stays
            yield Basis(Evidence("", quote, title), statement.sources, statement.computed)


def _rows(draft: Draft, library: Library, language: str) -> Iterator[Basis]:
    units = _units(draft, language)
    for values, cells in draft.rows[:ROWS]:
        sources = tuple(dict.fromkeys(s for found in cells.values() for s in found))
        if not sources:
            continue
        fields, given = _fields(values, cells, units)
        title, section = _place(sources[0], library)
        sources = (*_heads(sources, library), *sources)
        evidence = Evidence("", words_of(sources, library), title, section, fields)
        yield Basis(evidence, sources, given)


def _heads(sources: Iterable[Source], library: Library) -> Iterator[Source]:
    """Yield the headers of the tables that rows stand in: what their columns are called there."""
    seen: set[Source] = set()
    for source in sources:
        content = library.content(source.file_id)
        span = table_head(content.text, content.blocks, source.start)
        head = replace(source, start=span[0], end=span[1]) if span else None
        if head and head not in seen:
            seen.add(head)
            yield head


def _fields(
    values: Mapping[str, Any], cells: Mapping[str, Any], units: Mapping[str, str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return the fields of a row in words, amounts with the unit of their column's heading."""
    fields = {name: str(values[name]) for name in cells if values.get(name)}
    amounts = {
        name: f"{value}{units[name]}"
        for name, value in fields.items()
        if name in units and value[-1:].isdigit()
    }
    return fields | amounts, frozenset(amounts.values())


def _units(draft: Draft, language: str) -> dict[str, str]:
    """Return the units that stand in the headings of the table (“总投资（亿元）”)."""
    head = next((s.text for s in draft.statements if s.text.startswith("| ")), "")
    found = {}
    for name in draft.columns or ():
        at = head.find(f"{COLUMNS[language].get(name, name)}（")
        if at >= 0:
            found[name] = head[head.index("（", at) + 1 : head.index("）", at)]
    return found


def _of_statement(statement: Statement, ranked: Sequence[Candidate], library: Library) -> Basis:
    """Return a quoted line as evidence, widened to the whole sentence that it is cut from."""
    sources: list[Source] = []
    for source in statement.sources:
        unit = next((c.unit for c in ranked if _holds(c.unit, source)), None)
        sources += _sources(unit) if unit else [source]
    title, section = _place(sources[-1], library)
    quote = words_of(sources, library)
    return Basis(
        Evidence("", quote, title, section), tuple(dict.fromkeys(sources)), statement.computed
    )


def _distinct(found: Iterable[Unit], library: Library) -> Iterator[Basis]:
    seen: list[Unit] = []
    for unit in found:
        if any(unit.overlaps(u) for u in seen):
            continue
        seen.append(unit)
        title, section = _place(Source(unit.file_id, unit.document, unit.start, unit.end), library)
        sources = tuple(_sources(unit))
        yield Basis(Evidence("", words_of(sources, library), title, section), sources)


def _sources(unit: Unit) -> list[Source]:
    """Return a unit's span after those that say what it is of: lead-in, table head, shared head."""
    spans = [span for span in (unit.lead, unit.head) if span] + [(unit.start, unit.end)]
    return [Source(unit.file_id, unit.document, a, b) for a, b in spans]


def _place(source: Source, library: Library) -> tuple[str, str]:
    document = library.content(source.file_id).structure.documents[source.document]
    headings = [s.heading for s in sections_above(document, source.start)]
    return document.title, " › ".join(headings)


def _holds(unit: Unit, source: Source) -> bool:
    return unit.file_id == source.file_id and unit.start <= source.start and source.end <= unit.end


def _touches(unit: Unit, source: Source) -> bool:
    return unit.file_id == source.file_id and unit.start < source.end and source.start < unit.end
