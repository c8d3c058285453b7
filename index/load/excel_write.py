"""Write the sheets of a workbook, whichever program made it, and say what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.load.canonical import CanonicalWriter, one_line
from index.load.excel_layout import Line, SheetRow, sheet_parts, table_cells
from index.load.excel_sheets import MAX_NAMED, Area
from index.load.unseen import Unseen


def write_sheet(
    writer: CanonicalWriter,
    name: str,
    rows: Sequence[SheetRow],
    merged: Sequence[Area],
    *,
    headed: bool,
) -> None:
    """Append a sheet's titles, tables and remarks, each with its place (``Sheet1!B3``).

    ``name`` is empty where the file is one sheet without a name (.csv). A sheet
    that is ``headed`` begins with its name as a heading.
    """
    from openpyxl.utils import get_column_letter

    if headed and rows:
        writer.blank_line()
        writer.add("heading", name, level=1, place=name)
    for part in sheet_parts(rows, merged):
        if isinstance(part, Line):
            spot = f"{get_column_letter(part.column)}{part.row}"
            place = f"{name}!{spot}" if name else spot
            writer.add("paragraph", one_line(part.text), place=place)
        else:
            writer.add_table(table_cells(part, merged, name), place=name or None)
            writer.blank_line()


def hidden_sheets(names: Sequence[str]) -> Iterator[str]:
    """Yield a note that names the hidden sheets, if there are any."""
    if names:
        named = "、".join(f"“{name}”" for name in names)
        yield f"隐藏的工作表没有读入：{named}。如需读入，请在 Excel 里取消隐藏后保存。"


class HiddenCells:
    """Collects the cells of a sheet that show nothing although they hold something."""

    def __init__(self, sheet: str) -> None:
        self._sheet, self._unseen, self._spots = sheet, Unseen(), list[str]()

    def add(self, row: int, column: int, words: str) -> None:
        """Take down a cell that was left out; ``row`` and ``column`` count from 1."""
        from openpyxl.utils import get_column_letter

        self._unseen.add(words + " ")
        self._spots.append(f"{get_column_letter(column)}{row}")

    def notes(self) -> Iterator[str]:
        """Yield the sentence for the user, if anything was left out."""
        more = "等" if len(self._spots) > MAX_NAMED else ""
        spots = "、".join(self._spots[:MAX_NAMED])
        yield from self._unseen.notes(f"工作表“{self._sheet}”的 {spots} {more}单元格")


def hidden_cells(name: str, rows: int, columns: int) -> Iterator[str]:
    """Yield a note on a sheet's hidden rows and columns, if there are any."""
    if rows or columns:
        yield f"工作表“{name}”有隐藏的行（{rows} 行）或列（{columns} 处），已一并读入。"
