"""States that a document sums up by their places: “前两类的25个项目合计完成投资19.6亿元”.

The amount is held against those that it gives each of them; the number of projects, which
must be what theirs add up to, proves which states are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.builder import Builder
from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import COUNTS, MONEY
from index.ledger.prose import chinese_count
from index.ledger.records import Figure, Finding

_PLACES = re.compile(
    r"(?P<side>[前后末])(?P<n>[两二三四五六七八\d])(?:种|类|档|组|堆|块|批|部分|个档次)"
    r"(?:情形|情况|类型|状态|项目|工程)?[^，。；、\d]{0,6}(?:[，,](?:合计|一共|总共|共)?)?\d+[个项件]"
)
_STOP = re.compile(r"[。；;\n]|$")
_TOGETHER = re.compile(r"(?:项目|合计|总共|一共|共计|累计|共|已)+")
# A state's amount may be told in other words: “实际做了600万元”, “年计划500万元”.
_SAME = (
    re.compile(r"(?:已|共|累计|实际|现|只|仅)*(?:完成(?:投资)?额?|做|支出)了?"),
    re.compile(r"(?:年度?|全年|今年)?计划(?:完成)?(?:投资)?额?"),
)


def place_sums(builder: Builder) -> Iterator[Finding]:
    """Yield a finding for each amount of the first or last states that is not the sum of theirs."""
    own = builder.document.ordinal
    figures = [f for f in builder.ledger.figures if f.document == own]
    states: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.state and not figure.among:
            states.setdefault(figure.state, []).append(figure)
    text = builder.view.text
    for match in _PLACES.finditer(text) if len(states) > 1 else ():
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        said = [f for f in figures if match.start() <= builder.clean(f.number.start) < end]
        number = chinese_count(match["n"])
        if 1 < number <= len(states):
            told = list(states.values())
            chosen = told[:number] if match["side"] == "前" else told[-number:]
            yield from _against(chosen, said, match.group())


def _against(
    states: Sequence[Sequence[Figure]], said: Sequence[Figure], words: str
) -> Iterator[Finding]:
    total = next((f for f in said if f.unit in COUNTS), None)
    counts = [f for own in states if (f := next((f for f in own if f.unit in COUNTS), None))]
    if total is None or sum(f.value for f in counts) != total.value:
        return
    for amount in said:
        measure = _TOGETHER.sub("", amount.measure)
        if amount.unit == MONEY and measure:
            parts = [part.number for own in states if (part := _measured(own, measure))]
            if len(parts) == len(states):
                says = f"原文写“{words}”{measure}{amount.number.text}，分别写明的数相加为"
                yield from wrong_sum(amount.document, says, amount.number, parts)


def _measured(own: Sequence[Figure], measure: str) -> Figure | None:
    """Return a state's amount of the measure (“停工前|完成投资”), else the one in other words."""
    amounts = [f for f in own if f.unit == MONEY]
    alike = next((words for words in _SAME if words.fullmatch(measure)), None)
    return next(
        (f for f in amounts if f.measure.endswith(measure)),
        next((f for f in amounts if alike and alike.fullmatch(f.measure)), None),
    )
