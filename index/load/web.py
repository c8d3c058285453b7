"""Web pages (.html, .htm): the article's words, without menus, scripts and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.load.canonical import CanonicalWriter, is_blank, one_line
from index.load.decode import decode, widened
from index.load.unseen import Unseen, beginning
from index.load.web_hidden import is_hidden, unseen_strings
from index.load.web_menus import Menus, tools_apart
from index.load.web_tables import is_layout, table_grid
from index.records import BlockKind, LoadedFile

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MEDIA_TYPE = "text/html"
MAIN_SHARE = 0.5  # of the page's text that <article> or <main> must hold to be taken alone
TOLD = 20  # hidden characters; templates hide a word or two
MAX_DEPTH = 150  # of elements; what is nested deeper is taken as bare text

_DROPPED = {"script", "style", "noscript", "template", "head", "nav", "footer", "svg", "iframe",
            "object", "embed", "select", "option", "button", "textarea", "input", "rt", "rp",
            "audio", "video", "canvas", "map", "datalist"}  # fmt: skip
_BLOCKS = {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div",
           "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
           "html", "legend", "main", "menu", "ol", "p", "pre", "section", "summary", "ul",
           "caption", "table", "thead", "tbody", "tfoot", "tr", "td", "th"}  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BREAK = "\x1e"  # stands for <br> until the white space of the source is collapsed
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_FOLD = re.compile(rf"(?<={_WIDE})[ \t\f]*\n\s*(?={_WIDE})")
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_web(content: bytes) -> LoadedFile:
    """Return the words a reader of the page sees, menus apart, with tables kept."""
    return read_page(content, None, MEDIA_TYPE)


def read_page(content: bytes, charset: str | None, media_type: str) -> LoadedFile:
    """Return the words of a page; ``charset`` is what its carrier (a mail) says of it."""
    from bs4 import BeautifulSoup

    decoded = decode(content, widened(charset or "") or declared_charset(content))
    soup = BeautifulSoup(decoded.text, "lxml")
    unseen = Unseen()
    for words in unseen_strings(soup):
        unseen.add(_collapse(str(words)))
        words.extract()
    hidden = _remove_unseen(soup)
    notes = decoded.notes
    if _count("".join(hidden)) >= TOLD:
        notes += (
            f"有 {_count(''.join(hidden))} 个字设成了看不见（隐藏样式），没有读取，"
            f"开头是“{beginning(hidden)}”；请在浏览器里核对原网页。",
        )
    notes += tuple(unseen.notes())
    writer = CanonicalWriter()
    main = _main_part(soup)
    _Walker(writer, Menus(main)).walk_root(main)
    title = _title(soup, writer)
    return LoadedFile(writer.text, media_type, writer.blocks, decoded.encoding, title, notes)


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that the page declares, widened to the standard it is part of."""
    match = _CHARSET.search(content[:4096])
    return widened(match[1].decode("ascii", "ignore")) if match else None


def _remove_unseen(soup: BeautifulSoup) -> list[str]:
    """Take out what is not shown; return the words that were hidden by a style."""
    from bs4 import Tag

    hidden: list[str] = []
    unseen = [tag for tag in soup.find_all(True) if isinstance(tag, Tag) and _is_unseen(tag)]
    for tag in unseen:
        if not tag.decomposed:
            if tag.name not in _DROPPED:
                hidden.append(_collapse(tag.get_text()))
            tag.decompose()
    return hidden


def _is_unseen(tag: Tag) -> bool:
    if tag.name == "head":
        return False  # holds the title; never walked
    if tag.name == "footer" and tag.find_parent(["article", "main"]):
        return False
    if tag.name in _DROPPED:
        return True
    if tag.name == "header":
        return not (tag.find("h1") or tag.find_parent(["article", "main"]))
    return is_hidden(tag)


def _main_part(soup: BeautifulSoup) -> Tag:
    """Return the article where the page marks one that holds most of its text."""
    body = soup.body or soup
    for found in (soup.find_all("article"), soup.select("main, [role=main]")):
        if len(found) == 1 and _length(found[0]) >= MAIN_SHARE * _length(body):
            return found[0]
    return body


