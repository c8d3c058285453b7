"""How a question was read, as controls: each condition can be changed or taken out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, get_args

from assistant.ledger.edited import choices
from assistant.ledger.query import Kind
from assistant.records import Answer
from assistant.web.ledger.labels import column, option, words_of
from assistant.web.strings import STRINGS, both, heading, say, value
from index.ledger.book import Ledger

CHANGEABLE = ("stage", "progress", "unit", "reason_kind", "kind")
KEPT = ("group_by", "measure")  # without these the question would be another one
MAX_FILTERS, MAX_VALUES = 20, 50  # of one edited reading
_LIKE = {"not_unit": "unit", "not_reason_kind": "reason_kind"}  # facets with the same values


def is_editable(answer: Answer) -> bool:
    """Tell whether an answer came from a filter over the ledger."""
    read = answer.interpretation
    return bool(read.get("filters")) and read.get("kind") in get_args(Kind)


def render_reading(turn: int, answer: Answer) -> str:
    """Return the conditions of an answer as a form; page.js fills in what else can be chosen."""
    kind = str(answer.interpretation["kind"])
    chips = "".join(
        _chip(facet, str(one))
        for facet, given in answer.interpretation["filters"].items()
        for one in (given if isinstance(given, list | tuple) else [given])
    )
    return (
        f'<form class="reading" data-reading="{turn}" data-kind="{escape(kind)}">'
        f'<span class="lead">{say("read_as")}{both("：", ": ")}{value(kind)}</span>{chips}{_add()}'
        f'<button type="submit" class="quiet" data-apply hidden>{say("read_again")}</button></form>'
    )


def _chip(facet: str, given: str) -> str:
    name = f"<span>{heading(facet)}</span>"
    if facet in CHANGEABLE or facet in _LIKE:
        like = _LIKE.get(facet, facet)
        body = (
            f'<select data-facet="{facet}" data-like="{like}">'
            f"{option(given, words_of(like, given), chosen=True)}</select>"
        )
    else:
        words = both(*_words(facet, given))
        body = (
            f'<span class="fixed" data-facet="{facet}" data-value="{escape(given)}">{words}</span>'
        )
    drop = (
        ""
        if facet in KEPT
        else f'<button type="button" data-drop><span class="sr">{say("drop_facet")}</span>'
        '<span aria-hidden="true">×</span></button>'
    )
    return f'<label class="chip">{name}{body}{drop}</label>'


def _words(facet: str, given: str) -> tuple[str, str]:
    if facet in KEPT:
        return column(given)
    return words_of("status" if facet == "not_status" else facet, given)


def _add() -> str:
    options = "".join(option(facet, column(facet)) for facet in CHANGEABLE)
    return (
        f'<label class="add-facet"><span class="sr">{say("add_facet")}</span><select data-more>'
        f"{option('', STRINGS['add_facet'], chosen=True)}{options}</select></label>"
    )


def render_choices(ledger: Ledger) -> str:
    """Return for each condition what can be chosen, for page.js to copy from."""
    selects = []
    for facet, values in choices(ledger).items():
        options = "".join(option(one, words_of(facet, one)) for one in values)
        chinese, english = column(facet)
        selects.append(
            f'<select data-choices="{facet}" data-h="{escape(chinese)}" data-e="{escape(english)}">'
            f"{options}</select>"
        )
    return f"<div>{''.join(selects)}</div>"


def read_filters(sent: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the conditions that the browser sent, without anything that is not text."""
    given = sent.get("filters")
    pairs = list(given.items())[:MAX_FILTERS] if isinstance(given, dict) else []
    return {
        facet[:40]: [one[:200] for one in values[:MAX_VALUES] if isinstance(one, str)]
        for facet, values in pairs
        if isinstance(facet, str) and isinstance(values, list)
    }
