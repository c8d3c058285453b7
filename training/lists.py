"""Words of the lists that models are taught with: “{a|b|}” stands for each of its alternatives."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

MOST = 300  # words of one line of a list
_CHOICE = re.compile(r"\{([^}]*)\}")


def words_of(path: Path, chance: random.Random) -> Iterator[tuple[int, str]]:
    """Yield the words of a list with the number of their line, a sample where they are many."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        words = sorted(_expanded(line.strip()))
        chance.shuffle(words)
        yield from ((number, text) for text in words[:MOST])


def _expanded(line: str) -> set[str]:
    pieces = [
        part.split("|") if place % 2 else [part] for place, part in enumerate(_CHOICE.split(line))
    ]
    return {"".join(choice) for choice in product(*pieces) if "".join(choice)}


def matrix_of(rows: Sequence[Mapping[int, float]], size: int) -> csr_matrix:
    """Return features (index to weight), one row each, as a matrix of ``size`` columns."""
    ends = np.cumsum([0, *map(len, rows)])
    places = np.fromiter((place for row in rows for place in row), dtype=np.int32)
    values = np.fromiter((value for row in rows for value in row.values()), dtype=np.float32)
    return csr_matrix((values, places, ends), shape=(len(rows), size))
