"""The projects that a query selects, current ones apart from those only older reports name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.ledger.asked import meets
from assistant.ledger.bounded import bounded_value
from assistant.ledger.columns import PREFIX
from assistant.ledger.deadlines import Due
from assistant.ledger.leftover import document_says, row_says
from assistant.ledger.ownstates import own_key, state_of, telling_state, wholly_sorted
from assistant.ledger.projects import (
    Project,
    late_states,
    late_states_of,
    newest_documents,
    projects_of,
)
from assistant.ledger.query import Limit, Query
from assistant.ledger.sorts import of_trade
from assistant.ledger.unitclasses import class_of_unit
from index.ledger.amounts import number_of
from index.ledger.book import Ledger, LedgerRow
from index.ledger.context import bare_heading
from index.ledger.issuers import issuer_of
from index.ledger.periods import ended_in
from index.ledger.places import place_of
from index.ledger.reasons import clause_kinds, kinds_in
from index.ledger.records import CAUSE, NOTE, STARTING, STATE, Record
from index.ledger.status import status_of
from index.ledger.tables import is_empty
from index.ledger.units import is_office, is_region
from index.words import fold

_OF_PLAN = re.compile(r"计划|完成率|完成比例|任务")
FULL = 100.0  # percent of the year's plan
_SUBDISTRICT = re.compile(r"(?<=.{2})(?:街道(?:办事处)?|街办|镇|乡)$")
_THINGS = re.compile(r"(?:类|领域|方面)?的?(?:重点)?(?:项目|工程)?$")
MAX_CLASS = 12  # characters
_UNAPPROVED = re.compile(
    r"(?:未|没有?|尚待|等待|还在等)(?:能)?(?:获|取得|得到|通过)?(?:上级|省里?|市里?|县里?|有关部门|主管部门)?(?:批准|批复|审批|核准|批下来)"
    r"|(?:审批|报批|批复|手续)[^，,。；;]{0,6}(?:未|没|慢|缓|滞后)"
)
_PARTS = re.compile(r"[、，,；;\s/]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """``projects`` are current, ``older`` stand in older reports; ``scope`` were looked at."""

    projects: tuple[Project, ...]
    older: tuple[Project, ...]
    scope: tuple[Project, ...]


def select(query: Query, ledger: Ledger) -> Selection:
    """Return the projects that fit every facet of the query."""
    rows = [row for row in ledger.rows if in_scope(row, query)]
    newest = newest_documents(rows)
    sorting = wholly_sorted(rows) if query.statuses else frozenset()
    current: list[Project] = []
    older: list[Project] = []
    scope: list[Project] = []
    for project in projects_of(rows, ledger):
        fresh = any((r.file.id, r.record.document) in newest for r in project.rows)
        if fresh:
            scope.append(project)
        if fits(project, query) and not _beside(project, sorting):
            (current if fresh else older).append(project)
    return Selection(tuple(current), tuple(older), tuple(scope))


def _beside(project: Project, sorting: Collection[tuple[int, int]]) -> bool:
    """Tell whether a project stands only beside those that its documents sort into states.

    “超期未办的2项” in a report whose 62 projects are each in one state are none of these.
    """
    telling = status_rows(project)
    return bool(telling) and all(
        (r.file.id, r.record.document) in sorting and STATE not in r.record.fields for r in telling
    )


def narrowed(query: Query, **facets: object) -> Query:
    """Return the query with some of its facets replaced."""
    return replace(query, **facets)  # type: ignore[arg-type]


def in_scope(row: LedgerRow, query: Query) -> bool:
    """Tell whether a row is of the kind, the region and the documents that the query looks at."""
    kind = row.record.kind
    if query.kinds:
        if kind not in query.kinds:
            return False
    elif kind == "unit":
        return False
    if query.causes and not any(
        record.document == row.record.document and cause_of(record) in query.causes
        for record in row.file.ledger.records
    ):
        return False  # other documents count no reasons under this head
    if query.issuers and issuer_of(row) not in query.issuers:
        return False
    if query.at and not any(period.fits(ended_in(row)) for period in query.at):
        return False
    return all(document_says(row, word) for word in query.periods)


def status_rows(project: Project) -> tuple[LedgerRow, ...]:
    """Return the records that say the status now: the newest document's for each of the two.

    Documents that count up to one time complete each other; the one signed last
    wins where both say the same kind of status.
    """
    telling = [row for row in project.rows if row.record.stage or row.record.progress]
    if not telling:
        return ()
    ended = ended_in(telling[0])
    held = _held_progress(telling)
    telling = [row for row in telling if ended_in(row) == ended] + held
    deciding = set()
    for kind in ("stage", "progress"):
        first = next((row for row in telling if getattr(row.record, kind)), None)
        if first is not None:
            deciding.add((first.file.id, first.record.document))
    return tuple(r for r in telling if r in held or (r.file.id, r.record.document) in deciding)


def _held_progress(telling: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Return the older record by whose progress a project still goes, if a newer ends it not.

    A notice or minutes on a few projects that says but that one is being built (“8月12日复工”)
    or is still late does not weigh all of them against the plan: the report that last did holds.
    """
    ended = ended_in(telling[0])
    newest = [row for row in telling if ended_in(row) == ended]
    last = next((r for r in telling if r.record.progress and ended_in(r) != ended), None)
    if last is None or any(_size(row) >= PARTIAL * _size(last) for row in newest):
        return []
    stages, levels = {None, "under_construction"}, (None, last.record.progress)
    if last.record.progress == "behind":
        stages.add("suspended")  # one that a notice finds at a stop is no less late
    goes_on = all(r.record.stage in stages and r.record.progress in levels for r in newest)
    return [last] if goes_on else []


