"""Where words end: a general Chinese dictionary's view of running text."""

from __future__ import annotations

import logging
from functools import cache


def first_word(text: str) -> str:
    """Return the first word of ``text`` by a general segmentation (“和平” of “和平医院”)."""
    return next(iter(_segmenter().cut(text, HMM=False)), "")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open span of every word of ``text``, names of people among them."""
    spans, at = [], 0
    for word in _segmenter().cut(text):
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Return every word of ``text`` with its part of speech, in order."""
    _segmenter()  # quiet before its other half is loaded
    import jieba.posseg

    return [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]


@cache
def _segmenter():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library has no types
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba.dt
