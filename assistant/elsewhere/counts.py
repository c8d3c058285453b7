"""Other places that count just as many projects in the same state, of the same kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.citations import chinese_value
from assistant.elsewhere.sayings import Saying
from index.ledger.reasons import reason_kind
from index.ledger.status import status_mentions
from index.ledger.units import core_unit
from index.words import fold

_PIECE = re.compile(r"[，,：:。、]+")
_COUNT = re.compile(
    r"(?<![\d.第])(?P<number>\d+|[一二两三四五六七八九十]+)(?:个|项|家|件)(?!月|百分|工作日|小时|季)"
)
# What has changed since, or was so at another time, is not how many there are.
_OTHERWISE = re.compile(
    r"比[^，]{1,12}(?:增|减|多|少|上升|下降)|较|去年|上年|同期|原有|此前|增加|减少"
)
_ALONE = re.compile(r"(?:一?共|计|合计|有|为)+(?:\d|[一二两三四五六七八九十])")
_NAMED = ("unit", "location", "group", "issuer", "leader")  # facets that a saying must name
_STATES = ("stage", "progress", "state")
_PLAIN = {*_NAMED, *_STATES, "reason_kind", "period", "kind"}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many were counted: the states (codes, own names) and what else narrows them."""

    number: int
    statuses: frozenset[str]
    states: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()
    reasons: frozenset[str] = frozenset()


def counted_by(number: int, question: str, interpretation: Mapping[str, Any]) -> Counted | None:
    """Return what an answer counts, None where its facets cannot be looked for in a sentence."""
    filters: Mapping[str, Any] = interpretation.get("filters") or {}
    if interpretation.get("kind") == "table":
        return _of_table(number, interpretation.get("reading") or "")
    if number < 1 or not set(filters) <= _PLAIN:
        return None
    statuses = [s for key in ("stage", "progress") for s in values_of(filters, key)]
    states = [fold(s) for s in values_of(filters, "state")]
    # “慢于节点” is said of them as “放慢了进度”, too.
    statuses += [status for state in states for status, _ in status_mentions(state)]
    if not (statuses or states):
        statuses = [status for status, _ in status_mentions(fold(question))]
    named = tuple(fold(core_unit(v)) for key in _NAMED for v in values_of(filters, key))
    if not (statuses or states or named):
        return None
    reasons = frozenset(values_of(filters, "reason_kind"))
    return Counted(number, frozenset(statuses), frozenset(states), named, reasons)


def counted_on(number: int, line: str, own: Counted | None) -> Counted | None:
    """Return what a line of an answer counts: the state that it says, else the answer's own."""
    said = {status for status, _ in status_mentions(line)}
    states = {state for state in (own.states if own else ()) if state in line}
    if not (said or states) or number < 1:
        return None
    named, reasons = (own.named, own.reasons) if own else ((), frozenset())
    return Counted(number, frozenset(said), frozenset(states), named, reasons)


def _of_table(number: int, reading: str) -> Counted | None:
    """Return what the rows of a table are counted by (“行业=民生事业，建设性质=续建”)."""
    found = [
        fold(value)
        for _, sign, value in (piece.partition("=") for piece in _PIECE.split(reading))
        if sign
    ]
    if number < 1 or not found or any(re.search(r"[<>≠≥≤\d]", value) for value in found):
        return None
    states = {value for value in found if status_mentions(value)}
    named = tuple(value for value in found if value not in states)
    return Counted(number, frozenset(s for v in states for s, _ in status_mentions(v)), named=named)


def counts_same(counted: Counted, saying: Saying) -> bool:
    """Tell whether a saying counts as many in the same state, of what is named as well."""
    around = saying.around
    if not all(name in around for name in counted.named):
        return False
    if counted.reasons and reason_kind(saying.text) not in counted.reasons:
        return False
    return any(_agrees(counted, piece, before) for piece, before in _pieces(saying.text))


def values_of(filters: Mapping[str, Any], key: str) -> Collection[str]:
    """Return the values of a facet, be it one or several."""
    value = filters.get(key, ())
    return (value,) if isinstance(value, str) else value


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each piece between commas with the one before it."""
    before = ""
    for piece in _PIECE.split(text):
        yield piece, before
        before = piece


def _agrees(counted: Counted, piece: str, before: str) -> bool:
    numbers = {_number(match["number"]) for match in _COUNT.finditer(piece)}
    if counted.number not in numbers or _OTHERWISE.search(piece):
        return False
    if not (counted.statuses or counted.states):
        if _ALONE.match(piece):  # “最多的是某局，共9个”
            piece = before + piece
        return not status_mentions(piece) and any(name in piece for name in counted.named)
    said = {status for status, _ in status_mentions(piece)}
    if not said and not any(state in piece for state in counted.states):
        said = {status for status, _ in status_mentions(before)}
        piece = before
    if any(state in piece for state in counted.states):
        return True
    return bool(said) and said <= counted.statuses


def _number(words: str) -> int:
    return int(words) if words.isdigit() else chinese_value(words)
