"""Workbooks of Excel 5 to 2003 and of WPS (.xls, .et), read as .xlsx files are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, TextIO

from index.errors import DamagedFileError, EncryptedFileError
from index.load.canonical import CanonicalWriter, is_blank, one_line
from index.load.excel_layout import SheetRow, Shown
from index.load.excel_sheets import Area
from index.load.excel_unseen import NOTHING
from index.load.excel_values import CHINESE_DATES, shown
from index.load.excel_write import HiddenCells, hidden_cells, hidden_sheets, write_sheet
from index.load.ole import check_whole, stream
from index.load.unseen import TINY, WHITE, Colour, blends
from index.records import LoadedFile

_TEXT_OBJECT = b"\xb6\x01"  # TxO, [MS-XLS] 2.4.329
MEDIA_TYPE = "application/vnd.ms-excel"


def read_old_excel(content: bytes) -> LoadedFile:
    """Return the tables of each visible sheet, under their title rows.

    Raises:
        EncryptedFileError: if the workbook needs a password.
        DamagedFileError: if it is broken or cut off.
    """
    check_whole(content, "Workbook", "Book")
    book = _open(content)
    try:
        return _read(book, content)
    except Exception as error:  # xlrd lets anything out; nothing of the file was kept
        raise _damaged(error) from error


def _open(content: bytes) -> Any:
    import xlrd

    with _Nowhere() as nowhere:  # xlrd writes its warnings to standard output
        try:
            return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=nowhere)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise EncryptedFileError(
                    "表格加了打开密码，读不出内容。请用 Excel 或 WPS 打开，取消密码后另存再导入。"
                ) from error
            raise _damaged(error) from error
        except Exception as error:  # as above
            raise _damaged(error) from error


class _Nowhere:
    """A file whose text goes nowhere."""

    def __enter__(self) -> TextIO:
        self._file: TextIO = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
        return self._file

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _damaged(error: Exception) -> DamagedFileError:
    return DamagedFileError(
        f"旧版表格不完整或已损坏，打不开（{type(error).__name__}）。"
        "请用 Excel 或 WPS 打开，“另存为” .xlsx 后再导入。"
    )


def _read(book: Any, content: bytes) -> LoadedFile:
    everything = book.sheets()
    sheets = [sheet for sheet in everything if not sheet.visibility]
    notes = list(hidden_sheets([sheet.name for sheet in everything if sheet.visibility]))
    writer = CanonicalWriter()
    for sheet in sheets:
        merged = [Area(top + 1, left + 1, bottom, right)
                  for top, bottom, left, right in sheet.merged_cells]  # fmt: skip
        unseen = HiddenCells(sheet.name)
        rows = list(_rows(book, sheet, unseen))
        write_sheet(writer, sheet.name, rows, merged, headed=len(sheets) > 1)
        hidden_rows = sum(bool(row.hidden) for row in sheet.rowinfo_map.values())
        hidden_columns = sum(bool(column.hidden) for column in sheet.colinfo_map.values())
        notes += hidden_cells(sheet.name, hidden_rows, hidden_columns)
        notes += unseen.notes()
    if any(sheet.cell_note_map for sheet in sheets):
        notes.append("工作簿里的批注没有读入。")
    notes += _boxes(content, sum(len(sheet.cell_note_map) for sheet in everything))
    return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, None, None, tuple(notes))


def _boxes(content: bytes, comments: int) -> Iterator[str]:
    """Yield a note on text boxes, which xlrd passes over; a comment has one, too."""
    records = stream(content, "Workbook")
    at = count = 0
    while at + 4 <= len(records):  # each record: its type, the length of what follows
        count += records[at : at + 2] == _TEXT_OBJECT
        at += 4 + int.from_bytes(records[at + 2 : at + 4], "little")
    if count > comments:
        yield (
            f"工作簿里的 {count - comments} 个文本框没有读入。"
            "如需读入，请用 Excel 或 WPS 打开，“另存为” .xlsx 后再导入。"
        )


def _rows(book: Any, sheet: Any, unseen: HiddenCells) -> Iterator[SheetRow]:
    for number in range(sheet.nrows):
        cells = {}
        for column, cell in enumerate(sheet.row(number), 1):
            words = _shown(book, cell)
            if is_blank(words.text):
                continue
            if _is_unseen(book, cell):
                unseen.add(number + 1, column, words.text)
            else:
                cells[column] = words
        if cells:
            yield SheetRow(number + 1, cells)


def _is_unseen(book: Any, cell: Any) -> bool:
    """Tell whether a cell's letters have the colour of what is behind them, or are tiny."""
    if cell.xf_index is None:
        return False
    look = book.xf_list[cell.xf_index]
    font, fill = book.font_list[look.font_index], look.background
    size = font.height / 20  # from twentieths of a point
    if 0 < size <= TINY or _format(book, cell)[1] == NOTHING:
        return True
    ink = _palette(book, font.colour_index)
    if fill.fill_pattern > 1:  # dots and stripes
        return False
    return blends(ink, _palette(book, fill.pattern_colour_index) if fill.fill_pattern else WHITE)


def _palette(book: Any, number: int) -> Colour | None:
    """Return a colour of the workbook; None for the system's, which is seen."""
    found: Colour | None = book.colour_map.get(number)
    return found


def _shown(book: Any, cell: Any) -> Shown:
    from xlrd import (
        XL_CELL_BOOLEAN,
        XL_CELL_DATE,
        XL_CELL_ERROR,
        XL_CELL_NUMBER,
        error_text_from_code,
    )

    value, kind = cell.value, cell.ctype
    if kind == XL_CELL_BOOLEAN:
        return Shown(shown(bool(value)))
    if kind == XL_CELL_ERROR:
        return Shown(error_text_from_code.get(value, "#N/A"), True)
    if kind not in (XL_CELL_NUMBER, XL_CELL_DATE):
        return Shown(one_line(str(value)))
    key, code = _format(book, cell)
    if kind == XL_CELL_DATE or key in CHINESE_DATES:
        moment = _moment(value, book.datemode)
        if moment is not None:
            return Shown(one_line(shown(moment, CHINESE_DATES.get(key, code))), True)
        code = "General"
    return Shown(one_line(shown(value, code)), True)


def _format(book: Any, cell: Any) -> tuple[int, str]:
    """Return a cell's number format: its key and its code."""
    if cell.xf_index is None:
        return 0, "General"
    key: int = book.xf_list[cell.xf_index].format_key
    found = book.format_map.get(key)
    return key, found.format_str if found else "General"


def _moment(value: float, datemode: int) -> datetime | time | None:
    """Return a date or a time of day; None for a number that Excel shows as no date."""
    from xlrd import XLDateError, xldate_as_datetime

    try:
        moment: datetime = xldate_as_datetime(value, datemode)
    except (XLDateError, OverflowError, ValueError):
        return None
    if not 0 <= value < 3_000_000:
        return None
    return moment.time() if value < 1 else moment
