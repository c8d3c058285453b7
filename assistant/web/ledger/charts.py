"""The records in view as bars: tables whose rows are as long as their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.ledger.projects import Project, projects_of
from assistant.ledger.select import statuses_of
from assistant.web.ledger.labels import REASONS, STATUSES, UNSTATED, money, word
from assistant.web.ledger.view import Sheet, Shown
from assistant.web.strings import say

TOP = 12  # units shown; the rest are summed in a line below


@dataclass(frozen=True, slots=True)
class Spending:
    """What a unit planned and did, in 万元, over the projects that state both."""

    unit: str
    planned: float
    done: float
    projects: int


def render_charts(sheet: Sheet, shown: Shown) -> str:
    """Return the charts of the records that the view finds."""
    if not shown.found:
        key = "ledger_none" if sheet.entries else "ledger_empty"
        return f'<section class="charts"><p class="none">{say(key)}</p></section>'
    units = {e.row.key: e.units for e in shown.found}
    projects = _projects(sheet, shown)
    statuses = _tally(projects, statuses_of, STATUSES)
    reasons = [p for p in projects if p.text("reason")]
    kinds = _tally(reasons, lambda p: {p.current.record.reason_kind or UNSTATED}, REASONS)
    owners = Counter(u for p in projects for u in units[p.current.key] or (UNSTATED,))
    ranked = sorted(owners.items(), key=lambda item: (item[0] == UNSTATED, -item[1], item[0]))
    return (
        f'<section class="charts"><p class="muted">{say("charts_of", count=len(projects))}</p>'
        f"{_bars('status', statuses)}{_bars('unit', ranked)}{_bars('reason', kinds)}"
        f"{_spending(spending(projects, units))}</section>"
    )


def _projects(sheet: Sheet, shown: Shown) -> list[Project]:
    """Return the projects in view, each once; rows of a ranking of units only when asked for."""
    rows = [e.row for e in shown.found if shown.view.kind or e.row.record.kind != "unit"]
    return projects_of(rows, sheet.ledger)


def _tally(
    projects: Iterable[Project], of: Callable[[Project], set[str]], order: Sequence[str]
) -> list[tuple[str, int]]:
    counts = Counter(value for p in projects for value in of(p) or {UNSTATED})
    return [(value, counts[value]) for value in (*order, UNSTATED) if counts[value]]


def spending(projects: Iterable[Project], units: dict[str, tuple[str, ...]]) -> list[Spending]:
    """Return plan and investment of each unit, largest plan first.

    A project counts only where it states both, and one of several units for none.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for project in projects:
        planned, done = project.value("planned_investment"), project.value("done_investment")
        owners = units[project.current.key]
        if planned is not None and done is not None and len(owners) == 1:
            found.setdefault(owners[0], []).append((planned, done))
    sums = [
        Spending(unit, sum(p for p, _ in pairs), sum(d for _, d in pairs), len(pairs))
        for unit, pairs in found.items()
    ]
    return sorted(sums, key=lambda s: -s.planned)[:TOP]


def _bars(facet: str, counts: Sequence[tuple[str, int]]) -> str:
    if not counts:
        return ""
    shown, rest = counts[:TOP], counts[TOP:]
    most = max(count for _, count in shown)
    rows = "".join(
        f'<tr><th scope="row">{_setter(facet, value)}</th><td>{_bar(count / most)}'
        f'<span class="amount">{count}</span></td></tr>'
        for value, count in shown
    )
    more = say("chart_more", units=len(rest), count=sum(n for _, n in rest)) if rest else ""
    return _figure(f"chart_{facet}", rows, more)


def _spending(sums: Sequence[Spending]) -> str:
    if not sums:
        return ""
    most = max(max(s.planned, s.done) for s in sums) or 1
    rows = "".join(
        f'<tr><th scope="row">{_setter("unit", s.unit)}</th><td>'
        f"{_bar(s.planned / most, 'plan')}{_bar(s.done / most, 'done')}"
        f'<span class="amount">{_spent(s)}</span></td></tr>'
        for s in sums
    )
    count = sum(s.projects for s in sums)
    return _figure("chart_spending", rows, say("chart_spending_note", count=count))


def _spent(s: Spending) -> str:
    share = f"{s.done / s.planned:.1%}" if s.planned else "–"
    return say("spent", done=money(s.done), planned=money(s.planned), share=share)


def _setter(facet: str, value: str) -> str:
    return (
        f'<button class="set" data-set="{facet}" data-value="{escape(value)}">'
        f"<bdi>{word(facet, value)}</bdi></button>"
    )


def _bar(part: float, kind: str = "") -> str:
    width = max(0.0, min(part, 1.0)) * 100
    return f'<span class="bar {kind}" aria-hidden="true"><i style="width:{width:.1f}%"></i></span>'


def _figure(key: str, rows: str, note: str) -> str:
    below = f'<p class="muted">{note}</p>' if note else ""
    return (
        f'<figure><table class="bars"><caption>{say(key)}</caption><tbody>{rows}</tbody></table>'
        f"{below}</figure>"
    )
