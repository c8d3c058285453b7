"""Teach what a reason for being late looks like: the weights of ``index.ledger.reasonwords``.

python -m training.reasons [--hold]

Learns from invented clauses (``training/clauses/``) and from the reasons that rules and tables
give in the offices of the evaluation, clause by clause, against all other clauses of their records
and the names of projects. ``--hold`` keeps every fourth office out and says how the others'
weights do on it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.ledger.likeness import hashed
from index.ledger.reader import read_ledger
from index.ledger.reasonwords import LIKELY, SIZE, SURE, WEIGHTS, clauses
from index.ledger.records import Record
from index.load import load_file
from index.structure import read_structure
from training.lists import matrix_of, words_of
from training.names import OFFICES

LISTS = Path(__file__).parent / "clauses"
SEED = 7
STRENGTH = 20.0  # the inverse of how strongly weights are held small
LATE = frozenset({"not_started", "suspended", "cancelled", "behind"})
Example = tuple[str, bool, str]  # a clause, whether it is a reason, where from


def of_lists(chance: random.Random) -> Iterator[Example]:
    """Yield invented clauses: reasons in ``reasons.txt``, others in ``others.txt``."""
    for path in sorted(LISTS.glob("*.txt")):
        for _, text in words_of(path, chance):
            yield text, path.stem == "reasons", "lists"


def of_office(folder: Path) -> Iterator[Example]:
    """Yield the clauses of an office's records; those of a late one without a reason are unsure."""
    for path in sorted(p for p in (folder / "documents").rglob("*") if p.is_file()):
        loaded = load_file(path)
        ledger = read_ledger(loaded.blocks, read_structure(loaded, path.name))
        for record in ledger.records:
            yield record.name, False, folder.name
            if record.kind != "project":
                continue
            reason = record.fields.get("reason")
            late = {record.stage, record.progress} & LATE
            if reason:
                for a, b in clauses(reason.text, 0, len(reason.text)):
                    yield reason.text[a:b], True, folder.name
            if (reason or not late) and not ledger.rosters[record.roster].table:
                yield from _others(loaded.text, record, folder.name)


def _others(text: str, record: Record, source: str) -> Iterator[Example]:
    reason = record.fields.get("reason")
    spans = reason.spans if reason else ()
    for a, b in clauses(text, record.start, record.end):
        if not any(low < b and a < high for low, high in spans):
            yield text[a:b], False, source


def fit(found: Sequence[Example]) -> np.ndarray:
    """Return weights and bias, float32 of ``SIZE + 1``."""
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(_matrix([text for text, _, _ in found]), [reason for _, reason, _ in found])
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def _matrix(texts: Sequence[str]) -> csr_matrix:
    return matrix_of([hashed(text, SIZE) for text in texts], SIZE)


def report(weights: np.ndarray, held: Sequence[Example]) -> None:
    """Print how many reasons and other clauses of ``held`` each bound tells apart."""
    truth = np.array([reason for _, reason, _ in held])
    scores = _matrix([text for text, _, _ in held]) @ weights[:SIZE] + weights[SIZE]
    share = 1 / (1 + np.exp(-scores))
    for bound in (LIKELY, SURE, 0.95):
        print(f"{bound}: {((share >= bound) & truth).sum()} of {truth.sum()} reasons above, "
              f"{((share >= bound) & ~truth).sum()} of {(~truth).sum()} others, too")  # fmt: skip
    worst = np.argsort(-np.where(truth, -1, share))[:30]
    print("likeliest others:", "；".join(held[place][0] for place in worst))


def main() -> None:
    """Learn, and write the weights or say how they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", action="store_true", help="keep offices out and ask them")
    options = parser.parse_args()
    offices = sorted(p.parent for p in OFFICES.glob("*/questions.jsonl"))
    told = (e for office in offices for e in of_office(office))
    found = list(dict.fromkeys([*of_lists(random.Random(SEED)), *told]))
    if options.hold:
        kept = {office.name for office in offices[::4]}
        known = {text for text, _, source in found if source not in kept}
        weights = fit([e for e in found if e[2] not in kept])
        report(weights, [e for e in found if e[2] in kept and e[0] not in known])
        return
    weights = fit(found)
    scale = float(np.abs(weights[:SIZE]).max()) / 127
    whole = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    np.savez_compressed(WEIGHTS, weights=whole, scale=scale)


if __name__ == "__main__":
    main()
