"""HTML pages: the article's text, headings and tables, without navigation or scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from index.load.grid import GridCell, TextBuilder
from index.load.text import decode
from index.records import LoadedFile

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "object",
]
_JUNK = re.compile(
    r"(^|[-_ ])(nav|menu|breadcrumb|crumbs?|footer|header|sidebar|share|toolbar|copyright|banner)([-_ ]|$)",
    re.IGNORECASE,
)
_BLOCKS = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "center",
    "body",
    "td",
    "th",
]
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MAIN_SHARE = 0.5  # of the page's words that an <article> must hold to be taken for it


def load(content: bytes, path: Path) -> LoadedFile:
    """Return the page's article as text, with headings, lists and tables as blocks."""
    from bs4 import BeautifulSoup

    source, encoding = _decode(content)
    soup = BeautifulSoup(source, "lxml")
    title = _title(soup)
    _drop_junk(soup)
    builder = TextBuilder()
    root = _main_part(soup)
    if root is not None:
        _walk(root, builder)
    return LoadedFile(builder.text(), "text/html", tuple(builder.blocks), encoding, title)


def _decode(content: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(content[:2048])
    if declared:
        name = declared[1].decode("ascii").lower()
        # gb2312 pages often hold characters that only GB18030 has.
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            text = content.decode(name)
            return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name
        except (UnicodeDecodeError, LookupError):
            pass  # the page declares what it is not; its bytes tell
    return decode(content)


def _title(soup: BeautifulSoup) -> str | None:
    for name in ("h1", "title"):
        found = soup.find(name)
        if found and found.get_text(strip=True):
            return re.sub(r"\s+", " ", found.get_text(" ", strip=True))
    return None


def _drop_junk(soup: BeautifulSoup) -> None:
    from bs4 import Comment

    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    article = soup.find(["article", "main"])
    for tag in soup.find_all(_DROPPED):
        if article is None or article not in tag.descendants:
            tag.decompose()
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body", "main", "article"):
            continue
        style = str(tag.get("style") or "").replace(" ", "").lower()
        hidden = tag.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style
        names = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
        if hidden or (_JUNK.search(names) and len(tag.get_text(strip=True)) < 400):
            tag.decompose()


def _main_part(soup: BeautifulSoup) -> Tag | None:
    body = soup.body or soup
    whole = len(body.get_text(strip=True))
    for name in ("article", "main"):
        found = soup.find(name)
        if found and len(found.get_text(strip=True)) >= MAIN_SHARE * whole:
            return found
    return body


def _walk(tag: Tag, builder: TextBuilder) -> None:
    """Add the blocks of ``tag``; a block element with blocks inside is only a container."""
    from bs4.element import NavigableString, Tag

    inline: list[str] = []

    def flush() -> None:
        for line in "".join(inline).split("\n"):
            builder.add("paragraph", re.sub(r"[ \t\xa0]+", " ", line).strip())
        inline.clear()

    for child in tag.children:
        if isinstance(child, NavigableString):
            inline.append(re.sub(r"\s+", " ", str(child)))
        elif not isinstance(child, Tag):
            continue
        elif child.name == "br":
            inline.append("\n")
        elif child.name == "table":
            flush()
            _table(child, builder)
        elif re.fullmatch(r"h[1-6]", child.name):
            flush()
            words = re.sub(r"\s+", " ", child.get_text(" ", strip=True))
            builder.add("heading", words, level=int(child.name[1]))
        elif child.name == "li" and not child.find(_BLOCKS):
            flush()
            builder.add("list_item", re.sub(r"\s+", " ", child.get_text("", strip=True)))
        elif child.name in _BLOCKS or child.find(_BLOCKS):
            flush()
            _walk(child, builder)
        else:
            for br in child.find_all("br"):
                br.replace_with("\n")
            inline.append(re.sub(r"[ \t]+", " ", child.get_text()))
    flush()


def _table(table: Tag, builder: TextBuilder) -> None:
    """Add a table; one that is only layout (a single column) is read as paragraphs."""
    caption = table.find("caption")
    if caption:
        builder.add("paragraph", re.sub(r"\s+", " ", caption.get_text(" ", strip=True)))
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    taken: set[tuple[int, int]] = set()
    grid: list[dict[int, GridCell]] = []
    for number, row in enumerate(rows):
        line: dict[int, GridCell] = {}
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (number, column) in taken:
                column += 1
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            line[column] = GridCell(cell.get_text(" ", strip=True), down, across)
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
            column += across
        grid.append(line)
    if max((len(line) for line in grid), default=0) <= 1:
        for row in rows:
            for cell in row.find_all(["td", "th"], recursive=False):
                _walk(cell, builder)
        return
    while grid and len(grid[0]) == 1 and next(iter(grid[0].values())).column_span > 1:
        builder.add("paragraph", next(iter(grid.pop(0).values())).text)
    builder.add_table(grid)


def _span(value: object) -> int:
    text = str(value or "1")
    return min(max(int(text), 1), 100) if text.isdigit() else 1
