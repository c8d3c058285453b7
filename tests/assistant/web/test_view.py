"""Which records are shown: searched, filtered, sorted, paged; browsers are not believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.web.ledger.desk import LedgerDesk
from assistant.web.ledger.view import PAGE_ROWS, Sheet, View, read_view
from index.ledger.book import FileInfo, Ledger
from index.library import Library
from tests.assistant.web.conftest import names_in


def shown(library: Library, **view: object) -> list[str]:
    found = Sheet(library.ledger).find(replace(View(), **view))  # type: ignore[arg-type]
    return [entry.row.record.name for entry in found]


@pytest.mark.parametrize(
    "sent",
    [
        None, 7, "status", [], {"page": "2"}, {"page": -1}, {"page": True}, {"sort": "__class__"},
        {"sort": ["name"]}, {"latest": "yes"}, {"descending": 1}, {"unit": {"a": 1}},
        {"search": None, "page": 10**30},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_at_its_default(sent: object) -> None:
    assert read_view(sent) == View()


def test_a_view_comes_back_as_it_was_sent() -> None:
    view = View("桥", "behind", "区交通局", "land", "project", "0/a.txt", True, "name", True, 3)
    assert read_view(view.sent()) == view


def test_a_search_wants_all_its_words(library: Library) -> None:
    assert shown(library, search="资金未到位 交通局") == ["西环路大修工程"]


def test_facets_narrow_together(library: Library) -> None:
    assert shown(library, status="not_started", unit="区交通局") == [
        "石桥改建工程",
        "西环路大修工程",
    ]
    assert shown(library, status="completed", unit="区交通局") == []


def test_records_that_do_not_say_have_a_facet_of_their_own(library: Library) -> None:
    assert "石桥改建工程" not in shown(library, reason="?")
    assert "滨河大桥" in shown(library, reason="?")


def test_amounts_sort_by_value_and_those_without_stand_last(library: Library) -> None:
    names = shown(library, sort="total_investment", descending=True)
    assert names[:3] == ["龙泉水库加固", "滨河大桥", "供热管网一期"]
    names = shown(library, sort="total_investment")
    assert names[:3] == ["供热管网一期", "滨河大桥", "龙泉水库加固"]
    assert len(names) == len(library.ledger.rows)


def test_dates_without_a_year_are_not_ordered(library: Library) -> None:
    dated = shown(library, sort="as_of")
    assert set(dated[:3]) == {"滨河大桥", "供热管网一期", "龙泉水库加固"}


def test_an_alias_counts_as_its_unit(library: Library) -> None:
    library.ledger.add_alias("县住建局", "县住房局", "王芳")
    library.reload_ledger()
    assert "供热管网一期" in shown(library, unit="县住房局")
    assert shown(library, unit="县住建局") == []


def test_columns_that_nothing_fills_are_left_out(desk: LedgerDesk) -> None:
    html = desk.rows({"document": "0/report.txt"})
    assert 'data-sort="reason"' in html
    assert 'data-sort="total_investment"' not in html


def test_the_sorted_column_says_so(desk: LedgerDesk) -> None:
    html = desk.rows({"sort": "name", "descending": True})
    assert html.count('aria-sort="descending"') == 1
    assert html.count('aria-sort="ascending"') == 0


def test_a_page_beyond_the_last_is_the_last(library: Library) -> None:
    files = [
        FileInfo(file.id, f"{n}-{file.path}", file.documents, file.ledger)
        for n in range(30)
        for file in library.ledger.files
    ]
    sheet = Sheet(Ledger(files, library.database.ledger))
    total = len(sheet.entries)
    last = sheet.show(View(page=1_000))
    assert total > PAGE_ROWS
    assert last.view.page == last.pages == -(-total // PAGE_ROWS)
    assert len(last.entries) == total - PAGE_ROWS * (last.pages - 1)
    assert len(sheet.show(View()).entries) == PAGE_ROWS


def test_names_of_documents_are_text(desk: LedgerDesk) -> None:
    html = desk.rows({"document": "0/hostile.md"})
    assert "<img" not in html
    assert "<b>" not in html
    assert "<img src=x onerror=alert(1)>大桥工程" in names_in(html)


@pytest.mark.parametrize("facet", ["status", "unit", "reason", "kind", "document"])
def test_a_filter_that_nothing_has_is_escaped_and_kept(desk: LedgerDesk, facet: str) -> None:
    controls, rows, *_ = desk.open({facet: '"><script>x</script>'})
    assert "<script>" not in controls + rows
    assert "&quot;&gt;&lt;script&gt;" in controls
