"""Charts count projects, not lines: each once, and sums only what states both sides."""

from __future__ import annotations

import re
from html import unescape

from assistant.ledger.projects import projects_of
from assistant.web.ledger.charts import Spending, spending
from assistant.web.ledger.desk import LedgerDesk
from assistant.web.ledger.view import Sheet
from index.library import Library
from tests.assistant.web.conftest import row_of


def bars(html: str, facet: str) -> dict[str, int]:
    """Return the value and the number of each bar that sets a facet."""
    pattern = rf'data-set="{facet}" data-value="([^"]*)".*?class="amount">(\d+)</span>'
    return {unescape(value): int(number) for value, number in re.findall(pattern, html)}


def spent(library: Library) -> list[Spending]:
    sheet = Sheet(library.ledger)
    units = {entry.row.key: entry.units for entry in sheet.entries}
    return spending(projects_of(library.ledger.rows, library.ledger), units)


def test_each_status_counts_its_projects(desk: LedgerDesk) -> None:
    assert bars(desk.charts({}), "status") == {
        "not_started": 6, "under_construction": 1, "suspended": 1, "completed": 1, "behind": 2,
    }  # fmt: skip


def test_charts_follow_the_filter(desk: LedgerDesk) -> None:
    assert bars(desk.charts({"unit": "区交通局"}), "status") == {"not_started": 2}
    assert bars(desk.charts({"unit": "区交通局"}), "reason") == {"funds": 1, "land": 1}


def test_nothing_found_draws_nothing(desk: LedgerDesk) -> None:
    html = desk.charts({"search": "没有这样的项目"})
    assert "<table" not in html
    assert "没有符合条件的记录" in html


def test_investment_is_summed_in_wan_by_unit(library: Library) -> None:
    assert spent(library) == [
        Spending("县水务局", 20_000, 1_000, 1),
        Spending("县交通局", 12_000, 6_000, 1),
        Spending("县住建局", 3_000, 3_000, 1),
    ]


def test_a_project_of_several_units_counts_for_none(library: Library) -> None:
    library.ledger.correct(row_of(library, "滨河大桥").key, "unit", "县交通局、县住建局", "王芳")
    library.reload_ledger()
    assert [s.unit for s in spent(library)] == ["县水务局", "县住建局"]


def test_a_project_that_lacks_the_plan_is_left_out(library: Library) -> None:
    library.ledger.correct(row_of(library, "龙泉水库").key, "planned_investment", None, "王芳")
    library.reload_ledger()
    assert [s.unit for s in spent(library)] == ["县交通局", "县住建局"]


def test_names_in_charts_are_text(desk: LedgerDesk) -> None:
    html = desk.charts({"document": "0/hostile.md"})
    assert "<b>局" not in html
    assert '"><b>局' in bars(html, "unit")
