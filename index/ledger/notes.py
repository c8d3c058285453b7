"""What stands in parentheses or in a clause behind a listed name."""

from __future__ import annotations

import re

from index.ledger.amounts import amounts, percents
from index.ledger.attributes import Fields, read_attributes
from index.ledger.labels import IN_TEXT
from index.ledger.records import Words
from index.ledger.status import Status, status_of
from index.ledger.units import are_units, is_strong_unit
from index.records import View
from index.sentences import parts

_FRAME = re.compile(
    r"^(?:(?:主要)?(?:原因|问题)(?:是|为)?[：:]?|因为?|由于|受)|(?:影响|制约|，?(?:未能?|尚未"
    r"|没有)(?:按期|如期)?(?:开工|动工|启动))$"
)
_ALL = re.compile(
    r"^[，,]?(?:均|都|皆|上述(?:项目)?|以上(?:项目)?|全部|(?:两|三|四|五|六|七|八|九"
    r"|\d+)个(?:项目)?(?:均|都)?)"
)


def note_fields(view: View, start: int, end: int, *, late: bool) -> tuple[Fields, Status]:
    """Return the fields that a note gives, and the status that it says by itself.

    ``late`` tells that the list is of things not started, stopped or behind: a
    note without labels is then the reason, in full and as written.
    """
    text = view.text[start:end]
    if are_units(text) and is_strong_unit(re.split(r"[、，,]", text)[-1]):
        return {"unit": Words(text, (view.span(start, end),))}, Status()
    owner = re.match(r"(?P<unit>[^，,、；;（）]{2,20})[，,；;](?=.)", text)
    if owner and is_strong_unit(owner["unit"]):
        fields, status = note_fields(view, start + owner.end(), end, late=late)
        unit = Words(owner["unit"], (view.span(start, start + owner.end("unit")),))
        return {**fields, "unit": unit}, status
    status = status_of(text)
    if IN_TEXT.search(text):
        return read_attributes(view, start, end), status
    fields = read_attributes(view, start, end)
    money = {"total_investment", "planned_investment", "done_investment", "percent"}
    amount_only = money & fields.keys() and not status and "reason" not in fields
    told = _past_amounts(view.text, start, end) if amount_only else start
    if late and told < end:
        skip = _ALL.match(text) if told == start else None
        low = told + (skip.end() if skip else 0)
        fields["reason"] = Words(view.text[low:end], (view.span(low, end),))
        fields.pop("status_text", None)
    elif status and "status_text" not in fields:
        fields["status_text"] = Words(text, (view.span(start, end),))
    return fields, status


def _past_amounts(text: str, start: int, end: int) -> int:
    """Return where the words behind leading amounts begin (“总投资2亿元，选址未定”)."""
    at = start
    for a, b in parts(text, start, end, "，,；;"):
        if not (next(amounts(text, a, b), None) or next(percents(text, a, b), None)):
            return a
        at = b
    return end if at > start else start
