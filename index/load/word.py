"""Word documents (.docx): body in order, as if all tracked changes were accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from index.errors import DamagedFileError
from index.load.archive import Element, open_archive
from index.load.canonical import CanonicalWriter, TableCell, is_blank, one_line, place_cells
from index.load.drawings import DRAWN, shown_by
from index.load.unseen import Unseen, beginning
from index.load.word_numbering import Label, Numbering
from index.load.word_styles import (
    Style,
    Styles,
    W,
    list_membership,
    number,
    outline_level,
    value,
    vanishes,
)
from index.load.word_unseen import Grounds
from index.records import BlockKind, LoadedFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_HEADING = 100  # characters; some writers give whole paragraphs a heading style
# A 1,000-page report has about 40,000 paragraphs; lxml needs up to 1 KB for each.
CROWD = {b"<w:p": 1_000_000, b"<w:tr": 300_000}

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_DELETED = (W + "del", W + "moveFrom")
_WRAPPERS = (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag",
             _MC + "Choice", _MC + "Fallback")  # fmt: skip
_SILENT = {W + name for name in ("pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr",
                                 "fldData", "ffData", "rt")} | set(_DELETED)  # fmt: skip
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n",
               W + "noBreakHyphen": "-"}  # fmt: skip
# What hangs on a run but is not written in its letters.
_HUNG = {W + "drawing", W + "pict", W + "object", _MC + "AlternateContent",
         W + "footnoteReference", W + "endnoteReference"}  # fmt: skip
_SYMBOLS = {0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "☐", 0xF0A3: "☐", 0xF06F: "☐", 0xF0FC: "✓"}


def read_word(content: bytes) -> LoadedFile:
    """Return the body's paragraphs and tables in order, then footnotes and endnotes.

    Headers and footers stand at the end as furniture. Automatic numbers are
    written out, since sections are cited by them.
    """
    open_archive(content, CROWD).close()
    reader = _Reader(_open(content))
    return reader.read()


def _open(content: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(BytesIO(content))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise DamagedFileError(
            "文档结构不完整，打不开。请用 Word 或 WPS 打开，"
            "“另存为” Word 文档（.docx，不是“严格”格式）后再导入。"
        ) from error


class _Reader:
    """Reads one document from front to back; numbering and notes depend on the order."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._parts = _related_parts(document.part)
        self._styles = Styles(self._root("styles"))
        self._numbering = Numbering(self._root("numbering"))
        self._writer = CanonicalWriter()
        self._title: str | None = None
        self._grounds = Grounds(self._styles, document.element)
        self._unseen, self._hidden_words = Unseen(), list[str]()
        self._notes_called: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._paragraphs = self._tables = self._hidden = 0
        self._concealed = False  # the style of the paragraph at hand makes its words hidden
        self._pending = ""  # the words of a paragraph whose end mark was deleted

    def read(self) -> LoadedFile:
        body = self._document.element.body
        self._container(body, place=None, contents=False)
        self._footnotes("footnote", "脚注")
        self._footnotes("endnote", "尾注")
        self._margins()
        notes = tuple(self._remarks(body))
        writer = self._writer
        return LoadedFile(writer.text, MEDIA_TYPE, writer.blocks, None, self._title, notes)

    def _root(self, kind: str) -> Element | None:
        part = next(iter(self._parts.get(kind, ())), None)
        return None if part is None else _parsed(part)

    # ---- blocks

    def _container(self, container: Element, *, place: str | None, contents: bool) -> None:
        for element, in_contents in _blocks(container, contents):
            if element.tag == W + "tbl":
                self._table(element, place)
            else:
                self._paragraph(element, place, in_contents)
        if self._pending:  # nothing follows that its words could join
            self._writer.add("paragraph", self._pending, place=place)
            self._pending = ""

    def _paragraph(self, element: Element, place: str | None, contents: bool) -> None:
        if place is None:
            self._paragraphs += 1
        properties = element.find(W + "pPr")
        style = self._styles.of(properties)
        hidden = self._styles.hides(style.identifier)
        self._grounds.enter_paragraph(properties, style.identifier)
        words, boxes = self._words(element, hidden=hidden)
        words = self._pending + words
        if _mark_deleted(properties):
            self._pending = words
            return
        self._pending = ""
        label = self._label(properties, style)
        if not is_blank(words):
            spot = place or f"第 {self._paragraphs} 段"
            self._write(words, label, style, properties, spot, contents)
        for box in boxes:
            if box.tag in DRAWN:
                self._drawn(box)
            else:
                with self._grounds.inside_box(box):
                    self._container(box, place=place or "文本框", contents=contents)

    def _drawn(self, reference: Element) -> None:
        """Write what a chart shows as a table, and the words of a diagram as paragraphs."""
        grid, lines = shown_by(reference, self._document.part)
        self._writer.add_table(grid, place="图表")
        for line in lines:
            self._writer.add("paragraph", line, place="图示")

    def _write(
        self, words: str, label: Label | None, style: Style, properties: Element | None, place: str,
        contents: bool,
    ) -> None:  # fmt: skip
        direct = outline_level(properties)
        level = style.level if direct is None else direct
        text = (label.text if label else "") + words
        if contents or style.is_contents:
            self._writer.add("furniture", text, place="目录")
        elif style.is_title:
            self._title = self._title or one_line(words)
            self._writer.add("paragraph", text, place="title")
        elif level and len(words) <= MAX_HEADING:
            self._writer.add("heading", text, level=level, place=place)
        else:
            kind: BlockKind = "list_item" if label and label.is_bullet else "paragraph"
            for line in text.split("\n"):  # a line break that the writer typed ends a line
                self._writer.add(kind, line, place=place)

    def _label(self, properties: Element | None, style: Style) -> Label | None:
        membership = list_membership(properties)
        if membership is None:
            membership = style.numbering
        elif style.numbering and membership[1] is None:
            membership = (membership[0], style.numbering[1])
        if membership is None or membership[0] == 0:  # 0 takes a paragraph out of its list
            return None
        return self._numbering.label(*membership, style.identifier)

    # ---- words

    def _words(self, paragraph: Element, *, hidden: bool = False) -> tuple[str, list[Element]]:
        """Return a paragraph's words, and the text boxes and charts that hang on it.

        ``hidden`` tells that the paragraph's style makes words hidden text.
        """
        words: list[str] = []
        boxes: list[Element] = []
        self._concealed = hidden
        self._collect(paragraph, words, boxes)
        return "".join(words).strip("\n"), boxes

    def _collect(self, element: Iterable[Element], words: list[str], boxes: list[Element]) -> None:
        for child in element:
            tag = child.tag
            if tag in (W + "t", _MATH_TEXT):
                words.append(child.text or "")
            elif tag in _CHARACTERS:
                words.append(_CHARACTERS[tag])
            elif tag == W + "sym":
                words.append(_symbol(child))
            elif tag == W + "txbxContent" or tag in DRAWN:
                boxes.append(child)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = tag.removeprefix(W).removesuffix("Reference")
                self._notes_called[kind].append(child.get(W + "id") or "")
            elif tag == W + "r" and self._is_hidden(child):
                self._hidden += 1
                self._hidden_words.append(_plain(child))
            elif tag == W + "r" and self._grounds.hides(child):
                self._unseen.add(_plain(child))
                self._collect((part for part in child if part.tag in _HUNG), words, boxes)
            elif tag == _MC + "AlternateContent":
                self._collect(_chosen(child), words, boxes)
            elif tag not in _SILENT and isinstance(tag, str):
                self._collect(child, words, boxes)

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(W + "rPr")
        direct = vanishes(properties)
        if direct is not None:
            return direct
        return self._styles.hides(value(properties, "rStyle")) or self._concealed

    def _cell_words(self, cell: Element) -> str:
        """Return the words of a table cell, numbers and inner tables included."""
        lines: list[str] = []
        for element, _ in _blocks(cell, False):
            if element.tag == W + "tbl":
                grid = self._grid(element, "")
                lines += [_row_words(row) for row in grid]
                continue
            properties = element.find(W + "pPr")
            style = self._styles.of(properties)
            label = self._label(properties, style)
            self._grounds.enter_paragraph(properties, style.identifier)
            words, boxes = self._words(element, hidden=self._styles.hides(style.identifier))
            if label and label.text:
                words = label.text.rstrip() if is_blank(words) else label.text + words
            lines += [words, *(self._box_words(box) for box in boxes if box.tag not in DRAWN)]
            lines += [self._drawn_words(box) for box in boxes if box.tag in DRAWN]
        return "\n".join(line for line in lines if not is_blank(line))

    def _box_words(self, box: Element) -> str:
        with self._grounds.inside_box(box):
            return self._cell_words(box)

    def _drawn_words(self, reference: Element) -> str:
        grid, lines = shown_by(reference, self._document.part)
        return "\n".join([*(_row_words(row) for row in grid), *lines])

    # ---- tables

    def _table(self, element: Element, place: str | None) -> None:
        only = _only_cell(element)
        if only is not None:  # a frame around text, not a table
            with self._grounds.inside_cell(element, *only):
                self._container(only[1], place=place or "文本框", contents=False)
            return
        self._tables += 1
        name = f"表 {self._tables}"
        self._writer.add_table(self._grid(element, name), place=place or name)

    def _grid(self, table: Element, name: str) -> list[list[TableCell | None]]:
        placed: dict[tuple[int, int], TableCell] = {}
        above: dict[int, tuple[int, int]] = {}  # column -> the cell that vertical merging extends
        for r, row in enumerate(_rows(table)):
            column = number(row.find(W + "trPr"), "gridBefore") or 0
            previous: tuple[int, int] | None = None
            for cell in _cells(row):
                properties = cell.find(W + "tcPr")
                span = max(1, number(properties, "gridSpan") or 1)
                origin = above.get(column) if _continues(properties, "vMerge") else None
                if _continues(properties, "hMerge") and previous is not None:
                    placed[previous] = _wider(placed[previous], columns=span)
                elif origin is not None:
                    grown = r + 1 - origin[0] - placed[origin].row_span
                    placed[origin] = _wider(placed[origin], rows=grown)
                else:
                    previous = (r, column)
                    with self._grounds.inside_cell(table, row, cell):
                        words = one_line(self._cell_words(cell))
                    placed[previous] = TableCell(words, 1, span, _ref(name, r, column))
                    above[column] = previous
                column += span
        return place_cells((r, c, cell) for (r, c), cell in placed.items())

    # ---- what stands apart from the body

    def _footnotes(self, kind: str, called: str) -> None:
        root = self._root(kind + "s")
        found = {n.get(W + "id"): n for n in root.iter(W + kind)} if root is not None else {}
        for count, identifier in enumerate(self._notes_called[kind], 1):
            note = found.get(identifier)
            if note is not None:
                self._container(note, place=f"{called} {count}", contents=False)

    def _margins(self) -> None:
        """Write page headers and footers once each, as furniture."""
        seen: set[str] = set()
        for kind, called in (("header", "页眉"), ("footer", "页脚")):
            for part in self._parts.get(kind, ()):
                for paragraph in _parsed(part).iter(W + "p"):
                    properties = paragraph.find(W + "pPr")
                    style = self._styles.of(properties)
                    self._grounds.enter_paragraph(properties, style.identifier)
                    words = one_line(self._words(paragraph)[0])
                    if words not in seen and re.search(r"[^\W\d_]{2}", words):
                        seen.add(words)
                        self._writer.add("furniture", words, place=called)

    def _remarks(self, body: Element) -> Iterator[str]:
        pictures = sum(1 for _ in body.iter(*_PICTURES))
        if pictures:
            yield f"文中有 {pictures} 幅图片，图片里的文字没有读入。"
        embedded = sum(1 for _ in body.iter(_OLE_OBJECT, W + "altChunk"))
        if embedded:
            yield f"文中嵌入了 {embedded} 个别的文件或对象（如 Excel 表），里面的内容没有读入。"
        comments = self._root("comments")
        count = len(comments.findall(W + "comment")) if comments is not None else 0
        if count:
            yield f"有 {count} 条批注没有读入。"
        if next(body.iter(W + "ins", *_DELETED), None) is not None:
            yield "文中有修订痕迹，已按“接受全部修订”读取：插入的算正文，删除的不算。"
        if self._hidden:
            count = sum(not c.isspace() for words in self._hidden_words for c in words)
            said = f"（共 {count} 个字，开头是“{beginning(self._hidden_words)}”）" if count else ""
            yield f"有 {self._hidden} 处设为“隐藏”的文字没有读入{said}。"
        yield from self._unseen.notes()


