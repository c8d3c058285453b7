"""Answers about two times: the reports of both compared, project by project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.ledger.asked import STARTED, meets
from assistant.ledger.changes import Change
from assistant.ledger.figurelink import (
    counts_state,
    counts_stated,
    first_of_each,
    overall,
    source_of_figure,
)
from assistant.ledger.headline import stated_alone, titles
from assistant.ledger.money import common_unit, exact, money
from assistant.ledger.projects import Project, projects_of, series_of
from assistant.ledger.query import COLUMNS, Query, heading, status_name
from assistant.ledger.select import fits, held_by, in_scope, narrowed
from assistant.ledger.table import cell_of, cell_text, source_of, values_of
from assistant.ledger.unitamounts import unit_amounts
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFigure, Ledger, LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.merging import ALSO
from index.ledger.periods import Period, ended_in
from index.ledger.records import Words
from prompts import render

Ended = tuple[int, int]
MAX_MOVERS = 12  # projects that are named beside a difference


@dataclass(frozen=True, slots=True)
class _Times:
    """The projects of the reports that end at two times; ``early`` and ``late`` say when."""

    early: Ended
    late: Ended
    before: tuple[Project, ...]
    after: tuple[Project, ...]


def answer_change(query: Query, ledger: Ledger) -> Draft | None:
    """Return what changed between two reports, None where there are not two to compare."""
    change = query.change
    times = _times(query, ledger) if change else None
    if change is None:
        return None
    if change.kind == "count" or (change.kind == "amount" and not query.measure):
        listed = times and all(_inside(query, side) for side in (times.before, times.after))
        if not listed and (told := _stated_counts(query, change, ledger)):
            return told
    if times is None:
        return None
    if change.kind == "amount" or (query.names and query.measure):
        return _amount(query, times, ledger)
    if query.names:
        return None
    if change.kind == "count":
        return _count(query, times)
    if change.kind == "members" and query.statuses:
        return _members(query, change, times)
    return _list(query, change, times)


def _times(query: Query, ledger: Ledger) -> _Times | None:
    kinds = ("unit",) if query.units and query.change and query.change.kind == "amount" else ()
    scope = narrowed(query, at=(), kinds=kinds or query.kinds)
    rows = [r for r in ledger.rows if in_scope(r, scope) and ended_in(r)]
    if query.names:
        rows = [r for r in rows if r.core in query.names]
    assert query.change is not None
    late = _ending(query.change.late, rows)
    early = _ending(query.change.early, rows, before=late)
    if late is None or early is None or early >= late:
        return None
    rows = _comparable(rows, early, late)
    at = [tuple(projects_of([r for r in rows if ended_in(r) == e], ledger)) for e in (early, late)]
    return _Times(early, late, at[0], at[1]) if at[0] or at[1] else None


def _ending(
    period: Period | None, rows: Sequence[LedgerRow], before: Ended | None = None
) -> Ended | None:
    """Return when the reports of a period end; without one the newest, or newest before."""
    ends = {e for r in rows if (e := ended_in(r)) and (before is None or e < before)}
    if period is not None:
        ends = {e for e in ends if period.fits(e)}
    return max(ends, default=None)


def _comparable(rows: Sequence[LedgerRow], early: Ended, late: Ended) -> list[LedgerRow]:
    """Keep to the series, else to the regions, that have a report at both times."""
    for of in (series_of, issuer_of):
        known = [{of(r) for r in rows if ended_in(r) == e} for e in (early, late)]
        both = known[0] & known[1]
        # “全县重点项目情况” names no region: it is of the one that the other report is of.
        if of is issuer_of and {""} in known:
            break
        if both:
            return [r for r in rows if of(r) in both]
    return list(rows)


def _key(project: Project) -> str:
    return project.current.core


def _list(query: Query, change: Change, times: _Times) -> Draft | None:
    before = {_key(p): p for p in times.before}
    after = {_key(p): p for p in times.after}
    pairs = _changed(query, change, before, after)
    zh = query.language == "zh"
    draft = Draft(count=len(pairs))
    text = render(
        "ledger_change", query.language, reading=escape(_reading(query, change)),
        early=_said(times.early, zh), late=_said(times.late, zh), count=len(pairs),
    )  # fmt: skip
    sources = titles([p.current for p in (*times.before[:1], *times.after[:1])])
    sources += _stated(query, change, times, len(pairs))
    numbers = frozenset({str(len(pairs)), *re.findall(r"\d+", text)})
    draft.statements.append(Statement(text, tuple(sources), computed=numbers))
    draft.short = f"{len(pairs)}个" if zh else str(len(pairs))
    if pairs:
        _add_rows(draft, query, times, pairs)
    return draft


def _stated(query: Query, change: Change, times: _Times, count: int) -> list[Source]:
    """Return where the two reports say how many were in the statuses then, and came to them."""
    found: list[Source] = []
    for projects, statuses in ((times.before, change.before), (times.after, change.after)):
        held = [p for p in projects if held_by(p) & set(statuses)]
        for project in held[:1]:
            found += counts_stated(project.current, statuses, len(held))
    for project in times.after[:1]:
        found += counts_stated(project.current, change.after or query.statuses, count)
    return list(dict.fromkeys(found))


def _changed(
    query: Query, change: Change, before: dict[str, Project], after: dict[str, Project]
) -> list[tuple[Project | None, Project | None]]:
    """Return (then, now) of every project that changed as asked."""
    plain = narrowed(query, statuses=(), change=None, at=())
    found: list[tuple[Project | None, Project | None]] = []
    for key in dict.fromkeys([*before, *after]):
        then, now = before.get(key), after.get(key)
        if not fits(now or then, plain):  # type: ignore[arg-type]
            continue
        if _is_change(query, change, then, now):
            found.append((then, now))
    return found


def _is_change(query: Query, change: Change, then: Project | None, now: Project | None) -> bool:
    had = held_by(then) if then else set()
    has = held_by(now) if now else set()
    if change.kind == "vanished":
        return now is None
    if change.kind == "appeared":
        return then is None
    if change.kind == "both":
        return then is None or now is None
    if change.kind == "moved":
        return (
            then is not None
            and now is not None
            and meets(had, change.before)
            and meets(has, _after(change.after))
        )
    if change.kind == "newly":
        wanted = _after(query.statuses)
        return now is not None and meets(has, wanted) and not meets(had, wanted)
    wanted = query.statuses
    return then is not None and now is not None and had != has and (
        not wanted or meets(has, wanted)
    )  # fmt: skip


def _after(statuses: Sequence[str]) -> tuple[str, ...]:
    """Return the statuses at the later time: what was begun may have gone on from there."""
    return tuple(STARTED if s == "under_construction" else s for s in statuses)


def _reading(query: Query, change: Change) -> str:
    plain = narrowed(query, statuses=(), at=(), change=None).reading()
    said = [plain] if plain else []
    if change.kind == "moved":
        arrow = "→"
        sides = (change.before, change.after)
        said.append(
            arrow.join("/".join(status_name(s, query.language) for s in side) for side in sides)
        )
    elif query.statuses:
        said.append("、".join(status_name(s, query.language) for s in query.statuses))
    return ("，" if query.language == "zh" else ", ").join(said) or _KINDS[query.language][
        change.kind
    ]


_KINDS = {
    "zh": {
        "newly": "新出现的状态", "moved": "状态变动", "appeared": "后一份新列的",
        "vanished": "后一份不再列的", "both": "两份所列不同的", "count": "个数",
        "amount": "金额", "any": "状态有变动的", "members": "名单变化",
    },
    "en": {
        "newly": "new status", "moved": "moved on", "appeared": "newly listed",
        "vanished": "no longer listed", "both": "listed in one only", "count": "count",
        "amount": "amount", "any": "changed status", "members": "changes of the list",
    },
}  # fmt: skip


def _said(ended: Ended, zh: bool) -> str:
    return f"{ended[0]}年{ended[1]}月" if zh else f"{ended[0]}-{ended[1]:02d}"


def _add_rows(
    draft: Draft,
    query: Query,
    times: _Times,
    pairs: Sequence[tuple[Project | None, Project | None]],
) -> None:
    zh = query.language == "zh"
    names = COLUMNS[query.language]
    then_head, now_head = _said(times.early, zh), _said(times.late, zh)
    heads = [
        "序号" if zh else "No.",
        names["name"],
        names["unit"],
        then_head,
        now_head,
        names["reason"],
    ]
    draft.columns = ("name", "unit", "before", "status_text", "reason")
    draft.statements += [
        Statement(
            "| " + " | ".join(heads) + " |", computed=frozenset(re.findall(r"\d+", "".join(heads)))
        ),
        Statement("|" + " --- |" * len(heads)),
    ]
    absent = "（未列）" if zh else "(not listed)"
    for number, (then, now) in enumerate(pairs, 1):
        shown = now or then
        assert shown is not None
        cells = {c: cell_of(shown, c) for c in ("name", "unit", "reason")}
        cells["before"] = _status_cell(then, query, absent)
        cells["status_text"] = _status_cell(now, query, absent)
        values, sources = values_of(shown, cells)
        draft.rows.append((values, sources))
        order = ("name", "unit", "before", "status_text", "reason")
        marks = [(n, tuple(cells[c][1])) for n, c in enumerate(order, 1) if cells[c][1]]
        texts = (str(number), *(cell_text(cells[c][0]) for c in order))
        draft.statements.append(
            Statement("", cells=texts, cell_sources=tuple(marks), computed=frozenset({str(number)}))
        )


def _status_cell(project: Project | None, query: Query, absent: str) -> tuple[str, list[Source]]:
    if project is None:
        return absent, []
    words, sources = cell_of(project, "status_text")
    if not words:
        held = sorted(held_by(project))
        words = "、".join(status_name(s, query.language) for s in held)
        sources = [source_of(project.current)]
    return words, sources


def _members(query: Query, change: Change, times: _Times) -> Draft | None:
    """Return how the list of a status changed: how many then and now, who left, who is new.

    A name that is masked is never taken for one of another document; such
    projects are counted at both times and listed apart.
    """
    plain = narrowed(query, statuses=(), change=None, at=())
    kinds = [{k for p in side for k in _kinds(p)} for side in (times.before, times.after)]
    both = kinds[0] & kinds[1]
    every = [
        [p for p in side if fits(p, plain) and (not both or both & _kinds(p))]
        for side in (times.before, times.after)
    ]
    inside = [[p for p in side if meets(held_by(p), query.statuses)] for side in every]
    if not inside[0] and not inside[1]:
        return None
    one = _of_one_region(times)
    named = [{_same(p, one): p for p in side if not _masked(p)} for side in every]
    then, now = ({_same(p, one) for p in side if not _masked(p)} for side in inside)
    left = [key for key in named[0] if key in then - now]
    new = [key for key in named[1] if key in now - then]
    kept = [key for key in named[1] if key in then & now]
    zh = query.language == "zh"
    first, second = len(inside[0]), len(inside[1])
    text = render(
        "ledger_members", query.language, reading=escape(_reading(query, change)),
        early=_said(times.early, zh), late=_said(times.late, zh), first=first, second=second,
        left=len(left), new=len(new), kept=len(kept),
    )  # fmt: skip
    sources = [s for side in inside for p in side[:1] for s in _heading_sources(p)]
    draft = Draft(count=len(left) + len(new))
    numbers = frozenset(re.findall(r"\d+", text))
    draft.statements.append(Statement(text, tuple(dict.fromkeys(sources)), computed=numbers))
    draft.short = f"{first}个→{second}个" if zh else f"{first} → {second}"
    pairs = [(named[0].get(key), named[1].get(key)) for key in [*left, *new]]
    if pairs:
        _add_rows(draft, query, times, pairs)
    for frame, projects in (
        ("ledger_kept", [named[1][key] for key in kept]),
        ("ledger_masked", [p for side in inside for p in side if _masked(p)]),
    ):
        _add_names(draft, frame, projects, query.language)
    return draft


def _kinds(project: Project) -> set[str]:
    """Return what a project is told of as: minutes may name it as a task, too."""
    return {row.record.kind for row in project.rows}


def _of_one_region(times: _Times) -> bool:
    """Tell whether all reports are of one region, or those of one time name none."""
    regions = [{issuer_of(p.current) for p in side} for side in (times.before, times.after)]
    return {""} in regions or len(regions[0] | regions[1]) == 1


def _same(project: Project, one: bool) -> tuple[str, str]:
    """Return what makes a project the same: the region that reports it, and its name.

    ``one`` tells that all reports are of one region, whether or not they name it.
    """
    return "" if one else issuer_of(project.current), _key(project)


def _masked(project: Project) -> bool:
    return "*" in project.current.record.name


def _add_names(draft: Draft, frame: str, projects: Sequence[Project], language: str) -> None:
    """Add a line of a frame and one line for each project, where there are any."""
    if not projects:
        return
    text = render(frame, language, count=len(projects))
    draft.statements.append(Statement(text, computed=frozenset({str(len(projects))})))
    for project in projects:
        words, sources = cell_of(project, "name")
        line = f"{escape(words)}（《{escape(project.current.document.title)}》）"
        draft.statements.append(Statement(line, tuple(sources), bullet=True))


def _stated_counts(query: Query, change: Change, ledger: Ledger) -> Draft | None:
    """Return by how much the number that reports of two times state of a state differs.

    A report may count a state and list none of it.
    """
    if len(query.statuses) != 1 or not stated_alone(query) or query.names:
        return None
    ends = {(r.file.id, r.record.document): (r, ended_in(r)) for r in ledger.rows}
    found: dict[Ended, list[FiledFigure]] = defaultdict(list)
    for filed in ledger.figures:
        row, ended = ends.get((filed.file.id, filed.figure.document), (None, None))
        inside = row and in_scope(row, narrowed(query, at=(), kinds=()))
        if inside and ended and counts_state(filed, query.statuses[0]):
            found[ended].append(filed)
    late = max((e for e in found if change.late is None or change.late.fits(e)), default=None)
    early = max(
        (e for e in found if late and e < late and (not change.early or change.early.fits(e))),
        default=None,
    )
    if early is None or late is None:
        return None
    sides = [first_of_each(found[ended]) for ended in (early, late)]
    if any(len({f.figure.value for f in side}) > 1 for side in sides):
        return None  # of several offices
    one, other = (side[0] for side in sides)
    counts = (int(one.figure.value), int(other.figure.value))
    sources = (source_of_figure(one), source_of_figure(other))
    return _differing(narrowed(query, kinds=()), (early, late), counts, sources)


def _inside(query: Query, projects: Sequence[Project]) -> list[Project]:
    plain = narrowed(query, change=None, at=())
    return [p for p in projects if fits(p, plain)]


def _count(query: Query, times: _Times) -> Draft | None:
    sides = [_inside(query, projects) for projects in (times.before, times.after)]
    sources = [source for side in sides for source in _counted(query, side)]
    counts = (len(sides[0]), len(sides[1]))
    draft = _differing(query, (times.early, times.late), counts, tuple(dict.fromkeys(sources)))
    return _with_movers(draft, query, times, sides)


def _counted(query: Query, side: Sequence[Project]) -> list[Source]:
    """Return where a report says how many were so, else the headings that one stands under."""
    rows = [row for project in side for row in project.current_rows]
    for row in rows:
        if found := counts_stated(row, query.statuses, len(side)):
            return found
    return _heading_sources(side[0]) if side else []


def _with_movers(
    draft: Draft, query: Query, times: _Times, sides: Sequence[Sequence[Project]]
) -> Draft:
    """Add which projects were so at one of the times only, where they bear out the difference."""
    one = _of_one_region(times)
    then, now = ({_same(p, one): p for p in side} for side in sides)
    after = {_same(p, one): p for p in times.after}
    left = [after[key] for key in then if key not in now and key in after]
    came = [project for key, project in now.items() if key not in then]
    difference = len(sides[0]) - len(sides[1])
    if len(left) - len(came) != difference or not 0 < len(left) + len(came) <= MAX_MOVERS:
        return draft
    for frame, projects in (("ledger_left", left), ("ledger_came", came)):
        if projects:
            names = ("、" if query.language == "zh" else ", ").join(
                escape(p.current.record.name) for p in projects
            )
            text = render(frame, query.language, count=len(projects), names=names)
            told = tuple(s for p in projects for s in _told(p))
            numbers = frozenset(re.findall(r"\d+", text))
            draft.statements.append(Statement(text, told, computed=numbers, bullet=True))
    return draft


def _told(project: Project) -> list[Source]:
    """Return where a report says how a project stands, in sentences beside its lists, too."""
    beside = [
        Source(row.file.id, row.record.document, *words.spans[0])
        for row in project.current_rows
        if (words := row.record.fields.get(ALSO))
    ]
    return [*beside, *cell_of(project, "status_text")[1]]


def _differing(
    query: Query, ends: tuple[Ended, Ended], counts: tuple[int, int], sources: tuple[Source, ...]
) -> Draft:
    plain = narrowed(query, change=None, at=())
    zh = query.language == "zh"
    first, second = counts
    early, late = (_said(ended, zh) for ended in ends)
    difference = second - first
    expression = f"{second} − {first} = {difference}"
    text = render(
        "ledger_difference", query.language, reading=escape(plain.reading()),
        early=early, late=late, first=first, second=second,
        more=_more(difference, zh), difference=abs(difference), formula=expression,
    )  # fmt: skip
    numbers = frozenset({str(first), str(second), str(abs(difference)), *re.findall(r"\d+", text)})
    draft = Draft([Statement(text, sources, computed=numbers)])
    draft.value = Value(float(abs(difference)), "个", expression)
    draft.short = f"{abs(difference)}个" if zh else str(abs(difference))
    return draft


def _heading_sources(project: Project) -> list[Source]:
    row = project.current
    heading = row.roster.heading
    if heading is None:
        return titles([row])
    return [Source(row.file.id, row.record.document, *heading.spans[0])]


def _more(difference: float | Decimal, zh: bool) -> str:
    if zh:
        return "多" if difference > 0 else "少" if difference < 0 else "相差"
    return "more" if difference > 0 else "fewer" if difference < 0 else "no difference"


def _amount(query: Query, times: _Times, ledger: Ledger) -> Draft | None:
    """Return by how much an amount grew: of one project, else of all that the reports state."""
    measure = query.measure or "done_investment"
    if query.names:
        pairs = [p.find(measure) for p in (*times.before[:1], *times.after[:1])]
        found = [(words, source_of(row)) for row, words in filter(None, pairs)]
        name = times.after[0].current.record.name if times.after else ""
    elif query.units:
        sides = [unit_amounts(query, ledger, measure, e) for e in (times.early, times.late)]
        found = [(side[0].words, side[0].source) for side in sides if len(side) == 1]
        name = query.units[0]
    else:
        told = _wholes(query, measure, ledger)
        found = [(one.figure.number, source_of_figure(one)) for _, one in told]
        times = replace(times, early=told[0][0], late=told[1][0]) if told else times
        name = ""
    if len(found) != 2:
        return None
    return _grown(query, times, measure, name, found)


def _wholes(query: Query, measure: str, ledger: Ledger) -> list[tuple[Ended, FiledFigure]]:
    """Return what reports state of all at the two times, none where it is not stated at both.

    Where no time is named it is the newest that is stated, or that before: a list of deadlines
    is newer, and states nothing.
    """
    change = query.change
    ends = {e for r in ledger.rows if in_scope(r, narrowed(query, at=())) and (e := ended_in(r))}
    stated = [
        (ended, one)
        for ended in sorted(ends, reverse=True)
        if (one := overall(measure, narrowed(query, at=(_period(ended),)), ledger, ended))
    ]
    late = next((t for t in stated if change and (not change.late or change.late.fits(t[0]))), None)
    early = next(
        (
            t for t in stated
            if change and late and t[0] < late[0] and (not change.early or change.early.fits(t[0]))
        ),
        None,
    )  # fmt: skip
    return [early, late] if early and late else []


def _period(ended: Ended) -> Period:
    return Period("", (0, 0), *ended)


def _grown(
    query: Query,
    times: _Times,
    measure: str,
    name: str,
    found: Sequence[tuple[Words, Source]],
) -> Draft:
    zh = query.language == "zh"
    first, second = (words for words, _ in found)
    unit = common_unit([first, second])
    difference = exact(second.value or 0.0) - exact(first.value or 0.0)
    gap = money(abs(difference), unit)
    expression = f"{second.text} − {first.text} = {'−' if difference < 0 else ''}{gap}"
    text = render(
        "ledger_grown", query.language, what=escape(name + heading(measure, query.language)),
        early=_said(times.early, zh), late=_said(times.late, zh), first=escape(first.text),
        second=escape(second.text), more=_more(difference, zh), difference=gap,
        formula=escape(expression),
    )  # fmt: skip
    numbers = frozenset({gap, first.text, second.text, *re.findall(r"\d+(?:\.\d+)?", text)})
    draft = Draft([Statement(text, tuple(s for _, s in found), computed=numbers)])
    draft.value = Value(float(gap.removesuffix(unit)), unit, expression)
    draft.short = gap
    return draft
