"""Records of one project put together: newest first, earlier ones as its history.

A project is (issuer, name): the same name of two issuers is two projects, and a
masked name is never the same as one in another document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.ledger.amounts import header_unit
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.names import core_name, masked
from index.ledger.periods import ended_in
from index.ledger.records import AMOUNTS, NOTE, STATE, Words
from index.ledger.units import core_unit
from index.words import fold

_PERIOD = re.compile(
    r"(?:19|20)\d\d年?|前?\d{1,2}月份?|[前第]?[一二三四1-4]个?季度|[上下]半年|年度|年底|全年"
    r"|第\d+期|\d+"
)


# States of a problem that is being solved, or of what was asked for a project: they say nothing
# of how the project stands, and whoever solves the problem need not answer for the project.
_OF_PROBLEM = re.compile(
    r"(?:已经?|未|正在|新|全部)?(?:销号|交办|办理中?|整改(?:中|到位|完成|完毕)?|解决|化解|办结|落实|推进)(?:中|完成|完毕)?"
    r"|(?:已经?|按[期时]|逾期|超期|到期|尚|仍)*未?(?:完成|办结|落实|到位)"
)
_COUNT_BEHIND = re.compile(r"的?(?:事项|任务|问题)?(?:共|有|计)?[（(]?\d+[个项件][）)]?$")
_PROBLEMS = re.compile(
    r"问题|隐患|堵点|难点|卡点|诉求|(?:交办|督办|议定|批办|转办)(?:的)?(?:事项|任务|件)"
)


@dataclass(frozen=True, slots=True)
class Project:
    """All that the ledger holds of one project; ``rows`` newest first, those of problems last."""

    rows: tuple[LedgerRow, ...]

    @property
    def current(self) -> LedgerRow:
        """The newest record."""
        return self.rows[0]

    @property
    def history(self) -> tuple[LedgerRow, ...]:
        """The records of documents that count up to an earlier time."""
        later = self.rows[len(self.current_rows) :]
        return tuple(row for row in later if not of_problem(row))

    @property
    def current_rows(self) -> tuple[LedgerRow, ...]:
        """The records of all documents that count up to the same time as the newest."""
        ended = ended_in(self.rows[0])
        return tuple(row for row in self.rows if ended_in(row) == ended)

    @property
    def telling_rows(self) -> tuple[LedgerRow, ...]:
        """The records of the newest time that says how the project stands, or why.

        An inventory of names, units and dates that is newer ends no statement.
        """
        telling = [row for row in self.rows if _tells(row)]
        if not telling:
            return self.current_rows
        ended = ended_in(telling[0])
        return tuple(row for row in self.rows if ended_in(row) == ended)

    @property
    def reason_rows(self) -> tuple[LedgerRow, ...]:
        """The records that say why it is late now.

        Where the newest say but that it still is (a list of what is supervised), or no state
        at all, those that were the last to say why while it stood the same.
        """
        telling = self.telling_rows
        stated = [row for row in self.rows if row.record.stage or row.record.progress]
        standing = [row for row in telling if row in stated] or stated[:1]
        late = {state for row in standing for state in late_states_of(row)}
        if not late or any("reason" in row.record.fields for row in telling):
            return telling
        older = [row for row in self.rows if late & late_states_of(row)]
        last = next((row for row in older if "reason" in row.record.fields), None)
        if last is None:
            return telling
        return (*telling, *(row for row in older if ended_in(row) == ended_in(last)))

    def find(self, field: str) -> tuple[LedgerRow, Words] | None:
        """Return the newest words of a field with the row that gives them.

        A status counts only from documents of the newest time that says how it stands: an
        older one may be over. So may a reason, unless it stands as it did.
        """
        passing = self.reason_rows if field == "reason" else self.telling_rows
        rows = passing if field in _PASSING else self.rows
        if field == "unit":
            # A task for another office (a meeting's, a list of what is asked for), which says
            # not how the project stands, does not take it over.
            standing = (row for row in self.rows if row.record.stage or row.record.progress)
            rows = (*standing, *self.telling_rows, *self.rows)
        for row in rows:
            words = row.record.fields.get(field)
            if words:
                return row, words
        return None

    def text(self, field: str) -> str | None:
        """Return a field's words in the newest document."""
        found = self.find(field)
        return found[1].text if found else None

    def unit(self, field: str) -> str | None:
        """Return the unit of an amount that only its table's header says (“万元”)."""
        found = self.find(field) if field in AMOUNTS else None
        return header_unit(found[1].text, found[1].value) if found else None

    def value(self, field: str) -> float | None:
        """Return a field's number in the newest document."""
        found = self.find(field)
        return found[1].value if found else None

    def gives(self, field: str) -> bool:
        """Tell whether any record gives a field that still counts."""
        return self.find(field) is not None


