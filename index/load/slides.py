"""Presentations (.pptx): slides in order, each under its title, with its number as the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from index.errors import DamagedFileError
from index.load.archive import open_archive
from index.load.canonical import CanonicalWriter, TableCell, is_blank, one_line, place_cells
from index.load.drawings import DRAWN, chart_grid, shown_by
from index.load.slides_shapes import (
    Placed,
    has_words,
    in_reading_order,
    open_alternatives,
    title_of,
)
from index.load.slides_text import Line, lines_of
from index.load.slides_unseen import hides_in_cell, hides_in_shape
from index.load.unseen import Unseen
from index.records import BlockKind, LoadedFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
CROWD = {b"<a:p": 1_000_000, b"<p:sp": 200_000, b"<a:tc": 500_000}
_FURNITURE = ("ftr", "hdr", "dt", "sldNum")


def read_slides(content: bytes) -> LoadedFile:
    """Return each slide's title, texts, tables, charts and diagrams; then all speakers' notes.

    ``Block.page`` is the number of the slide. Hidden slides are named in a note.

    Raises:
        DamagedFileError: if the file is broken, or no presentation.
    """
    open_archive(content, CROWD).close()
    presentation = _open(content)
    try:
        return _Reader().read(presentation)
    except (KeyError, AttributeError, ValueError, TypeError, IndexError) as error:
        raise _damaged(error) from error  # python-pptx meets XML that breaks the standard


def _open(content: bytes) -> Any:
    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PythonPptxError

    try:
        return pptx.Presentation(BytesIO(content))
    except (PythonPptxError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> DamagedFileError:
    return DamagedFileError(
        f"演示文稿结构不完整，打不开（{type(error).__name__}）。请用 PowerPoint 或 WPS 打开，"
        "“另存为” .pptx 后再导入。"
    )


class _Reader:
    """Reads the slides of one presentation from first to last."""

    def __init__(self) -> None:
        self._writer = CanonicalWriter()
        self._title: str | None = None
        self._remarks: list[tuple[int, list[Line]]] = []
        self._hidden: list[str] = []
        self._pictures = self._objects = self._comments = self._tables = 0
        self._seen: set[str] = set()  # page footers
        self._page = 0
        self._unseen = Unseen()
        self._current: Any = None  # the slide at hand

    def read(self, presentation: Any) -> LoadedFile:
        for self._page, slide in enumerate(presentation.slides, 1):
            open_alternatives(slide)
            if slide._element.get("show") in ("0", "false"):
                self._hidden.append(f"第 {self._page} 页“{_heading(slide, self._page, Unseen())}”")
            else:
                self._slide(slide)
        self._speakers_notes()
        writer, notes = self._writer, tuple(self._told())
        return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, None, self._title, notes)

    # ---- one slide

    def _slide(self, slide: Any) -> None:
        self._tables = 0
        self._current = slide
        self._writer.blank_line()
        title = title_of(slide)
        if title is not None or has_words(slide):
            heading = _heading(slide, self._page, self._unseen)
            place = f"幻灯片 {self._page}"
            self._writer.add("heading", heading, level=1, page=self._page, place=place)
            self._title = self._title or (heading if title is not None else None)
        for placed in in_reading_order(slide.shapes):
            if title is None or placed.shape._element is not title._element:
                self._shape(placed)
        if slide.has_notes_slide:
            frame = slide.notes_slide.notes_text_frame
            if frame is not None and not is_blank(frame.text):
                self._remarks.append((self._page, list(lines_of(frame._txBody))))
        self._comments += sum(
            relation.reltype.endswith("/comments") for relation in slide.part.rels.values()
        )

    def _shape(self, placed: Placed) -> None:
        shape, place = placed.shape, f"幻灯片 {self._page}"
        kind = _placeholder(shape)
        if kind in _FURNITURE:
            self._furniture(shape, kind)
        elif getattr(shape, "has_table", False):
            self._table(shape)
        elif getattr(shape, "has_chart", False):
            grid = chart_grid(shape.chart._chartSpace)
            self._writer.add_table(grid, page=self._page, place=f"{place} 图表")
        elif getattr(shape, "has_text_frame", False):
            bulleted, hides = kind in ("body", "obj"), hides_in_shape(self._current, shape)
            body = shape._element.txBody
            self._lines(lines_of(body, bulleted=bulleted, hides=hides, unseen=self._unseen), place)
        else:
            self._other(shape, place)

    def _other(self, shape: Any, place: str) -> None:
        for reference in shape._element.iter(*DRAWN):
            _, lines = shown_by(reference, shape.part)
            for words in lines:
                self._writer.add("paragraph", words, page=self._page, place=f"{place} 图示")
        if shape._element.tag.endswith("}pic"):
            self._pictures += 1
        elif shape._element.tag.endswith("}graphicFrame"):
            self._objects += next(shape._element.iter(*DRAWN), None) is None

    def _lines(self, lines: Iterator[Line], place: str) -> None:
        for line in lines:
            kind: BlockKind = "list_item" if line.is_bullet else "paragraph"
            for part in line.text.split("\n"):
                self._writer.add(kind, part, page=self._page, place=place)

    def _furniture(self, shape: Any, kind: str) -> None:
        words = one_line(shape.text_frame.text) if shape.has_text_frame else ""
        if kind != "sldNum" and re.search(r"[^\W\d_]{2}", words) and words not in self._seen:
            self._seen.add(words)
            self._writer.add("furniture", words, page=self._page, place="页脚")

    def _table(self, shape: Any) -> None:
        from openpyxl.utils import get_column_letter

        self._tables += 1
        name = f"幻灯片{self._page}" + (f"表{self._tables}" if self._tables > 1 else "")
        placed = []
        for r, row in enumerate(shape.table.rows):
            for c, cell in enumerate(row.cells):
                if cell.is_spanned:
                    continue
                hides = hides_in_cell(cell._tc)
                lines = lines_of(cell._tc.txBody, hides=hides, unseen=self._unseen)
                words = " ".join(line.text for line in lines)
                ref = f"{name}!{get_column_letter(c + 1)}{r + 1}"
                tall, wide = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                placed.append((r, c, TableCell(one_line(words), tall, wide, ref)))
        place = f"幻灯片 {self._page} 表 {self._tables}"
        self._writer.add_table(place_cells(placed), page=self._page, place=place)

    # ---- apart

    def _speakers_notes(self) -> None:
        """Write the notes behind all slides: they often tell a slide's content once more."""
        if not self._remarks:
            return
        self._writer.blank_line()
        self._writer.add("heading", "备注", level=1, place="备注")
        for page, lines in self._remarks:
            for line in lines:
                for part in line.text.split("\n"):
                    place = f"幻灯片 {page} 备注"
                    self._writer.add("paragraph", part, page=page, place=place)

    def _told(self) -> Iterator[str]:
        if self._hidden:
            yield (
                f"隐藏的幻灯片没有读入：{'、'.join(self._hidden)}。"
                "如需读入，请在 PowerPoint 里取消隐藏后保存。"
            )
        if self._remarks:
            yield f"有 {len(self._remarks)} 页带演讲者备注，已读入，放在全部幻灯片之后。"
        if self._pictures:
            yield f"文中有 {self._pictures} 幅图片，图片里的文字没有读入。"
        if self._objects:
            yield f"文中嵌入了 {self._objects} 个别的文件或新式图表，里面的内容没有读入。"
        yield from self._unseen.notes()
        if self._comments:
            yield f"有 {self._comments} 页的批注没有读入。"


def _heading(slide: Any, page: int, unseen: Unseen) -> str:
    """Return a slide's title; where none is to be seen, what PowerPoint calls it."""
    title = title_of(slide)
    if title is None:
        return f"幻灯片 {page}"
    hides = hides_in_shape(slide, title)
    lines = lines_of(title._element.txBody, hides=hides, unseen=unseen)
    return one_line(" ".join(line.text for line in lines)) or f"幻灯片 {page}"


def _placeholder(shape: Any) -> str:
    """Return the kind of placeholder that a shape is, empty if it is none."""
    element = shape._element.find(".//{*}nvPr/{*}ph")
    return "" if element is None else element.get("type", "obj")
