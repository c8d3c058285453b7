"""English words of this field in Chinese, so that lexical search helps English questions."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def translate(text: str) -> str:
    """Return the Chinese for the field's words in ``text``; the longest phrase wins.

    Words that the glossary does not hold are left to the embedding model.
    """
    phrases, pattern = _glossary()
    return " ".join(phrases[match.group()] for match in pattern.finditer(text.lower()))


def untranslated(text: str) -> str:
    """Return the words of ``text`` that the glossary does not hold."""
    return _glossary()[1].sub(" ", text.lower())


@cache
def _glossary() -> tuple[dict[str, str], re.Pattern[str]]:
    lines = files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines()
    phrases = dict(line.split("\t") for line in lines)
    longest_first = sorted(phrases, key=len, reverse=True)
    return phrases, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
