"""Projects as a table: the columns that a question needs, a citation in every cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger.asked import STARTED, UNFINISHED
from assistant.ledger.bounded import SPELL
from assistant.ledger.columns import PREFIX
from assistant.ledger.ownstates import is_own, state_of, telling_state
from assistant.ledger.projects import Project
from assistant.ledger.query import Query, heading
from assistant.ledger.select import status_rows
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import LedgerRow
from index.ledger.merging import ALSO
from index.ledger.periods import ended_in
from index.ledger.records import AMOUNTS, CAUSE, FIELDS, NOTE, STATE
from index.ledger.status import status_of
from index.words import fold

_LATE = frozenset({"not_started", "suspended", "cancelled", "behind"})

Cell = tuple[str, list[Source]]
_REMARKS = re.compile(r"^column:(?:.*·)?(?:备注|情况说明|说明|问题描述)$")


def columns_for(query: Query, projects: Sequence[Project]) -> tuple[str, ...]:
    """Return the columns that the question needs: those asked for, those filtered by."""
    given = {field for p in projects for field in FIELDS if p.gives(field)}
    wanted = ["name"]
    if "unit" in given:
        wanted.append("unit")
    plain = len(query.statuses) == 1 and query.statuses[0] not in (STARTED, UNFINISHED)
    if not plain or "status_text" in query.columns:
        wanted.append("status_text")
    late = bool(set(query.statuses) & _LATE) or bool(query.reasons or query.without_reasons)
    late |= any(map(is_own, query.statuses))
    if late or "reason" in query.columns:
        wanted.append("reason")
    wanted += [c for c in query.columns if c not in wanted]
    wanted += [limit.field for limit in query.limits if limit.field not in wanted]
    if query.measure and query.measure not in wanted and query.kind in ("rank", "sum"):
        wanted.append(query.measure)
    if any(row.record.kind == "task" for p in projects for row in p.current_rows) or query.due:
        wanted.append("deadline")
    if "met" in query.statuses:
        wanted.append("percent")
    wanted += ["leader"] if query.leaders and "leader" not in wanted else []
    bounded = [limit.field for limit in query.limits if limit.field.startswith(PREFIX)]
    asked = [*query.extra, *bounded, *([NOTE] if notes_asked(query, projects) else [])]
    extra = [c for c in dict.fromkeys(asked) if any(p.gives(c) for p in projects)]
    if "reason" in query.columns and "reason" not in given:
        # Where no column of reasons is, one of remarks says what there is to say.
        extra += [key for key in remarks(projects) if key not in extra]
    return (*(c for c in FIELDS if c in wanted and c in given), *extra)


def notes_asked(query: Query, projects: Sequence[Project]) -> bool:
    """Tell whether what stands in brackets behind the names belongs to the list.

    It does where it is filtered by, or where every one of several projects has such a note.
    """
    if query.troubled or any(limit.field.startswith(SPELL) for limit in query.limits):
        return True
    noted = sum(p.gives(NOTE) for p in projects)
    return len(projects) > 1 and noted == len(projects)


def tells_why(projects: Sequence[Project]) -> bool:
    """Tell whether any of the projects has a reason, or remarks that may give it."""
    return any(p.text("reason") for p in projects) or bool(remarks(projects))


def remarks(projects: Sequence[Project]) -> list[str]:
    """Return the columns of remarks that the newest records of projects have."""
    keys = dict.fromkeys(key for p in projects for key in p.current.record.fields)
    return [key for key in keys if _REMARKS.search(key)]


def add_table(
    draft: Draft, projects: Sequence[Project], columns: Sequence[str], language: str
) -> None:
    """Append the projects to a draft, as lines of a Markdown table and as ``rows``."""
    number = "序号" if language == "zh" else "No."
    draft.columns = (*(draft.columns or ()),) or tuple(columns)
    draft.statements += [
        Statement("| " + " | ".join([number, *_heads(projects, columns, language)]) + " |"),
        Statement("|" + " --- |" * (len(columns) + 1)),
    ]
    for count, project in enumerate(projects, 1):
        cells = {column: cell_of(project, column) for column in columns}
        draft.rows.append(values_of(project, cells))
        draft.statements.append(_line(count, [cells[c] for c in columns]))


def _heads(projects: Sequence[Project], columns: Sequence[str], language: str) -> list[str]:
    """Return the columns' headings, with the unit of bare amounts where all have the same."""
    heads = []
    for column in columns:
        units = {project.unit(column) for project in projects if project.text(column)}
        unit = units.pop() if len(units) == 1 else None
        heads.append(heading(column, language) + (f"（{unit}）" if unit else ""))
    return heads


def cell_of(project: Project, column: str) -> Cell:
    """Return a field's words and where they stand."""
    if column == "status_text":
        if own := _own_cell(project):
            return own
        rows = status_rows(project)
        row = next((r for r in rows if r.text("status_text")), None)
        if row is not None:
            return _with_state(row, _cell(row, column))
    found = project.find(column)
    if found is None:
        return "", []
    if column == "reason":
        return _reason_cell(project, found[0])
    text, sources = _cell(found[0], column)
    if column != "name":
        return text, sources
    return text, [*sources, *_also(project), *stating(project), *agreeing(project)]


def agreeing(project: Project) -> list[Source]:
    """Return a record of each other document of the same time that says the same status."""
    first = next(iter(status_rows(project)), project.current)
    own = (first.record.stage, first.record.progress)
    found: dict[tuple[int, int], Source] = {}
    for row in project.current_rows:
        place = (row.file.id, row.record.document)
        same = (row.record.stage, row.record.progress) == own
        if any(own) and same and place != (first.file.id, first.record.document):
            found.setdefault(place, source_of(row))
    return list(found.values())


