"""English questions put in plainer English."""

from __future__ import annotations

import pytest

from assistant.translation.plain import plainly

NAME = "柳塘大桥"


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        (f"What is keeping {NAME} from getting under way?", f"Why has {NAME} not started?"),
        (
            f"What was stopping work on {NAME} from starting by the end of May?",
            f"Why had {NAME} not started by the end of May?",
        ),
        (f"What is holding up {NAME}?", f"Why is {NAME} behind schedule?"),
        (f"What is standing in the way of {NAME}?", f"Why is {NAME} behind schedule?"),
        (f"What brought work on {NAME} to a halt?", f"Why was {NAME} suspended?"),
        (f"What explains the delay to {NAME}?", f"Why is {NAME} behind schedule?"),
        (f"How come {NAME} has not begun?", f"Why has {NAME} not started?"),
        ("What was holding it up?", "Why?"),
    ],
)
def test_what_keeps_a_project_back_is_why(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "Which projects have slipped behind schedule, and what is the cause in each case?",
        "Which projects are running late, and for what reasons?",
        "Which projects are not keeping up with the plan? Give the reason for each of them.",
        "Which projects are slower than planned, and what caused the delay in each case?",
    ],
)
def test_the_reason_of_each_is_why(asked: str) -> None:
    plain = plainly(asked).lower()
    assert plain.startswith("which projects are behind schedule")
    assert plain.rstrip("?.").endswith("why")


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("What is the number of projects under construction?", "How many projects under construction?"),
        ("By 30 June, on how many projects had building work begun?", "By 30 June, how many projects had begun?"),
        ("What amount of the bond funds had been received?", "How much of the bond funds had been received?"),
        ("How large is the quota of the pier?", "What is the quota of the pier?"),
        (
            "By May, what sum had been invested, and what percentage of the plan for the year does that make?",
            "By May, how much money had been invested, and what percentage of the annual plan is that?",
        ),
    ],
)  # fmt: skip
def test_numbers_are_asked_for_in_one_way(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "Which projects fall under the water bureau?",
        "Which projects come under the water bureau?",
        "Which projects are looked after by the water bureau?",
        "Which projects are assigned to the water bureau?",
        "Which of the projects is the water bureau answerable for?",
    ],
)
def test_what_falls_under_a_unit_it_is_responsible_for(asked: str) -> None:
    assert plainly(asked) == "Which projects is the water bureau responsible for?"


@pytest.mark.parametrize(
    "asked",
    [
        f"How far along is {NAME}?",
        f"How is {NAME} coming along?",
        f"What stage has {NAME} reached?",
        f"Where does {NAME} stand now?",
        f"What became of {NAME}?",
    ],
)
def test_how_a_thing_gets_on_is_its_status(asked: str) -> None:
    assert plainly(asked) == f"What is the status of {NAME}?"


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("The site meeting was chaired by whom?", "Who chaired The site meeting?"),
        ("Which leader spoke at the May meeting, and when was the speech delivered?", "Who gave the speech at the May meeting, and on what date?"),
        ("Which member raised the flood wall, and who gave the reply?", "Who asked the question about the flood wall, and who answered it?"),
        ("Who heads the survey team?", "Who led the survey team?"),
        ("What did the meeting have to say about dust?", "What did the meeting say about dust?"),
    ],
)  # fmt: skip
def test_who_did_what_is_asked_actively(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "柳塘大桥为什么未开工？",
        "Which projects are behind schedule, and why?",
        "What is the status of 柳塘大桥?",
        "Who built the hospital in the high street?",
        "How many beds will the new hospital have?",
        "What happened at the meeting on 3 May?",
    ],
)
def test_a_plain_question_stays_as_it_is(asked: str) -> None:
    assert plainly(asked) == asked
