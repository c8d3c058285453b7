"""Names written in pinyin: “Fengqiao” is what the documents write as 枫桥.

The readings of characters are those of CC-CEDICT, which comes for the dictionary anyway.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from assistant.dictionary import DATA, PACKAGE

MOST_WAYS = 8  # to cut one word into syllables
MOST_SYLLABLES = 8
MOST_TRIED = 200
LONGEST = 6  # letters of a syllable
_SINGLE = re.compile(r"^\S (\S) \[([A-Za-z:]+)\d\]", re.MULTILINE)
_INITIALS = frozenset("bpmfdtnlgkhjqxzcsrywaeo")


def in_characters(word: str, *texts: str) -> str | None:
    """Return what a word in pinyin is in the first of the texts that says it, None if in none.

    Of several that sound alike, the one that is said most often.
    """
    plain = re.sub(r"[\s'’\-]", "", word.lower())
    ways = _ways(plain)
    if not ways:
        return None
    pattern = re.compile("|".join("".join(f"[{_readings()[s]}]" for s in way) for way in ways))
    for text in texts:
        found = Counter(match.group() for match in pattern.finditer(text))
        if found:
            return found.most_common(1)[0][0]
    return None


def is_pinyin(word: str) -> bool:
    """Tell whether a word can be cut into two syllables or more."""
    return any(len(way) > 1 for way in _ways(re.sub(r"[\s'’\-]", "", word.lower())))


@cache
def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    if not word or word[0] not in _INITIALS or not word.isascii() or not word.isalpha():
        return ()
    if len(word) > MOST_SYLLABLES * LONGEST:
        return ()
    found = islice((way for way in _cut(word, MOST_SYLLABLES) if len(way) > 1), MOST_TRIED)
    return tuple(sorted(found, key=len)[:MOST_WAYS])


def _cut(word: str, most: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut a word into at most ``most`` syllables, long ones first."""
    if not word:
        yield ()
        return
    if len(word) > most * LONGEST:
        return
    for size in range(min(LONGEST, len(word)), 0, -1):
        head = word[:size]
        if head in _readings():
            for rest in _cut(word[size:], most - 1):
                yield (head, *rest)


@cache
def _readings() -> dict[str, str]:
    """Return the characters of each syllable."""
    lines = gzip.decompress(files(PACKAGE).joinpath(DATA).read_bytes()).decode("utf-8")
    found: dict[str, dict[str, None]] = {}
    for character, reading in _SINGLE.findall(lines):
        syllable = reading.lower()
        for written in {syllable.replace("u:", "v"), syllable.replace("u:", "u")}:
            found.setdefault(written, {})[character] = None
    return {
        syllable: "".join(characters)
        for syllable, characters in found.items()
        if syllable.isalpha() and re.search("[aeiouv]", syllable)
    }
