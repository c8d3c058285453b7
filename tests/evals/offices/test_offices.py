"""That the gold of the offices fits their documents."""

from __future__ import annotations

import re

import pytest

from index.load import load_file
from tests.evals.offices.__main__ import HERE, REWORDED, offices, questions_of


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("office", offices())
def test_what_is_cited_stands_in_the_documents(office: str) -> None:
    folder = HERE / office / "documents"
    texts = {path.name: squeezed(load_file(path).text) for path in folder.iterdir()}
    gold = questions_of(office)
    assert len({question["id"] for question in gold}) == len(gold) >= 40
    for question in gold:
        assert set(question["expect"]) >= {"refuse", "must_all", "items"}
        for evidence in question["evidence"]:
            assert squeezed(evidence["contains"]) in texts[evidence["doc"]], question["id"]


@pytest.mark.parametrize("office", [o for o in offices() if (HERE / o / REWORDED).exists()])
def test_every_question_is_reworded_in_other_words(office: str) -> None:
    golds, others = questions_of(office), questions_of(office, reworded=True)
    assert [gold["id"] for gold in golds] == [other["id"] for other in others]
    for gold, other in zip(golds, others, strict=True):
        assert gold["question"] != other["question"]
        assert gold["expect"] == other["expect"]
