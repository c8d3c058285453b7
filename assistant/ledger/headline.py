"""The line above a list: how it was read, how many, what the source itself says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ledger.figurelink import mixed_figures, source_of_figure
from assistant.ledger.ownstates import is_own, name_of, own_key, own_name
from assistant.ledger.projects import Project
from assistant.ledger.query import Query
from assistant.ledger.select import Selection, fits, narrowed, status_rows
from assistant.ledger.stateamounts import count_in, counted_at
from assistant.statements import Source, Statement, escape
from index.ledger.book import FiledFigure, FileInfo, Ledger, LedgerRow
from index.ledger.checks.listcounts import selects
from index.ledger.records import CAUSE, STATE, Figure, Roster, Words
from index.ledger.states import bare_name
from index.words import fold
from prompts import render

# What stands round the words that a number counts together (“上述慢于计划和尚未动工的20项中”).
_AROUND = re.compile(r"^(?:对|将|把|在)?(?:上述|以上|前述)?|(?:的?(?:当中|之中|其中|中))$")
MAX_OPENING = 40  # characters from a state to its number
MAX_COUNTS = 12  # places that count what the listed projects stand under
MAX_DATES = 3  # as-of dates that a headline says; more of them it leaves to the rows


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document says of the number: its own count, and how many it lists.

    ``partial`` tells that it names only some of them (“等16个”, “主要有”).
    """

    file: FileInfo
    document: int
    count: int
    listed: int
    words: tuple[Words, ...]
    partial: bool = False


def headline(query: Query, selection: Selection) -> Statement:
    """Return how the question was read, the count, its denominator and its date."""
    projects = selection.projects
    language = query.language
    stated = stated_counts(query, projects)
    sources = [s for one in stated for w in one.words for s in sources_of(one, w)]
    note, computed = _stated_note(query, selection, stated)
    if stated or not sources:
        sources = [*_headings(projects), *sources]
    sources += [*_groups(query, projects), *counts_of(projects), *_as_of_sources(projects)]
    as_of = _as_of(projects, language)
    files = {row.file.id for p in projects for row in p.current_rows}
    frame = "ledger_head" if query.reading() else "ledger_all"
    variables = {"reading": escape(query.reading())} if query.reading() else {}
    total = total_of(projects, stated)
    text = render(
        frame,
        language,
        count=total,
        stated=note,
        files=len(files),
        as_of=as_of,
        **variables,
    )
    counted = {str(total_of(projects, stated)), str(len(projects)), str(len(files)), *computed}
    counted |= set(re.findall(r"\d+", query.reading()))  # the question's own words
    counted |= set(re.findall(r"\d+(?:\.\d+)?[万亿]元?", query.reading()))
    return Statement(text, tuple(dict.fromkeys(sources)), computed=frozenset(counted))


def stated_alone(query: Query) -> bool:
    """Tell whether a filter is a status alone, so that a document may state its count."""
    return not (
        query.units or query.reasons or query.texts or query.limits or query.leaders
        or query.without_reasons or query.without_units or query.without_statuses or query.trades
        or (query.troubled and query.statuses)
    )  # fmt: skip


def stated_counts(query: Query, projects: Sequence[Project]) -> list[Stated]:
    """Return each document's own count of what is listed, where the filter is a status alone."""
    if not stated_alone(query):
        return []
    rosters: dict[tuple[int, int], dict[int, tuple[LedgerRow, Roster]]] = {}
    for project in projects:
        for row in status_rows(project) or project.current_rows[:1]:
            place = (row.file.id, row.record.document)
            rosters.setdefault(place, {})[row.record.roster] = (row, row.roster)
    found = []
    for (_, document), by_roster in rosters.items():
        pairs = list(by_roster.values())
        if own := _stated_of_own(query, projects, pairs[0][0].file, document):
            found.append(own)
            continue
        # A count of the whole document is no count of a status that only some rows have.
        said = [(n, r) for n, (row, r) in by_roster.items() if _says(r, query, row.file, n)]
        counts = {n: w for n, r in said if (w := r.stated or r.announced) is not None}
        if len(said) != len(pairs) or len(counts) != len(said):
            continue
        file = pairs[0][0].file
        count = sum(int(w.value or 0) for w in counts.values())
        listed = sum(sum(record.roster == n for record in file.ledger.records) for n, _ in said)
        partial = listed < count and all(r.announced or selects(r) for _, r in said)
        words = (*counts.values(), *_overview(file, document, by_roster, count))
        found.append(Stated(file, document, count, listed, words, partial))
    return found


def _overview(
    file: FileInfo, document: int, by_roster: Mapping[int, object], count: int
) -> Iterator[Words]:
    """Yield where a document that counts all its states says the number of the one listed."""
    records = [r for r in file.ledger.records if r.roster in by_roster]
    names = {words.text if (words := r.fields.get(STATE)) else "" for r in records}
    counted = count_in(file, document, own_key(fold(bare_name(min(names, default="")))))
    if len(names) == 1 and counted and counted.figure.value == count:
        at = source_of_figure(counted)
        yield Words(counted.figure.number.text, ((at.start, at.end),), counted.figure.value)


