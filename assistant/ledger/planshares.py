"""What part of their plan the projects of a state have done, by what a document says of them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.ledger.breakdown import state_amounts
from assistant.ledger.figurelink import in_period, is_of, source_of_figure
from assistant.ledger.money import exact, formula, percent
from assistant.ledger.query import Query, heading, status_name
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from index.ledger.records import Words
from prompts import render


def share_of_plan(query: Query, ledger: Ledger) -> Draft | None:
    """Return what part of its own plan a state has done; else the share that is stated of it."""
    if not query.base or not query.statuses:
        return None
    done, plan = (
        state_amounts(query, measure, ledger) for measure in ("done_investment", query.base)
    )
    if done and plan:
        return _computed(query, done, plan)
    return _stated(query, ledger) if len(query.statuses) == 1 else None


def _computed(query: Query, done: list[FiledFigure], plan: list[FiledFigure]) -> Draft:
    said = percent(_sum(done) / _sum(plan) * 100)
    expression = f"{_added(done)} ÷ {_added(plan)} = {said}"
    names = ("、" if query.language == "zh" else ", ").join(
        status_name(status, query.language) for status in query.statuses
    )
    text = render(
        "ledger_own_share", query.language, name=escape(names),
        whole=heading(query.base or "", query.language), share=said, formula=escape(expression),
    )  # fmt: skip
    sources = tuple(dict.fromkeys(map(source_of_figure, [*done, *plan])))
    draft = Draft([Statement(text, sources, computed=frozenset({said, said.rstrip("%")}))])
    draft.value = Value(float(said.rstrip("%")), "%", expression)
    draft.short = said
    return draft


def _stated(query: Query, ledger: Ledger) -> Draft | None:
    """Return the share of the plan that a document says of a state (“占年度计划的10.9%”)."""
    for filed in in_period(query, ledger):
        figure = filed.figure
        base = figure.base.text if figure.base else ""
        said = figure.measure if base in figure.measure else f"{figure.measure}{base}"
        if figure.unit != "%" or not is_of(filed, query.statuses[0]):
            continue
        if re.search(r"计划|任务", said):
            title = filed.file.documents[figure.document].title
            what = f"{status_name(query.statuses[0], query.language)}{said}"
            text = render(
                "ledger_stated", query.language, title=escape(title), what=escape(what),
                value=escape(figure.number.text),
            )  # fmt: skip
            return Draft([Statement(text, (source_of_figure(filed),))], short=figure.number.text)
    return None


def _words(found: list[FiledFigure]) -> list[Words]:
    return [filed.figure.number for filed in found]


def _sum(found: list[FiledFigure]) -> Decimal:
    return sum((exact(w.value or 0.0) for w in _words(found)), Decimal(0))


def _added(found: list[FiledFigure]) -> str:
    return formula(_words(found)) if len(found) == 1 else f"({formula(_words(found))})"
