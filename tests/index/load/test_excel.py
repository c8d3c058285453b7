"""Workbooks as openpyxl makes them, and as Excel itself leaves them."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedFileError
from index.load.excel import read_excel
from index.load.excel_values import CHINESE_DATES, shown
from index.records import LoadedFile
from tests.index.load.checks import assert_sound, cells, rows, said, spans
from tests.index.load.soffice import saved_as
from tests.index.load.test_word import replaced


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def load(book: Any) -> LoadedFile:
    loaded = read_excel(saved(book))
    assert_sound(loaded)
    return loaded


def workbook(*lines: list[object]) -> Any:
    book = openpyxl.Workbook()
    book.active.title = "进度表"
    for line in lines:
        book.active.append(line)
    return book


def test_title_unit_table_and_remarks_are_told_apart() -> None:
    book = workbook(
        ["2024年三季度项目进度表"], ["填报单位：区发改局", None, None, "单位：万元"],
        ["序号", "项目", "投资", None], [None, None, "计划", "完成"],
        [1, "甲\n项目", 1200, 0.869], ["一、市政类"], [2, "乙项目", 30000.5, None], [None] * 4,
        [3, "丙项目", 7, 1], ["注：投资按季度统计"], ["填表人：某某", None, "审核：某某"],
    )  # fmt: skip
    sheet = book.active
    for area in ("A1:D1", "A3:A4", "B3:B4", "C3:D3"):
        sheet.merge_cells(area)
    sheet["D5"].number_format = "0.0%"
    sheet["C7"].number_format = "#,##0.00"
    loaded = load(book)
    assert said(loaded, "paragraph") == [
        "2024年三季度项目进度表", "填报单位：区发改局", "单位：万元",
        "注：投资按季度统计", "填表人：某某", "审核：某某",
    ]  # fmt: skip
    assert rows(loaded) == [
        ["序号", "项目", "投资", ""],
        ["", "", "计划", "完成"],
        ["1", "甲 项目", "1200", "86.9%"],
        ["一、市政类", "", "", ""],
        ["2", "乙项目", "30,000.50", ""],
        ["3", "丙项目", "7", "1"],
    ]
    assert spans(loaded) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    table = next(b for b in loaded.blocks if b.kind == "table")
    refs = {loaded.text[c.start : c.end]: c.ref for c in table.cells}
    assert refs["86.9%"] == "进度表!D5"
    assert refs["丙项目"] == "进度表!B9"


def test_sheets_are_headed_and_hidden_ones_named() -> None:
    book = workbook(["项目", "投资"], ["甲", 1])
    book.create_sheet("汇总").append(["合计", 1])
    book.create_sheet("底稿").append(["秘密", 9])
    book["底稿"].sheet_state = "hidden"
    loaded = load(book)
    assert said(loaded, "heading") == ["进度表", "汇总"]
    assert "秘密" not in loaded.text
    assert "“底稿”" in loaded.notes[0]


def test_formulas_without_saved_results_are_told_by_cell() -> None:
    loaded = load(workbook(["项目", "投资"], ["甲", 1], ["合计", "=SUM(B2:B2)"]))
    assert rows(loaded)[-1] == ["合计", ""]
    assert "B3" in loaded.notes[0]


def test_saved_results_of_formulas_are_read() -> None:
    content = replaced(
        saved(workbook(["项目", "投资"], ["合计", "=1+1"])),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"),
    )
    loaded = read_excel(content)
    assert rows(loaded)[-1] == ["合计", "2"]
    assert loaded.notes == ()


def with_text_box(content: bytes, words: str) -> bytes:
    """Return a workbook of one sheet on which a text box floats."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor>'
        '<xdr:pos x="0" y="0"/><xdr:ext cx="2000000" cy="900000"/><xdr:sp macro="" textlink="">'
        '<xdr:nvSpPr><xdr:cNvPr id="2" name="框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p>'
        f"<a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>"
        "</xdr:absoluteAnchor></xdr:wsDr>"
    )
    content = replaced(
        content,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(
            b"</worksheet>", f'<drawing xmlns:r="{base}" r:id="rId1"/></worksheet>'.encode()
        ),
    )
    content = replaced(
        content,
        "[Content_Types].xml",
        lambda data: data.replace(
            b"</Types>",
            b'<Override PartName="/xl/drawings/drawing1.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        ),
    )
    stream = BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", drawing)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{base}/drawing" Target="../drawings/drawing1.xml"/>'
            "</Relationships>",
        )
    return stream.getvalue()


@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_text_boxes_are_read(program: str) -> None:
    content = with_text_box(saved(workbook(["项目", "投资"], ["甲", 1])), "框中说明")
    if program == "LibreOffice":
        content = saved_as(content, "xlsx", "xlsx")
    loaded = read_excel(content)
    assert_sound(loaded)
    assert said(loaded, "paragraph") == ["框中说明"]
    assert loaded.blocks[-1].place == "进度表 文本框"


def test_two_tables_on_a_sheet_stay_apart() -> None:
    book = workbook(["项目", "投资"], ["甲", 1], [], ["单位", "人数"], ["乙局", 3])
    assert [rows(load(book), i)[0] for i in (0, 1)] == [["项目", "投资"], ["单位", "人数"]]


