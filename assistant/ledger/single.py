"""One project: where it stands, why, its amounts, and what earlier documents said."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import get_args

from assistant.ledger.asked import meets
from assistant.ledger.checking import against, note_findings
from assistant.ledger.headline import titles
from assistant.ledger.leftover import document_says, row_says
from assistant.ledger.ownshare import own_rest, own_share
from assistant.ledger.ownstates import is_own, state_of, telling_state
from assistant.ledger.projects import Project, late_states, late_states_of, projects_of
from assistant.ledger.query import STATUS, Query, heading, status_name
from assistant.ledger.select import held_by, narrowed, status_rows, statuses_of
from assistant.ledger.table import cell_of, remarks, source_of
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.merging import ALSO
from index.ledger.names import core_name
from index.ledger.periods import ended_in
from index.ledger.records import NOTE, STATE, Progress
from index.ledger.status import status_mentions
from index.ledger.units import core_unit
from prompts import render

_VALUE_FIELDS = (
    "total_investment", "planned_investment", "done_investment", "percent", "deadline",
    "leader", "location", "measures", "unit", "reason",
)  # fmt: skip


_STATE = ("done_investment", "percent", "reason", NOTE, "deadline")


def projects_named(query: Query, ledger: Ledger) -> list[Project]:
    """Return the projects that the query names, with what staff declared to be the same."""
    names = _same_names(query.names, ledger)
    rows = [row for row in ledger.rows if of_name(row.core, names)]
    if query.issuers:
        rows = [row for row in rows if issuer_of(row) in query.issuers]
    if len(query.at) == 1:
        rows = [row for row in rows if query.at[0].fits(ended_in(row))] or rows
    # “从季度通报到11月周报” names two documents, of which each row is of one.
    every = any if len(query.at) > 1 else all
    if query.periods:
        rows = [row for row in rows if every(document_says(row, word) for word in query.periods)]
    return projects_of(rows, ledger)


# What is said of a project in the heading of an item about it: “某某路塌方处置慢”.
_SAID_OF = re.compile(r"停工|停滞|未|没|不再|不力|不到|久拖|超过|滞后|进展|推进|缓慢|慢$|逾期|超期")


def of_name(core: str, names: Collection[str]) -> bool:
    """Tell whether a record is of one of the names: it bears it, or heads an item about it."""
    return core in names or any(
        core.startswith(name) and _SAID_OF.search(core[len(name) :]) for name in names
    )


def _says(projects: Sequence[Project], word: str) -> bool:
    return any(row_says(row, word) for project in projects for row in project.rows)


def _same_names(names: Sequence[str], ledger: Ledger) -> set[str]:
    found = set(names)
    for merge in ledger.merges:
        pair = {core_name(merge.name), core_name(merge.same_as)}
        found |= pair if pair & found else set()
    return found


def answer_single(query: Query, ledger: Ledger) -> Draft | None:
    """Return what the ledger tells of the project named; None where it does not tell it."""
    projects = projects_named(query, ledger)
    if not projects or not all(_says(projects, word) for word in query.texts):
        return None
    draft = Draft()
    several = len(projects) > 1 and len({issuer_of(p.current) for p in projects}) > 1
    told = [_tell(draft, project, query, several) for project in projects]
    if not any(told):
        # What a question supposes to be so at a time may be told by a report of another.
        return answer_single(narrowed(query, at=()), ledger) if len(query.at) == 1 else None
    cited = [source for line in draft.statements for source in line.sources]
    note_findings(draft, against(cited, ledger), query.language)
    return draft


def _tell(draft: Draft, project: Project, query: Query, several: bool) -> bool:
    """Add the lines about one project; tell whether they answer what is asked."""
    premise = _premise(project, query)
    wanted = [c for c in query.columns if c in _VALUE_FIELDS]
    if query.measure == "percent" and query.kind == "value":  # “进度是多少” is no state
        wanted = [query.measure, *[c for c in wanted if c != query.measure]]
    elif query.measure and query.measure not in wanted:
        wanted.append(query.measure)
    wanted += query.extra
    own = _computed(project, query, wanted)
    if query.kind == "status":
        wanted += [c for c in _STATE if c not in wanted]
    if query.kind == "why":
        wanted = ["reason", *[c for c in wanted if c != "reason"]]
    found = [c for c in wanted if cell_of(project, c)[0]]
    if "reason" in wanted and "reason" not in found:
        # A table without a column of reasons says them in its remarks.
        found += [c for c in (*remarks([project]), NOTE) if c not in found and project.gives(c)]
    if query.lacking and not re.search(r"\d", cell_of(project, "reason")[0]):
        return False
    # Why it stood still then: the newest report, of a time when it goes on, need not say.
    older = _older_reasons(project, query, "reason" in found) if query.kind == "why" else []
    if premise is None and query.kind == "why" and not found and not older:
        return False
    if query.kind == "status" and not (found or held_by(project) or project.text("status_text")):
        return False
    if (
        query.kind in ("value", "share", "remaining")
        and not found
        and premise is None
        and own is None
    ):
        over = statuses_of(project) & {"cancelled", "completed"}
        if "deadline" not in wanted or not over:
            return False
    lines = [_line(project, query, found, several), *([own[0]] if own else [])]
    if premise:
        lines.insert(0, premise)
    draft.statements += [*lines, *older]
    if own:
        draft.short = own[1]
    if query.kind == "status":
        draft.short = draft.short or _status_words(project, query)
    if found and draft.short is None:
        words = cell_of(project, found[0])[0] + (project.unit(found[0]) or "")
        draft.short = words if len(words) <= 60 else None
    if query.kind == "status" or len(query.at) > 1 or (premise and not older):
        draft.statements += _history(project, query)
    return True


def _computed(
    project: Project, query: Query, wanted: Sequence[str]
) -> tuple[Statement, str] | None:
    """Return a share or a rest that must be computed from the project's own amounts."""
    if query.kind == "remaining":
        return own_rest(project, query)
    asked = "percent" in wanted or query.kind == "share"
    return own_share(project, query) if asked else None


