"""Sums, shares, ranks and differences of amounts that a report gives unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.ledger.figurelink import overall, source_of_figure
from assistant.ledger.money import common_unit, exact, formula, money, percent, rounded
from assistant.ledger.query import Query, heading
from assistant.ledger.select import narrowed
from assistant.ledger.unitamounts import UnitAmount, unit_amounts, unit_rates
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from index.ledger.book import Ledger
from index.ledger.records import Words
from prompts import render


def answer_units(query: Query, ledger: Ledger) -> Draft | None:
    """Return the answer from amounts by unit, None where the question is not for them."""
    measure = query.measure or ""
    if query.kind not in ("sum", "share", "rank", "compare", "value", "list", "count", "remaining"):
        return None
    if query.statuses or query.reasons or query.texts or query.limits or query.kinds:
        return None
    if (query.base and query.kind == "share") or query.kind == "remaining":
        return _of_own_plan(query, ledger)
    rates = measure == "percent"
    found = unit_rates(query, ledger) if rates else unit_amounts(query, ledger, measure)
    if query.kind == "rank":
        return _ranked(query, found) if query.by in ("unit", "group") and len(found) > 1 else None
    names = query.units or query.groups
    if not names or len(found) < len(set(names)):
        return None
    if query.kind == "share":
        return _share(query, found, ledger)
    if query.kind == "compare" and len(found) == 2:
        return _difference(query, found)
    return None if rates else _sum(query, found)


def _line(query: Query, found: Sequence[UnitAmount]) -> str:
    comma = "，" if query.language == "zh" else ", "
    return comma.join(f"{escape(one.unit)} {_worked(one)}" for one in found)


def _worked(one: UnitAmount) -> str:
    said = escape(one.words.text)
    return f"{said}（{escape(one.worked)}）" if one.worked else said


def _computed(found: Sequence[UnitAmount]) -> set[str]:
    """Return the rates that stand in no document, as said and as numbers."""
    said = [one.words.text for one in found if one.worked]
    return {number for words in said for number in (words, words.rstrip("%"))}


def _sum(query: Query, found: Sequence[UnitAmount]) -> Draft:
    words = [one.words for one in found]
    unit = common_unit(words)
    said = money(sum((exact(w.value or 0.0) for w in words), Decimal(0)), unit)
    sources = tuple(dict.fromkeys(one.source for one in found))
    what = heading(query.measure or "", query.language)
    if len(found) == 1:
        text = f"{escape(found[0].unit)} {what} **{escape(words[0].text)}**"
        draft = Draft([Statement(text, sources)], short=words[0].text)
        draft.value = Value(float(exact(words[0].value or 0.0)), "万元")
        return draft
    text = render(
        "ledger_sum", query.language, what=what, total=said, formula=escape(formula(words))
    )
    draft = Draft([Statement(text, sources, computed=frozenset({said}))], short=said)
    draft.statements.append(Statement(_line(query, found), sources, bullet=True))
    draft.value = Value(float(said.removesuffix(unit)), unit, formula(words))
    return draft


def _share(query: Query, found: Sequence[UnitAmount], ledger: Ledger) -> Draft | None:
    whole = overall(query.measure or "", narrowed(query, units=()), ledger)
    if whole is None or not whole.figure.value:
        return None
    part = sum((exact(one.words.value or 0.0) for one in found), Decimal(0))
    share = percent(part / exact(whole.figure.value) * 100)
    parts = formula([one.words for one in found])
    expression = f"{parts} ÷ {whole.figure.number.text} = {share}"
    text = render(
        "ledger_part", query.language, name=escape("、".join(one.unit for one in found)),
        what=heading(query.measure or "", query.language), share=share,
        formula=escape(expression),
    )  # fmt: skip
    sources = (*dict.fromkeys(one.source for one in found), source_of_figure(whole))
    draft = Draft([Statement(text, sources, computed=frozenset({share, share.rstrip("%")}))])
    draft.value = Value(float(share.rstrip("%")), "%", expression)
    draft.short = share
    return draft


def _of_own_plan(query: Query, ledger: Ledger) -> Draft | None:
    """Return what part of their own plan the units have done, or what is left of it."""
    names = query.units or query.groups
    plan, done = (
        unit_amounts(query, ledger, key) for key in ("planned_investment", "done_investment")
    )
    if not names or not len(plan) == len(done) == len(set(names)):
        return None
    planned, made = ([one.words for one in side] for side in (plan, done))
    whole, part = (
        sum((exact(w.value or 0.0) for w in side), Decimal(0)) for side in (planned, made)
    )
    sources = tuple(dict.fromkeys(one.source for one in (*done, *plan)))
    if query.kind == "remaining":
        unit = common_unit([*planned, *made])
        said = money(whole - part, unit)
        expression = f"{_added(planned)} − {_added(made)} = {said}"
        text = render("ledger_remaining", query.language, gap=said, formula=escape(expression))
        text = f"{escape('、'.join(one.unit for one in plan))}：{text}"
        value = Value(float(said.removesuffix(unit)), unit, expression)
    elif whole:
        said = percent(part / whole * 100)
        expression = f"{_added(made)} ÷ {_added(planned)} = {said}"
        text = render(
            "ledger_own_share", query.language, name=escape("、".join(one.unit for one in plan)),
            whole=heading("planned_investment", query.language), share=said,
            formula=escape(expression),
        )  # fmt: skip
        value = Value(float(said.rstrip("%")), "%", expression)
    else:
        return None
    computed = frozenset({said, said.rstrip("%")})
    draft = Draft([Statement(text, sources, computed=computed)], short=said)
    draft.value = value
    rates = unit_amounts(query, ledger, "percent") if query.kind == "share" else []
    if len(rates) == len(plan) == 1:
        _lead_with_stated(draft, rates[0], query)
    return draft


def _lead_with_stated(draft: Draft, rate: UnitAmount, query: Query) -> None:
    """Put the share of its plan that a report states of a class before the one worked out."""
    words = escape(rate.words.text)
    whole = heading("planned_investment", query.language)
    said = f"{escape(rate.unit)}：占{whole} **{words}**"
    if query.language == "en":
        said = f"{escape(rate.unit)}: **{words}** of the {whole}"
    worked = draft.statements[0]
    draft.statements = [Statement(said, rate.sources), replace(worked, bullet=True)]
    draft.short = rate.words.text


def _added(words: Sequence[Words]) -> str:
    return formula(words) if len(words) == 1 else f"({formula(words)})"


def _difference(query: Query, found: Sequence[UnitAmount]) -> Draft:
    most, least = sorted(found, key=lambda one: one.words.value or 0.0, reverse=True)
    return difference(query, most, least, _line(query, found))


def difference(query: Query, most: UnitAmount, least: UnitAmount, line: str) -> Draft:
    """Return by how much one amount, or rate, is above another; ``line`` says both."""
    gap = exact((most.words.value or 0.0) - (least.words.value or 0.0))
    if query.measure == "percent":
        unit = "个百分点" if query.language == "zh" else " percentage points"
        said = f"{rounded(gap).normalize():f}{unit}"
    else:
        unit = common_unit([most.words, least.words])
        said = money(gap, unit)
    expression = f"{most.words.text} − {least.words.text} = {said}"
    text = render(
        "ledger_compare", query.language, most=escape(most.unit), counts=line,
        difference=said, formula=escape(expression),
    )  # fmt: skip
    numbers = frozenset({said, said.removesuffix(unit), *_computed([most, least])})
    sources = tuple(dict.fromkeys((*most.sources, *least.sources)))
    draft = Draft([Statement(text, sources, computed=numbers)])
    draft.value = Value(float(said.removesuffix(unit)), unit.strip(), expression)
    draft.short = said
    return draft


def _ranked(query: Query, found: Sequence[UnitAmount]) -> Draft:
    ordered = sorted(found, key=lambda one: one.words.value or 0.0, reverse=not query.ascending)
    best = [*ordered[: query.top or 1], *([ordered[-1]] if query.ends else [])]
    rate = {"zh": "完成率", "en": "completion rate"}[query.language]
    what = rate if query.measure == "percent" else heading(query.measure or "", query.language)
    names = "、".join(one.unit for one in best)
    orders = {"zh": ("最高", "最低"), "en": ("highest", "lowest")}[query.language]
    order = (
        ("和" if query.language == "zh" else " and ").join(orders)
        if query.ends
        else orders[query.ascending]
    )
    text = render(
        "ledger_rank", query.language, what=what, order=order,
        names=escape(names), value=escape("、".join(one.words.text for one in best)),
    )  # fmt: skip
    sources = tuple(source for one in best for source in one.sources)
    draft = Draft([Statement(text, sources, computed=frozenset(_computed(best)))])
    draft.short = names if len(names) <= 60 else None
    for place, one in enumerate(ordered, 1):
        line = f"{place}. {escape(one.unit)} {_worked(one)}"
        numbers = frozenset({str(place), *_computed([one])})
        draft.statements.append(Statement(line, one.sources, bullet=True, computed=numbers))
    return draft