def test_sheet_that_claims_to_be_endless_is_read_quickly() -> None:
    content = replaced(
        saved(workbook(["项目", "投资"], ["甲", 1])),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"').replace(
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>',
        ),
    )
    loaded = read_excel(content)
    assert loaded.text.strip() == "项目\t投资\n甲\t1"


def test_far_cells_do_not_widen_the_text() -> None:
    book = workbook(["项目", "投资"])
    book.active["XFD2"] = "远"
    book.active["A1048576"] = "末"
    assert len(load(book).text) < 40


def test_hidden_rows_are_read_and_told() -> None:
    book = workbook(["项目", "投资"], ["甲", 1])
    book.active.row_dimensions[2].hidden = True
    loaded = load(book)
    assert rows(loaded)[1] == ["甲", "1"]
    assert "隐藏的行（1 行）" in loaded.notes[0]


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (12, "General", "12"), (12.0, "General", "12"), (0.1 + 0.2, "General", "0.3"),
        (5.96, "General", "5.96"), (1e16, "General", "10000000000000000"),
        (0.869, "0.0%", "86.9%"), (0.87, "0%", "87%"), (1.005, "0.00", "1.01"),
        (1234567.891, "#,##0.00", "1,234,567.89"), (-1234.5, "#,##0.0", "-1,234.5"),
        (-3, "0;(0)", "(3)"), (0, '0;-0;"—"', "—"), (7, '0"个"', "7个"),
        (5.96, '0.00"亿元"', "5.96亿元"), (12345, "0.0,", "12.3"), (0.5, "0.###", "0.5"),
        (1234, r"_ * #,##0.00_ ;_ * \-#,##0.00_ ", "1,234.00"), (3, "[Red]0", "3"),
        (88, "[$¥-804]#,##0", "¥88"), (7, "000", "007"), (0.25, "# ?/?", "0.25"),
        (1200, "[>=1000]0.0;0", "1200"), (-0.001, "0.00", "0.00"), (True, "General", "TRUE"),
        (dt.datetime(2024, 9, 30), "mm-dd-yy", "2024-09-30"),
        (dt.datetime(2024, 9, 3), 'yyyy"年"m"月"d"日"', "2024年9月3日"),
        (dt.datetime(2024, 9, 3), "yyyy/m/d", "2024-09-03"),
        (dt.datetime(2024, 9, 3), "yyyy.mm", "2024.09"),
        (dt.datetime(2024, 9, 3), CHINESE_DATES[57], "2024年9月"),
        (dt.datetime(2024, 9, 3, 15, 5), "yyyy-mm-dd h:mm", "2024-09-03 15:05"),
        (dt.datetime(2024, 9, 3, 15, 5), '上午/下午h"时"mm"分"', "下午3时05分"),
        (dt.time(9, 30), "h:mm", "09:30"), (None, "General", ""),
    ],
)  # fmt: skip
def test_values_are_written_as_excel_shows_them(value: object, code: str, words: str) -> None:
    assert shown(value, code) == words


def test_chinese_builtin_date_formats_are_dates() -> None:
    book = workbook(["截止日期", "进度"], [45565, 0.5])
    content = replaced(
        saved(book),
        "xl/styles.xml",
        lambda data: data.replace(
            b'<cellXfs count="1">',
            b'<cellXfs count="2"><xf numFmtId="31" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        ),
    )
    assert "2024年9月30日" in read_excel(content).text


words = st.text(st.sampled_from("甲乙丙=12.，％&<\t\n "), max_size=5).filter(
    lambda w: "=" not in w[:1]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=4))
def test_cells_are_exact_and_point_at_their_place(table: list[list[str]]) -> None:
    book = workbook(["一", "二", "三"], *table)
    for r, line in enumerate(table, 2):
        for c, word in enumerate(line, 1):
            book.active.cell(r, c).data_type = "s"
            book.active.cell(r, c).value = word or None
    loaded = load(book)
    found = {
        cell.ref: loaded.text[cell.start : cell.end]
        for block in loaded.blocks
        for cell in block.cells
    }
    for r, line in enumerate(table, 2):
        for c, word in enumerate(line):
            ref = f"进度表!{'ABC'[c]}{r}"
            if ref in found:
                assert "".join(found[ref].split()) == "".join(word.split())
            else:  # a row that stands apart from the table: its words are a paragraph
                assert not word.strip() or any(
                    "".join(word.split()) in "".join(said_.split())
                    for said_ in (*said(loaded, "paragraph"), *said(loaded, "table"))
                )
    assert cells(loaded)[0, 0] == "一"


def test_entities_and_cut_off_files_are_refused() -> None:
    good = saved(workbook(["项目", "投资"]))
    evil = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    content = replaced(good, "xl/worksheets/sheet1.xml", lambda data: evil + data)
    with pytest.raises(DamagedFileError, match="实体声明"):
        read_excel(content)
    with pytest.raises(DamagedFileError):
        read_excel(good[:-60])
    with pytest.raises(DamagedFileError):
        read_excel(replaced(good, "xl/workbook.xml", lambda data: data[:-30]))
