"""Teach what the name of a project looks like: the weights of ``index.ledger.likeness``.

python -m training.names [--hold]

Learns from invented names and phrases (``training/names/``) and from the offices of the
evaluation: names that their tables or two of their documents give, and words beside them; then
once more, with the names said once that the first weights do not hold for none.
``--hold`` keeps every fourth office out and says how the others' weights do on them.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.ledger.likeness import LIKE, MIN_START, SIZE, UNLIKE, WEIGHTS, features
from index.ledger.reader import read_ledger
from index.load import load_file
from index.structure import read_structure
from training.lists import matrix_of

HERE = Path(__file__).parent
OFFICES = HERE.parent / "tests" / "evals" / "offices"
LISTS = HERE / "names"
LONGEST = 40  # characters
HARD = 0.5  # of the clauses, how many are taken a second time, cut somewhere
STRENGTH = 30.0  # the inverse of how strongly weights are held small
SEED = 7
_CLAUSE = re.compile(r"[^，。；：、（）()\n|“”《》\t]{2,40}")


@dataclass(frozen=True, slots=True)
class Example:
    """Words, whether they are a name, where they are from, and whether that is sure."""

    text: str
    name: bool
    source: str
    sure: bool = True


def listed() -> list[Example]:
    """Return what the lists hold: names in ``names*.txt``, other words in ``phrases*.txt``."""
    return [
        Example(line.strip(), path.name.startswith("names"), "lists")
        for path in sorted(LISTS.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def of_office(folder: Path, chance: random.Random) -> Iterator[Example]:
    """Yield an office's names and the other words of its documents, each named by the office."""
    texts: list[str] = []
    said: Counter[str] = Counter()
    sure: set[str] = set()
    for path in sorted(p for p in (folder / "documents").rglob("*") if p.is_file()):
        loaded = load_file(path)
        ledger = read_ledger(loaded.blocks, read_structure(loaded, path.name))
        texts.append(loaded.text)
        for record in ledger.records:
            said[record.name] += 1
            if ledger.rosters[record.roster].table:
                sure.add(record.name)
    names = {name for name in said if 2 <= len(name) <= LONGEST}
    for name in sorted(names):
        yield Example(name, True, folder.name, name in sure or said[name] > 1)
    for text in texts:
        yield from _other_words(text, names, folder.name, chance)


def _other_words(
    text: str, names: set[str], source: str, chance: random.Random
) -> Iterator[Example]:
    """Yield clauses without a name, what is said behind names, and names with part of it."""
    named = np.zeros(len(text) + 1, dtype=bool)
    for name in names:
        for match in re.finditer(re.escape(name), text):
            named[match.start() : match.end()] = True
    for match in _CLAUSE.finditer(text):
        a, b = match.span()
        inside = np.nonzero(named[a:b])[0]
        rest = text[a + inside.max() + 1 : b] if inside.size else text[a:b]
        if len(rest) < 2:
            continue
        yield Example(rest, False, source)
        cut = chance.randint(2, len(rest))
        if chance.random() < HARD:
            yield Example(rest[:cut], False, source)
        if inside.size and chance.random() < HARD:
            yield Example(text[a : b - len(rest)] + rest[:cut], False, source)


def fit(examples: Sequence[Example]) -> np.ndarray:
    """Return weights and bias, float32 of ``SIZE + 1``."""
    first = _fit([e for e in examples if e.sure])
    like = likenesses(first, [e.text for e in examples])
    return _fit([e for e, n in zip(examples, like, strict=True) if e.sure or n >= UNLIKE])


def _fit(examples: Sequence[Example]) -> np.ndarray:
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(_matrix([e.text for e in examples]), [e.name for e in examples])
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def _matrix(texts: Sequence[str]) -> csr_matrix:
    return matrix_of([features(text) for text in texts], SIZE)


def likenesses(weights: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    """Return how like a name each text is by the weights: float, 0 to 1."""
    return 1 / (1 + np.exp(-(_matrix(texts) @ weights[:SIZE] + weights[SIZE])))


def report(weights: np.ndarray, held: Sequence[Example]) -> None:
    """Print how many names and other words of ``held`` each bound tells apart."""
    held = [e for e in held if e.sure]
    truth = np.array([e.name for e in held])
    like = likenesses(weights, [e.text for e in held])
    for bound in (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5):
        lost, left = (like < bound) & truth, (like >= bound) & ~truth
        print(f"{bound}: {lost.sum()} of {truth.sum()} names below, "
              f"{left.sum()} of {(~truth).sum()} others not")  # fmt: skip
    names = [e.text for e in held if e.name and len(e.text) >= MIN_START]
    tails = [e.text for e in held if not e.name][: len(names)]
    right = 0
    for name, tail in zip(names, tails, strict=False):
        whole = name + tail
        ends = list(range(MIN_START, len(whole)))
        scores = likenesses(weights, [whole[:end] for end in ends])
        best = int(scores.argmax())
        right += ends[best] == len(name) and scores[best] >= LIKE
    print(f"names found before what is said: {right} of {min(len(names), len(tails))}")


def save(weights: np.ndarray, path: Path) -> None:
    """Write weights as whole numbers of eight bits and their scale."""
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(path, weights=np.round(weights / scale).astype(np.int8), scale=scale)


def main() -> None:
    """Learn, and write the weights or say how they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", action="store_true", help="keep offices out and ask them")
    options = parser.parse_args()
    chance = random.Random(SEED)
    offices = sorted(p.parent for p in OFFICES.glob("*/questions.jsonl"))
    found = [*listed(), *(e for office in offices for e in of_office(office, chance))]
    examples = list(dict.fromkeys(found))
    if options.hold:
        kept = {office.name for office in offices[::4]}
        weights = fit([e for e in examples if e.source not in kept])
        report(weights, [e for e in examples if e.source in kept])
        return
    weights = fit(examples)
    report(weights, examples)
    save(weights, WEIGHTS)


if __name__ == "__main__":
    main()
