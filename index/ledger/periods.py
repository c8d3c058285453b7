"""Periods that questions and reports speak of: “三季度末”, “1—9月”, “上半年”, “end of June”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.words import fold

if TYPE_CHECKING:
    from index.ledger.book import LedgerRow
    from index.ledger.records import Words

_Q = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_EN_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年?的?|(?:今|本)年的?)?"
_DASH = r"\s*(?:[-—–~]|至|到)\s*"
_PERIOD = re.compile(
    rf"{_YEAR}(?:(?:第|前)?(?P<quarter>[一二三四1-4])个?季度(?:末|底)?"
    rf"|(?P<half>[上下]半年|(?<![一两几上下\d])半年(?=通报|报告|总结|小结|汇报|简报|报表))(?:末|底)?"
    rf"|\d{{1,2}}月?(?:份)?{_DASH}(?P<to>\d{{1,2}})月(?:份|底|末)?"
    rf"|(?P<month>\d{{1,2}})月(?:份|底|末|(?P<day>\d{{1,2}})[日号])?)"
    rf"|(?P<relative>上一?个?季度|上季度|上一?个?月(?!份)|上(?:一)?期|上次)"
    rf"|\b(?:q(?P<en_quarter>[1-4])|(?P<ordinal>first|second|third|fourth) quarter)\b"
    rf"|(?:\b(?:{_EN_MONTH})\b\.?{_DASH})?\b(?P<en_month>{_EN_MONTH})\b(?: (?P<en_year>(?:19|20)\d\d))?"
    rf"|\b(?P<en_half>first|second) half\b|\b(?P<en_relative>last|previous) (?:quarter|month)\b"
)
_DONE_ON = re.compile(r"已(?:经)?[于在](?P<month>\d{1,2})月\d{1,2}日")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
MONTH_END = 28  # a day from here on stands for its month


@dataclass(frozen=True, slots=True)
class Period:
    """A period by the month that it ends in; ``back`` counts months before the newest.

    ``day`` tells that a single day is meant, which names no report.
    """

    words: str
    span: tuple[int, int]
    year: int | None = None
    month: int | None = None
    back: int = 0
    day: bool = False

    def fits(self, ended: tuple[int, int] | None) -> bool:
        """Tell whether a report that ends in (year, month) is of this period."""
        if ended is None or self.month is None:
            return False
        return ended[1] == self.month and self.year in (None, ended[0])


def periods_in(text: str) -> list[Period]:
    """Return the periods that a text names, in order; a year alone is none."""
    found = []
    for match in _PERIOD.finditer(text.lower()):
        month, back = _ended(match)
        if month is None and not back:
            continue
        year = match["year"] or match["en_year"]
        words = text[slice(*match.span())]
        day = match["day"] is not None and int(match["day"]) < MONTH_END
        found.append(Period(words, match.span(), int(year) if year else None, month, back, day))
    return found


def _ended(match: re.Match[str]) -> tuple[int | None, int]:
    """Return the month that a mention ends in, or by how many months it lies back."""
    quarter = match["quarter"] or match["en_quarter"]
    if quarter:
        return 3 * _Q[quarter], 0
    if match["ordinal"]:
        return 3 * _ORDINALS[match["ordinal"]], 0
    if match["half"] or match["en_half"]:
        return (6 if (match["half"] or match["en_half"]) in ("上半年", "半年", "first") else 12), 0
    if match["en_month"]:
        return _MONTHS[match["en_month"]], 0
    if match["relative"] or match["en_relative"]:
        words = match.group()
        return None, 1 if "月" in words or "month" in words else 3
    number = int(match["to"] or match["month"] or 0)
    return (number if 1 <= number <= 12 else None), 0


def ended_in(row: LedgerRow) -> tuple[int, int] | None:
    """Return (year, month) up to which the row's document counts, None if it says nothing.

    The title's own period comes first, then the as-of date of the row, then the
    date of signing.
    """
    document = row.document
    ended = _ended_of(document.title, row.text("as_of") or "", document.date or "")
    return _told_later(row, ended) if ended else None


@lru_cache(maxsize=16_384)  # every record of a document asks, again and again
def _ended_of(title: str, as_of: str, signed: str) -> tuple[int, int] | None:
    for words in (fold(title), fold(as_of)):
        named = [p for p in periods_in(words) if p.month]
        if named:
            last = named[-1]
            year = last.year or _year_of(words) or (int(signed[:4]) if signed else 0)
            month = last.month or 0
            if not last.year and signed and not _year_of(words) and month > int(signed[5:7]):
                year -= 1
            return year, month
    return (int(signed[:4]), int(signed[5:7])) if signed else None


def _told_later(row: LedgerRow, ended: tuple[int, int]) -> tuple[int, int]:
    """Return the month of signing where a row tells of a day behind ``ended``, else that.

    Minutes of September that speak of a report up to July say “已于9月1日投入使用”.
    """
    signed = row.document.date or ""
    month = _month_done(row.text("status_text") or "")
    if month is None or not signed or int(signed[:4]) != ended[0]:
        return ended
    return (ended[0], int(signed[5:7])) if ended[1] < month <= int(signed[5:7]) else ended


@lru_cache(maxsize=16_384)
def _month_done(status: str) -> int | None:
    told = _DONE_ON.search(fold(status))
    return int(told["month"]) if told else None


def of_two_times(one: Words | None, other: Words | None) -> bool:
    """Tell whether two dates up to which something counts lie in different months.

    A document may hold the reports of two times: what they give differs, and is no contradiction.
    """
    ended = [_month_of(words.text) if words else None for words in (one, other)]
    return None not in ended and ended[0] != ended[1]


@lru_cache(maxsize=4096)
def _month_of(words: str) -> int | None:
    return next((p.month for p in reversed(periods_in(fold(words))) if p.month), None)


def _year_of(words: str) -> int | None:
    match = re.search(r"((?:19|20)\d\d)", words)
    return int(match[1]) if match else None


def resolved(period: Period, ends: Iterable[tuple[int, int]], base: Period | None = None) -> Period:
    """Return a relative period (“上个季度”) as an absolute one.

    It lies before ``base`` where the question names another period, else before
    the newest of ``ends``.
    """
    known = sorted(set(ends), reverse=True)
    if not period.back or not known:
        return period
    year, month = known[0]
    if base is not None and base.month:
        year, month = base.year or year, base.month
    month -= period.back
    if month < 1:
        year, month = year - 1, month + 12
    return Period(period.words, period.span, year, month)
