"""Conversations are kept, found again, renamed and deleted; nobody sees another's."""

import pytest

from assistant.desk.bodies import read_answer
from assistant.desk.desk import sees_all
from assistant.errors import DeskError, UnknownTurnError
from tests.assistant.desk.conftest import (
    ELSEWHERE,
    LI,
    REFUSED,
    UNSTARTED,
    WANG,
    ZHANG,
    ZHAO,
    Office,
    stands_in,
)


def test_an_answer_comes_back_as_it_was_given(office: Office) -> None:
    answer = office.answer(UNSTARTED)
    talk, turn = office.desk.keep(ZHANG, answer)
    (kept,) = office.desk.talks.open(ZHANG.name, talk, sees_all).turns
    assert kept.answer is not None
    assert kept.answer.to_json() == answer.to_json()
    assert kept.answer == read_answer(answer.to_json())
    assert (kept.id, kept.number, kept.question, kept.asked_by) == (turn, 1, UNSTARTED, "张科员")
    assert {c.version for c in kept.answer.citations} == {1}
    assert len(kept.index_version) == 16


def test_a_conversation_is_named_by_its_first_question_and_goes_on(office: Office) -> None:
    talk, _ = office.desk.keep(ZHANG, office.answer(UNSTARTED))
    office.desk.keep(ZHANG, office.answer(ELSEWHERE), talk)
    (info,) = office.desk.talks.list(ZHANG.name)
    assert (info.title, info.turns) == (UNSTARTED, 2)
    turns = office.desk.talks.open(ZHANG.name, talk, sees_all).turns
    assert [(t.number, t.question) for t in turns] == [(1, UNSTARTED), (2, ELSEWHERE)]
    office.desk.talks.rename(ZHANG.name, talk, "  未开工\n汇总 ")
    assert office.desk.talks.list(ZHANG.name)[0].title == "未开工 汇总"


@pytest.mark.parametrize("title", ["", " \n", "长" * 81])
def test_a_title_that_is_none_is_refused(office: Office, title: str) -> None:
    talk, _ = office.desk.keep(ZHANG, office.answer(ELSEWHERE))
    with pytest.raises(DeskError, match="标题"):
        office.desk.talks.rename(ZHANG.name, talk, title)


def test_the_conversation_that_changed_last_stands_first(office: Office) -> None:
    first, _ = office.desk.keep(ZHANG, office.answer(UNSTARTED))
    second, _ = office.desk.keep(ZHANG, office.answer(ELSEWHERE))
    assert [t.id for t in office.desk.talks.list(ZHANG.name)] == [second, first]


@pytest.mark.parametrize("words", ["征地协议", "哪些项目 征地", "１个 石桥", "石桥改建", "三季度"])
def test_words_of_questions_and_answers_are_found(office: Office, words: str) -> None:
    wanted, _ = office.desk.keep(ZHANG, office.answer(UNSTARTED))
    office.desk.keep(ZHANG, office.answer(ELSEWHERE))
    office.desk.keep(LI, office.answer(UNSTARTED))
    if "１" in words:  # found in whichever width it was typed
        office.desk.talks.rename(ZHANG.name, wanted, "共1个")
    assert [t.id for t in office.desk.talks.list(ZHANG.name, words)] == [wanted]


@pytest.mark.parametrize("words", ["citations", "%", "_", "' OR 1=1", "石桥改建 火星"])
def test_what_no_question_or_answer_says_is_not_found(office: Office, words: str) -> None:
    office.desk.keep(ZHANG, office.answer(UNSTARTED))
    assert office.desk.talks.list(ZHANG.name, words) == []


@pytest.mark.parametrize("other", [LI, WANG, ZHAO])
def test_one_person_never_sees_or_changes_anothers_conversation(
    office: Office, other: object
) -> None:
    name = other.name  # type: ignore[attr-defined]
    talk, turn = office.desk.keep(ZHANG, office.answer(UNSTARTED))
    assert office.desk.talks.list(name) == []
    assert office.desk.talks.list(name, "石桥") == []
    for attempt in (
        lambda: office.desk.talks.open(name, talk, sees_all),
        lambda: office.desk.talks.turn(name, turn, sees_all),
        lambda: office.desk.talks.rename(name, talk, "我的"),
        lambda: office.desk.talks.delete(name, talk),
        lambda: office.desk.talks.keep(name, office.answer(ELSEWHERE), talk, "", ""),
        lambda: office.desk.rate(other, turn, "up"),  # type: ignore[arg-type]
        lambda: office.desk.request(other, turn),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownTurnError):
            attempt()
    assert office.desk.standing(other, [turn], sees_all) == {}  # type: ignore[arg-type]
    assert office.desk.talks.open(ZHANG.name, talk, sees_all).info.title == UNSTARTED


def test_a_deleted_conversation_leaves_no_word(office: Office) -> None:
    question = "请问紫檀木雕刻展的经费有多少？"
    talk, turn = office.desk.keep(ZHANG, office.answer(question))
    office.desk.rate(ZHANG, turn, "down", ["unclear"], "紫檀木雕刻展没有资料")
    office.desk.talks.rename(ZHANG.name, talk, "紫檀木雕刻展")
    folder = office.library.settings.data_dir
    assert stands_in("紫檀木雕刻展", folder)
    assert office.desk.delete(ZHANG, talk) == 0
    assert office.desk.talks.list(ZHANG.name) == []
    assert office.desk.feedback(WANG, sees_all) == []
    assert not stands_in("紫檀木雕刻展", folder)


def test_what_was_decided_outlives_the_conversation(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all)
    (info,) = office.desk.talks.list(ZHANG.name)
    assert office.desk.delete(ZHANG, info.id) == 1
    case = office.desk.case(WANG, turn, sees_all)
    assert case.state == "verified"
    assert case.turn.answer is not None
    assert office.desk.talks.list(ZHANG.name) == []
    with pytest.raises(UnknownTurnError):
        office.desk.talks.turn(ZHANG.name, turn, sees_all)


def test_what_may_not_be_seen_any_more_is_hidden_in_ones_own_conversation(office: Office) -> None:
    talk, _ = office.desk.keep(ZHANG, office.answer(UNSTARTED))
    office.desk.keep(ZHANG, office.answer(ELSEWHERE), talk)
    turns = office.desk.talks.open(ZHANG.name, talk, lambda path: path != "q3.txt").turns
    assert [(t.hidden, t.answer is None) for t in turns] == [(True, True), (False, False)]


def test_what_is_refused_is_collected_without_its_asker(office: Office) -> None:
    turn = office.keep(REFUSED)
    (told,) = office.desk.feedback(WANG, sees_all)
    assert (told.turn.id, told.kind, told.by, told.turn.asked_by) == (turn, "unanswered", "", "")
