"""Excel workbooks (.xlsx): visible sheets in order, values as Excel shows them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from index.errors import DamagedFileError
from index.load.archive import open_archive
from index.load.canonical import CanonicalWriter, is_blank, one_line
from index.load.excel_layout import SheetRow, Shown
from index.load.excel_sheets import SheetFacts, box_lines, sheet_facts, sheet_paths
from index.load.excel_unseen import CellLooks
from index.load.excel_values import CHINESE_DATES, shown
from index.load.excel_write import HiddenCells, hidden_cells, hidden_sheets, write_sheet
from index.records import LoadedFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CROWD = {b"<row": 1_048_576, b"<c": 3_000_000}


def read_excel(content: bytes) -> LoadedFile:
    """Return the tables of each visible sheet, under their title rows."""
    archive = open_archive(content, CROWD)
    try:
        with archive:
            return _read(content, archive)
    except DamagedFileError:
        raise
    except Exception as error:  # openpyxl lets anything out; nothing of the file was kept
        raise DamagedFileError(
            f"表格结构不完整，打不开（{type(error).__name__}）。"
            "请用 Excel 或 WPS 打开，“另存为” .xlsx 后再导入。"
        ) from error


def _read(content: bytes, archive: zipfile.ZipFile) -> LoadedFile:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        paths = sheet_paths(archive)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        notes = list(hidden_sheets(hidden))
        writer = CanonicalWriter()
        for sheet in sheets:
            facts = sheet_facts(archive, paths[sheet.title])
            unseen = HiddenCells(sheet.title)
            rows = list(_rows(sheet, book.epoch, facts, unseen))
            write_sheet(writer, sheet.title, rows, facts.merged, headed=len(sheets) > 1)
            for line in box_lines(archive, paths[sheet.title]):
                writer.add("paragraph", line, place=f"{sheet.title} 文本框")
            notes += [*_remarks(sheet.title, facts), *unseen.notes()]
        notes += _left_out(archive)
    finally:
        book.close()
    return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, None, None, tuple(notes))


def _rows(sheet: Any, epoch: object, facts: SheetFacts, unseen: HiddenCells) -> Iterator[SheetRow]:
    """Yield the rows that show something; the sheet's own claim about its size is ignored."""
    looks = CellLooks()
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: dict[int, Shown] = {}
        for column, cell in enumerate(row, 1):
            if cell.value is not None:
                words = _shown(cell, epoch)
                if is_blank(words.text):
                    continue
                if looks.hides(cell, facts.painted):
                    unseen.add(number, column, words.text)
                else:
                    cells[column] = words
        if cells:
            yield SheetRow(number, cells)


def _shown(cell: Any, epoch: object) -> Shown:
    from openpyxl.utils.datetime import from_excel

    value, code = cell.value, cell.number_format
    identifier = cell.style_array.numFmtId
    quantity = not isinstance(value, str | bool)
    if identifier in CHINESE_DATES and isinstance(value, int | float) and quantity:
        value, code = from_excel(value, epoch), CHINESE_DATES[identifier]
    return Shown(one_line(shown(value, code)), quantity)


def _remarks(name: str, facts: SheetFacts) -> Iterator[str]:
    if facts.not_computed_count:
        cells = "、".join(facts.not_computed)
        more = "等" if facts.not_computed_count > len(facts.not_computed) else ""
        yield (
            f"工作表“{name}”的 {cells}{more}共 {facts.not_computed_count} 个公式没有保存计算结果，"
            "按空白读入。请用 Excel 打开、保存一次后再导入。"
        )
    yield from hidden_cells(name, facts.hidden_rows, facts.hidden_columns)


def _left_out(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    kinds = (
        ("xl/comments", "批注"),
        ("xl/charts/", "图表"),
        ("xl/media/", "图片"),
        ("xl/chartsheets/", "图表工作表"),
    )
    found = [word for start, word in kinds if any(name.startswith(start) for name in names)]
    if found:
        yield f"工作簿里的{'、'.join(found)}没有读入。"
