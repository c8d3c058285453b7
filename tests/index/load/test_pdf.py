"""PDF files made by reportlab: paragraphs, furniture, tables, and what cannot be read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from index.errors import DamagedFileError, EmptyFileError, EncryptedFileError, NoTextLayerError
from index.load.pdf import open_pdf, read_pdf
from index.load.pdf_page import read_page
from index.records import LoadedFile
from tests.index.load.checks import assert_boxed, assert_sound, rows, said, spans
from tests.index.load.pictures import scanned, typeset

FULL = "重点项目建设进展良好完成投资占年计划的比例较高其中道路"  # 27 characters fill a line


def drawn(draw: Callable[[Any, int], None], pages: int = 1, **options: Any) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    page = canvas.Canvas(stream, pagesize=(595, 842), **options)
    for number in range(1, pages + 1):
        page.setFont("STSong-Light", 16)
        draw(page, number)
        page.showPage()
    page.save()
    return stream.getvalue()


def load(content: bytes) -> LoadedFile:
    loaded = read_pdf(content)
    assert_sound(loaded)
    assert_boxed(loaded)
    return loaded


def paragraph(page: Any, top: float, *, indent: int = 32) -> None:
    page.drawString(80 + indent, top, FULL[: 27 - indent // 16])
    page.drawString(80, top - 28, FULL)
    page.drawString(80, top - 56, "到此为止。")


def report(page: Any, number: int) -> None:
    if number == 1:
        page.setFont("STSong-Light", 22)
        page.drawCentredString(297, 700, "关于重点项目进度")
        page.drawCentredString(297, 668, "情况的通报")
    page.setFont("STSong-Light", 12)
    page.drawString(80, 800, "某区人民政府文件")
    page.drawCentredString(297, 50, f"— {number} —")
    page.setFont("STSong-Light", 16)
    for top in (620, 520, 420):
        paragraph(page, top)


def test_paragraphs_headings_and_furniture() -> None:
    loaded = load(drawn(report, 3))
    whole = f"{FULL[:25]}\n{FULL}\n到此为止。"
    assert said(loaded, "paragraph") == [whole] * 9
    assert said(loaded, "heading") == ["关于重点项目进度\n情况的通报"]
    assert said(loaded, "furniture") == [
        text for n in (1, 2, 3) for text in ("某区人民政府文件", f"— {n} —")
    ]
    assert [b.page for b in loaded.blocks if b.kind == "paragraph"] == [1] * 3 + [2] * 3 + [3] * 3
    assert [b.level for b in loaded.blocks if b.kind == "heading"] == [1]


def ruled(page: Any, lines: list[float], columns: list[float]) -> None:
    for y in lines:
        page.line(columns[0], y, columns[-1], y)
    for x in columns:
        page.line(x, lines[0], x, lines[-1])


def test_ruled_table_becomes_cells_and_its_words_stand_once() -> None:
    def draw(page: Any, _: int) -> None:
        page.drawString(80, 760, "单位：万元")
        page.setFont("STSong-Light", 12)
        ruled(page, [740, 700, 640, 600], [80, 180, 260, 340])
        for x, y, words in (
            (85, 715, "项目名称"), (185, 715, "计划"), (265, 715, "完成"),
            (85, 680, "芙蓉路改造工程项"), (85, 662, "目"), (185, 670, "1,200"),
            (265, 670, "86.9%"),
            (85, 615, "乙项目"), (265, 615, "7"),
        ):  # fmt: skip
            page.drawString(x, y, words)
        page.setFont("STSong-Light", 16)
        page.drawString(80, 560, "表后文字。")

    loaded = load(drawn(draw))
    assert rows(loaded) == [
        ["项目名称", "计划", "完成"],
        ["芙蓉路改造工程项目", "1,200", "86.9%"],
        ["乙项目", "", "7"],
    ]
    assert said(loaded, "paragraph") == ["单位：万元", "表后文字。"]
    assert loaded.text.count("乙项目") == 1
    table = next(b for b in loaded.blocks if b.kind == "table")
    assert (table.page, len(table.cells)) == (1, 9)


def test_merged_cells_and_tables_that_go_on_overleaf() -> None:
    def draw(page: Any, number: int) -> None:
        page.setFont("STSong-Light", 12)
        page.line(80, 740, 320, 740)
        page.line(160, 710, 320, 710)
        for y in (680, 650):
            page.line(80, y, 320, y)
        for x, top in ((80, 740), (160, 740), (240, 710), (320, 740)):
            page.line(x, top, x, 650)
        page.drawString(90, 705, f"名称{number}")
        page.drawString(170, 720, "投资")
        page.drawString(170, 690, "计划")
        page.drawString(250, 690, "完成")
        page.drawString(90, 660, "甲")

    loaded = load(drawn(draw, 2))
    assert rows(loaded) == [["名称1", "投资", ""], ["", "计划", "完成"], ["甲", "", ""]]
    assert spans(loaded) == {(0, 0): (2, 1), (0, 1): (1, 2)}
    assert [b.place for b in loaded.blocks] == [None, "续第 1 页的表"]


def test_turned_page_reads_like_an_upright_one() -> None:
    def draw(page: Any, _: int) -> None:
        page.setPageRotation(90)
        page.translate(595, 0)
        page.rotate(90)
        page.setFont("STSong-Light", 12)
        ruled(page, [500, 470, 440], [80, 180, 260])
        for x, y, words in (
            (85, 480, "项目"),
            (185, 480, "投资"),
            (85, 450, "甲"),
            (185, 450, "7"),
        ):
            page.drawString(x, y, words)
        page.drawString(80, 540, "横排表")

    loaded = load(drawn(draw))
    assert loaded.text == "横排表\n项目\t投资\n甲\t7\n"


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(page: Any, _: int) -> None:
        page.setFont("STSong-Light", 12)
        for row in range(20):
            page.drawString(60, 740 - 20 * row, f"左{row:02d}甲乙丙丁戊己庚辛壬癸子丑寅卯")
            page.drawString(320, 740 - 20 * row, f"右{row:02d}甲乙丙丁戊己庚辛壬癸子丑寅卯")

    text = load(drawn(draw)).text
    order = [text.index(f"{side}{row:02d}") for side in "左右" for row in range(20)]
    assert order == sorted(order)


def test_words_of_the_whole_page_are_in_the_text() -> None:
    def draw(page: Any, _: int) -> None:
        page.drawString(300, 30, "页底小字附注说明")
        page.drawRightString(520, 300, "区政府办公室")
        page.drawRightString(520, 272, "2024年10月2日")

    assert sorted(load(drawn(draw)).text.split()) == sorted(
        ["页底小字附注说明", "区政府办公室", "2024年10月2日"]
    )


def test_password_is_asked_for_and_owner_password_is_not() -> None:
    closed = pdfencrypt.StandardEncryption("user", ownerPassword="owner", canPrint=0)
    with pytest.raises(EncryptedFileError, match="密码"):
        read_pdf(drawn(report, encrypt=closed))
    open_to_read = pdfencrypt.StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
    assert "情况的通报" in load(drawn(report, encrypt=open_to_read)).text


def picture(page: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    page.drawImage(ImageReader(Image.new("RGB", (20, 20), "red")), 50, 50, 400, 700)


def test_scan_is_named_as_such() -> None:
    with pytest.raises(NoTextLayerError, match="扫描件"):
        read_pdf(drawn(lambda page, _: picture(page), 2))
    with pytest.raises(EmptyFileError):
        read_pdf(drawn(lambda page, _: None))


def test_scanned_pages_among_others_are_noted() -> None:
    def draw(page: Any, number: int) -> None:
        if number in (2, 3, 5):
            picture(page)
        else:
            page.drawString(80, 700, "有文字的页")

    loaded = load(drawn(draw, 5))
    assert "第 2–3、5 页" in loaded.notes[0]
    assert len(said(loaded, "paragraph")) == 2


def placed(page: Any, image: Any, *area: float) -> None:
    from reportlab.lib.utils import ImageReader

    page.drawImage(ImageReader(image), *area)


def test_text_by_text_and_scans_by_recognition_in_one_file() -> None:
    scan = scanned(typeset("全区共有项目143个，完成投资5.96亿元。"), slant=0.5)

    def draw(page: Any, number: int) -> None:
        if number == 2:
            placed(page, scan, 0, 0, 595, 842)
        else:
            page.drawString(80, 700, "有文字层的一页")

    loaded = load(drawn(draw, 3))
    assert said(loaded, "paragraph") == [
        "有文字层的一页", "全区共有项目143个，完成投资5.96亿元。", "有文字层的一页",
    ]  # fmt: skip
    assert [b.page for b in loaded.blocks] == [1, 2, 3]
    assert loaded.notes[0].startswith("第 2 页是扫描页")
    assert [box.confidence is None for box in loaded.boxes] == [True, False, True]


def test_words_of_a_pasted_picture_are_read_in_their_place() -> None:
    pasted = typeset("芙蓉路改造工程总投资4.03亿元", width=1300, height=560)

    def draw(page: Any, _: int) -> None:
        page.drawString(80, 780, "图前的文字。")
        placed(page, pasted, 60, 500, 468, 202)
        page.drawString(80, 420, "图后的文字。")

    loaded = load(drawn(draw))
    assert loaded.text.split() == ["图前的文字。", "芙蓉路改造工程总投资4.03亿元", "图后的文字。"]
    assert "第 1 页有图片" in loaded.notes[0]


def test_words_that_are_cropped_away_are_told_of() -> None:
    def draw(page: Any, _: int) -> None:
        page.setCropBox((0, 400, 595, 842))
        page.drawString(80, 700, "看得见的文字")
        page.drawString(80, 200, "裁去的文字")

    loaded = load(drawn(draw))
    assert loaded.text == "看得见的文字\n"
    assert "第 1 页的可见范围以外还有文字" in loaded.notes[0]


def test_spaces_between_figures_do_not_make_another_size() -> None:
    def draw(page: Any, _: int) -> None:
        for row in range(12):  # PDFium's own space comes to stand in the middle of some line
            page.drawString(80, 700 - 28 * row, "完成年度计划投资")
            page.drawString(214, 700 - 28 * row, "74.05")
            page.drawString(266, 700 - 28 * row, "亿元其中道路建设较好推进有力"[: 3 + row])

    document = open_pdf(drawn(draw))
    runs = read_page(document[0], 1).runs
    document.close()
    assert any(glyph.text == " " for run in runs for glyph in run.glyphs)
    assert {round(run.size) for run in runs} == {16}


def test_page_without_a_size_is_read_as_it_is_shown() -> None:
    content = drawn(lambda page, _: page.drawString(80, 700, "文字")).replace(
        b"0 0 595 842", b"0 0 000 000"
    )
    assert load(content).text == "文字\n"


@pytest.mark.parametrize("keep", [80, -80, 0.5])
def test_cut_off_file_is_damaged_or_read_with_a_note(keep: float) -> None:
    whole = drawn(report, 3)
    content = whole[: int(len(whole) * keep) if keep == 0.5 else int(keep)]
    with contextlib.suppress(DamagedFileError):  # a fair answer too
        loaded = load(content)
        assert "截断" in " ".join(loaded.notes)
        assert "情况的通报" in loaded.text


def test_circular_tables_of_objects_do_not_hang() -> None:
    content = drawn(report)
    at = content.rindex(b"startxref")
    offset = content[at:].split()[1]
    looped = content.replace(b"/Root", b"/Prev " + offset + b" /Root", 1)
    with contextlib.suppress(DamagedFileError):  # a fair answer too
        assert "情况的通报" in load(looped).text


def test_thousands_of_pages_are_read_and_tables_left_alone() -> None:
    loaded = load(drawn(lambda page, n: page.drawString(80, 700, f"第{n}页的正文在此。"), 1001))
    assert len(said(loaded, "paragraph")) == 1001
    assert "没有识别表格" in loaded.notes[0]
