"""What part of its own plan one project has done, and what is left of it."""

from __future__ import annotations

from assistant.ledger.money import common_unit, exact, money, rounded
from assistant.ledger.projects import Project
from assistant.ledger.query import Query, heading
from assistant.ledger.table import source_of
from assistant.statements import Source, Statement, escape
from index.ledger.book import LedgerRow
from index.ledger.records import Words
from prompts import render

_WHOLES = ("planned_investment", "total_investment")
Pair = tuple[tuple[LedgerRow, Words], tuple[LedgerRow, Words], str]


def _pair(project: Project, query: Query) -> Pair | None:
    """Return what is done, the whole that is asked of, and that whole's field."""
    asked = [w for w in reversed(_WHOLES) if w in (*query.columns, query.measure)]
    done = project.find("done_investment")
    for field in dict.fromkeys([*asked, *_WHOLES]):
        whole = project.find(field)
        if done and whole and done[1].value is not None and whole[1].value:
            return done, whole, field
    return None


def own_share(project: Project, query: Query) -> tuple[Statement, str] | None:
    """Return the share as a cited line with its formula, and the share itself."""
    pair = _pair(project, query)
    stated = project.find("percent")
    both = "done_investment" in (*query.columns, query.measure)
    if pair is None or (stated is not None and not both):
        return None
    (row, done), (other, whole), field = pair
    value = exact(done.value or 0.0) / exact(whole.value or 1.0) * 100
    share = f"{rounded(value).normalize():f}%"
    expression = f"{_said(done)} ÷ {_said(whole)} = {share}"
    text = render(
        "ledger_own_share", query.language, name=escape(row.record.name),
        whole=heading(field, query.language), share=share, formula=escape(expression),
    )  # fmt: skip
    numbers = frozenset({share, share.rstrip("%"), _said(done), _said(whole)})
    return Statement(text, _sources(row, other), computed=numbers), share


def own_rest(project: Project, query: Query) -> tuple[Statement, str] | None:
    """Return what is left of the project's plan as a cited line, and the amount."""
    pair = _pair(project, query)
    if pair is None:
        return None
    (row, done), (other, whole), _ = pair
    gap = money(exact(whole.value or 0.0) - exact(done.value or 0.0), common_unit([whole, done]))
    expression = f"{_said(whole)} − {_said(done)} = {gap}"
    text = render("ledger_remaining", query.language, gap=gap, formula=escape(expression))
    numbers = frozenset({gap, _said(done), _said(whole)})
    name = (
        f"{escape(row.record.name)}：" if query.language == "zh" else f"{escape(row.record.name)}: "
    )
    return Statement(name + text, _sources(row, other), computed=numbers), gap


def _said(words: Words) -> str:
    """Return an amount with its unit: a cell's stands in the head of its column."""
    text = words.text
    if "元" in text or words.value is None:
        return text
    return money(exact(words.value), "万元")


def _sources(*rows: LedgerRow) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source_of(row) for row in rows))
