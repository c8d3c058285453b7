"""Which state of a project an office's own word for it means: a linear model over characters.

The weights were learnt from words for each state, by ``training/states.py``. Patterns know the
general words (``status.py``); this says of a state that no pattern foresees which one it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import get_args

import numpy as np

from index.ledger.likeness import hashed, load_weights
from index.ledger.records import Progress, Stage
from index.ledger.status import Status

NONE = "none"  # of words that name no state: a field, a cause, a unit
CLASSES: tuple[str, ...] = (NONE, *get_args(Stage), *get_args(Progress))
SIZE = 1 << 14  # weights of each class, and the bias behind them
WEIGHTS = Path(__file__).with_name("statewords.npz")
SURE = 0.8  # from this on a state is what it looks like
LONGEST = 16  # characters of a state's name
_OWN = re.compile(r"[“”\"「」『』（）()\s]")


def state_features(text: str) -> dict[int, float]:
    """Return the features of a state's name: index below ``SIZE`` to weight."""
    return hashed(_OWN.sub("", text), SIZE)


@lru_cache(maxsize=4096)
def state_likeness(text: str) -> tuple[tuple[str, float], ...]:
    """Return how probably words name each of ``CLASSES``, most probable first: 0 to 1."""
    weights = load_weights(WEIGHTS)
    scores = weights[:, SIZE].copy()
    for place, weight in state_features(text).items():
        scores += weights[:, place] * weight
    scores = np.exp(scores - scores.max())
    shares = scores / scores.sum()
    order = np.argsort(-shares)
    return tuple((CLASSES[place], float(shares[place])) for place in order)


def likely_status(text: str) -> Status:
    """Return the status that words most likely name, none where that is not sure."""
    if not 1 < len(text) <= LONGEST:
        return Status()
    name, share = state_likeness(text)[0]
    if share < SURE or name == NONE:
        return Status()
    if name in get_args(Stage):
        return Status(stage=name, stage_span=(0, len(text)))  # type: ignore[arg-type]
    return Status(progress=name, progress_span=(0, len(text)))  # type: ignore[arg-type]


def is_no_state(text: str) -> bool:
    """Tell whether words almost surely name something else than a state (“社会事业”)."""
    return dict(state_likeness(text))[NONE] >= SURE
