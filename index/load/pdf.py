"""PDF files with a text layer: text in reading order, page by page, with ruled tables."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from index.errors import DamagedFileError, EmptyFileError, EncryptedFileError, NoTextLayerError
from index.load.canonical import CanonicalWriter, one_line
from index.load.pdf_layout import (
    Line,
    Page,
    Part,
    heading_levels,
    margins_of,
    mark_furniture,
    page_of,
    parts_of,
)
from index.load.pdf_page import RawPage, read_page, visible
from index.load.pdf_tables import take_tables
from index.records import BlockKind, LoadedFile

MEDIA_TYPE = "application/pdf"
MAX_TABLE_PAGES = 1000  # beyond that tables are not looked for: 27 ms for a full page of them
MAX_SECONDS = 240.0  # for all pages; then the rest is left out, and the user is told
FEW = 3  # characters; a scan often has a stray page number as text
MAX_UNMAPPED = 0.3  # share of characters that nobody can read; such a page counts as a scan
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_REMEDY = "请从来源重新取得文件；能打开的，用“打印为 PDF”另存一份再导入。"
_SCAN_REMEDY = "请先用扫描软件或 WPS 做文字识别（OCR），存为带文字层的 PDF 或 .docx，再导入。"


def read_pdf(content: bytes) -> LoadedFile:
    """Return the text of all pages; page headers, footers and numbers are furniture."""
    document = _open(content)
    try:
        named = str(document.get_metadata_dict().get("Title") or "").strip()
        reader = _Reader(document, content)
        return reader.read(named)
    finally:
        document.close()


def _open(content: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)  # an owner's password does not stop reading
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise EncryptedFileError(
                "PDF 加了打开密码，读不出内容。请用密码打开后，另存为没有密码的 PDF 再导入。"
            ) from error
        raise DamagedFileError(f"PDF 不完整或已损坏，打不开。{_REMEDY}") from error


class _Reader:
    """Reads one document; pages without text and what was skipped are kept for the notes."""

    def __init__(self, document: Any, content: bytes) -> None:
        self._document = document
        self._cut_off = b"%%EOF" not in content[-4096:]
        self._scanned: list[int] = []
        self._unmapped: list[int] = []
        self._broken: list[int] = []
        self._left_out = 0
        self._last_table: tuple[int, int] | None = None  # page and columns, if nothing followed
        self._tables_skipped = len(document) > MAX_TABLE_PAGES

    def read(self, named: str) -> LoadedFile:
        pages = list(self._pages())
        if not pages:
            self._refuse()
        mark_furniture(pages)
        levels, usual = heading_levels(pages), margins_of(pages)
        writer = CanonicalWriter()
        for page in pages:
            for part in parts_of(page, levels, usual):
                self._write(writer, part, page.number)
        bare = "".join(writer.text.split())
        title = one_line(named) if named and "".join(named.split()) in bare else None
        notes = tuple(self._notes())
        return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, None, title, notes)

    def _write(self, writer: CanonicalWriter, part: Part, page: int) -> None:
        for line in part.lines:
            if line.table is not None:
                writer.add_table(line.table.grid, page=page, place=self._continued(line, page))
        if part.kind == "table":
            return
        kinds: dict[str, BlockKind] = {"heading": "heading", "furniture": "furniture"}
        text = "\n".join(line.text for line in part.lines)
        writer.add(kinds.get(part.kind, "paragraph"), text, level=part.level, page=page)
        if part.kind != "furniture":
            self._last_table = None

    def _continued(self, line: Line, page: int) -> str | None:
        """Say of a table with nothing before it on its page that it goes on with the last one."""
        table = line.table
        if table is None or not table.grid:
            return None
        before, columns = self._last_table, len(table.grid[0])
        self._last_table = (page, columns)
        if before is not None and before[0] == page - 1 and before[1] == columns:
            return f"续第 {page - 1} 页的表"
        return None

    def _pages(self) -> Iterator[Page]:
        """Yield the pages that have text."""
        began = time.monotonic()
        for number in range(1, len(self._document) + 1):
            if time.monotonic() - began > MAX_SECONDS:
                self._left_out = len(self._document) - number + 1
                return
            raw = self._raw_page(number)
            if raw is None:
                continue
            seen = visible(raw.runs)
            if raw.unmapped > MAX_UNMAPPED * max(seen, 1):
                self._scanned.append(number)
                continue
            if seen <= FEW and raw.has_picture:
                self._scanned.append(number)
            if raw.unmapped:
                self._unmapped.append(number)
            if seen:
                tables, runs = take_tables(raw)
                yield page_of(raw, runs, tables)

    def _raw_page(self, number: int) -> RawPage | None:
        import pypdfium2

        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            self._broken.append(number)
            return None
        try:
            return read_page(page, number, with_rules=not self._tables_skipped)
        except pypdfium2.PdfiumError:
            self._broken.append(number)
            return None
        finally:
            page.close()

    def _refuse(self) -> None:
        if self._scanned:
            raise NoTextLayerError(
                f"共 {len(self._document)} 页，都没有文字层：这是扫描件（图片），读不出文字。"
                f"{_SCAN_REMEDY}"
            )
        if self._broken or self._cut_off:
            raise DamagedFileError(f"PDF 已损坏，一页文字也读不出来。{_REMEDY}")
        raise EmptyFileError(
            f"PDF 共 {len(self._document)} 页，没有任何文字。请检查是否选错了文件；"
            f"如果打开能看到字，字是画成图形的。{_SCAN_REMEDY}"
        )

    def _notes(self) -> Iterator[str]:
        if self._scanned:
            yield f"{_named(self._scanned)}没有可读的文字层（可能是扫描页），没有读入。{_SCAN_REMEDY}"
        if self._broken:
            yield f"{_named(self._broken)}已损坏，没有读入。{_REMEDY}"
        if self._unmapped:
            yield f"{_named(self._unmapped)}有个别字识别不出，以 � 代替，请对照原件核对。"
        if self._left_out:
            yield f"文件太大，最后 {self._left_out} 页没有读入。请拆成几个文件再导入。"
        if self._tables_skipped:
            yield (
                f"共 {len(self._document)} 页，超过 {MAX_TABLE_PAGES} 页，没有识别表格，"
                "表格里的文字按普通文字读入。需要识别表格时，请拆成几个文件。"
            )
        if self._cut_off:
            yield "文件末尾不完整，可能在传送中被截断，请核对页数。"


def _named(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: 第 3、5–7 页."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][-1:] = [runs[-1][-1], page] if len(runs[-1]) == 1 else [page]
        else:
            runs.append([page])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    more = f"等共 {len(pages)} " if len(shown) > 20 else " "
    return f"第 {'、'.join(shown[:20])}{more}页"
