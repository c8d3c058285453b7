"""PDF with a text layer: lines in reading order, page furniture, paragraphs, tables."""

from __future__ import annotations

import io
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import DamagedFileError, EncryptedFileError, NoTextLayerError
from index.load.grid import GridCell, TextBuilder
from index.records import LoadedFile

MAX_PAGES = 5_000
MAX_TABLE_PAGES = 200  # finding tables takes about 0.2 s a page
MARGIN = 0.1  # share of the page's height where headers and footers stand
REPEATED = 0.5  # share of pages on which such a line must stand to be one
_PAGE_NUMBER = re.compile(
    r"^[\s\-－—–·]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})[\s\-－—–·]*$"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; coordinates in points, ``top`` from the page's upper edge."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    height: float
    lines: tuple[_Line, ...]
    tables: tuple[
        tuple[float, tuple[float, float], list[list[str | None]]], ...
    ]  # top, y span, rows


def load(content: bytes, path: Path) -> LoadedFile:
    """Return the text layer page by page; lines of one paragraph share a block."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFileError("PDF 加了打开密码，不能读取。请去掉密码后再试。") from error
        raise DamagedFileError(
            "PDF 已损坏或不完整，不能打开。请重新取得，或用阅读器打开后另存一份。"
        ) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise DamagedFileError(
                f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限。请拆成几个文件。"
            )
        notes = [f"共 {count} 页，页数很多，没有识别表格线。"] if count > MAX_TABLE_PAGES else []
        tables = {} if count > MAX_TABLE_PAGES else _tables(content)
        pages = [_page(document[i], i + 1, tables.get(i + 1, ())) for i in range(count)]
    finally:
        document.close()
    blank = [page.number for page in pages if not page.lines]
    if len(blank) == count:
        raise NoTextLayerError(
            "PDF 没有文字层（可能是扫描件），读不出文字。请先做文字识别（OCR）再放进来。"
        )
    if blank:
        shown = "、".join(map(str, blank[:10])) + ("等" if len(blank) > 10 else "")
        notes.append(f"第 {shown} 页没有文字层（可能是扫描的），没有读出。")
    return _assemble(pages, notes)


def _page(page: Any, number: int, tables: Sequence[Any]) -> _Page:
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        lines = tuple(_page_lines(text_page, height))
    finally:
        text_page.close()
        page.close()
    return _Page(number, height, lines, tuple(tables))


def _page_lines(text_page: Any, height: float) -> Iterator[_Line]:
    """Yield lines as the file orders them, which for office exports is reading order."""
    whole = text_page.get_text_range()
    at = 0
    for piece in re.split(r"(\r\n|\n|\r)", whole):
        words = piece.strip("\r\n")
        if words.strip():
            boxes = [
                text_page.get_charbox(at + i)
                for i, c in enumerate(words)
                if not c.isspace() and at + i < text_page.count_chars()
            ]
            if boxes:
                left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
                bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
                size = statistics.median(b[3] - b[1] for b in boxes)
                yield _Line(_clean(words), left, right, height - top, height - bottom, size)
        at += len(piece)


def _clean(words: str) -> str:
    return words.replace("\ufffe", "").replace("\x00", "").strip()


def _tables(content: bytes) -> dict[int, list[Any]]:
    """Return by page the ruled tables: top, vertical span, rows."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: dict[int, list[Any]] = {}
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for page in document.pages:
                if len(page.rects) + len(page.lines) < 4:
                    continue
                for table in page.find_tables():
                    rows = table.extract()
                    if len(rows) > 1 and max(len(row) for row in rows) > 1:
                        _, top, _, bottom = table.bbox
                        found.setdefault(page.page_number, []).append((top, (top, bottom), rows))
    except Exception:  # the text itself was read; tables then stay plain lines
        logging.getLogger(__name__).warning("could not look for tables", exc_info=True)
    return found


def _assemble(pages: Sequence[_Page], notes: list[str]) -> LoadedFile:
    furniture = _repeated(pages)
    sizes = Counter(round(line.size) for page in pages for line in page.lines)
    usual = sizes.most_common(1)[0][0]
    width = max(line.right for page in pages for line in page.lines)
    left = statistics.median(line.left for page in pages for line in page.lines)
    builder = TextBuilder()
    title = None
    for page in pages:
        inside = [line for line in page.lines if not _in_table(line, page)]
        pending = sorted(page.tables, key=lambda table: table[0])
        paragraph: list[_Line] = []
        for line in inside:
            while pending and pending[0][0] < line.top:
                _flush(paragraph, builder, page.number)
                builder.add_table(_grid(pending.pop(0)[2]), page=page.number)
            if _is_furniture(line, page, furniture):
                _flush(paragraph, builder, page.number)
                builder.add("furniture", line.text, page=page.number)
                continue
            if title is None and page.number == 1 and line.size > usual * 1.15:
                title = line.text
            if paragraph and _begins(line, paragraph[-1], left, width):
                _flush(paragraph, builder, page.number)
            paragraph.append(line)
        _flush(paragraph, builder, page.number)
        for table in pending:
            builder.add_table(_grid(table[2]), page=page.number)
    return LoadedFile(
        builder.text(), "application/pdf", tuple(builder.blocks), None, title, tuple(notes)
    )


def _flush(paragraph: list[_Line], builder: TextBuilder, page: int) -> None:
    if paragraph:
        builder.add("paragraph", "\n".join(line.text for line in paragraph), page=page)
        paragraph.clear()


def _begins(line: _Line, before: _Line, left: float, width: float) -> bool:
    """Tell whether a line begins a paragraph: indent, gap, a short line or another size before."""
    height = max(before.size, 1.0)
    return (
        line.left > left + height * 0.9
        or line.top - before.bottom > height * 1.6
        or before.right < width - height * 2.5
        or abs(line.size - before.size) > height * 0.25
    )


def _in_table(line: _Line, page: _Page) -> bool:
    middle = (line.top + line.bottom) / 2
    return any(span[0] <= middle <= span[1] for _, span, _ in page.tables)


def _is_furniture(line: _Line, page: _Page, repeated: set[str]) -> bool:
    edge = line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)
    return edge and (bool(_PAGE_NUMBER.match(line.text)) or _pattern(line.text) in repeated)


def _repeated(pages: Sequence[_Page]) -> set[str]:
    """Return the lines, digits aside, that stand in the margin of most pages."""
    if len(pages) < 3:
        return set()
    seen = Counter(
        pattern
        for page in pages
        for pattern in {
            _pattern(line.text)
            for line in page.lines
            if line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)
        }
    )
    return {pattern for pattern, count in seen.items() if count >= REPEATED * len(pages)}


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", text))


def _grid(rows: Sequence[Sequence[str | None]]) -> list[dict[int, GridCell]]:
    """Return rows of cells; None marks a place that a merged cell covers."""
    grid: list[dict[int, GridCell]] = []
    for number, row in enumerate(rows):
        line: dict[int, GridCell] = {}
        for column, words in enumerate(row):
            if words is None:
                continue
            across = 1
            while column + across < len(row) and row[column + across] is None and number == 0:
                across += 1
            # A broken line inside a cell of Chinese words is no space.
            joined = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", words)
            line[column] = GridCell(joined, 1, across)
        grid.append(line)
    return grid