def _status_words(project: Project, query: Query) -> str | None:
    held = sorted(held_by(project), key=_own_first)
    return "、".join(status_name(s, query.language) for s in held) or None


def _told_by_list(row: LedgerRow) -> list[Source]:
    """Return the heading, or the lead, that says the status of all that a list holds."""
    said = row.roster.heading or row.roster.lead
    spans = said.spans[:1] if said else ()
    return [Source(row.file.id, row.record.document, a, b) for a, b in spans]


def _line(project: Project, query: Query, found: Sequence[str], several: bool) -> Statement:
    """Return the project's name, status and the fields asked for, as one cited line."""
    zh = query.language == "zh"
    colon, comma = ("：", "；") if zh else (": ", "; ")
    parts, sources = [], [source_of(project.current)]
    columns = dict.fromkeys(
        ["unit", "status_text", ALSO, *found, *(["as_of"] if query.kind == "status" else [])]
    )
    shown_state = cell_of(project, "status_text")[0]
    for column in columns:
        text, where = cell_of(project, column)
        if column == ALSO and text in shown_state.split("；"):
            continue  # the cell of the status says it already
        if column == "status_text" and not text and query.kind == "status":
            text = _status_words(project, query) or ""  # said by the list that it stands in
            where = [s for row in status_rows(project)[:1] for s in _told_by_list(row)]
        if text:
            shown = (
                f"**{escape(text)}**"
                if column in found or column == "status_text"
                else escape(text)
            )
            label = heading("status_text" if column == ALSO else column, query.language)
            if unit := project.unit(column):
                label += f"（{unit}）"
            parts.append(f"{label}{colon}{shown}")
            sources += where
    name = escape(project.current.record.name)
    issuer = issuer_of(project.current)
    if several and issuer:
        name = f"{escape(issuer)} {name}"
        sources += titles([project.current])
    return Statement(f"{name}——{comma.join(parts)}", tuple(dict.fromkeys(sources)))


