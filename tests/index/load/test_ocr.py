"""Pages recognised from pictures: words, places, order, tables, and what is told of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from index.load import ocr
from index.load.image import read_image
from index.load.ocr import Allowance, Recognised, recognise
from index.load.ocr_lines import Spotted, apart_from_each_other, full_width
from index.load.ocr_notes import RecognitionLog
from index.load.pdf_page import Posture, RawPage
from index.records import LoadedFile
from tests.index.load.checks import assert_boxed, assert_sound, rows, said
from tests.index.load.pictures import font, png, scanned, typeset

LINES = (
    "全区共安排重点项目143个，总投资286.4亿元，完成",
    "投资52.38亿元，占年度计划的70.7％；其中24个项目",
    "未赶上计划进度，占在建项目总数的16.8％。",
)


def load(page: Image.Image) -> LoadedFile:
    loaded = read_image(png(page))
    assert_sound(loaded)
    assert_boxed(loaded)
    return loaded


def bare(words: str) -> str:
    """Return words without what a recogniser cannot tell: breaks, and the width of a sign."""
    return "".join(words.split()).replace("％", "%")


def notice() -> Image.Image:
    page = typeset(*LINES, size=44, height=1100)
    ImageDraw.Draw(page).text((420, 110), "关于项目进度的通报", fill="black", font=font(64))
    return page


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_scan_is_read_whichever_way_it_lies(quarters: int) -> None:
    page = scanned(notice(), slant=0.7).rotate(90 * quarters, expand=True)
    loaded = load(page)
    assert said(loaded, "heading") == ["关于项目进度的通报"]
    assert [bare(p) for p in said(loaded, "paragraph")] == [bare("".join(LINES))]
    assert loaded.notes[0].startswith("第 1 页是扫描页，文字由程序识别（OCR），平均可信度 ")
    # The heading's box is where its dark pixels are, on the picture as it lies.
    box = loaded.boxes[0]
    ink = np.argwhere(np.asarray(page)[:] < 100) / [page.height, page.width]
    inside = (
        (ink[:, 0] > box.top) & (ink[:, 0] < box.bottom)
        & (ink[:, 1] > box.left) & (ink[:, 1] < box.right)
    )  # fmt: skip
    heading = np.argwhere(np.asarray(scanned(notice(), noise=0))[:220] < 100)
    assert inside.sum() > 0.8 * len(heading)


def test_ruled_table_in_a_scan_becomes_cells() -> None:
    page = Image.new("L", (1654, 1000), "white")
    pen = ImageDraw.Draw(page)
    for y in (200, 300, 460, 560):
        pen.line((150, y, 1450, y), fill="black", width=3)
    for x in (150, 480, 800, 1100, 1450):
        pen.line((x, 200, x, 560), fill="black", width=3)
    for x, y, words in (
        (170, 225, "项目名称"), (500, 225, "责任单位"), (820, 225, "总投资"), (1120, 225, "原因"),
        (170, 320, "芙蓉路改造"), (170, 385, "工程"), (500, 350, "区交通局"), (820, 350, "4.03"),
        (1120, 350, "征地未完成"),
        (170, 485, "污水处理厂"), (500, 485, "区住建局"), (820, 485, "12.5"),
    ):  # fmt: skip
        pen.text((x, y), words, fill="black", font=font(44))
    loaded = load(scanned(page, slant=-0.8))
    assert rows(loaded) == [
        ["项目名称", "责任单位", "总投资", "原因"],
        ["芙蓉路改造工程", "区交通局", "4.03", "征地未完成"],
        ["污水处理厂", "区住建局", "12.5", ""],
    ]


def test_columns_of_a_scan_are_read_one_after_the_other() -> None:
    page = Image.new("L", (1654, 1500), "white")
    pen = ImageDraw.Draw(page)
    for row in range(16):
        for x, side in ((130, "左"), (870, "右")):
            pen.text((x, 150 + 70 * row), f"{side}{row:02d}区发改委牵头推进重大项目前期工作",
                     fill="black", font=font(36))  # fmt: skip
    words = load(scanned(page)).text
    order = [words.index(f"{side}{row:02d}") for side in "左右" for row in range(16)]
    assert order == sorted(order)


def test_empty_picture_has_no_lines() -> None:
    found = recognise(np.full((900, 700, 3), 255, np.uint8), 4, 842.0)
    assert found.lines == ()
    assert found.page.number == 4


@pytest.mark.parametrize(
    ("seen", "wide"),
    [
        ("各单位:", "各单位："),
        ("(征地拆迁)", "（征地拆迁）"),
        ("元)", "元）"),
        ("国发(2024)12号", "国发（2024）12号"),
        ("1,200.5和9:30", "1,200.5和9:30"),
        ("f(x, y)", "f(x, y)"),
        ("项目;资金", "项目；资金"),
        ("(1)工作", "（1）工作"),
    ],
)
def test_punctuation_beside_chinese_is_wide(seen: str, wide: str) -> None:
    assert full_width(seen) == wide


@given(st.text(alphabet="中文12,:()（）.a ", max_size=30))
def test_widening_keeps_length_and_is_done_at_once(words: str) -> None:
    wide = full_width(words)
    assert len(wide) == len(words)
    assert full_width(wide) == wide


def test_part_of_a_line_found_again_is_dropped() -> None:
    whole = Spotted("城北污水处理", 0, 0, 300, 50, 0.99)
    again = Spotted("里", 270, 5, 302, 48, 0.8)
    below = Spotted("厂二期", 0, 48, 150, 98, 0.99)
    assert apart_from_each_other([whole, again, below]) == [whole, below]


def recognised(number: int, *lines: tuple[str, float], dropped: tuple[str, ...] = ()) -> Recognised:
    spotted = tuple(Spotted(words, 0, 0, 10, 10, sure) for words, sure in lines)
    left = tuple(Spotted(words, 0, 0, 10, 10, 0.3) for words in dropped)
    return Recognised(RawPage(number, 10, 10, (), ()), spotted, left)


def test_pages_and_doubtful_lines_are_named() -> None:
    log = RecognitionLog()
    for number in (1, 2, 3):
        log.add(recognised(number, ("清楚的一行", 0.98)), "scan")
    log.add(recognised(5, ("模湖的一行", 0.62), ("-5-", 0.5), dropped=("印章",)), "scan")
    log.add(recognised(6), "scan")
    log.out_of_time(7)
    notes = list(log.notes())
    assert notes[0].startswith("第 1–3、5 页是扫描页")
    # Page 5: (5 · 0.62 + 3 · 0.5) / 8 = 0.575; all: (3 · 0.98 + 0.575) / 4 = 0.879.
    assert "平均可信度 0.88" in notes[0]
    assert notes[1].startswith("第 6 页没有认出文字")
    assert notes[2].startswith("第 7 页是扫描页，识别已用满 30 分钟")
    assert notes[3] == "第 5 页有 1 处识别没有把握，请重点核对：“模湖的一行”（0.62）。"
    assert notes[4] == "第 5 页有 1 处太模糊，没有读入：“印章”（0.30）。"


def test_pages_beyond_the_time_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.load.image.Allowance", lambda: Allowance(0.001))
    page = scanned(notice())
    loaded = read_image(png(page, "TIFF", save_all=True, append_images=[page, page]))
    assert "第 2–3 页是扫描页，识别已用满" in " ".join(loaded.notes)
    assert {block.page for block in loaded.blocks} == {1}


@given(
    st.integers(0, 3),
    st.floats(-0.1, 0.1),
    st.tuples(st.floats(0.3, 0.7), st.floats(0.3, 0.7)),
)
def test_posture_leads_back_to_the_picture(
    quarters: int, skew: float, at: tuple[float, float]
) -> None:
    """Turn a point of the picture as a page is turned to be read: the posture finds it again."""
    width, height = 600.0, 800.0
    x, y = at[0] * width, at[1] * height
    for _ in range(quarters):  # a quarter to the left
        x, y, width, height = y, width - x, height, width
    turned = math.cos(-skew), math.sin(-skew)
    dx, dy = x - width / 2, y - height / 2
    x, y = dx * turned[0] - dy * turned[1] + width / 2, dx * turned[1] + dy * turned[0] + height / 2
    left, top, right, bottom = Posture(width, height, quarters, skew).shown((x, y, x, y))
    assert (left, top) == pytest.approx(at, abs=1e-6)
    assert (right, bottom) == pytest.approx(at, abs=1e-6)


def test_models_are_those_of_the_wheel() -> None:
    from importlib.resources import files

    models = files("rapidocr") / "models"
    engine = ocr._engine()
    for part, name in (("Det", "PP-OCRv6_det"), ("Cls", "ppocr_mobile"), ("Rec", "PP-OCRv6_rec")):
        path = str(engine.cfg[part].model_path)
        assert name in path
        assert path.startswith(str(models))
