"""OFD files: text in reading order, tables, templates, scans, and what cannot be read.

The files are written here from the published structure (GB/T 33190): there is no
program at hand that makes them.
"""

from __future__ import annotations

import pytest

from index.errors import DamagedFileError, EmptyFileError, NoTextLayerError
from index.load.ofd import read_ofd
from index.load.ofd_package import resolved
from index.load.ofd_page import _steps
from index.records import LoadedFile
from tests.index.load.checks import assert_boxed, assert_sound, rows, said
from tests.index.load.ofd_files import HEAD, NAMESPACE, image, line, ofd, page, text
from tests.index.load.pictures import png, typeset

FULL = "重点项目建设进展良好完成投资占年计划的比例较高其中道路"  # 27 letters of 5.6 mm: 151 mm


def load(content: bytes) -> LoadedFile:
    loaded = read_ofd(content)
    assert_sound(loaded)
    assert_boxed(loaded)
    return loaded


def paragraph(top: float) -> str:
    return text(FULL[:25], 39.2, top) + text(FULL, 28, top + 10) + text("到此为止。", 28, top + 20)


def report(number: int) -> str:
    head = text("关于重点项目进度情况的通报", 50, 40, 7.8) if number == 1 else ""
    body = "".join(paragraph(top) for top in (70, 105, 140))
    return page(head + body + text(f"— {number} —", 98, 280, 4.9), template=51)


def test_paragraphs_headings_and_furniture() -> None:
    template = page(text("某区人民政府文件", 28, 12, 4.2))
    loaded = load(ofd([report(n) for n in (1, 2, 3)], templates=[template], title="情况的通报"))
    assert said(loaded, "heading") == ["关于重点项目进度情况的通报"]
    assert said(loaded, "paragraph") == [f"{FULL[:25]}\n{FULL}\n到此为止。"] * 9
    assert said(loaded, "furniture") == [
        words for n in (1, 2, 3) for words in ("某区人民政府文件", f"— {n} —")
    ]
    assert [b.page for b in loaded.blocks if b.kind == "paragraph"] == [1] * 3 + [2] * 3 + [3] * 3
    assert loaded.title == "情况的通报"
    assert loaded.notes == ()


def test_template_of_one_page_is_read_as_text() -> None:
    loaded = load(ofd([page(text("正文一句。", 28, 90), template=51)],
                      templates=[page(text("某区人民政府", 60, 50, 10))]))  # fmt: skip
    assert loaded.text.split() == ["某区人民政府", "正文一句。"]
    assert not said(loaded, "furniture")


def test_ruled_table_becomes_cells() -> None:
    ruled = "".join(line(30, y, 130, y) for y in (50, 62, 82, 94))
    ruled += "".join(line(x, 50, x, 94) for x in (30, 65, 100, 130))
    words = "".join(
        text(w, x, y, 4.2)
        for x, y, w in (
            (32, 53, "项目名称"), (67, 53, "计划"), (102, 53, "完成"), (32, 64, "芙蓉路改造工程"),
            (32, 72, "二期"), (67, 66, "1,200"), (102, 66, "86.9%"), (32, 85, "乙"),
        )
    )  # fmt: skip
    loaded = load(ofd([page(ruled + words)]))
    assert rows(loaded) == [
        ["项目名称", "计划", "完成"],
        ["芙蓉路改造工程二期", "1,200", "86.9%"],
        ["乙", "", ""],
    ]


def test_letters_written_one_by_one_and_out_of_order_make_lines() -> None:
    second = "".join(text(c, 28 + 5.6 * i, 60) for i, c in enumerate("第二行的文字"))
    first = "".join(text(c, 28 + 5.6 * i, 48) for i, c in enumerate("第一行的文字"))
    assert load(ofd([page(second + first)])).text == "第一行的文字\n第二行的文字\n"


def test_two_columns_are_read_one_after_the_other() -> None:
    objects = "".join(
        text(f"{side}{row:02d}甲乙丙丁戊己庚辛壬癸子丑", x, 30 + 8 * row, 4.9)
        for row in range(20)
        for side, x in (("左", 22), ("右", 112))
    )
    said_ = load(ofd([page(objects)])).text
    order = [said_.index(f"{side}{row:02d}") for side in "左右" for row in range(20)]
    assert order == sorted(order)


