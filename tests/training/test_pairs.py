import random

from hypothesis import assume, given
from hypothesis import strategies as st

from training.cloze import make_pairs
from training.pairs import LONGEST, SHORTEST, Pair, cut_window, place_answer, without_answer

WORDS = st.text("区交通局石桥改建项目，2024年9月底前开工投资万元。；\n", min_size=30, max_size=900)
PROSE = (
    "经省人民政府批准，石桥改建工程于2023年5月12日正式开工，计划总投资4.03亿元，由区交通局负责实施。"
    "工程全长12.6公里，途经新河镇和大王乡，涉及拆迁居民320户。由于连续降雨，路基施工推迟了两个月。"
)


@given(WORDS, st.integers(0, 800), st.integers(1, 20), st.integers(0, 99))
def test_a_window_holds_the_answer_at_its_place(text: str, at: int, size: int, seed: int) -> None:
    start, end = min(at, len(text) - 1), min(at + size, len(text))
    assume(start < end)
    cut = cut_window(Pair("谁", "", text, start, end, True, "x"), random.Random(seed))
    assert cut.answer == text[start:end]
    assert cut.passage in text


@given(WORDS, st.integers(0, 99))
def test_a_window_is_not_much_longer_than_it_may_be(text: str, seed: int) -> None:
    cut = cut_window(Pair("谁", "", text, 0, 0, False, "x"), random.Random(seed))
    longest = max(len(part) for part in text.replace("。", "。|").replace("；", "；|").split("|"))
    assert 0 < len(cut.passage) <= LONGEST + max(SHORTEST, longest)


@given(WORDS, st.integers(0, 800), st.integers(0, 99))
def test_what_is_left_without_the_answer_does_not_hold_it(text: str, at: int, seed: int) -> None:
    start = min(at, len(text) - 2)
    pair = Pair("谁", "", text, start, start + 2, True, "x")
    left = without_answer(pair, random.Random(seed))
    if left is not None:
        assert pair.answer not in left.passage
        assert not left.relevant


def test_of_equal_words_those_near_the_questions_are_the_answer() -> None:
    text = "新河镇拆迁320户。大王乡涉及学校搬迁，需安置320户。"
    place = place_answer("大王乡学校搬迁安置多少户？", text, "320户")
    assert place == (text.rindex("320户"), text.rindex("320户") + 4)
    assert place_answer("谁？", text, "没有的词") is None


def test_clozes_ask_for_words_of_the_passage_and_do_not_give_them_away() -> None:
    pairs = [p for seed in range(20) for p in make_pairs("工程简报", PROSE, 6, random.Random(seed))]
    assert {p.answer for p in pairs} >= {"2023年5月12日", "4.03亿元", "320户"}
    for pair in pairs:
        assert pair.answer
        assert pair.answer == PROSE[pair.start : pair.end]
        assert pair.answer not in pair.question
