"""Word documents (.docx): paragraphs with rendered numbering, tables, notes, text boxes."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import DamagedFileError
from index.load.grid import GridCell, TextBuilder
from index.load.office import check_container
from index.records import LoadedFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CHINESE = "零一二三四五六七八九十"


def load(content: bytes, path: Path) -> LoadedFile:
    """Return body text in order; headers and footers of the page are left apart.

    Tracked changes are taken as accepted. Numbers that Word computes for a list
    are written out, because a citation of “（二）” needs them.
    """
    import docx

    archive = check_container(content, "word/document.xml", ".docx")
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx lets many types through for a broken file
        raise DamagedFileError(
            "Word 文件已损坏，不能打开。请在 Word 或 WPS 中修复或另存一份。"
        ) from error
    builder = TextBuilder()
    numbering = _Numbering(document)
    styles = _Styles(document)
    title = None
    for number, element in enumerate(document.element.body, start=1):
        if element.tag == f"{_W}p":
            words = _paragraph(element, builder, numbering, styles, number)
            if title is None and styles.is_title(element) and words:
                title = words
        elif element.tag == f"{_W}tbl":
            _table(element, builder)
        elif element.tag == f"{_W}sdt":
            for inner in element.iter(f"{_W}p"):
                _paragraph(inner, builder, numbering, styles, number)
    for place, words in _notes(archive):
        builder.add("paragraph", words, place=place)
    named = (document.core_properties.title or "").strip()
    found = title or (named if named and named in builder.text() else None)
    return LoadedFile(builder.text(), _TYPE, tuple(builder.blocks), None, found)


def _paragraph(
    element: Any, builder: TextBuilder, numbering: _Numbering, styles: _Styles, number: int
) -> str:
    words = numbering.label(element, styles) + text_of(element)
    level = styles.level(element)
    title = styles.is_title(element)
    for line in words.split("\n"):
        if level and line.strip():
            builder.add("heading", line.strip(), level=level, place=f"第{number}段")
        else:
            builder.add("paragraph", line.rstrip(), place="title" if title else f"第{number}段")
    for box in element.iter(f"{_W}txbxContent"):
        if _is_fallback(box):
            continue
        for inner in box.iter(f"{_W}p"):
            builder.add("paragraph", text_of(inner), place="文本框")
    return words.strip()


def text_of(element: Any) -> str:
    """Return a paragraph's words with tracked changes accepted, text boxes left out."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == f"{_W}t" and not _inside(node, element, ("txbxContent", "del", "moveFrom")):
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab" and node.getparent().tag == f"{_W}r":
            parts.append(" ")
        elif node.tag in (f"{_W}br", f"{_W}cr") and node.get(f"{_W}type") in (None, "textWrapping"):
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _inside(node: Any, stop: Any, names: tuple[str, ...]) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not stop:
        if parent.tag in {f"{_W}{name}" for name in names}:
            return True
        parent = parent.getparent()
    return False


def _is_fallback(node: Any) -> bool:
    parent = node.getparent()
    while parent is not None:
        if parent.tag.endswith("}Fallback"):
            return True
        parent = parent.getparent()
    return False


