"""Tables as text: what Excel, WPS and other programs write when they save .csv."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedFileError, LoadError
from index.load.delimited import MAX_COLUMNS, read_delimited
from index.records import LoadedFile
from tests.index.load.checks import assert_sound, cells, rows, said
from tests.index.load.soffice import saved_as

TABLE = (
    "序号,项目名称,责任单位,完成投资（万元）\n1,青禾大道改造,区交通局,1200\n2,体育馆,区教育局,560\n"
)


def load(text: str, encoding: str = "utf-8") -> LoadedFile:
    loaded = read_delimited(text.encode(encoding))
    assert_sound(loaded)
    return loaded


def refs(loaded: LoadedFile) -> dict[str, str | None]:
    return {loaded.text[c.start : c.end]: c.ref for b in loaded.blocks for c in b.cells}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_every_encoding_gives_the_same_cells(encoding: str) -> None:
    text = TABLE
    if encoding == "big5":
        text = (
            "序號,工程名稱,主辦單位,完成金額\n1,青禾大道改建工程,交通局,1200\n2,體育館,教育局,560\n"
        )
    loaded = load(text, encoding)
    assert rows(loaded) == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    text = TABLE.replace(",", delimiter).replace("1200", '"1,200.5"')
    assert rows(load(text))[1] == ["1", "青禾大道改造", "区交通局", "1,200.5"]


def test_decimal_commas_do_not_make_columns() -> None:
    loaded = load("项目;投资\n甲;1,5\n乙;2,25\n丙;3\n")
    assert rows(loaded) == [["项目", "投资"], ["甲", "1,5"], ["乙", "2,25"], ["丙", "3"]]


def test_title_unit_and_remark_stand_apart_and_rows_are_counted_as_excel_does() -> None:
    text = "三季度项目进度表,,\n,,单位：万元\n\n项目,单位,投资\n甲,区交通局,1\n注：按月统计,,\n"
    loaded = load(text)
    assert said(loaded, "paragraph") == ["三季度项目进度表", "单位：万元", "注：按月统计"]
    assert [b.place for b in loaded.blocks if b.kind == "paragraph"] == ["A1", "C2", "A6"]
    assert refs(loaded)["区交通局"] == "B5"


def test_quoted_line_breaks_and_quotes_stay_in_their_cell() -> None:
    loaded = load('项目,说明\r\n甲,"第一行\r\n第二行，""引号""，逗号,在内"\r\n乙,无\r\n')
    assert cells(loaded)[1, 1] == '第一行 第二行，"引号"，逗号,在内'
    assert refs(loaded)["乙"] == "A3"


def test_stated_delimiter_is_taken() -> None:
    loaded = load("sep=;\n项目;投资\n甲;1\n")
    assert rows(loaded) == [["项目", "投资"], ["甲", "1"]]
    assert refs(loaded)["甲"] == "A3"


def test_zeros_in_front_are_kept() -> None:
    assert rows(load('编号,项目\n="007",甲\n008,乙\n')) == [
        ["编号", "项目"],
        ["007", "甲"],
        ["008", "乙"],
    ]


def test_quote_that_is_never_closed_loses_nothing_and_is_told() -> None:
    loaded = load('项目,投资\n"甲,1\n乙,2\n丙,3\n')
    assert rows(loaded) == [["项目", "投资"], ['"甲', "1"], ["乙", "2"], ["丙", "3"]]
    assert "引号" in loaded.notes[0]


def test_prose_stays_prose() -> None:
    lines = [
        "全区共24个项目，完成投资5.96亿元，同比增长。",
        "进展顺利，按期完成。",
        "问题是资金不足。",
    ]
    assert said(load("\n".join(lines)), "paragraph") == lines


def test_cells_that_look_like_formulas_are_words() -> None:
    assert rows(load("项目,备注\n甲,=1+1\n乙,@SUM(A1)\n"))[1:] == [
        ["甲", "=1+1"],
        ["乙", "@SUM(A1)"],
    ]


@pytest.mark.parametrize("options", [":59,34,76", ":9,34,76", ":44,34,76"])  # ; tab ,
def test_what_a_spreadsheet_program_saves_is_read(options: str) -> None:
    table = [["项目", "说明", "投资"], ["甲", '第一行\n第二行，"引"', 1200.5], ["乙", "a;b,c", 7]]
    book = openpyxl.Workbook()
    for line in table:
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    loaded = read_delimited(saved_as(stream.getvalue(), "xlsx", "csv", options))
    assert_sound(loaded)
    assert rows(loaded) == [
        ["项目", "说明", "投资"], ["甲", '第一行 第二行，"引"', "1200.5"], ["乙", "a;b,c", "7"],
    ]  # fmt: skip


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(DamagedFileError, match=str(MAX_COLUMNS)):
        load("a," * (MAX_COLUMNS + 2) + "\n" + "b," * (MAX_COLUMNS + 2))


def test_a_quoted_cell_ends_at_the_delimiter() -> None:
    assert rows(load('"1";",1"\n"1";",1"\n"1";","\n')) == [["1", ",1"], ["1", ",1"], ["1", ","]]


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"\xff\xd8\xff\xe0" * 20])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(LoadError):
        read_delimited(content)


words = st.text(st.sampled_from('甲乙丙12.，;,"\t|％&<\n '), min_size=1, max_size=6).filter(
    str.strip
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(",;\t"),
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(words, min_size=width, max_size=width), min_size=3, max_size=6
        )
    ),
)
def test_what_a_program_writes_comes_back_cell_by_cell(
    delimiter: str, table: list[list[str]]
) -> None:
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    loaded = load(stream.getvalue())
    found = {
        cell.ref: "".join(loaded.text[cell.start : cell.end].split())
        for block in loaded.blocks
        for cell in block.cells
    }
    lines = {b.place: "".join(loaded.text[b.start : b.end].split()) for b in loaded.blocks}
    for r, row in enumerate(table, 1):
        for c, word in enumerate(row):
            ref = f"{'ABCDE'[c]}{r}"
            assert found.get(ref, lines.get(ref)) == "".join(word.split())
