"""Figures that a claim works out from others: what is left, how much more, what share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from assistant.claims.clauses import Part
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.scope import Scope

Result = tuple[float, str]  # a value and how it comes about: (4.4, "16公里 − 11.6公里")
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


def worked_out(claimed: Quantity, part: Part, scope: Scope) -> str | None:
    """Return how one step of arithmetic gives a figure of a part from figures that stand.

    One of the two at least stands in the claim itself, unless both stand together in
    one cell of the evidence (“由3200万元调整为3850万元”). None where nothing gives it.
    """
    said = [q for q in quantities(part.before + part.text) if not _is(q, claimed, part)]
    theirs = [q for r in scope.readings for q in r.quantities]
    if claimed.unit in ("%", "倍"):
        found = _shares(claimed, said, theirs, scope)
    else:
        found = _differences(claimed, _clause_of(claimed, part), said, theirs, scope)
    for value, how in found:
        if value > 0 and _fits(value, claimed):
            return f"{claimed.words.strip()} = {how}"
    return None


def is_count_of_named(claimed: Quantity, part: Part, scope: Scope) -> bool:
    """Tell whether a small number counts what is named: “三座冷库” of “1号…，2号…，3号…”."""
    return bool(_SMALL.match(claimed.words.strip())) and claimed.value in _enumerated(part, scope)


def _rounded(claimed: Quantity, source: Quantity) -> bool:
    """Tell whether a hedged share is the exact one of the source told roughly: 近八成 of 78.6%."""
    if not claimed.hedge or source.hedge or claimed.unit != source.unit:
        return False
    return claimed.unit == "%" and _fits(source.value, claimed)


def _differences(
    claimed: Quantity,
    clause: str,
    said: Sequence[Quantity],
    theirs: Sequence[Quantity],
    scope: Scope,
) -> Iterator[Result]:
    """Yield what the words of the clause (“还差”, “合计”) may have been reckoned by."""
    unit = "%" if claimed.unit == "个百分点" else claimed.unit
    mine = [q for q in said if q.unit == unit]
    others = [q for q in theirs if q.unit == unit]
    if _LEFT.search(clause):
        for q in mine:
            yield from (_less(q, other) for other in (*mine, *others) if other is not q)
        yield from _remainders(mine, others)
        yield from _changes(scope, unit)
        yield from _unpaid(mine, said, theirs)
    if _TOGETHER.search(clause):
        ahead = list(reversed(mine))
        for count, total in enumerate(accumulate(q.value for q in ahead), 1):
            yield total, " + ".join(_words(q) for q in reversed(ahead[:count]))
    if "或" in clause:
        yield from _sums(scope, unit)


def _shares(
    claimed: Quantity, said: Sequence[Quantity], theirs: Sequence[Quantity], scope: Scope
) -> Iterator[Result]:
    """Yield the ratio of each figure of the claim to another of its unit, in % or in times."""
    scale = 100 if claimed.unit == "%" else 1
    for one in said:
        for other in (*said, *theirs):
            if one.unit == other.unit and one.value and other.value and one is not other:
                yield scale * one.value / other.value, f"{_words(one)} ÷ {_words(other)}"
                yield scale * other.value / one.value, f"{_words(other)} ÷ {_words(one)}"
    points = [q for q in (*said, *theirs) if q.unit == "个百分点"]
    for share in (q for q in said if q.unit == "%"):
        yield from ((share.value - by.value, f"{_words(share)} − {_words(by)}") for by in points)
        yield from ((share.value + by.value, f"{_words(share)} + {_words(by)}") for by in points)
    yield from _divided(scope)
    yield from ((q.value, _words(q)) for q in theirs if _rounded(claimed, q))


def _is(one: Quantity, claimed: Quantity, part: Part) -> bool:
    return one.start == claimed.start + len(part.before) and one.value == claimed.value


def _words(quantity: Quantity) -> str:
    """Return a figure as it stands, without what hedges it: it is what is reckoned with."""
    words = quantity.words.strip()
    return re.sub(r"^\D+(?=\d)", "", words)


def _less(one: Quantity, other: Quantity) -> Result:
    more, less = (one, other) if one.value >= other.value else (other, one)
    return more.value - less.value, f"{_words(more)} − {_words(less)}"


def _clause_of(claimed: Quantity, part: Part) -> str:
    start = max((m.end() for m in _CLAUSE.finditer(part.text, 0, claimed.start)), default=0)
    end = _CLAUSE.search(part.text, claimed.end)
    return part.text[start : end.start() if end else len(part.text)]


def _remainders(mine: Sequence[Quantity], others: Sequence[Quantity]) -> Iterator[Result]:
    """Yield a whole less all parts that the claim names: 214 less 97 and 38."""
    for whole in (*mine, *others):
        parts = [q for q in mine if q.value != whole.value]
        if len(parts) > 1:
            how = " − ".join(_words(q) for q in (whole, *parts))
            yield whole.value - sum(q.value for q in parts), how


def _changes(scope: Scope, unit: str) -> Iterator[Result]:
    """Yield by how much two figures differ that stand side by side in one cell."""
    for reading in scope.readings:
        for line in re.split(r"[\n;。]", reading.cell.text):
            beside = [q for q in quantities(line) if q.unit == unit]
            if len(beside) == 2:
                yield _less(*beside)


def _enumerated(part: Part, scope: Scope) -> set[float]:
    """Return how many things are counted up in one clause: “茶叶、药材和肉牛”, “1号…2号…3号…”."""
    texts = [part.before + part.text, *scope.sentences]
    clauses = [c for text in texts for c in _CLAUSE.split(text)]
    counts = {float(c.count("、") + 1 + bool(re.search(r"、[^、]+[和及与]", c))) for c in clauses}
    labels = [{int(n) for n in re.findall(r"(\d)号", text)} for text in texts]
    return counts | {
        float(len(found)) for found in labels if found == set(range(1, len(found) + 1))
    }


def _sums(scope: Scope, unit: str) -> Iterator[Result]:
    """Yield the sum of two figures that stand side by side: “3个滞后、1个停滞”."""
    for reading in scope.readings:
        beside = [q for q in reading.quantities if q.unit == unit]
        for one, other in pairwise(beside):
            yield one.value + other.value, f"{_words(one)} + {_words(other)}"


def _unpaid(
    mine: Iterable[Quantity], said: Iterable[Quantity], theirs: Iterable[Quantity]
) -> Iterator[Result]:
    """Yield what is left of an amount behind a share of it: 1.9亿元 less 70 %."""
    said, theirs = list(said), list(theirs)
    told = [q for q in said if q.unit == "%" and 0 < q.value < 100]
    held = [q for q in theirs if q.unit == "%" and 0 < q.value < 100]
    pairs = [(a, s) for a in mine for s in (*told, *held)]
    pairs += [(a, s) for a in theirs if a.unit == "元" for s in told]
    for amount, share in pairs:
        how = f"{_words(amount)} × (1 − {_words(share)})"
        yield amount.value * (1 - share.value / 100), how


def _divided(scope: Scope) -> Iterator[Result]:
    """Yield the shares of a ratio: 60% and 40% of “按6:4分担”."""
    for text in scope.sentences:
        for match in re.finditer(r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])", text):
            one, other = int(match[1]), int(match[2])
            if one + other in (10, 100):
                yield 100 * one / (one + other), match.group()
                yield 100 * other / (one + other), match.group()


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
