"""A question in English, asked in Chinese: so that all that holds for Chinese holds for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language import is_english
from assistant.translation.clauses import Unsaid, clause_in_chinese
from assistant.translation.holdings import Holdings, holdings
from assistant.translation.pinyin import in_characters
from assistant.translation.times import in_chinese_figures
from assistant.translation.words import in_words
from index.library import Library
from index.words import fold

_CLAUSE = re.compile(
    r"(?<=[^,?;]),? and (?=(?:what|why|who|when|where|which|how|by when|by what|by how|for what|will|can)\b)|[?;] *"
    r"|(?<=[a-z\u4e00-\u9fff]), (?=(?:who|why|when|how much|how many|by when|by what) (?:is|are|was|were|must|do|does|has|have)\b)"
)
_WITH = re.compile(
    r",? with (?:the |their )(?P<c>[a-z ,]+?)(?: (?:of|for) (?:each|them)(?: of them)?)?[?.]?$"
)
_ASIDE = re.compile(r"[(（](?P<c>[^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")
_TEXTS = re.compile(r"(?:please )?(?:compare|contrast|check)\b")  # asks of whole documents
# What a leader says is found by his English title, whatever the documents' office calls him.
_OF_SPEAKERS = re.compile(
    r"\b(?:what|which|how|did|does)\b.*\b(?:mayor|secretary|governor|magistrate|leaders?|head|chief)\b"
    r".*\b(?:demand|require|ask|say|said|stress|emphasi[sz]e|order|instruct|call)"
)
_STOP_WORDS = """
    is are was were did does do has have had will can could the a an and or in on at by for to
    from with which what who why when where how about that would should must put there one
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class InChinese:
    """A question in Chinese, with (Chinese, English) of each of its clauses."""

    text: str
    clauses: tuple[tuple[str, str], ...] = ()

    def as_asked(self, words: str) -> str:
        """Return words of the question with its clauses in the English they were asked in."""
        for chinese, english in self.clauses:
            words = words.replace(f"，{chinese}", f" and {english}").replace(chinese, english)
        return words


NOTHING = InChinese("")


def in_chinese(text: str, library: Library) -> InChinese | None:
    """Return a standalone English question in Chinese, None where a word of it is not known."""
    lower = text.lower()
    if not is_english(text) or _TEXTS.match(lower) or _OF_SPEAKERS.search(lower):
        return None
    held = holdings(library)
    words = _with_names(text, held)
    words = in_chinese_figures(fold(words).replace("’", "'"))
    columns = _WITH.search(words)
    if columns:
        words = words[: columns.start()]
    clauses = [part for part in _CLAUSE.split(words) if part and part.strip(" ?.,")]
    try:
        said = [clause_in_chinese(part, held, first=n == 0) for n, part in enumerate(clauses)]
    except Unsaid:
        return None
    if columns:
        asked = [
            in_words(part, held) for part in re.split(r",| and ", columns["c"]) if part.strip()
        ]
        if any(part.unknown for part in asked):
            return None
        said.append(f"{'和'.join(part.text for part in asked)}分别是什么")
        clauses.append(columns.group().strip(" ,?."))
    if not said or not all(said):
        return None
    pairs = tuple(zip(said, (part.strip(" ?.,") for part in clauses), strict=True))
    return InChinese("，".join(said) + "？", pairs)


def _with_names(text: str, held: Holdings) -> str:
    """Return the text with the Chinese that stands in brackets in place of the English before it."""
    match = _ASIDE.search(text)
    while match:
        name = match["c"].strip()
        before = text[: match.start()].rstrip()
        start = _begin_of_name(before, name, held)
        text = f"{before[:start].rstrip()} {name} {text[match.end() :].lstrip()}"
        match = _ASIDE.search(text)
    return text


def _begin_of_name(before: str, name: str, held: Holdings) -> int:
    """Return where the English of a Chinese name begins that stands behind it."""
    words = list(re.finditer(r"[^\s]+", before))
    own = 0
    for size in range(1, min(4, len(words)) + 1):
        spelt = "".join(m.group() for m in words[-size:])
        if in_characters(re.sub(r"[^A-Za-z]", "", spelt), fold(name)) == fold(name):
            own = size
    if own:
        return words[-own].start()
    at = len(words)
    while at:
        word = words[at - 1].group().lower().strip("'")
        if word == "of" and at > 1:
            head = in_words(words[at - 2].group().lower(), held).text
            if not head or not set(head) & set(name):
                break
        elif word == "the" and at > 1 and words[at - 2].group().lower() == "of":
            pass
        elif word in _STOP or word.endswith((",", "?", ";")):
            break
        at -= 1
    while at < len(words) and words[at].group().lower() in ("of", "the"):
        at += 1
    return words[at].start() if at < len(words) else len(before)
