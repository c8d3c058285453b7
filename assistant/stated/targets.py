"""Whether a stated share meets a stated target: “不得低于75%” beside “支付率60.5%”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.stated.passages import Said, pairs_of
from assistant.statements import Draft, Statement, escape
from index.ledger.periods import periods_in
from index.ledger.quantities import Quantity, quantities
from index.words import fold
from prompts import render

SHORT_NAME = 3  # characters of a rate's name without what it is of (“支付率”)
ENOUGH = 0.5  # of the words asked about, that both sentences must say
_ASKED = re.compile(
    r"(?:达到|完成|实现|达|符合|满足|没达到|达没达到)[^，。？?]{0,16}(?:目标|要求|标准|指标|任务)[^，。？?]{0,3}(?:吗|没有|了没|么|不|[？?]|$)"
)
_RATE = re.compile(r"[\u4e00-\u9fff]{1,4}率")
_LEAST = re.compile(r"(?:要|须|应|必须|力争|确保|目标)?(?:不得?低于|不少于|达到|提高到|达)\s*$")
_BINDING = re.compile(r"不得?低于|不少于|要|须|应|必须|力争|确保|目标")


@dataclass(frozen=True, slots=True)
class _Rate:
    said: Said
    start: int
    quantity: Quantity
    target: bool


def answer_target(text: str, said: Iterable[Said]) -> Draft | None:
    """Return target and figure side by side; None unless one of each is said for one time."""
    asked = _ASKED.search(text)
    rate = _RATE.search(text[: asked.start()]) if asked else None
    if asked is None or rate is None:
        return None
    name = re.split("[的底末月]", rate.group())[-1]
    known = [r for one in said for r in _rates(one, name)]
    topic = pairs_of(_before(text, rate.start()))
    targets = [r for r in known if r.target]
    stated = [r for r in known if not r.target]
    values = {r.quantity.value for r in targets}
    if len(values) != 1:
        return None
    target = targets[0]
    fits = [r for r in stated if r.said.shares(topic) >= ENOUGH and _same_time(target, r)]
    asked_month = re.findall(r"(\d{1,2})月", fold(text[: rate.start()]))
    if asked_month and _month(target) not in asked_month:
        return None
    if len({r.quantity.value for r in fits}) != 1 or target.said.shares(topic) < ENOUGH:
        return None
    return _side_by_side(name, target, fits[0])


def _before(text: str, end: int) -> str:
    """Return the words before a rate without the times in them."""
    words = fold(text[:end])
    for period in periods_in(words):
        words = words.replace(words[slice(*period.span)], "，")
    return re.sub(r"\d+月[底末]?|[年月日]", "，", words)


def _rates(one: Said, name: str) -> list[_Rate]:
    """Return what a sentence says of the rate: that it is so much, or that it must be."""
    found = []
    text = one.view.text
    for quantity in quantities(text, one.start, one.end):
        if quantity.unit != "%":
            continue
        at, length = _named(text, name, one.start, quantity.start)
        between = text[at + length : quantity.start]
        if at < 0 or len(between) > 8 or re.search(r"[，。；%]", between):
            continue
        must = bool(_BINDING.search(between) and _LEAST.search(between))
        if must or re.fullmatch(r"\s*(?:为|是|约|达到?|目前|仅|只有?)*\s*", between):
            found.append(_Rate(one, at, quantity, must))
    return found


def _named(text: str, name: str, start: int, end: int) -> tuple[int, int]:
    """Return where a rate stands last in ``text[start:end]``, and its length; -1 without.

    “资金支付率” asks for “支付率”, too, but not for the “项目支付率” of something else.
    """
    at = text.rfind(name, start, end)
    if at >= 0 or len(name) <= SHORT_NAME:
        return at, len(name)
    tail = name[-SHORT_NAME:]
    at = text.rfind(tail, start, end)
    alone = at >= 0 and not re.match(r"[\u4e00-\u9fff]", text[at - 1 : at] if at else "")
    return (at, len(tail)) if alone else (-1, 0)


def _same_time(target: _Rate, stated: _Rate) -> bool:
    """Tell whether the figure is of the month, and of the year, that the target is set for."""
    month = _month(target)
    years = {one.said.date[:4] for one in (target, stated) if one.said.date}
    return month is not None and month == _month(stated) and len(years) < 2


def _month(rate: _Rate) -> str | None:
    """Return the month that a rate is said of."""
    before = rate.said.text[: rate.start - rate.said.start]
    clause = before[max(before.rfind("，"), before.rfind("；")) + 1 :]
    own = re.findall(r"(\d{1,2})月", clause) or re.findall(r"(\d{1,2})月", before)
    return own[-1] if own else None


def _side_by_side(name: str, target: _Rate, stated: _Rate) -> Draft:
    gap = stated.quantity.value - target.quantity.value
    size = f"{abs(gap).normalize():f}个百分点"
    expression = f"{stated.quantity.text} − {target.quantity.text} = {'−' if gap < 0 else ''}{size}"
    text = render(
        "stated_target", "zh", verdict="达到" if gap >= 0 else "未达到", name=escape(name),
        stated=escape(stated.quantity.text), target=escape(target.quantity.text),
        formula=escape(expression),
    )  # fmt: skip
    sources = tuple(r.said.source(r.said.start, r.said.end) for r in (target, stated))
    numbers = frozenset({size, size.removesuffix("个百分点")})
    draft = Draft([Statement(text, sources, computed=numbers)])
    for rate in (target, stated):
        words = escape(_clause(rate))
        draft.statements.append(
            Statement(words, (rate.said.source(rate.said.start, rate.said.end),), bullet=True)
        )
    draft.short = "达到" if gap >= 0 else f"未达到，差{size}"
    return draft


def _clause(rate: _Rate) -> str:
    text = rate.said.view.text
    low = max(text.rfind(mark, rate.said.start, rate.start) for mark in "，；。")
    return text[max(low + 1, rate.said.start) : rate.quantity.end]
