"""Sentences, lists and points in text as it is read (a View's clean text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.records import View

Span = tuple[int, int]

_OPEN = "（(“「『《【[〔"
_CLOSE = "）)”」』》】]〕"
_END = "。！？!?"
_MARK = re.compile(r"[（(“「『《【\[〔。！？!?.]")  # where a sentence may end, or a bracket opens
_AFTER_END = "”’」』）)》】"
MAX_QUOTED = 120  # characters; a bracket open for longer has lost its partner

_LEAD = re.compile(
    r"(?:分别(?:是|为)|具体(?:是|为)|主要(?:是|有|包括)|包括|有|如下|是|为|其中|即)?[：:]"
    r"|(?:分别(?:是|为)|依次(?:是|为)|主要包括|包括了?|涉及|察看了?|观摩了?|对)(?=[^，。；]{2,40}、)"
)
# An owner that an item has for itself.
_OWNER = re.compile(
    r"\s*[^、，；。：（）()“”的]{1,16}(?:[局委办镇乡]|街道|公司|集团|管委会|中心|开发区|经开区|高新区)的(?=[^、，；。]{2})"
)
_HEAD = re.compile(r"(?P<head>[^、，；。：（）()“”]{2,20}?的)(?=[^、，；。]{2})")
# “……等8个重点项目，并听取了汇报”: what follows “等” is not part of the last name.
_ET_CETERA = re.compile(
    r"等(?=[\d０-９一二两三四五六七八九十百]+余?[个项家条件处户名位座]|[，,。；]|$)"
)
_POINT = re.compile(
    r"(?:(?<=[。；;：:！，,”\s])|^)(?:[一二三四五六七八九十]{1,2}(?:是|要|、)|第[一二三四五六七八九十](?:[条点项件]|个方面)?[，、,：:]|其[一二三四五六七八]"
    r"|[①-⑳]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、](?!\d)|首先|其次|再次|最后[，,])"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that share a head (“区建设局的”), if they have one."""

    start: int
    end: int
    head: Span | None
    items: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list inside a sentence: its lead-in and its groups."""

    lead: Span
    groups: tuple[Group, ...]


def sentences(view: View) -> list[Span]:
    """Return the spans of the sentences, trimmed; a line end is always an end.

    ；does not end a sentence, nor does a full stop inside a bracket or quotation
    that closes soon.
    """
    found: list[Span] = []
    at = 0
    for line in view.text.split("\n"):
        found += _line_sentences(view.text, at, at + len(line))
        at += len(line) + 1
    return found


def _line_sentences(text: str, start: int, stop: int) -> Iterator[Span]:
    begin, at = start, start
    while (mark := _MARK.search(text, at, stop)) is not None:
        at = mark.start()
        c = text[at]
        if c in _OPEN:
            at = closing(text, at, stop) + 1
            # “……。”他说: the quotation's own full stop ends the sentence if nothing goes on.
            if at <= stop and text[at - 2 : at - 1] in _END and text[at - 1] in "”」』":
                following = text[at : at + 1]
                if at >= stop or following not in "，、；：的":
                    yield from _trimmed(text, begin, at)
                    begin = at
            continue
        at += 1
        if c in _END or (c == "." and _ends_english(text, at - 1, stop)):
            while at < stop and (text[at] in _AFTER_END or text[at] in _END):
                at += 1
            yield from _trimmed(text, begin, at)
            begin = at
    yield from _trimmed(text, begin, stop)


def closing(text: str, at: int, stop: int) -> int:
    """Return where the bracket at ``at`` closes; ``at`` itself if it does not soon."""
    depth = 0
    for place in range(at, min(stop, at + MAX_QUOTED)):
        if text[place] in _OPEN:
            depth += 1
        elif text[place] in _CLOSE:
            depth -= 1
            if depth == 0:
                return place
    return at


def _ends_english(text: str, at: int, stop: int) -> bool:
    return (
        at > 0
        and text[at - 1].isascii()
        and text[at - 1].isalpha()
        and (at + 1 >= stop or (text[at + 1] == " " and text[at + 2 : at + 3].isupper()))
    )


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def enumeration(view: View, start: int, end: int) -> Enumeration | None:
    """Return the list that a sentence holds, or None.

    Groups are parted by ；, items by 、 outside brackets and quotation marks. A
    group's head is what its first item begins with up to “的”, where it is short; an item with an
    owner of its own begins a group.
    """
    text = view.text
    lead = next(
        (m for m in _LEAD.finditer(text, start, end) if _depth_free(text, start, m.start())), None
    )
    if lead is None:
        return None
    groups = tuple(
        group
        for a, b in parts(text, lead.end(), end, "；;")
        for c, d in _owned(text, a, b)
        if (group := _group(text, c, d)) is not None
    )
    if not groups or sum(len(group.items) for group in groups) < 2:
        return None
    return Enumeration((start, lead.end()), groups)


def _owned(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a group that have an owner each (“甲局的A、B、乙局的C”)."""
    begin = start
    for a, _ in parts(text, start, end, "、"):
        if a > start and _OWNER.match(text, a, end) and _OWNER.match(text, begin, a):
            yield begin, a - 1
            begin = a
    yield begin, end


def _group(text: str, start: int, end: int) -> Group | None:
    while end > start and text[end - 1] in "。；;！？ ":
        end -= 1
    if end <= start:
        return None
    head = _HEAD.match(text, start, end)
    first = head.end() if head else start
    items = tuple(span for a, b in parts(text, first, end, "、") for span in _trimmed(text, a, b))
    if not items:
        return None
    last = items[-1]
    et_cetera = _ET_CETERA.search(text, last[0] + 1, last[1])
    if et_cetera:
        items = (*items[:-1], (last[0], et_cetera.start()))
    return Group(start, end, (head.start(), head.end()) if head else None, items)


def parts(text: str, start: int, end: int, separators: str) -> Iterator[Span]:
    """Yield the spans between separators that are not inside brackets or quotes."""
    begin, at = start, start
    while at < end:
        if text[at] in _OPEN:
            at = max(closing(text, at, end), at) + 1
            continue
        if text[at] in separators:
            yield begin, at
            begin = at + 1
        at += 1
    if begin < end:
        yield begin, end


def _depth_free(text: str, start: int, at: int) -> bool:
    """Tell whether ``at`` lies outside brackets and quotation marks opened since ``start``."""
    before = text[start:at]
    pairs = zip("（“《「", "）”》」", strict=True)
    return all(before.count(a) <= before.count(b) for a, b in pairs)


def points(view: View, start: int, end: int) -> list[Span]:
    """Return the points of a paragraph (“一是……；二是……。”), or nothing.

    What stands before the first point is not among them.
    """
    marks = [m.start() for m in _POINT.finditer(view.text, start, end)]
    if len(marks) < 2:
        return []
    bounds = [*marks, end]
    return [span for a, b in pairwise(bounds) for span in _trimmed(view.text, a, b)]
