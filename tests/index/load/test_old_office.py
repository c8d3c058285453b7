"""Old formats as LibreOffice writes them, read back: same words, tables, places as in the new."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import olefile
import openpyxl
import pytest

from index.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LoadError,
    UnsupportedFormatError,
)
from index.load import load_content
from index.load.word import read_word
from index.records import LoadedFile
from tests.index.load.checks import assert_sound, cells, rows, said, spans
from tests.index.load.soffice import saved_as
from tests.index.load.test_slides import presentation
from tests.index.load.test_word import add, saved

FILES = Path(__file__).parent / "files"


@cache  # a zip tells its time: made once, it is converted once
def report() -> bytes:
    """Return a report with what old formats often lose."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph("关于三季度进度的通报", style="Title")
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("全区共24个项目，完成投资5.96亿元。")
    table = document.add_table(3, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "投资"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "名称"
    for at, words in {(1, 1): "计划", (1, 2): "完成", (2, 0): "青禾大道", (2, 2): "7"}.items():
        table.cell(*at).text = words
    add(
        document,
        '<w:p><w:r><w:t>共</w:t></w:r><w:del w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z">'
        '<w:r><w:delText>12</w:delText></w:r></w:del><w:ins w:id="2" w:author="a" '
        'w:date="2024-01-01T00:00:00Z"><w:r><w:t>13</w:t></w:r></w:ins><w:r><w:t>个未开工</w:t>'
        "</w:r></w:p>",
    )
    document.add_heading("二、䶮山镇", 1)
    document.add_paragraph("进展顺利。")
    return saved(document)


def load(name: str, content: bytes) -> LoadedFile:
    loaded = load_content(name, content)
    assert_sound(loaded)
    return loaded


@pytest.mark.parametrize(
    ("name", "written", "media_type"),
    [
        ("a.doc", "doc", "application/msword"),
        ("a.wps", "doc", "application/msword"),
        ("a.rtf", "rtf", "application/rtf"),
        ("a.odt", "odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_documents_say_what_the_new_file_says(name: str, written: str, media_type: str) -> None:
    new = read_word(report())
    old = load(name, saved_as(report(), "docx", written))
    for kind in ("heading", "paragraph", "table", "furniture"):
        assert said(old, kind) == said(new, kind)
    assert spans(old) == spans(new) == {(0, 0): (2, 1), (0, 1): (1, 2)}
    assert [b.place for b in old.blocks] == [b.place for b in new.blocks]
    assert "共13个未开工" in said(old, "paragraph")
    assert old.title == new.title == "关于三季度进度的通报"
    assert old.media_type == media_type
    assert "LibreOffice" in old.notes[0]
    assert any("修订" in note for note in old.notes)


def test_web_page_saved_by_office_as_doc() -> None:
    table = "<table><tr><td>项目<td>投资<tr><td>甲<td>7</table>"
    page = f"<h1>一、总体情况</h1><p>共24个项目。</p>{table}<p>完</p>"
    content = saved_as(f"<html><meta charset=utf-8><body>{page}".encode(), "html", "doc")
    loaded = load("a.doc", content)
    assert said(loaded, "heading") == ["一、总体情况"]
    assert rows(loaded) == [["项目", "投资"], ["甲", "7"]]


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "进度表"
    for line in (
        ["三季度项目进度表"], ["项目", "投资", None], [None, "计划", "完成"],
        ["甲", 1200, 0.869], ["合计", "=SUM(B4:B4)", None],
    ):  # fmt: skip
        sheet.append(line)
    for area in ("A1:C1", "A2:A3", "B2:C2"):
        sheet.merge_cells(area)
    sheet["C4"].number_format = "0.0%"
    book.create_sheet("底稿").append(["秘密"])
    book["底稿"].sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "written"), [("a.ods", "ods"), ("a.xlsx", "xlsx")])
def test_workbooks_keep_values_merged_cells_and_places(name: str, written: str) -> None:
    loaded = load(name, saved_as(workbook(), "xlsx", written))
    assert said(loaded, "paragraph") == ["三季度项目进度表"]
    assert rows(loaded) == [
        ["项目", "投资", ""], ["", "计划", "完成"], ["甲", "1200", "86.9%"], ["合计", "1200", ""],
    ]  # fmt: skip
    assert spans(loaded) == {(0, 0): (2, 1), (0, 1): (1, 2)}
    table = next(b for b in loaded.blocks if b.kind == "table")
    refs = {loaded.text[c.start : c.end]: c.ref for c in table.cells}
    assert refs["86.9%"] == "进度表!C4"
    assert any("“底稿”" in note for note in loaded.notes)


@pytest.mark.parametrize(
    ("name", "written"), [("a.ppt", "ppt"), ("a.dps", "ppt"), ("a.odp", "odp")]
)
def test_slides_keep_titles_tables_notes_and_numbers(name: str, written: str) -> None:
    new = load("a.pptx", presentation())
    old = load(name, saved_as(presentation(), "pptx", written))
    assert [(b.kind, b.page, b.place) for b in old.blocks] == [
        (b.kind, b.page, b.place) for b in new.blocks
    ]
    assert old.text == new.text
    assert cells(old) == cells(new)
    assert any("隐藏的幻灯片" in note for note in old.notes)


# ---- names that lie


def test_document_of_another_kind_is_read_by_its_content() -> None:
    for content, actual in (
        (report(), "Word 文档（.docx）"),
        (saved_as(report(), "docx", "rtf"), ""),
        ("<html><body><h1>一、总体情况</h1><p>共24个。</p></body></html>".encode(), "网页"),
        ("一、总体情况\n共24个项目。\n".encode("gb18030"), "纯文本"),
    ):
        loaded = load("a.wps", content)
        assert "总体情况" in loaded.text
        assert actual in loaded.notes[0]


def test_table_of_a_web_system_that_is_called_xls_is_read() -> None:
    table = "<table><tr><td>项目</td><td>投资</td></tr><tr><td>甲</td><td>7</td></tr></table>"
    page = f"<html><body>{table}</body></html>"
    for content in (
        page.encode(),
        "项目\t投资\n甲\t7\n".encode("gb18030"),
    ):
        loaded = load("a.xls", content)
        assert rows(loaded) == [["项目", "投资"], ["甲", "7"]]
        assert "实际上" in loaded.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.doc", b"%PDF-1.7\n", "PDF"),
        ("a.doc", b"\x89PNG\r\n\x1a\n\0\0\0\r" * 9, "图片"),
        ("a.doc", bytes(range(256)) * 40, "不是旧版 Word"),
        ("a.xls", bytes(range(256)) * 40, "不是旧版 Excel"),
        ("a.ppt", bytes(range(256)) * 40, "不是旧版演示文稿"),
        ("a.ppt", b"plain", "不是旧版演示文稿"),
        ("a.odt", b"plain", "不完整|损坏|不是"),
    ],
)
def test_what_is_no_document_is_told(name: str, content: bytes, words: str) -> None:
    with pytest.raises(DamagedFileError, match=words):
        load_content(name, content)


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", lambda: saved_as(report(), "docx", "doc"), r"\.doc"),
        ("a.xlsx", lambda: saved_as(workbook(), "xlsx", "xls"), r"\.xls"),
        ("a.doc", lambda: saved_as(workbook(), "xlsx", "xls"), "Excel"),
        ("a.xls", lambda: saved_as(report(), "docx", "doc"), "Word"),
        ("a.docx", lambda: saved_as(report(), "docx", "odt"), r"\.odt"),
    ],
)  # fmt: skip
def test_remedy_for_a_wrong_name_works(name: str, make: Callable[[], bytes], words: str) -> None:
    content = make()
    with pytest.raises(DamagedFileError, match=words) as raised:
        load_content(name, content)
    renamed = str(raised.value).partition("扩展名改为 ")[2].partition("，")[0].split()[0]
    assert load_content("a" + renamed, content).text.strip()