def _premise(project: Project, query: Query) -> Statement | None:
    """Return a correction where the question supposes another status than the newest document."""
    owner = _owner_premise(project, query)
    if owner:
        return owner
    have = held_by(project)
    wanted = query.supposed or query.statuses
    told = (
        not query.supposed
        and query.kind == "value"
        and (query.columns or query.measure or query.extra)
    )
    if not wanted or not have or told or meets(have, wanted) or _mentioned(project, wanted):
        return None
    if all(map(is_own, wanted)) and not any(map(is_own, have)):
        return None  # its documents sort by other names, or not at all
    rows = _deciding(project, wanted)
    about_progress = bool(set(wanted) & set(get_args(Progress)))
    order: tuple[str, ...] = (ALSO, "status_text") if about_progress else ("status_text", ALSO)
    order = (STATE,) if any(map(is_own, wanted)) else (*order, STATE)
    stated = next((w for f in order for r in rows if (w := r.record.fields.get(f))), None)
    asked = "、".join(status_name(s, query.language) for s in wanted)
    holds = "、".join(status_name(s, query.language) for s in sorted(have, key=_own_first))
    said = stated.text if stated else holds
    text = render(
        "ledger_premise", query.language, said=escape(said), asked=asked,
        statuses=escape(holds),
    )  # fmt: skip
    row = rows[0]
    sources: list[Source] = [source_of(row)]
    if stated:
        sources += [Source(row.file.id, row.record.document, a, b) for a, b in stated.spans]
    return Statement(text, tuple(dict.fromkeys(sources)))


def _mentioned(project: Project, wanted: Collection[str]) -> bool:
    """Tell whether the reason given for a project says the status (“停工变更设计”)."""
    reasons = (row.text("reason") or "" for row in project.current_rows)
    return any(status in wanted for words in reasons for status, _ in status_mentions(words))


def _own_first(status: str) -> tuple[bool, str]:
    return not is_own(status), status


def _deciding(project: Project, wanted: Collection[str]) -> tuple[LedgerRow, ...]:
    """Return the rows that say how the project stands: by the names that are asked for, first."""
    own = tuple(telling_state(project.rows))
    rows = status_rows(project)
    return own if own and (any(map(is_own, wanted)) or not rows) else rows


def _owner_premise(project: Project, query: Query) -> Statement | None:
    """Return a correction where the question names another unit as the one responsible."""
    found = project.find("unit")
    if not query.units or found is None or query.kind == "value":
        return None
    if any(core_unit(u) in core_unit(found[1].text) or u in found[1].text for u in query.units):
        return None
    text = render(
        "ledger_owner",
        query.language,
        said=escape(found[1].text),
        asked=escape("、".join(query.units)),
    )
    row = found[0]
    spans = [Source(row.file.id, row.record.document, a, b) for a, b in row.spans("unit")]
    return Statement(text, tuple(dict.fromkeys([source_of(row), *spans])))


def _history(project: Project, query: Query) -> list[Statement]:
    """Return one line for each older document that tells of the project."""
    lines = []
    seen: set[tuple[int, int]] = set()
    for row in project.history:
        place = (row.file.id, row.record.document)
        if place in seen:
            continue
        seen.add(place)
        lines.append(_earlier(row, query))
    return lines


def _older_reasons(project: Project, query: Query, told: bool) -> list[Statement]:
    """Return a line for each older document that gives a reason, newest first.

    Where the newest gives one (``told``), but for the last before it that was as late: a notice
    on what goes wrong now need not repeat what the report gave as the cause.
    """
    rows = [row for row in project.history if row.text("reason")]
    if told:
        late, now = late_states(statuses_of(project)), {r.key for r in project.reason_rows}
        rows = [r for r in rows if r.key not in now and late & late_states_of(r)][:1]
    return [_earlier(row, query) for row in rows]


def _earlier(row: LedgerRow, query: Query) -> Statement:
    date = row.text("as_of") or row.document.date_text or row.document.title
    parts = [w for f in ("status_text", "reason") if (w := row.text(f))]
    if (own := state_of(row)) and own not in "".join(parts[:1]):
        parts.insert(0, own)
    if (also := row.text(ALSO)) and not own and also not in "".join(parts[:1]):
        parts.insert(0, also)  # what the works are judged to be, before how far they are
    names = STATUS[query.language]
    if not (row.text("status_text") or own):
        parts = [names[s] for s in (row.record.stage, row.record.progress) if s] + parts
    label = "此前" if query.language == "zh" else "Earlier"
    sources = [source_of(row)]
    for name in (STATE, ALSO, "status_text", "reason", "as_of"):
        if row.text(name):
            sources += [Source(row.file.id, row.record.document, a, b) for a, b in row.spans(name)]
    text = f"{label}（{escape(re.sub(r'[*]', '', date))}）：{escape('；'.join(parts))}"
    return Statement(text, tuple(dict.fromkeys(sources)), bullet=True)
