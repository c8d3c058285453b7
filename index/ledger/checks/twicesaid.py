"""A state's number, amount and shares, said once where all states are counted and once at its list.

“黄牌13个，占19.7%，完成投资4.86亿元” in the overview, “13个项目完成投资4.68亿元” in the section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.ledger.checks.rounding import EXACT, differ
from index.ledger.checks.terms import MONEY
from index.ledger.periods import of_two_times
from index.ledger.records import Figure, FileLedger, Finding
from index.ledger.states import MIN_STATES

_MEASURES = (
    ("完成投资", re.compile(r"完成(?:的)?(?:年度)?投资|^(?:已|仅|累计)*完成$|投资完成")),
    ("年度计划投资", re.compile(r"计划(?:完成)?投资")),
    ("前期费用", re.compile(r"前期(?:工作)?(?:经)?费")),
)
_OF_ALL = re.compile(
    r"^占?(?:全部|所有)?(?:在建|重点)?(?:项目|工程|事项)?(?:的)?(?:总数|总量|个数)?的?$"
)
_OF_PLAN = re.compile(r"计划")
# A bare “占96.9%” takes its measure from the figure before it.
_BARE_BASE = re.compile(r"占?$")
_SPELL = re.compile(r"[本当上]?[月季周]|新增|剩余|还差")
_BRACKETED = re.compile(r"其中|比|较|增|降|同比")


def said_twice(ledger: FileLedger) -> list[Finding]:
    """Return where the two places give different figures."""
    found: list[Finding] = []
    known = {span for f in ledger.findings if f.kind == "figures" for span in f.spans}
    for pair in _pairs(ledger.figures):
        first, second, measure = pair
        spans = (first.number.spans[0], second.number.spans[0])
        if _differ(first, second) and not known.issuperset(spans):
            text = (
                f"“{first.state}”的{measure}在一处写{first.number.text}，"
                f"在另一处写{second.number.text}"
            )
            found.append(Finding("figures", text, first.document, spans))
    return found


def _pairs(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, str]]:
    """Yield what the first two sentences that give a measure of a state say of it."""
    said: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    states: dict[tuple[int, int], set[str]] = defaultdict(set)
    for before, figure in zip([None, *figures], figures, strict=False):
        states[figure.sentence] |= {figure.state} - {""}
        measure = _measure(figure, before)
        if not figure.state or measure is None:
            continue
        own = said[figure.document, figure.state, measure]
        same = next((n for n, one in enumerate(own) if one.sentence == figure.sentence), None)
        if same is None and len(own) < 2:
            own.append(figure)
        elif same is not None and own[same].among and not figure.among:
            own[same] = figure  # “其中省级3个、市级8个，完成投资5.7亿元”: only for want of another
    for (_, _, measure), own in said.items():
        # Two sentences that count all states are of two times.
        if len(own) < 2 or all(len(states[one.sentence]) >= MIN_STATES for one in own):
            continue
        if not of_two_times(own[0].as_of, own[1].as_of):
            yield own[0], own[1], measure


def _measure(figure: Figure, before: Figure | None) -> str | None:
    if figure.unit == MONEY and not _SPELL.search(figure.measure):
        return next((name for name, words in _MEASURES if words.search(figure.measure)), None)
    if figure.unit == "%" and not _BRACKETED.search(figure.measure):
        base = figure.base.text if figure.base else ""
        counted = before is None or before.sentence != figure.sentence or before.unit in "个项件"
        if _BARE_BASE.match(base) and not counted:
            return None  # “完成4.9亿元，占96.9%”: of which amount is left unsaid
        if _OF_ALL.match(base):
            return "个数占比"
        return "占年度计划的比例" if _OF_PLAN.search(base) else None
    return None


def _differ(one: Figure, other: Figure) -> bool:
    if one.unit == "%":
        return abs(one.value - other.value) > EXACT
    return differ(one.number, other.number)