def _row_words(row: Sequence[TableCell | None]) -> str:
    return " ".join(cell.text for cell in row if cell and cell.text)


def _parsed(part: Any) -> Element:
    from docx.oxml.parser import parse_xml

    root: Element = parse_xml(part.blob)
    return root


def _related_parts(part: Any) -> dict[str, list[Any]]:
    """Return the parts that a part refers to, by the last word of the relationship's type."""
    found: dict[str, list[Any]] = {}
    for relation in part.rels.values():
        if not relation.is_external:
            found.setdefault(relation.reltype.rsplit("/", 1)[-1], []).append(relation.target_part)
    return found


def _blocks(container: Iterable[Element], contents: bool) -> Iterator[tuple[Element, bool]]:
    """Yield paragraphs and tables, and whether they stand in a table of contents."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child, contents
        elif child.tag == _MC + "AlternateContent":
            yield from _blocks(_chosen(child), contents)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, contents or _is_contents(child))


def _is_contents(element: Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _inside(container: Element, tag: str) -> Iterator[Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, W + "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row, without those that a tracked change takes away."""
    for cell in _inside(row, W + "tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _only_cell(table: Element) -> tuple[Element, Element] | None:
    """Return the row and the cell of a table that has just one, else None."""
    cells = [(row, cell) for row in _rows(table) for cell in _cells(row)][:2]
    return cells[0] if len(cells) == 1 else None


def _chosen(alternatives: Element) -> Iterable[Element]:
    """Return the first branch of ``mc:AlternateContent`` that holds words: the others repeat it."""
    branches = [*alternatives.findall(_MC + "Choice"), *alternatives.findall(_MC + "Fallback")]
    for branch in branches:
        if next(branch.iter(W + "t", W + "p", *DRAWN), None) is not None:
            return branch
    return branches[0] if branches else ()


def _continues(properties: Element | None, name: str) -> bool:
    merge = properties.find(W + name) if properties is not None else None
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _ref(name: str, row: int, column: int) -> str:
    """Return the name of a cell as in a workbook, ``表 1!B3``; rows and columns count from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{name}!{letters}{row + 1}"


def _wider(cell: TableCell, *, rows: int = 0, columns: int = 0) -> TableCell:
    return TableCell(cell.text, cell.row_span + rows, cell.column_span + columns, cell.ref)


def _plain(run: Element) -> str:
    return "".join(part.text or "" for part in run.iter(W + "t"))


def _mark_deleted(properties: Element | None) -> bool:
    if properties is None:
        return False
    return any(properties.find(f"{W}rPr/{mark}") is not None for mark in _DELETED)


def _symbol(element: Element) -> str:
    code = element.get(W + "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    return _SYMBOLS.get(int(code, 16), chr(int(code, 16)))
