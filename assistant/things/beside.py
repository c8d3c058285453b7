"""What other places say of the same: sentences beside a cell, how current an answer is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asof import asks_up_to, told_up_to
from assistant.statements import Source
from assistant.things.fitting import Fit, is_noted
from assistant.things.kinds import is_person
from assistant.things.remarks import Remark, Thing
from assistant.things.wants import Want
from index.ledger.status import status_mentions
from index.library import Library
from index.words import fold, units

SHARED = 0.3  # of the pairs of characters of a reason that a sentence tells it too
FEWEST = 4  # pairs of characters; a shorter value is said by chance
MOST = 2
NAMED = 5  # characters that the name of a task begins with as that of a thing does
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_REASONS = re.compile(r"问题|原因|困难|理由")
_SAYS_WHY = re.compile(r"原因[是在]|根子在|症结在|主要(?:是|系|因|由于|受)")
_MOVES = re.compile(r"(?:进场|开工|动工|复工|完工|竣工|交工|转入|启动|通车)")


def asks_as_of(want: Want) -> bool:
    """Tell whether a want asks only how current the figures are (“数据截到什么时候”)."""
    return want.kind == "date" and asks_up_to(want.clause)


def day_of(fits: Sequence[Sequence[Fit]], library: Library) -> Source | None:
    """Return where the document of the newest of the best says up to when its figures are.

    None where it does not: the day on which it was issued is another.
    """
    best = [found[0].remark for found in fits if found]
    remark = max(best, key=lambda one: one.date, default=None)
    if remark is None:
        return None
    return told_up_to(remark.file_id, remark.document, library)


def said_beside(
    want: Want, value: str, told: str, thing: Thing, remarks: Sequence[Remark]
) -> list[Remark]:
    """Return what tells the value of an answer too, in other words, and is no part of it.

    A reason is the same where much of its wording is, a person where the name is.
    """
    found: list[Remark] = []
    for remark in remarks:
        if remark.kind == "cell" and not _REASONS.search(remark.label):
            continue
        if re.sub(r"\s", "", remark.text) in told:
            continue
        if _same(want, fold(value), remark, thing) and not any(
            other.source == remark.source for other in found
        ):
            found.append(remark)
    return sorted(found, key=lambda remark: remark.date, reverse=True)[:MOST]


def cells_beside(want: Want, best: Fit, remarks: Sequence[Remark]) -> list[Source]:
    """Return the cells of other documents that give a sentence's reason in just its words."""
    if want.kind != "why" or best.remark.kind != "sentence":
        return []
    told, own = fold(best.remark.text), (best.remark.file_id, best.remark.document)
    return [
        source
        for remark in remarks
        if remark.kind == "cell"
        and (remark.file_id, remark.document) != own
        and _REASONS.search(remark.label)
        and len(remark.text) >= FEWEST
        and fold(remark.text) in told
        for source in remark.sources[:1]
    ][:MOST]


def tasks_beside(thing: Thing, best: Fit, library: Library) -> list[Source]:
    """Return the rows of tasks for a thing that are due on the very day that an answer gives.

    “甲市场剩余41户签约｜8月31日前” in a table of what is supervised is a task for the “甲市场
    片区改造” of the text.
    """
    day = fold(best.value)
    if not _DAY.fullmatch(day):
        return []
    found = []
    for row in library.ledger.rows:
        same = fold(row.record.name).startswith(fold(thing.name)[:NAMED])
        place = Source(row.file.id, row.record.document, row.record.start, row.record.end)
        due = fold(row.text("deadline") or "")
        if row.roster.table and same and due.startswith(day):
            found.append(place)
    return found[:MOST]


def _same(want: Want, value: str, remark: Remark, thing: Thing) -> bool:
    text = fold(remark.text)
    if want.kind in ("person", "who", "body") and is_person(value):
        return remark.kind == "sentence" and value in text
    if want.kind != "why":
        return False
    if remark.kind == "sentence" and is_noted(remark.text):
        return value not in text  # a note that says just what is told adds nothing
    if remark.kind == "sentence" and _SAYS_WHY.search(text):
        return True
    for name in thing.names:
        text, value = text.replace(name, " "), value.replace(name, " ")
    pairs = set(units(value))
    return len(pairs) >= FEWEST and len(pairs & set(units(text))) >= SHARED * len(pairs)


def moved_beside(best: Fit, remarks: Sequence[Remark]) -> list[Remark]:
    """Return what is added in words, then or later, on how a thing stands (“…日进场”)."""
    found = [
        remark
        for remark in remarks
        if remark.kind == "sentence"
        and remark.date >= best.remark.date
        and (_MOVES.search(remark.text) or status_mentions(fold(remark.text)))
    ]
    return found[:MOST]
