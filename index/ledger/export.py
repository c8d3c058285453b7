"""The ledger, or any table, as csv, xlsx, docx or JSON for use elsewhere.

Cells come from documents and are data: one that begins with = + - @ or a tab
stays text in every format.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from index.errors import IndexingError
from index.ledger.book import Ledger, LedgerRow
from index.ledger.records import AMOUNTS, FIELDS

Cell = str | float | None
FORMATS = ("csv", "xlsx", "docx")
COLUMNS = (
    "document", "article", "section", "kind", "name", "unit", "stage", "progress",
    *FIELDS[2:4], "reason_kind", *FIELDS[4:], *(f"{key}_value" for key in AMOUNTS),
    "start", "end", "quote", "corrected",
)  # fmt: skip
_FORMULA = "=+-@\t\r"
MAX_SHEET_CELL = 32_767  # characters that a spreadsheet cell can hold


def record_row(row: LedgerRow, text: str) -> dict[str, Any]:
    """Return a record as one flat row with its citation; ``text`` is its file's text."""
    record = row.record
    values: dict[str, Any] = {
        "document": row.file.path,
        "article": row.document.title,
        "section": row.section,
        "kind": record.kind,
        "stage": record.stage,
        "progress": record.progress,
        "reason_kind": record.reason_kind,
        "start": record.start,
        "end": record.end,
        "quote": text[record.start : record.end],
        "corrected": "；".join(
            f"{name}：{c.was or '（空）'}→{c.value or '（空）'}（{c.signed}，{c.at[:10]}）"
            for name, c in row.corrections.items()
        )
        or None,
    }
    values |= {name: row.text(name) for name in FIELDS}
    values |= {f"{key}_value": row.value(key) for key in AMOUNTS}
    return {name: values[name] for name in COLUMNS}


def ledger_json(ledger: Ledger, texts: dict[int, str]) -> dict[str, Any]:
    """Return records with the span of every field, findings, and what was not read."""
    return {
        "records": [_with_spans(row, texts[row.file.id]) for row in ledger.rows],
        "findings": [
            {
                "document": f.file.path,
                "article": f.file.documents[f.finding.document].title,
                "kind": f.finding.kind,
                "text": f.finding.text,
                "formula": f.finding.formula or None,
                "spans": [
                    {"start": a, "end": b, "quote": texts[f.file.id][a:b]}
                    for a, b in f.finding.spans
                ],
            }
            for f in ledger.findings
        ],
        "unread": [
            {"document": file.path, "start": a, "end": b, "why": why}
            for file in ledger.files
            for a, b, why in file.ledger.unread
        ],
    }


def _with_spans(row: LedgerRow, text: str) -> dict[str, Any]:
    spans = {
        name: [{"start": a, "end": b, "quote": text[a:b]} for a, b in words.spans]
        for name, words in row.record.fields.items()
    }
    return {"id": row.key, **record_row(row, text), "spans": spans}


def write_table(
    path: Path,
    fmt: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str] = (),
) -> None:
    """Write a table to ``path``: ``columns`` are the headings, ``notes`` stand below it.

    Raises:
        IndexingError: the format is not one of ``FORMATS``.
    """
    if fmt == "csv":
        # A byte order mark, so that spreadsheet programs read it as UTF-8.
        path.write_text(csv_text(columns, rows), encoding="utf-8-sig", newline="")
    elif fmt == "xlsx":
        _write_xlsx(path, columns, rows, title, notes)
    elif fmt == "docx":
        _write_docx(path, columns, rows, title, notes)
    else:
        raise IndexingError(f"不能导出为“{fmt}”。可用的格式：{'、'.join(FORMATS)}。")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV; a cell that a spreadsheet would compute gets a leading '."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_csv_cell(cell) for cell in row] for row in rows])
    return stream.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell[:1] and cell[0] in _FORMULA:
        return f"'{cell}"
    return cell


def _write_xlsx(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str],
) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.freeze_panes = "A3"

    def cell(value: Cell, *, bold: bool = False) -> Any:  # noqa: ANN401 - openpyxl has no types
        if isinstance(value, str):
            value = ILLEGAL_CHARACTERS_RE.sub("", value)[:MAX_SHEET_CELL]
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # never a formula
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(title, bold=True)])
    sheet.append([cell(name, bold=True) for name in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    for note in notes:
        sheet.append([cell(note)])
    book.save(path)


def _write_docx(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str],
) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(_plain(title), level=1)
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for place, name in zip(table.rows[0].cells, columns, strict=True):
        place.text = name
    for row in rows:
        for place, value in zip(table.add_row().cells, row, strict=True):
            place.text = "" if value is None else _plain(str(value))
    for note in notes:
        document.add_paragraph(_plain(note))
    document.save(str(path))


def _plain(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)


def to_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return ``value`` as readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1)
