"""The name nearest in meaning to words in another language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from langchain_core.embeddings import Embeddings

# Cosine by which the first must stand before the second: all short texts lie close together.
MARGIN = 0.004


def nearest(words: str, names: Sequence[str], encoder: Embeddings) -> str | None:
    """Return the one of ``names`` nearest to ``words``, None where none stands out."""
    if not names:
        return None
    vectors = _vectors(tuple(names), encoder)
    query = np.asarray(encoder.embed_query(words), dtype=np.float32)
    scores = vectors @ query
    order = np.argsort(-scores)
    if len(names) > 1 and scores[order[0]] - scores[order[1]] < MARGIN:
        return None
    return names[int(order[0])]


@lru_cache(maxsize=4)
def _vectors(names: tuple[str, ...], encoder: Embeddings) -> np.ndarray:
    return np.asarray([encoder.embed_query(name) for name in names], dtype=np.float32)
