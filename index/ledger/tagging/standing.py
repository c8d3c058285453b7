"""How each of several things stands that one paragraph tells of, clause by clause.

“县水利局牵头5个，甲已经交付通水，乙和丙跟得上节点。丁慢于节点，……。还没动土的是戊”: what is said
behind a name is said of it and of those joined to it; what leads in (“还没动土的是”), of those
behind it.
All spans are offsets into the text given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.ledger.records import Span
from index.ledger.states import State
from index.ledger.status import Status, status_of
from index.ledger.tagging.items import Found
from index.sentences import parts

Standing = tuple[Status, Span]
_LEADS = re.compile(r"的(?:项目)?(?:分别|主要|还|就|只|仅|则)?(?:是|有|为|包括|要数)\s*$|的$")
_JOINS = re.compile(r"\s*(?:、|和|与|以?及)\s*")
# What is to come says not how a thing stands: “10月底前把路基全线拉通”, “计划年底送电”.
_TO_COME = re.compile(
    r"前(?!期)|计划|预计|打算|力争|确保|争取|表态|要求|拟|将(?!近)|准备|下一?步|明年|要(?:在|于)"
)


def standings(
    text: str, span: Span, items: Sequence[Found], states: Mapping[str, State]
) -> list[Standing | None]:
    """Return how each thing stands by its own clauses, with the words that say it, or None."""
    found: list[Standing | None] = [None] * len(items)
    open_ones: list[int] = []  # named, and nothing said of them yet
    for low, high in _clauses(text, span, items):
        inside = [n for n, item in enumerate(items) if low <= item.name[0] < high]
        if not inside:
            said = _said(text, low, high, states)
            for n in open_ones if said else ():
                found[n] = said
            open_ones = [] if said else open_ones
            continue
        if text[:low].rstrip().endswith("。"):
            open_ones = []
        at, handed = low, None
        for n in inside:
            before = _said(text, at, items[n].name[0], states)
            led = bool(before and _LEADS.search(text, at, items[n].name[0]))
            if handed and _JOINS.fullmatch(text, at, items[n].name[0]):
                before, led = handed, True
            handed = before if led else None
            if led:
                found[n] = before
            elif before:
                for other in open_ones:
                    found[other] = before
                open_ones = []
            at = items[n].name[1]
            open_ones += [] if led else [n]
        said = _said(text, at, high, states)
        for n in open_ones if said else ():
            found[n] = said
        open_ones = [] if said else open_ones
    return found


def _clauses(text: str, span: Span, items: Sequence[Found]) -> list[Span]:
    """Return the clauses of a stretch, none of them cut within a name."""
    cut: list[Span] = []
    for low, high in parts(text, *span, "，,。；;：:\n"):
        inside = cut and any(i.name[0] < low < i.name[1] for i in items)
        cut = [*cut[:-1], (cut[-1][0], high)] if inside else [*cut, (low, high)]
    return cut


def _said(text: str, low: int, high: int, states: Mapping[str, State]) -> Standing | None:
    """Return what a clause says of how things stand: a state of the office's own, or in general."""
    words = text[low:high]
    if not words.strip() or _TO_COME.search(words):
        return None
    for name in sorted(states, key=len, reverse=True):
        at = text.find(name, low, high)
        if at >= 0 and states[name].status:
            return states[name].status, (at, at + len(name))
    status = status_of(words)
    spans = [s for s in (status.stage_span, status.progress_span) if s]
    if not spans:
        return None
    return status, (low + min(a for a, _ in spans), low + max(b for _, b in spans))
