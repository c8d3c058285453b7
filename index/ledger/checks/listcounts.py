"""How many a list says that it has, against how many it lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.ledger.records import FileLedger, Finding, Roster

MAX_HEADING = 20  # characters of a heading that a finding names


def list_counts(ledger: FileLedger) -> Iterator[Finding]:
    """Yield what lists, their headings and “等12个” behind names count otherwise than is listed."""
    listed = Counter(record.roster for record in ledger.records)
    headings = Counter(roster.heading for roster in ledger.rosters)
    for place, roster in enumerate(ledger.rosters):
        yield from _against_list(roster, listed[place])
        if headings[roster.heading] == 1:
            yield from _against_heading(roster)
        if listed[place]:
            yield from _announced(roster, listed[place])


def _against_list(roster: Roster, count: int) -> Iterator[Finding]:
    said = roster.stated
    if said is None or said.value is None or not count or selects(roster):
        return
    if int(said.value) != count:
        yield Finding(
            "count",
            f"{_of_list(roster)}原文写{int(said.value)}个，所列为{count}个",
            roster.document,
            (*said.spans, (roster.start, roster.end)),
        )


def _against_heading(roster: Roster) -> Iterator[Finding]:
    heading, said = roster.heading, roster.stated
    if heading is None or roster.lead is None or said is None or said.value is None:
        return
    counted = re.search(r"[（(]\s*(?:共)?(\d+)\s*[个项件][）)]", heading.text)
    if counted and int(counted[1]) != said.value:
        yield Finding(
            "count",
            f"标题写{int(counted[1])}个，正文写{said.text}个",
            roster.document,
            (heading.spans[0], *said.spans),
        )


def _announced(roster: Roster, count: int) -> Iterator[Finding]:
    said = roster.announced
    announced = int(said.value) if said and said.value is not None else count
    if said and announced != count and all_but(announced, count):
        yield Finding(
            "announced",
            f"原文称“等{announced}个”，列出名称的为{count}个",
            roster.document,
            (*said.spans, (roster.start, roster.end)),
        )


def all_but(announced: int, count: int) -> bool:
    """Tell whether names are so near to the number announced that they are meant to be all."""
    return abs(announced - count) <= max(1, announced // 6)


def selects(roster: Roster) -> bool:
    """Tell whether a lead-in announces but the main ones (“有21个，主要有：”)."""
    return bool(
        roster.lead and re.search(r"(?:主要|例如|比如|如)(?:有|是|为|包括)?$", roster.lead.text)
    )


def _of_list(roster: Roster) -> str:
    """Return the heading of a list, for a finding about it, where it names what is counted."""
    heading = re.sub(r"[（(].*$", "", roster.heading.text) if roster.heading else ""
    return f"“{heading}”" if 1 < len(heading) <= MAX_HEADING else ""
