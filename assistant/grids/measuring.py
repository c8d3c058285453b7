"""The column of numbers that a question asks about."""

from __future__ import annotations

import re

from assistant.grids import asking
from assistant.grids.conditions import Among, Bound
from assistant.grids.linked import Linked
from assistant.grids.reading import Column, Grid, unit_beside
from assistant.grids.said import Span, Text

_SAY_DONE = re.compile(
    r"(?:已经?|累计|实际|共)?(?:支付|拨付|付|花|支出|完成投资|完成的?投资|完成了?多少(?=投资)|投资完成|使用|到位)(?:掉|出去)?了?(?:的)?(?:资金|钱|款|投资)?"
)
_SAY_PLANNED = re.compile(
    r"(?:计划|安排|下达|(?<!公共)(?<!财政)(?<!基金)(?<!经营)预算(?!收入|执行|支出))(?:投入|安排)?(?:的)?(?:资金|投资|钱|多少)?"
)
_DONE = re.compile(r"完成的?投资|投资完成|支出|已完成")
_PLAN = re.compile(r"^(?!.*(?:完成|支出))(?:.*(?:计划|概算|预算)|.*总投资)")
_SAY_MONEY = re.compile(r"钱|资金|投资|金额|经费|款")
_SAY_UNIT = re.compile(r"(?:多少|几|共)(?P<unit>[户人栋套亩吨座米张台辆]|平方米|公里)")
_CHEAP = re.compile(r"花钱|用钱|要钱")
# “各缺多少”, “补多少”: the verb is part of one heading of numbers.
_VERB = re.compile(
    r"(?P<verb>[缺欠补投拨贷借征收付])(?:了|着|到)?多少(?:亿元|万元|元|亩|公里|平方米|[户人套个项])?"
)


def find_measure(said: Text, linked: Linked, planned: Column | None, done: Column | None) -> None:
    """Find the column of numbers that is asked about."""
    grid = linked.grid
    rest = said.rest()
    numbers = {c.number for c in grid.columns if c.kind in ("number", "year", "date")}
    mentioned = [n for n in dict.fromkeys(linked.asked) if n in numbers]
    bounded = {c.column for c in linked.conditions if isinstance(c, Bound)}
    free = [n for n in mentioned if n not in bounded] or mentioned
    if linked.less or linked.share or linked.measure is not None:
        return
    if free:
        # A heading that another one mentioned is part of says less than that.
        linked.measure = max(free, key=lambda n: len(grid.column(n).name))
        return
    if match := _SAY_UNIT.search(rest):
        columns = [c for c in grid.columns if c.kind == "number" and c.unit.endswith(match["unit"])]
        if len(columns) == 1:
            linked.measure = columns[0].number
            said.take(match.span())
            linked.score += 2
            return
        if _by_unit_column(match.group(), linked):
            said.take(match.span())
            linked.score += 2
            return
        # “4.1万亩” is a cell of words that bears the unit.
        bears = re.compile(rf"\d[\d.,]*[万亿]?{match['unit']}(?![\u4e00-\u9fff])")
        words = [
            c for c in grid.columns
            if c.kind in ("words", "number") and not c.unit and c.number != grid.name
        ]  # fmt: skip
        best = max(words, key=lambda c: _bearing(bears, c, grid), default=None)
        if best is not None and _bearing(bears, best, grid):
            linked.asked.append(best.number)
            said.take(match.span())
            linked.score += 2
            return
    if match := _VERB.search(rest):
        columns = [c for c in grid.columns if c.kind == "number" and match["verb"] in c.name]
        if len(columns) == 1:
            linked.measure = columns[0].number
            linked.asked.append(columns[0].number)
            said.take(match.span())
            linked.score += 1
            _by_unit_column(match.group(), linked)
            return
    money = [c for c in grid.columns if c.kind == "number" and c.money]
    for pattern, column in ((_SAY_DONE, done), (_SAY_PLANNED, planned)):
        if (match := pattern.search(rest)) and column and not _CHEAP.search(rest):
            if _only_came_in(column, match.group()):
                continue
            linked.measure = column.number
            said.take(match.span())
            linked.score += len(match.group())
            return
    dated = [c for c in grid.columns if c.kind in ("year", "date")]
    if len(dated) == 1 and (match := asking.DATED.search(said.text)):
        linked.measure = dated[0].number
        linked.score += len(match.group())
        return
    if (match := _SAY_MONEY.search(said.text)) and money and asking.RANK.search(said.text):
        if _DONE.search(said.text):  # of what was done, no plan tells
            money = [c for c in money if not _PLAN.search(c.name)]
        if not money:
            return
        whole = next((c for c in money if re.search(r"总|合计", c.name)), None)
        linked.measure = (whole or money[0]).number
        said.take(match.span())
        if cheap := _CHEAP.search(rest):
            said.take(cheap.span())
        linked.score += 1


def part_of_a_measure(text: str, span: Span) -> bool:
    """Tell whether words are but a piece of those that say what was done (“投资” of “完成投资”)."""
    return any(
        m.start() <= span[0] and span[1] <= m.end() and m.span() != span
        for m in _SAY_DONE.finditer(text)
    )


def _only_came_in(column: Column, asked: str) -> bool:
    """Tell whether a column says what money came in, and what was built of it is asked."""
    return (
        "完成" in asked and "到位" in column.name and not re.search(r"完成|支|付|使用", column.name)
    )


def _by_unit_column(words: str, linked: Linked) -> bool:
    """Take the number whose unit stands in a column of its own, in the rows of that unit."""
    grid = linked.grid
    for column in grid.columns:
        unit_column = unit_beside(grid, column.number)
        if unit_column is None:
            continue
        units = {w for line in grid.lines if (w := line.words.get(unit_column))}
        said = {unit for unit in units if unit in words}
        if not said:
            return False
        linked.measure = column.number
        linked.asked.append(column.number)
        linked.conditions.append(Among(unit_column, frozenset(said), "、".join(sorted(said))))
        return True
    return False


def _bearing(pattern: re.Pattern[str], column: Column, grid: Grid) -> int:
    """Return how many cells of a column a pattern fits."""
    return sum(bool(pattern.search(line.words.get(column.number, ""))) for line in grid.lines)
