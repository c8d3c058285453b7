"""OFD files (GB/T 33190), the national format for official documents: text, tables, scans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from index.errors import EmptyFileError, NoTextLayerError
from index.load.ocr import Allowance
from index.load.ocr_lines import settle_sizes
from index.load.ocr_notes import RecognitionLog, Why
from index.load.ofd_draw import pictured
from index.load.ofd_package import REMEDY, Package, open_ofd
from index.load.ofd_page import page_of_sheet
from index.load.paged import pages_named, write_pages
from index.load.pdf_layout import Page, page_of
from index.load.pdf_page import RawPage, visible
from index.load.pdf_pictures import merged, wordless_pictures
from index.load.pdf_tables import take_tables
from index.records import LoadedFile

MEDIA_TYPE = "application/ofd"
FEW = 3  # characters; a scan often has a stray page number as text
MAX_UNMAPPED = 0.3  # share of characters that only the file's own fonts can tell


def read_ofd(content: bytes) -> LoadedFile:
    """Return the text of all pages; seals and annotations are told of, not read."""
    return _Reader(open_ofd(content)).read()


class _Reader:
    """Reads one package; what was recognised or skipped is kept for the notes."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._allowance = Allowance()
        self._log = RecognitionLog()
        self._unmapped: list[int] = []
        self._pictured = False
        used = Counter(where for sheet in package.sheets for where, _ in sheet.templates)
        self._shared = {where for where, count in used.items() if count > 1}

    def read(self) -> LoadedFile:
        pages = list(self._pages())
        count = len(self._package.sheets)
        if not pages and self._pictured:
            raise NoTextLayerError(
                f"OFD 共 {count} 页，都是图片，用程序识别（OCR）也没有认出文字。"
                "请检查扫描是否清晰，重新扫描，或导出为 PDF 后再导入。"
            )
        if not pages:
            raise EmptyFileError(
                f"OFD 共 {count} 页，没有可读的文字。请用 OFD 阅读器打开核对，导出为 PDF 后再导入。"
            )
        settle_sizes(pages)
        notes = tuple(self._notes())
        return write_pages(pages, MEDIA_TYPE, named=self._package.title, notes=notes)

    def _pages(self) -> Iterator[Page]:
        for number, sheet in enumerate(self._package.sheets, 1):
            raw = self._with_pictures(page_of_sheet(sheet, number, self._shared))
            if not visible(raw.runs):
                continue
            if raw.unmapped:
                self._unmapped.append(number)
            tables, runs = take_tables(raw)
            yield page_of(raw, runs, tables)

    def _with_pictures(self, raw: RawPage) -> RawPage:
        if not raw.pictures:
            return raw
        if visible(raw.runs) <= FEW:
            return self._recognised(raw, "scan")
        return self._recognised(raw, "pictures") if wordless_pictures(raw) else raw

    def _recognised(self, raw: RawPage, why: Why) -> RawPage:
        self._pictured = True
        if not self._allowance:
            self._log.out_of_time(raw.number)
            return raw
        picture = pictured(self._package, raw.number)
        found = self._allowance.recognise(picture, raw.number, max(raw.size))
        whole = merged(raw, found.page) if why == "pictures" else found.page
        if why == "pictures":
            found = found.only(whole)
        self._log.add(found, why)
        return whole if found.lines else raw

    def _notes(self) -> Iterator[str]:
        package = self._package
        yield from self._log.notes()
        if package.seals:
            yield f"含电子印章（签章）{package.seals} 个，未验证；印章上的字没有读入。"
        if package.annotated:
            yield f"有 {package.annotated} 页带批注或水印，没有读入；请对照原件核对。"
        if package.attachments:
            names = "、".join(package.attachments[:10])
            yield f"含附件 {len(package.attachments)} 个（{names}），没有读入；请另存附件后导入。"
        if package.missing:
            lost = pages_named(package.missing)
            yield f"{lost}的内容缺失或已损坏，没有读入，或没有读全。{REMEDY}"
        if package.left_out:
            yield f"文件太大，最后 {package.left_out} 页没有读入。请拆成几个文件再导入。"
        if self._unmapped:
            pages_with = pages_named(self._unmapped)
            yield f"{pages_with}有个别字用了文件自带的编码，可能不对，请对照原件核对。"
