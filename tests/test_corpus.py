"""The sample documents: readable, marked as samples, and what the gold questions say of them."""

import json
import re
from pathlib import Path

import pytest

from index.load import SUPPORTED_SUFFIXES, load_file
from index.sources import SAMPLE_MARK
from tools import make_corpus

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "tests/evals/questions/samples.jsonl").read_text("utf-8").splitlines()
]
TEXTS = {file.name: load_file(file).text for file in CORPUS.iterdir() if file.suffix}


def test_the_folder_is_marked_as_samples() -> None:
    assert (CORPUS / SAMPLE_MARK).exists()


def test_the_usual_formats_are_among_the_samples() -> None:
    kinds = {Path(name).suffix for name in TEXTS}
    assert {".txt", ".md", ".html", ".docx", ".xlsx", ".pdf"} <= kinds <= set(SUPPORTED_SUFFIXES)


def test_question_ids_are_distinct() -> None:
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS) >= 60


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
def test_evidence_stands_in_its_document(question: dict) -> None:
    for evidence in question["evidence"]:
        squeezed = re.sub(r"\s", "", TEXTS[evidence["doc"]])
        assert re.sub(r"\s", "", evidence["contains"]) in squeezed
    assert question["expect"]["refuse"] == (question["type"] == "unanswerable")


def test_the_tool_writes_the_same_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["make_corpus", str(tmp_path)])
    make_corpus.main()
    made = {file.name: load_file(file).text for file in tmp_path.iterdir()}
    assert made
    assert made == {name: TEXTS[name] for name in made}
