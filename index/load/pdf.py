"""PDF files: text in reading order, page by page, with ruled tables; scanned pages by OCR."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.errors import DamagedFileError, EmptyFileError, EncryptedFileError, NoTextLayerError
from index.load.apart import grant
from index.load.ocr import DPI, LONGEST, Allowance
from index.load.ocr_lines import settle_sizes
from index.load.ocr_notes import RecognitionLog, Why
from index.load.paged import pages_named, write_pages
from index.load.pdf_layout import Page, page_of
from index.load.pdf_page import RawPage, read_page, visible
from index.load.pdf_pictures import merged, wordless_pictures
from index.load.pdf_tables import take_tables
from index.load.unseen import Unseen
from index.records import LoadedFile

if TYPE_CHECKING:
    from index.load.ocr import Picture

MEDIA_TYPE = "application/pdf"
MAX_TABLE_PAGES = 1000  # beyond that tables are not looked for: 27 ms for a full page of them
MAX_SECONDS = 900.0  # for all pages but recognition; then the rest is left out and named
MORE_PAGES, MORE_SECONDS = 100, 300.0  # so many pages read earn so much more time
FEW = 3  # characters; a scan often has a stray page number as text
MAX_UNMAPPED = 0.3  # share of characters that nobody can read; such a page counts as a scan
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_REMEDY = "请从来源重新取得文件；能打开的，用“打印为 PDF”另存一份再导入。"


def read_pdf(content: bytes) -> LoadedFile:
    """Return the text of all pages; page headers, footers and numbers are furniture."""
    document = open_pdf(content)
    try:
        named = str(document.get_metadata_dict().get("Title") or "").strip()
        return _Reader(document, content).read(named)
    finally:
        document.close()


def open_pdf(content: bytes) -> Any:
    """Return the PDFium document.

    Raises:
        EncryptedFileError: it cannot be opened without a password.
        DamagedFileError: it is no PDF that can be opened.
    """
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
    """Reads one document; what was recognised or skipped is kept for the notes."""

    def __init__(self, document: Any, content: bytes) -> None:
        self._document = document
        self._cut_off = b"%%EOF" not in content[-4096:]
        self._allowance = Allowance()
        self._log = RecognitionLog()
        self._pictured = False
        self._unmapped: list[int] = []
        self._broken: list[int] = []
        self._outside: list[int] = []
        self._unseen, self._unseen_on = Unseen(), list[int]()
        self._left_out: list[int] = []
        self._tables_skipped = len(document) > MAX_TABLE_PAGES

    def read(self, named: str) -> LoadedFile:
        pages = list(self._pages())
        if not pages:
            self._refuse()
        settle_sizes(pages)
        return write_pages(pages, MEDIA_TYPE, named=named, notes=tuple(self._notes()))

    def _pages(self) -> Iterator[Page]:
        """Yield the pages that have text."""
        began = time.monotonic()
        for number in range(1, len(self._document) + 1):
            if time.monotonic() - began - self._allowance.used > MAX_SECONDS:
                self._left_out = list(range(number, len(self._document) + 1))
                return
            if number % MORE_PAGES == 0:
                grant(MORE_SECONDS)
            raw = self._raw_page(number)
            if raw is not None and raw.unseen.strip():
                self._unseen_on.append(number)
                self._unseen.add(raw.unseen)
            if raw is None or not visible(raw.runs):
                continue
            if raw.unmapped:
                self._unmapped.append(number)
            if raw.outside:
                self._outside.append(number)
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
            raw = read_page(page, number, with_rules=not self._tables_skipped)
            return self._with_pictures(page, raw)
        except pypdfium2.PdfiumError:
            self._broken.append(number)
            return None
        finally:
            page.close()

    def _with_pictures(self, page: Any, raw: RawPage) -> RawPage:
        """Return the page with the words of its pictures, or those of its image as a scan."""
        seen = visible(raw.runs)
        unreadable = raw.unmapped > MAX_UNMAPPED * max(seen, 1)
        if unreadable or seen <= FEW:
            return self._recognised(page, raw, "unreadable" if unreadable else "scan")
        if wordless_pictures(raw):
            return self._recognised(page, raw, "pictures")
        return raw

    def _recognised(self, page: Any, raw: RawPage, why: Why) -> RawPage:
        if why != "pictures" and not (raw.pictures or raw.drawn or visible(raw.runs)):
            return raw  # a blank page
        self._pictured = True
        if not self._allowance:
            self._log.out_of_time(raw.number)
            return raw if why != "unreadable" else RawPage(raw.number, *raw.size, (), ())
        long_side = max(raw.size)
        found = self._allowance.recognise(rendered(page, DPI), raw.number, long_side)
        read = replace(found.page, unseen=raw.unseen)
        whole = merged(raw, read) if why == "pictures" else read
        if why == "scan" and visible(whole.runs) < visible(raw.runs):
            return raw  # few words, and recognising saw fewer: those of a page on its side, say
        if why == "pictures":
            found = found.only(whole)
        self._log.add(found, why)
        return whole if found.lines else raw

    def _refuse(self) -> None:
        count = len(self._document)
        if self._pictured:
            raise NoTextLayerError(
                f"共 {count} 页，都没有文字层：这是扫描件（图片），用程序识别（OCR）也没有认出文字。"
                "请检查扫描是否清晰、方向是否正确，重新扫描（300 dpi、黑白或灰度）后再导入。"
            )
        if self._broken or self._cut_off:
            raise DamagedFileError(f"PDF 已损坏，一页文字也读不出来。{_REMEDY}")
        if self._unseen_on:
            raise EmptyFileError("".join(self._unseen.notes("PDF 里没有看得见的文字：")))
        raise EmptyFileError(f"PDF 共 {count} 页，都是空白，没有任何文字。请检查是否选错了文件。")

    def _notes(self) -> Iterator[str]:
        yield from self._log.notes()
        if self._broken:
            yield f"{pages_named(self._broken)}已损坏，没有读入。{_REMEDY}"
        if self._unmapped:
            yield f"{pages_named(self._unmapped)}有个别字识别不出，以 � 代替，请对照原件核对。"
        if self._outside:
            yield f"{pages_named(self._outside)}的可见范围以外还有文字（被裁去），没有读入。"
        yield from self._unseen.notes(pages_named(self._unseen_on))
        if self._left_out:
            yield f"文件太大，{pages_named(self._left_out)}没有读入。请拆成几个文件再导入。"
        if self._tables_skipped:
            yield (
                f"共 {len(self._document)} 页，超过 {MAX_TABLE_PAGES} 页，没有识别表格，"
                "表格里的文字按普通文字读入。需要识别表格时，请拆成几个文件。"
            )
        if self._cut_off:
            yield "文件末尾不完整，可能在传送中被截断，请核对页数。"


def rendered(page: Any, dpi: float) -> Picture:
    """Return a page's image at ``dpi``, or at fewer where the page is very large."""
    import numpy as np

    scale = min(dpi / 72, LONGEST / max(page.get_size()))
    image = page.render(scale=scale, may_draw_forms=False).to_numpy()
    if image.ndim == 2 or image.shape[2] == 1:
        return np.repeat(image.reshape(*image.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(image[:, :, :3])
