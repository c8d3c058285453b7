"""What several documents give as the answer."""

from __future__ import annotations

from assistant.reader.agreement import Read, agreed
from assistant.reader.reading import Reading

FIRST = "决赛中柳青以三比二胜了前一届冠军方远，捧起奖杯。"
SECOND = "柳青说，这座奖杯他等了六年。"


def read(document: int, text: str, *words: tuple[str, float]) -> Read:
    spans = [(text.index(w), text.index(w) + len(w), margin) for w, margin in words]
    (start, end, margin), *others = spans
    return Read((document, 0), text, Reading(1.0, start, end, margin, tuple(others)))


def words_of(one: Read, reading: Reading) -> str:
    return one.text[reading.start : reading.end]


def test_words_that_another_document_gives_are_taken() -> None:
    passages = [read(1, FIRST, ("方远", 4.0), ("柳青", 3.5)), read(2, SECOND, ("柳青", 6.0))]
    first, second = agreed(passages)
    assert words_of(passages[0], first.reading) == "柳青"
    assert first.reading.margin == 4.0  # how sure the passage is of its likeliest words
    assert [FIRST[a:b] for a, b, _ in first.reading.others] == ["方远"]
    assert first.support == 6.0
    assert second.support == 3.5


def test_passages_of_one_document_do_not_support_each_other() -> None:
    passages = [read(1, FIRST, ("方远", 4.0), ("柳青", 3.5)), read(1, SECOND, ("柳青", 6.0))]
    assert [h.support for h in agreed(passages)] == [0.0, 0.0]
    assert [h.reading for h in agreed(passages)] == [p.reading for p in passages]


def test_a_copy_of_the_passage_is_no_second_source() -> None:
    passages = [read(1, FIRST, ("方远", 4.0)), read(2, FIRST, ("方远", 4.0))]
    assert [h.support for h in agreed(passages)] == [0.0, 0.0]


def test_words_of_which_a_passage_is_unsure_do_not_count() -> None:
    passages = [read(1, FIRST, ("方远", 4.0), ("柳青", 3.5)), read(2, SECOND, ("柳青", -2.0))]
    first, _ = agreed(passages)
    assert words_of(passages[0], first.reading) == "方远"


def test_a_reading_without_words_is_left_as_it_is() -> None:
    nothing = Read((1, 0), FIRST, Reading(0.3))
    heard = agreed([nothing, read(2, SECOND, ("柳青", 6.0))])
    assert heard[0].reading is nothing.reading
    assert heard[0].support == 0.0