def of_problem(row: LedgerRow) -> bool:
    """Tell whether a row follows up a problem (“问题清单”: 已销号), not the project that has it.

    So does one below “正在推进3项” of a notice about what was asked for (“交办事项”).
    """
    if not _PROBLEMS.search(row.document.title):
        return False
    heading = row.roster.heading.text if row.roster.heading else ""
    said = (row.text(STATE) or row.text("status_text") or "", _COUNT_BEHIND.sub("", heading))
    return any(_OF_PROBLEM.fullmatch(state) for state in said)


def _tells(row: LedgerRow) -> bool:
    return bool(
        row.record.stage
        or row.record.progress
        or any(field in row.record.fields for field in ("status_text", "reason"))
    )


def late_states_of(row: LedgerRow) -> set[str]:
    """Return what a record says that is late: not started, standing still, or behind."""
    return late_states(state for state in (row.record.stage, row.record.progress) if state)


def late_states(states: Iterable[str]) -> set[str]:
    """Return those of some states that are late."""
    return {state for state in states if state in _LATE}


_LATE = frozenset({"not_started", "suspended", "behind"})
# What was so in an older report need not be so any more.
_PASSING = frozenset({"status_text", "reason", "as_of", "measures", NOTE})


def series_of(row: LedgerRow) -> tuple[str, str]:
    """Return issuer and title without its dates: reports of one series differ in these alone."""
    title = _PERIOD.sub("", fold(row.document.title))
    title = re.sub(r"[（(].*?[）)]|[\W_]", "", title)
    return issuer_of(row), title


def dated(row: LedgerRow) -> str:
    """Return what the row's document is ordered by: up to when it counts, then its date."""
    ended = ended_in(row)
    month = f"{ended[0]:04d}-{ended[1]:02d}" if ended else ""
    return f"{month} {row.document.date or ''}".strip()


