"""How much of a long sentence is shown, and which of its words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import answer_span, key_span, window
from assistant.question import understand
from index.records import View

TEXT = (
    "全区安排重点工程9项，总投资4,030万元，其中石桥改建工程由区交通局负责，因征地协议未签没有开工。"
)
texts = st.text(alphabet="区交通局，。；,0123456789.万元%abc", min_size=1, max_size=120)


def view_of(text: str, first: int = 0) -> View:
    return View(text, tuple(range(first, first + len(text))))


@given(texts, st.data(), st.integers(1, 60))
def test_what_is_shown_holds_the_answer_and_cuts_no_figure(
    text: str, data: st.DataObject, size: int
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = window(text, (start, end), size)
    assert 0 <= low <= start
    assert end <= high <= len(text)
    for at in (low, high):
        if at not in (start, end, 0, len(text)):
            assert not re.fullmatch(r"\d\d", text[at - 1 : at + 1])


def test_whole_clauses_are_shown_as_far_as_there_is_room() -> None:
    start = TEXT.index("区交通局")
    low, high = window(TEXT, (start, start + 4), 20)
    assert TEXT[low:high] == "其中石桥改建工程由区交通局负责，"


def test_a_clause_that_is_too_long_is_cut_around_the_answer() -> None:
    text = "会议" + "研究部署" * 30 + "由林可为主持" + "贯彻落实" * 30
    start = text.index("林可为")
    low, high = window(text, (start, start + 3), 40)
    assert "林可为主持" in text[low:high]
    assert 20 <= high - low <= 44


def test_a_comma_in_a_figure_ends_no_clause() -> None:
    start, end = key_span(understand("总投资是多少？"), TEXT)
    assert TEXT[start:end] == "总投资4,030万元"


def test_a_readers_words_are_found_in_the_sentence() -> None:
    start = TEXT.index("区交通局")
    found = answer_span(
        understand("哪个单位负责？"), view_of(TEXT, 100), (100 + start, 104 + start)
    )
    assert found == (start, start + 4)


def test_why_is_answered_by_a_clause() -> None:
    start = TEXT.index("征地")
    asked = understand("石桥改建工程为什么没有开工？")
    found = answer_span(asked, view_of(TEXT), (start, start + 2))
    assert found is not None
    assert TEXT[slice(*found)] == "因征地协议未签没有开工"


def test_no_words_of_a_reader_are_no_span() -> None:
    assert answer_span(understand("谁？"), view_of(TEXT), None) is None


@pytest.mark.parametrize(
    ("question", "text", "piece", "whole"),
    [
        ("谁主持会议？", "副区长林可为主持会议并讲话。", "副区长林", "副区长林可为"),
        ("什么时候开会？", "会议于2022年1月3日上午11时召开。", "2022年", "2022年1月3日上午11时"),
        ("哪一年开会？", "会议于2022年1月3日上午11时召开。", "2022年", "2022年"),
        ("总投资多少？", "总投资约4,030万元，已到位。", "030", "约4,030万元"),
        ("主体什么时候封顶？", "主体工程9月底前封顶。", "9月", "9月底"),
        ("龙舟赛冠军成绩多少？", "冠军队以3分41秒76冲线。", "3分41秒", "3分41秒76"),
        ("全程用了多久？", "全程用时2小时05分08秒。", "05分08秒", "2小时05分08秒"),
        ("排名第几？", "该区列全市第17位，升了三位。", "17位", "第17位"),
        ("几岁可以参加？", "年满16岁及以上的居民可参加。", "16岁", "16岁及以上"),
    ],
)
def test_no_piece_of_a_word_date_or_figure_is_an_answer(
    question: str, text: str, piece: str, whole: str
) -> None:
    start = text.index(piece)
    found = answer_span(understand(question), view_of(text), (start, start + len(piece)))
    assert found is not None
    assert text[slice(*found)] == whole