PARTIAL = 0.3  # share of a report's records below which a newer document is but on some


def _size(row: LedgerRow) -> int:
    return sum(r.document == row.record.document for r in row.file.ledger.records)


def statuses_of(project: Project) -> set[str]:
    """Return the stage and progress that hold now."""
    found: dict[str, set[str]] = {"stage": set(), "progress": set()}
    place: dict[str, tuple[int, int]] = {}
    for row in status_rows(project):
        for kind, values in found.items():
            said = getattr(row.record, kind)
            own = (row.file.id, row.record.document)
            if said and place.setdefault(kind, own) == own:
                values.add(str(said))
                if said == "ahead" and not _tells_level(row):
                    values.add("on_schedule")
    return found["stage"] | found["progress"]


def own_states(project: Project) -> set[str]:
    """Return the keys of the documents' own states that hold now."""
    return {own_key(state_of(row)) for row in telling_state(project.rows)}


def held_by(project: Project) -> set[str]:
    """Return every status that holds now, by our names and by the documents' own."""
    return statuses_of(project) | own_states(project)


def _tells_level(row: LedgerRow) -> bool:
    """Tell whether a document has what is on schedule apart from what is ahead of it."""
    return any(
        record.progress == "on_schedule" and record.document == row.record.document
        for record in row.file.ledger.records
    )


def main_reasons(project: Project) -> set[str]:
    """Return the kind of the reason that the newest document gives first.

    What waits to be approved waits for that, whatever is to be approved (“用地性质调整未获批复”).
    """
    rows = project.reason_rows
    found = {str(r.record.reason_kind) for r in rows if r.record.reason_kind}
    if any(_UNAPPROVED.search(r.text("reason") or "") for r in rows):
        found.add("approval")
    return found


def given_reasons(project: Project) -> set[str]:
    """Return the kinds of the reasons that the newest document gives, one beside another."""
    found = main_reasons(project)
    for row in project.reason_rows:
        found |= set(clause_kinds(row.text("reason") or ""))
    return found if found - {"other"} else found | _kinds_before(project)


def _kinds_before(project: Project) -> set[str]:
    """Return the kinds of the reason last given before for what still holds.

    “未按要求完成签约” of a newer notice says that a cause goes on, and not of what kind it is.
    """
    late = late_states(statuses_of(project))
    before = [r for r in project.history if r.text("reason") and late & late_states_of(r)]
    return {str(r.record.reason_kind) for r in before[:1] if r.record.reason_kind}


