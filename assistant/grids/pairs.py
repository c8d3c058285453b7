"""Columns of what is planned and of what is done, and what a question asks of the two."""

from __future__ import annotations

import re

from assistant.grids import asking
from assistant.grids.conditions import Bound, Paid
from assistant.grids.linked import Linked
from assistant.grids.naming import head_variants
from assistant.grids.reading import Column, Grid
from assistant.grids.said import Span, Text
from index.words import fold

_PLANNED = re.compile(r"计划|年度|安排|预算|下达|应[付兑]|合同|批复|概算")
_DONE = re.compile(r"已[付拨支完到使用]|[支拨兑]付|支出|完成|到位|使用")
_VERBS = re.compile(r"到位|支付|拨付|支出|使用|下达")
_SAY_PAID = re.compile(r"钱|资金|款|投资|付|拨|支出")


_UNIT = re.compile(r"[多几]少?\s*万?(?P<unit>亩|平方米|公里|[米户人栋套吨座个条处])")
# “占全部16处工程受益人口的百分之几”: of all rows together, not of what is planned.
_WHOLE = re.compile(
    r"占(?:了|到)?(?:全部|所有|全[市县区省镇乡部]|总数|总体|合计|整个|\d+[个处座项家])[^，,。？?]{0,24}?的?"
    r"(?:百分之[几多]少?|几成|比例|比重|占比|多大比例|多大)"
)
_COUNTED = re.compile(r"(?P<unit>[个座项家处条件所户人栋套亩吨米])(?!百分)")
_NOT_YET = re.compile(r"^(?:尚|还|仍)?未(?P<verb>[拨支兑付完到使花投][\u4e00-\u9fff]?)")
_RATIO = (
    r"(?:所?占|除以|÷|/|比|与|和|跟){planned}(?:的?(?:比例|比重|百分之几|百分比|比|几成|多少))?"
)


def pair(question: str, grid: Grid) -> tuple[Column | None, Column | None]:
    """Return the column of planned and that of done amounts; one that is named goes first."""
    numbers = _family(question, grid)
    verbs = _VERBS.findall(question)
    done = next((c for c in numbers if any(f"已{verb}" in c.name for verb in verbs)), None)
    done = done or next((c for c in numbers if c.key == "done_investment"), None)
    done = done or next((c for c in numbers if _DONE.search(c.name)), None)
    planned = next((c for c in numbers if c is not done and fold(c.name) in question), None)
    planned = planned or next(
        (c for c in numbers if c.key == "planned_investment" and c is not done), None
    )
    planned = planned or next(
        (c for c in numbers if c is not done and _PLANNED.search(c.name)), None
    )
    planned = planned or next(
        (c for c in numbers if c is not done and c.key == "total_investment"), None
    )
    return planned, done


def _family(question: str, grid: Grid) -> list[Column]:
    """Return the columns of numbers that a question speaks of by their unit, else of money."""
    numbers = [c for c in grid.columns if c.kind == "number" and c.unit != "%"]
    money = [c for c in numbers if c.money]
    units = {match["unit"] for match in _UNIT.finditer(question)}
    counted = [c for c in numbers if not c.money and c.unit and c.unit in units]
    if len(money) == 1:  # one heading tells that all of them are: “计划”, “已到位”, “已支付”
        bare = [c for c in numbers if not (c.unit or c.money)]
        money += [c for c in bare if _PLANNED.search(c.name) or _DONE.search(c.name)]
    return counted if len(counted) > 1 else money


def whole_in(text: str) -> Span | None:
    """Return where a question asks what share of all rows' measure its rows have."""
    match = _WHOLE.search(text)
    return match.span() if match else None


def ratio_in(text: str, grid: Grid) -> tuple[tuple[int, int], Span] | None:
    """Return the columns of a quotient in a question's words (“完成面积占计划面积”).

    The column of what is planned comes first.
    """
    numbers = [c for c in grid.columns if c.kind == "number" and c.unit != "%"]
    best: tuple[tuple[int, int], Span] | None = None
    for part in numbers:
        for whole in numbers:
            if whole is part or whole.unit != part.unit:
                continue
            for done in head_variants(part):
                for planned in head_variants(whole):
                    ratio = _RATIO.format(planned=re.escape(planned))
                    match = re.search(rf"(?:按|以)?{re.escape(done)}{ratio}(?:来?计?算)?", text)
                    if match and (best is None or len(match.group()) > best[1][1] - best[1][0]):
                        best = (whole.number, part.number), match.span()
    return best if best and re.search(r"占|除以|÷|/|比", text[slice(*best[1])]) else None


def read_money(said: Text, linked: Linked, planned: Column | None, done: Column | None) -> bool:
    """Read what is not, or wholly, done of what is planned; False without such columns."""
    if _left_told(said, linked):
        return True
    for pattern in (asking.NOTHING, asking.WHOLLY):
        match = pattern.search(said.text)
        if match is None or re.search(r"[多哪]少|占|率[是为]?多", match.group()):
            continue
        if done is None or (pattern is asking.WHOLLY and planned is None):
            return False
        linked.conditions.append(
            Bound(done.number, 0.0, 0.0, match.group())
            if pattern is asking.NOTHING or planned is None
            else Paid(planned.number, done.number, match.group())
        )
        _explained(said, linked, match.span())
        return True
    match = asking.LEFT.search(said.text)
    counted = _COUNTED.match(said.text, match.end()) if match else None
    if (
        counted
        and counted["unit"] in "户人栋套亩吨米"
        and counted["unit"] != (planned.unit if planned else "")
    ):
        return False  # “还剩多少户” is none of these amounts
    if match and not counted:
        if planned is None or done is None:
            return not _SAY_PAID.search(match.group())
        linked.less = (planned.number, done.number)
        _explained(said, linked, match.span())
        return True
    if whole := whole_in(said.text):
        linked.whole = True
        _explained(said, linked, whole)
        return True
    if ratio := ratio_in(said.text, linked.grid):
        linked.share = ratio[0]
        _explained(said, linked, ratio[1])
        return True
    match = asking.SHARE.search(said.text)
    if match and planned and done and not any(c.unit == "%" for c in linked.grid.columns):
        linked.share = (planned.number, done.number)
        _explained(said, linked, match.span())
    return True


def _left_told(said: Text, linked: Linked) -> bool:
    """Take “还有多少没拨出去” for a column that says just that (“未拨付”)."""
    found = []
    for column in linked.grid.columns:
        name = _NOT_YET.search(column.name)
        if column.kind != "number" or column.unit == "%" or name is None:
            continue
        verb = re.escape(name["verb"][0])
        match = re.search(
            rf"(?:(?:还|尚|仍)(?:有|剩|差)?多少(?P<what>[^，,。？?没未]{{0,8}}?))?(?:还|尚|仍)?(?:没有?|未|没能)(?:能)?(?:{verb}[\u4e00-\u9fff]?)"
            r"(?:出去|下去|完|掉|到位)?(?:的)?(?:钱|资金|款项?|投资)?",
            said.text,
        )
        if match:
            found.append((column, match))
    if len(found) != 1:
        return False
    column, match = found[0]
    linked.measure = column.number
    linked.asked.append(column.number)
    low, high = match.span("what")
    for span in ((match.start(), low), (high, match.end())) if match["what"] else (match.span(),):
        _explained(said, linked, span)
    return True


def _explained(said: Text, linked: Linked, span: Span) -> None:
    said.take(span)
    linked.score += span[1] - span[0]
