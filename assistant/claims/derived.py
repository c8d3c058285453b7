"""Figures that a claim works out from others: what is left, how much more, what share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from assistant.claims.clauses import Part
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.scope import Scope

_LEFT = re.compile(
    r"差|剩|余|另有|另外|[还尚仍]有|尚?缺|欠|多出|多了|少了|少于|高出|高于|比|低|增加|减少|增长|上升|下降|升|降"
    r"|上调|下调|提高|相距|超出|快于|慢于"
)
_TOGETHER = re.compile(r"共|合计|总计|总共|加起来|合起来|两项|累计")
_SMALL = re.compile(r"[两三四五六七八九十](?!十)")  # a writer's own count of what is named
_CLAUSE = re.compile(r"[,;。:!?\n]")
EXACT = 0.005  # of the figure: what rounding may hide
APPROXIMATE = 0.05
NEAR = 0.34  # “超过六成” is no word for nine in ten


def is_derived(claimed: Quantity, part: Part, scope: Scope) -> bool:
    """Tell whether one step of arithmetic gives a figure of a part from figures that stand.

    One of the two at least stands in the claim itself, unless both stand together in
    one cell of the evidence (“由3200万元调整为3850万元”).
    """
    mine = [q for q in quantities(part.before + part.text) if not _is(q, claimed, part)]
    theirs = [q for r in scope.readings for q in r.quantities]
    found: list[float]
    clause = _clause_of(claimed, part)
    if claimed.unit in ("%", "倍"):
        found = [*_shares(mine, theirs, claimed.unit), *_moved([*mine, *theirs], mine)]
        found += _divided(scope)
        return any(_fits(share, claimed) for share in found)
    wanted = "%" if claimed.unit == "个百分点" else claimed.unit
    mine = [q for q in mine if q.unit == wanted]
    values = [q.value for q in theirs if q.unit == wanted]
    found = []
    if _LEFT.search(clause):
        found += [abs(q.value - other) for q in mine for other in values]
        found += [abs(a.value - b.value) for a in mine for b in mine]
        found += _remainders([q.value for q in mine], values)
        found += _changes(scope, wanted)
        found += _unpaid(mine, quantities(part.before + part.text), theirs)
    if _TOGETHER.search(clause):
        found += accumulate(q.value for q in reversed(mine))
    if _SMALL.match(claimed.words.strip()) and claimed.value in _enumerated(part, scope):
        return True
    if "或" in clause:
        found += _sums(scope, wanted)
    return any(value > 0 and _fits(value, claimed) for value in found)


def rounds(claimed: Quantity, source: Quantity) -> bool:
    """Tell whether a hedged figure is the exact one of the source told roughly: 近八成 of 78.6%."""
    if not claimed.hedge or source.hedge or claimed.unit != source.unit:
        return False
    return claimed.unit == "%" and _fits(source.value, claimed)


def _is(one: Quantity, claimed: Quantity, part: Part) -> bool:
    return one.start == claimed.start + len(part.before) and one.value == claimed.value


def _clause_of(claimed: Quantity, part: Part) -> str:
    start = max((m.end() for m in _CLAUSE.finditer(part.text, 0, claimed.start)), default=0)
    end = _CLAUSE.search(part.text, claimed.end)
    return part.text[start : end.start() if end else len(part.text)]


def _remainders(mine: list[float], values: Iterable[float]) -> Iterator[float]:
    """Yield a whole less all parts that the claim names: 214 less 97 and 38."""
    for whole in {*mine, *values}:
        parts = [value for value in mine if value != whole]
        if len(parts) > 1:
            yield whole - sum(parts)


def _changes(scope: Scope, unit: str) -> Iterator[float]:
    """Yield by how much two figures differ that stand side by side in one cell."""
    for reading in scope.readings:
        for line in re.split(r"[\n;。]", reading.cell.text):
            values = [q.value for q in quantities(line) if q.unit == unit]
            if len(values) == 2:
                yield abs(values[0] - values[1])


def _enumerated(part: Part, scope: Scope) -> set[float]:
    """Return how many things are counted up in one clause: “茶叶、药材和肉牛”, “1号…2号…3号…”."""
    texts = [part.before + part.text, *scope.sentences]
    clauses = [c for text in texts for c in _CLAUSE.split(text)]
    counts = {float(c.count("、") + 1 + bool(re.search(r"、[^、]+[和及与]", c))) for c in clauses}
    labels = [{int(n) for n in re.findall(r"(\d)号", text)} for text in texts]
    return counts | {
        float(len(found)) for found in labels if found == set(range(1, len(found) + 1))
    }


def _sums(scope: Scope, unit: str) -> Iterator[float]:
    """Yield the sum of two figures that stand side by side: “3个滞后、1个停滞”."""
    for reading in scope.readings:
        values = [q.value for q in reading.quantities if q.unit == unit]
        yield from (a + b for a, b in pairwise(values))


def _unpaid(
    amounts: Iterable[Quantity], said: Iterable[Quantity], theirs: Iterable[Quantity]
) -> Iterator[float]:
    """Yield what is left of an amount behind a share of it: 1.9亿元 less 70 %."""
    shares = {q.value for q in (*said, *theirs) if q.unit == "%"}
    for amount in amounts:
        yield from (amount.value * (1 - share / 100) for share in shares if 0 < share < 100)
    told = {q.value for q in said if q.unit == "%" and 0 < q.value < 100}
    yield from (q.value * (1 - share / 100) for q in theirs if q.unit == "元" for share in told)


def _shares(mine: list[Quantity], theirs: list[Quantity], unit: str) -> Iterator[float]:
    """Yield the ratio of each figure of the claim to another of its unit, in % or in times."""
    scale = 100 if unit == "%" else 1
    for one in mine:
        for other in (*mine, *theirs):
            if one.unit == other.unit and one.value and other.value and one is not other:
                yield scale * one.value / other.value
                yield scale * other.value / one.value


def _moved(all_of: list[Quantity], mine: list[Quantity]) -> Iterator[float]:
    """Yield shares less or more by the points that are told: 8.3% after 2.1 points is 6.2%."""
    points = [q.value for q in all_of if q.unit == "个百分点"]
    for share in (q.value for q in mine if q.unit == "%"):
        yield from (share - by for by in points)
        yield from (share + by for by in points)


def _divided(scope: Scope) -> Iterator[float]:
    """Yield the shares of a ratio: 60% and 40% of “按6:4分担”."""
    for text in scope.sentences:
        for match in re.finditer(r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])", text):
            one, other = int(match[1]), int(match[2])
            if one + other in (10, 100):
                yield from (100 * one / (one + other), 100 * other / (one + other))


def _fits(value: float, claimed: Quantity) -> bool:
    """Tell whether a value is what a figure says, hedged as it is."""
    ratio = value / claimed.value if claimed.value else 0
    match claimed.hedge:
        case "over":
            return 1 < ratio < 1 + NEAR
        case "under":
            return 1 - NEAR < ratio < 1
        case "least":
            return 1 <= ratio < 1 + NEAR
        case "approx":
            return abs(ratio - 1) <= APPROXIMATE
    return abs(ratio - 1) <= EXACT
