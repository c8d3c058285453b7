"""States that a document counts together: “滞后和未开工的项目加在一起有25个”.

The number is held against those that it gives each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.ledger.builder import Builder
from index.ledger.checks.sums import formula
from index.ledger.prose import chinese_count
from index.ledger.records import Finding
from index.ledger.states import State, bare_name, worded

_THINGS = r"(?:类|档)?(?:的)?(?:项目|工程|任务|事项)?"
_AND = r"(?:、|以及|加上|和|与|及|加)"
_TOGETHER = (
    r"(?:[，,]?(?:这)?(?:[两三四]?[类者项种])?(?:项目)?"
    r"(?:加在一起|合在一起|加起来|合起来|加总|相加|合计|总计|共计|总共|一共|共))"
)


def joint_counts(builder: Builder, states: Mapping[str, State]) -> Iterator[Finding]:
    """Yield a finding for each number of several states that is not the sum of theirs."""
    counted = {name: state for name, state in states.items() if state.number and state.count}
    if len(counted) < len(states) or len(counted) < 2:
        return
    known = {**worded(counted), **counted}
    text = builder.view.text
    one = rf"(?:已经?|仍|尚)?(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})"
    pattern = re.compile(
        rf"(?P<names>{one}{_THINGS}(?:{_AND}{one}{_THINGS})+){_TOGETHER}(?:就|便|已)?(?:有|为|是|达)?"
        r"\s*(?P<number>\d+|[一二两三四五六七八九十]+)\s*[个项件](?!月|百分)"
    )
    for match in pattern.finditer(text):
        names = [bare_name(m.group()) for m in re.finditer(one, match["names"])]
        parts = {state.name: state for name in names if (state := known.get(name))}
        number = chinese_count(match["number"])
        total = sum(state.number for state in parts.values())
        largest = max(state.number for state in parts.values())
        # A smaller number than that of one of them is of a part of all, a sector or a county.
        if len(parts) != len(names) or number == total or number < largest:
            continue
        spans = [builder.view.span(*match.span("number"))]
        spans += [builder.view.span(*state.count) for state in parts.values() if state.count]
        yield Finding(
            "sum",
            f"原文写“{match['names']}”共{match['number']}个，分别写明的个数之和为{total}个",
            builder.document.ordinal,
            tuple(spans),
            formula((state.number for state in parts.values()), total),
        )
