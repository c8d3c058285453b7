"""How well a reader in training does on passages kept out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch

from assistant.reader.spans import best_span
from tests.evals.public.metrics import f1
from training.batches import collate, target_of
from training.model import Reader
from training.pairs import Pair

WINDOW = 200  # characters of a passage that are read at a time, half of them twice


def measure(reader: Reader, groups: Sequence[Sequence[Pair]], tokenizer: Any) -> dict[str, float]:  # noqa: ANN401
    """Return exact matches and F1 with the passage given, and how often it is put first.

    Args:
        groups: the right pair first, then pairs of the same question that are not relevant.
    """
    exact = right_words = first = 0.0
    right, others = [], []
    for group in groups:
        read = [best(reader, pair, tokenizer) for pair in group]
        answer = read[0][1]
        exact += answer == group[0].answer
        right_words += f1(answer, [group[0].answer])
        first += read[0][0] >= max(score for score, _ in read)
        right.append(read[0][0])
        others += [score for score, _ in read[1:]]
    kept = sorted(right)[int(len(right) * 0.05)]
    return {
        "exact": exact / len(groups),
        "f1": right_words / len(groups),
        "first": first / len(groups),
        "rejected_at_95": sum(score < kept for score in others) / max(1, len(others)),
    }


@torch.inference_mode()
def best(reader: Reader, pair: Pair, tokenizer: Any) -> tuple[float, str]:  # noqa: ANN401
    """Return the relevance of the best window of the pair's passage, and the answer there."""
    found = []
    step = WINDOW // 2
    for at in range(0, max(1, len(pair.passage) - step), step):
        text = pair.passage[at : at + WINDOW]
        target = target_of(replace(pair, passage=text, start=0, end=0, relevant=False), tokenizer)
        assert target is not None
        found.append((text, target))
    batch = collate([target for _, target in found])
    start, end, relevant = reader(batch.ids, batch.mask)
    logits = torch.stack([start, end], -1).numpy()
    scored = []
    for row, (text, target) in enumerate(found):
        first, last, margin = best_span(logits[row], target.tokens, text)
        scored.append((float(relevant[row]), margin, text[first:last]))
    sure = max(r for r, _, _ in scored)
    return sure, max(scored, key=lambda s: s[0] + s[1])[2]
