"""Many at once: nothing is lost, and nobody is told that the database is locked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assistant.desk.desk import sees_all
from assistant.desk.records import OnePerson
from tests.assistant.desk.conftest import ELSEWHERE, WANG, Office

PEOPLE, EACH = 8, 12


def test_people_who_ask_and_verify_at_once_lose_nothing(office: Office) -> None:
    answer = office.answer(ELSEWHERE)
    shared = office.asked(ELSEWHERE)
    n = answer.citations[0].n

    def work(number: int) -> list[int]:
        person = OnePerson(f"用户{number}", "asks")
        talk, turns = None, []
        for step in range(EACH):
            asked = replace(answer, question=f"第{step}问")
            talk, turn = office.desk.keep(person, asked, talk)
            turns.append(turn)
            office.desk.rate(person, turn, "up")
            office.desk.request(person, turn)
            office.desk.mark(WANG, shared, n, "supported", sees_all, f"{number}-{step}")
        return turns

    with ThreadPoolExecutor(PEOPLE) as pool:
        kept = list(pool.map(work, range(PEOPLE)))
    assert len({turn for turns in kept for turn in turns}) == PEOPLE * EACH
    for number in range(PEOPLE):
        (info,) = office.desk.talks.list(f"用户{number}")
        turns = office.desk.talks.open(f"用户{number}", info.id, sees_all).turns
        assert [turn.question for turn in turns] == [f"第{step}问" for step in range(EACH)]
    case = office.desk.case(WANG, shared, sees_all)
    wanted = {f"{number}-{step}" for number in range(PEOPLE) for step in range(EACH)}
    assert {mark.comment for mark in case.marks} == wanted
    assert office.desk.counts(WANG) == {"asked": PEOPLE * EACH + 1}
