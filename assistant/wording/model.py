"""How a question asks, and what state a modifier names: linear models over the encoder's vectors.

The weights were learnt from wordings by ``training/wordings.py``, over the vectors of the bundled
model; over another model's vectors they say nothing, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import PassageEncoder
from index.ledger.wording import tagged_words

WEIGHTS = Path(__file__).with_name("wording.npz")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_NAMING = ("n", "v", "a", "i", "l", "j")  # tags of such words
HEADS = ("forms", "modifiers")


@dataclass(frozen=True, slots=True)
class Head:
    """Classes, and for each the weights of a vector with the bias behind them."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]  # (classes, dimension + 1)


def unheard(text: str, form: str, encoder: PassageEncoder) -> list[str]:
    """Return the words of a question that nobody used who asked in a form.

    What narrows a question, or what else it asks for, is among them (“因为资金问题” in a question
    that otherwise asks for a list).
    """
    known = _known(encoder.fingerprint).get(form, frozenset())
    return [word for word in content_words(text) if word not in known]


def content_words(text: str) -> list[str]:
    """Return the words of a question that may name something: nouns, verbs and adjectives."""
    return [
        word
        for word, tag in tagged_words(text)
        if tag.startswith(_NAMING if len(word) > 1 else "n") and _CHINESE.fullmatch(word)
    ]


def likeliest(texts: Sequence[str], head: str, encoder: PassageEncoder) -> list[tuple[str, float]]:
    """Return the likeliest class of each text with its probability, nothing where it can't say."""
    known = _heads().get(encoder.fingerprint)
    if known is None or not texts:
        return []
    chosen = known[head]
    vectors = encoder.encode_queries(list(texts))
    scores = vectors @ chosen.weights[:, :-1].T + chosen.weights[:, -1]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = scores / scores.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    return [(chosen.classes[at], float(row[at])) for at, row in zip(best, shares, strict=True)]


@cache
def _known(fingerprint: str) -> dict[str, frozenset[str]]:
    """Return the words that each form was asked in, those of several forms among them."""
    with np.load(WEIGHTS) as held:
        if str(held["fingerprint"]) != fingerprint:
            return {}
        words, forms = held["words"], map(str, held["forms_classes"])
        used = np.unpackbits(held["used"], axis=1)[:, : len(words)].astype(bool)
        return {form: frozenset(words[row].tolist()) for form, row in zip(forms, used, strict=True)}


@cache
def _heads() -> dict[str, dict[str, Head]]:
    """Return the heads by the fingerprint of the model whose vectors they read."""
    with np.load(WEIGHTS) as held:
        heads = {
            name: Head(
                tuple(map(str, held[f"{name}_classes"])), held[f"{name}_weights"].astype(np.float32)
            )
            for name in HEADS
        }
        return {str(held["fingerprint"]): heads}
