"""Months asked about by themselves, where reports count from January on.

“9、10两个月新增完成投资多少”, “三季度单季完成多少”: what the report up to October says, less what
the one up to August does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.ledger.periods import Period

Ended = tuple[int, int]
_M = r"\d{1,2}"
_TO = r"(?:[、,，和与及跟]|至|到|[-—–~～－])"
_MORE = r"(?:新增|净增|增加|又|再|单季|单月|当季|当月|这一?个?季度|一个季度|一个月)"
# “9、10两个月”, “11月和12月”, “7—9月”; from January on it is no span of its own.
_MONTHS = re.compile(
    rf"(?<![\d年.])(?P<a>{_M})(?:月份?)?(?:{_TO}(?:{_M}(?:月份?)?{_TO})?)(?P<b>{_M})"
    rf"(?:月份?(?:这?[两二三四2-4]个月)?|这?[两二三四2-4]个月)(?:的?时间|里|内|期间)?"
)
_QUARTER = re.compile(
    r"第?(?P<q>[一二三四1-4])季度(?:[（(][^）)]*[）)])?(?=[^，,。？?]{0,8}(?:单季|当季|新增|净增|又|再|这一?个?季度|一个季度|里))"
)
_MONTH = re.compile(rf"(?<![\d、和与至到—–~-])(?P<a>{_M})月份?(?=[^，,。？?底末]{{0,6}}{_MORE})")
_EACH = re.compile(r"分别|各自?|每个?月")
_Q = {q: n for n, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for q in pair}
_WORDS = re.compile(rf"(?:(?:一共|总共|共)?{_MORE})+")


# “比上次通报”: the report before the newest, whenever that was.
_BEFORE = re.compile(
    r"(?:比|较|与|跟|和|同)(?:上一?[次期份]|前一?[次期份])的?(?:通报|报告|简报|月报|快报|调度|统计)?时?(?:相比)?"
)
_GREW = re.compile(r"多|增|新|又|再|涨")


def before_asked(text: str) -> tuple[int, int] | None:
    """Return where a question compares with the report before, by how much it grew."""
    match = _BEFORE.search(text)
    return match.span() if match and _GREW.search(text, match.end()) else None


@dataclass(frozen=True, slots=True)
class Span:
    """The report before the months begin, that of the last one, and the words that say so."""

    early: Period
    late: Period
    spans: tuple[tuple[int, int], ...]


def months_asked(text: str, ends: Iterable[Ended]) -> Span | None:
    """Return the months that a question asks about, None unless reports end around them.

    ``text`` is folded; ``ends`` are (year, month) up to which the reports count.
    """
    match = _MONTHS.search(text) or _QUARTER.search(text) or _MONTH.search(text)
    if match is None or _EACH.search(text):
        return None
    said = match.groupdict()
    quarter = _Q.get(said.get("q") or "", 0)
    first = 3 * quarter - 2 if quarter else int(said["a"])
    last = 3 * quarter if quarter else int(said.get("b") or said["a"])
    known = set(ends)
    years = [y for y, m in known if m == last and (y, first - 1) in known]
    if not 1 < first <= last <= 12 or not years:
        return None
    more = [m.span() for m in _WORDS.finditer(text)]
    a, b = match.span()
    beside = tuple(s for s in more if s[1] <= a or b <= s[0])
    early, late = (
        Period(f"{month}月底", match.span(), max(years), month) for month in (first - 1, last)
    )
    return Span(early, late, (match.span(), *beside))