class _Styles:
    """Heading levels by style, followed through the styles that it is based on."""

    def __init__(self, document: Any) -> None:
        self._by_id = {style.element.styleId: style.element for style in document.styles}

    def chain(self, paragraph: Any) -> Iterator[Any]:
        """Yield the paragraph's own properties, then its styles', nearest first."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return
        yield properties
        named = properties.find(f"{_W}pStyle")
        key = named.get(f"{_W}val") if named is not None else None
        seen: set[str] = set()
        while key and key in self._by_id and key not in seen:
            seen.add(key)
            style = self._by_id[key]
            yield style
            based = style.find(f"{_W}basedOn")
            key = based.get(f"{_W}val") if based is not None else None

    def level(self, paragraph: Any) -> int:
        """Return 1 to 9 for a heading, 0 for other paragraphs."""
        for link in self.chain(paragraph):
            outline = link.find(f".//{_W}outlineLvl")
            if outline is not None and int(outline.get(f"{_W}val") or 9) < 9:
                return int(outline.get(f"{_W}val")) + 1
            name = _style_name(link)
            match = re.match(r"(?:heading|标题)\s*(\d)$", name, re.IGNORECASE)
            if match:
                return int(match[1])
        return 0

    def is_title(self, paragraph: Any) -> bool:
        """Tell whether the paragraph has the style of a document title."""
        return any(_style_name(link).lower() in ("title", "标题") for link in self.chain(paragraph))


def _style_name(link: Any) -> str:
    name = link.find(f"{_W}name")
    return str(name.get(f"{_W}val") or "") if name is not None else ""


class _Numbering:
    """The numbers that Word computes for list paragraphs."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[tuple[str, int], int] = defaultdict(int)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            node.get(f"{_W}abstractNumId"): {
                int(level.get(f"{_W}ilvl")): (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(_value(level, "start") or 1),
                )
                for level in node.findall(f"{_W}lvl")
            }
            for node in root.findall(f"{_W}abstractNum")
        }
        for node in root.findall(f"{_W}num"):
            levels = abstract.get(_value(node, "abstractNumId") or "", {})
            self._levels[node.get(f"{_W}numId")] = levels

    def label(self, paragraph: Any, styles: _Styles) -> str:
        """Return the paragraph's number as shown, counting on from the one before."""
        for link in styles.chain(paragraph):
            properties = link if link.tag == f"{_W}pPr" else link.find(f"{_W}pPr")
            number = properties.find(f"{_W}numPr") if properties is not None else None
            if number is not None:
                key, level = _value(number, "numId") or "", int(_value(number, "ilvl") or 0)
                return self._next(key, level)
        return ""

    def _next(self, key: str, level: int) -> str:
        levels = self._levels.get(key, {})
        if level not in levels or levels[level][0] == "bullet":
            return ""
        for deeper in [k for k in self._counts if k[0] == key and k[1] > level]:
            del self._counts[deeper]
        self._counts[key, level] += 1

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form, _, first = levels.get(at, ("decimal", "", 1))
            return _format(first - 1 + max(self._counts[key, at], 1), form)

        return re.sub(r"%(\d)", shown, levels[level][1])


def _value(node: Any, name: str) -> str | None:
    found = node.find(f"{_W}{name}")
    return found.get(f"{_W}val") if found is not None else None


def _format(number: int, form: str) -> str:
    if form.startswith(("chinese", "japanese", "ideographDigital", "taiwanese")):
        return _chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter"):
        return chr((97 if form == "lowerLetter" else 65) + (number - 1) % 26)
    return str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _CHINESE[number]
    head = "十" if tens == 1 else f"{_CHINESE[tens]}十" if tens < 10 else str(number)
    return head + (_CHINESE[ones] if ones else "") if tens < 10 else head


def _table(element: Any, builder: TextBuilder) -> None:
    """Add a table; merged cells stand once, at their top left."""
    grid: list[dict[int, GridCell]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # column to where its merged cell began
    for number, row in enumerate(element.findall(f"{_W}tr")):
        line: dict[int, GridCell] = {}
        column = 0
        for cell in row.findall(f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            across = int(_property(properties, "gridSpan") or 1)
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
            if goes_on and column in open_merges:
                top, left = open_merges[column]
                above = grid[top][left]
                grid[top][left] = GridCell(
                    above.text, number - top + 1, above.column_span, above.ref
                )
            else:
                words = " ".join(text_of(p) for p in cell.iter(f"{_W}p"))
                line[column] = GridCell(words, 1, across)
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = (number, column)
            column += across
        grid.append(line)
    builder.add_table(grid)


def _property(properties: Any, name: str) -> str | None:
    return _value(properties, name) if properties is not None else None


def _notes(archive: Any) -> Iterator[tuple[str, str]]:
    """Yield (place, words) of footnotes and endnotes."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part, name, tag in (
        ("word/footnotes.xml", "脚注", "footnote"),
        ("word/endnotes.xml", "尾注", "endnote"),
    ):
        if part not in archive.namelist():
            continue
        root = etree.fromstring(archive.read(part), parser)
        notes = [n for n in root.findall(f"{_W}{tag}") if n.get(f"{_W}type") is None]
        for number, note in enumerate(notes, start=1):
            words = " ".join(text_of(p).strip() for p in note.iter(f"{_W}p"))
            yield f"{name} {number}", words.strip()
