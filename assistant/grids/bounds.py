"""Bounds on numbers, years and dates in a question, each with the column that it is on."""

from __future__ import annotations

import re

from assistant.grids.conditions import Bound, By, Condition, On
from assistant.grids.naming import head_variants
from assistant.grids.reading import Column, Grid
from assistant.ledger.deadlines import END, Due, due_in
from index.ledger.amounts import in_wan
from index.words import fold

Span = tuple[int, int]
_BOUND = re.compile(
    r"(?P<before>(?:没有?|未)达到|达不到|未超过|不超过|不高于|不多于|至多|超过|大于|高于|多于|不低于|不少于|不小于|至少|达到|低于|小于|少于|不足|不到|早于|晚于|没到|没超过|满)?(?:了)?\s*"
    r"(?<![\d.月])(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>亿元|万元|千元|元|亿|万平方米|平方米|万立方米|立方米|万吨|万亩|万人|万户|万|%|个百分点|公里|年|[户人栋套家个件台亩座处吨分])?(?![月日号\d])(?:钱)?的?\s*"
    r"(?P<after>及以上|以上|及以下|以下|以内|之内|(?:以|之)?前|(?:以|之)?后|往上|往下|开外|出头)?"
    r"(?P<not>[^，,（(]{0,14}?[（(]不含[^）)]*[）)])?"
)
_RANGE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?)(?P<one>亿元|万元|元|亿|万|%|公里|年|[户人栋套家个件台亩])?\s*(?:到|至|—|-|~)\s*"
    r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元|亿|万平方米|平方米|万立方米|立方米|万吨|万亩|万|%|公里|年|[户人栋套家个件台亩])?(?:之间|间)"
)
_ABOVE = re.compile(
    r"^(?:超过|大于|高于|多于|不低于|不少于|不小于|至少|达到|晚于|满)$|以上|后|往上|开外|出头"
)
_CLOSED = re.compile(r"^不(?![足到])|至|^达到|满|以[上下内]|之内|后|往|开外|出头|[没未]超过")
_MONEY = re.compile(r"^(?:亿|万|千)?元?$")
_PERIOD = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?:(?P<first>前)?(?P<quarter>第?[一二三四1-4]个?季度)|(?P<half>[上下]半年)|(?P<month>\d{1,2})月(?:份|底|末|初|[上中下]旬|\d{1,2}[日号])?)"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?=年|\D|$)")
_SAID_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_SIDE = (
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|(?P<part>底|末))?"
    r"(?P<side>[以之]?[前后])"
)
_MUST = r"(?:就|必须|应当?|须|需要?|要|得)?(?:的)?"
_TO_BE_DONE = r"时限|期限|到期|整改(?:到位|完)?|办结|销号|完成|解决|到位"
_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|份)")
_SAY_DONE = re.compile(r"付|拨|花|支出|完成")
_SAY_PLANNED = re.compile(r"计划|安排|预算")


def bounds_in(text: str, grid: Grid) -> list[tuple[Condition, Span]] | None:
    """Return the bounds on columns of numbers; None where the column of one is not sure."""
    found: list[tuple[Condition, Span]] = []
    for match in _RANGE.finditer(text):
        column = _column(match, text, grid, year=match["unit"] == "年")
        low, high = (
            _number(match["low"], match["one"] or match["unit"], column),
            _value(match, column),
        )
        if column is None or low is None or high is None:
            return None
        found.append((Bound(column.number, low, high, match.group()), match.span()))
        text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    for match in _BOUND.finditer(text):
        words = match["before"] or match["after"]
        if not words:
            continue
        year = match["unit"] == "年" or (
            not match["unit"] and re.fullmatch(r"(?:19|20)\d\d", match["n"])
        )
        column = _column(match, text, grid, year=bool(year))
        if column is None:
            return None
        value = _value(match, column)
        if value is None:
            return None
        above = bool(_ABOVE.search(words))
        closed = bool(_CLOSED.search(words)) and not match["not"]
        bound = Bound(
            column.number, value if above else None, None if above else value,
            _said(match),
            open_low=not closed, open_high=not closed,
        )  # fmt: skip
        found.append((bound, match.span()))
    return found


