"""Every word that the desk's side of the page asks for is in the table, in both languages."""

import re
from pathlib import Path
from string import Formatter

from assistant.desk.records import MARKS, REASONS, VERDICTS
from assistant.ledger.since import CHANGES
from assistant.web.desk.strings import DESK_STRINGS
from assistant.web.people.strings import PEOPLE_STRINGS
from assistant.web.strings import STRINGS

WEB = Path(__file__).parents[4] / "assistant" / "web"
MADE = {
    *(f"mark_{name}" for name in MARKS),
    *(f"reason_{name}" for name in REASONS),
    *(f"verdict_{name}" for name in VERDICTS),
    *(f"change_{name}" for name in CHANGES),
    *(f"state_{name}" for name in ("unasked", "asked", *VERDICTS)),
    *(f"show_{name}" for name in ("unasked", "asked", *VERDICTS)),
    *(f"feedback_{name}" for name in ("up", "down", "unanswered")),
    *(f"fate_{name}" for name in ("updated", "withdrawn", "erased")),
    *(f"export_{name}" for name in ("xlsx", "docx", "jsonl")),
    *(f"tab_{name}" for name in ("ask", "home", "ledger", "documents", "verify")),
}


def test_no_word_is_missing() -> None:
    sources = [
        *(WEB / "desk").glob("*.py"),
        *(WEB / "people").glob("*.py"),
        WEB / "ledger" / "home.py",
    ]
    asked = {
        key
        for file in sources
        for key in re.findall(r"""\b(?:say|words)\(\s*["'](\w+)["']""", file.read_text("utf-8"))
    }
    assert len(asked) > 40
    assert asked | MADE <= STRINGS.keys()


def test_no_table_says_what_another_says_already() -> None:
    whole = (WEB / "strings.py").read_text("utf-8")
    own = set(re.findall(r'^    "(\w+)": \(', whole, re.MULTILINE))
    assert own & (DESK_STRINGS.keys() | PEOPLE_STRINGS.keys()) == set()
    assert DESK_STRINGS.keys() & PEOPLE_STRINGS.keys() == set()


def test_both_languages_have_the_same_variables() -> None:
    for key, (chinese, english) in (DESK_STRINGS | PEOPLE_STRINGS).items():
        named = [{f for _, f, _, _ in Formatter().parse(t) if f} for t in (chinese, english)]
        assert named[0] == named[1], key
        assert chinese, key
