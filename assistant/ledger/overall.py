"""What all projects together have: as a report states it, as its sum row gives it, or added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger.checking import against, note_findings
from assistant.ledger.figurelink import in_period, overalls, source_of_figure
from assistant.ledger.money import common_unit, exact, formula, money, percent, rounded
from assistant.ledger.projects import Project, newest_documents
from assistant.ledger.query import Query, heading
from assistant.ledger.select import in_scope, narrowed, select
from assistant.ledger.single import projects_named
from assistant.ledger.table import source_of
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFigure, Ledger, LedgerRow
from index.ledger.records import Roster, Total, Words
from prompts import render


@dataclass(frozen=True, slots=True)
class Whole:
    """An amount of all projects with its source; ``parts`` where it was added up here."""

    title: str
    words: Words
    sources: tuple[Source, ...]
    percent: Words | None = None
    percent_source: Source | None = None
    of_plan: bool = False
    parts: tuple[Words, ...] = ()


def overall_total(query: Query, ledger: Ledger) -> Draft | None:
    """Return the sum of an amount over all projects of the documents that count."""
    measure = query.measure
    if measure is None or measure == "percent":
        return None
    wholes = [w for w in (_row(query, measure, ledger), _stated(query, measure, ledger)) if w]
    # A sum row below what prose states of all is that of a table of some of them.
    # Of the same amount twice, the one that tells its share as well comes first.
    wholes.sort(key=lambda whole: (-(whole.words.value or 0.0), whole.percent is None))
    doubts = against([source for whole in wholes for source in whole.sources], ledger)
    if doubts or not wholes:
        # A sum row that its own column contradicts is told, but not as the answer.
        added = _added(query, measure, ledger)
        wholes = [added, *wholes] if added else wholes
    if not wholes:
        return None
    draft = Draft()
    for whole in wholes:
        draft.statements.append(_line(query, measure, whole))
    first = wholes[0]
    draft.short = _said(first.words)
    draft.value = Value(
        float(exact(first.words.value or 0.0)), "万元", formula(first.parts) or None
    )
    note_findings(draft, doubts, query.language)
    return draft


def _line(query: Query, measure: str, whole: Whole) -> Statement:
    what = heading(measure, query.language)
    value = escape(_said(whole.words))
    frame = "ledger_added" if whole.parts else "ledger_stated"
    text = render(frame, query.language, title=escape(whole.title), what=escape(what), value=value)
    sources = list(whole.sources)
    computed = {_said(whole.words)}
    if whole.parts:
        text += f"（{escape(formula(whole.parts))}）"
    if whole.percent and (whole.of_plan or "percent" in query.columns):
        share = escape(whole.percent.text)
        of = "占计划的" if whole.of_plan else "占比"
        text += f"，{of} **{share}**" if query.language == "zh" else f" ({share})"
        sources += [whole.percent_source] if whole.percent_source else []
    return Statement(text, tuple(dict.fromkeys(sources)), computed=frozenset(computed))


def _said(words: Words) -> str:
    """Return an amount with its unit: a cell gives it in its header."""
    text = words.text
    return text if "元" in text else f"{text}万元" if words.value is not None else text


def _row(query: Query, measure: str, ledger: Ledger) -> Whole | None:
    """Return the amount of a table's own sum row (“合计”) in the newest document with one."""
    for row, roster, total in _totals(query, ledger):
        words = total.fields.get(measure)
        if words is None or words.value is None:
            continue
        scaled = Words(_in_wan(words), words.spans, words.value)
        span = (
            min(w.start for w in total.fields.values()),
            max(w.end for w in total.fields.values()),
        )
        source = Source(row.file.id, roster.document, *span)
        return Whole(row.document.title, scaled, (source,), total.fields.get("percent"), source)
    return None


def _in_wan(words: Words) -> str:
    """Return a sum cell's amount with a unit: as written, where it is written in 万元."""
    if "元" in words.text or words.value is None:
        return words.text
    plain = words.text.replace(",", "").strip()
    same = _is_number(plain) and abs(float(plain) - words.value) < 1e-9
    return f"{plain}万元" if same else money(exact(words.value), "万元")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _totals(query: Query, ledger: Ledger) -> list[tuple[LedgerRow, Roster, Total]]:
    rows = [row for row in ledger.rows if in_scope(row, query)]
    newest = newest_documents(rows)
    found: dict[tuple[tuple[int, int], int], tuple[LedgerRow, Roster, Total]] = {}
    for row in sorted(rows, key=lambda r: r.document.date or "", reverse=True):
        place = (row.file.id, row.record.document)
        for total in row.roster.totals:
            label = total.label.text
            whole = label[:1] in "合总全" or "合计" in label or "总计" in label
            if whole and (query.at or place in newest):
                found.setdefault((place, row.record.roster), (row, row.roster, total))
    return list(found.values())


