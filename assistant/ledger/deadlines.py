"""Deadlines in questions (“10月底以前完成的”, “6月份到期的”), against those that records give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.words import fold

_DATE = (
    r"(?:(?P<year>(?:19|20)\d\d)年|今年|明年)?(?P<month>\d{1,2})月(?:份|(?P<part>底|末|初|[上中下]旬)"
    r"|(?P<day>\d{1,2})[日号])?(?:[（(]含[）)]|（含当日）)?"
)
_DOING = r"(?:整改|办理|工作)?(?:完成|完工|竣工|建成|办结|办完|整改|到位|交付|投用|销号|开工|动工|解决|报送|截止|到期|兑现)"
_BEFORE = re.compile(
    rf"(?:要求|应|须|计划|预计|打算|要|必须)?(?:在|于|到|截至)?{_DATE}(?:以前|之前|前|以内|内)[^，,。？?]{{0,8}}?(?P<what>{_DOING})"
)
_NAMED = re.compile(
    rf"(?:时限|期限|截止(?:时间|日期)?)(?:是|在|为|定在|到)?{_DATE}(?:以前|之前|前|以内|内)(?P<what>)"
)
_AFTER = re.compile(
    rf"{_DATE}(?:以后|之后|往后)(?:（含[^）]*）|[（(][^）)]*[)）])?(?:才|再|方)?(?:要|应|须)?(?P<what>{_DOING})"
)
# “1至10月完成的投资” is what was done in a spell.
_WITHIN = re.compile(
    rf"(?<!\d)(?<![至到—–\-~～]){_DATE}(?:就|要|将|应|须)?(?P<what>到期|截止|(?:要|应|须|必须|该|计划)?(?:完成|办结|竣工|完工|交付|投用|整改到位))"
    r"(?=的(?!年度|总?投资|资金)|[？?]|$)"
)
_MONTH = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:份|(?P<part>底|末|初|[上中下]旬)|(?P<day>\d{1,2})[日号])?"
)
_DONE = re.compile(
    r"已|都.{0,2}了|了$"
)  # “6月底前已经竣工的” speaks of what is, not of what is due
_AS_OF = re.compile(r"截[至止]到?(?!时间|日期)")
_EITHER = re.compile(r"到期|截止|时限|期限")
_START = re.compile(r"开工|动工|复工|启动")
_DAYS = {"初": 10, "上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}
END = 31


@dataclass(frozen=True, slots=True)
class Due:
    """A bound on deadlines: not after (year, month, day); with ``exact`` within that month.

    ``after`` turns the bound round.
    ``year`` is None where the question gives none: the document's own then counts.
    """

    month: int
    start: bool
    words: str
    span: tuple[int, int]
    year: int | None = None
    day: int = END
    exact: bool = False
    after: bool = False

    def holds(self, deadline: str, year: int | None = None, *, starting: bool = False) -> bool:
        """Tell whether a deadline as written is within the bound; ``year`` is the document's.

        ``starting`` tells that its column is of beginning (“计划开工时间”).
        """
        match = _MONTH.search(fold(deadline))
        begins = starting or bool(_START.search(deadline))
        either = starting and bool(_EITHER.search(self.words))  # “10月到期的”
        if not match or (begins != self.start and not either):
            return False
        own = int(match["year"]) if match["year"] else year or self.year or 0
        wanted = self.year or year or own
        if self.exact:
            return (own, int(match["month"])) == (wanted, self.month)
        given = (own, int(match["month"]), _day(match))
        if self.after:
            return given >= (wanted, self.month, 0)
        return given <= (wanted, self.month, self.day)


def due_in(text: str) -> Due | None:
    """Return the bound on deadlines that a question sets, None if it sets none."""
    for pattern, exact in ((_NAMED, False), (_AFTER, False), (_BEFORE, False), (_WITHIN, True)):
        match = pattern.search(text)
        if match is not None and not _DONE.search(match.group()) and not _state(text, match):
            year = int(match["year"]) if match["year"] else None
            starts = bool(_START.search(match["what"]))
            return Due(
                int(match["month"]), starts, match.group().strip(), match.span(), year,
                _before(match) if not exact else END, exact, pattern is _AFTER,
            )  # fmt: skip
    return None


def _state(text: str, match: re.Match[str]) -> bool:
    """Tell whether a state is meant as of a day (“截至10月底完工的”), not what is due then."""
    said = text[max(0, match.start() - 3) : match.end()]
    return bool(_AS_OF.search(said)) and not re.search(r"应|须|要|计划|预计|打算|到期", said)


def _day(match: re.Match[str]) -> int:
    if match["day"]:
        return int(match["day"])
    return _DAYS.get(match["part"] or "", END)


def _before(match: re.Match[str]) -> int:
    """Return the last day that “before” allows: “12月之前” is over with November."""
    if match["day"] or match["part"]:
        return _day(match)
    return 0


def date_of(deadline: str, year: int) -> tuple[int, int, int] | None:
    """Return (year, month, day) of a deadline as written; ``year`` is its document's."""
    match = _MONTH.search(fold(deadline))
    if match is None:
        return None
    return (int(match["year"]) if match["year"] else year, int(match["month"]), _day(match))