def _length(tag: Tag) -> int:
    return _count(tag.get_text())


def _count(words: str) -> int:
    return sum(not c.isspace() for c in words)


def _title(soup: BeautifulSoup, writer: CanonicalWriter) -> str | None:
    """Return the page's title, without the site's name that often follows it."""
    named = soup.find("meta", attrs={"name": re.compile("^articletitle$", re.IGNORECASE)})
    if named and str(named.get("content") or "").strip():
        return one_line(str(named["content"]))
    headings = soup.find_all("h1")
    if len(headings) == 1 and not is_blank(headings[0].get_text()):
        return one_line(_collapse(headings[0].get_text()))
    if soup.title is None or is_blank(soup.title.get_text()):
        return None
    title = one_line(_collapse(soup.title.get_text()))
    text = writer.text
    for block in writer.blocks[:30]:
        line = text[block.start : block.end].strip()
        if len(line) >= 6 and title.startswith(line):
            return line
    return title


class _Walker:
    """Turns elements into lines: text gathers until a block element ends it."""

    def __init__(self, writer: CanonicalWriter, menus: Menus | None = None) -> None:
        self._writer = writer
        self._menus = menus
        self._gathered: list[str] = []
        self._menu = self._depth = 0

    def walk_root(self, root: Tag) -> None:
        """Write everything inside ``root``."""
        self._walk(root)
        self._flush()

    def _walk(self, parent: Tag) -> None:
        from bs4 import Tag
        from bs4.element import PreformattedString

        if self._depth >= MAX_DEPTH:
            self._gathered.append(parent.get_text(_BREAK))
            return
        self._depth += 1
        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child)
            elif not isinstance(child, PreformattedString):  # comments, doctype
                words = str(child).replace(_BREAK, "")
                self._gathered.append(
                    words.replace("\n", _BREAK) if parent.name == "pre" else words
                )
        self._depth -= 1

    def _element(self, tag: Tag) -> None:
        heading = _HEADING.fullmatch(tag.name)
        if tag.name == "br":
            self._gathered.append(_BREAK)
        elif heading:
            self._enclosed(tag, "heading", int(heading[1]))
        elif tag.name == "table" and not is_layout(tag):
            self._table(tag)
        elif tag.name == "li":
            self._enclosed(tag, "list_item", 0)
        elif tag.name in _BLOCKS:
            menu = bool(self._menus and self._menus.is_menu(tag))
            self._menu += menu
            self._enclosed(tag, "paragraph", 0)
            self._menu -= menu
        elif tag.name != "head":
            self._walk(tag)

    def _enclosed(self, tag: Tag, kind: BlockKind, level: int) -> None:
        self._flush()
        self._walk(tag)
        self._flush(kind, level)

    def _table(self, tag: Tag) -> None:
        self._flush()
        caption = tag.find("caption")
        if caption is not None:
            self._enclosed(caption, "paragraph", 0)
        self._writer.add_table(table_grid(tag, cell_text))

    def _flush(self, kind: BlockKind = "paragraph", level: int = 0) -> None:
        lines = list(_lines("".join(self._gathered)))
        self._gathered.clear()
        if self._menu:
            kind, level = "furniture", 0
        if kind == "heading":
            lines = ["\n".join(lines)]
        for line in lines:
            for part, words in tools_apart(line, kind) if self._menus else ((kind, line),):
                self._writer.add(part, words, level=level)


def cell_text(cell: Tag) -> str:
    """Return the words of a table cell; its line breaks become spaces."""
    inner = CanonicalWriter()
    _Walker(inner).walk_root(cell)
    return one_line(inner.text)


def _lines(gathered: str) -> Iterator[str]:
    for line in gathered.split(_BREAK):
        words = _collapse(line)
        if not is_blank(words):
            yield words


def _collapse(text: str) -> str:
    """Return text as a browser shows it; a line end between two wide characters is no space."""
    return _SPACE.sub(" ", _FOLD.sub("", text)).strip(" ")