def stating(project: Project) -> list[Source]:
    """Return the record that says the own state that a project is in, where it is not the newest.

    A newer paper may tell of the project besides, without the state that is asked for.
    """
    row = next((row for row in telling_state(project.rows)), None)
    return [source_of(row)] if row is not None and row.key != project.current.key else []


def _reason_cell(project: Project, row: LedgerRow) -> Cell:
    """Return why a project is late, with the head that says it of several.

    A newer paper that says nothing of how it stands (minutes) adds to the reason of the report
    that does, and ends it not.
    """
    text, sources = _cell(row, "reason")
    record = row.record
    heads = [(r, r.record.fields[CAUSE]) for r in project.rows if CAUSE in r.record.fields]
    sources += [_source(r, a, b) for r, words in heads[:1] for a, b in words.spans]
    sources = list(dict.fromkeys(sources))
    stating_it = (r for r in project.rows if r.record.stage or r.record.progress)
    if record.stage or record.progress:  # a notice on some, beside the report that still holds
        stating_it = (r for r in status_rows(project) if ended_in(r) != ended_in(row))
    standing = next(stating_it, None)
    told = standing.text("reason") if standing else None
    if standing is None or told is None or fold(told) in fold(text):
        return text, sources
    return f"{told}；{text}", [*_cell(standing, "reason")[1], *sources]


def _own_cell(project: Project) -> Cell | None:
    """Return a document's own name of the state, then what the row itself says if that is more.

    None where a newer document says how the project stands.
    """
    rows = status_rows(project) or project.current_rows
    holding = {row.key for row in telling_state(project.rows)}
    row = next((r for r in rows if state_of(r) and r.key in holding), None)
    if row is None:
        return None
    name, (start, end) = row.text(STATE) or "", row.spans(STATE)[0]
    words = row.record.fields.get("status_text")
    record = row.record
    if words is None or not (record.start <= words.start and words.end <= record.end):
        return name, [_source(row, start, end), source_of(row)]
    text, sources = _cell(row, "status_text")
    return (text, sources) if state_of(row) in fold(text) else (
        f"{name}；{text}", [_source(row, start, end), *sources]
    )  # fmt: skip


def _with_state(row: LedgerRow, cell: Cell) -> Cell:
    """Return what is told of a project behind the state that the text puts it into.

    “完成年度投资计划；路面全部完成”: how far it is says another status, or none.
    """
    text, sources = cell
    state = row.text(STATE) or ""
    known, said = status_of(state, heading=True), status_of(text)
    again = (known.stage or said.stage) == said.stage and (
        known.progress or said.progress
    ) == said.progress
    if not (state and known) or again or fold(state) in fold(text):
        return cell
    start, end = row.spans(STATE)[0]
    return f"{state}；{text}", [_source(row, start, end), *sources]


def _also(project: Project) -> list[Source]:
    """Return the sentences elsewhere in the document that say the project's status, too."""
    rows = [row for row in project.current_rows if ALSO in row.record.fields]
    return [_source(row, a, b) for row in rows for a, b in row.record.fields[ALSO].spans]


def _cell(row: LedgerRow, column: str) -> Cell:
    record = row.record
    spans = row.spans(column)
    start, end = spans[0][0], spans[-1][1]
    if record.start <= start and end <= record.end:
        return row.text(column) or "", [source_of(row)]
    if len(spans) > 1:
        return row.text(column) or "", [_source(row, a, b) for a, b in spans]
    return row.text(column) or "", [_source(row, start, end)]


def source_of(row: LedgerRow) -> Source:
    """Return the whole record as a source."""
    return _source(row, row.record.start, row.record.end)


def _source(row: LedgerRow, start: int, end: int) -> Source:
    return Source(row.file.id, row.record.document, start, end)


def values_of(
    project: Project, cells: dict[str, Cell]
) -> tuple[dict[str, str | float | None], dict[str, list[Source]]]:
    """Return a project's row in the form of the contract, and the sources of its cells."""
    values: dict[str, str | float | None] = dict.fromkeys(
        ["name", "unit", "stage", "progress", *FIELDS[2:4], "reason_kind", *FIELDS[4:]]
    )
    values.update({column: text or None for column, (text, _) in cells.items()})
    for row in status_rows(project):
        values["stage"] = values["stage"] or row.record.stage
        values["progress"] = values["progress"] or row.record.progress
    values["reason_kind"] = next(
        (r.record.reason_kind for r in project.current_rows if r.record.reason_kind), None
    )
    for column in AMOUNTS:
        if column in cells and cells[column][0]:
            values[f"{column}_value"] = project.value(column)
    return values, {column: sources for column, (_, sources) in cells.items() if sources}


def _line(count: int, cells: Sequence[Cell]) -> Statement:
    """Return a table line; a source is marked in the first cell that it bears out."""
    marked: set[Source] = set()
    texts: list[str] = [str(count)]
    marks: list[tuple[int, tuple[Source, ...]]] = []
    for place, (text, sources) in enumerate(cells, 1):
        fresh = tuple(s for s in sources if s not in marked)
        marked |= set(fresh)
        texts.append(cell_text(text))
        if fresh:
            marks.append((place, fresh))
    return Statement(
        "", cells=tuple(texts), cell_sources=tuple(marks), computed=frozenset({str(count)})
    )


def cell_text(text: str) -> str:
    """Return document text for a Markdown cell, shown literally, on one line."""
    return escape(re.sub(r"\s+", " ", text))
