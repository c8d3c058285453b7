"""What part of their plan the projects of a state have done, by what a document says of them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.ledger.asked import UNFINISHED
from assistant.ledger.breakdown import state_amounts
from assistant.ledger.figurelink import count_figures, in_period, is_of, source_of_figure
from assistant.ledger.headline import stated_alone
from assistant.ledger.money import common_unit, exact, formula, money, percent
from assistant.ledger.query import Query, heading, status_name
from assistant.ledger.select import narrowed, select
from assistant.ledger.table import source_of
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
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


def left_of_plan(query: Query, ledger: Ledger) -> Draft | None:
    """Return how much of its own plan a state has not done yet, or has done above it."""
    query = narrowed(query, statuses=tuple(s for s in query.statuses if s != UNFINISHED))
    if len(query.statuses) != 1 or not stated_alone(query):
        return None
    found = _by_sum_row(query, ledger) or _by_figures(query, ledger)
    found = found or _by_projects(query, ledger)
    if found is None:
        return None
    plan, done, sources = found
    whole, part = (sum((exact(w.value or 0.0) for w in side), Decimal(0)) for side in (plan, done))
    unit = common_unit([*plan, *done])
    gap = money(abs(whole - part), unit)
    first, second = (plan, done) if whole >= part else (done, plan)
    expression = f"{_written(first)} − {_written(second)} = {gap}"
    frame = "ledger_remaining" if whole >= part else "ledger_above"
    text = render(frame, query.language, gap=gap, formula=escape(expression))
    name = status_name(query.statuses[0], query.language)
    text = f"{escape(name)}：{text}"
    draft = Draft([Statement(text, sources, computed=frozenset({gap}))], short=gap)
    draft.value = Value(float(gap.removesuffix(unit)), unit, expression)
    return draft


_Amounts = tuple[list[Words], list[Words], tuple[Source, ...]]  # of the plan, done, where
_PLAN, _DONE = "planned_investment", "done_investment"


def _by_sum_row(query: Query, ledger: Ledger) -> _Amounts | None:
    """Return the sums that the state's own table gives in its last row, where there is one."""
    found: dict[tuple[int, int], _Amounts] = {}
    for row in select(query, ledger).projects:
        own = row.current
        others = [
            r for r in own.file.ledger.records
            if r.roster == own.record.roster and r.kind == own.record.kind
        ]  # fmt: skip
        status = query.statuses[0]
        if any(status not in (r.stage, r.progress) for r in others):
            continue
        for total in own.roster.totals:
            amounts = [total.fields.get(key) for key in (_PLAN, _DONE)]
            if total.label.text[:1] in "合总" and all(amounts):
                plan, done = amounts
                span = (min(plan.start, done.start), max(plan.end, done.end))  # type: ignore[union-attr]
                source = Source(own.file.id, own.record.document, *span)
                found[own.file.id, own.record.roster] = ([plan], [done], (source,))  # type: ignore[list-item]
    return next(iter(found.values())) if len(found) == 1 else None


def _by_figures(query: Query, ledger: Ledger) -> _Amounts | None:
    """Return what a report states of the state as a whole."""
    plan, done = (state_amounts(query, measure, ledger) for measure in (_PLAN, _DONE))
    if not (plan and done):
        return None
    sources = tuple(dict.fromkeys(map(source_of_figure, [*plan, *done])))
    return _words(plan), _words(done), sources


def _by_projects(query: Query, ledger: Ledger) -> _Amounts | None:
    """Return the amounts of the projects in the state, where every one has both."""
    projects = select(query, ledger).projects
    pairs = [(p.find(_PLAN), p.find(_DONE)) for p in projects]
    counted = count_figures(query.statuses[0], query, ledger)
    if counted and counted[0].figure.value != len(pairs):
        return None  # some of them are not known
    if not pairs or not all(plan and done for plan, done in pairs):
        return None
    plans, made = ([side[n] for side in pairs if side[n]] for n in (0, 1))
    sources = tuple(dict.fromkeys(source_of(found[0]) for found in (*plans, *made)))  # type: ignore[index]
    return [f[1] for f in plans], [f[1] for f in made], sources  # type: ignore[index]


def _written(words: list[Words]) -> str:
    return formula(words) if len(words) == 1 else f"({formula(words)})"


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
