"""Teach how questions ask: the weights of ``assistant.wording.model``.

python -m training.wordings [--hold]

Learns from wordings of each way to ask, with braces where something is named, and of modifiers
that name a state or a cause (``training/wordings/*.tsv``, a class and a wording a line).
``--hold`` keeps every fifth wording out and says how the others' weights do.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.wording.forms import FORMS, OTHER
from assistant.wording.model import HEADS, WEIGHTS, content_words
from assistant.wording.modifiers import CLASSES
from assistant.wording.slots import SLOTS
from index.embed import PassageEncoder, load_encoder

LISTS = Path(__file__).parent / "wordings"
STRENGTH = 200.0  # the inverse of how strongly weights are held small
UNSAID = ("哪些文件",)  # ways to ask that have no usual wording
MEASURES = ("总投资", "计划投资", "完成投资", "完成比例")  # what stands for {指标}, in turn
COMMON = 8  # classes that used a word which says nothing of what is asked
SURE = (0.5, 0.7, 0.9)


def wordings(head: str) -> tuple[list[str], list[str]]:
    """Return the wordings that a head learns from, and the class of each."""
    classes = {*FORMS, OTHER, *UNSAID} if head == "forms" else set(CLASSES)
    texts, names = [], []
    for path in sorted(LISTS.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            name, text = line.split("\t")
            if name in classes:
                for slot, letter in SLOTS.items():
                    text = text.replace(f"{{{slot}}}", letter)
                text = text.replace("{指标}", MEASURES[len(texts) % len(MEASURES)])
                texts.append(text.removesuffix("的") if head == "modifiers" else text)
                names.append(name)
    return texts, names


def fit(vectors: np.ndarray, names: Sequence[str]) -> LogisticRegression:
    """Return the model that tells the classes of vectors apart."""
    return LogisticRegression(C=STRENGTH, max_iter=500).fit(vectors, names)


def words_used(
    texts: Sequence[str], names: Sequence[str], classes: Sequence[str]
) -> dict[str, np.ndarray]:
    """Return the words of the wordings and, in bits, which classes used each.

    Words that ``COMMON`` classes used are everybody's.
    """
    users: dict[str, set[str]] = defaultdict(set)
    for text, name in zip(texts, names, strict=True):
        for word in content_words(text):
            users[word].add(name)
    words = sorted(users)
    used = np.array(
        [[c in users[w] or len(users[w]) >= COMMON for w in words] for c in classes], dtype=np.uint8
    )
    return {"words": np.array(words), "used": np.packbits(used, axis=1)}


def told(head: str, model: LogisticRegression, vectors: np.ndarray, names: Sequence[str]) -> str:
    """Return how often a model is right, and how often where it is sure."""
    shares = model.predict_proba(vectors)
    right = model.classes_[shares.argmax(axis=1)] == np.array(names)
    sure = shares.max(axis=1)
    parts = [f"{head}: {len(names)} held out, {right.mean():.3f} right"]
    parts += [f"{(sure >= s).mean():.2f} at {s}, {right[sure >= s].mean():.3f} right" for s in SURE]
    return "; ".join(parts)


def main() -> None:
    """Learn, and keep the weights or say how they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold", action="store_true", help="keep a fifth out and measure")
    hold = parser.parse_args().hold
    encoder: PassageEncoder = load_encoder()
    kept: dict[str, np.ndarray] = {"fingerprint": np.array(encoder.fingerprint)}
    for head in HEADS:
        texts, names = wordings(head)
        vectors = encoder.encode_queries(texts)
        if hold:
            out = np.arange(len(texts)) % 5 == 0
            model = fit(vectors[~out], [n for n, o in zip(names, out, strict=True) if not o])
            print(
                told(head, model, vectors[out], [n for n, o in zip(names, out, strict=True) if o])
            )
            continue
        model = fit(vectors, names)
        weights = np.hstack([model.coef_, model.intercept_[:, None]])
        if head == "forms":
            kept |= words_used(texts, names, sorted(set(names)))
        kept[f"{head}_classes"] = np.array(model.classes_, dtype=str)
        kept[f"{head}_weights"] = weights.astype(np.float16)
    if not hold:
        np.savez_compressed(WEIGHTS, **kept)


if __name__ == "__main__":
    main()
