from pathlib import Path

import pytest

from index.errors import IndexDamagedError
from index.lexical import LexicalIndex


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    found = LexicalIndex(tmp_path / "lexical.sqlite")
    found.add(
        [("a", "烽火台改造项目资金困难"), ("b", "道路改造已经竣工"), ("c", "完成投资54.55亿元")]
    )
    return found


def test_the_text_with_the_rarest_words_comes_first(lexical: LexicalIndex) -> None:
    assert [key for key, _ in lexical.search("烽火台改造", 3)] == ["a", "b"]


def test_a_decimal_number_is_one_word(lexical: LexicalIndex) -> None:
    assert [key for key, _ in lexical.search("54.55", 3)] == ["c"]
    assert lexical.search("54", 3) == []


def test_removed_texts_are_not_found_and_removing_twice_is_harmless(lexical: LexicalIndex) -> None:
    lexical.remove(["a", "a", "nothing"])
    assert [key for key, _ in lexical.search("烽火台", 3)] == []
    assert lexical.size() == 2


def test_adding_an_id_again_replaces_its_text(lexical: LexicalIndex) -> None:
    lexical.add([("a", "会议纪要")])
    assert lexical.search("烽火台", 3) == []
    assert [key for key, _ in lexical.search("会议", 3)] == ["a"]


@pytest.mark.parametrize("query", ["", "   ", '"', "(", "*", "' OR 1=1", "NEAR(a b)", "改造 AND"])
def test_query_syntax_in_a_question_means_nothing(lexical: LexicalIndex, query: str) -> None:
    assert all(key in "abc" for key, _ in lexical.search(query, 3))


def test_what_was_added_is_there_after_reopening(tmp_path: Path, lexical: LexicalIndex) -> None:
    lexical.close()
    again = LexicalIndex(tmp_path / "lexical.sqlite")
    assert [key for key, _ in again.search("竣工", 3)] == ["b"]


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"not a database at all, just words" * 40)
    with pytest.raises(IndexDamagedError, match="index rebuild"):
        LexicalIndex(tmp_path / "bad.sqlite")


def test_of_alternatives_any_one_counts_and_the_best_of_them_once(lexical: LexicalIndex) -> None:
    groups = [["改造", "重建", "改建"], ["资金", "经费"]]
    found = lexical.search_alternatives(groups, 3)
    assert [key for key, _ in found] == ["a", "b"]
    alone = dict(lexical.search_alternatives([["改造"]], 3))
    assert dict(found)["b"] == pytest.approx(alone["b"])


def test_an_alternative_stands_side_by_side_in_the_text(tmp_path: Path) -> None:
    lexical = LexicalIndex(tmp_path / "lexical.sqlite")
    lexical.add([("a", "烽火台改造"), ("b", "烽火连天，火台高筑"), ("c", "会议"), ("d", "纪要")])
    assert [key for key, _ in lexical.search_alternatives([["烽火台"]], 3)] == ["a"]


@pytest.mark.parametrize("groups", [[], [[]], [[""]], [['"', "*"]], [["没有"]], [["NEAR(a b)"]]])
def test_alternatives_of_nothing_find_nothing(
    lexical: LexicalIndex, groups: list[list[str]]
) -> None:
    assert lexical.search_alternatives(groups, 3) == []
