"""Which characters are passed over when reading, and which breaks are not joined."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading import Lines, read_lines
from index.records import Block, LoadedFile
from tests.index.layout import line_blocks


def read(text: str, blocks: tuple[Block, ...] | None = None) -> Lines:
    given_blocks = line_blocks(text) if blocks is None else blocks
    return read_lines(LoadedFile(text, "text/plain", given_blocks, "utf-8"))


def clean(text: str) -> str:
    return read(text).reading.view().text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成投资占总数\n－4－的三成，比上年多。", "完成投资占总数的三成，比上年多。"),
        ("全年计划投资36.5亿\n元，已完成过半。", "全年计划投资36.5亿元，已完成过半。"),
        (
            "包括：东湖路（方案未定）、机场大道、体育\n馆项目；南山区的水厂项目。",
            "包括：东湖路（方案未定）、机场大道、体育馆项目；南山区的水厂项目。",
        ),
        ("建设单位（原名第二\n工程公司）已经进场。", "建设单位（原名第二工程公司）已经进场。"),
    ],
)
def test_a_break_inside_a_sentence_is_joined_where_that_is_certain(
    text: str, expected: str
) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至 9 月底， 13 个项目完成投资 18.6 亿元。", "截至9月底，13个项目完成投资18.6亿元。"),
        ("松岭区 2024 年三季度 PPP 项目（ 2 个）", "松岭区2024年三季度 PPP 项目（2个）"),
        ("占比 66.7 ％，其中 A 类 3 个。", "占比66.7％，其中 A 类3个。"),
    ],
)
def test_spaces_around_figures_are_passed_over(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "row",
    [
        "1 柳溪公园 3000 1000 正在施工",
        "1 年产10万吨项目",
        "柳溪公园 3000 万元 在建",
        "A 柳溪公园 30",
    ],
)
def test_spaces_that_may_part_cells_are_kept(row: str) -> None:
    assert clean(row) == row


def test_a_line_of_millions_of_characters_is_read_quickly() -> None:
    started = time.monotonic()
    assert len(clean("甲乙丙丁戊己，" * 300_000)) == 2_100_000
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("mark", ["－3－", "- 3 -", "—12—", "第 3 页 共 9 页", "Page 3 of 9"])
def test_a_page_mark_on_its_own_line_is_passed_over(mark: str) -> None:
    assert clean(f"第一段结束。\n{mark}\n第二段开始。").split() == ["第一段结束。", "第二段开始。"]


def test_a_full_stop_ends_a_paragraph() -> None:
    text = "今年进展顺利。\n明年继续推进。"
    assert clean(text) == text


def test_a_heading_is_not_joined_to_the_line_before() -> None:
    text = "有关情况说明如下，请审阅\n一、总体情况\n（二）存在问题"
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "三、逾期未完成1项\n城北水厂：设备没有到货，安装推迟。",
        "（二）尚未销号3个\n人防工程：图纸还在修改，没有送审。",
    ],
)
def test_a_heading_that_ends_in_a_count_is_a_line_of_its_own(text: str) -> None:
    assert clean(text) == text


def test_a_break_where_text_may_be_missing_is_reported_and_not_joined() -> None:
    text = (
        "一年来，我们坚持服务企业，在破解融资难题方面，先后学习了外地如\n市为抓手，推动了政策落地。"
    )
    found = read(text)
    assert found.reading.view().text == text
    assert [text[a - 1 : b + 1] for a, b, _ in found.unsure] == ["如\n市"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    line = "本年度各部门按照统一部署推进有关任务取得成效"
    text = "\n".join([line, line, line, line, "至此全部结束。", "下一段另起一行说明。"])
    assert clean(text) == line * 4 + "至此全部结束。\n下一段另起一行说明。"


def test_lines_of_one_layout_block_are_one_paragraph() -> None:
    text = "扫描文本第一行\n第二行\n另一段"
    found = read(text, (Block("paragraph", 0, 11), Block("paragraph", 12, 15)))
    assert found.reading.view().text == "扫描文本第一行第二行\n另一段"


def test_invisible_characters_are_passed_over() -> None:
    assert clean("未\u200b开工\ufeff项目") == "未开工项目"


pieces = st.lists(
    st.sampled_from(
        [
            "完成投资",
            "。",
            "，",
            "\n",
            "－2－",
            "（",
            "）",
            "一、",
            "36.5亿",
            "元",
            "**",
            "𠀀",
            "\u200b",
            " ",
        ]
    ),
    max_size=40,
).map("".join)


@given(pieces)
@settings(max_examples=200)
def test_reading_only_ever_leaves_characters_out(text: str) -> None:
    view = read(text).reading.view()
    assert all(text[at] == c for at, c in zip(view.offsets, view.text, strict=True))
    assert list(view.offsets) == sorted(set(view.offsets))
    kept = set(view.offsets)
    dropped = "".join(c for at, c in enumerate(text) if at not in kept)
    assert not set(dropped) - set("\n－2 \u200b-")


@given(pieces, st.data())
def test_the_view_of_a_part_is_that_part_of_the_view(text: str, data: st.DataObject) -> None:
    reading = read(text).reading
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part, whole = reading.view(start, end), reading.view()
    inside = [at for at in whole.offsets if start <= at < end]
    assert list(part.offsets) == inside
