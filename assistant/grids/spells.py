"""Columns that say when something is to begin or to end, as quarters, halves or months.

“明年一季度就能开的” asks for the rows whose “拟开工” lies in that quarter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.grids.conditions import Within
from assistant.grids.naming import head_variants
from assistant.grids.reading import Column, Grid
from index.words import fold

Span = tuple[int, int]
Month = tuple[int, int]  # year, month
MOST = 0.8  # of the filled cells: what a column holds
WHOLE = 0.6  # of a cell's characters that its period takes up
_NUMERALS = "一二三四"
_YEARS = {"去年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "下一年": 1, "后年": 2}
_SPELL = (
    rf"(?:(?P<year>(?:19|20)\d\d)年?|(?P<said>{'|'.join(_YEARS)}))?的?"
    r"(?:第?(?P<quarter>[一二三四1-4])个?季度|(?P<half>[上下]半年)|(?P<month>\d{1,2})月份?(?:底|末|初|[上中下]旬|\d{1,2}[日号])?"
    r"|(?P<whole>(?<=[年\d])(?:年?[内底末]|以?内|全年|一年)?))"
)
_BEGIN = r"(?:开工建设|开工|动工|开建|启动|上马|进场|破土|开(?=[的得了吗?？，,]|$)|动(?=[的得了吗?？，,]|$))"
# “上半年完成投资多少” asks for money, and not for what is to end by then.
_OF_WORK = r"(?!了?的?(?:年度|全年|固定资产|实际|累计)?(?:总?投资|资金|产值|工作量|任务|计划|支出|多少|几))"
_END = (
    rf"(?:全部|全面)?(?:完工|竣工|建成|完成{_OF_WORK}|投用|投产|交付|通车|办结|到期|建好|完(?!成))"
)
_HEADS = (
    (re.compile(r"开工|动工|开建|启动|进场"), _BEGIN),
    (re.compile(r"完工|竣工|建成|完成|投用|投产|交付|通车|办结|时限|期限|节点"), _END),
)
_SIDE = r"(?P<side>[以之]?[前后])?"
_MAY = r"(?:里|内|中|就|才|便|要|将|会|可以?|能够?|有望|计划|预计|拟|打算|准备|应该?|的?时候|前后)*"


def spell_of(cell: str, year: int) -> tuple[Month, Month] | None:
    """Return the first and last month of a cell that is a period, None of any other."""
    words = fold(cell).strip()
    match = re.search(_SPELL, words)
    if match is None or not match.group() or len(match.group()) < WHOLE * len(words):
        return None
    return _months(match, year)


def spells_in(text: str, grid: Grid) -> Iterator[tuple[Within, Span]]:
    """Yield the periods that a question sets for what a column tells the time of."""
    years = re.search(r"(?:19|20)\d\d(?=年)", grid.title)
    if not (grid.date or years):
        return
    year = int(grid.date[:4] if grid.date else years.group() if years else 0)
    for column in grid.columns:
        verb = next((verb for head, verb in _HEADS if head.search(column.name)), None)
        if verb is None or not _tells_spells(column, grid, year):
            continue
        heads = "|".join(map(re.escape, head_variants(column)))
        for pattern in (
            rf"(?<![\d—–~至到-])(?P<when>{_SPELL}){_SIDE}(?![—–~至到-]){_MAY}(?:{heads}|{verb})(?:的)?",
            rf"(?:{heads})(?:时间|日期)?(?:是|在|为|定在|于)?(?P<when>{_SPELL}){_SIDE}(?:的)?",
        ):
            match = next((m for m in re.finditer(pattern, text) if _is_spell(m)), None)
            if match:
                low, high = _months(match, year)
                side = match["side"] or ""
                if side.endswith("前"):
                    # “3月前” is over with February, “3月底前” is not.
                    last = high if re.search(r"[底末日号]$", match["when"]) else _before(low)
                    low, high = (0, 1), last
                elif side:
                    low, high = low, (9999, 12)
                said = f"{match['when']}{side}"
                rows = frozenset(
                    line.start
                    for line in grid.lines
                    if (own := spell_of(line.words.get(column.number, ""), year))
                    and low <= own[0] and own[1] <= high
                )  # fmt: skip
                yield Within(column.number, rows, said), match.span()
                return


def _before(month: Month) -> Month:
    return (month[0], month[1] - 1) if month[1] > 1 else (month[0] - 1, 12)


def _is_spell(match: re.Match[str]) -> bool:
    """Tell whether a match says a period; a year alone must be said in figures or as “明年”."""
    return bool(
        match["quarter"] or match["half"] or match["month"] or match["year"] or match["said"]
    )


def _tells_spells(column: Column, grid: Grid, year: int) -> bool:
    if column.kind not in ("words", "date") or column.number == grid.name:
        return False
    said = [w for line in grid.lines if (w := line.words.get(column.number))]
    return bool(said) and sum(spell_of(w, year) is not None for w in said) >= MOST * len(said)


def _months(match: re.Match[str], year: int) -> tuple[Month, Month]:
    own = int(match["year"]) if match["year"] else year + _YEARS.get(match["said"] or "", 0)
    if match["quarter"]:
        last = 3 * (_NUMERALS.find(match["quarter"]) + 1 or int(match["quarter"]))
        return (own, last - 2), (own, last)
    if match["half"]:
        return ((own, 1), (own, 6)) if match["half"][0] == "上" else ((own, 7), (own, 12))
    if match["month"]:
        return (own, int(match["month"])), (own, int(match["month"]))
    return (own, 1), (own, 12)
