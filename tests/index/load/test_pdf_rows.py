"""Rows that a page break cuts in two, in PDF files as LibreOffice writes them."""

from __future__ import annotations

from functools import cache

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from index.load.pdf import read_pdf
from index.records import LoadedFile
from tests.index.load.checks import assert_boxed, assert_sound, rows
from tests.index.load.soffice import saved_as
from tests.index.load.test_word import saved

FONT = "Noto Serif CJK SC"
HEAD = ["序号", "项目名称", "责任单位", "原因"]
LONG = ["4", "青禾区智慧停车场", "区城市管理局", "征地拆迁尚未完成且资金缺口较大需要协调"]
TABLE = [HEAD, *([str(i), f"项目{i}", "区交通局", "资金未到位"] for i in range(1, 4)), LONG,
         ["5", "末项目", "区住建局", "无"]]  # fmt: skip


@cache
def printed(before: int, lines: str, *, repeated: bool = False, ruled: bool = True) -> bytes:
    """Return a PDF with ``before`` paragraphs and a table, its rows and cells given in a text."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    for i in range(before):
        document.add_paragraph(f"第{i}段正文内容。")
    table = document.add_table(0, len(HEAD), style="Table Grid" if ruled else None)
    for line in lines.split("\n"):
        for cell, words in zip(table.add_row().cells, line.split("|"), strict=True):
            cell.text = words
            if not ruled:
                sides = "".join(f'<w:{side} w:val="single" w:sz="8"/>'
                                for side in ("left", "bottom", "right"))  # fmt: skip
                borders = f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"
                cell._tc.get_or_add_tcPr().append(parse_xml(borders))
    if repeated:
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    document.add_paragraph("表后文字。")
    return saved_as(saved(document), "docx", "pdf")


def written(table: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in table)


def load(content: bytes) -> LoadedFile:
    loaded = read_pdf(content)
    assert_sound(loaded)
    assert_boxed(loaded)
    return loaded


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("before", [29, 30])
def test_cut_row_is_whole(before: int, repeated: bool, ruled: bool) -> None:
    loaded = load(printed(before, written(TABLE), repeated=repeated, ruled=ruled))
    assert rows(loaded, 0) == TABLE[:5]
    assert rows(loaded, 1) == ([HEAD] if repeated else []) + TABLE[5:]
    assert loaded.notes == ()
    # The words that stand overleaf have their place there.
    start = loaded.text.index(LONG[3])
    boxes = [b for b in loaded.boxes if start <= b.start < start + len(LONG[3])]
    assert [box.page for box in boxes] == [1, 2]
    assert "".join(loaded.text[b.start : b.end] for b in boxes) == LONG[3]
    assert boxes[0].top > 0.85
    assert boxes[1].bottom < 0.2


def test_row_longer_than_a_page_is_whole() -> None:
    reason = "征地拆迁尚未完成且资金缺口较大需要协调" * 40
    table = [HEAD, ["1", "项目1", "区交通局", reason], ["2", "项目2", "区住建局", "无"]]
    loaded = load(printed(3, written(table)))
    assert rows(loaded, 0) == table[:2]
    assert rows(loaded, 1) == table[2:]
    assert sorted({box.page for box in loaded.boxes}) == [1, 2, 3]


def test_second_row_of_one_number_is_not_joined_but_told() -> None:
    table = [HEAD, *TABLE[1:4], ["4", "道路一期", "区交通局", "资金未到位"],
             ["", "道路二期", "区住建局", "征地未完"], TABLE[5]]  # fmt: skip
    cut = [before for before in range(26, 36) if _is_cut_before(before, table)]
    assert cut
    loaded = load(printed(cut[0], written(table)))
    assert ["", "道路二期", "区住建局", "征地未完"] in rows(loaded, 1)
    assert "“道路二期区住建局征地未完”一行没有序号" in loaded.notes[0]


def _is_cut_before(before: int, table: list[list[str]]) -> bool:
    loaded = read_pdf(printed(before, written(table)))
    return any(line.startswith("\t道路二期") for line in loaded.text.split("\n")) and (
        rows(loaded, 0)[-1][0] == "4"
    )
