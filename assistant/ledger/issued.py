"""Reports that a question names by the time when they were issued (“8月14日那份通报”)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.ledger.book import LedgerRow
from index.ledger.periods import Period, ended_in
from index.words import fold

_REPORT = re.compile(
    r"(?:发出?|印发|下发|出|发布)?的?(?:那|这|该)?(?:一?[份期个次])?的?[\u4e00-\u9fff]{0,4}?(?:通报|报告|简报|月报|周报|情况|材料)"
)
_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")


def issued_then(period: Period, text: str, rows: Sequence[LedgerRow]) -> Period | None:
    """Return the period that the one report counts up to which was issued at a time.

    None where no report is said to be meant, or not just one was issued then.
    """
    named = _DAY.search(fold(period.words))
    if named is None or not _REPORT.match(text, period.span[1]):
        return None
    ends = {
        ended
        for row in rows
        if (ended := ended_in(row)) and _is_of(row.document.date or "", named, period.year)
    }
    if len(ends) != 1:
        return None
    year, month = ends.pop()
    return Period(period.words, period.span, year, month)


def _is_of(date: str, named: re.Match[str], year: int | None) -> bool:
    """Tell whether a document's date (“2024-08-14”) is the one named."""
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    if len(parts) < 3 or (year and parts[0] != year) or parts[1] != int(named["month"]):
        return False
    return not named["day"] or parts[2] == int(named["day"])
