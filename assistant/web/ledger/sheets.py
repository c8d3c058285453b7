"""The ledger as filtered, or the table of an answer, as a file with its citations."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Literal

from assistant.ledger.query import shown as in_words
from assistant.records import Answer, Citation
from assistant.web.conversation import Exchange
from assistant.web.ledger.labels import column, in_money, words_of
from assistant.web.ledger.table import differs, effective, filled_columns
from assistant.web.ledger.view import FACETS, Sheet, Shown, View
from assistant.web.markup import plain_text
from assistant.web.ports import Library
from assistant.web.strings import STRINGS, say
from index.ledger.book import LedgerRow
from index.ledger.export import Cell, table_bytes
from index.ledger.records import AMOUNTS, FIELDS

Language = Literal["zh", "en"]
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MAX_WORD_ROWS = 1_000  # a word processor stands still over longer tables
LEDGER_FIELDS = ("name", "unit", "stage", "progress", *FIELDS[2:4], "reason_kind", *FIELDS[4:])
CITED = ("document", "article", "section", "start", "end", "sheet_quote")


@dataclass(slots=True)
class Table:
    """A table with its headings, the lines above it and the notes below."""

    title: str
    columns: list[str]
    rows: list[list[Cell]]
    head: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def render_download(table: Table, fmt: str) -> str:
    """Return the file in a hidden part of the page, whence page.js offers it to the visitor."""
    if not table.rows:
        return render_refusal(say("export_nothing"))
    if fmt == "docx" and len(table.rows) > MAX_WORD_ROWS:
        return render_refusal(say("export_large", limit=MAX_WORD_ROWS, count=len(table.rows)))
    made = table_bytes(fmt, table.columns, table.rows, table.title, table.notes, table.head)
    name = f"{table.title}-{datetime.now():%Y%m%d-%H%M}.{fmt}"
    return (
        f'<div data-file="{uuid.uuid4().hex}" data-name="{escape(name)}" data-type="{TYPES[fmt]}" '
        f'data-bytes="{base64.b64encode(made).decode("ascii")}">'
        f"{say('export_ready', count=len(table.rows))}</div>"
    )


def read_format(sent: Mapping[str, object]) -> tuple[str, Language] | None:
    """Return the format and the language that the browser asks for, None for no format of ours."""
    fmt = sent.get("format")
    language: Language = "en" if sent.get("language") == "en" else "zh"
    return (fmt, language) if isinstance(fmt, str) and fmt in TYPES else None


def render_refusal(words: str) -> str:
    """Return why there is no file; the number makes each refusal a new one."""
    return f'<div data-refused="{uuid.uuid4().hex}">{words}</div>'


def ledger_table(
    sheet: Sheet, shown: Shown, library: Library, fmt: str, language: Language
) -> Table:
    """Return the records of a view, all pages: every field for a sheet, the main ones for Word."""
    rows = [entry.row for entry in shown.found]
    made = _for_word if fmt == "docx" else _for_sheet
    table = made(rows, _quotes(rows, library), language)
    files = len({row.file.id for row in rows})
    table.head = [
        _filter(sheet, shown.view, language),
        _say("ledger_count", language, count=len(rows), files=files),
        _today(language),
    ]
    places = {(row.file.id, row.record.document) for row in rows}
    table.notes = [
        _say("sheet_finding", language, text=f"{f.file.path}：{f.finding.text}")
        for f in sheet.ledger.findings
        if (f.file.id, f.finding.document) in places
    ]
    return table


def _filter(sheet: Sheet, view: View, language: Language) -> str:
    if not view.narrowed:
        return _say("sheet_all", language)
    which = _which(language)
    titles = {key: title for key, title, _ in sheet.documents}
    parts = [
        f"{STRINGS[f'facet_{facet}'][which]}={titles.get(value) or words_of(facet, value)[which]}"
        for facet in FACETS
        if (value := getattr(view, facet))
    ]
    parts += [f"{STRINGS['ledger_search'][which]}={view.search}"] if view.search else []
    parts += [STRINGS["latest_only"][which]] if view.latest else []
    return _say("sheet_filter", language, text=("；", "; ")[which].join(parts))


def _quotes(rows: Sequence[LedgerRow], library: Library) -> dict[str, str]:
    """Return the words of each record by its key; a file is opened once."""
    by_file = sorted(rows, key=lambda row: row.file.path)
    return {
        row.key: library.text(row.file.path)[row.record.start : row.record.end] for row in by_file
    }


def _for_sheet(rows: Sequence[LedgerRow], quotes: Mapping[str, str], language: Language) -> Table:
    which = _which(language)
    filled = [f for f in LEDGER_FIELDS if any(effective(row, f) for row in rows)]
    valued = [f for f in AMOUNTS if any(row.value(f) is not None for row in rows)]
    heads = [STRINGS["sheet_number"][which], column("kind")[which]]
    heads += [column(f)[which] for f in filled]
    heads += [_say("sheet_wan", language, text=column(f)[which]) for f in valued]
    heads += [STRINGS[k][which] if k in STRINGS else column(k)[which] for k in CITED]
    heads.append(STRINGS["sheet_corrected"][which])
    made: list[list[Cell]] = []
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = [number, words_of("kind", row.record.kind)[which]]
        cells += [in_words(f, effective(row, f), language) for f in filled]
        cells += [row.value(f) for f in valued]
        made.append([*cells, *_cited(row, quotes), _corrected(row, language)])
    return Table(_say("sheet_title", language), heads, made)


def _cited(row: LedgerRow, quotes: Mapping[str, str]) -> list[Cell]:
    start, end = row.record.start, row.record.end
    return [row.file.path, row.document.title, row.section, start, end, quotes[row.key]]


def _for_word(rows: Sequence[LedgerRow], quotes: Mapping[str, str], language: Language) -> Table:
    which = _which(language)
    columns = [key for key in filled_columns(rows) if key != "source"]
    heads = [STRINGS["sheet_number"][which], *(column(key)[which] for key in columns)]
    heads.append(STRINGS["sheet_from"][which])
    made: list[list[Cell]] = [
        [number, *(_shown(row, key, language) for key in columns), _place(row, quotes, language)]
        for number, row in enumerate(rows, 1)
    ]
    return Table(_say("sheet_title", language), heads, made)


def _shown(row: LedgerRow, key: str, language: Language) -> Cell:
    if key == "status":
        codes = [in_words(f, effective(row, f), language) for f in ("stage", "progress")]
        return "、".join(code for code in codes if code) or row.text("status_text")
    text, value = row.text(key), row.value(key)
    if text and value is not None and key in AMOUNTS and not any(c in text for c in "元亿万"):
        return _say("in_wan", language, **in_money(value))
    return text


def _place(row: LedgerRow, quotes: Mapping[str, str], language: Language) -> str:
    path, title, section, start, end, quote = _cited(row, quotes)
    place = _say("place_value", language, start=start, end=end)
    parts = [f"《{title}》{section}", f"{path}，{place}", f"“{quote}”", _corrected(row, language)]
    return "\n".join(str(part) for part in parts if part)


def _corrected(row: LedgerRow, language: Language) -> str | None:
    which = _which(language)
    nothing = STRINGS["nothing"][which]
    said = [
        f"{column(name)[which]}：{in_words(name, made.was, language) or nothing} → "
        f"{in_words(name, made.value, language) or nothing}（{made.signed}，{made.at[:10]}）"
        for name, made in row.corrections.items()
        if differs(row, name)
    ]
    return "；".join(said) or None


def answer_table(exchange: Exchange, language: Language) -> Table:
    """Return the rows of an answer, each with the places that it was read from."""
    which = _which(language)
    answer = exchange.answer
    table = Table(_say("sheet_answer", language), [], [])
    if answer is None or not answer.rows or not answer.columns:
        return table
    keys = list(answer.columns)
    valued = [k for k in AMOUNTS if any(row.get(f"{k}_value") is not None for row in answer.rows)]
    heads = [STRINGS["sheet_number"][which], *(column(k)[which] for k in keys)]
    heads += [_say("sheet_wan", language, text=column(k)[which]) for k in valued]
    table.columns = heads + [STRINGS[k][which] if k in STRINGS else column(k)[which] for k in CITED]
    cited = {c.n: c for c in answer.citations}
    for number, row in enumerate(answer.rows, 1):
        cells: list[Cell] = [number, *(_value(k, row.get(k), language) for k in keys)]
        cells += [_value(k, row.get(f"{k}_value"), language) for k in valued]
        table.rows.append([*cells, *_places([cited[n] for n in _numbers(row) if n in cited])])
    table.head = _answer_head(exchange, answer, language)
    table.notes = [_say("sheet_note", language, text=note) for note in answer.notes]
    table.notes += [
        _say("sheet_unverified", language, text=f"{u.text}（{u.why}）") for u in answer.unverified
    ]
    return table


def _value(key: str, given: object, language: Language) -> Cell:
    if given is None or isinstance(given, float):
        return given
    return in_words(key, str(given), language)


def _numbers(row: Mapping[str, Any]) -> list[int]:
    """Return the citation numbers of a row's cells, each once."""
    cells = row.get("cells") or {}
    return list(dict.fromkeys(n for numbers in cells.values() for n in numbers))


