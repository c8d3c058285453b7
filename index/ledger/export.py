"""The ledger, or any table, as csv, xlsx, docx or JSON for use elsewhere.

Cells come from documents and are data: one that begins with = + - @ or a tab
stays text in every format.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

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
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MIN_WIDTH, MAX_WIDTH = 8, 48  # characters of a sheet's columns
SAMPLED_ROWS = 200  # rows that a column's width is made from
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
    target: Path | BinaryIO,
    fmt: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str] = (),
    head: Sequence[str] = (),
) -> None:
    """Write a table: ``columns`` are the headings, ``head`` stands above, ``notes`` below.

    Raises:
        IndexingError: the format is not one of ``FORMATS``.
    """
    if fmt == "csv":
        # A byte order mark, so that spreadsheet programs read it as UTF-8.
        text = csv_text(columns, rows).encode("utf-8-sig", "replace")
        if isinstance(target, Path):
            target.write_bytes(text)
        else:
            target.write(text)
    elif fmt == "xlsx":
        write_book(target, [SheetOfBook("台账", columns, rows, title, notes, head)])
    elif fmt == "docx":
        _write_docx(target, columns, rows, title, notes, head)
    else:
        raise IndexingError(f"不能导出为“{fmt}”。可用的格式：{'、'.join(FORMATS)}。")


def table_bytes(
    fmt: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str] = (),
    head: Sequence[str] = (),
) -> bytes:
    """Return a table as the bytes of a file; see ``write_table``."""
    stream = io.BytesIO()
    write_table(stream, fmt, columns, rows, title, notes, head)
    return stream.getvalue()


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


@dataclass(frozen=True, slots=True)
class SheetOfBook:
    """One sheet: its name, and what ``write_table`` takes."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    title: str
    notes: Sequence[str] = ()
    head: Sequence[str] = ()


def write_book(target: Path | BinaryIO, sheets: Sequence[SheetOfBook]) -> None:
    """Write sheets as one xlsx file; no cell is ever a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill_sheet(book.create_sheet(sheet.name), sheet)
    book.save(target)


def _fill_sheet(sheet: Any, given: SheetOfBook) -> None:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    columns, rows, head = given.columns, given.rows, given.head
    sheet.freeze_panes = f"A{len(head) + 3}"
    for number, width in enumerate(_widths(columns, rows), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def like(*, bold: bool = False, wrap: bool = True) -> Any:  # noqa: ANN401
        made = WriteOnlyCell(sheet)
        made.alignment = Alignment(wrap_text=wrap, vertical="top")
        made.font = Font(bold=bold)
        return made

    heading, title_line, line_below, plain = (
        like(bold=True), like(bold=True, wrap=False), like(wrap=False), like(),
    )  # fmt: skip

    def cell(value: Cell, model: Any = plain) -> Any:  # noqa: ANN401
        made = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
        if isinstance(value, str):
            made.value = writable(value)[:MAX_SHEET_CELL]
            made.data_type = "s"  # never a formula
        made._style = model._style  # one style for all: setting each cell's costs ten times as much
        return made

    sheet.append([cell(given.title, title_line)])
    for line in head:
        sheet.append([cell(line, line_below)])
    sheet.append([cell(name, heading) for name in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    for note in given.notes:
        sheet.append([cell(note, line_below)])


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the widths that the first rows need, in characters; Chinese ones count twice."""
    widths = []
    for place, name in enumerate(columns):
        texts = [name, *(str(row[place] or "") for row in rows[:SAMPLED_ROWS])]
        longest = max(sum(1 + (ord(c) > 255) for c in text) for text in texts)
        widths.append(max(MIN_WIDTH, min(longest + 2, MAX_WIDTH)))
    return widths


def _write_docx(
    target: Path | BinaryIO,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    title: str,
    notes: Sequence[str],
    head: Sequence[str],
) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(writable(title), level=1)
    for line in head:
        document.add_paragraph(writable(line))
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for place, name in zip(table.rows[0].cells, columns, strict=True):
        place.text = writable(name)
    empty = table.add_row()._tr
    table._tbl.remove(empty)
    for row in rows:
        line = deepcopy(empty)  # adding rows by the library takes quadratic time
        for place, value in zip(line.tc_lst, row, strict=True):
            place.p_lst[0].add_r().text = "" if value is None else writable(str(value))
        table._tbl.append(line)
    for note in notes:
        document.add_paragraph(writable(note))
    document.save(str(target) if isinstance(target, Path) else target)


def writable(text: str) -> str:
    """Return text without what XML and UTF-8 cannot hold: control characters, half characters."""
    return _UNWRITABLE.sub("", text)


def to_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return ``value`` as readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1)
