"""Amounts told of several projects by turns: “甲、乙分别完成12.4亿元和2.3亿元”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.amounts import Amount, amounts
from index.ledger.builder import Builder
from index.ledger.prose import Item
from index.ledger.records import AMOUNTS, Span

_BY_TURNS = re.compile(r"\s*[，,]?(?:今年|目前|已|累计)*(?:分别|依次)")
_BETWEEN = re.compile(r"\s*(?:[、，,]|和|与|及|以及)\s*")


def deal_amounts(builder: Builder, items: Sequence[Item], first: int) -> None:
    """Give each project its own of the amounts that are told of several by turns.

    ``first`` is the position of the first item's record; the others stand behind it.
    """
    records = builder.ledger.records
    for place, item in enumerate(items):
        for note in item.notes:
            dealt = _dealt(builder.view.text, note)
            low = place + 1 - len(dealt)
            if len(dealt) < 2 or low < 0 or any(i.notes for i in items[low:place]):
                continue
            last = records[first + place].fields
            field = next((f for f in AMOUNTS if f in last and last[f].value == dealt[0].value), "")
            if not field:
                continue
            for record, amount in zip(range(first + low, first + place + 1), dealt, strict=True):
                words = builder.words((amount.start, amount.end), amount.value)
                fields = {**records[record].fields, field: words}
                records[record] = replace(records[record], fields=fields)


def _dealt(text: str, note: Span) -> list[Amount]:
    """Return the amounts that a note gives by turns, nothing where it gives none so."""
    if not _BY_TURNS.match(text, *note):
        return []
    found: list[Amount] = []
    for amount in amounts(text, *note):
        if amount.end > note[1]:
            break
        if found and not _BETWEEN.fullmatch(text, found[-1].end, amount.start):
            break
        found.append(amount)
    return found