def reasons_of(project: Project) -> set[str]:
    """Return the kinds of reason that the newest document gives."""
    found: set[str] = set()
    for row in project.reason_rows:
        if row.record.reason_kind:
            found.add(row.record.reason_kind)
        found |= set(kinds_in(row.text("reason") or ""))
    return found


def cause_of(record: Record) -> str:
    """Return the head under which a document counts a record's reason, folded."""
    words = record.fields.get(CAUSE)
    return fold(words.text) if words else ""


def fits(project: Project, query: Query) -> bool:
    """Tell whether a project fits every facet."""
    statuses, reasons = held_by(project), reasons_of(project)
    given = given_reasons(project) if query.reasons else set()
    return (
        (not query.statuses or _has_statuses(statuses | by_numbers(project), query))
        and not (query.without_statuses and meets(statuses, query.without_statuses))
        and (not query.reasons or _has_reason(project, given, query))
        and not reasons & set(query.without_reasons)
        and (not query.units or _has_unit(project, query.units))
        and (not query.unit_classes or _is_of_class(project, query.unit_classes))
        and not (query.without_units and _has_unit(project, query.without_units))
        and all(_within(project, limit) for limit in query.limits)
        and (not query.locations or _holds(project, "location", query.locations))
        and (not query.groups or any(_of_group(project, name) for name in query.groups))
        and (not query.trades or any(_of_trade(project, name) for name in query.trades))
        and (not query.leaders or _holds(project, "leader", query.leaders))
        and all(_says(project, word) for word in query.texts)
        and (query.due is None or _is_due(project, query.due))
        and (not query.troubled or project.text("reason") is not None or _lacks(project))
        and ("fund_line" not in query.kinds or _has_bond(project))
    )


# “只差决算审计”, “操场未铺”: a note that says what is still to be done.
_LACKS = re.compile(r"[差缺欠剩待没未还]")


def _lacks(project: Project) -> bool:
    """Tell whether a note on a project says what it still lacks."""
    return bool(_LACKS.search(project.text(NOTE) or ""))


def _has_reason(project: Project, given: set[str], query: Query) -> bool:
    """Tell whether a project is kept by what is asked for, as its own report counts it if it does.

    One that is counted under another cause is not meant, whatever words its reason holds.
    """
    rows = (*project.current_rows, *project.reason_rows)
    counted = {fold(cause) for row in rows if (cause := row.text(CAUSE))}
    if query.causes and counted:
        return bool(counted & set(query.causes))
    return bool(given & set(query.reasons))


def _has_bond(project: Project) -> bool:
    """Tell whether a line of a table of funds has money of a bond, where a column says how much.

    A table of all sources has rows of which none comes from a bond.
    """
    said = [
        words.text
        for row in project.rows
        for key, words in row.record.fields.items()
        if key.startswith(PREFIX) and "债券" in key
    ]
    return not said or any(number_of(text) != 0 and not is_empty(text) for text in said)


def by_numbers(project: Project) -> set[str]:
    """Return “met” where a table's share of the plan is all of it, though no word says so."""
    found = project.find("percent")
    if found is None or found[1].value is None or not _OF_PLAN.search(found[0].roster.share):
        return set()
    return {"met"} if found[1].value >= FULL else set()


def _is_due(project: Project, due: Due) -> bool:
    found = project.find("deadline")
    if found is None:
        return False
    year = (found[0].document.date or "")[:4]
    starting = STARTING in found[0].record.fields
    return due.holds(found[1].text, int(year) if year else None, starting=starting)


def _has_statuses(have: set[str], query: Query) -> bool:
    if query.both:
        return all(meets(have, (status,)) for status in query.statuses)
    return meets(have, query.statuses)


def _of_group(project: Project, name: str) -> bool:
    # A newer paper that tells but of a problem, or of next month, puts it into no other class.
    return any(in_group(row, name) for row in project.rows)


def _of_trade(project: Project, trade: str) -> bool:
    return any(of_trade(row, trade) for row in project.current_rows)


_CLASS = re.compile(r"类别|类型|领域|板块|行业")