def _stated(query: Query, measure: str, ledger: Ledger) -> Whole | None:
    found = overalls(measure, query, ledger)
    if not found:
        return None
    # Of documents that state the same amount, one that adds its share of the plan tells more.
    same = [f for f in found if f.figure.value == found[0].figure.value]
    shared = [(f, share) for f in same if (share := _share_beside(f, query, ledger))]
    filed, percent = shared[0] if shared else (found[0], None)
    title = filed.file.documents[filed.figure.document].title
    return Whole(
        title, filed.figure.number, (source_of_figure(filed),),
        percent.figure.number if percent else None,
        source_of_figure(percent) if percent else None,
        bool(percent and of_plan(percent)),
    )  # fmt: skip


def _share_beside(filed: FiledFigure, query: Query, ledger: Ledger) -> FiledFigure | None:
    """Return the share that an amount's own sentence states after it."""
    return next(
        (
            f
            for f in in_period(query, ledger)
            if f.figure.unit == "%"
            and f.file.id == filed.file.id
            and f.figure.sentence == filed.figure.sentence
            and f.figure.start >= filed.figure.start
            and (of_plan(f) or "percent" in query.columns)
        ),
        None,
    )


def of_plan(filed: FiledFigure) -> bool:
    """Tell whether a percentage is a share of what was planned."""
    base = filed.figure.base
    return base is not None and "计划" in base.text


def _added(query: Query, measure: str, ledger: Ledger) -> Whole | None:
    """Return the sum over the projects, if every one of them states the amount."""
    projects = select(narrowed(query, statuses=()), ledger).projects
    return _sum_of(projects, measure) if projects else None


def _sum_of(projects: Sequence[Project], measure: str) -> Whole | None:
    found = [pair for p in projects if (pair := p.find(measure))]
    if len(found) != len(projects):
        return None
    operands = tuple(words for _, words in found)
    value = sum((exact(w.value or 0.0) for w in operands), Decimal(0))
    said = money(value, common_unit(operands))
    words = Words(said, operands[0].spans, float(value))
    title = projects[0].current.document.title
    return Whole(title, words, tuple(source_of(row) for row, _ in found), parts=operands)


def part_of_all(query: Query, ledger: Ledger) -> Draft | None:
    """Return what share of all one project's amount is."""
    measure = query.measure
    projects = projects_named(query, ledger)
    if measure is None or len(projects) != 1:
        return None
    own = projects[0].find(measure)
    kind = (projects[0].current.record.kind,)
    scope = narrowed(query, names=(), kinds=kind, statuses=())
    whole = (
        _row(scope, measure, ledger) or _stated(scope, measure, ledger)
        or _added(scope, measure, ledger)
    )  # fmt: skip
    if own is None or whole is None or not whole.words.value:
        return None
    row, words = own
    value = exact(words.value or 0.0) / exact(whole.words.value) * 100
    share = percent(value)
    expression = f"{_said(words)} ÷ {_said(whole.words)} = {share}"
    text = render(
        "ledger_part", query.language, name=escape(row.record.name),
        what=heading(measure, query.language), share=share, formula=escape(expression),
    )  # fmt: skip
    numbers = frozenset({share, share.rstrip("%"), _said(words), _said(whole.words)})
    sources = tuple(dict.fromkeys([source_of(row), *whole.sources]))
    draft = Draft([Statement(text, sources, computed=numbers)])
    draft.value = Value(float(rounded(value)), "%", expression)
    draft.short = share
    return draft


def remaining(query: Query, ledger: Ledger) -> Draft | None:
    """Return how much of the plan of all projects is not done yet."""
    query = narrowed(query, statuses=())
    plan = _any_whole(query, ("planned_investment", "total_investment"), ledger)
    done = _any_whole(query, ("done_investment",), ledger)
    if plan is None or done is None or (plan.words.value or 0) < (done.words.value or 0):
        return None  # a sum row of some projects is no plan of what all have done
    return _less(query, plan, done)


def remaining_of(query: Query, plan: FiledFigure, done: FiledFigure) -> Draft:
    """Return how much of a stated plan is not done yet, by what is stated as done."""
    wholes = [Whole("", filed.figure.number, (source_of_figure(filed),)) for filed in (plan, done)]
    return _less(query, *wholes)


def _less(query: Query, plan: Whole, done: Whole) -> Draft:
    unit = common_unit([plan.words, done.words])
    gap = money(exact(plan.words.value or 0.0) - exact(done.words.value or 0.0), unit)
    expression = f"{_said(plan.words)} − {_said(done.words)} = {gap}"
    text = render("ledger_remaining", query.language, gap=gap, formula=escape(expression))
    numbers = frozenset({gap, _said(plan.words), _said(done.words)})
    sources = tuple(dict.fromkeys([*plan.sources, *done.sources]))
    draft = Draft([Statement(text, sources, computed=numbers)], short=gap)
    draft.value = Value(float(gap.removesuffix(unit)), unit, expression)
    return draft


def _any_whole(query: Query, measures: Sequence[str], ledger: Ledger) -> Whole | None:
    for measure in measures:
        whole = _stated(query, measure, ledger) or _row(query, measure, ledger)
        if whole is not None:
            return whole
    return None
