"""What is said of two projects by turns: “甲、乙未开工，前者征地未完成，后者可研尚未批复”."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from index.ledger.reasons import reason_kind
from index.ledger.records import NOTE, FileLedger, Words

_BOTH = re.compile(
    r"^(?:(?:主要)?原因(?:是|为)?|其中)?[，,：:]?\s*前者(?P<former>.{2,}?)[，,；;]\s*(?:而)?后者"
    r"(?P<latter>.{2,}?)[。；;，,]?$"
)
_CAUSE = re.compile(r"^(?:主要)?(?:因为?(?![此地])|由于|是|受(?=.+影响$))")
_FIELDS = ("reason", "status_text", NOTE)


def deal_out(ledger: FileLedger, first: int) -> None:
    """Give each of two projects its half of the words that tell of the former and the latter.

    Looks at the records from position ``first`` on; the words may stand at both, or at the latter.
    """
    rosters: dict[int, list[int]] = defaultdict(list)
    for place in range(first, len(ledger.records)):
        rosters[ledger.records[place].roster].append(place)
    for places in rosters.values():
        for before, place in pairwise(places):
            for field in _FIELDS:
                _deal(ledger, before, place, field)


def _deal(ledger: FileLedger, former: int, latter: int, field: str) -> None:
    records = ledger.records
    words = records[latter].fields.get(field)
    both = _BOTH.match(words.text) if words else None
    if words is None or both is None or words.end - words.start != len(words.text):
        return
    beside = records[latter + 1 : latter + 2]
    if any(record.fields.get(field) == words for record in beside):
        return  # the next one is the latter
    if records[former].fields.get(field) not in (None, words):
        return
    for place, half in ((former, "former"), (latter, "latter")):
        said = _part(words, *both.span(half))
        fields = {**records[place].fields, field: said}
        kind = reason_kind(said.text) if field == "reason" else records[place].reason_kind
        records[place] = replace(records[place], fields=fields, reason_kind=kind)


def _part(words: Words, low: int, high: int) -> Words:
    """Return a stretch of words without what leads a cause in."""
    cause = _CAUSE.match(words.text[low:high])
    low += cause.end() if cause else 0
    return Words(words.text[low:high], ((words.start + low, words.start + high),))