def test_repeated_distances_and_matrices() -> None:
    assert _steps("1 g 3 2.5 4") == [1, 2.5, 2.5, 2.5, 4]
    scaled = (
        '<ofd:TextObject ID="1" Boundary="20 100 100 20" CTM="0.5 0 0 0.5 10 4" Size="10">'
        '<ofd:TextCode X="4" Y="8" DeltaX="g 3 10">放大的字</ofd:TextCode></ofd:TextObject>'
    )
    loaded = load(ofd([page(scaled)]))
    box = loaded.boxes[0]
    # 20 + 10 + 0.5 · 4 mm from the left; four letters of 5 mm; on the line at 100 + 4 + 0.5 · 8.
    assert box.left * 210 == pytest.approx(32, abs=0.2)
    assert box.right * 210 == pytest.approx(52, abs=0.2)
    assert box.top * 297 < 108 < box.bottom * 297 + 1


def test_physical_box_of_the_page_is_what_counts() -> None:
    loaded = load(ofd([page(text("横页", 100, 50), box="0 0 420 297")]))
    assert loaded.boxes[0].left == pytest.approx(100 / 420, abs=0.01)


def test_hidden_objects_are_not_read() -> None:
    objects = text("看得见", 28, 50) + text("看不见", 28, 70, more='Visible="false"')
    assert load(ofd([page(objects)])).text == "看得见\n"


def test_seals_attachments_and_missing_pages_are_told_of() -> None:
    content = ofd([page(text("正文", 28, 50)), "<broken"], seals=2, attachments=["附表.xlsx"])
    notes = " ".join(load(content).notes)
    assert "电子印章（签章）2 个，未验证" in notes
    assert "附表.xlsx" in notes
    assert "第 2 页" in notes


def test_scanned_page_is_recognised() -> None:
    scan = png(typeset("关于重点项目的通报", "全区共有项目143个，完成投资5.96亿元。"))
    content = ofd([page(text("有字的页", 28, 50)), page(image(101, 0, 0, 210, 297))],
                  pictures={"scan.png": scan})  # fmt: skip
    loaded = load(content)
    assert "全区共有项目143个，完成投资5.96亿元。" in loaded.text
    assert "第 2 页是扫描页" in loaded.notes[0]
    assert {box.page for box in loaded.boxes if box.confidence} == {2}


def test_pictures_without_words_are_named_so() -> None:
    from PIL import Image

    with pytest.raises(NoTextLayerError, match="OCR"):
        read_ofd(ofd([page(image(101, 0, 0, 210, 297))],
                     pictures={"a.png": png(Image.new("RGB", (300, 400), "navy"))}))  # fmt: skip


@pytest.mark.parametrize("name", ["http://example.org/ofd", "http://www.ofdspec.org", ""])
def test_other_namespaces_are_read(name: str) -> None:
    own = page(text("正文", 28, 50)).replace(NAMESPACE, f'xmlns:ofd="{name}"' if name else "")
    assert load(ofd([own if name else own.replace("ofd:", "")])).text == "正文\n"


def test_file_without_pages_or_entry_is_damaged() -> None:
    with pytest.raises(DamagedFileError, match="没有页面"):
        read_ofd(ofd([]))
    with pytest.raises(DamagedFileError, match="入口"):
        read_ofd(ofd([page("")], members={"OFD.xml": b"<x/>"}))
    with pytest.raises(DamagedFileError):
        read_ofd(ofd([page(text("正文", 28, 50))])[:-60])
    with pytest.raises(EmptyFileError):
        read_ofd(ofd([page("")]))


def test_entities_are_refused() -> None:
    bomb = f'{HEAD}<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + page("")[len(HEAD) :]
    with pytest.raises(DamagedFileError, match="实体"):
        read_ofd(ofd([bomb]))


def test_references_stay_in_the_package() -> None:
    assert resolved("Doc_0/Document.xml", "Pages/P.xml") == "Doc_0/Pages/P.xml"
    assert resolved("Doc_0/Document.xml", "/Doc_0/Res/a.png") == "Doc_0/Res/a.png"
    assert resolved("Doc_0/Document.xml", "../../../etc/passwd") == "etc/passwd"


@pytest.mark.parametrize(
    "data", ["M 0 0 L", "M L C", "L 1e99 2", "M 0 0 L nan 1 C", "A 1 2 3", "M 1 1 L 2 2 C C C"]
)
def test_odd_paths_do_no_harm(data: str) -> None:
    odd = line(1, 1, 5, 1).replace("M 0 0", data)
    assert load(ofd([page(odd + text("正文", 28, 50))])).text == "正文\n"