def _said(match: re.Match[str]) -> str:
    """Return a bound as the question says it, without what stands behind."""
    words = match.group().removesuffix(match["not"] or "").strip().removesuffix("的")
    return f"{words}（不含）" if match["not"] else words


def _column(match: re.Match[str], text: str, grid: Grid, *, year: bool) -> Column | None:
    """Return the column that a bound is on: by its unit, and by the heading said before it."""
    unit = match["unit"] or ""
    if year:
        fits = [c for c in grid.columns if c.kind == "year"]
    elif unit in ("%", "个百分点"):
        fits = [c for c in grid.columns if c.kind == "number" and c.unit == "%"]
    elif _MONEY.match(unit) and unit:
        fits = [c for c in grid.columns if c.kind == "number" and c.money]
    elif unit:
        fits = [c for c in grid.columns if c.kind == "number" and c.unit.endswith(unit)]
        if not fits:  # “得分”: numbers whose unit nothing says, if the question names the column
            return _headed_before(match, text, grid)
    else:
        fits = [c for c in grid.columns if c.kind == "number"]
    around = (
        re.split(r"[，,；;。]", text[: match.start()])[-1]
        + re.split(r"[，,；;。的]", text[match.end() :])[0]
    )
    said = [c for c in fits if any(words in around for words in head_variants(c))]
    numbers = [c for c in grid.columns if c.kind == "number" and c not in fits]
    if not said and any(fold(c.name) in around for c in numbers):
        return None  # a bound on that column, whose unit is not known
    if len(said) > 1:
        longest = max(len(c.name) for c in said)
        said = [c for c in said if len(c.name) == longest]
    if len(said) == 1:
        return said[0]
    if len(fits) == 1:
        return fits[0]
    for spoken, key in ((_SAY_DONE, "done_investment"), (_SAY_PLANNED, "planned_investment")):
        keyed = [c for c in fits if c.key == key]
        if spoken.search(around) and len(keyed) == 1:
            return keyed[0]
    return None


def _headed_before(match: re.Match[str], text: str, grid: Grid) -> Column | None:
    """Return the column without a unit that a bound stands behind the heading of, if but one."""
    before = re.split(r"[，,；;。]", text[: match.start()])[-1]
    bare = [c for c in grid.columns if c.kind == "number" and not c.unit and not c.money]
    said = [c for c in bare if any(words in before for words in head_variants(c))]
    return said[0] if len(said) == 1 else None


def _value(match: re.Match[str], column: Column | None) -> float | None:
    return _number(match["n"], match["unit"], column)


def _number(digits: str, said_unit: str | None, column: Column | None) -> float | None:
    """Return a number of the question in the unit of the column."""
    if column is None:
        return None
    number = float(digits.replace(",", ""))
    unit = said_unit or ""
    if not column.money or not unit:
        return number * 10_000 if unit.startswith("万") and unit != column.unit else number
    wan, one = in_wan(number, unit), in_wan(1.0, column.unit)
    return None if wan is None or not one else round(wan / one, 6)


