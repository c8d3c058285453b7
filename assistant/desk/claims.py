"""An answer line by line, each with the citations that it rests on. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\\([\\*\[\]|])|\*\*")
_MARK = re.compile(r"(?<!\\)\[(\d{1,4})\]")
_RULE = re.compile(r"^\|[\s|:\-]+\|?$")
_ITEM = re.compile(r"^\s*(?:- |\d{1,4}\. )")
_CELL = re.compile(r"\|((?:\\.|[^|\\]|\\$)*)")


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of an answer in plain words, with its citations in order.

    ``cells`` are those of a line of a table; ``is_head`` tells its heading.
    """

    text: str
    numbers: tuple[int, ...]
    cells: tuple[str, ...] = ()
    is_head: bool = False
    is_item: bool = False


def claims_of(markdown: str) -> list[Claim]:
    """Return the lines of an answer; empty ones and rules of tables are left out."""
    lines = [line for line in markdown.split("\n") if line.strip()]
    return [
        _claim(line, is_head=_is_rule(lines, at + 1))
        for at, line in enumerate(lines)
        if not _RULE.match(line)
    ]


def plain_words(markdown: str) -> str:
    """Return words without bold and escapes; masks ``**`` and marks [n] stand as they are."""
    return _TOKEN.sub(lambda found: found[1] or "", markdown)


def unmarked_words(markdown: str) -> str:
    """Return plain words without the marks [n], too."""
    return plain_words(_MARK.sub("", markdown))


def as_markdown(text: str) -> str:
    """Return text that a person typed as Markdown that shows it literally.

    Marks [n], items and table lines stay what they are; ``**`` is a mask, never bold.
    """
    pieces = re.split(r"(\[\d{1,4}\])", text.replace("\r\n", "\n"))
    return "".join(
        piece if place % 2 else re.sub(r"([\\*\[\]])", r"\\\1", piece)
        for place, piece in enumerate(pieces)
    )


def _is_rule(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and bool(_RULE.match(lines[at]))


def _claim(line: str, *, is_head: bool) -> Claim:
    numbers = tuple(dict.fromkeys(int(n) for n in _MARK.findall(line)))
    cells: tuple[str, ...] = ()
    if line.startswith("|"):
        found = [plain_words(cell.strip()) for cell in _CELL.findall(line.strip())]
        cells = tuple(found[:-1] if found and not found[-1] else found)
    item = _ITEM.match(line)
    text = "　".join(cells) if cells else plain_words(line).strip()
    if item and line.lstrip().startswith("- "):
        text = text.removeprefix("- ")
    return Claim(text, numbers, cells, bool(cells) and is_head, bool(item))
