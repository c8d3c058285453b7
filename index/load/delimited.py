"""Tables as text (.csv): the delimiter is found, and cells point at the row that Excel shows."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from index.errors import DamagedFileError
from index.load.canonical import CanonicalWriter, is_blank, one_line
from index.load.decode import decode
from index.load.excel_layout import SheetRow, Shown
from index.load.excel_write import write_sheet
from index.records import LoadedFile

MEDIA_TYPE = "text/csv"
MAX_CELLS = 3_000_000  # as for .xlsx
MAX_COLUMNS = 16_384  # Excel's own limit
_DELIMITERS = ",\t;|"
_LOOKED_AT = 500  # rows
_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel's own way to name the delimiter
_QUANTITY = re.compile(r"[-+]?[\d,]*\d(?:\.\d+)?[%％]?")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # written so that Excel keeps the zeros in front


def read_delimited(content: bytes) -> LoadedFile:
    """Return the title lines, the tables and the remarks of one sheet without a name.

    ``Cell.ref`` and ``Block.place`` name a cell as Excel does when it opens the
    file (``B3``): a row is one record, however many lines it is written on.

    Raises:
        LoadError: if the encoding cannot be told, or the file is too large.
    """
    decoded = decode(content)
    text, first = decoded.text, 1
    stated = _STATED.match(text)
    if stated:
        text, first = text[stated.end() :], 2
    delimiter = stated[1] if stated else _delimiter(text)
    rows, quoted = _rows(text, delimiter)
    notes = list(decoded.notes)
    if not quoted:
        notes.append("引号不成对，已把引号当作普通文字读入，请核对表格的列。")
    writer = CanonicalWriter()
    write_sheet(writer, "", list(_filled(rows, first)), (), headed=False)
    return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, decoded.encoding, None, tuple(notes))


def _delimiter(text: str) -> str:
    """Return the delimiter under which most rows have the same number of cells, a comma if none."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the most frequent width above 1, and that width."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                widths[len(row)] += 1
            if widths.total() >= _LOOKED_AT:
                break
    except csv.Error:  # a field longer than any cell: a quote that is never closed
        return 0.0, 0
    del widths[1]  # a title stands alone in its row, and so does all under a wrong delimiter
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / max(1, widths.total()) * _weight(count)
    return share if _is_well_quoted(text, delimiter) else share / 2, width


def _is_well_quoted(text: str, delimiter: str) -> bool:
    """Tell whether every quoted cell ends at a delimiter, in the first rows (“"1";",1"”)."""
    try:
        for _ in islice(csv.reader(_lines(text), delimiter=delimiter, strict=True), _LOOKED_AT):
            pass
    except csv.Error:
        return False
    return True


def _weight(count: int) -> float:
    """Return less for a width that few rows have: prose has a comma here and there, too."""
    return min(count, 3) / 3


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """Return the records, and whether quotes were read as such."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        return _counted(csv.reader(_lines(text), delimiter=delimiter, strict=True)), True
    except csv.Error:
        plain = csv.reader(_lines(text), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return _counted(plain), False


def _lines(text: str) -> StringIO:
    return StringIO(text, newline="")


def _counted(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return the rows, unless they are more than an office's table can be."""
    found: list[list[str]] = []
    count = 0
    for row in rows:
        found.append(row)
        count += max(1, len(row))
        if len(row) > MAX_COLUMNS or count > MAX_CELLS:
            raise DamagedFileError(
                f"表格超过 {MAX_COLUMNS} 列或 {MAX_CELLS} 个单元格，不像正常的表格。"
                "请核对分隔符，或拆成几个文件再导入。"
            )
    return found


def _filled(rows: Iterable[list[str]], first: int) -> Iterator[SheetRow]:
    for number, row in enumerate(rows, first):
        cells = {
            column: _shown(words)
            for column, words in enumerate(row, 1)
            if words and not is_blank(words)
        }
        if cells:
            yield SheetRow(number, cells)


def _shown(words: str) -> Shown:
    text = one_line(words)
    kept = _KEPT_AS_TEXT.fullmatch(text)
    if kept:
        return Shown(kept[1])
    return Shown(text, bool(_QUANTITY.fullmatch(text)))
