"""How much a clause looks like why something is late: a linear model over runs of characters.

The weights were learnt from reasons and from what else reports say of projects, by
``training/reasons.py``. It is asked only of clauses beside a late project that no rule reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from index.ledger.builder import Builder
from index.ledger.likeness import hashed, load_weights, probability
from index.ledger.reasons import reason_kind
from index.ledger.records import Record, Span
from index.ledger.status import is_status_only

SIZE = 1 << 15  # weights, and the bias behind them
WEIGHTS = Path(__file__).with_name("reasonwords.npz")
SURE, LIKELY = 0.85, 0.5  # of the clause that tells most, and of those beside it
UNLIKE = 0.1  # below it, what was taken for a reason is none
DOUBTFUL = 0.36  # the same of words that direct somebody, or name who is to act
SHORTEST = 4  # characters of a clause
FARTHEST = 300  # characters of a record that tells of one project
_LATE = frozenset({"not_started", "suspended", "cancelled", "behind"})
_CLAUSE = re.compile(r"[^，,。；;：:、（）()\n]+")
_DIRECTS = re.compile(r"领导|[日月底]前|清零|负责|^[^，。；]{2,12}(?:[局处委办]|公司|集团|中心)$")
# What was lacking and is there: “方案获批，11月取得用地”.
_SETTLED = re.compile(r"(?<![未没])(?:获批|获得|取得|办结|签订|批复|到账|到位)(?!后|前|时)")
_LACKS = re.compile(r"未|没|不|待|才|难|慢|迟|缺|晚|无")
_CAUSAL = re.compile(r"^(?:主要)?(?:是)?(?:因为|由于|因|受)(?=\S{3})")


@lru_cache(maxsize=16_384)
def reason_likeness(text: str) -> float:
    """Return how probably a clause says why something is late: 0 to 1."""
    return probability(load_weights(WEIGHTS), hashed(text, SIZE))


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of the clauses of ``text[start:end]``, blanks around them left out."""
    for match in _CLAUSE.finditer(text, start, end):
        words = match.group()
        low = match.start() + len(words) - len(words.lstrip())
        high = low + len(words.strip())
        if high - low >= SHORTEST:
            yield low, high


def likely_reason(text: str, spans: Sequence[Span]) -> Span | None:
    """Return the run of neighbouring clauses that most likely says why, None without one."""
    shares = [reason_likeness(text[a:b]) for a, b in spans]
    best = max(range(len(spans)), key=shares.__getitem__, default=None)
    if best is None or shares[best] < SURE:
        return None
    before = sum(1 for _ in takewhile(lambda p: p >= LIKELY, reversed(shares[:best])))
    behind = sum(1 for _ in takewhile(lambda p: p >= LIKELY, shares[best + 1 :]))
    low, high = spans[best - before][0], spans[best + behind][1]
    if "。" in text[low:high]:  # a sentence of its own, not the one after it
        low, high = spans[best]
    lead = _CAUSAL.match(text[low:high])
    return (low + lead.end() if lead else low, high)


def add_likely_reasons(builder: Builder, first: int) -> None:
    """Give late projects of prose, from position ``first`` on, their likeliest reason.

    What was taken for a reason and hardly is one (“11月25日前清零”, a unit) is none.
    """
    ledger = builder.ledger
    for place in range(first, len(ledger.records)):
        record = ledger.records[place]
        late = record.kind == "project" and bool({record.stage, record.progress} & _LATE)
        if not late or ledger.rosters[record.roster].table or _is_told(record):
            continue
        words = record.fields.get("reason")
        if words and _DIRECTS.search(words.text):
            fields = {key: held for key, held in record.fields.items() if key != "reason"}
            record = replace(record, fields=fields, reason_kind=None)
        ledger.records[place] = _with_reason(builder, record)


def _is_told(record: Record) -> bool:
    """Tell whether a record has a reason that looks like one, or is too short to look at."""
    words = record.fields.get("reason")
    spans = list(clauses(words.text, 0, len(words.text))) if words else []
    if words is None or not spans:
        return words is not None
    least = DOUBTFUL if _DIRECTS.search(words.text) else UNLIKE
    return max(reason_likeness(words.text[a:b]) for a, b in spans) >= least


def _with_reason(builder: Builder, record: Record) -> Record:
    start, end = builder.clean(record.start), builder.clean(record.end)
    if end - start > FARTHEST:
        return record
    taken = [
        (builder.clean(a), builder.clean(b))
        for words in record.fields.values()
        for a, b in words.spans
    ]
    text = builder.view.text
    free = [
        span
        for span in clauses(text, start, end)
        if not any(a < span[1] and span[0] < b for a, b in taken)
        and not is_status_only(text[slice(*span)])
        and not (_SETTLED.search(words := text[slice(*span)]) and not _LACKS.search(words))
    ]
    span = likely_reason(text, free)
    if span is None:
        return record
    why = builder.words(span)
    return replace(
        record, fields={**record.fields, "reason": why}, reason_kind=reason_kind(why.text)
    )
