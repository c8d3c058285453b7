"""Sentences that give a state, a number and so many names, in whichever order.

“慢于节点的有5个，占19%，症结不同：甲，……；乙，……”, “已有9个小区竣工，分别是……”,
“甲、乙、丙3个在建”, “已建成甲、乙等6个”. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.ledger.records import Span
from index.ledger.status import status_of
from index.sentences import closing, parts

_KINDS = "[个项件处座所台条家栋]"
_COUNT = rf"(?:\d+|[一二两三四五六七八九十]+)\s*{_KINDS}"
# “占19.2%，主要症结各不相同：”: what stands between the number and the names.
_TO_LIST = re.compile(
    r"(?:[，,][^，。；：:、]{1,30}(?:、[^，。；：:、]{1,12})?){0,4}?"
    r"(?:[，,]?(?:它们|他们)?(?:分别|具体|依次)(?:为|是|即|包括|如下)[：:]?|[，,]?(?:即|包括|名单如下|如下)[：:]?|[，,](?:为|是)[：:]?|[：:])(?=.)"
)
_STATE_FIRST = re.compile(
    rf"(?P<words>[^，。；：:、（）()\d]{{2,16}}?)的?(?:共|还|仍|只|则|也)?(?:有|是|为)?\s*[（(]?(?P<count>{_COUNT})(?P<kind>[\u4e00-\u9fff]{{0,6}})[）)]?"
)
_COUNT_FIRST = re.compile(
    rf"(?:目前|现|共|仍|只|还|另|尚|已|也){{0,2}}有?(?P<count>{_COUNT})(?P<rest>[^，。；：:、（）()\d]{{2,16}})"
)
_NAMES_FIRST = re.compile(
    rf"(?P<names>.{{2,}}?)(?:等|这|共)?(?P<count>{_COUNT})(?P<rest>[^，。；：:、（）()\d]{{2,14}})$"
)
_STATE_AND_NAMES = re.compile(
    rf"(?P<words>(?:目前|现)?(?:已经?|正在|尚未|还?没有?|未)?(?:建成|竣工|完工|交工|开工|动工|在建|交付|投用|投产|通车|进场|启动|验收|停工|完成)(?:验收|使用|投用)?(?:的|了)?(?:有|是|为)?)"
    rf"(?P<names>[^\d，。；：:].*?)(?:等|共|这)(?P<count>{_COUNT})(?:[\u4e00-\u9fff]{{0,6}})$"
)
_STATE_STARTS = re.compile(r"(?:已经?|尚|仍|还|均|都|全部|正|没|未|按|慢|快|比|与)+$")
_LABEL = re.compile(
    r"[\s，,。；;]*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．]|[一二三四五六七八九十]是|[-•·●◆■▪□○◇▲△▶➢→★☆*]+)?\s*"
)


@dataclass(frozen=True, slots=True)
class Said:
    """Where a sentence says a state and a number, and the stretches that its names may fill."""

    words: Span
    count: Span
    bodies: tuple[Span, ...]


def said_counts(text: str, start: int, end: int) -> Iterator[Said]:
    """Yield what the parts of ``text[start:end]`` say of states with numbers and names."""
    for a, b in parts(text, start, end, "。"):
        for low, high in parts(text, a, b, "；;"):
            label = _LABEL.match(text, low, high)
            low = label.end() if label else low
            found = _led(text, low, high, b) or _tailed(text, low, high)
            if found:
                yield found


def _led(text: str, start: int, end: int, stop: int) -> Said | None:
    """Return a state and a number that lead in names, up to the part's or sentence's end."""
    for low, _ in parts(text, start, end, "，,"):
        for pattern in (_COUNT_FIRST, _STATE_FIRST):
            match = pattern.match(text, low, end)
            words = _state_of(text, match) if match else None
            if match is None or words is None:
                continue
            last = match.end() if pattern is _STATE_FIRST else match.end("rest")
            lead = _TO_LIST.match(text, last, end)
            if lead is None:
                continue
            return Said(words, match.span("count"), _unlike((lead.end(), end), (lead.end(), stop)))
    return None


def _tailed(text: str, start: int, end: int) -> Said | None:
    """Return names with a number behind them, and a state before or behind."""
    match = _STATE_AND_NAMES.match(text, start, end)
    if match and status_of(match["words"], heading=True) and "、" in match["names"]:
        return Said(match.span("words"), match.span("count"), (match.span("names"),))
    for match in _NAMES_FIRST.finditer(text, start, end):
        words = _state_of(text, match)
        listed = "、" in match["names"] and "，" not in _outside(match["names"])
        if words and listed and words[1] == end:
            return Said(words, match.span("count"), (match.span("names"),))
    return None


def _state_of(text: str, match: re.Match[str]) -> Span | None:
    """Return the words beside a number that say a state, without the thing that is counted."""
    if "words" in match.re.groupindex:
        known = status_of(match["words"], heading=True)
        low, high = match.span("words")
        owned = text.rfind("的", low + 2, high)  # “慢于节点的小区有5个”
        return (low, owned if owned > 0 else high) if known else None
    low, high = match.span("rest")
    status = status_of(text[low:high], heading=True)
    if status.span is None:
        return None
    begin = low + min(s[0] for s in (status.stage_span, status.progress_span) if s)
    before = _STATE_STARTS.search(text, low, begin)
    begin = before.start() if before else begin
    return begin, high


def _unlike(*spans: Span) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))


def _outside(words: str) -> str:
    """Return the words outside of brackets."""
    kept, at = "", 0
    while at < len(words):
        if words[at] in "（(":
            at = max(closing(words, at, len(words)), at) + 1
            continue
        kept += words[at]
        at += 1
    return kept
