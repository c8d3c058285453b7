"""The ledger and the table of an answer as files: read back, with their citations, all text."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.records import Answer, Citation
from assistant.web.conversation import Conversation
from assistant.web.dialogue import Dialogue
from assistant.web.ledger.desk import LedgerDesk
from assistant.web.shelf import Shelf
from index.library import Library
from tests.assistant.web.conftest import row_of


def file_of(html: str) -> io.BytesIO:
    found = re.search(r'data-bytes="([^"]+)"', html)
    assert found, html
    return io.BytesIO(base64.b64decode(found[1]))


def sheet_of(html: str) -> list[list[Any]]:
    sheet = load_workbook(file_of(html)).active
    return [list(row) for row in sheet.iter_rows()]


def exported(desk: LedgerDesk, fmt: str, language: str = "zh", **view: object) -> str:
    return desk.download({"format": fmt, "language": language, "view": view})


def test_a_sheet_holds_the_records_of_the_view_with_their_citations(
    desk: LedgerDesk, library: Library
) -> None:
    rows = sheet_of(exported(desk, "xlsx", status="not_started", unit="区交通局"))
    values = [[cell.value for cell in row] for row in rows]
    assert "状态=未开工" in values[1][0]
    assert "责任单位=区交通局" in values[1][0]
    head = next(line for line in values if line[0] == "序号")
    lines = values[values.index(head) + 1 :][:2]
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert [line["项目"] for line in found] == ["石桥改建工程", "西环路大修工程"]
    text = library.text("report.txt")
    for line in found:
        assert line["文档"] == "report.txt"
        assert text[line["起"] : line["止"]] == line["原文"]
        assert line["章节"] == "二、未开工项目（3个）"


def test_amounts_also_stand_as_numbers(desk: LedgerDesk) -> None:
    values = [[c.value for c in row] for row in sheet_of(exported(desk, "xlsx", search="龙泉"))]
    head = next(line for line in values if line[0] == "序号")
    line = dict(zip(head, values[values.index(head) + 1], strict=True))
    assert (line["总投资"], line["总投资（万元）"]) == ("12", 120_000)


def test_cells_that_look_like_formulas_stay_text(desk: LedgerDesk) -> None:
    cells = [c for row in sheet_of(exported(desk, "xlsx", search="云岭县")) for c in row]
    texts = [c for c in cells if isinstance(c.value, str) and c.value[:1] in "=+-@"]
    assert {c.value for c in texts} >= {"=SUM(A1:A9)管网工程", "+1公路工程", "@县交通局"}
    assert {c.data_type for c in texts} == {"s"}


def test_a_word_file_holds_the_same_records_with_their_source(desk: LedgerDesk) -> None:
    document = Document(file_of(exported(desk, "docx", search="石桥")))
    (table,) = document.tables
    cells = [cell.text for cell in table.rows[1].cells]
    assert "石桥改建工程" in cells
    assert "未开工" in cells
    assert "report.txt" in cells[-1]
    assert "“石桥改建工程（征地协议未签）”" in cells[-1]
    assert any("导出日期" in p.text for p in document.paragraphs)


def test_a_corrected_cell_says_so_in_the_file(desk: LedgerDesk, library: Library) -> None:
    library.ledger.correct(row_of(library, "石桥改建").key, "unit", "区住建局", "王芳")
    library.reload_ledger()
    values = [[c.value for c in row] for row in sheet_of(exported(desk, "xlsx", search="石桥"))]
    assert "区交通局 → 区住建局（王芳" in str(values)


def test_english_headings_for_an_english_page(desk: LedgerDesk) -> None:
    values = [[c.value for c in row] for row in sheet_of(exported(desk, "xlsx", "en"))]
    assert values[0][0] == "Project ledger"
    assert any("Unit" in line for line in values)


@pytest.mark.parametrize(
    "sent", [{}, {"format": "exe"}, {"format": ["xlsx"]}, {"format": "csv", "view": 3}]
)
def test_no_other_format_is_made(desk: LedgerDesk, sent: dict[str, Any]) -> None:
    assert "data-refused" in desk.download(sent)


def test_nothing_found_makes_no_file(desk: LedgerDesk) -> None:
    assert "data-refused" in exported(desk, "xlsx", search="没有的项目")


ANSWER = Answer(
    question="哪些项目未开工？",
    answer="共 **1个**[1]\n| 项目 |",
    interpretation={"kind": "list", "filters": {"stage": "not_started"}, "reading": "状态=未开工"},
    columns=("name", "reason"),
    rows=({"name": "=1+1", "reason": "缺资金", "cells": {"name": [1], "reason": [1, 2]}},),
    citations=(
        Citation(1, "a.txt", None, "通报", "一、未开工", None, 3, 7, "=1+1", None),
        Citation(2, "a.txt", None, "通报", "一、未开工", None, 9, 12, "缺资金", None),
    ),
    notes=("另有一项见附件。",),
)


def asked(answer: Answer) -> Conversation:
    talk = Conversation()
    exchange = talk.begin(answer.question)
    exchange.answer, exchange.state = answer, "done"
    return talk


def test_the_table_of_an_answer_says_how_it_was_read(shelf: Shelf) -> None:
    dialogue = Dialogue(None, shelf)  # type: ignore[arg-type]
    html = dialogue.download({"turn": 1, "format": "xlsx"}, asked(ANSWER))
    rows = sheet_of(html)
    values = [[cell.value for cell in row] for row in rows]
    assert values[1][0] == "问题：哪些项目未开工？"
    assert values[2][0] == "提问理解为：按 状态=未开工 筛选"
    assert values[3][0] == "回答：共 1个[1]"
    assert values[6][1:3] == ["=1+1", "缺资金"]
    assert rows[6][1].data_type == "s"
    assert values[6][3:] == [
        "a.txt\na.txt", "通报\n通报", "一、未开工\n一、未开工", "3\n9", "7\n12", "=1+1\n缺资金",
    ]  # fmt: skip
    assert values[-1][0] == "说明：另有一项见附件。"


def test_another_visitors_answer_cannot_be_exported(shelf: Shelf) -> None:
    dialogue = Dialogue(None, shelf)  # type: ignore[arg-type]
    asked(ANSWER)
    for turn in (1, 99, "x", None, -1):
        html = dialogue.download({"turn": turn, "format": "xlsx"}, Conversation())
        assert "data-refused" in html