def _places(cited: Sequence[Citation]) -> list[Cell]:
    """Return the citation columns of a row; where it has several places, a line for each."""
    if len(cited) == 1:
        only = cited[0]
        return [only.document, only.title, only.section, only.start, only.end, only.quote]
    columns = [
        [c.document for c in cited], [c.title for c in cited], [c.section for c in cited],
        [str(c.start) for c in cited], [str(c.end) for c in cited], [c.quote for c in cited],
    ]  # fmt: skip
    return ["\n".join(lines) or None for lines in columns]


def _answer_head(exchange: Exchange, answer: Answer, language: Language) -> list[str]:
    reading = answer.interpretation.get("reading")
    first = plain_text(answer.answer.split("\n", 1)[0])
    head = [_say("sheet_question", language, text=exchange.question)]
    if isinstance(reading, str) and reading:
        head.append(_say("sheet_reading", language, text=reading))
    return [*head, _say("sheet_answer_line", language, text=first), _today(language)]


def _today(language: Language) -> str:
    return _say("sheet_date", language, text=f"{datetime.now():%Y-%m-%d %H:%M}")


def _which(language: Language) -> int:
    return 1 if language == "en" else 0


def _say(key: str, language: Language, **variables: object) -> str:
    return STRINGS[key][_which(language)].format(**variables)
