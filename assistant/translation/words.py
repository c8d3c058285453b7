"""English words in the Chinese words that the index uses for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.dictionary import meanings
from assistant.translation.holdings import Holdings
from assistant.translation.pinyin import in_characters, is_pinyin
from index.words import is_chinese

LONGEST = 6  # words of an English phrase
_TOKEN = re.compile(
    r"[\u4e00-\u9fff\d.%~“”《》+—-]*[\u4e00-\u9fff]"
    r"(?:[\u4e00-\u9fff\d.%~“”《》+—-]|[(（][^()（）\s]*[)）])*|[a-z][a-z'’-]*|[\d.,]*\d%?"
)
# They join, and mean nothing by themselves.
_EMPTY_WORDS = """
    a an the of in on at by for to from with and or as is are was were be been being it its
    they them their there this that these those each all any both still yet already ever so
    far has have had do does did will would can could shall should must may might into onto
    over under during per please also just only one ones same such up out off s project
    projects who which that's about after before then than again right away when while against
    going get take takes got back use uses
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Worded:
    """Chinese for English words, and those of them that nothing is known for."""

    text: str
    unknown: tuple[str, ...] = ()


def in_words(english: str, held: Holdings) -> Worded:
    """Return an English phrase word by word in Chinese, “X of Y” turned round.

    Of the Chinese words that one may be, the one that goes on with the word before it
    in the index, else the one that is said most often there.
    """
    after = re.search(r"(?P<v>.+?) after (?P<w>.+)", english)
    if after:
        first, then = in_words(after["w"], held), in_words(after["v"], held)
        return Worded(f"{first.text}后{then.text}", first.unknown + then.unknown)
    said = ""
    unknown: list[str] = []
    # “households of 某标段 refuse”: the name is theirs, what follows is said of them.
    english = _OWN.sub(lambda m: f"{m['x']} {m['a']} {m['rest']}", _whole(english))
    done = _DONE_TO.fullmatch(english.strip())
    if done and in_words(done["v"], held).text:
        english = f"{done['v']} {done['x']}"
    state = _STATE_BEHIND.fullmatch(english.strip())
    if state:
        english = f"{state['s']}的 {state['x']}"
    joints = ["", *_JOINT.findall(english)]
    for joint, part in reversed(list(zip(joints, _JOINT.split(english)[::2], strict=True))):
        found = _run(part, held)
        said += found.text + (_BESIDE.get(joint, "") if found.text else "")
        unknown += found.unknown
    return Worded(said, tuple(unknown))


_JOINT = re.compile(r"\b(of|at|in|outside|inside|near)\b")
_BESIDE = {"outside": "外", "inside": "内", "near": "附近"}
_ON = re.compile(
    r"\b(meetings?|conference|notice|circular|report|opinions?|proposals?|plan) (?:on|about|regarding|concerning)\b"
)
_OWN = re.compile(
    r"(?P<a>[a-z -]+) of (?:the )?(?P<x>[\u4e00-\u9fff\d]+)(?: project)? (?P<rest>[a-z].*)"
)
# “elevators installed”: in Chinese what is done goes before what it is done to.
_DONE_TO = re.compile(
    r"(?P<x>(?:(?:each|every|all|the) )?[a-z-]+) (?P<v>(?!need|speed)[a-z]+ed|built)"
)
_STATE_BEHIND = re.compile(
    r"(?P<x>[a-z -]*(?:projects?|items?|matters?|money|funds?|funding|compounds?)) (?P<s>[\u4e00-\u9fff]+)"
)


def _whole(english: str) -> str:
    """Return the text with the phrases of the word list that hold “of” or “in” put in Chinese."""
    english = _ON.sub(r"\1 of", english)
    for phrase, options in _known().items():
        if _JOINT.search(phrase) and phrase in english:
            english = re.sub(rf"\b{re.escape(phrase)}\b", options[0], english)
    return english


def _run(english: str, held: Holdings) -> Worded:
    tokens = _TOKEN.findall(english)
    said, unknown = "", []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token[0].isascii() or token[0].isdigit() or re.search(r"[\u4e00-\u9fff]", token):
            said += token
            at += 1
            continue
        if token in ("and", "or") and said and at + 1 < len(tokens):
            said += "和" if is_chinese(said[-1]) and is_chinese(tokens[at + 1][0]) else ""
        for size, options in _readings(tokens[at:], held):
            if options:
                said += _chosen(said, options, held)
                at += size
                break
        else:
            if "-" in token.strip("-"):
                tokens[at : at + 1] = [part for part in token.split("-") if part]
                continue  # “water-supply” is no word of its own
            if token not in _EMPTY and len(token) > 1:
                unknown.append(token)
            at += 1
    return Worded(said, tuple(unknown))


def _readings(tokens: list[str], held: Holdings) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (words taken, what they may be), the longest and surest first."""
    known = _known()
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        yield size, known.get(_plain(" ".join(tokens[:size])), ())
    if tokens[0] in _EMPTY:
        return
    for size in range(min(3, len(tokens)), 0, -1):
        if all(is_pinyin_part(token) for token in tokens[:size]):
            name = in_characters("".join(tokens[:size]), held.names, held.texts)
            if name and (size == 1 or len(name) <= 4):
                yield size, (name,)
    for size in range(min(4, len(tokens)), 0, -1):
        options = [w for w in meanings(" ".join(tokens[:size])) if held.says(w)]
        yield size, tuple(sorted(options, key=held.count, reverse=True))


def is_pinyin_part(word: str) -> bool:
    """Tell whether a word may be pinyin, one syllable of a name at the least."""
    return is_pinyin(word) or is_pinyin(f"{word}a") or is_pinyin(f"ba{word}")


def _chosen(before: str, options: tuple[str, ...], held: Holdings) -> str:
    tail = before[-2:]
    fitting = [o for o in options if tail and held.says(tail + o)]
    return fitting[0] if fitting else next((o for o in options if held.says(o)), options[0])


def known_words(phrase: str) -> tuple[str, ...]:
    """Return the Chinese words that the word lists have for an English phrase."""
    return _known().get(_plain(phrase), ())


def _plain(words: str) -> str:
    return words.replace("’", "'")


@cache
def _known() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for package, name in (("assistant", "glossary.tsv"), (__package__, "words.tsv")):
        for line in files(package).joinpath(name).read_text(encoding="utf-8").splitlines():
            phrase, chinese = line.split("\t")
            found[phrase] = tuple(chinese.split())
    return found