def total_of(projects: Sequence[Project], stated: Sequence[Stated]) -> int:
    """Return how many there are: those listed, and those that a source leaves unnamed.

    A speech that counts just as many as a report lists, naming three, leaves none unnamed.
    """
    whole = {one.count for one in stated if not one.partial}
    partial = [one for one in stated if one.partial and one.count not in whole]
    return len(projects) + sum(one.count - one.listed for one in partial)


def _stated_of_own(
    query: Query, projects: Sequence[Project], file: FileInfo, document: int
) -> Stated | None:
    """Return what a document that counts all its own states says of those asked for."""
    if not query.statuses or query.both or not all(map(is_own, query.statuses)):
        return None
    counted = [f for s in query.statuses if (f := count_in(file, document, s))]
    if len(counted) < len(query.statuses):
        return None
    names = set(map(own_name, query.statuses))
    listed = sum(r.document == document and name_of(r) in names for r in file.ledger.records)
    place = (file.id, document)
    held = sum(any((r.file.id, r.record.document) == place for r in p.rows) for p in projects)
    listed = max(listed, held)
    number = sum(int(f.figure.value) for f in counted)
    words = tuple(
        Words(f.figure.number.text, ((source.start, source.end),), f.figure.value)
        for f in counted
        for source in counted_at(f)
    )
    return Stated(file, document, number, listed, words, listed < number)


def _says(roster: Roster, query: Query, file: FileInfo, place: int) -> bool:
    names = {own_name(status) for status in query.statuses if is_own(status)}
    if names and not query.both:
        inside = {name_of(record) for record in file.ledger.records if record.roster == place}
        return inside <= names
    return not query.statuses or roster.stage in query.statuses or roster.progress in query.statuses


def sources_of(stated: Stated, words: Words) -> list[Source]:
    """Return where a stated count stands, with the words around that say what it counts."""
    found = []
    for a, b in words.spans:
        line = next(
            (
                w.spans[0]
                for r in stated.file.ledger.rosters
                if r.document == stated.document
                for w in (r.heading, r.lead)
                if w and w.spans[0][0] <= a and b <= w.spans[0][1]
            ),
            (a, b),
        )
        found.append(Source(stated.file.id, stated.document, *line))
    return found


def _stated_note(
    query: Query, selection: Selection, stated: Sequence[Stated]
) -> tuple[str, set[str]]:
    zh = query.language == "zh"
    if not stated:
        scope = _of_how_many(query, selection)
        if scope <= len(selection.projects) or not query.filtered:
            return "", set()
        return (f"（在{scope}个中）" if zh else f" (of {scope})"), {str(scope)}
    parts, computed = [], set()
    projects_of_headline = selection.projects
    for one in stated:
        same = one.count == one.listed
        several = len(stated) > 1 or one.listed != len(projects_of_headline)
        name = f"《{escape(one.file.documents[one.document].title)}》" if several else ""
        if zh and one.partial:
            parts.append(f"{name}原文写{one.count}个，列出名称的{one.listed}个")
        elif zh:
            verdict = "一致" if same else f"与所列{one.listed}个不一致"
            words = f"{name}原文写{one.count}个，{verdict}"
            if same and several:  # “共8个；原文写7个，一致” would contradict itself
                words = f"其中{name}{one.listed}个，与原文所写一致"
            parts.append(words)
        else:
            verdict = "which agrees" if same else f"but lists {one.listed}"
            parts.append(f"{name} the source says {one.count}, {verdict}")
        computed |= {str(one.count), str(one.listed), *re.findall(r"\d+", name)}
    return ("；" if zh else "; ") + ("；" if zh else "; ").join(parts), computed


def _of_how_many(query: Query, selection: Selection) -> int:
    """Return the denominator: all projects of the unit or class asked about, else all in scope."""
    owned = query.units or query.unit_classes or query.groups or query.leaders or query.locations
    if owned and (query.statuses or query.reasons or query.limits):
        plain = narrowed(query, statuses=(), reasons=(), without_reasons=(), limits=())
        return sum(fits(project, plain) for project in selection.scope)
    return len(selection.scope)


def _as_of(projects: Sequence[Project], language: str) -> str:
    dates = dict.fromkeys(p.text("as_of") or p.current.document.date_text or "" for p in projects)
    known = [escape(d) for d in dates if d]
    if not known or len(known) > MAX_DATES:
        return ""
    return f"，截至 {'、'.join(known)}" if language == "zh" else f", as of {', '.join(known)}"


def _as_of_sources(projects: Sequence[Project]) -> list[Source]:
    """Return where the dates stand that the headline says, one place each."""
    found: dict[str, Source] = {}
    for project in projects:
        pair = project.find("as_of")
        row = project.current
        date = row.document
        if pair is not None:
            row, words = pair
            found.setdefault(words.text, Source(row.file.id, row.record.document, *words.spans[0]))
        elif date.date_text and date.date_start is not None and date.date_end is not None:
            place = (date.date_start, date.date_end)
            found.setdefault(date.date_text, Source(row.file.id, row.record.document, *place))
    return list(found.values()) if len(found) <= MAX_DATES else []


