"""Excel workbooks (.xlsx): every visible sheet, one line a row, formulas by cached value."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from index.errors import DamagedFileError
from index.load.grid import GridCell, TextBuilder
from index.load.office import check_container
from index.records import LoadedFile

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 200_000  # rows with content that are read of one sheet
Row = Mapping[int, GridCell]


def load(content: bytes, path: Path) -> LoadedFile:
    """Return the visible sheets; hidden ones and formulas without a value are noted."""
    import openpyxl

    check_container(content, "xl/workbook.xml", ".xlsx")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl lets many types through for a broken file
        raise DamagedFileError(
            "Excel 文件已损坏，不能打开。请在 Excel 或 WPS 中修复或另存一份。"
        ) from error
    builder = TextBuilder()
    notes: list[str] = []
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        notes.append(f"隐藏的工作表没有读取：{'、'.join(hidden)}。")
    for sheet in sheets:
        if len(sheets) > 1 and any(True for _ in _filled(sheet)):
            builder.add("heading", sheet.title, level=1, place=sheet.title)
        _sheet(sheet, builder)
        empty = _without_value(sheet, formulas[sheet.title])
        if empty:
            shown = "、".join(empty[:5]) + ("等" if len(empty) > 5 else "")
            notes.append(f"{len(empty)} 个公式没有保存结果，未能读出：{shown}。请打开后保存一次。")
    title = next(
        (builder.text()[b.start : b.end] for b in builder.blocks if b.kind == "paragraph"), None
    )
    return LoadedFile(builder.text(), _TYPE, tuple(builder.blocks), None, title, tuple(notes))


def _filled(sheet: Any) -> Iterator[Any]:
    """Yield the cells that hold something: a sheet may claim a million empty rows."""
    for cell in sheet._cells.values():
        if cell.value is not None and str(cell.value).strip():
            yield cell


def _sheet(sheet: Any, builder: TextBuilder) -> None:
    merged = {
        (area.min_row, area.min_col): (
            area.max_row - area.min_row + 1,
            area.max_col - area.min_col + 1,
        )
        for area in sheet.merged_cells.ranges
    }
    rows: dict[int, dict[int, GridCell]] = {}
    for cell in sorted(_filled(sheet), key=lambda c: (c.row, c.column)):
        down, across = merged.get((cell.row, cell.column), (1, 1))
        ref = f"{sheet.title}!{cell.coordinate}"
        rows.setdefault(cell.row, {})[cell.column] = GridCell(shown(cell), down, across, ref)
        if len(rows) >= MAX_ROWS:
            break
    left = min((column for row in rows.values() for column in row), default=1)
    ordered = [
        (number, {column - left: cell for column, cell in row.items()})
        for number, row in sorted(rows.items())
    ]
    for run in _runs(ordered):
        _table(run, builder, sheet.title)


def _runs(rows: Sequence[tuple[int, Row]]) -> Iterator[list[Row]]:
    """Yield rows that stand together: an empty row parts two tables."""
    run: list[Row] = []
    reach = 0  # the last row that a merged cell of the run covers
    for number, row in rows:
        if run and number > reach + 1:
            yield run
            run = []
        run.append(row)
        reach = max(
            reach if run[:-1] else 0, number, *(number + c.row_span - 1 for c in row.values())
        )
    if run:
        yield run


def _table(rows: list[Row], builder: TextBuilder, place: str) -> None:
    """Add title and unit lines above a table, the table, and notes below it."""
    first, last = 0, len(rows)
    while first < last and len(rows[first]) == 1:
        first += 1
    while last > first and len(rows[last - 1]) == 1 and _is_remark(rows[last - 1]):
        last -= 1
    for row in rows[:first]:
        builder.add("paragraph", next(iter(row.values())).text, place=place)
    if last > first:
        builder.add_table(rows[first:last], place=place)
    for row in rows[last:]:
        builder.add("paragraph", next(iter(row.values())).text, place=place)


def _is_remark(row: Row) -> bool:
    cell = next(iter(row.values()))
    return (
        bool(re.match(r"\s*(注|说明|备注|填报|制表|审核|单位负责人|联系)", cell.text))
        or len(cell.text) > 20
    )


def shown(cell: Any) -> str:
    """Return a cell's value as the sheet shows it, for the usual number formats."""
    value, form = cell.value, str(cell.number_format or "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return _date(value, form)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _date(value: datetime | date, form: str) -> str:
    if "年" in form:
        day = f"{value.day}日" if "d" in form.lower() else ""
        return f"{value.year}年{value.month}月{day}"
    return value.strftime("%Y-%m-%d")


def _number(value: float, form: str) -> str:
    decimals = re.search(r"0\.(0+)", form)
    places = len(decimals[1]) if decimals else 0
    if "%" in form:
        return f"{value * 100:.{places}f}%"
    if decimals:
        return f"{value:,.{places}f}" if "," in form else f"{value:.{places}f}"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}" if "," in form else str(int(value))
    return repr(round(value, 10))


def _without_value(sheet: Any, formulas: Any) -> list[str]:
    return [
        cell.coordinate
        for cell in formulas._cells.values()
        if isinstance(cell.value, str)
        and cell.value.startswith("=")
        and sheet[cell.coordinate].value is None
    ]
