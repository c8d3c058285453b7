import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import View
from index.sentences import enumeration, points, sentences


def view(text: str) -> View:
    return View(text, tuple(range(len(text))))


def said(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(view(text))]


def test_a_sentence_ends_at_a_full_stop_and_not_at_a_semicolon() -> None:
    assert said("甲完成；乙滞后。丙未开工！") == ["甲完成；乙滞后。", "丙未开工！"]


def test_a_decimal_is_not_cut() -> None:
    assert said("占54.55％，另占19．9％。") == ["占54.55％，另占19．9％。"]


def test_a_full_stop_inside_brackets_or_a_quotation_does_not_cut() -> None:
    assert said("他说“先规划。后建设”的思路。对。") == ["他说“先规划。后建设”的思路。", "对。"]


def test_a_line_end_always_ends_a_sentence() -> None:
    assert said("标题没有句号\n正文。") == ["标题没有句号", "正文。"]


def listed(text: str) -> list[tuple[str | None, list[str]]]:
    found = enumeration(view(text), 0, len(text))
    assert found is not None
    return [
        (text[slice(*g.head)] if g.head else None, [text[a:b] for a, b in g.items])
        for g in found.groups
    ]


def test_items_keep_the_head_of_their_group() -> None:
    text = "这些项目分别是：区水利局的东渠整治、西渠整治项目；开发区的标准厂房。"
    assert listed(text) == [
        ("区水利局的", ["东渠整治", "西渠整治项目"]),
        ("开发区的", ["标准厂房"]),
    ]


def test_an_item_with_an_owner_of_its_own_has_no_other() -> None:
    text = "红牌项目是：区水利局的东渠整治、西渠整治、区城管局的转运站、石桥镇的幼儿园。"
    assert listed(text) == [
        ("区水利局的", ["东渠整治", "西渠整治"]),
        ("区城管局的", ["转运站"]),
        ("石桥镇的", ["幼儿园"]),
    ]


def test_separators_inside_brackets_and_quotations_do_not_part_items() -> None:
    text = "包括：甲桥（方案未定、资金不足；暂缓）、“一园、两带”工程、丙路。"
    assert listed(text) == [
        (None, ["甲桥（方案未定、资金不足；暂缓）", "“一园、两带”工程", "丙路"])
    ]


def test_a_sentence_without_a_list_has_none() -> None:
    text = "今年以来，全区项目建设总体平稳。"
    assert enumeration(view(text), 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "会议要求，一是抓安全；二是抓质量；三是抓进度。",
            ["一是抓安全；", "二是抓质量；", "三是抓进度。"],
        ),
        ("（1）先甲。（2）后乙。", ["（1）先甲。", "（2）后乙。"]),
        ("①先甲；②后乙。", ["①先甲；", "②后乙。"]),
        ("我讲两条。第一条，抓进度。第二条，抓安全。", ["第一条，抓进度。", "第二条，抓安全。"]),
        (
            "有两个方面。第一个方面：抓钱；第二个方面：抓人。",
            ["第一个方面：抓钱；", "第二个方面：抓人。"],
        ),
    ],
)
def test_points_are_found_by_their_numbers(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in points(view(text), 0, len(text))] == expected


def test_a_single_number_makes_no_points() -> None:
    assert points(view("一是抓安全。"), 0, 6) == []


texts = st.text(alphabet="甲乙、；。，：（）“”的分别是项目\n 12.", max_size=60)


@given(texts)
def test_sentences_are_ordered_disjoint_and_leave_only_space_out(text: str) -> None:
    spans = sentences(view(text))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(texts)
def test_items_lie_inside_their_groups_in_order(text: str) -> None:
    found = enumeration(view(text), 0, len(text))
    if found is None:
        return
    at = found.lead[1]
    for group in found.groups:
        for start, end in group.items:
            assert at <= start < end <= group.end
            at = end
