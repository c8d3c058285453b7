"""Causes that heads give of all below: “卡在征地拆迁上的有4个：”, “症结一：地没有落下来”.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.builder import Builder, Line
from index.ledger.counted import section_end
from index.ledger.reasons import reason_kind
from index.ledger.records import CAUSE, Span, Words

_LATE = frozenset({"not_started", "suspended", "cancelled", "preparatory"})
MAX_HEAD = 60  # characters of a head
_LABEL = (
    r"(?:[-—•·●◆■▪□○◇]\s*|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s*"
    r"|[一二三四五六七八九十]是)?"
)
# “卡在征地拆迁上的有4个”, “受资金制约的有3个”, “设计方面的2个”, “（一）征迁受阻（5个）”.
_COUNTED = re.compile(
    rf"(?:^|(?<=[。；：\n])){_LABEL}(?:主要)?(?:因为?|由于|受|卡在|卡|困在|堵在|等)?"
    r"(?P<cause>[“\"「]?[\u4e00-\u9fff、]{1,16}?[”\"」]?)"
    r"(?:等)?(?:上|方面|问题|原因|制约|影响|拖后|拖累|因素|所致)*的?(?:项目)?[，,]?"
    r"(?:共|有|涉及|影响|卡住|计|的)*(?:了)?\s*[（(]?(?:共|计)?(?:\d+|[一二两三四五六七八九十])[个项]"
)
# “症结一：地没有落下来”, “堵点之二——手续不全”.
_NAMED = re.compile(
    rf"{_LABEL}(?:症结|原因|成因|[卡堵难痛]点|问题|困难|障碍|瓶颈)之?[一二三四五六七八九十\d]*[：:、—]+\s*"
    r"(?P<cause>[^，。；：（(]{1,20})"
)
_ALONE = re.compile(
    r"(?:[：:]|[（(][^（()）]*\d[个项][^（()）]*[）)]|\d[个项](?:项目)?[。：:]?)\s*$"
)


def cause_in_head(text: str, start: int, end: int) -> Span | None:
    """Return the cause that a head gives of what it counts or heads, or None."""
    causes = causes_in(text, start, min(end, start + MAX_HEAD))
    return causes[0] if causes else None


def causes_in(text: str, start: int, end: int) -> list[Span]:
    """Return the causes that heads within a line give, in order."""
    if named := _NAMED.match(text, start, end):
        return [named.span("cause")]
    return [
        match.span("cause")
        for match in _COUNTED.finditer(text, start, end)
        if reason_kind(match["cause"]) not in (None, "other")
    ]


def read_cause_heads(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Give late records of prose from position ``first`` on the cause of the head above them."""
    text = builder.view.text
    for place, line in enumerate(lines):
        causes = causes_in(text, line.start, line.end)
        for nth, cause in enumerate(causes):
            following = causes[nth + 1][0] if nth + 1 < len(causes) else None
            span = builder.view.span(cause[1], following or _end(builder, lines, place))
            _give(builder, span, builder.words(cause), first)


def _give(builder: Builder, span: Span, cause: Words, first: int) -> None:
    """Give the late records of prose in a canonical span their cause."""
    records = builder.ledger.records
    for at in range(first, len(records)):
        record = records[at]
        late = record.stage in _LATE or record.progress == "behind"
        table = builder.ledger.rosters[record.roster].table
        inside = span[0] <= record.start < span[1]
        if late and inside and not table and CAUSE not in record.fields:
            records[at] = replace(record, fields={**record.fields, CAUSE: cause})


def _end(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Return where what a head is said of ends: with its section or its line, or before the next.

    “症结一：地没有落下来（3个）” may be a line of its own, its projects a line each.
    """
    text, line = builder.view.text, lines[place]
    if line.heading:
        stop = section_end(builder, lines, place)
        return lines[max(stop, place + 1) - 1].end
    if not _ALONE.search(text, line.start, line.end):
        return line.end
    stop = place + 1
    while stop < len(lines) and not lines[stop].heading:
        if cause_in_head(text, lines[stop].start, lines[stop].end) is not None:
            break
        stop += 1
    return lines[stop - 1].end
