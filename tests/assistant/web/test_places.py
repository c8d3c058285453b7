"""A click in the ledger opens the source at the very words; a click on nothing opens nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from assistant.web.conversation import Conversation
from assistant.web.dialogue import Dialogue
from assistant.web.ledger.desk import LedgerDesk
from assistant.web.shelf import Shelf
from index.library import Library
from tests.assistant.web.conftest import row_of


@pytest.fixture
def dialogue(shelf: Shelf) -> Dialogue:
    return Dialogue(None, shelf)  # type: ignore[arg-type]  # nothing is asked here


def marked(html: str) -> str:
    found = re.search(r'<mark class="quote".*?>(.*?)</mark>', html, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


def test_a_record_opens_at_its_words(dialogue: Dialogue, library: Library) -> None:
    row = row_of(library, "石桥改建")
    html = dialogue.look({"record": row.key}, Conversation())
    text = library.text("report.txt")
    assert marked(html) == text[row.record.start : row.record.end]


def test_a_cell_opens_at_its_field_with_the_record_around_it(
    dialogue: Dialogue, library: Library
) -> None:
    row = row_of(library, "龙泉水库")
    html = dialogue.look({"record": row.key, "field": "total_investment"}, Conversation())
    assert marked(html) == "12"
    assert 'class="cited"' in html


def test_a_status_opens_at_the_words_that_say_it(dialogue: Dialogue, library: Library) -> None:
    row = row_of(library, "龙泉水库")
    assert marked(dialogue.look({"record": row.key, "field": "status"}, Conversation())) == "停工"


def test_every_span_of_a_finding_opens(desk: LedgerDesk, dialogue: Dialogue) -> None:
    checks = desk.open({})[2]
    places = re.findall(r'data-finding="(\w+)" data-n="(\d+)"', checks)
    assert places
    for finding, n in places:
        html = dialogue.look({"finding": finding, "n": n}, Conversation())
        assert marked(html) in checks


@pytest.mark.parametrize(
    "wanted",
    [
        {"record": "nothing"}, {"record": 7}, {"record": None, "field": []}, {"finding": "x"},
        {"unread": "../../etc/passwd"}, {"record": {"a": 1}, "n": -1},
    ],
)  # fmt: skip
def test_what_the_ledger_does_not_hold_opens_nothing(
    dialogue: Dialogue, wanted: dict[str, Any]
) -> None:
    html = dialogue.look(wanted, Conversation())
    assert "<mark" not in html
    assert 'class="panel empty"' in html


def test_a_field_or_number_that_is_none_opens_the_record_or_nothing(
    dialogue: Dialogue, library: Library
) -> None:
    row = row_of(library, "石桥改建")
    whole = library.text("report.txt")[row.record.start : row.record.end]
    assert marked(dialogue.look({"record": row.key, "field": "__dict__"}, Conversation())) == whole
    assert "<mark" not in dialogue.look({"record": row.key, "n": 99}, Conversation())
