"""Names that a paragraph says again to tell more of them: “甲、乙等5个，其中甲尚有……，乙……”.

What stands behind a name said again is told of that project, and names no other. All spans are
offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.ledger.edges import trimmed
from index.ledger.names import is_phase, looks_named
from index.ledger.prose import Item
from index.ledger.records import Span
from index.sentences import parts

MIN_NAME = 4  # characters
_AMONG = re.compile(r"(?:这些项目中|这批项目中|这类项目中|其中)[，,：:]?")
_BEFORE = re.compile(r"(?:^|[的、，,。；;：:和及与\s有是为）)])$")
# What may stand behind a name where it is first said.
_BEHIND = re.compile(r"项目|工程|[、，,。；;（(]|以?及|和|与|等|还|已|正|尚|因|完成|$")
_IS = re.compile(r"(?:项目|工程)?(?:则|主要)?(?:是因?为?(?!.{0,3}目的)|系因?)")
_SUPERLATIVE = re.compile(
    r"(?:项目|工程)?(?:则|仍|也)?(?:是|为)[^，。；]*(?:最|唯一|首个|第一)[^，。；]*的"
)
_NEXT = re.compile(r"[，,。；;、（(]|$")


def past_among(text: str, start: int, end: int) -> int:
    """Return where a clause begins behind “其中”."""
    among = _AMONG.match(text, start, end)
    return among.end() if among else start


def is_retold(text: str, start: int, end: int) -> bool:
    """Tell whether a clause begins with a name that its paragraph lists before it."""
    low = past_among(text, *trimmed(text, start, end))
    begin = text.rfind("\n", 0, low) + 1
    name = _longest_before(text, begin, low, end)
    if not name:
        return False
    stop = _NEXT.search(text, low, end)
    clause = text[low : stop.start() if stop else end]
    if _SUPERLATIVE.match(clause, len(name)):  # “某厂是今年投资最大的项目” names no other
        return True
    # “某大道东延二期” behind “某大道东延” is another one, and “某大道东延” a list of its own.
    return not looks_named(clause) and not is_phase(clause[len(name) : len(name) + 2])


def _longest_before(text: str, begin: int, low: int, end: int) -> str:
    """Return the longest beginning of ``text[low:end]`` that is listed as a name before it."""
    best = ""
    for length in range(MIN_NAME, end - low + 1):
        at = text.find(text[low : low + length], begin, low)
        if at < 0:
            break
        while at >= 0:
            if _BEFORE.search(text[max(begin, at - 1) : at]) and _BEHIND.match(text, at + length):
                best = text[low : low + length]
                break
            at = text.find(text[low : low + length], at + 1, low)
    return best


def tell_again(text: str, body: Span, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items, each with what the body tells of it where it says its name again."""
    mentions = list(_mentions(text, body, items))
    if not mentions:
        return tuple(items)
    said: dict[int, list[Span]] = {}
    for (_, low, high), place in mentions:
        is_ = _IS.match(text, low, high)
        span = trimmed(text, is_.end() if is_ else low, high)
        if span[0] < span[1]:
            said.setdefault(place, []).append(span)
    begun = [mention[0] for mention, _ in mentions]
    told = []
    for place, item in enumerate(items):
        notes = tuple(n for note in item.notes if (n := _cut(text, note, begun)))
        notes = () if place in said and notes == (item.cause,) else notes
        end = max((high for _, high in (*item.name, *notes)), default=item.end)
        if notes != item.notes:
            item = replace(item, notes=notes, end=end)
        told.append(replace(item, notes=(*item.notes, *said.get(place, ()))))
    return tuple(told)


def _mentions(
    text: str, body: Span, items: Sequence[Item]
) -> Iterator[tuple[tuple[int, int, int], int]]:
    """Yield (clause start, end of the name, end of what is told) and the item's place."""
    names = [(text[slice(*i.name[0])], n) for n, i in enumerate(items) if len(i.name) == 1]
    names = sorted(names, key=lambda name: -len(name[0]))
    own = {item.name[0][0] for item in items}
    for low, high in parts(text, *body, "。；;\n"):
        open_: tuple[int, int, int] | None = None
        for a, b in parts(text, low, high, "，,"):
            start = past_among(text, *trimmed(text, a, b))
            found = next((n for n in names if text.startswith(n[0], start)), None)
            named = any(start <= at < b for at in own)
            if open_ and (named or found):
                yield (open_[0], open_[1], a - 1), open_[2]
                open_ = None
            if found and not named and len(found[0]) >= MIN_NAME:
                open_ = (trimmed(text, a, b)[0], start + len(found[0]), found[1])
        if open_:
            yield (open_[0], open_[1], high), open_[2]


def _cut(text: str, note: Span, begun: Sequence[int]) -> Span | None:
    """Return what a note says before another project is told of again."""
    inside = [at for at in begun if note[0] <= at < note[1]]
    low, high = trimmed(text, note[0], min(inside)) if inside else note
    return (low, high) if low < high else None
