"""What is said of the first or last few states together, against what each of them states.

“前两类12个项目合计完成投资900万元”, and below each class its own number and amount: where the
numbers of just as many classes add up to the one said, so must their amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.amounts import amounts
from index.ledger.builder import Builder
from index.ledger.checks.sums import wrong_sum
from index.ledger.prose import chinese_count
from index.ledger.records import Figure, Finding

_SAID = re.compile(
    r"(?P<side>[前后末])(?P<n>[两二三四五六])(?:堆|类|档|组|块|批|种|部分)(?:的)?(?:项目|工程)?[，,]?(?:合计|一共|总共|共)?"
    r"(?P<count>\d+)个(?:项目|工程)?[，,]?(?P<what>[^，。；：:、\d]{2,16})"
)
_DONE, _PLAN = re.compile(r"完成|做了?$|支出"), re.compile(r"计划")


def first_states(builder: Builder) -> Iterator[Finding]:
    """Yield a finding for each amount of the first or last states that is not their sum."""
    text, own = builder.view.text, builder.document.ordinal
    figures = [f for f in builder.ledger.figures if f.document == own and f.state and not f.among]
    for match in _SAID.finditer(text):
        amount = next(amounts(text, match.end(), min(len(text), match.end() + 24)), None)
        if amount is None or text[match.end() : amount.start].strip():
            continue
        of = _PLAN if _PLAN.search(match["what"]) else _DONE
        if not of.search(match["what"]):
            continue
        span = (amount.start, amount.end)
        said = builder.words(span, amount.value)
        parts = _parts(figures, match, of)
        if parts:
            says = f"{match['side']}{match['n']}类合计写{said.text}，各类相加为"
            yield from wrong_sum(own, says, said, [part.number for part in parts])


def _parts(figures: Sequence[Figure], match: re.Match[str], of: re.Pattern[str]) -> list[Figure]:
    """Return the amounts of the states spoken of, none where their numbers are others."""
    names = list(dict.fromkeys(f.state for f in figures))
    number = chinese_count(match["n"])
    chosen = names[:number] if match["side"] == "前" else names[-number:]
    own = [[f for f in figures if f.state == name] for name in chosen]
    counts = [next((f for f in told if f.unit in "个项件"), None) for told in own]
    sums = [
        next((f for f in told if f.unit == "万元" and of.search(f.measure)), None) for told in own
    ]
    total = sum(f.value for f in counts if f)
    whole = len(chosen) == number and None not in counts and None not in sums
    return [f for f in sums if f] if whole and total == int(match["count"]) else []
