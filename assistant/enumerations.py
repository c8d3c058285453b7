"""The whole of “甲、乙和丙”, where a reader has pointed at one of them."""

from __future__ import annotations

import re

from assistant.evidence import Span
from index.ledger.wording import tagged_words

LONGEST_ITEM = 14  # characters; what is longer between two marks is a clause
LONGEST = 60  # characters of the whole
_NEXT = re.compile(r"(?:[（(][^（）()]{0,12}[）)])?(?:、|以及|和|与|及)")
_BEFORE = re.compile(r"(?:、|以及|和|与|及)$")
_END = re.compile(r"[、，。；：！？,;:!?()（）\s]|以及|和|与|及")
_NAMING = ("n", "j", "i", "l", "s", "eng")  # tags of words that make a name
# What stands before the first of several: words that no name begins after, by themselves.
_LEADS = re.compile(r"由|为|是|在|有|对|被|将|把|让|向|给|包括|涉及|分别|其中|邀请|来自|任命|选举")
SHORT_NAME = 10  # characters: what stands between such a word and the mark is one name


def whole_enumeration(text: str, start: int, end: int) -> Span:
    """Return the span with what stands beside it in one enumeration, both ways.

    An enumeration has a “、” next to the span: “和” alone may join anything. Where the
    whole is longer than ``LONGEST``, the span as it is.
    """
    low, high = start, end
    if text[end : end + 1] == "、" or re.match(r"[（(][^（）()]{0,12}[）)]、", text[end:]):
        high = _rightward(text, end)
    if text[start - 1 : start] == "、":
        low = _leftward(text, start)
        if high == end:  # “甲、乙和丙”, pointed at “乙”
            high = _rightward(text, end)
    return (low, high) if high - low <= LONGEST else (start, end)


def _rightward(text: str, at: int) -> int:
    while mark := _NEXT.match(text, at):
        rest = text[mark.end() :]
        end = _END.search(rest)
        segment = rest[: end.start()] if end else rest
        size = len(segment) if end and end.group() == "、" else _named(segment, first=True)
        if not 0 < size <= LONGEST_ITEM:
            break
        at = mark.end() + size
        if size < len(segment):
            break
    return at


def _leftward(text: str, at: int) -> int:
    while mark := _BEFORE.search(text[:at]):
        rest = text[: mark.start()]
        ends = list(_END.finditer(rest))
        segment = rest[ends[-1].end() :] if ends else rest
        whole = bool(ends) and ends[-1].group() == "、"
        size = len(segment) if whole else _named(segment, first=False)
        if not 0 < size <= LONGEST_ITEM:
            break
        at = mark.start() - size
        if size < len(segment):
            break
    return at


def _named(segment: str, *, first: bool) -> int:
    """Return the characters of the name that a segment begins with, or ends with."""
    leads = list(_LEADS.finditer(segment))
    if not first and leads and 1 < len(segment) - leads[-1].end() <= SHORT_NAME:
        return len(segment) - leads[-1].end()
    words = tagged_words(segment)
    if not first:
        words.reverse()
    size = 0
    for word, tag in words:
        if not tag.startswith(_NAMING):
            break
        size += len(word)
        if tag == "nr" and size == len(word):  # a person: what follows is what they do
            break
    return size