def _headings(projects: Sequence[Project]) -> list[Source]:
    """Return the headings that the projects stand under, else the titles of their documents."""
    found: dict[Source, None] = {}
    for project in projects:
        row = (status_rows(project) or project.rows)[0]
        heading = row.roster.heading
        lead = row.roster.lead
        if lead and row.roster.stated and not (row.roster.stage or row.roster.progress):
            found[Source(row.file.id, row.record.document, *lead.spans[0])] = None
        if heading:
            found[Source(row.file.id, row.record.document, *heading.spans[0])] = None
        else:
            found.update(dict.fromkeys(titles([row])))
        if opening := _opening(row):
            found[opening] = None
    return list(found)[:8]


def _opening(row: LedgerRow) -> Source | None:
    """Return the words that a paragraph opens with (“尚未开工的项目有9个”): state and number."""
    state, stated, heading = row.record.fields.get(STATE), row.roster.stated, row.roster.heading
    if state is None or row.roster.table or state.start >= row.record.start:
        return None
    if heading is not None and heading.start <= state.start < heading.end:
        return None
    low, high = state.start, state.end
    if stated and max(high, stated.end) - min(low, stated.start) <= MAX_OPENING:
        low, high = min(low, stated.start), max(high, stated.end)
    return Source(row.file.id, row.record.document, low, high)


def _groups(query: Query, projects: Sequence[Project]) -> list[Source]:
    """Return the words that part a list into the classes asked for (“道路交通方面有5个”)."""
    rows = [row for p in projects for row in p.current_rows if query.groups]
    found = {
        Source(row.file.id, row.record.document, *words.spans[0]): None
        for row in rows
        if (words := row.record.fields.get("group")) and any(g in words.text for g in query.groups)
    }
    return list(found)[:4]


def counts_of(projects: Sequence[Project]) -> list[Source]:
    """Return where the documents count the states and causes that the projects are listed under."""
    heads: dict[tuple[int, int], tuple[FileInfo, dict[str, Words]]] = {}
    under: Counter[str] = Counter()
    for project in projects:
        for row in status_rows(project):
            own = {fold(w.text): w for k in (STATE, CAUSE) if (w := row.record.fields.get(k))}
            place = (row.file.id, row.record.document)
            heads.setdefault(place, (row.file, {}))[1].update(own)
            under.update(own.keys())
    found: dict[Source, None] = {}
    for (_, document), (file, names) in heads.items():
        numbers: Counter[str] = Counter()
        for record in file.ledger.records:
            if record.document == document:
                said = [record.fields.get(key) for key in (STATE, CAUSE)]
                numbers.update({fold(words.text) for words in said if words})
        for figure in file.ledger.figures:
            state = fold(figure.state)
            counted = figure.document == document and figure.unit in "个项件"
            if not state and counted:  # a cause whose projects are all listed
                state = _headed_by(figure, names)
                state = state if under[state] == numbers[state] else ""
            if counted and state in names and figure.value == numbers[state]:
                source = source_of_figure(FiledFigure(file, figure))
                opening = names[state].start  # with what it counts, where both are one sentence
                if figure.sentence[0] <= opening and 0 < source.start - opening <= MAX_OPENING:
                    source = replace(source, start=opening)
                found[source] = None
    return list(found)[:MAX_COUNTS]


def _headed_by(figure: Figure, names: Mapping[str, Words]) -> str:
    """Return the name in whose sentence a figure stands, “” where there is none."""
    low, high = figure.sentence
    return next((name for name, words in names.items() if low <= words.start < high), "")


def other_readings(query: Query, ledger: Ledger) -> list[Statement]:
    """Return what the source counts together with another status (“完成计划或竣工的79个”)."""
    if not query.statuses or query.units or query.reasons or query.texts:
        return []
    found: dict[Source, Statement] = {}
    for status in query.statuses:
        for filed in mixed_figures(status, query, ledger):
            figure = filed.figure
            both = {figure.stage, figure.progress}
            source = source_of_figure(filed)
            number = escape(f"{figure.number.text}{figure.unit}")
            what = escape(_AROUND.sub("", figure.subject))
            if query.language == "zh":
                label = "原文合计" if both <= set(query.statuses) else "另一口径"
                text = f"{label}：{what}，原文写{number}"
            else:
                label = "The source's sum" if both <= set(query.statuses) else "Otherwise counted"
                text = f"{label}: {number} {what}"
            found[source] = Statement(text, (source,), bullet=True)
    return list(found.values())[:2]


def titles(rows: Sequence[LedgerRow]) -> list[Source]:
    """Return the titles of the rows' documents as sources."""
    found: dict[Source, None] = {}
    for row in rows:
        document = row.document
        if document.title_start is not None and document.title_end is not None:
            span = (document.title_start, document.title_end)
        else:
            span = (row.record.start, row.record.end)
        found[Source(row.file.id, row.record.document, *span)] = None
    return list(found)
