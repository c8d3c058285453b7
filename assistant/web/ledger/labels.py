"""The words for the ledger's codes and columns, in Chinese and English."""

from __future__ import annotations

from html import escape
from typing import get_args

from assistant.ledger.query import REASON, STATUS
from assistant.web.strings import COLUMNS, STRINGS, both
from index.ledger.records import AMOUNTS, Progress, ReasonKind, RecordKind, Stage

STAGES: tuple[str, ...] = get_args(Stage)
PROGRESSES: tuple[str, ...] = get_args(Progress)
STATUSES = (*STAGES, *PROGRESSES)
REASONS: tuple[str, ...] = get_args(ReasonKind)
KINDS: tuple[str, ...] = get_args(RecordKind)
CODES: dict[str, tuple[str, ...]] = {
    "stage": STAGES, "progress": PROGRESSES, "reason_kind": REASONS,
}  # fmt: skip
UNSTATED = "?"  # the facet value of records that do not say


def words_of(facet: str, value: str) -> tuple[str, str]:
    """Return a facet's value as (Chinese, English); document text is both."""
    if value == UNSTATED:
        return STRINGS["unknown"]
    if facet in ("status", "stage", "progress") and value in STATUSES:
        return STATUS["zh"][value], STATUS["en"][value]
    if facet in ("reason", "reason_kind") and value in REASONS:
        return REASON["zh"][value], REASON["en"][value]
    if facet == "kind" and value in KINDS:
        return STRINGS[f"kind_{value}"]
    return value, value


def word(facet: str, value: str) -> str:
    """Return a facet's value as HTML in both languages."""
    return both(*words_of(facet, value))


def option(value: str, words: tuple[str, str], *, chosen: bool = False) -> str:
    """Return an option; it can hold no markup, so page.js puts in the language's words."""
    chinese, english = words
    return (
        f'<option value="{escape(value)}"{" selected" if chosen else ""} '
        f'data-say-zh="{escape(chinese)}" data-say-en="{escape(english)}">{escape(chinese)}</option>'
    )


def column(key: str) -> tuple[str, str]:
    """Return a column's heading as (Chinese, English)."""
    return COLUMNS.get(key, (key, key))


def money(value: float) -> tuple[str, str]:
    """Return an amount in 万元 as people write it: in 万元, and in million yuan."""
    return _number(value), _number(value / 100)


def in_money(value: float) -> dict[str, str]:
    """Return the variables of the string ``in_wan``."""
    wan, million = money(value)
    return {"wan": wan, "million": million}


def _number(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def needs_unit(key: str, text: str, value: float | None) -> bool:
    """Tell whether an amount is written as a bare number whose unit stands elsewhere."""
    return key in AMOUNTS and value is not None and not any(c in text for c in "元亿万")
