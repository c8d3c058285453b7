"""How many are left of something counted: as said, or worked out of all and those done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.things.amended import fold_same
from assistant.things.remarks import Remark
from assistant.things.synonyms import says
from assistant.things.wants import Want

_ASKS = re.compile(r"剩|余下|还有?(?:几|多少)|还差|[没未](?!有)")
_LEFT = re.compile(
    r"(?:还剩|剩下|剩余|余下|尚有|还有|尚余|其余|未[\u4e00-\u9fff]{1,4}?)(?:的)?"
    r"(?P<n>\d+)(?P<unit>[\u4e00-\u9fff])"
)
_DONE = re.compile(
    r"(?P<all>\d+)(?P<unit>[\u4e00-\u9fff])(?P<what>[^\d，。；：]{0,12}?)[，,]?(?:中|里)?(?:目前)?已经?"
    r"(?P<verb>[\u4e00-\u9fff]{1,6}?)(?:了)?(?P<done>\d+)(?P=unit)"
)
_EMPTY = frozenset(("剩", "还剩", "剩下", "还有", "没", "未", "有", "几"))


@dataclass(frozen=True, slots=True)
class Left:
    """How many are left: the remark, the span of its words that tell it, the number, the unit.

    ``total`` and ``done`` are given where the number was worked out of them.
    """

    remark: Remark
    span: tuple[int, int]
    number: int
    unit: str
    total: int | None = None
    done: int | None = None


def left_of(want: Want, remarks: Sequence[Remark]) -> Left | None:
    """Return how many of what is asked for are left, None where no remark tells it.

    Of several the newest is told; a sentence must say what is counted and how it is done.
    """
    if want.kind != "quantity" or not want.unit or not _ASKS.search(want.clause):
        return None
    found = [left for remark in remarks for left in _in(want, remark)]
    newest = max((left.remark.date for left in found), default="")
    found = [left for left in found if left.remark.date == newest]
    return found[0] if len({left.number for left in found}) == 1 else None


def _in(want: Want, remark: Remark) -> list[Left]:
    text = fold_same(remark.text)
    asked = [w for w in want.words if w not in _EMPTY]
    if not asked or not all(_said(text, word) for word in asked):
        return []
    for match in _LEFT.finditer(text):
        if match["unit"] == want.unit:
            return [Left(remark, match.span(), int(match["n"]), want.unit)]
    found = [m for m in _DONE.finditer(text) if m["unit"] == want.unit]
    if len(found) != 1:
        return []
    match = found[0]
    total, done = int(match["all"]), int(match["done"])
    if done > total:
        return []
    return [Left(remark, match.span(), total - done, want.unit, total, done)]


def _said(text: str, word: str) -> bool:
    """Tell whether a text says a word; of “没拆” that it speaks of 拆."""
    bare = re.sub(r"^(?:还没有?|没有?|未|不)", "", word)
    return not bare or says(text, bare) > 0 or (len(bare) == 1 and bare in text)
