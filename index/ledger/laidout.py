"""Lists whose lines are all laid out alike: name, owner, share of the plan, and what is lacking.

“1. 某桥，县交通局，41%——差两户没搬”: each line has its parts in one order, so that what
stands behind the dash is that project's alone, whatever words it is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ledger.edges import trimmed
from index.ledger.records import Span
from index.ledger.units import are_units, can_own, is_region

_APART = r"(?:\s*[，,、；;｜|]\s*|\s{2,})"
_LINE = re.compile(
    r"(?P<name>[^，,。；;：:｜|—%％]{3,40}?)"
    + _APART
    + r"(?P<unit>[^，,。；;：:｜|—（）()%％]{2,30}?)"
    rf"{_APART}(?:完成(?:了)?(?:年度?|全年)?(?:投资)?(?:计划|任务)?的?)?"
    r"(?P<percent>(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％])"
    r"(?:\s*(?:——|—|－－|--|–|[：:，,；;｜|])\s*(?P<said>\S.*?))?[。；;\s]*$"
)
# A line that lacks nothing: “无”, “无欠项”.
_NOTHING = re.compile(r"(?:暂?无|没有)(?:欠项|问题|遗留问题|欠缺|缺项)?|[/／—-]+|0")
MIN_LINES = 2  # of one layout


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The parts of one line: spans of the clean text, ``said`` None where nothing is lacking."""

    name: Span
    unit: Span
    percent: Span
    value: float
    said: Span | None


def laid_out(text: str, spans: Sequence[Span]) -> list[LaidOut]:
    """Return the parts of all lines, none where one of them is laid out otherwise.

    The spans begin behind the lines' numbers.
    """
    found = []
    for low, high in spans:
        match = _LINE.match(text, *trimmed(text, low, high))
        unit = match["unit"] if match else ""
        if match is None or not (can_own(unit) or are_units(unit) or is_region(unit)):
            return []
        nothing = not match["said"] or _NOTHING.fullmatch(match["said"])
        said = None if nothing else match.span("said")
        parts = (match.span("name"), match.span("unit"), match.span("percent"))
        found.append(LaidOut(*parts, float(match["value"]), said))
    return found if len(found) >= MIN_LINES else []
