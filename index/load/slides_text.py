"""The paragraphs of a DrawingML text body, with the numbers that are shown before them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.load.archive import Element
from index.load.unseen import Unseen
from index.load.word_numbering import spell

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SILENT = {A + "pPr", A + "rPr", A + "endParaRPr", _MC + "Fallback"}
# ST_TextAutonumberScheme: the number's form, and what stands around it.
_SCHEMES = {
    "arabicPeriod": ("decimal", "%."), "arabicParenR": ("decimal", "%)"),
    "arabicParenBoth": ("decimal", "(%)"), "arabicPlain": ("decimal", "%"),
    "arabicDbPeriod": ("decimalFullWidth", "%．"), "arabicDbPlain": ("decimalFullWidth", "%"),
    "alphaLcPeriod": ("lowerLetter", "%."), "alphaLcParenR": ("lowerLetter", "%)"),
    "alphaLcParenBoth": ("lowerLetter", "(%)"), "alphaUcPeriod": ("upperLetter", "%."),
    "alphaUcParenR": ("upperLetter", "%)"), "alphaUcParenBoth": ("upperLetter", "(%)"),
    "romanLcPeriod": ("lowerRoman", "%."), "romanLcParenR": ("lowerRoman", "%)"),
    "romanLcParenBoth": ("lowerRoman", "(%)"), "romanUcPeriod": ("upperRoman", "%."),
    "romanUcParenR": ("upperRoman", "%)"), "romanUcParenBoth": ("upperRoman", "(%)"),
    "circleNumDbPlain": ("decimalEnclosedCircle", "%"),
    "circleNumWdWhitePlain": ("decimalEnclosedCircle", "%"),
    "circleNumWdBlackPlain": ("decimalEnclosedCircle", "%"),
    "ea1ChsPeriod": ("chineseCounting", "%."), "ea1ChsPlain": ("chineseCounting", "%"),
    "ea1ChtPeriod": ("chineseCounting", "%."), "ea1ChtPlain": ("chineseCounting", "%"),
    "ea1JpnChsDbPeriod": ("chineseCounting", "%．"), "ea1JpnKorPeriod": ("chineseCounting", "%."),
    "ea1JpnKorPlain": ("chineseCounting", "%"),
}  # fmt: skip
_WIDE = "．①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph's words, its number included; ``\\n`` where the writer broke the line."""

    text: str
    is_bullet: bool = False


def lines_of(
    body: Element | None,
    *,
    bulleted: bool = False,
    hides: Callable[[Element], bool] | None = None,
    unseen: Unseen | None = None,
) -> Iterator[Line]:
    """Yield the paragraphs of a text body that hold words.

    Runs of which ``hides`` says that nobody sees them go to ``unseen``.

    ``bulleted`` tells that a paragraph without a mark of its own has a bullet, as in
    the places for text that a slide's layout has.
    """
    counters: dict[int, int] = {}
    for paragraph in body.findall(A + "p") if body is not None else ():
        if hides is not None and unseen is not None:
            paragraph = _seen(paragraph, hides, unseen)
        words = "".join(_words(paragraph)).strip("\n")
        if not words.strip():
            continue
        properties = paragraph.find(A + "pPr")
        number = _number(body, properties, counters)
        marked = _has_bullet(properties, bulleted)
        yield Line(number + words, marked and not number)


def _seen(paragraph: Element, hides: Callable[[Element], bool], unseen: Unseen) -> Element:
    """Return a paragraph without the runs that nobody sees."""
    lost = [run for run in paragraph.findall(A + "r") if hides(run)]
    if not lost:
        return paragraph
    kept = copy.deepcopy(paragraph)
    for place in [list(paragraph).index(run) for run in reversed(lost)]:
        unseen_run = list(kept)[place]
        kept.remove(unseen_run)  # type: ignore[attr-defined]
    for run in lost:
        unseen.add("".join(_words(run)))
    return kept


def _words(element: Iterable[Element]) -> Iterator[str]:
    for child in element:
        if child.tag in (A + "t", _MATH_TEXT):
            yield child.text or ""
        elif child.tag == A + "br":
            yield "\n"
        elif child.tag not in _SILENT and isinstance(child.tag, str):
            yield from _words(child)


def _has_bullet(properties: Element | None, bulleted: bool) -> bool:
    if properties is None or properties.find(A + "buNone") is not None:
        return bulleted and properties is None
    marks = (properties.find(A + name) for name in ("buChar", "buBlip"))
    return bulleted or any(mark is not None for mark in marks)


def _number(body: Element | None, properties: Element | None, counters: dict[int, int]) -> str:
    """Return the number before a paragraph with a space if it needs one, and count it."""
    depth = properties.get("lvl", "0") if properties is not None else "0"
    level = int(depth) if depth and depth.isdigit() else 0
    for deeper in [place for place in counters if place > level]:
        del counters[deeper]
    numbered = _numbering(body, properties, level)
    if numbered is None:
        counters.pop(level, None)
        return ""
    start = numbered.get("startAt", "1") or "1"
    first = int(start) if start.isdigit() else 1
    counters[level] = counters[level] + 1 if level in counters else first
    form, pattern = _SCHEMES.get(numbered.get("type") or "", ("decimal", "%."))
    label = pattern.replace("%", spell(counters[level], form))
    return label if label[-1:] in _WIDE else label + " "


def _numbering(body: Element | None, properties: Element | None, level: int) -> Element | None:
    """Return the numbering of a paragraph: its own, else what its box says for the level."""
    if properties is not None:
        for child in properties:
            if child.tag in (A + "buAutoNum",):
                return child
            if child.tag in (A + "buNone", A + "buChar", A + "buBlip"):
                return None
    if body is None:
        return None
    return body.find(f"{A}lstStyle/{A}lvl{level + 1}pPr/{A}buAutoNum")
