"""Headings by their numbering: 第一章, 一、（一）1.（1）①. Layout only, no vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_HEADING = 45  # characters; a longer numbered line is a paragraph

_NUMERAL = "[一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾]+"
_NUMBERINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第(?:{_NUMERAL}|\d+)(?:章|编|部分)[\s、：:]?")),
    (2, re.compile(rf"第(?:{_NUMERAL}|\d+)节[\s、：:]?")),
    (3, re.compile(rf"{_NUMERAL}[、．.]\s*|(?:议题|议程)(?:{_NUMERAL}|[0-9]{{1,2}})[\s、：:]+")),
    (4, re.compile(rf"[（(]{_NUMERAL}[）)][、．.]?\s*")),
    (5, re.compile(r"[0-9０-９]{1,2}(?:[．、]|\.(?![0-9０-９]))\s*")),
    (6, re.compile(r"[（(][0-9０-９]{1,2}[）)][、．.]?\s*|[0-9０-９]{1,2}[）)]\s*")),
    (7, re.compile(r"[①-⑳]\s*")),
)
_BRACKETED = re.compile(r"[（(][^（）()\n]{1,30}[）)]")
_SENTENCE_END = "。！？；，、,;"
_FRAMED = re.compile(r"[【〖][^【】〖〗。；\n]{2,43}[】〗]")
MAX_QUESTION = 80  # characters of a question that heads its answer
QUESTION_LEVEL = 45  # tenths: between “（一）” and “1.”, for answers number their points
_ASKED = re.compile(r"(?:[Qq][0-9]{0,3}|问(?:题)?[0-9一二三四五六七八九十]{0,3})\s?[：:．.、]\s*")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A line's numbering: its level (1 is the highest) and how long the label is."""

    level: int
    length: int


@lru_cache(maxsize=4096)  # structure and ledger ask for the same lines many times
def numbering_of(line: str) -> Numbering | None:
    """Return the numbering that ``line`` begins with, or None."""
    indent = len(line) - len(line.lstrip())
    for level, pattern in _NUMBERINGS:
        match = pattern.match(line, indent)
        if match and match.end() < len(line):
            return Numbering(level, match.end())
    return None


def heading_length(line: str) -> int | None:
    """Return how many characters of a numbered line are its heading, None if it has none.

    A short line without closing punctuation is a heading as a whole. In
    “（一）道路工程。今年以来……” the heading runs in: it ends before the first full stop
    or colon. A numbered sentence is a paragraph, not a heading.
    """
    numbering = numbering_of(line)
    if numbering is None:
        return None
    bare = line.rstrip()
    if len(bare) <= MAX_HEADING and bare[-1] not in _SENTENCE_END + "：:":
        return len(bare)
    stop = re.search(r"[。：:！？；，,]", _BRACKETED.sub(_blank, line[numbering.length :]))
    if stop is None or stop.group() in "，,；！？" or stop.start() > MAX_HEADING:
        return None
    length = numbering.length + stop.start()
    whole = not line[length + 1 :].strip()
    if stop.start() < 2 or (whole and stop.group() == "。" and _is_sentence(line[:length])):
        return None
    return length


def is_framed(line: str) -> bool:
    """Tell whether a line is a heading between lenticular brackets (“【第一档 已完工，9个】”)."""
    return bool(_FRAMED.fullmatch(line.strip()))


def question_length(line: str) -> int | None:
    """Return how many characters of a line are a question that heads its answer, or None.

    “问：一楼出不出钱？”, “Q3：……？”; the answer may stand in the same line.
    """
    match = _ASKED.match(line)
    stop = re.search(r"[？?]", line[match.end() : MAX_QUESTION]) if match else None
    return match.end() + stop.end() if match and stop else None


def _blank(match: re.Match[str]) -> str:
    """Return as many characters that are no stop: “（6个，区水务局）” is part of a heading."""
    return "－" * len(match.group())


def _is_sentence(text: str) -> bool:
    """Tell whether words that end in a full stop say something rather than name it."""
    return len(text) > 20
