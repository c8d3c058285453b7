"""Workbooks in the old format as LibreOffice writes them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment

from index.errors import DamagedFileError
from index.load.excel import read_excel
from index.load.old_excel import read_old_excel
from tests.index.load.checks import assert_sound, rows, said, spans
from tests.index.load.soffice import saved_as
from tests.index.load.test_excel import saved, with_text_box, workbook


@cache
def report() -> bytes:
    """Return a workbook with merged headers, formats, a formula, a comment, hidden things."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "进度表"
    for line in (
        ["三季度项目进度表"], ["填报单位：区发改局", None, None, None, "单位：万元"],
        ["序号", "项目", "投资", None, "截止日期"], [None, None, "计划", "完成", None],
        [1, "甲\n项目", 1200, 0.869, dt.datetime(2024, 9, 30)],
        [2, "乙项目", 30000.5, None, dt.datetime(2024, 9, 3, 15, 5)],
        ["合计", None, "=SUM(C5:C6)", "=1/0", dt.time(9, 30)], ["注：按季度统计"],
    ):  # fmt: skip
        sheet.append(line)
    for area in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        sheet.merge_cells(area)
    formats = {"D5": "0.0%", "C6": "#,##0.00", "E5": 'yyyy"年"m"月"d"日"',
               "E6": "yyyy-mm-dd h:mm", "E7": "h:mm"}  # fmt: skip
    for at, code in formats.items():
        sheet[at].number_format = code
    sheet.row_dimensions[6].hidden = True
    sheet["A5"].comment = Comment("批", "某某")
    book.create_sheet("汇总").append(["合计", True])
    book.create_sheet("底稿").append(["秘密"])
    book["底稿"].sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_old_workbook_says_what_the_new_one_says() -> None:
    old = read_old_excel(saved_as(report(), "xlsx", "xls"))
    new = read_excel(saved_as(report(), "xlsx", "xlsx"))
    assert_sound(old)
    assert rows(old) == [
        ["序号", "项目", "投资", "", "截止日期"],
        ["", "", "计划", "完成", ""],
        ["1", "甲 项目", "1200", "86.9%", "2024年9月30日"],
        ["2", "乙项目", "30,000.50", "", "2024-09-03 15:05"],
        ["合计", "", "31200.5", "#DIV/0!", "09:30"],
    ]
    assert spans(old) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1)}
    assert old.text == new.text
    assert old.blocks == new.blocks  # places and cell references too
    assert said(old, "heading") == ["进度表", "汇总"]
    assert old.notes == new.notes
    assert "“底稿”" in old.notes[0]


def test_text_boxes_are_told() -> None:
    content = with_text_box(saved(workbook(["项目", "投资"], ["甲", 1])), "框中说明")
    loaded = read_old_excel(saved_as(content, "xlsx", "xls"))
    assert any("1 个文本框没有读入" in note for note in loaded.notes)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.95, 0.99])
def test_cut_off_workbooks_are_never_read_in_part(share: float) -> None:
    whole = saved_as(report(), "xlsx", "xls")
    with pytest.raises(DamagedFileError):
        read_old_excel(whole[: int(len(whole) * share)])
