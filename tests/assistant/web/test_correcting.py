"""Staff set a record right: signed, checked, marked, undone, and kept when a file is read anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.web.ledger.desk import LedgerDesk
from index.build import build_index
from index.library import Library
from tests.assistant.web.conftest import REPORT, row_of


def correct(desk: LedgerDesk, key: str, signed: str = "王芳", **values: tuple[str, str]) -> str:
    """Send a correction as page.js does; return the form."""
    sent = {name: {"was": was, "value": value} for name, (was, value) in values.items()}
    return desk.correct({"record": key, "signed": signed, "values": sent})[0]


def test_a_correction_is_kept_and_marked(desk: LedgerDesk, library: Library) -> None:
    key = row_of(library, "石桥改建").key
    form = correct(desk, key, unit=("区交通局", "区住建局"), stage=("not_started", "suspended"))
    assert 'class="good"' in form
    row = library.ledger.row(key)
    assert row
    assert (row.text("unit"), row.record.stage) == ("区住建局", "suspended")
    html = desk.rows({"search": "石桥"})
    assert html.count('class="mended"') == 2
    assert "王芳于" in html
    assert "原文读出：区交通局" in html


def test_only_what_was_changed_is_written(desk: LedgerDesk, library: Library) -> None:
    key = row_of(library, "石桥改建").key
    correct(desk, key, unit=("区交通局", "区交通局"), reason=("征地协议未签", "资金未到位"))
    assert [c.field for c in library.ledger.corrections] == ["reason"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"unit": ("区交通局", "区交通局")}, "没有改动"),
        ({"name": ("石桥改建工程", " ")}, "名称不能为空"),
        ({"stage": ("not_started", "exploded")}, "没有这个选项"),
        ({"document": ("", "x")}, "没有可以更正的字段"),
        ({"total_investment": ("", "1.2")}, "写明金额单位"),
        ({"unit": ("县交通局", "区住建局")}, "已被他人更正"),
        ({"reason": ("征地协议未签", "长" * 1_001)}, "超过 1000 个字"),
    ],
)
def test_what_cannot_be_kept_is_said_in_place(
    desk: LedgerDesk, library: Library, values: dict[str, tuple[str, str]], said: str
) -> None:
    form = correct(desk, row_of(library, "石桥改建").key, **values)
    assert said in form
    assert 'class="bad"' in form
    assert library.ledger.corrections == ()


def test_a_correction_without_a_name_is_refused_and_not_lost(
    desk: LedgerDesk, library: Library
) -> None:
    form = correct(desk, row_of(library, "石桥改建").key, " ", unit=("区交通局", "区住建局"))
    assert "要有署名" in form
    assert ">区住建局</textarea>" in form
    assert library.ledger.corrections == ()


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"record": 1}, {"record": "none", "signed": "a", "values": {"unit": 3}},
        {"record": "none", "values": [1]}, {"record": None, "signed": {}, "undo": []},
    ],
)  # fmt: skip
def test_nonsense_from_a_browser_corrects_nothing(
    desk: LedgerDesk, library: Library, sent: dict[str, Any]
) -> None:
    desk.correct(sent)
    assert library.ledger.corrections == ()
    real = {**sent, "record": row_of(library, "石桥改建").key}
    desk.correct(real)
    assert library.ledger.corrections == ()


def test_undoing_is_a_further_correction(desk: LedgerDesk, library: Library) -> None:
    key = row_of(library, "石桥改建").key
    correct(desk, key, unit=("区交通局", "区住建局"))
    form = desk.correct({"record": key, "signed": "李强", "undo": "unit"})[0]
    row = library.ledger.row(key)
    assert row
    assert row.text("unit") == "区交通局"
    assert [(c.value, c.signed) for c in library.ledger.corrections] == [
        ("区住建局", "王芳"),
        ("区交通局", "李强"),
    ]
    assert "data-undo" not in form
    assert 'class="mended"' not in desk.rows({"search": "石桥"})


def test_undoing_an_amount_keeps_its_value(desk: LedgerDesk, library: Library) -> None:
    """The table's heading says 亿元; the cell alone would be read as 万元."""
    key = row_of(library, "滨河大桥").key
    correct(desk, key, total_investment=("3.5", "4亿元"))
    row = library.ledger.row(key)
    assert row
    assert row.value("total_investment") == 40_000
    desk.correct({"record": key, "signed": "李强", "undo": "total_investment"})
    row = library.ledger.row(key)
    assert row
    assert row.value("total_investment") == 35_000


def test_a_correction_outlives_an_edited_file(
    desk: LedgerDesk, library: Library, corpus: Path
) -> None:
    correct(desk, row_of(library, "石桥改建").key, unit=("区交通局", "区住建局"))
    edited = REPORT.replace("一、滞后项目", "本期另有说明一段。\n一、滞后项目")
    (corpus / "report.txt").write_text(edited, encoding="utf-8")
    report = build_index([corpus], library)
    assert report.changed == ["report.txt"]
    row = row_of(library, "石桥改建")
    assert row.text("unit") == "区住建局"
    assert library.text("report.txt")[row.record.start : row.record.end].startswith("石桥改建工程")
    assert 'class="mended"' in desk.rows({"search": "石桥"})


def test_names_and_signatures_are_text_in_the_history(desk: LedgerDesk, library: Library) -> None:
    key = row_of(library, "<img").key
    form = correct(desk, key, "<script>x</script>", unit=('"><b>局', "<i>局</i>"))
    names = desk.open({})[-1]
    for html in (form, names, desk.rows({}), desk.form({"record": key})):
        assert "<script>" not in html
        assert "<img" not in html
        assert "<i>局" not in html


def test_an_alias_is_signed_listed_and_removed(desk: LedgerDesk, library: Library) -> None:
    parts = desk.rename({"add": "alias", "alias": "交通局", "unit": "区交通局", "signed": "王芳"})
    assert [(a.alias, a.unit, a.signed) for a in library.ledger.aliases] == [
        ("交通局", "区交通局", "王芳")
    ]
    assert "王芳" in parts[-1]
    desk.rename({"remove": "alias", "alias": "交通局"})
    assert library.ledger.aliases == ()


def test_two_names_of_one_project_are_merged_and_parted(desk: LedgerDesk, library: Library) -> None:
    before = desk.charts({"search": "供热管网"})
    desk.rename(
        {"add": "merge", "name": "供热管网二期", "same_as": "石桥改建工程", "signed": "王芳"}
    )
    assert len(library.ledger.merges) == 1
    assert desk.charts({}) != before
    desk.rename({"remove": "merge", "name": "供热管网二期", "same_as": "石桥改建工程"})
    assert library.ledger.merges == ()


@pytest.mark.parametrize(
    "sent",
    [
        {"add": "alias", "alias": "交通局", "unit": "区交通局", "signed": " "},
        {"add": "alias", "alias": "长" * 200, "unit": "区交通局", "signed": "王芳"},
        {"add": "merge", "name": "石桥改建项目", "same_as": "石桥改建", "signed": "王芳"},
        {"add": "merge", "name": 3, "same_as": None, "signed": "王芳"},
    ],
)
def test_a_name_that_cannot_be_kept_is_said(
    desk: LedgerDesk, library: Library, sent: dict[str, Any]
) -> None:
    assert 'class="bad"' in desk.rename(sent)[-1]
    assert library.ledger.aliases == library.ledger.merges == ()
