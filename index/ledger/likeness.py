"""How much words look like the name of a project: a linear model over runs of characters.

The weights were learnt from names and from other words of reports, by ``training/names.py``.
Rules say what a name is not; this says of words that no rule foresees how a name they look.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.ledger.wording import word_spans

SIZE = 1 << 16  # weights, and the bias behind them
LONGEST_RUN = 4  # characters
WEIGHTS = Path(__file__).with_name("likeness.npz")
MIN_START = 3  # characters of a name before what is said of it
UNLIKE, DOUBTFUL = 0.05, 0.3  # below: no name; below: perhaps a name and what is said of it
UNLIKE_SHORT = 0.005  # of words that are rather short
SHORT, RATHER_SHORT = 2, 4  # characters
LIKE = 0.8  # what the beginning of a clause must look like to be taken for the name in it
_BLANK = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")


def features(text: str) -> dict[int, float]:
    """Return the runs of characters of words as hashed features: index to weight, of length 1.

    Runs of up to four characters, with marks for where the words begin and end; any
    digit is as good as another.
    """
    marked = f"^{_DIGIT.sub('0', _BLANK.sub('', text))}$"
    counts: Counter[int] = Counter()
    for length in range(1, LONGEST_RUN + 1):
        for at in range(len(marked) - length + 1):
            counts[zlib.crc32(marked[at : at + length].encode()) % SIZE] += 1
    norm = math.sqrt(sum(n * n for n in counts.values()))
    return {place: n / norm for place, n in counts.items()}


def hashed(text: str, size: int) -> dict[int, float]:
    """Return the features of words for a model of ``size`` weights: index to weight."""
    found: dict[int, float] = {}
    for place, weight in features(text).items():
        found[place % size] = found.get(place % size, 0.0) + weight
    return found


def probability(weights: NDArray[np.float32], given: Mapping[int, float]) -> float:
    """Return what a model (weights, and the bias behind them) says of features: 0 to 1."""
    score = weights[-1] + sum(weights[place] * n for place, n in given.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(score)))))


@cache
def load_weights(path: Path) -> NDArray[np.float32]:
    """Return the weights of a file that keeps them as whole numbers and their scale."""
    with np.load(path) as held:
        weights: NDArray[np.int8] = held["weights"]
        return weights.astype(np.float32) * np.float32(held["scale"])


@lru_cache(maxsize=65_536)
def name_likeness(text: str) -> float:
    """Return how probably words are the name of a project and no more: 0 to 1."""
    return probability(load_weights(WEIGHTS), features(text))


def is_unlikely(text: str) -> bool:
    """Tell whether words are hardly a name; a short one says little of itself (“文庙街”)."""
    if len(text) <= SHORT:
        return False
    return name_likeness(text) < (UNLIKE_SHORT if len(text) <= RATHER_SHORT else UNLIKE)


def likely_name(text: str) -> int | None:
    """Return where the name ends that words begin with, None where no beginning is like one.

    “河西第二小学8月25日通过竣工验收” begins with a name of six characters.
    """
    ends = [end for _, end in word_spans(text) if MIN_START <= end < len(text)]
    found = max(((name_likeness(text[:end]), end) for end in ends), default=None)
    return found[1] if found and found[0] >= LIKE else None
