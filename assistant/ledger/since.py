"""What changed since the last report, and how many stood where at each time.

Pure functions over the ledger. Every number is the length of a list of projects, and
every project knows the rows, thus the words, that say how it stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.ledger.projects import Project, projects_of, series_of
from assistant.ledger.select import status_rows, statuses_of
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_of
from index.ledger.names import masked
from index.ledger.periods import ended_in

Ended = tuple[int, int]  # year, month
ChangeKind = Literal["started", "stalled", "behind", "completed", "listed", "unlisted"]
CHANGES: tuple[ChangeKind, ...] = get_args(ChangeKind)
FOLLOWED = ("project", "task", "promise")  # kinds of records that move on from report to report
UNSTARTED = frozenset({"not_started", "preparatory"})
STARTED = frozenset({"under_construction", "completed"})
# Which status makes a change. A project that the report before does not list is new to the
# status only where that report lists others of it: else it is silent on all of them.
_BECAME: dict[ChangeKind, str] = {
    "stalled": "suspended", "behind": "behind", "completed": "completed",
}  # fmt: skip
# Share of the largest report from which one of a region counts as a report of all. Of the
# samples, a quarter's circular on what is late has 0.41, a notice on some projects 0.12.
FULL = 0.3


@dataclass(frozen=True, slots=True)
class Moved:
    """A project that changed: ``then`` is None where the report before does not list it.

    ``now`` is None where the newest does not. Each holds the rows of its time only.
    """

    kind: ChangeKind
    then: Project | None
    now: Project | None

    @property
    def name(self) -> str:
        """The project's name as the newer of the two reports writes it."""
        shown = self.now or self.then
        assert shown is not None
        return shown.current.record.name

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """The rows that bear the change out, the newer first."""
        return tuple(row for p in (self.now, self.then) if p for row in status_rows(p) or p.rows)


@dataclass(frozen=True, slots=True)
class Point:
    """How the projects stood at one time: by status; a project may have two, or none."""

    ended: Ended
    projects: tuple[Project, ...]
    by_status: Mapping[str, tuple[Project, ...]]

    def count(self, status: str) -> int | None:
        """Return how many projects had a status, None where the reports list none of it."""
        return len(self.by_status[status]) if status in self.by_status else None


@dataclass(frozen=True, slots=True)
class Course:
    """Reports of one series, or of one region: ``points`` oldest first, at least two.

    ``moved`` is what changed from the last point but one to the last; ``masked`` are
    projects of both whose names were masked, so that nobody can tell whether they moved.
    """

    issuer: str
    kind: str
    points: tuple[Point, ...]
    moved: tuple[Moved, ...]
    masked: tuple[Project, ...]

    @property
    def early(self) -> Point:
        """The last report but one."""
        return self.points[-2]

    @property
    def late(self) -> Point:
        """The newest report."""
        return self.points[-1]

    @property
    def untold(self) -> tuple[ChangeKind, ...]:
        """The changes of which the report before cannot tell all: it lists none of that status."""
        early, late = self.early.by_status, self.late.by_status
        return tuple(k for k, status in _BECAME.items() if status in late and status not in early)

    def of(self, kind: ChangeKind) -> tuple[Moved, ...]:
        """Return the changes of one kind, in the order of the reports."""
        return tuple(m for m in self.moved if m.kind == kind)


def courses_of(ledger: Ledger) -> list[Course]:
    """Return what can be followed over time, what changed last first; none where nothing can.

    A region with two reports of one series is followed in that series; else all that it
    reported at one time counts as one report, but for times at which it told of few.
    """
    rows = [r for r in ledger.rows if r.record.kind in FOLLOWED and ended_in(r)]
    found = [
        course
        for group in _followable(rows)
        if (course := _course(group, ledger)) is not None
    ]  # fmt: skip
    return sorted(found, key=lambda c: (-c.late.ended[0], -c.late.ended[1], c.issuer, c.kind))


def _followable(rows: Iterable[LedgerRow]) -> list[list[LedgerRow]]:
    """Return rows in groups, each of which may be two reports of the same projects."""
    regions: dict[tuple[str, str], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        regions[issuer_of(row), row.record.kind].append(row)
    groups = []
    for region in regions.values():
        series: dict[tuple[str, str], list[LedgerRow]] = defaultdict(list)
        for row in region:
            series[series_of(row)].append(row)
        repeated = [group for group in series.values() if len(_by_end(group)) > 1]
        groups += repeated or [region]
    return groups


def _by_end(rows: Iterable[LedgerRow]) -> dict[Ended, list[LedgerRow]]:
    ends: dict[Ended, list[LedgerRow]] = defaultdict(list)
    for row in rows:
        ended = ended_in(row)
        if ended is not None:
            ends[ended].append(row)
    return ends


def _course(rows: Sequence[LedgerRow], ledger: Ledger) -> Course | None:
    points = [_point(end, at, ledger) for end, at in sorted(_by_end(rows).items())]
    largest = max((len(point.projects) for point in points), default=0)
    points = [p for p in points if p.by_status and len(p.projects) >= FULL * largest]
    if len(points) < 2:
        return None
    moved, hidden = _moved(points[-2], points[-1], ledger)
    first = rows[0]
    return Course(issuer_of(first), first.record.kind, tuple(points), moved, hidden)


def _point(ended: Ended, rows: Sequence[LedgerRow], ledger: Ledger) -> Point:
    projects = tuple(projects_of(rows, ledger))
    by_status: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        for status in sorted(statuses_of(project)):
            by_status[status].append(project)
    return Point(ended, projects, {s: tuple(found) for s, found in by_status.items()})


def _moved(
    early: Point, late: Point, ledger: Ledger
) -> tuple[tuple[Moved, ...], tuple[Project, ...]]:
    """Return what changed between two points, and the projects with masked names of both."""
    rows = [row for point in (early, late) for p in point.projects for row in p.rows]
    moved: list[Moved] = []
    hidden: list[Project] = []
    for project in projects_of(rows, ledger):
        if masked(project.current.record.name):
            hidden.append(project)
            continue
        then, now = _at(project, early.ended), _at(project, late.ended)
        moved += [Moved(kind, then, now) for kind in CHANGES if _is(kind, then, now, early)]
    return tuple(moved), tuple(hidden)


def _at(project: Project, ended: Ended) -> Project | None:
    rows = tuple(row for row in project.rows if ended_in(row) == ended)
    return Project(rows) if rows else None


def _is(kind: ChangeKind, then: Project | None, now: Project | None, early: Point) -> bool:
    had = statuses_of(then) if then else set()
    has = statuses_of(now) if now else set()
    if kind == "listed":
        return then is None
    if kind == "unlisted":
        return now is None
    if kind == "started":  # only where the report before says that it was not
        return bool(had & UNSTARTED and has & STARTED and not had & STARTED)
    status = _BECAME[kind]
    told = then is not None or status in early.by_status
    return told and status in has and status not in had
