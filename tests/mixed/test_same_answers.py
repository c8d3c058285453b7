"""One report in every format that offices use: the same answers, each cited where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rapidfuzz import fuzz

from assistant.records import Answer, Citation
from index.viewing import page_boxes
from tests.mixed import report
from tests.mixed.conftest import SCANS, TABLES, WHOLE, Desk

Desks = Callable[[str], Desk]
SOURCE = "\n".join(report.lines())
whole = pytest.mark.parametrize("name", WHOLE)
table = pytest.mark.parametrize("name", {**WHOLE, **TABLES})

ABOUT_PROSE = (
    "哪些项目未开工，原因是什么？",
    "滞后的项目有哪些？",
    "竣工了几个项目？",
    "石桥改建工程为什么没有开工？",
    "古塔修缮工程由哪个单位负责？",
    "因资金未到位未开工的项目有哪些？",
)
ABOUT_TABLE = (
    "总投资最大的在建项目是哪个？",
    "柳溪公园总投资是多少？",
    "供热管网一期由哪个单位负责？",
)


def squeezed(text: str) -> str:
    """Return text without what formats add between words: white space and cell borders."""
    return re.sub(r"[\s|]", "", text)


def rows(answer: Answer) -> dict[str, tuple[str | None, str | None]]:
    found = {squeezed(row["name"]): (row["unit"], row["reason"]) for row in answer.rows or ()}
    assert len(found) == len(answer.rows or ())
    return found


@whole
def test_not_started_projects_come_with_unit_and_reason(desks: Desks, name: str) -> None:
    answer = desks(name).ask(ABOUT_PROSE[0])
    assert rows(answer) == report.NOT_STARTED
    assert answer.count == 4


@whole
def test_projects_behind_schedule_are_listed(desks: Desks, name: str) -> None:
    assert tuple(rows(desks(name).ask(ABOUT_PROSE[1]))) == report.BEHIND


@whole
def test_finished_projects_are_counted(desks: Desks, name: str) -> None:
    assert desks(name).ask(ABOUT_PROSE[2]).count == 2


@whole
def test_one_projects_reason_and_unit(desks: Desks, name: str) -> None:
    desk = desks(name)
    assert squeezed(desk.ask(ABOUT_PROSE[3]).short or "") == "征地协议未签"
    assert squeezed(desk.ask(ABOUT_PROSE[4]).short or "") == "区文旅局"


@whole
def test_projects_of_one_reason(desks: Desks, name: str) -> None:
    assert set(rows(desks(name).ask(ABOUT_PROSE[5]))) == {"西环路大修工程", "标准厂房三期"}


@table
def test_table_is_asked_by_its_figures(desks: Desks, name: str) -> None:
    desk = desks(name)
    assert set(rows(desk.ask(ABOUT_TABLE[0]))) == {"供热管网一期"}
    assert "3000" in (desk.ask(ABOUT_TABLE[1]).short or "")
    assert desk.ask(ABOUT_TABLE[2]).short == "区住建局"


@table
def test_every_citation_opens_its_own_words(desks: Desks, name: str) -> None:
    desk = desks(name)
    questions = ABOUT_TABLE if name in TABLES else ABOUT_PROSE + ABOUT_TABLE
    cited = [citation for question in questions for citation in desk.ask(question).citations]
    assert cited
    for citation in cited:
        assert citation.document == desk.document
        assert desk.library.text(citation.document)[citation.start : citation.end] == citation.quote
        assert said(citation, exactly=name not in SCANS), citation.quote
        assert citation.page == desk.block(citation.start).page


def said(citation: Citation, *, exactly: bool) -> bool:
    """Tell whether the report has the words; a few of a scan may be misread."""
    quote = squeezed(citation.quote)
    if exactly:
        return quote in squeezed(SOURCE)
    return fuzz.partial_ratio(quote, squeezed(SOURCE)) >= 90


@pytest.mark.parametrize("name", ["report.pptx", "report.ppt"])
def test_slides_are_cited_by_their_number(desks: Desks, name: str) -> None:
    desk = desks(name)
    (citation,) = [
        c for c in desk.ask(ABOUT_PROSE[3]).citations if c.quote.startswith("石桥改建工程")
    ]
    assert citation.page == 4
    assert {c.page for c in desk.ask(ABOUT_TABLE[0]).citations} == {5}


@pytest.mark.parametrize(
    "name", ["report.docx", "report.doc", "report.odt", "mail.eml", "packed.zip"]
)
def test_paragraphs_of_a_letter_are_named(desks: Desks, name: str) -> None:
    desk = desks(name)
    (citation,) = [
        c for c in desk.ask(ABOUT_PROSE[3]).citations if c.quote.startswith("石桥改建工程")
    ]
    assert desk.block(citation.start).place == "第 8 段"


@pytest.mark.parametrize(
    ("name", "sheet"), [(n, n != "utf8.csv" and n != "gbk.csv") for n in TABLES]
)
def test_cells_of_a_sheet_are_named(desks: Desks, name: str, sheet: bool) -> None:
    desk = desks(name)
    citation = desk.ask(ABOUT_TABLE[0]).citations[0]
    cells = {
        cell.ref: desk.library.text(name)[cell.start : cell.end]
        for cell in desk.block(citation.start).cells
        if citation.start <= cell.start and cell.end <= citation.end
    }
    where = "在建项目!" if sheet else ""
    assert cells[f"{where}B5"] == "供热管网一期"
    assert cells[f"{where}D5"] == "5200"


@pytest.mark.parametrize("name", ["report.pdf", *SCANS])
def test_words_on_a_page_have_a_place_on_it(desks: Desks, name: str) -> None:
    desk = desks(name)
    for citation in desk.ask(ABOUT_PROSE[0]).citations:
        boxes = page_boxes(desk.library, name, citation.page or 0)
        held = [b for b in boxes if b.start < citation.end and citation.start < b.end]
        assert held, citation.quote
        assert all((box.confidence is None) == (name == "report.pdf") for box in held)
