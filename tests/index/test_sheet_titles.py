"""A sheet that is but a part of its workbook does not name it."""

from __future__ import annotations

import pytest

from index.records import Block, LoadedFile
from index.structure import read_structure


def _title(sheet: str, line: str) -> str:
    text = f"{sheet}\n{line}\n"
    blocks = (
        Block("heading", 0, len(sheet), place=sheet),
        Block("paragraph", len(sheet) + 1, len(text) - 1, place=f"{sheet}!A1"),
    )
    return (
        read_structure(LoadedFile(text, "application/vnd.ms-excel", blocks), "溪口县项目台账.xlsx")
        .documents[0]
        .title
    )


@pytest.mark.parametrize(
    "sheet", ["说明", "填表说明", "Sheet1", "封面", "目录", "汇总", "明细表", "表1"]
)
def test_the_line_below_names_the_workbook(sheet: str) -> None:
    assert (
        _title(sheet, "溪口县领导包联项目台账（2025年9月）")
        == "溪口县领导包联项目台账（2025年9月）"
    )


def test_a_sheet_with_a_name_of_its_own_names_it() -> None:
    assert _title("攻坚项目", "填报单位：县重点办") == "攻坚项目"
