"""Answers from records: the kinds of question, each with its own form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.ledger.arithmetic import compare, group, rank, share, total, total_of_named
from assistant.ledger.asked import STARTED, UNFINISHED
from assistant.ledger.breakdown import answer_breakdown, counted_alike, counted_apart
from assistant.ledger.checking import add_findings, answer_check, asks_check
from assistant.ledger.figurelink import (
    count_figures,
    money_figures,
    opening_count,
    source_of_figure,
)
from assistant.ledger.headline import (
    headline,
    other_readings,
    stated_alone,
    stated_counts,
    titles,
    total_of,
)
from assistant.ledger.link import read_query
from assistant.ledger.moved import answer_change
from assistant.ledger.overall import overall_total, part_of_all, remaining
from assistant.ledger.ownstates import is_own
from assistant.ledger.planshares import left_of_plan, share_of_plan
from assistant.ledger.projects import Project
from assistant.ledger.query import COLUMNS, Query, shown, status_name
from assistant.ledger.recounted import lead_with_correction
from assistant.ledger.select import (
    Selection,
    fits,
    narrowed,
    own_states,
    reasons_of,
    select,
    statuses_of,
)
from assistant.ledger.single import answer_single, of_name, projects_named
from assistant.ledger.stateamounts import counted_at
from assistant.ledger.table import add_table, cell_of, columns_for, source_of, tells_why
from assistant.ledger.unitsums import answer_units
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from index.ledger.records import AMOUNTS
from index.words import fold
from prompts import render

ENOUGH = 0.7  # share of the records whose stage must be known to list those of one stage
Similar = Callable[[str, Sequence[str]], str | None]


def answer_from_ledger(question: Question, ledger: Ledger, similar: Similar) -> Draft | None:
    """Return the draft of an answer from records, None where the question is not for them."""
    if asks_check(question.text):
        return answer_check(question, ledger)
    query = read_query(question, ledger, similar)
    return None if query is None else answer_query(query, ledger)


def answer_query(query: Query, ledger: Ledger) -> Draft | None:
    """Return the draft of an answer to a query, None where the records do not tell it."""
    draft = _answer(query, ledger)
    if draft is None:
        return None
    draft.interpretation = {"kind": query.kind, "filters": query.filters()}
    if query.reading():
        draft.interpretation["reading"] = query.reading()
    return draft


def _answer(query: Query, ledger: Ledger) -> Draft | None:
    if query.kind == "change":
        changed = answer_change(query, ledger)
        if changed is None and query.names:  # what each report says of it, for want of two alike
            return answer_single(narrowed(query, kind="status", change=None), ledger)
        return changed
    if query.kind == "remaining" and not query.names:
        if query.units or query.groups:
            return answer_units(narrowed(query, statuses=()), ledger)
        if set(query.statuses) - {UNFINISHED}:
            return left_of_plan(query, ledger)
        return remaining(query, ledger)
    if query.kind == "share" and query.names:
        return part_of_all(query, ledger)
    rated = query.base or query.kind == "compare"
    of_plan = query.measure == "percent" and (query.groups or query.units) and rated
    by_units = query.measure in AMOUNTS or of_plan
    if by_units and not query.names and (told := answer_units(query, ledger)):
        return told
    if query.names and query.kind == "sum":
        return total_of_named(query, projects_named(query, ledger))
    if query.names and query.kind != "compare":
        return answer_single(query, ledger)
    if told := share_of_plan(query, ledger) or answer_breakdown(query, ledger):
        return told
    if query.kind == "compare":
        return compare(query, ledger)
    if query.kind == "sum" and not _narrows(query):
        return overall_total(query, ledger)
    if not query.filtered and query.kind not in ("rank", "group"):
        return None
    if query.still and query.statuses:
        return _still(query, ledger)
    selection = counted_apart(query, select(query, ledger), ledger)
    if query.kind == "count" and not _narrows(query):
        return _counted(query, selection, ledger)
    if query.kind == "share":
        return share(query, selection, ledger)
    if query.kind == "sum":
        return total(query, selection, ledger)
    if query.kind == "rank":
        return rank(query, selection, ledger)
    if query.kind == "group":
        return group(query, selection, ledger)
    return _listing(query, selection, ledger)


def _still(query: Query, ledger: Ledger) -> Draft | None:
    """Return those that had a status at one time and have it still at a later one."""
    first, last = sorted(query.at, key=lambda p: ((p.year or 0), p.month or 0))
    early = select(narrowed(query, at=(first,)), ledger).projects
    later = narrowed(query, at=(last,))
    names = {p.current.core for p in early}
    kept = [
        p for p in select(later, ledger).projects
        if of_name(p.current.core, names)
    ]  # fmt: skip
    bare = {p.current.core for p in kept} & names
    kept = [  # an item about one of them is no other project
        p for p in kept
        if (own := p.current.core) in bare or not of_name(own, bare)
    ]  # fmt: skip
    if not early:
        return None
    return _listing(later, Selection(tuple(kept), (), early), ledger)


def _counted(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return the list with its count, and first the number that the report states of all."""
    draft = _listing(query, selection, ledger)
    filed = opening_count(query, ledger)
    if draft is None or filed is None or filed.figure.value < (draft.count or 0):
        return draft
    _lead_with(draft, filed, query)
    return draft


