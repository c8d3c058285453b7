"""Which ``**`` of a Markdown line are marks of bold print, and which mask a name.

Both stand in such documents. A mask stands for words and is read; a mark of bold
says nothing. Only pairs that are surely bold are told: those around what heads a
line, around a figure, a title, or a phrase that punctuation follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.headings import numbering_of

Span = tuple[int, int]

_MARK = re.compile(r"(?<![*\\])\*\*(?!\*)")
_LINE = re.compile(r"[^\n]+")
# What may stand before the words of a line: quotes, heading marks, bullets, numbers, a cell's bar.
_HEAD = re.compile(
    r"[ \t\u3000]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?"
    r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[、.．)）][ \t]*)?"
)
_FIGURE = re.compile(
    r"[约近超]?\d[\d,.]*\s*[%％]?[\u4e00-\u9fff]{0,4}(?:余|左右|以上)?|第?[一二三四五六七八九十]+[、是要]?"
)
_TITLE = re.compile(r"《[^》]+》|“[^”]+”")
# A masked name is followed by what it is of: “**镇”, “**公司”, “**同志”.
_OF_A_MASK = re.compile(
    r"[省州市县区镇乡村局路街巷组公集同书副主某先女]|[的在和与及对、，。；：）)]"
)
# “**续建项目**24个”: a count follows what it is of.
_COUNTED = re.compile(r"(?:共有?|有|计)?\s?\d+\s?[个项件]")
_ENDS = "。：:；！？"
_MIN_PHRASE = 4  # characters of bold words inside a sentence


def bold_marks(text: str) -> Iterator[Span]:
    """Yield the spans of the marks of bold print in a Markdown text, in order."""
    for line in _LINE.finditer(text):
        if "**" not in line.group():
            continue
        words, start = line.group(), line.start()
        marks = [m.span() for m in _MARK.finditer(words)]
        taken = -1
        for opening, closing in pairwise(marks):
            if opening[0] != taken and _is_bold(words, opening, closing):
                yield start + opening[0], start + opening[1]
                yield start + closing[0], start + closing[1]
                taken = closing[0]


def without_bold(text: str, start: int, end: int) -> Span:
    """Return the span of some words without the marks of bold that hold all of them."""
    words = text[start:end]
    whole = re.fullmatch(r"\*\*(?=[^\s*])([^*]*[^\s*])\*\*", words)
    return (start + 2, end - 2) if whole else (start, end)


def _is_bold(line: str, opening: Span, closing: Span) -> bool:
    words = line[opening[1] : closing[0]]
    if not words or words != words.strip():
        return False
    after = line[closing[1] :].lstrip("*")
    if line.startswith("|") or line.count("|") > 1:
        cell = line[: opening[0]].rstrip()[-1:] in ("|", "") and after.lstrip()[:1] in ("|", "")
        return cell or bool(_FIGURE.fullmatch(words))
    head = _HEAD.match(line)
    if head and head.end() == opening[0] and len(words) > 1:
        return (
            words[-1] in _ENDS
            or numbering_of(words) is not None
            or not after.strip()
            or after[0] in "：: \t\u3000"
            or (bool(_COUNTED.match(after)) and not _OF_A_MASK.match(words))
        ) and not (_OF_A_MASK.match(words) and words[-1] in "、，")
    if _FIGURE.fullmatch(words) or _TITLE.fullmatch(words):
        return True
    phrase = len(words) >= _MIN_PHRASE and not re.search(r"[，。；：]", words)
    ends = not after or after[0] in "，。；：、）)！？" or bool(_COUNTED.match(after))
    return phrase and not _OF_A_MASK.match(words) and ends
