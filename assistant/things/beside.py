"""What other places say of the same: sentences beside a cell, how current an answer is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.things.fitting import Fit
from assistant.things.kinds import is_person
from assistant.things.remarks import Remark
from assistant.things.wants import Want
from index.ledger.status import status_mentions
from index.words import fold, units

SHARED = 0.3  # of the pairs of characters of a reason that a sentence tells it too
FEWEST = 4  # pairs of characters; a shorter value is said by chance
MOST = 2
_AS_OF = re.compile(r"截[至止]?到?|什么时候的数|哪天的数|哪一?天的数据")
_MOVES = re.compile(r"(?:进场|开工|动工|复工|完工|竣工|交工|转入|启动|通车)")


def asks_as_of(want: Want) -> bool:
    """Tell whether a want asks only how current the figures are (“数据截到什么时候”)."""
    if want.kind != "date" or not _AS_OF.search(want.clause):
        return False
    rest = re.sub(
        r"截[至止]?到?|数据|数字|数|是|的|这|那|什么时候|哪一?天|几月几[日号]|到|[，？?\s]",
        "",
        want.clause,
    )
    return not rest


def dated_of(found: Sequence[Sequence[Fit]]) -> Remark | None:
    """Return the remark whose document says of what day it is, the newest of the best."""
    best = [fits[0].remark for fits in found if fits and fits[0].remark.dated]
    return max(best, key=lambda remark: remark.date, default=None)


def said_beside(want: Want, value: str, told: str, remarks: Sequence[Remark]) -> list[Remark]:
    """Return sentences that tell the value of an answer too and are no part of it.

    A reason is the same where much of its wording is, a person where the name is.
    """
    found: list[Remark] = []
    for remark in remarks:
        text = fold(remark.text)
        if remark.kind != "sentence" or re.sub(r"\s", "", remark.text) in told:
            continue
        if _same(want, fold(value), text) and not any(
            other.source == remark.source for other in found
        ):
            found.append(remark)
    return sorted(found, key=lambda remark: remark.date, reverse=True)[:MOST]


def _same(want: Want, value: str, text: str) -> bool:
    if want.kind in ("person", "who", "body") and is_person(value):
        return value in text
    if want.kind != "why":
        return False
    pairs = set(units(value))
    return len(pairs) >= FEWEST and len(pairs & set(units(text))) >= SHARED * len(pairs)


def moved_beside(best: Fit, remarks: Sequence[Remark]) -> list[Remark]:
    """Return what the document of a cell adds in words on how the thing stands (“…日进场”)."""
    own = (best.remark.file_id, best.remark.document)
    return [
        remark
        for remark in remarks
        if remark.kind == "sentence"
        and (remark.file_id, remark.document) == own
        and (_MOVES.search(remark.text) or status_mentions(fold(remark.text)))
    ][:MOST]
