"""Which characters of a paragraph name a project, whose it is, and why it is late.

A conditional random field over characters (Lafferty et al. 2001), its weights learnt by
``training/tags.py`` from paragraphs that the rules read right and from sentences put together
out of many ways to list. A reader by rules knows one layout; this knows what the words between
the names look like (“由……负责”, “卡在……上”), and so reads layouts that nobody foresaw.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["name", "owner", "reason"]
LABELS = ("O", *(f"{place}-{kind}" for kind in get_args(Kind) for place in "BI"))
WEIGHTS = Path(__file__).with_name("tags.npz")
LONGEST = 2_000  # characters of a paragraph that is tagged; more is no list but a page
_PART = re.compile(r"[，、；：。（）()—]")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a span of a text is; offsets are into the text given."""

    kind: Kind
    start: int
    end: int


def tag(text: str) -> list[Tag]:
    """Return the names, owners and reasons in a paragraph, in order."""
    if not text or len(text) > LONGEST:
        return []
    known, weights, steps = _load()
    rows = [[zlib.crc32(feature.encode()) for feature in row] for row in features(text)]
    flat = np.array([number for row in rows for number in row], dtype=np.uint32)
    places = np.minimum(np.searchsorted(known, flat), len(known) - 1)
    found = np.where((known[places] == flat)[:, None], weights[places], 0)
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return list(_spans(_best(np.add.reduceat(found, starts, axis=0), steps)))


def features(text: str) -> Iterator[list[str]]:
    """Yield what the model is told of each character: those around it and how the text is parted.

    Numbers are all alike; a part is what stands between two marks (，、；：。 and brackets).
    """
    text = "".join(_shape(character) for character in text)
    padded = f"^^^^{text}$$$$"
    marks = [match.start() for match in _PART.finditer(text)]
    depth, before = 0, -1
    for at, character in enumerate(text):
        depth += character in "（("
        if marks and before + 1 < len(marks) and marks[before + 1] < at:
            before += 1
        yield _near(padded, at + 4) + _parted(text, at, marks, before, depth > 0)
        depth -= character in "）)" and depth > 0


def _near(padded: str, at: int) -> list[str]:
    """Return the runs of one to four characters around ``at``, each with its distance."""
    return [
        "bias",
        *(f"{o}:{padded[at + o]}" for o in range(-3, 4)),
        *(f"{o}2:{padded[at + o : at + o + 2]}" for o in range(-3, 3)),
        *(f"{o}3:{padded[at + o : at + o + 3]}" for o in range(-3, 2)),
        f"4<{padded[at - 4 : at]}",
        f"4>{padded[at : at + 4]}",
    ]


def _parted(text: str, at: int, marks: list[int], before: int, inside: bool) -> list[str]:
    """Return the marks around a character, and how its part of the text begins and ends."""
    start = marks[before] if before >= 0 else -1
    here = before + 1
    end = marks[here] if here < len(marks) else len(text)
    left, right = _mark(text, start), _mark(text, end)
    further = _mark(text, marks[here + 1] if here + 1 < len(marks) else len(text))
    earlier = _mark(text, marks[before - 1] if before > 0 else -1)
    tail = text[max(at, end - 2) : end]
    return [
        f"n:{right}", f"p:{left}", f"np:{left}{right}", f"d:{inside}", f"t:{tail}",
        f"t1:{tail[-1:]}", f"h:{text[start + 1 : start + 3]}", f"n2:{right}{further}",
        f"p2:{earlier}{left}",
    ]  # fmt: skip


def _mark(text: str, at: int) -> str:
    return "^" if at < 0 else "$" if at >= len(text) else text[at]


def _shape(character: str) -> str:
    if character.isdigit():
        return "9"
    if character in "一二三四五六七八九十":
        return "一"
    return "A" if character.isascii() and character.isalpha() else character


@cache
def _load() -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the known features by hash, ascending, their weights a label, and those of steps."""
    with np.load(WEIGHTS) as kept:
        known, labels, weights = kept["features"], kept["labels"], kept["weights"]
        unique, rows = np.unique(known, return_inverse=True)
        table = np.zeros((len(unique), len(LABELS)), dtype=np.float32)
        table[rows, labels] = weights
        return unique, table, kept["steps"].astype(np.float32)


def _best(scores: NDArray[np.float32], steps: NDArray[np.float32]) -> list[int]:
    """Return the best sequence of labels (Viterbi), given scores [character, label]."""
    back = np.zeros(scores.shape, dtype=np.intp)
    total = scores[0]
    for at in range(1, len(scores)):
        ways = total[:, None] + steps
        back[at] = ways.argmax(axis=0)
        total = ways.max(axis=0) + scores[at]
    path = [int(total.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def _spans(path: list[int]) -> Iterator[Tag]:
    start, kind = 0, 0
    for at, label in enumerate([*path, 0]):
        if kind and label != kind + 1:
            yield Tag(get_args(Kind)[(kind - 1) // 2], start, at)
            kind = 0
        if label % 2:
            start, kind = at, label
