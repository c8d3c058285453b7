"""What changed since the last report, and how many stood where: tables that lead to the words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.ledger.projects import Project
from assistant.ledger.since import CHANGES, ChangeKind, Course, Ended, Moved, Point, courses_of
from assistant.web.ledger.labels import STATUSES, word
from assistant.web.strings import both, say, words
from index.ledger.book import Ledger, LedgerRow

POINTS = 8  # reports of a series that are shown; older ones are of little use here
LISTED = 200  # projects of one list


class Home:
    """The overview of one ledger, made anew when the ledger changes."""

    def __init__(self) -> None:
        self._made: tuple[Ledger, list[Course]] | None = None

    def render(self, ledger: Ledger) -> str:
        """Return the overview."""
        made = self._made
        if made is None or made[0] is not ledger:
            made = self._made = (ledger, courses_of(ledger))
        courses = made[1]
        if not courses:
            return (
                f'<section class="home"><h2>{say("home_title")}</h2>'
                f'<p class="none">{say("home_none")}</p></section>'
            )
        body = "".join(_course(n, course) for n, course in enumerate(courses))
        return f'<section class="home"><h2>{say("home_title")}</h2>{body}</section>'


def _course(number: int, course: Course) -> str:
    early, late = _said(course.early.ended), _said(course.late.ended)
    title = both(
        words("home_course", issuer=course.issuer, early=early[0], late=late[0])[0],
        words("home_course", issuer=course.issuer, early=early[1], late=late[1])[1],
    )
    tiles = "".join(_tile(number, kind, course) for kind in CHANGES)
    lists = "".join(_changes(number, kind, course.of(kind)) for kind in CHANGES)
    untold = "".join(f"<p>{_untold(kind)}</p>" for kind in course.untold)
    hidden = ""
    if course.masked:
        hidden = f"<p>{say('home_masked', count=len(course.masked))}</p>"
    notes = f'<div class="muted notes-of">{untold}{hidden}</div>' if untold or hidden else ""
    return (
        f'<article class="course"><h3>{title}</h3><div class="tiles">{tiles}</div>{lists}{notes}'
        f"{_counts(number, course)}</article>"
    )


def _untold(kind: ChangeKind) -> str:
    chinese, english = words(f"change_{kind}")
    return both(words("home_untold", change=chinese)[0], words("home_untold", change=english)[1])


def _tile(number: int, kind: ChangeKind, course: Course) -> str:
    """Return a change with its number; “≥” or “–” where the report before cannot tell all."""
    moved = course.of(kind)
    shown = str(len(moved))
    if kind in course.untold:
        shown = f"≥{shown}" if moved else "–"
    drill = f' data-drill="list-{number}-{kind}" aria-expanded="false"' if moved else " disabled"
    return (
        f'<button class="tile" data-change="{kind}"{drill}><strong>{shown}</strong>'
        f"<span>{say(f'change_{kind}')}</span></button>"
    )


def _changes(number: int, kind: str, moved: Sequence[Moved]) -> str:
    if not moved:
        return ""
    items = "".join(f"<li>{_moved(one)}</li>" for one in moved[:LISTED])
    return _list(f"list-{number}-{kind}", say(f"change_{kind}"), items, len(moved))


def _moved(one: Moved) -> str:
    now = _look(one.now, say("home_now")) if one.now else f"<span>{say('home_unlisted_now')}</span>"
    absent = f"<span>{say('home_unlisted_then')}</span>"
    then = _look(one.then, say("home_then")) if one.then else absent
    return f"<bdi>{escape(one.name)}</bdi> {now} {then}"


def _look(project: Project, label: str) -> str:
    row = project.current
    return f'<button class="link" data-look data-record="{row.key}">{label}</button>{_status(row)}'


def _status(row: LedgerRow) -> str:
    said = row.text("status_text")
    codes = "、".join(word("status", s) for s in (row.record.stage, row.record.progress) if s)
    return f'<span class="muted">{escape(said) if said else codes}</span>'


def _counts(number: int, course: Course) -> str:
    points = course.points[-POINTS:]
    statuses = [s for s in STATUSES if any(s in point.by_status for point in points)]
    head = "".join(f'<th scope="col">{both(*_said(point.ended))}</th>' for point in points)
    most = max((len(found) for p in points for found in p.by_status.values()), default=1)
    rows = "".join(
        f'<tr><th scope="row">{word("status", status)}</th>'
        + "".join(_cell(number, point, status, most) for point in points)
        + "</tr>"
        for status in statuses
    )
    total = "".join(f"<td>{len(point.projects)}</td>" for point in points)
    lists = "".join(_standing(number, point, s) for point in points for s in statuses)
    return (
        f'<div class="scroll"><table class="over-time"><caption>{say("home_counts")}</caption>'
        f'<thead><tr><th></th>{head}</tr></thead><tbody>{rows}<tr><th scope="row">'
        f"{say('home_total')}</th>{total}</tr></tbody></table></div>"
        f'<p class="muted">{say("home_counts_note")}</p>{lists}'
    )


def _cell(number: int, point: Point, status: str, most: int) -> str:
    count = point.count(status)
    if count is None:
        return '<td class="muted">–</td>'
    width = 100 * count / most
    return (
        f'<td><button class="link" data-drill="{_id(number, point, status)}" aria-expanded="false">'
        f'{count}</button><span class="bar" aria-hidden="true"><i style="width:{width:.1f}%"></i>'
        "</span></td>"
    )


def _standing(number: int, point: Point, status: str) -> str:
    found = point.by_status.get(status, ())
    if not found:
        return ""
    items = "".join(
        f"<li><bdi>{escape(p.current.record.name)}</bdi> {_look(p, say('open'))}</li>"
        for p in found[:LISTED]
    )
    chinese, english = _said(point.ended)
    title = f"{both(chinese, english)} · {word('status', status)}"
    return _list(_id(number, point, status), title, items, len(found))


def _list(name: str, title: str, items: str, count: int) -> str:
    rest = say("report_more", count=count - LISTED) if count > LISTED else ""
    more = f'<p class="muted">{rest}</p>' if rest else ""
    return (
        f'<section class="drilled" id="{name}" hidden><h4>{title}</h4><ol>{items}</ol>{more}'
        "</section>"
    )


def _id(number: int, point: Point, status: str) -> str:
    return f"list-{number}-{point.ended[0]}-{point.ended[1]}-{status}"


def _said(ended: Ended) -> tuple[str, str]:
    return f"{ended[0]}年{ended[1]}月", f"{ended[0]}-{ended[1]:02d}"
