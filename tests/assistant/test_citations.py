import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import (
    figures,
    quote_holds,
    unverified_figures,
    verify_answer,
)
from assistant.records import Citation


def citation(text: str, start: int, end: int, n: int = 1) -> Citation:
    return Citation(n, "a.txt", None, "标题", "", None, start, end, text[start:end], None)


texts = st.text(alphabet=st.sampled_from("甲乙丙12.％，\n𠀀 ab"), min_size=1, max_size=60)


@given(texts, st.data())
def test_every_slice_holds_at_its_own_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert quote_holds(text, citation(text, start, end))


@given(texts, st.text(min_size=1, max_size=10), st.integers(-3, 70), st.integers(-3, 70))
def test_a_quote_that_is_absent_never_holds(text: str, quote: str, start: int, end: int) -> None:
    forged = replace(citation(text, 0, 1), start=start, end=end, quote=quote)
    if quote not in text:
        assert not quote_holds(text, forged)
        kept, problems = verify_answer("话[1]", [forged], {"a.txt": text})
        assert kept == []
        assert problems


def test_a_shifted_citation_moves_to_the_only_place_of_its_quote() -> None:
    text = "一二三四五"
    kept, problems = verify_answer(
        "三[1]", [replace(citation(text, 2, 3), start=0, end=1)], {"a.txt": text}
    )
    assert [(c.start, c.end) for c in kept] == [(2, 3)]
    assert problems == []


def test_a_quote_that_stands_twice_is_not_guessed() -> None:
    text = "完成。完成。"
    forged = replace(citation(text, 0, 2), start=1, end=3)
    assert verify_answer("完成[1]", [forged], {"a.txt": text})[0] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4.03亿元", "40300万元"),
        ("４．０３亿元", "4.03 亿元"),
        ("19．9％", "19.9%"),
        ("403,236万元", "403236万元"),
        ("690万元", "0.069亿元"),
    ],
)
def test_the_same_figure_in_two_forms_is_the_same(one: str, other: str) -> None:
    assert figures(one) == figures(other)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("增长6%", "增长5%"),
        ("5.96亿元", "5.96万元"),
        ("24个", "124个"),
        ("16.8%", "16.8万元"),
        ("9月", "19月"),
    ],
)
def test_a_figure_that_the_quote_does_not_hold_is_found_out(said: str, quote: str) -> None:
    assert unverified_figures(said, [quote])


def test_a_count_said_in_digits_is_held_by_a_chinese_numeral() -> None:
    assert unverified_figures("共13个", ["计十三个项目"]) == []


def test_a_mark_without_a_citation_is_reported() -> None:
    assert verify_answer("话[7]", [], {})[1][0].text == "[7]"


def test_figures_are_checked_against_the_quotes_of_their_own_line() -> None:
    text = "甲5个。乙6个。"
    both = [citation(text, 0, 4), citation(text, 4, 8, 2)]
    assert verify_answer("甲5个[1]\n乙6个[2]", both, {"a.txt": text})[1] == []
    assert verify_answer("甲6个[1]\n乙5个[2]", both, {"a.txt": text})[1] != []


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["", "％", "亿元", "万元", "个"]))
def test_any_figure_is_held_by_a_quote_that_says_it(number: object, unit: str) -> None:
    said = f"{number}{unit}"
    assert unverified_figures(said, [f"据报告，共{said}，"]) == []


@given(st.text(alphabet=string.printable + "一二十百％．亿万元", max_size=80))
def test_any_text_can_be_checked(text: str) -> None:
    assert unverified_figures(text, [text]) == []