def projects_of(rows: Iterable[LedgerRow], ledger: Ledger) -> list[Project]:
    """Return the rows as projects, in the order of their first rows."""
    same = _merged_names(ledger)
    groups: dict[tuple[str, ...], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        groups[_key(row, same)].append(row)
    _adopt(groups)
    found: list[Project] = []
    for group in groups.values():
        for owned in _by_owner(group):
            found += [Project(tuple(part)) for part in _apart(owned)]
    order = {row.key: place for place, row in enumerate(ledger.rows)}
    return sorted(found, key=lambda p: order.get(p.current.key, 0))


def _adopt(groups: dict[tuple[str, ...], list[LedgerRow]]) -> None:
    """Put records of documents without an issuer to the one issuer that has the name."""
    owners: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in groups:
        if len(key) == 2 and key[0]:
            owners[key[1]].append(key)
    for key in [k for k in groups if len(k) == 2 and not k[0]]:
        if len(owners[key[1]]) == 1:
            groups[owners[key[1]][0]] += groups.pop(key)


def _key(row: LedgerRow, same: dict[str, str]) -> tuple[str, ...]:
    name = same.get(row.core, row.core)
    if masked(row.record.name) or not name:
        return (str(row.file.id), str(row.record.document), str(row.number))
    return (issuer_of(row), name)


def _merged_names(ledger: Ledger) -> dict[str, str]:
    """Return names that staff declared to be one, each with the one it stands for."""
    same: dict[str, str] = {}
    for merge in ledger.merges:
        first, second = core_name(merge.same_as), core_name(merge.name)
        root = same.get(first, first)
        same[second] = root
    return same


def _by_owner(group: Sequence[LedgerRow]) -> list[list[LedgerRow]]:
    """Part rows of one name that one document gives to several owners, each with its status.

    “城乡供水一体化” of two counties in a city's report is two projects.
    """
    by_document: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in group:
        if row.text("unit") and (row.record.stage or row.record.progress):
            by_document[row.file.id, row.record.document].add(core_unit(row.text("unit") or ""))
    owners = sorted({o for found in by_document.values() if len(found) > 1 for o in found})
    if not owners:
        return [list(group)]
    parts: dict[str, list[LedgerRow]] = {owner: [] for owner in owners}
    rest: list[LedgerRow] = []
    for row in group:
        said = f"{row.text('unit') or ''} {row.text('location') or ''}"
        home = next((o for o in owners if o in said), None)
        (parts[home] if home else rest).append(row)
    return [part for part in [*parts.values(), rest] if part]


def _apart(group: Sequence[LedgerRow]) -> list[list[LedgerRow]]:
    """Part rows of one name that one list holds twice: they are two things of that name."""
    ordered = sorted(sorted(group, key=dated, reverse=True), key=of_problem)
    parts: list[list[LedgerRow]] = []
    for row in ordered:
        place = (row.file.id, row.record.roster)
        home = next(
            (p for p in parts if all((r.file.id, r.record.roster) != place for r in p)), None
        )
        if home is None:
            parts.append([row])
        else:
            home.append(row)
    return parts


def newest_documents(rows: Iterable[LedgerRow]) -> set[tuple[int, int]]:
    """Return (file, article) of the documents that tell how things stand now.

    Those are the newest of each issuer and series; but for one of another series
    that a newer document of the issuer has overtaken: it tells of most of its
    projects anew.
    """
    rows = list(rows)
    newest = _newest_of_series(rows)
    return {place for place in newest if not _overtaken(place, newest, rows)}


OVERTAKEN = 0.6  # share of a document's projects that a newer one tells of


def _overtaken(
    place: tuple[int, int], newest: set[tuple[int, int]], rows: Sequence[LedgerRow]
) -> bool:
    own = [r for r in rows if (r.file.id, r.record.document) == place]
    names = {r.core for r in own}
    first = own[0]
    for other in newest - {place}:
        theirs = [r for r in rows if (r.file.id, r.record.document) == other]
        later = (ended_in(theirs[0]) or (0, 0)) > (ended_in(first) or (0, 0))
        if later and issuer_of(theirs[0]) == issuer_of(first):
            shared = names & {r.core for r in theirs}
            left_out = [r for r in own if r.core not in shared]
            if len(shared) >= OVERTAKEN * len(names) and not _all_done(left_out):
                return True
    return False


def _all_done(rows: Sequence[LedgerRow]) -> bool:
    """Tell whether a newer document leaves out only what is finished: a plan of next month does."""
    return len(rows) > 1 and all(row.record.stage == "completed" for row in rows)


def _newest_of_series(rows: Iterable[LedgerRow]) -> set[tuple[int, int]]:
    newest: dict[tuple[str, str], tuple[str, set[tuple[int, int]]]] = {}
    for row in rows:
        key, date = series_of(row), dated(row)
        have = newest.get(key)
        place = (row.file.id, row.record.document)
        if have is None or date > have[0]:
            newest[key] = (date, {place})
        elif date == have[0]:
            have[1].add(place)
    return {place for _, places in newest.values() for place in places}