def _narrows(query: Query) -> bool:
    """Tell whether a query narrows the projects, not merely the documents that count."""
    plain = narrowed(query, at=(), periods=(), issuers=(), kinds=())
    return plain.filtered


def _listing(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return the whole list with its count; nothing found is an answer, too."""
    projects = selection.projects
    if not projects:
        return _nothing(query, selection, ledger)
    if not _told(query, selection):
        return None
    count = total_of(projects, stated_counts(query, projects))
    draft = Draft(count=count)
    head = headline(query, selection)
    alike = [*counted_alike(query, count, ledger), *_said_at(query, projects)]
    draft.statements.append(replace(head, sources=tuple(dict.fromkeys((*head.sources, *alike)))))
    draft.statements += other_readings(query, ledger)
    _add_amounts(draft, query, projects, ledger)
    add_table(draft, projects, columns_for(query, projects), query.language)
    draft.short = f"{count}个" if query.language == "zh" else str(count)
    _add_older(draft, selection, query)
    _add_also(draft, query, ledger, projects)
    add_findings(draft, projects, ledger, query)
    _add_corrections(draft, projects, query.language)
    if query.kind == "count":
        lead_with_correction(draft, query, ledger)
        _lead_with_begun(draft, query, ledger)
    return draft


def _said_at(query: Query, projects: Sequence[Project]) -> list[Source]:
    """Return where lists say of themselves the words that the query looks for (“新开工7项”)."""
    found = [
        Source(row.file.id, row.record.document, *span)
        for project in projects
        for row in project.rows
        if any(word in fold(row.text("status_text") or "") for word in query.texts)
        for span in row.spans("status_text")
    ]
    return list(dict.fromkeys(found))


def _lead_with_begun(draft: Draft, query: Query, ledger: Ledger) -> None:
    """Put the number of all that have begun, as a report states it, before those that it lists.

    Where both are the same number, the report is cited beside the list.
    """
    if query.statuses != (STARTED,) or not stated_alone(query):
        return
    found = count_figures(STARTED, query, ledger)
    if found and found[0].figure.value == draft.count:
        first = draft.statements[0]
        sources = (*first.sources, source_of_figure(found[0]))
        draft.statements[0] = replace(first, sources=tuple(dict.fromkeys(sources)))
    elif found:
        _lead_with(draft, found[0], query)


def _add_amounts(draft: Draft, query: Query, projects: Sequence[Project], ledger: Ledger) -> None:
    """Add the amounts asked for that are stated of the state alone, not of each of its projects."""
    asked = dict.fromkeys([query.measure, *query.columns])
    lacking = [m for m in asked if m in AMOUNTS and not any(p.find(m) for p in projects)]
    if len(query.statuses) != 1 or not stated_alone(query) or not lacking:
        return
    for measure in lacking:
        for filed in money_figures(query.statuses[0], measure or "", query, ledger)[:1]:
            said = f"{status_name(query.statuses[0], query.language)}：{filed.figure.measure}"
            text = f"{escape(said)}**{escape(filed.figure.number.text)}**"
            draft.statements.append(Statement(text, (source_of_figure(filed),)))


def _lead_with(draft: Draft, filed: FiledFigure, query: Query) -> None:
    """Put a stated number of all before a list with another number."""
    title = filed.file.documents[filed.figure.document].title
    number = escape(filed.figure.number.text + filed.figure.unit)
    text = render("ledger_whole", query.language, title=escape(title), value=number)
    draft.statements.insert(0, Statement(text, (source_of_figure(filed),)))
    draft.count = int(filed.figure.value)
    draft.short = number


def _nothing(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    if not selection.scope:
        return None
    # Nothing in prose either: the ledger may simply not cover what is asked.
    if query.texts or (query.statuses and not _status_known(selection)):
        return None
    if stated := _counted_elsewhere(query, ledger):
        return stated
    if any(map(is_own, query.statuses)) and not _told_of_states(query, selection):
        return None
    text = render(
        "ledger_none", query.language, reading=escape(query.reading()), scope=len(selection.scope)
    )
    sources = titles([p.current for p in selection.scope])[:5]
    draft = Draft(count=0, columns=("name",))
    draft.statements.append(
        Statement(text, tuple(sources), computed=frozenset({"0", str(len(selection.scope))}))
    )
    draft.short = "0个" if query.language == "zh" else "0"
    _add_older(draft, selection, query)
    return draft


def _told_of_states(query: Query, selection: Selection) -> bool:
    """Tell whether the records in the own states asked for say what else is asked of them.

    Without their reasons, or how they stand besides, none found would not be none there.
    """
    own = tuple(filter(is_own, query.statuses))
    inside = [p for p in selection.scope if own_states(p) & set(own)]
    reasoned = not (query.reasons or query.without_reasons) or any(map(reasons_of, inside))
    return bool(inside) and reasoned and not query.both


def _counted_elsewhere(query: Query, ledger: Ledger) -> Draft | None:
    """Return the number that a newest document states where it lists none of them by name."""
    if len(query.statuses) != 1 or not stated_alone(query):
        return None
    if is_own(query.statuses[0]) and query.kind == "list":
        return None  # whose names are asked for, which some list may give in other words
    found = [f for f in count_figures(query.statuses[0], query, ledger) if f.figure.value > 0]
    if not found:
        return None
    filed = found[0]  # of the newest document
    title = filed.file.documents[filed.figure.document].title
    number = filed.figure.number.text + filed.figure.unit
    text = render(
        "ledger_unlisted", query.language, title=escape(title), value=escape(number),
        status=status_name(query.statuses[0], query.language),
    )  # fmt: skip
    draft = Draft([Statement(text, counted_at(filed))], count=int(filed.figure.value))
    draft.short = number
    return draft


def _told(query: Query, selection: Selection) -> bool:
    """Tell whether the records say enough to be complete and to answer what is asked.

    Lists of what is behind or has met its plan leave open what is being built.
    """
    if "reason" in query.columns and not tells_why(selection.projects):
        return False
    doubtful = {"under_construction", "preparatory"} & set(query.statuses)
    if "not_started" in query.statuses:
        doubtful -= {"preparatory"}  # “还没开工、仍在做前期的”: of those not begun, this is said
    if doubtful:
        # Of those that the other facets leave alone: “在建的口袋公园” asks nothing of roads.
        others = narrowed(query, statuses=())
        asked = [p for p in selection.scope if fits(p, others)]
        said = stated_counts(query, selection.projects)
        if said and all(one.count == one.listed for one in said):
            return True  # a list of just these, as long as it says it is
        staged = sum(any(r.record.stage for r in p.current_rows) for p in asked)
        return staged >= ENOUGH * len(asked)
    return True


def _status_known(selection: Selection) -> bool:
    """Tell whether the records in scope have a status at all."""
    telling = sum(bool(statuses_of(p)) for p in selection.scope)
    return telling >= 0.5 * len(selection.scope)


def _add_older(draft: Draft, selection: Selection, query: Query) -> None:
    if not selection.older:
        return
    draft.statements.append(
        Statement(
            render("ledger_older", query.language, count=len(selection.older)),
            computed=frozenset({str(len(selection.older))}),
        )
    )
    for project in selection.older:
        row = project.current
        title = escape(row.document.title)
        text = f"{escape(row.record.name)}（《{title}》）"
        draft.statements.append(Statement(text, (source_of(row),), bullet=True))


def _add_also(draft: Draft, query: Query, ledger: Ledger, projects: Sequence[Project]) -> None:
    """Name those whose reason begins with another kind and mentions the one asked for."""
    if not query.reasons or query.causes:
        return
    have = {p.current.key for p in projects}
    wider = select(narrowed(query, reasons=()), ledger).projects
    also = [p for p in wider if p.current.key not in have and reasons_of(p) & set(query.reasons)]
    if not also:
        return
    draft.statements.append(
        Statement(
            render("ledger_also", query.language, count=len(also)),
            computed=frozenset({str(len(also))}),
        )
    )
    for project in also:
        text, sources = cell_of(project, "reason")
        name, own = cell_of(project, "name")
        line = f"{escape(name)}（{escape(text)}）"
        found = tuple(dict.fromkeys([*own, *sources]))
        draft.statements.append(Statement(line, found, bullet=True))


def _add_corrections(draft: Draft, projects: Sequence[Project], language: str) -> None:
    """Say which cells staff have set right, who and when."""
    empty = "（空）" if language == "zh" else "(empty)"
    for project in projects:
        for row in project.current_rows:
            for name, c in row.corrections.items():
                said = render(
                    "ledger_corrected", language, name=row.read.name,
                    field=COLUMNS[language].get(name, name), signed=c.signed, date=c.at[:10],
                    value=shown(name, c.value, language) or empty,
                    was=shown(name, c.was, language) or empty,
                )  # fmt: skip
                draft.notes.append(said)
