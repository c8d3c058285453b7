"""Presentations as python-pptx makes them, as LibreOffice saves them, with PowerPoint's XML."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Cm

from index.errors import DamagedFileError
from index.load.slides import read_slides
from index.records import LoadedFile
from tests.index.load.checks import assert_sound, cells, rows, said, spans
from tests.index.load.soffice import saved_as
from tests.index.load.test_word import replaced

TITLE, CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def packed(slides: Any) -> bytes:
    stream = BytesIO()
    slides.save(stream)
    return stream.getvalue()


def load(slides: Any) -> LoadedFile:
    loaded = read_slides(packed(slides))
    assert_sound(loaded)
    return loaded


def slide(slides: Any, layout: int, title: str = "") -> Any:
    made = slides.slides.add_slide(slides.slide_layouts[layout])
    if title:
        made.shapes.title.text = title
    return made


def box(
    made: Any, words: str, left: float, top: float, width: float = 8, height: float = 1.5
) -> Any:
    shape = made.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    shape.text_frame.text = words
    return shape


@cache  # a zip tells its time: made once, it is converted once
def presentation() -> bytes:
    """Return slides with a list, a table, notes, text boxes, and one hidden."""
    slides = Presentation()
    slide(slides, TITLE, "三季度进展汇报").placeholders[1].text = "区发改局\n2024年10月"
    made = slide(slides, CONTENT, "一、总体情况")
    made.placeholders[1].text_frame.text = "全区共24个项目"
    made.notes_slide.notes_text_frame.text = "口径为1至9月"
    made = slide(slides, TITLE_ONLY, "二、项目清单")
    table = made.shapes.add_table(3, 3, Cm(1), Cm(9), Cm(20), Cm(4)).table
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    for at, words in {(0, 0): "项目", (0, 1): "投资", (1, 1): "计划", (1, 2): "完成",
                      (2, 0): "青禾\n大道", (2, 2): "7"}.items():  # fmt: skip
        table.cell(*at).text = words
    for words, left, top in (("右上", 14, 4), ("左上", 1, 4), ("右下", 14, 6), ("左下", 1, 6)):
        box(made, words, left, top)
    slide(slides, TITLE_ONLY, "备用页")._element.set("show", "0")
    made = slide(slides, BLANK)
    box(made, "三、存在问题", 2, 1, 15)
    box(made, "一是资金不足；\v二是征地困难。", 2, 5, 15, 3)
    return packed(slides)


@pytest.mark.parametrize("program", ["python-pptx", "LibreOffice"])
def test_slides_are_read_in_order_as_a_person_reads_them(program: str) -> None:
    content = presentation()
    if program == "LibreOffice":
        content = saved_as(content, "pptx", "pptx")
    loaded = read_slides(content)
    assert_sound(loaded)
    assert [(b.kind, b.page, loaded.text[b.start : b.end]) for b in loaded.blocks] == [
        ("heading", 1, "三季度进展汇报"),
        ("paragraph", 1, "区发改局"),
        ("paragraph", 1, "2024年10月"),
        ("heading", 2, "一、总体情况"),
        ("list_item", 2, "全区共24个项目"),
        ("heading", 3, "二、项目清单"),
        ("paragraph", 3, "左上"),
        ("paragraph", 3, "右上"),
        ("paragraph", 3, "左下"),
        ("paragraph", 3, "右下"),
        ("table", 3, "项目\t投资\t\n\t计划\t完成\n青禾 大道\t\t7"),
        ("heading", 5, "三、存在问题"),
        ("paragraph", 5, "一是资金不足；"),
        ("paragraph", 5, "二是征地困难。"),
        ("heading", None, "备注"),
        ("paragraph", 2, "口径为1至9月"),
    ]
    assert spans(loaded) == {(0, 0): (2, 1), (0, 1): (1, 2)}
    refs = {loaded.text[c.start : c.end]: c.ref for b in loaded.blocks for c in b.cells}
    assert refs["7"] == "幻灯片3!C3"
    assert loaded.blocks[-1].place == "幻灯片 2 备注"
    assert loaded.title == "三季度进展汇报"
    assert "第 4 页“备用页”" in loaded.notes[0]


def test_slide_without_a_title_begins_a_section_of_its_own() -> None:
    slides = Presentation()
    box(slide(slides, TITLE_ONLY, "一、总体情况"), "共24个项目", 2, 8)
    box(slide(slides, BLANK), "这一页只有一段话。" * 12, 2, 2)
    slide(slides, BLANK)
    assert said(load(slides), "heading") == ["一、总体情况", "幻灯片 2"]


def test_groups_stay_together_where_they_stand() -> None:
    slides = Presentation()
    made = slide(slides, TITLE_ONLY, "标题")
    box(made, "末尾", 1, 15)
    group = made.shapes.add_group_shape()
    for words, top in (("组内二", 10), ("组内一", 8)):
        inner = group.shapes.add_textbox(Cm(1), Cm(top), Cm(5), Cm(1))
        inner.text_frame.text = words
    box(made, "开头", 1, 4)
    assert said(load(slides), "paragraph") == ["开头", "组内一", "组内二", "末尾"]


def test_automatic_numbers_are_written_out() -> None:
    slides = Presentation()
    frame = box(slide(slides, TITLE_ONLY, "标题"), "甲", 1, 5).text_frame
    for words in ("乙", "子项", "丙", "丁"):
        frame.add_paragraph().text = words
    schemes = ["ea1JpnChsDbPeriod", "ea1JpnChsDbPeriod", "arabicParenBoth", "ea1JpnChsDbPeriod", ""]
    for paragraph, scheme, level in zip(frame.paragraphs, schemes, (0, 0, 1, 0, 0), strict=True):
        paragraph.level = level
        mark = f'<a:buAutoNum {_SPACES} type="{scheme}"/>' if scheme else f"<a:buNone {_SPACES}/>"
        paragraph._p.get_or_add_pPr().append(parse_xml(mark))
    assert said(load(slides), "paragraph") == ["一．甲", "二．乙", "(1) 子项", "三．丙", "丁"]


def test_charts_are_tables_of_what_they_show() -> None:
    slides = Presentation()
    made = slide(slides, TITLE_ONLY, "完成率")
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["交通局", "教育局"]
    data.add_series("完成率", (0.869, None))
    data.add_series("计划", (1, 0.5))
    made.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(4), Cm(15), Cm(8), data)
    assert rows(load(slides)) == [
        ["", "完成率", "计划"], ["交通局", "86.9%", "100.0%"], ["教育局", "", "50.0%"],
    ]  # fmt: skip


def test_what_python_pptx_passes_over_is_read_once() -> None:
    slides = Presentation()
    made = slide(slides, TITLE_ONLY, "公式")
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name="a"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:p><a:r><a:t>同比</a:t></a:r>{1}</a:p></p:txBody></p:sp>"
    )
    formula = "<a14:m><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></a14:m>"
    made.shapes._spTree.append(parse_xml(
        f"<mc:AlternateContent {_SPACES}><mc:Choice Requires='a14'>{shape.format(9, formula)}"
        f"</mc:Choice><mc:Fallback>{shape.format(9, '')}</mc:Fallback></mc:AlternateContent>"
    ))  # fmt: skip
    assert said(load(slides), "paragraph") == ["同比x=1"]


def test_diagrams_are_read() -> None:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    slides = Presentation()
    made = slide(slides, TITLE_ONLY, "流程")
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    points = "".join(
        f'<dgm:pt modelId="{i}"{kind}><dgm:t><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p>'
        "</dgm:t></dgm:pt>"
        for i, (kind, words) in enumerate(
            [
                (' type="doc"', ""),
                ("", "立项"),
                ("", "招标"),
                (' type="pres"', "立项"),
                ("", "开工"),
            ]
        )
    )
    xml = f"<dgm:dataModel {space} {_SPACES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    package = made.part.package
    part = Part(PackURI("/ppt/diagrams/data1.xml"), kind, package, xml.encode())
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    identifier = made.part.relate_to(part, f"{base}/diagramData")
    made.shapes._spTree.append(parse_xml(
        f'<p:graphicFrame {_SPACES} xmlns:r="{base}"><p:nvGraphicFramePr><p:cNvPr id="8" name="d"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/>"
        "<a:ext cx='9' cy='9'/></p:xfrm><a:graphic><a:graphicData "
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds {space} '
        f'r:dm="{identifier}"/></a:graphicData></a:graphic></p:graphicFrame>'
    ))  # fmt: skip
    assert said(load(slides), "paragraph") == ["立项", "招标", "开工"]


def test_footers_are_furniture_once() -> None:
    slides = Presentation()
    for title in ("一、情况", "二、问题"):
        made = slide(slides, TITLE_ONLY, title)
        made.shapes._spTree.append(parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="9" name="f"/><p:cNvSpPr/><p:nvPr>'
            '<p:ph type="ftr" idx="11"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>'
            "<a:r><a:t>区发改局内部资料</a:t></a:r></a:p></p:txBody></p:sp>"
        ))  # fmt: skip
    assert said(load(slides), "furniture") == ["区发改局内部资料"]


words = st.text(st.sampled_from("甲乙丙12.，％&<\t\v "), max_size=6)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_table_cells_are_exact(height: int, width: int, data: Any) -> None:
    slides = Presentation()
    made = slide(slides, BLANK)
    table = made.shapes.add_table(height, width, Cm(1), Cm(1), Cm(20), Cm(4)).table
    expected = {}
    for r in range(height):
        for c in range(width):
            text = data.draw(words)
            table.cell(r, c).text = text
            expected[r, c] = "".join(text.split())
    loaded = load(slides)
    if any(expected.values()):
        assert {at: "".join(text.split()) for at, text in cells(loaded).items()} == expected


# ---- hostile containers


def test_bombs_entities_and_cut_off_files_are_refused() -> None:
    good = presentation()
    with pytest.raises(DamagedFileError, match="超过上限"):
        read_slides(replaced(good, "ppt/slides/slide1.xml", lambda data: data.replace(
            b"</p:txBody>", b"<a:p/>" * 3_000_000 + b"</p:txBody>", 1)))  # fmt: skip
    evil = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(DamagedFileError, match="实体声明"):
        read_slides(replaced(good, "ppt/slides/slide1.xml", lambda data: evil + data))
    for cut in (10, 300, -300, -40):
        with pytest.raises(DamagedFileError):
            read_slides(good[:cut])
    with pytest.raises(DamagedFileError):
        read_slides(replaced(good, "ppt/slides/slide1.xml", lambda data: data[:-40]))
    with pytest.raises(DamagedFileError):
        read_slides(replaced(good, "_rels/.rels", lambda _: b"<Relationships/>"))
