"""Names that were not tagged but stand where their like do: “甲桥，某局牵头；乙路，某局牵头”.

All spans are offsets into the text that the tags are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.names import looks_named
from index.ledger.tagging.tagger import Tag
from index.sentences import parts

MIN_ALIKE = 3  # names of a list that show where the others stand
_FIRST = re.compile(r"\s*(?P<name>[^，、；：。（）()\s]{2,24}?)(?=[，（(：:]|由|——|$)")
_BETWEEN = re.compile(
    r"(?:、|和|与|以?及)(?P<name>[^，、；：。（）()和\n]{2,24}?)(?=[、和；。，（(\n]|$)"
)
_NO_NAME = re.compile(r"^(?:其中|目前|以上|这|均|都|已|未|因|分别)|\d+[个项]$")


def names_by_analogy(text: str, tags: Sequence[Tag], end: int) -> list[Tag]:
    """Return names that the other parts of a list show: first in their part, or between others."""
    names = [one for one in tags if one.kind == "name"]
    if len(names) < MIN_ALIKE - 1:
        return []
    start = min(one.start for one in tags)
    begin = max(text.rfind(mark, 0, start) for mark in "。：；\n") + 1
    return [*_leading(text, tags, names, begin, end), *_joined(text, tags, names, end)]


def _leading(
    text: str, tags: Sequence[Tag], names: Sequence[Tag], start: int, end: int
) -> Iterator[Tag]:
    """Yield the first words of the parts without a name, where other parts begin with one."""
    segments = [span for span in parts(text, start, end, "；;。") if text[slice(*span)].strip()]
    lacking, leading = [], 0
    for low, high in segments:
        inside = [one for one in names if low <= one.start < high]
        if not inside:
            lacking.append((low, high))
        elif not text[low : inside[0].start].strip():
            leading += 1
    if leading < max(len(lacking), MIN_ALIKE - 1):
        return
    for low, high in lacking:
        first = _FIRST.match(text, low, high)
        if first and not _NO_NAME.search(first["name"]) and not _taken(tags, *first.span("name")):
            yield Tag("name", *first.span("name"))


def _joined(text: str, tags: Sequence[Tag], names: Sequence[Tag], end: int) -> Iterator[Tag]:
    """Yield the words between 、 right behind a name, where they may be one."""
    at = 0
    for one in names:
        at = max(at, one.end)
        while following := _BETWEEN.match(text, at, end):
            low, high = following.span("name")
            if _taken(tags, low, high) or _NO_NAME.search(following["name"]):
                break
            if not looks_named(following["name"]) and high - low < MIN_ALIKE + 1:
                break
            yield Tag("name", low, high)
            at = high


def _taken(tags: Sequence[Tag], start: int, end: int) -> bool:
    return any(one.start < end and start < one.end for one in tags)
