import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup.listed import items_of, pick_in, picked

ITEMS = ["甲桥", "乙路", "丙园", "丁渠"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("第二个呢", ["乙路"]),
        ("第2项是谁负责的", ["乙路"]),
        ("最后一个", ["丁渠"]),
        ("最后两个", ["丙园", "丁渠"]),
        ("倒数第二个", ["丙园"]),
        ("前两个", ["甲桥", "乙路"]),
        ("前三项的投资", ["甲桥", "乙路", "丙园"]),
        ("前九个", ITEMS),
        ("后两个", ["丙园", "丁渠"]),
        ("第一和第三个", ["甲桥", "丙园"]),
        ("第1、4个", ["甲桥", "丁渠"]),
        ("头一个", ["甲桥"]),
        ("the second one", ["乙路"]),
        ("the first two", ["甲桥", "乙路"]),
        ("last one", ["丁渠"]),
        ("number 3", ["丙园"]),
    ],
)
def test_places_in_a_list(words: str, expected: list[str]) -> None:
    pick = pick_in(words)
    assert pick is not None
    assert picked(ITEMS, pick) == expected


@pytest.mark.parametrize(
    "words",
    ["第二季度呢", "前三季度完成多少", "前两个季度", "第三小学建好了吗", "第9期简报", "之前的",
     "目前两个都没开工",
     "the second quarter", "the first half"],
)  # fmt: skip
def test_what_counts_nothing_that_was_listed(words: str) -> None:
    assert pick_in(words) is None


@pytest.mark.parametrize("words", ["第五个", "第十二个", "倒数第六个", "第零个", "第0个"])
def test_a_place_that_is_not_there(words: str) -> None:
    pick = pick_in(words)
    assert pick is None or picked(ITEMS, pick) is None


def test_names_of_a_table_without_marks_and_escapes() -> None:
    shown = (
        "按 状态=停工 筛选，共 **2个**。[1]\n\n| 序号 | 项目 | 责任单位 |\n| --- | :--- | ---: |\n"
        "| 1 | \\*\\*产业园[2][3] | 区局 |\n| 2 | 甲\\|乙路[4] | 区局[5] |"
    )
    assert items_of(shown) == ["**产业园", "甲|乙路"]


def test_bullets_and_numbered_lines() -> None:
    assert items_of("有：\n- 甲桥——状态：停工[1]\n- 乙路（缺钱）") == ["甲桥", "乙路"]
    assert items_of("1. 甲桥，停工\n2、乙路") == ["甲桥", "乙路"]
    assert items_of("没有列表，只有一句话。") == []


@given(st.text(max_size=300))
def test_any_text_is_read(shown: str) -> None:
    assert all(isinstance(item, str) for item in items_of(shown))
    pick = pick_in(shown)
    assert pick is None or shown[pick.start : pick.end] == pick.words


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("共2项：1.老街油烟直排；2.北坡渣土场未覆盖。", ["老街油烟直排", "北坡渣土场未覆盖"]),
        ("有三处：①甲桥；②乙路；③丙园。", ["甲桥", "乙路", "丙园"]),
        ("完成投资3.5亿元，占年度计划的1.2倍。", []),
    ],
)
def test_a_list_in_one_line_has_its_items(answer: str, expected: list[str]) -> None:
    assert items_of(answer) == expected