def years_in_columns(text: str, grid: Grid) -> list[tuple[Condition, Span]]:
    """Return the years that stand beside the heading of a column of years (“2012年投产的”)."""
    found: list[tuple[Condition, Span]] = []
    for column in grid.columns:
        if column.kind != "year":
            continue
        for words in head_variants(column):
            head = re.escape(words)
            # People say the first character alone, too: “2012年建的” for 建成.
            short = f"|{re.escape(words[0])}(?=[的了])"
            pattern = (
                rf"(?<!\d)(?P<year>(?:19|20)\d\d)年度?(?:里|内|才|就|全部)?(?:{head}(?!投|率|额|数|多少){short})"
                rf"|{head}(?:是|为|在|于|等于)?(?P<year2>(?:19|20)\d\d)年?(?!\d|[以之]?[前后]|[至到—-]|及)"
            )
            for match in re.finditer(pattern, text):
                if any(a < match.end() and match.start() < b for _, (a, b) in found):
                    continue
                year = float(match["year"] or match["year2"])
                found.append((Bound(column.number, year, year, f"{year:.0f}年"), match.span()))
    return found


def dates_in_columns(text: str, grid: Grid) -> list[tuple[Condition, Span]]:
    """Return the bound on a column of deadlines, or the day that one must be."""
    dates = [c for c in grid.columns if c.kind == "date"]
    column = next((c for c in dates if c.key == "deadline"), dates[0] if len(dates) == 1 else None)
    if column is None:
        return []
    year = int(grid.date[:4]) if grid.date else None
    due = due_in(text)
    if due is not None and not re.search(r"已经?|了(?!结)", due.words):
        return [(By(column.number, due, year), due.span)]
    heads = "|".join(map(re.escape, head_variants(column)))
    if match := re.search(rf"(?:{heads}|时限|期限|完成时间)(?:是|在|为|定在)?{_SIDE}", text):
        return [(By(column.number, _due(match), year), match.span())]
    if match := re.search(rf"{_SIDE}{_MUST}(?:{heads}|{_TO_BE_DONE})", text):
        return [(By(column.number, _due(match), year), match.span())]
    for match in _DAY.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if re.search(rf"(?:{heads}|时限|期限|截止|到期)[^，,]{{0,4}}$", before):
            day = int(match["day"]) if match["day"] else None
            on = On(column.number, int(match["month"]), day, match.group())
            return [(on, match.span())]
    return []


def _due(match: re.Match[str]) -> Due:
    """Return the bound that a match with a month and a side says."""
    last = END if match["part"] in ("底", "末") else 0
    return Due(
        int(match["month"]), False, match.group(), match.span(),
        int(match["year"]) if match["year"] else None,
        int(match["day"]) if match["day"] else last, after=match["side"].endswith("后"),
    )  # fmt: skip


def periods_in(text: str) -> list[Span]:
    """Return where a question says years and periods."""
    found = [m.span() for m in _PERIOD.finditer(text) if m.group()]
    return [*found, *(m.span() for m in re.finditer(r"(?:19|20)\d\d年(?:度)?", text))]


def period_agrees(text: str, grid: Grid) -> bool:
    """Tell whether the years and periods that a question speaks of are those of the table."""
    own = f"{grid.title} {grid.date or ''}"
    heads = " ".join(h for c in grid.columns if (h := fold(c.path)) in text or fold(c.name) in text)
    years = set(_YEARS.findall(f"{own} {heads}"))
    asked_years = set(_YEARS.findall(text))
    if asked_years and not asked_years & years and (years or _SAID_YEAR.search(text)):
        return False  # of a table without a year it is not known whether it is of that one
    have = _months(own) | ({int(grid.date[5:7])} if grid.date and len(grid.date) >= 7 else set())
    return all(months & have for months in _periods(text))


def _months(text: str) -> set[int]:
    return {month for months in _periods(text) for month in months}


def _periods(text: str) -> list[set[int]]:
    """Return the months of each period that a text says."""
    found: list[set[int]] = []
    for match in _PERIOD.finditer(text):
        if match["month"]:
            found.append({int(match["month"])})
        elif match["half"]:
            found.append({6} if match["half"].startswith("上") else {12})
        elif match["quarter"]:
            number = match["quarter"].removeprefix("第")[0]
            last = 3 * ("一二三四".find(number) + 1 or int(number))
            found.append({last} if match["first"] else {last - 2, last - 1, last})
    return found
