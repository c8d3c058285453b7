"""Dates and periods in folded text, as precise as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CN = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_Y = r"(?P<year>(?:19|20)\d{2}|[一二][零〇一二三四五六七八九]{3})"
_M = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)"
_D = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_PART = r"(?P<part>底|末|初(?![步次期级])|中旬|上旬|下旬|中(?![小央心学医国]))?"
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"{_Y}年{_M}月(?:份)?{_D}[日号]?(?!个)",
        rf"(?<![\d.]){_Y}[-./]{_M}[-./]{_D}(?![\d.]*[%亿万元])",
        rf"{_Y}年{_M}月(?:份)?{_PART}",
        rf"(?<![\d.]){_Y}[-./]{_M}(?![\d.]|-\d)(?=$|[^\d%亿万元个项])",
        r"(?P<low>1[0-2]|[1-9]|[一二三四五六七八九])(?:月份?)?[-至到](?P<high>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?P<part>底|末)?",
        rf"(?<![\d.第]){_M}月(?:份)?{_D}[日号]",
        rf"(?<![\d.第个]){_M}月(?:份)?{_D}(?=[上下]午)",
        rf"(?<![\d.第个]){_M}月(?!个)(?:份)?{_PART}",
        rf"(?:{_Y}年)?(?P<spread>前|1-|一至|一-|第?)(?P<quarter>[一二三四1-4])季度(?P<part>末|底)?",
        rf"(?:{_Y}年)?(?P<half>[上下])半年",
        rf"{_Y}年(?:度)?(?P<part>底|末|初(?![步次期级])|内|中(?![小央心学医国]))?",
        r"(?P<relative>今年|本年|去年|上年|明年|次年|后年|本月|当月|上月|下月|年初|年中|年末|年底|年内|月底|月初|月末)(?:度|份)?(?P<part>底|末|初|内)?",
        rf"(?<![\d.%])(?<![\d月]){_D}[日号](?!个|[楼线路站厂院井])",
    )
)
_PARTS = {"末": "底"}
_RELATIVE = {
    "本年": "今年",
    "上年": "去年",
    "次年": "明年",
    "年末": "年底",
    "当月": "本月",
    "月末": "月底",
}


@dataclass(frozen=True, slots=True)
class When:
    """A date or period: what of it is written.

    Unwritten parts are None or empty; ``span`` is a quarter (“q3”, “-q3” from the
    start of the year), a half (“h1”), months (“1-9”) or a relative word (“今年”).
    """

    year: int | None
    month: int | None
    day: int | None
    part: str
    span: str
    start: int
    end: int
    words: str


def dates(text: str) -> list[When]:
    """Return the dates and periods of folded ``text`` in order."""
    return sorted(_scan(text), key=lambda when: when.start)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Return where in folded ``text`` dates stand."""
    return [(when.start, when.end) for when in _scan(text)]


def _scan(text: str) -> Iterator[When]:
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield _when(match)


def _when(match: re.Match[str]) -> When:
    groups = match.groupdict()
    part = groups.get("part") or ""
    return When(
        _number(groups.get("year")),
        _number(groups.get("month")),
        _number(groups.get("day")),
        _PARTS.get(part, part),
        _span(groups),
        match.start(),
        match.end(),
        match.group(),
    )


def _span(groups: dict[str, str | None]) -> str:
    if groups.get("low"):
        return f"{_number(groups['low'])}-{_number(groups['high'])}"
    if groups.get("quarter"):
        spread = "-" if groups.get("spread") not in (None, "", "第") else ""
        return f"{spread}q{_number(groups['quarter'])}"
    if groups.get("half"):
        return "h1" if groups["half"] == "上" else "h2"
    relative = groups.get("relative") or ""
    return _RELATIVE.get(relative, relative)


def _number(words: str | None) -> int | None:
    if not words:
        return None
    if words[0].isdigit():
        return int(words)
    if words == "元":
        return 1
    if len(words) == 4:
        return int("".join(_CN[c] for c in words))
    if "十" in words:
        tens, _, ones = words.partition("十")
        return int(_CN.get(tens, "1")) * 10 + int(_CN.get(ones, "0"))
    return int(_CN[words])
