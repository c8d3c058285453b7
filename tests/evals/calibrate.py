"""Fit the ranking weights and the refusal threshold on a reading set.

python -m tests.evals.calibrate FOLDER [--sample N]

FOLDER holds ``passages.jsonl.gz`` {id,title,text} and ``queries.jsonl``
{id,text,relevant,answers}. Every question is asked twice: of the whole index,
and with its own passages left out, when the right reply is a refusal.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from assistant.question import understand
from assistant.ranking import Candidate, Features, rank
from assistant.retrieval import retrieve
from index.build import build_index
from index.library import Library, open_library
from index.settings import read_settings
from index.words import fold

NAMES = [field.name for field in fields(Features)]
KEPT = 12  # chunks read, with and without the right passage
console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Asked:
    """The candidates for one question, and which of them hold an answer."""

    answerable: list[Candidate]
    right: list[bool]
    left_out: list[Candidate]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=600)
    parser.add_argument("--data-dir", type=Path, help="keep the index here between runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.data_dir or Path(scratch)
        corpus = folder / "passages"
        if not corpus.exists():
            _write_passages(options.folder, corpus)
        settings = read_settings(folder / "index")
        with open_library(settings, "校准", create=True) as library:
            build_index([corpus], library)
            asked = [_ask(q, library) for q in track(_sample(options), "提问")]
    report(asked)


def _sample(options: argparse.Namespace) -> list[dict[str, Any]]:
    lines = (options.folder / "queries.jsonl").read_text("utf-8").splitlines()
    queries = [json.loads(line) for line in lines]
    random.Random(7).shuffle(queries)
    return queries[: options.sample]


def _write_passages(folder: Path, corpus: Path) -> None:
    corpus.mkdir(parents=True)
    with gzip.open(folder / "passages.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            passage = json.loads(line)
            text = f"{passage.get('title', '')}\n{passage['text']}\n"
            (corpus / f"{passage['id']}.txt").write_text(text, encoding="utf-8")


def _ask(query: dict[str, Any], library: Library) -> Asked:
    question = understand(query["text"])
    vector = np.asarray(library.encoder.embed_query(question.text), dtype=np.float32)
    hits = retrieve(question, vector, library, top_k=KEPT + len(query["relevant"]))
    own = {f"{key}.txt" for key in map(str, query["relevant"])}
    inside = {hit.stored.id for hit in hits if library.file_by_id(hit.stored.file_id).path in own}
    answerable = rank(question, vector, hits[:KEPT], library)
    others = [hit for hit in hits if hit.stored.id not in inside][:KEPT]
    answers = [fold(answer) for answer in query["answers"]]
    right = [
        library.file_by_id(c.unit.file_id).path in own
        and any(answer in fold(c.unit.text) for answer in answers)
        for c in answerable
    ]
    return Asked(answerable, right, rank(question, vector, others, library))


def report(asked: Sequence[Asked]) -> None:
    """Print fitted weights, and how often the best unit is right and refusals are."""
    usable = [a for a in asked if a.answerable and a.left_out]
    first = sum(a.right[0] for a in usable) / len(usable)
    three = sum(any(a.right[:3]) for a in usable) / len(usable)
    console.print(f"questions {len(usable)}; right unit first {first:.3f}, in three {three:.3f}")
    fitted = _fit_ranking(usable)
    console.print(
        "ranking weights", {n: round(float(w), 3) for n, w in zip(NAMES, fitted, strict=True)}
    )
    again = sum(_best(a, fitted) for a in usable) / len(usable)
    console.print(f"right unit first with these weights {again:.3f}")
    _print_refusal(usable)


def _best(one: Asked, weights: np.ndarray) -> bool:
    scores = [float(np.dot(astuple(c.features), weights)) for c in one.answerable]
    return one.right[int(np.argmax(scores))]


def _fit_ranking(asked: Sequence[Asked]) -> np.ndarray:
    """Return softmax-regression weights that put a right unit first."""
    import torch

    pairs = [
        (torch.tensor([astuple(c.features) for c in a.answerable[:40]]), torch.tensor(a.right[:40]))
        for a in asked
        if any(a.right[:40])
    ]
    weights = torch.zeros(len(NAMES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = (
            torch.stack(
                [
                    torch.logsumexp(x @ weights, 0) - torch.logsumexp((x @ weights)[y], 0)
                    for x, y in pairs
                ]
            ).mean()
            + 1e-3 * (weights**2).sum()
        )
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach().numpy()


def _print_refusal(asked: Sequence[Asked]) -> None:
    """Fit and print a logistic model of “answerable” over the best unit's features."""
    import torch

    rows = [astuple(a.answerable[0].features) for a in asked]
    rows += [astuple(a.left_out[0].features) for a in asked]
    x = torch.tensor(rows)
    y = torch.tensor([1.0] * len(asked) + [0.0] * len(asked))
    spread = x.std(0) + 1e-6
    weights = torch.zeros(x.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        logits = (x / spread) @ weights[:-1] + weights[-1]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y)
        loss = loss + 1e-3 * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    scale = (weights[:-1] / spread).detach().numpy()
    bias = float(weights[-1])
    console.print(
        "answerable",
        {n: round(float(w), 3) for n, w in zip(NAMES, scale, strict=True)},
        f"bias {bias:.3f}",
    )
    scores = (x.numpy() @ scale) + bias
    yes, no = scores[: len(asked)], scores[len(asked) :]
    for false_refusals in (0.02, 0.05, 0.10, 0.15):
        cut = float(np.quantile(yes, false_refusals))
        console.print(
            f"  cut {cut:.3f}: false refusals {false_refusals:.0%}, refused {np.mean(no < cut):.1%}"
        )


if __name__ == "__main__":
    main()
