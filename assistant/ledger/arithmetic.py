"""Sums, shares, ranks, groups and comparisons, computed from cited operands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.ledger.checking import add_findings
from assistant.ledger.deadlines import date_of
from assistant.ledger.figurelink import (
    count_figures,
    money_figures,
    opening_count_among,
    overall,
    overall_count,
    share_figures,
    source_of_figure,
)
from assistant.ledger.headline import counts_of, headline, stated_alone
from assistant.ledger.money import common_unit, exact, formula, money, percent, rounded, said_larger
from assistant.ledger.projects import Project
from assistant.ledger.query import REASON, STATUS, Query, heading, status_name
from assistant.ledger.select import (
    Selection,
    class_names,
    main_reasons,
    narrowed,
    select,
    status_rows,
    statuses_of,
    units_of,
)
from assistant.ledger.table import add_table, columns_for, source_of, stating
from assistant.ledger.unitamounts import UnitAmount
from assistant.ledger.unitsums import difference
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from index.ledger.checks.rounding import share_fits
from index.ledger.records import Words
from index.words import fold
from prompts import render

_ORDER = {
    "zh": {True: "最少", False: "最多"},
    "en": {True: "fewest", False: "most"},
}
_ORDER_VALUE = {
    "zh": {True: "最低", False: "最高"},
    "en": {True: "lowest", False: "highest"},
}


# -- sums -----------------------------------------------------------------------


def total(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return the sum of an amount: of the statuses' stated figures, else of the records."""
    measure = query.measure or "total_investment"
    stated = _stated_amounts(query, measure, ledger)
    if stated:
        return _sum_of_figures(query, measure, stated)
    holders = [p for p in selection.projects if p.value(measure) is not None]
    if not holders:
        # “投资” may be what was spent: of these nothing else is said.
        spent = narrowed(query, measure="done_investment")
        return total(spent, selection, ledger) if measure == "total_investment" else None
    operands = [found[1] for p in holders if (found := p.find(measure))]
    draft = Draft(count=len(selection.projects))
    _say_sum(draft, query, measure, operands, [source_of(p.find(measure)[0]) for p in holders])  # type: ignore[index]
    lacking = len(selection.projects) - len(holders)
    if lacking:
        draft.notes.append(
            render(
                "ledger_lacking",
                query.language,
                count=len(selection.projects),
                lacking=lacking,
                field=heading(measure, query.language),
            )
        )
    draft.statements.append(headline(query, selection))
    add_table(draft, holders, _with(columns_for(query, holders), measure), query.language)
    add_findings(draft, holders, ledger, query)
    return draft


def total_of_named(query: Query, projects: Sequence[Project]) -> Draft | None:
    """Return the sum of an amount over the projects that a question names, each with its own."""
    measure = query.measure or "total_investment"
    found = [pair for p in projects if (pair := p.find(measure)) and pair[1].value is not None]
    if len(found) != len(projects) or len(found) < len(query.names):
        return None
    draft = Draft(count=len(found))
    operands = [words for _, words in found]
    _say_sum(
        draft, narrowed(query, statuses=()), measure, operands, [source_of(r) for r, _ in found]
    )
    add_table(draft, projects, _with(("name", "unit"), measure), query.language)
    return draft


def _with(columns: Sequence[str], measure: str) -> tuple[str, ...]:
    return tuple(columns) if measure in columns else (*columns, measure)


def _stated_amounts(query: Query, measure: str, ledger: Ledger) -> list[FiledFigure]:
    """Return one stated amount for every status of a query that filters by status alone."""
    narrower = query.units or query.reasons or query.texts or query.limits or query.leaders
    if narrower or not query.statuses or query.without_reasons or query.without_units:
        return []
    found = []
    for status in query.statuses:
        figures = money_figures(status, measure, query, ledger)
        if not figures:
            return []
        found.append(figures[0])
    return found


def _sum_of_figures(query: Query, measure: str, stated: Sequence[FiledFigure]) -> Draft:
    draft = Draft()
    operands = [filed.figure.number for filed in stated]
    if len(stated) > 1:
        sources = [source_of_figure(filed) for filed in stated]
        _say_sum(draft, query, measure, operands, sources)
    for filed, status in zip(stated, query.statuses, strict=True):
        clause = _clause(filed)
        name = status_name(status, query.language)
        draft.statements.append(
            Statement(
                f"{escape(name)}：{clause}", (source_of_figure(filed),), bullet=len(stated) > 1
            )
        )
    if len(stated) == 1:
        value = exact(stated[0].figure.value)
        draft.value = Value(float(value), "万元")
        draft.short = operands[0].text
    return draft