def in_group(row: LedgerRow, name: str) -> bool:
    """Tell whether a heading, a group row or a column of classes puts a row into a class."""
    classes = [
        w.text
        for key, w in row.record.fields.items()
        if key.startswith(PREFIX) and _CLASS.search(key)
    ]
    above = [h for h in row.section.split(" > ") if row.record.name not in h]  # not its own
    return name in fold(" ".join([row.text("group") or "", *above, *classes]))


# A heading that counts its projects: “二、交通项目（34个）”.
_COUNTED = re.compile(
    r"(?:^|> )(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?"
    r"(?P<name>[^\s>（()）、，]{2,12})[（(]共?\d+[个项][）)]"
)


def class_names(row: LedgerRow) -> set[str]:
    """Return what a question may call the part of its report that a row stands in.

    Its own heading without number and count (“（四）卫生健康（6个）”), its group and its class.
    """
    heading = row.roster.heading
    bare = re.split(r"[（(：:\d]", bare_heading(heading.text))[0] if heading else ""
    fields = row.record.fields.items()
    columns = [w.text for k, w in fields if k.startswith(PREFIX) and _CLASS.search(k)]
    names = (bare, row.text("group") or "", *columns)
    return _short_names(names) | counted_classes(row)


def counted_classes(row: LedgerRow) -> set[str]:
    """Return the classes that headings above a row name with how many they hold."""
    return _short_names([match["name"] for match in _COUNTED.finditer(row.section)])


def _short_names(names: Iterable[str]) -> set[str]:
    found = {fold(_THINGS.sub("", name.strip(" 【】〔〕「」[]"))) for name in names}
    short = {name for name in found if 1 < len(name) <= MAX_CLASS}
    return {name for name in short if not status_of(name, heading=True)}


def units_of(project: Project) -> list[str]:
    """Return the units responsible, each by itself."""
    text = project.text("unit") or ""
    whole = [part for part in _PARTS.split(text) if part]
    return whole if len(whole) > 1 else [text] if text else []


def _has_unit(project: Project, wanted: Sequence[str]) -> bool:
    names = {_bare(name) for name in wanted}
    holder = project.find("unit")
    rows = [*project.current_rows, *([holder[0]] if holder else [])]
    own = {_bare(unit) for row in rows for unit in _row_units(row)}
    if not any(row.text("unit") for row in rows):
        own |= {_bare(project.text("location") or "")}  # “县区” stands for the one responsible
    # “南闸街道” asks for what a column of subdistricts says lies in “南闸”, too.
    places = {_bare(row.text("location") or "") for row in rows} - {""}
    own |= {name for name in names if _SUBDISTRICT.sub("", name) in places}
    # “石堰县” asks for what stands in that county, whichever of its offices answers for it.
    own |= {place_of(row.record) for row in rows if any(is_region(name) for name in names)}
    return bool(own & names or _without_level(own) & names or own & _without_level(names))


def _without_level(names: Collection[str]) -> set[str]:
    """Return names of units without their level: what one paper calls “县水利局”, one “水利局”."""
    return {name[1:] for name in names if name[:1] in "县区市旗" and is_office(name[1:])}


def _is_of_class(project: Project, classes: Sequence[str]) -> bool:
    """Tell whether a unit responsible is of a class of units (a township, a zone)."""
    return any(class_of_unit(unit) in classes for unit in units_of(project))


def _row_units(row: LedgerRow) -> list[str]:
    text = row.text("unit") or (row.record.name if row.record.kind == "unit" else "")
    return [text, *[part for part in _PARTS.split(text) if part]]


def _bare(unit: str) -> str:
    return re.sub(r"[\s*]|[（(].*$", "", fold(unit))


def _within(project: Project, limit: Limit) -> bool:
    value = bounded_value(project, limit.field)
    if value is None:
        return False
    return (limit.low is None or value >= limit.low) and (limit.high is None or value <= limit.high)


def _holds(project: Project, field: str, wanted: Sequence[str]) -> bool:
    text = fold(re.sub(r"\s", "", project.text(field) or ""))
    return any(word in text for word in wanted)


def _says(project: Project, word: str) -> bool:
    told = (*project.current_rows, *project.telling_rows, *status_rows(project))
    return any(row_says(row, word) for row in told)
