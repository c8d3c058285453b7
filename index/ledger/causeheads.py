"""Causes that heads give of all below: “卡在征地拆迁上的有4个：”, “症结一：地没有落下来”.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.builder import Builder, Line
from index.ledger.counted import section_end
from index.ledger.lists import own_status
from index.ledger.prose import chinese_count
from index.ledger.reasons import reason_kind
from index.ledger.records import CAUSE, LATE_STAGES, Span, Words

MAX_HEAD = 60  # characters of a head
_LABEL = (
    r"(?:[-—•·●◆■▪□○◇]\s*|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s*"
    r"|[一二三四五六七八九十]是)?"
)
# “卡在征地拆迁上的有4个”, “受资金制约的有3个”, “设计方面的2个”, “钱没到位的3个”.
_COUNTED = re.compile(
    rf"(?<![^，。；：:\s]){_LABEL}(?:主要)?(?P<led>因为?|由于|受|卡在|卡|困在|堵在|等)?"
    r"(?P<cause>[“\"「]?[\u4e00-\u9fff、]{1,16}?[”\"」]?)"
    r"(?P<kept>(?:等)?(?:上|方面|问题|原因|制约|影响|拖后|拖累|因素|所致)*)的?(?:项目)?[，,]?"
    r"(?:共|有|涉及|影响|卡住|计|的)*(?:了)?\s*[（(]?(?:共|计)?(?P<number>\d+|[一二两三四五六七八九十])[个项]"
)
_LACKING = re.compile(r"[没未缺欠难慢紧]|不[到足全够能]|受阻|滞后|卡")
# “症结一：地没有落下来”, “堵点之二——手续不全”.
_NAMED = re.compile(
    rf"{_LABEL}(?:症结|原因|成因|[卡堵难痛]点|问题|困难|障碍|瓶颈)之?[一二三四五六七八九十\d]*[：:、—]+\s*"
    r"(?P<cause>[^，。；：（(]{1,20})"
)
_NUMBER = re.compile(
    r"[^，。；：:\d\n]{0,12}[（(]?(?:共|计)?(?P<number>\d+|[一二两三四五六七八九十])[个项]"
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
    return [m.span("cause") for m in _COUNTED.finditer(text, start, end) if _is_cause(m)]


def _is_cause(match: re.Match[str]) -> bool:
    """Tell whether counted words are a cause: “安置房项目（6个）” are of a field.

    Several (“受矛盾纠纷、企业自身经营影响的6个”) say of none which of them keeps it.
    """
    cause = match["cause"]
    if "、" in cause:
        return False
    told = match["led"] or match["kept"] or _LACKING.search(cause)
    return bool(told) and reason_kind(cause) not in (None, "other") and not own_status(cause)


def read_cause_heads(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Give late records of prose from position ``first`` on the cause of the head above them."""
    text = builder.view.text
    for place, line in enumerate(lines):
        causes = causes_in(text, line.start, line.end)
        for nth, cause in enumerate(causes):
            end = causes[nth + 1][0] if nth + 1 < len(causes) else _end(builder, lines, place)
            number = _NUMBER.match(text, cause[1])
            if cause[1] < end:
                span = builder.view.span(cause[1], end)
                most = chinese_count(number["number"]) if number else None
                _give(builder, span, builder.words(cause), first, most)


def _give(builder: Builder, span: Span, cause: Words, first: int, most: int | None) -> None:
    """Give the late records of prose in a canonical span their cause, as many as it counts."""
    records, ledger = builder.ledger.records, builder.ledger
    inside = [
        at
        for at in range(first, len(records))
        if span[0] <= records[at].start < span[1]
        and (records[at].stage in LATE_STAGES or records[at].progress == "behind")
        and not ledger.rosters[records[at].roster].table
    ]
    for at in sorted(inside, key=lambda at: records[at].start)[:most]:
        if CAUSE not in records[at].fields:
            records[at] = replace(records[at], fields={**records[at].fields, CAUSE: cause})


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