def _clause(filed: FiledFigure) -> str:
    figure = filed.figure
    return escape(f"{figure.measure}{figure.number.text}")


def _say_sum(
    draft: Draft, query: Query, measure: str, operands: Sequence[Words], sources: Sequence[Source]
) -> None:
    unit = common_unit(operands)
    value = sum((exact(w.value or 0.0) for w in operands), Decimal(0))
    said = money(value, unit)
    expression = formula(operands)
    joint = "、" if query.language == "zh" else ", "
    what = joint.join(status_name(s, query.language) for s in query.statuses)
    column = heading(measure, query.language)
    larger = said_larger(value, unit)
    text = render(
        "ledger_sum", query.language, what=escape(f"{what} {column}".strip()),
        total=f"{said}（{larger}）" if larger else said, formula=escape(expression),
    )  # fmt: skip
    computed = frozenset({said, larger} - {""})
    draft.statements.append(Statement(text, tuple(dict.fromkeys(sources)), computed=computed))
    draft.short = said
    number = float(said.removesuffix(unit))
    draft.value = Value(number, unit, expression)


# -- shares ---------------------------------------------------------------------


SLIPS = 2  # records by which a list may be longer than the number that its document states


def share(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return what share of all projects a selection is, as stated and as computed."""
    if query.measure and query.measure != "percent" and not query.units:
        return _share_of_amount(query, query.measure, ledger)
    part = len(selection.projects)
    if not part:
        return None
    draft = Draft(count=part)
    scope = [p for p in selection.scope if not query.troubled or p.text("reason")]
    whole = Words(str(len(scope)), ((0, 1),), float(len(scope)))
    whole_source: tuple[Source, ...] = ()
    if len(query.statuses) == 1 and not query.units:
        status = query.statuses[0]
        printed = share_figures(status, query, ledger)
        counted = count_figures(status, query, ledger)
        if printed:
            filed = printed[0]
            base = escape(filed.figure.base.text) if filed.figure.base else ""
            said = (
                f"原文写占{base}的 **{escape(filed.figure.number.text)}**"
                if query.language == "zh"
                else f"The source says **{escape(filed.figure.number.text)}** of {base}"
            )
            draft.statements.append(Statement(said, (source_of_figure(filed),)))
            base_figure = _base_of(filed, part, ledger)
            if base_figure:
                whole = base_figure.figure.number
                whole_source = (source_of_figure(base_figure),)
        elif counted:
            whole_source = (source_of_figure(counted[0]),)
        total = None
        if not (printed or query.troubled):
            total = overall_count(query, ledger) or _count_beside(selection, ledger)
        if total and total.figure.value >= part:
            whole = total.figure.number
            whole_source = (*whole_source, source_of_figure(total))
    value = Decimal(part) / Decimal(str(whole.value)) * 100
    said = percent(value)
    expression = f"{part} ÷ {whole.value:g} = {said}"
    names = {"zh": "总数", "en": "the total of"}
    text = render(
        "ledger_share", query.language,
        part=escape(query.reading()), part_count=part, whole=names[query.language],
        whole_count=f"{whole.value:g}", share=said, formula=expression,
    )  # fmt: skip
    head = headline(query, selection)
    draft.statements.append(
        Statement(
            text, (*head.sources, *whole_source),
            computed=frozenset({str(part), f"{whole.value:g}", said, said.rstrip("%")}),
        )
    )  # fmt: skip
    draft.value = Value(float(rounded(value)), "%", expression)
    draft.short = said
    return draft


def _count_beside(selection: Selection, ledger: Ledger) -> FiledFigure | None:
    """Return the first number of all projects that the document of a selection states.

    Not where no one document names all of them, or that one lists more than it states.
    """
    places = set.intersection(*map(_places, selection.projects))
    if len(places) != 1:
        return None
    place = places.pop()
    own = (f for f in ledger.figures if (f.file.id, f.figure.document) == place)
    first = opening_count_among(own)
    # One that is named twice over, in part, is no reason to doubt what is stated.
    listed = sum(place in _places(project) for project in selection.scope)
    return first if first and first.figure.value >= listed - SLIPS else None


def _places(project: Project) -> set[tuple[int, int]]:
    return {(row.file.id, row.record.document) for row in project.rows}


def _share_of_amount(query: Query, measure: str, ledger: Ledger) -> Draft | None:
    """Return what share of the stated amount of all the stated amounts of statuses are."""
    parts = _stated_amounts(query, measure, ledger)
    places = {(filed.file.id, filed.figure.document) for filed in parts}
    whole = overall(measure, narrowed(query, statuses=()), ledger)
    if not parts or whole is None or not whole.figure.value:
        return None
    if places != {(whole.file.id, whole.figure.document)}:
        return None
    operands = [filed.figure.number for filed in parts]
    part = sum((exact(w.value or 0.0) for w in operands), Decimal(0))
    share = percent(part / exact(whole.figure.value) * 100)
    added = formula(operands)
    added = f"({added})" if len(operands) > 1 else added
    expression = f"{added} ÷ {whole.figure.number.text} = {share}"
    names = [status_name(status, query.language) for status in query.statuses]
    text = render(
        "ledger_part", query.language,
        name=escape(("、" if query.language == "zh" else ", ").join(names)),
        what=heading(measure, query.language), share=share, formula=escape(expression),
    )  # fmt: skip
    sources = tuple(dict.fromkeys([*map(source_of_figure, parts), source_of_figure(whole)]))
    draft = Draft([Statement(text, sources, computed=frozenset({share, share.rstrip("%")}))])
    draft.value = Value(float(share.rstrip("%")), "%", expression)
    draft.short = share
    return draft


def _base_of(printed: FiledFigure, part: int, ledger: Ledger) -> FiledFigure | None:
    """Return the count of the same document of which the stated share is a share."""
    mine = Words(str(part), printed.figure.number.spans, float(part))
    for filed in ledger.figures:
        figure = filed.figure
        same = filed.file.id == printed.file.id and figure.document == printed.figure.document
        counts = same and figure.unit in "个项" and figure.value > part
        if counts and share_fits(mine, figure.number, printed.figure.number):
            return filed
    return None


# -- comparisons ----------------------------------------------------------------


def compare(query: Query, ledger: Ledger) -> Draft | None:
    """Return which of two or more statuses, units or projects is more, and by how much."""
    sides = _sides(query, ledger)
    if len(sides) < 2 and query.measure:
        sides = _pair(query, ledger)
    if len(sides) < 2:
        return None
    if query.measure == "share":
        return _compare_shares(query, ledger)
    if query.measure:
        return _compare_amounts(query, sides, ledger)
    if any(not selection.scope for _, selection, _ in sides) or query.names:
        return None
    zh = query.language == "zh"
    counts = [(name, len(selection.projects)) for name, selection, _ in sides]
    ordered = sorted(counts, key=lambda pair: pair[1], reverse=True)
    said = ("，" if zh else ", ").join(
        f"{escape(n)} {c}个" if zh else f"{escape(n)} {c}" for n, c in counts
    )
    draft = Draft(count=None)
    difference = ordered[0][1] - ordered[1][1]
    sources = tuple(
        dict.fromkeys(s for _, selection, q in sides for s in headline(q, selection).sources)
    )
    figures = frozenset({str(c) for _, c in counts} | {str(difference), f"{difference}个"})
    if difference:
        expression = f"{ordered[0][1]} − {ordered[1][1]} = {difference}"
        text = render(
            "ledger_compare", query.language, most=escape(ordered[0][0]), counts=said,
            difference=f"{difference}个" if zh else str(difference), formula=expression,
        )  # fmt: skip
        draft.value = Value(float(difference), "个", expression)
    else:
        text = render("ledger_equal", query.language, counts=said)
    draft.statements.append(Statement(text, sources, computed=figures))
    draft.short = f"{ordered[0][0]}，多{difference}个" if zh and difference else None
    for _, selection, side in sides:
        line = headline(side, selection)
        draft.statements.append(
            Statement(line.text, line.sources, bullet=True, computed=line.computed)
        )
    return draft


def _compare_shares(query: Query, ledger: Ledger) -> Draft | None:
    """Return by how many percentage points the stated shares of two states differ."""
    if len(query.statuses) != 2 or not stated_alone(query):
        return None
    known = [
        {(f.file.id, f.figure.document): f for f in reversed(share_figures(s, query, ledger))}
        for s in query.statuses
    ]
    place = next((place for place in known[0] if place in known[1]), None)
    if place is None:
        return None
    found = [
        UnitAmount(status_name(status, query.language), side[place].figure.number,
                   source_of_figure(side[place]))
        for status, side in zip(query.statuses, known, strict=True)
    ]  # fmt: skip
    most, least = sorted(found, key=lambda one: -(one.words.value or 0.0))
    comma = "，" if query.language == "zh" else ", "
    line = comma.join(f"{escape(one.unit)} {escape(one.words.text)}" for one in found)
    return difference(narrowed(query, measure="percent"), most, least, line)


def _sides(query: Query, ledger: Ledger) -> list[tuple[str, Selection, Query]]:
    if len(query.statuses) >= 2:
        sides = [
            (status_name(s, query.language), narrowed(query, statuses=(s,))) for s in query.statuses
        ]
    elif len(query.units) >= 2:
        sides = [(u, narrowed(query, units=(u,))) for u in query.units]
    elif len(query.groups) >= 2:
        sides = [(g, narrowed(query, groups=(g,))) for g in query.groups]
    elif len(query.issuers) >= 2:
        sides = [(i, narrowed(query, issuers=(i,))) for i in query.issuers]
    elif len(query.names) >= 2:
        sides = [(n, narrowed(query, names=(n,))) for n in query.names]
    else:
        return []
    return [(name, select(side, ledger), side) for name, side in sides]


def _pair(query: Query, ledger: Ledger) -> list[tuple[str, Selection, Query]]:
    """Return the two projects that a filter leaves, as the sides of a comparison."""
    selection = select(query, ledger)
    if len(selection.projects) != 2:
        return []
    return [
        (p.current.record.name, replace(selection, projects=(p,)), query)
        for p in selection.projects
    ]


def _compare_amounts(
    query: Query, sides: Sequence[tuple[str, Selection, Query]], ledger: Ledger
) -> Draft | None:
    from assistant.ledger.single import projects_named

    measure = query.measure or "total_investment"
    found: list[tuple[str, Words, tuple[Source, ...]]] = []
    for name, selection, side in sides:
        stated = _stated_amounts(side, measure, ledger)
        projects = projects_named(side, ledger) if side.names else selection.projects
        operands = [(p.find(measure)) for p in projects]
        held = [pair for pair in operands if pair]
        if stated and not side.names:
            found.append((name, stated[0].figure.number, (source_of_figure(stated[0]),)))
        elif held and measure == "percent":
            row, words = held[0]
            shown = projects[0].current.record.name if side.names else name
            found.append((shown, words, (source_of(row),)))
        elif held:
            value = float(sum((exact(w.value or 0.0) for _, w in held), Decimal(0)))
            unit = common_unit([w for _, w in held])
            text = held[0][1].text if len(held) == 1 else money(exact(value), unit)
            shown = projects[0].current.record.name if side.names else name
            sources = tuple(source_of(row) for row, _ in held)
            found.append((shown, Words(text, held[0][1].spans, value), sources))
    if len(found) < 2:
        return None
    zh = query.language == "zh"
    ordered = sorted(found, key=lambda entry: entry[1].value or 0.0, reverse=True)
    difference = exact((ordered[0][1].value or 0.0) - (ordered[1][1].value or 0.0))
    if query.measure == "percent":
        unit = "个百分点"
        gap = f"{rounded(difference).normalize():f}{unit}"
    else:
        unit = common_unit([w for _, w, _ in found])
        gap = money(difference, unit)
    said = ("，" if zh else ", ").join(f"{escape(n)} {escape(w.text)}" for n, w, _ in found)
    expression = f"{ordered[0][1].text} − {ordered[1][1].text} = {gap}"
    text = render(
        "ledger_compare", query.language, most=escape(ordered[0][0]), counts=said,
        difference=gap, formula=escape(expression),
    )  # fmt: skip
    sources = tuple(dict.fromkeys(s for _, _, group in found for s in group))
    computed = frozenset({gap, *(w.text for _, w, _ in found)})
    draft = Draft([Statement(text, sources, computed=computed)])
    draft.value = Value(float(gap.removesuffix(unit)), unit, expression)
    draft.short = gap
    return draft


# -- groups and ranks -----------------------------------------------------------


def _groups(query: Query, projects: Sequence[Project]) -> dict[str, list[Project]]:
    found: dict[str, list[Project]] = defaultdict(list)
    names, reasons = STATUS[query.language], REASON[query.language]
    for project in projects:
        if query.by == "unit":
            keys = units_of(project)
        elif query.by == "reason_kind":
            keys = [reasons[r] for r in sorted(main_reasons(project))]
        elif query.by == "status":
            keys = [_as_written(names[s], s, projects) for s in sorted(statuses_of(project))]
        elif query.by == "group":
            keys = _classes_of(project)
        else:
            keys = [text] if (text := project.text(query.by or "unit")) else []
        for key in keys or ["（未写明）" if query.language == "zh" else "(not stated)"]:
            found[key].append(project)
    return dict(found)


def _classes_of(project: Project) -> list[str]:
    """Return the class that a project's row says, else the heading that its list stands under."""
    if text := project.text("group"):
        return [text]
    owners = set(map(fold, units_of(project)))  # under whose names a report may list, too
    headed = [n for row in project.rows if len(n := class_names(row) - owners) == 1]
    return sorted(headed[0]) if headed else []


def _as_written(name: str, status: str, projects: Sequence[Project]) -> str:
    """Return a status with the words that the source has for it, where it has but one."""
    said = {
        (p.text("status_text") or "")
        for p in projects
        if statuses_of(p) == {status} and p.text("status_text")
    }
    words = said.pop() if len(said) == 1 else ""
    return f"{name}（{words}）" if words and words != name and len(words) <= MAX_SAID else name


MAX_SAID = 8  # characters of a status as written that stand beside its name


def group(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return how many projects each unit, kind of reason or status has."""
    groups = _groups(query, selection.projects)
    if not groups:
        return None
    draft = Draft(count=len(selection.projects))
    draft.statements.append(headline(query, selection))
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    _group_table(draft, query, ordered)
    add_findings(draft, selection.projects, ledger, query)
    return draft


def _group_table(
    draft: Draft, query: Query, ordered: Sequence[tuple[str, Sequence[Project]]]
) -> None:
    zh = query.language == "zh"
    by = query.by or "unit"
    key = {"status": "status_text"}.get(by, by)
    title = heading(key, query.language)
    number, named = ("个数", "项目") if zh else ("Count", "Projects")
    measure = query.measure if query.measure and query.measure != "percent" else None
    heads = [title, number, *([heading(measure, query.language)] if measure else []), named]
    draft.statements.append(Statement("| " + " | ".join(heads) + " |"))
    draft.statements.append(Statement("|" + " --- |" * len(heads)))
    draft.columns = (key, "count", *([measure] if measure else []), "name")
    for label, projects in ordered:
        names = [p.current.record.name for p in projects]
        sources = tuple(dict.fromkeys(s for p in projects for s in _cell_sources(p, by)))
        cells = [escape(label), str(len(projects))]
        computed = {str(len(projects))}
        row: dict[str, object] = {key: label, "count": len(projects), "name": "、".join(names)}
        if measure:
            held = [found[1] for p in projects if (found := p.find(measure))]
            value = sum((exact(w.value or 0.0) for w in held), Decimal(0))
            said = money(value, common_unit(held)) if held else ""
            cells.append(said)
            computed |= {said}
            row[measure] = said or None
            row[f"{measure}_value"] = float(value)
        cells.append(escape("、".join(names)))
        draft.statements.append(
            Statement(
                "",
                cells=tuple(cells),
                cell_sources=((len(cells) - 1, sources),),
                computed=frozenset(computed),
            )
        )
        draft.rows.append((row, {"name": list(sources), key: list(sources)}))


def _cell_sources(project: Project, by: str) -> list[Source]:
    row = project.current
    sources = [source_of(row), *stating(project)]
    for told in status_rows(project):  # an older report may be the one that says how it stands
        if told.key != row.key:
            sources.append(source_of(told))
    if by in ("unit", "leader", "location"):
        for a, b in row.spans(by):
            if not (row.record.start <= a and b <= row.record.end):
                sources.append(Source(row.file.id, row.record.document, a, b))
    return sources


def rank(query: Query, selection: Selection, ledger: Ledger) -> Draft | None:
    """Return the groups or the projects with the most (or least) of something, ties included."""
    if query.by and query.kinds != ("unit",):
        return _rank_groups(query, selection)
    measure = query.measure
    if measure is None:
        return None
    pairs = [(w, p) for p in selection.projects if (w := _worth(p, measure)) is not None]
    if len(pairs) < 2:
        return None
    pairs.sort(key=lambda pair: pair[0], reverse=not query.ascending)
    count = query.top or 1
    edge, last = pairs[min(count, len(pairs)) - 1][0], pairs[-1][0]
    best = [
        p for n, (w, p) in enumerate(pairs)
        if n < count or w == edge or (query.ends and w == last)
    ]  # fmt: skip
    holders = [p for _, p in pairs]
    names = "、".join(p.current.record.name for p in best)
    values = "、".join((p.text(measure) or "") + (p.unit(measure) or "") for p in best)
    text = render(
        "ledger_rank", query.language, what=heading(measure, query.language),
        order=_order(query, measure), names=escape(names),
        value=escape(values),
    )  # fmt: skip
    sources = tuple(source_of(found[0]) for p in best if (found := p.find(measure)))
    draft = Draft([Statement(text, sources)], count=len(best))
    draft.short = names if len(names) <= 60 else None
    lacking = len(selection.projects) - len(holders)
    if lacking:
        draft.notes.append(
            render(
                "ledger_unranked",
                query.language,
                count=len(holders),
                lacking=lacking,
                field=heading(measure, query.language),
            )
        )
    add_table(draft, best, _with(columns_for(query, best), measure), query.language)
    return draft


def _order(query: Query, measure: str) -> str:
    if measure == "deadline":
        words = {"zh": ("最晚", "最早"), "en": ("latest", "earliest")}
        return words[query.language][query.ascending]
    if query.ends:
        return "最高和最低" if query.language == "zh" else "highest and lowest"
    return _ORDER_VALUE[query.language][query.ascending]


def _worth(project: Project, measure: str) -> tuple[float, ...] | None:
    """Return what a project is ranked by: its amount, or the date of its deadline."""
    found = project.find(measure)
    if found is None:
        return None
    if measure == "deadline":
        year = (found[0].document.date or "0")[:4]
        return date_of(found[1].text, int(year) if year.isdigit() else 0)
    return None if found[1].value is None else (found[1].value,)


def _rank_groups(query: Query, selection: Selection) -> Draft | None:
    missing = "（未写明）" if query.language == "zh" else "(not stated)"
    groups = {k: v for k, v in _groups(query, selection.projects).items() if k != missing}
    if not groups:
        return None
    measure = query.measure if query.measure and query.measure != "percent" else None

    def worth(projects: Sequence[Project]) -> float:
        return sum(p.value(measure) or 0.0 for p in projects) if measure else float(len(projects))

    ordered = sorted(groups.items(), key=lambda pair: worth(pair[1]), reverse=not query.ascending)
    count = query.top or 1
    edge = worth(ordered[min(count, len(ordered)) - 1][1])
    best = [pair for n, pair in enumerate(ordered) if n < count or worth(pair[1]) == edge]
    names = ("、" if query.language == "zh" else ", ").join(label for label, _ in best)
    zh = query.language == "zh"
    values = [f"{len(projects)}个" if zh else str(len(projects)) for _, projects in best]
    if measure:
        values = [money(exact(worth(projects)), "万元") for _, projects in best]
    shown = "、".join(dict.fromkeys(values))
    what = heading(measure, query.language) if measure else escape(query.reading())
    text = render(
        "ledger_rank", query.language, what=what, order=_ORDER[query.language][query.ascending],
        names=escape(names), value=shown,
    )  # fmt: skip
    cells = [s for _, ps in best for p in ps for s in _cell_sources(p, query.by or "unit")]
    counted = counts_of(selection.projects) if query.statuses else []
    sources = tuple(dict.fromkeys([*cells, *counted]))
    draft = Draft([Statement(text, sources, computed=frozenset({*values, *_digits(values)}))])
    draft.count = None
    draft.short = names if len(names) <= 60 else None
    _group_table(draft, query, ordered)
    return draft


def _digits(values: Sequence[str]) -> list[str]:
    return ["".join(c for c in v if c.isdigit() or c == ".") for v in values]
