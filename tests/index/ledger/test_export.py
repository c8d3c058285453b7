"""The ledger in files for other programs: nothing in a cell is ever computed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from index.errors import IndexingError
from index.ledger.export import csv_text, write_table

NAMES = ("项目", "总投资")
ROWS = [["=1+1", 3.5], ["+东湖", None], ["-西湖", 1], ["@北环", 2], ["南门桥", "1,000"]]
SHOWN = ["=1+1", "+东湖", "-西湖", "@北环", "南门桥"]


def test_cells_of_a_spreadsheet_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", "xlsx", NAMES, ROWS, "台账", ["共5个"])
    sheet = load_workbook(tmp_path / "a.xlsx").active
    cells = [row[0] for row in sheet.iter_rows(min_row=3, max_row=7)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(name, "s") for name in SHOWN]


def test_numbers_of_a_spreadsheet_stay_numbers(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", "xlsx", NAMES, ROWS, "台账")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [3.5, None, 1, 2, "1,000"]


def test_notes_stand_below_the_table(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", "xlsx", NAMES, ROWS, "台账", ["共5个"])
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet.cell(sheet.max_row, 1).value == "共5个"


def test_cells_of_csv_that_look_like_formulas_are_quoted() -> None:
    rows = list(csv.reader(io.StringIO(csv_text(NAMES, ROWS))))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+东湖", "'-西湖", "'@北环", "南门桥"]


def test_a_csv_file_is_read_as_utf8_by_spreadsheet_programs(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", "csv", NAMES, ROWS, "台账")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_word_file_holds_all_rows(tmp_path: Path) -> None:
    write_table(tmp_path / "a.docx", "docx", NAMES, ROWS, "台账", ["共5个"])
    (table,) = Document(str(tmp_path / "a.docx")).tables
    assert [row.cells[0].text for row in table.rows] == ["项目", *SHOWN]


def test_control_characters_do_not_break_a_file(tmp_path: Path) -> None:
    for form in ("xlsx", "docx"):
        write_table(tmp_path / f"a.{form}", form, NAMES, [["东\x0b湖\x01", None]], "台\x02账")
        assert (tmp_path / f"a.{form}").stat().st_size > 0


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="pdf"):
        write_table(tmp_path / "a.pdf", "pdf", NAMES, ROWS, "台账")
