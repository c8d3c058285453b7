"""What is read around a unit is the document's own text, and its places lead back there."""

import numpy as np
import pytest

from assistant.evidence import Unit
from assistant.question import understand
from assistant.ranking import Candidate, rank
from assistant.reader.windows import LONGEST, Window, windows
from assistant.retrieval import retrieve
from index.library import Library


def ranked(question: str, library: Library) -> list[Candidate]:
    read = understand(question)
    vector = np.asarray(library.encoder.embed_query(question), dtype=np.float32)
    return rank(read, vector, retrieve(read, vector, library), library)


@pytest.fixture(scope="module")
def units(library: Library) -> list[Unit]:
    return [c.unit for c in ranked("石桥改建工程由哪个单位负责？", library)]


def test_every_unit_inside_a_window_is_a_member_of_it(units: list[Unit], library: Library) -> None:
    found = windows(units, library, 20)
    for place, unit in enumerate(units):
        assert any(place in w.members for w in found)
        for window in (w for w in found if place in w.members and w.view is not None):
            assert window.start <= unit.start
            assert unit.end <= window.end
            assert unit.text in window.passage.text


def test_places_in_a_passage_are_places_in_the_document(
    units: list[Unit], library: Library
) -> None:
    for window in windows(units, library, 20):
        text = library.content(window.file_id).text
        for start in range(0, len(window.passage.text) - 2, 7):
            span = window.canonical(start, start + 2)
            words = window.passage.text[start : start + 2]
            if window.view is None:
                assert span is None
            elif span is not None and "\n" not in words:
                assert text[span[0]] == words[0]
                assert text[span[1] - 1] == words[1]


def test_debris_in_the_middle_of_a_word_is_not_read(units: list[Unit], library: Library) -> None:
    window = _window_with("征地协议未签", units, library)
    assert "－2－" not in window.passage.text
    start = window.passage.text.index("征地协议")
    span = window.canonical(start, start + 4)
    assert span is not None
    assert "－2－" in library.content(window.file_id).text[slice(*span)]


def test_windows_are_as_long_as_those_learnt_from(units: list[Unit], library: Library) -> None:
    assert all(len(w.passage.text) <= LONGEST for w in windows(units, library, 20))


def test_a_row_is_read_with_its_columns_names(library: Library) -> None:
    units = [c.unit for c in ranked("柳溪河清淤的总投资是多少？", library)]
    row = next(w for w in windows(units, library, 20) if w.view is None)
    assert "责任单位：" in row.passage.text


def test_no_more_windows_than_asked_for(units: list[Unit], library: Library) -> None:
    assert len(windows(units, library, 2)) == 2
    assert windows([], library, 2) == []


def _window_with(words: str, units: list[Unit], library: Library) -> Window:
    return next(w for w in windows(units, library, 20) if words in w.passage.text)
