"""The conditions of an answer as controls, and the answer that an edited reading gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.chat import open_assistant
from assistant.errors import ReadingError
from assistant.records import Answer, Turn
from assistant.web.conversation import Conversation
from assistant.web.dialogue import Dialogue
from assistant.web.reading import read_filters, render_choices, render_reading
from assistant.web.shelf import Shelf
from index.library import Library

READ = Answer(
    question="哪些项目未开工？",
    answer="共 **1个**",
    interpretation={
        "kind": "list",
        "filters": {
            "stage": "not_started",
            "unit": ["区交通局", '"><img>局'],
            "limit": "1亿元以上",
        },
        "reading": "状态=未开工",
    },
)


class Rereader:
    """Answers every edited reading with its filters, or refuses."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal
        self.asked: list[tuple[str, Mapping[str, object]]] = []

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        yield replace(READ, question=question)

    def answer_edited(self, question: str, interpretation: Mapping[str, object]) -> Answer:
        self.asked.append((question, interpretation))
        if self.refusal:
            raise self.refusal
        return replace(READ, interpretation={**interpretation, "reading": "状态=滞后"})


def asked(dialogue: Dialogue) -> Conversation:
    talk = Conversation()
    list(dialogue.ask("哪些项目未开工？", talk))
    return talk


def test_every_value_is_a_control_of_its_own() -> None:
    html = render_reading(1, READ)
    assert html.count('data-facet="unit"') == 2
    assert html.count("data-drop") == 4
    assert 'data-facet="limit" data-value="1亿元以上"' in html
    assert "<img>" not in html


def test_what_a_question_is_about_cannot_be_taken_out() -> None:
    ranked = replace(READ, interpretation={"kind": "rank", "filters": {"measure": "percent"}})
    html = render_reading(1, ranked)
    assert "data-drop" not in html
    assert "比例" in html


def test_choices_are_the_values_of_the_ledger(library: Library) -> None:
    html = render_choices(library.ledger)
    assert 'value="区交通局"' in html
    assert 'value="not_started"' in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({}, {}),
        ({"filters": [1]}, {}),
        ({"filters": {"unit": "区交通局"}}, {}),
        ({"filters": {"unit": ["区交通局", 3, None]}}, {"unit": ["区交通局"]}),
        ({"filters": {"unit": ["长" * 900]}}, {"unit": ["长" * 200]}),
    ],
)
def test_only_lists_of_text_are_taken_from_a_browser(
    sent: dict[str, Any], read: dict[str, list[str]]
) -> None:
    assert read_filters(sent) == read


def test_an_edited_reading_is_a_turn_of_its_own(shelf: Shelf) -> None:
    assistant = Rereader()
    dialogue = Dialogue(assistant, shelf)
    talk = asked(dialogue)
    sent = {"turn": "1", "kind": "list", "filters": {"progress": ["behind"]}}
    past, current = list(dialogue.reread(sent, talk))[-1]
    assert 'data-turn="1"' in past
    assert 'data-turn="2"' in current
    assert "改按 状态=滞后 筛选" in current
    assert assistant.asked == [
        ("哪些项目未开工？", {"kind": "list", "filters": {"progress": ["behind"]}})
    ]
    assert [turn.question for turn in talk.history()] == [
        "哪些项目未开工？",
        "状态=滞后的项目有哪些？",
    ]


def test_an_edited_reading_can_be_edited_again(shelf: Shelf) -> None:
    assistant = Rereader()
    dialogue = Dialogue(assistant, shelf)
    talk = asked(dialogue)
    for turn in (1, 2):
        list(dialogue.reread({"turn": turn, "kind": "list", "filters": {}}, talk))
    assert [question for question, _ in assistant.asked] == ["哪些项目未开工？"] * 2


def test_a_refused_reading_says_why(shelf: Shelf) -> None:
    dialogue = Dialogue(Rereader(ReadingError("没有“x”这个条件。")), shelf)
    talk = asked(dialogue)
    _, current = list(dialogue.reread({"turn": 1, "kind": "list", "filters": {"x": ["y"]}}, talk))[
        -1
    ]
    assert "没有“x”这个条件。" in current
    assert 'data-state="failed"' in current


def test_a_fault_is_no_traceback_on_the_page(shelf: Shelf) -> None:
    dialogue = Dialogue(Rereader(RuntimeError("secret /srv/path")), shelf)
    talk = asked(dialogue)
    _, current = list(dialogue.reread({"turn": 1, "kind": "list", "filters": {}}, talk))[-1]
    assert "secret" not in current


@pytest.mark.parametrize("turn", [None, 0, 99, "x", -1, [1]])
def test_another_visitors_turn_cannot_be_edited(shelf: Shelf, turn: object) -> None:
    dialogue = Dialogue(Rereader(), shelf)
    assert list(dialogue.reread({"turn": turn, "filters": {}}, asked(dialogue))) == []


def test_over_a_real_ledger(library: Library, shelf: Shelf) -> None:
    dialogue = Dialogue(open_assistant(library), shelf)
    talk = Conversation()
    list(dialogue.ask("区交通局未开工的项目有哪些？", talk))
    sent = {"turn": 1, "kind": "list", "filters": {"progress": ["behind"]}}
    _, current = list(dialogue.reread(sent, talk))[-1]
    assert "柳溪河清淤" in current
    assert "石桥改建" not in current
