"""How much of a claim's words its evidence holds, joining words and synonyms allowed for."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from assistant.claims.folding import bare

Span = tuple[int, int]
_WORD = re.compile(r"[a-z][a-z0-9.\-]*|\d+(?:\.\d+)?[a-z]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")  # other scripts are foreign to these documents
_LIGHT = frozenset({"d", "c", "p", "u", "ud", "ug", "uj", "ul", "uv", "uz", "f", "r", "y", "zg"})
_VERBS = _LIGHT | {"v", "vd", "vi", "vg", "t"}
_OF_OFFICES = (  # what the dictionary cuts in two
    "约谈", "督办", "督导", "销号", "复工", "停建", "挂牌", "问责", "整改", "流标", "拨付",
)  # fmt: skip
LONGEST = 8  # characters of a word in either list


def novel(text: str, scope: str, exempt: Iterable[Span] = ()) -> list[Span]:
    """Return the runs of folded ``text`` that neither ``scope`` nor common wording holds.

    A character is held where it is in a pair of characters of the scope, in a joining
    word, or in a synonym of a word of the scope. ``exempt`` spans were checked already.
    """
    held = [char.isascii() or not char.isalpha() for char in text]
    checked = list(exempt)
    for start, end in checked:
        held[start:end] = [True] * (end - start)
    said = bare(scope)
    pairs = {said[i : i + 2] for i in range(len(said) - 1)}
    for at in range(len(text) - 1):
        if text[at : at + 2] in pairs:
            held[at] = held[at + 1] = True
    for at, char in enumerate(text):
        alone = not any(
            c.isalpha() and not c.isascii() for c in (text[at - 1 : at] + text[at + 1 : at + 2])
        )
        held[at] = held[at] or (alone and char in said)
    for start, end in _allowed(text, said):
        held[start:end] = [True] * (end - start)
    for match in _WORD.finditer(text):
        apart = any(match.start() < end and start < match.end() for start, end in checked)
        if not apart and match.group() not in said and match.group() not in scope:
            held[match.start() : match.end()] = [False] * len(match.group())
    return list(_runs(held))


def _allowed(text: str, said: str) -> Iterator[Span]:
    """Yield the spans of joining words, and of synonyms for what is said."""
    glue, groups = _glue(), _groups()
    for at in range(len(text)):
        for size in range(min(LONGEST, len(text) - at), 0, -1):
            word = text[at : at + size]
            if word in glue or any(other in said for other in groups.get(word, ())):
                yield at, at + size


def light(text: str) -> tuple[Span, ...]:
    """Return the spans in folded ``text`` of adverbs, particles and single characters.

    They tell nothing by themselves; what turns a meaning (未, 停, 缺) is the matter of
    other checks.
    """
    words = ((a, b, flag) for a, b, flag in _tagged(text) if _HAN.fullmatch(text, a, b))
    return tuple((a, b) for a, b, flag in words if b - a == 1 or flag in _LIGHT)


def verb_spans(text: str) -> tuple[Span, ...]:
    """Return the spans in folded ``text`` of verbs and adverbs of two characters or more."""
    return tuple((a, b) for a, b, flag in _tagged(text) if b - a > 1 and flag in _VERBS)


def widened(runs: Sequence[Span], text: str) -> list[Span]:
    """Return runs of novel characters with the rest of the words that they are part of."""
    held = _held(runs, len(text))
    for start, end, _ in _tagged(text):
        if end - start > 1 and not all(held[start:end]):
            held[start:end] = [False] * (end - start)
    return list(_runs(held))


def without(runs: Sequence[Span], exempt: Iterable[Span]) -> list[Span]:
    """Return what is left of runs outside of the exempt spans."""
    held = _held(runs, max((end for _, end in runs), default=0))
    for start, end in exempt:
        held[start:end] = [True] * (end - start)
    return list(_runs(held))


def _held(runs: Sequence[Span], size: int) -> list[bool]:
    """Return for each of ``size`` characters whether it is outside of the runs."""
    held = [True] * size
    for start, end in runs:
        held[start:end] = [False] * (end - start)
    return held


@lru_cache(maxsize=256)
def _tagged(text: str) -> tuple[tuple[int, int, str], ...]:
    found, at = [], 0
    for word, flag in _tagger()(text):
        found.append((at, at + len(word), flag))
        at += len(word)
    return tuple(found)


@cache
def _tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    """Return what cuts Chinese text into (word, tag): loading its dictionary takes a second."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    for word in _OF_OFFICES:
        tokenizer.add_word(word, tag="v")
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    return lambda text: ((pair.word, pair.flag) for pair in tagger.cut(text))


def _runs(held: Sequence[bool]) -> Iterator[Span]:
    at = 0
    while at < len(held):
        if held[at]:
            at += 1
            continue
        end = at
        while end < len(held) and not held[end]:
            end += 1
        yield at, end
        at = end


def only_joining(text: str) -> bool:
    """Tell whether folded ``text`` holds nothing but joining words and punctuation."""
    return not novel(text, "")


def content_length(text: str, exempt: Iterable[Span] = ()) -> int:
    """Return how many characters of folded ``text`` are no joining words or punctuation.

    Those in ``exempt`` are not counted.
    """
    return sum(end - start for start, end in novel(text, "", exempt))


def synonyms(word: str) -> set[str]:
    """Return a word with those that may stand for it."""
    return {word, *_groups().get(word, ())}


@cache
def _glue() -> frozenset[str]:
    return frozenset(word for line in _read("glue.txt") for word in line.split())


@cache
def _groups() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in _read("synonyms.txt"):
        for word in line.split():
            found.setdefault(word, set()).update(line.split())
    return found


def _read(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
