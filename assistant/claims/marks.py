"""Marks by which a draft cites keys: [E3], [E3][E5], 【E3】, [E3, E5], ［Ｅ３］, [E3-E5]."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_KEY = r"[A-Za-zＡ-Ｚａ-ｚ]{0,3}[0-9０-９]{1,4}"
_JOIN = r"\s*(?:[,，、;；/&\-–—~～至和及]|and)?\s*"
_WORD = r"(?:证据|出处|来源|引用|Evidence|evidence|Source|source)?\s*[:：]?\s*"
# “[2024]12号” is the number of a document, not a mark.
MARK = re.compile(
    rf"\s?\^?(?:[\[【［]\s*{_WORD}{_KEY}(?:{_JOIN}{_WORD}{_KEY})*\s*[\]】］](?!\s*[0-9０-９]+\s*号|\()"
    rf"|[（(]\s*[EeＥｅ][0-9０-９]{{1,4}}(?:{_JOIN}[EeＥｅ][0-9０-９]{{1,4}})*\s*[)）])"
)
# What may yet become a mark when more of a stream has come.
OPEN_MARK = re.compile(
    r"[\s^]*[\[【［(（][^\]】］)）\n]{0,60}[\]】］)）]?\s*[0-9０-９]*\s*$|[\s^]+$"
)
_ONE = re.compile(rf"({_KEY})(\s*[-–—~～至]\s*(?:{_WORD})({_KEY}))?")
MAX_RANGE = 20  # keys in a range; a longer one is kept as its two ends


def keys_of(marks: Iterable[str]) -> tuple[str, ...]:
    """Return the keys in marks, in order and once each, in plain upper-case letters."""
    found: dict[str, None] = {}
    for mark in marks:
        for match in _ONE.finditer(unicodedata.normalize("NFKC", mark)):
            first, last = match[1].upper(), (match[3] or "").upper()
            for key in _range(first, last) if last else (first,):
                found[key] = None
    return tuple(found)


def _range(first: str, last: str) -> tuple[str, ...]:
    letters = first.rstrip("0123456789")
    low, high = int(first[len(letters) :]), int(re.sub(r"\D", "", last))
    if letters != last.rstrip("0123456789") or not 0 <= high - low <= MAX_RANGE:
        return first, last
    return tuple(f"{letters}{n}" for n in range(low, high + 1))
