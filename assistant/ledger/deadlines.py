"""Deadlines in questions: “2024年10月底以前完成的”, against those that records give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.words import fold

_DUE = re.compile(
    r"(?:要求|应|须|计划|预计|打算)?(?:在|于)?(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:份"
    r"|底|末|\d{1,2}日)?"
    r"(?P<before>以前|之前|前)(?:应|要|须|能|计划)?(?P<what>完成|完工|竣工|建成|开工|办结|投用)?"
)
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月")
_START = re.compile(r"开工|动工|复工|启动")


@dataclass(frozen=True, slots=True)
class Due:
    """A bound on deadlines: not after ``year``-``month``; for a start or a completion."""

    year: int
    month: int
    start: bool
    words: str
    span: tuple[int, int]

    def holds(self, deadline: str) -> bool:
        """Tell whether a deadline as written is within the bound."""
        match = _MONTH.search(fold(deadline))
        if not match or bool(_START.search(deadline)) != self.start:
            return False
        year = int(match["year"]) if match["year"] else self.year
        return (year, int(match["month"])) <= (self.year, self.month)


def due_in(text: str) -> Due | None:
    """Return the bound on deadlines that a question sets, None if it sets none."""
    match = _DUE.search(text)
    if match is None:
        return None
    starts = bool(match["what"] and _START.search(match["what"]))
    return Due(int(match["year"]), int(match["month"]), starts, match.group(), match.span())
