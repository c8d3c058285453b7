"""States that a document sums up by their places: “前两类的25个项目合计完成投资19.6亿元”.

The amount is held against those that it gives each of them; the number of projects, where one
is said, proves which states are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.ledger.builder import Builder
from index.ledger.checks.rounding import hedged
from index.ledger.checks.sums import wrong_sum
from index.ledger.prose import chinese_count
from index.ledger.records import Figure, Finding
from index.ledger.states import MIN_STATES

_MONEY, _COUNTS = "万元", "个项"
_PLACES = re.compile(
    r"(?P<end>[前后])(?P<n>[两二三四五六七八\d])(?:种|类|档|组|个档次)(?:情形|情况|类型|状态|项目)?"
    r"[^，。；、\d]{0,6}\d+[个项件]"
)
_TOGETHER = re.compile(r"(?:项目|合计|总共|一共|共计|累计|共|已)+")


def place_sums(builder: Builder) -> Iterator[Finding]:
    """Yield a finding for each amount of several states that is not the sum of theirs."""
    own = builder.document.ordinal
    figures = [f for f in builder.ledger.figures if f.document == own]
    states: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.state and not figure.among:
            states.setdefault(figure.state, []).append(figure)
    if len(states) < MIN_STATES:
        return
    text = builder.view.text
    for match in _PLACES.finditer(text):
        number = chinese_count(match["n"])
        stop = re.compile(r"[。；;\n]|$").search(text, match.end())
        end = stop.start() if stop else len(text)
        said = [f for f in figures if match.start() <= builder.clean(f.number.start) < end]
        if 1 < number < len(states):
            chosen = list(states)[:number] if match["end"] == "前" else list(states)[-number:]
            yield from _against({name: states[name] for name in chosen}, said, match.group())


def _against(
    states: Mapping[str, Sequence[Figure]], said: Sequence[Figure], words: str
) -> Iterator[Finding]:
    counts = [next((f for f in own if f.unit in _COUNTS), None) for own in states.values()]
    total = next((f for f in said if f.unit in _COUNTS), None)
    if total is None or sum(f.value for f in counts if f) != total.value:
        return
    for amount in said:
        measure = _TOGETHER.sub("", amount.measure)
        if amount.unit != _MONEY or not measure or hedged(amount.number):
            continue
        parts = [
            next((f for f in own if f.unit == _MONEY and _is_of(f, measure)), None)
            for own in states.values()
        ]
        told = [part.number for part in parts if part]
        if len(told) == len(parts):
            says = f"原文写“{words}”{measure}{amount.number.text}，分别写明的数相加为"
            yield from wrong_sum(amount.document, says, amount.number, told)


def _is_of(figure: Figure, measure: str) -> bool:
    """Tell whether an amount of a state is of the measure (“停工前|完成投资”)."""
    return figure.measure.endswith(measure) and not hedged(figure.number)