# ---- broken and locked files


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".ppt",
                                    ".dps", ".odp", ".csv", ".pptx"])  # fmt: skip
def test_empty_files_are_told(suffix: str) -> None:
    with pytest.raises(EmptyFileError, match="0 字节"):
        load_content("a" + suffix, b"")


@pytest.mark.parametrize("written", ["doc", "rtf", "odt", "ppt", "odp"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_off_files_are_never_read_in_part(written: str, share: float) -> None:
    slides = written in ("ppt", "odp")
    whole = (
        saved_as(presentation(), "pptx", written) if slides else saved_as(report(), "docx", written)
    )
    try:
        loaded = load_content("a." + written, whole[: int(len(whole) * share)])
    except DamagedFileError:
        return
    assert loaded.text == load_content("a." + written, whole).text  # only padding was cut off


@pytest.mark.parametrize("name", ["locked.doc", "locked.xls", "locked.odt"])
def test_password_is_told(name: str) -> None:
    with pytest.raises(EncryptedFileError, match="取消密码"):
        load_content(name, (FILES / name).read_bytes())


def test_password_of_slides_is_told() -> None:
    content = saved_as(presentation(), "pptx", "ppt")
    with olefile.OleFileIO(BytesIO(content)) as container:
        user = container.openstream("Current User").read()
    locked = content.replace(user[:20], user[:12] + b"\xdf\xc4\xd1\xf3" + user[16:20])
    assert locked != content
    with pytest.raises(EncryptedFileError, match="取消密码"):
        load_content("a.ppt", locked)


def test_slides_that_hold_a_workbook_are_still_slides() -> None:
    content = saved_as(presentation(), "pptx", "ppt") + "Workbook".encode("utf-16-le") * 40
    assert said(load("a.ppt", content), "heading")


def test_without_the_program_the_way_out_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from index.load.old_office import read_old_word

    content = saved_as(report(), "docx", "doc")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnsupportedFormatError, match=r"LibreOffice.*安装.*\.docx"):
        read_old_word(content)


def test_noise_in_a_document_is_an_error_or_text_but_no_crash() -> None:
    whole = bytearray(saved_as(report(), "docx", "doc"))
    for at in range(600, len(whole), 1500):
        whole[at] ^= 0x5A
    outcome: Any
    try:
        outcome = load_content("a.doc", bytes(whole)).text
    except LoadError as error:
        outcome = str(error)
    assert outcome
