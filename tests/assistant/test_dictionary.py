import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import dictionary
from assistant.dictionary import LONGEST, alternatives


def words_for(question: str) -> set[str]:
    return {word for group in alternatives(question) for word in group}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why was the reservoir not repaired?", {"水库", "修理"}),
        ("When was the Yangtze River bridge opened?", {"长江"}),
        ("Which schools were closed?", {"学校"}),
        ("How many companies' factories burned in Warsaw?", {"公司", "工厂", "华沙"}),
        ("What did the United Nations demand?", {"联合国", "要求"}),
        ("Who studied the cities' budgets?", {"城市", "预算"}),
    ],
)
def test_words_are_found_whatever_their_ending(question: str, expected: set[str]) -> None:
    assert expected <= words_for(question)


def test_the_longest_phrase_wins() -> None:
    groups = alternatives("the people's republic of china")
    assert any("中华人民共和国" in group for group in groups)
    assert len(groups) == 1


@pytest.mark.parametrize("question", ["", "?!", "who is he", "石桥改建", "zzqx vvkk", "'s's -- ."])
def test_where_there_is_nothing_to_look_up_there_are_no_words(question: str) -> None:
    assert alternatives(question) == []


@settings(deadline=None)
@given(st.text("abegnrst 's-.’", max_size=60))
def test_every_group_holds_words_of_two_characters_and_more(question: str) -> None:
    for group in alternatives(question):
        assert group
        assert all(len(word) > 1 for word in group)
        assert len(set(group)) == len(group)


def test_meanings_are_without_asides_and_pointers() -> None:
    found = list(dictionary.entries())
    assert len(found) > 100_000
    meanings = {meaning for word, meaning in found if word == "水库"}
    assert "reservoir" in meanings
    assert not any("cl:" in meaning or "(" in meaning for meaning in meanings)
    assert max(len(key.split()) for key in dictionary._turned_round()) <= LONGEST


def test_what_was_kept_is_read_again_and_made_anew_where_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(dictionary, "_turned_round", lambda: {"dam": ["大坝"]})
    read = dictionary._phrases.__wrapped__
    assert read() == {"dam": ["大坝"]}
    (kept,) = tmp_path.iterdir()
    kept.write_text(json.dumps({"dam": ["水坝"]}), encoding="utf-8")
    assert read() == {"dam": ["水坝"]}
    kept.write_text('{"dam": ["水', encoding="utf-8")
    assert read() == {"dam": ["大坝"]}
