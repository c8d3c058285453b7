"""Teach which state of a project words name: the weights of ``index.ledger.statewords``.

python -m training.states [--hold]

Learns from words for each state and for what is none (``training/states/``; “{a|b|}” stands for
each of its alternatives), from the states that the offices of the evaluation sort by, as far as
patterns know them, and from names, phrases and reasons, which are no states. ``--hold`` keeps
every fourth office and every fifth line of the lists out and says how the others' weights do.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.ledger.reader import read_ledger
from index.ledger.records import STATE
from index.ledger.states import bare_name
from index.ledger.statewords import CLASSES, LONGEST, NONE, SIZE, SURE, WEIGHTS, state_features
from index.ledger.status import status_of
from index.load import load_file
from index.structure import read_structure
from training.lists import matrix_of, words_of
from training.names import OFFICES, listed

LISTS = Path(__file__).parent / "states"
SHORT = 12  # characters of other words that are held against states
STRENGTH = 20.0  # the inverse of how strongly weights are held small
SEED = 7
Example = tuple[str, str, str]  # words, class, where from


def of_lists(chance: random.Random) -> Iterator[Example]:
    """Yield the words of the lists, each with its class and its line."""
    for path in sorted(LISTS.glob("*.txt")):
        for number, text in words_of(path, chance):
            yield text, path.stem, f"{path.stem}:{number}"


def of_office(folder: Path) -> Iterator[Example]:
    """Yield the states that an office's documents sort by, and its names and reasons as none."""
    for path in sorted(p for p in (folder / "documents").rglob("*") if p.is_file()):
        loaded = load_file(path)
        ledger = read_ledger(loaded.blocks, read_structure(loaded, path.name))
        for record in ledger.records:
            state = record.fields.get(STATE)
            if state and len(name := bare_name(state.text)) <= LONGEST:
                known = status_of(name, heading=True)
                label = known.progress or known.stage
                if label:
                    yield name, label, folder.name
            for key in ("name", "reason", "unit"):
                words = record.fields.get(key)
                if words and len(words.text) <= LONGEST:
                    yield words.text, NONE, folder.name


def examples() -> list[Example]:
    """Return all examples, each once."""
    chance = random.Random(SEED)
    found = list(of_lists(chance))
    others = [e for e in listed() if len(e.text) <= SHORT and not status_of(e.text)]
    found += [(e.text, NONE, "lists") for e in others]
    for office in sorted(p.parent for p in OFFICES.glob("*/questions.jsonl")):
        found += of_office(office)
    return list(dict.fromkeys(found))


def fit(found: Sequence[Example]) -> np.ndarray:
    """Return weights and biases, float32 of classes by ``SIZE + 1``."""
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(_matrix([text for text, _, _ in found]), [CLASSES.index(c) for _, c, _ in found])
    weights = np.zeros((len(CLASSES), SIZE + 1), dtype=np.float32)
    weights[model.classes_, :SIZE] = model.coef_
    weights[model.classes_, SIZE] = model.intercept_
    missing = sorted(set(range(len(CLASSES))) - set(model.classes_))
    weights[missing, SIZE] = -30.0  # a class without words is never likely
    return weights


def _matrix(texts: Sequence[str]) -> csr_matrix:
    return matrix_of([state_features(text) for text in texts], SIZE)


def report(weights: np.ndarray, held: Sequence[Example]) -> None:
    """Print how many of each class are told rightly, wrongly, and not at all."""
    scores = _matrix([text for text, _, _ in held]) @ weights[:, :SIZE].T + weights[:, SIZE]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    told: dict[str, Counter[str]] = {name: Counter() for name in CLASSES}
    for (text, label, _), row in zip(held, shares, strict=True):
        best = CLASSES[int(row.argmax())]
        verdict = "unsure" if row.max() < SURE else "right" if best == label else "wrong"
        told[label][verdict] += 1
        if verdict == "wrong":
            told[label][f"{text}={best}"] += 1
    for name, counts in told.items():
        print(name, *(f"{verdict} {counts[verdict]}" for verdict in ("right", "unsure", "wrong")),
              *[words for words in counts if "=" in words][:6])  # fmt: skip


def save(weights: np.ndarray, path: Path) -> None:
    """Write weights as whole numbers of eight bits and their scale."""
    scale = float(np.abs(weights[:, :SIZE]).max()) / 127
    whole = np.clip(np.round(weights / scale), -127, 127)
    np.savez_compressed(path, weights=whole.astype(np.int8), scale=scale)


def main() -> None:
    """Learn, and write the weights or say how they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", action="store_true", help="keep some out and ask them")
    options = parser.parse_args()
    found = examples()
    if not options.hold:
        save(fit(found), WEIGHTS)
        return
    offices = sorted(p.parent.name for p in OFFICES.glob("*/questions.jsonl"))[::4]
    lines = sorted({source for _, _, source in found if ":" in source})[::5]
    kept = {*offices, *lines}
    weights = fit([e for e in found if e[2] not in kept])
    words = {text for text, _, source in found if source not in kept}
    report(weights, [e for e in found if e[2] in kept and e[0] not in words])


if __name__ == "__main__":
    main()
