"""Pairs out of the texts that were written to learn from, and weights to go on from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.reader.bundled import GRAPH
from index.bundled_model import bundled_model_folder
from index.onnx_graph import read_weights
from training.start import weights_of
from training.written import written_groups, written_pairs

TEXTS = Path(__file__).parents[2] / "training" / "texts"
FILES = sorted(TEXTS.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_stands_in_its_text(path: Path) -> None:
    held = json.loads(path.read_text(encoding="utf-8"))
    texts = {d["id"]: d["text"] for d in held.get("documents", [])}
    for asked in held.get("questions", []):
        assert asked["quote"] in texts[asked["doc"]], asked
        assert asked["answer"] in asked["quote"], asked
    for event in held.get("events", []):
        for asked in event["questions"]:
            assert all(asked["answer"] in text for text in event["right"]), asked
            assert not any(asked["answer"] in text for text in event["near"]), asked


def test_a_pair_marks_the_answer_and_a_wrong_passage_has_none() -> None:
    pairs = written_pairs([TEXTS], 7)
    right = [pair for pair in pairs if pair.relevant]
    assert len(right) > 1000
    assert all(pair.answer for pair in right)
    assert not any(pair.answer for pair in pairs if not pair.relevant)


def test_what_is_kept_out_is_not_learnt() -> None:
    learnt = {pair.question for pair in written_pairs([TEXTS], 7)}
    groups = written_groups([TEXTS])
    assert len(groups) > 100
    assert sum(group[0].question in learnt for group in groups) <= 2  # the same words elsewhere
    for right, *others in groups:
        assert right.answer
        assert not any(other.relevant for other in others)


def test_a_graph_gives_its_weights_back() -> None:
    weights = weights_of(GRAPH)
    own = read_weights(bundled_model_folder())
    # The first layers are the encoder's own: what 8 bits keep of them is near.
    name = "encoder.layer.0.attention.self.query.weight"
    read, kept = weights[f"bert.{name}"].numpy(), own[name].astype(np.float32)
    assert np.corrcoef(read.ravel(), kept.ravel())[0, 1] > 0.99
    assert weights["span.weight"].shape == (2, 384)
