"""A question in English, asked in Chinese: so that all that holds for Chinese holds for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language import is_english
from assistant.translation.clauses import Unsaid, clause_in_chinese
from assistant.translation.holdings import Holdings, holdings
from assistant.translation.pinyin import in_characters
from assistant.translation.times import in_chinese_figures
from assistant.translation.words import Worded, in_words
from index.library import Library
from index.words import fold

_CLAUSE = re.compile(
    r"(?<=[^,?;]),? and (?=(?:what|why|who|when|where|which|how|by when|by what|by how|for what|will|can)\b)|[?;] *"
    r"|(?<=[a-z\u4e00-\u9fff]), (?=(?:who|why|when|how much|how many|by when|by what) (?:is|are|was|were|must|do|does|has|have)\b)"
)
_WITH = re.compile(
    r",? with (?:the |their )(?P<c>[a-z ,]+?)(?: (?:of|for) (?:each|them)(?: of them)?)?[?.]?$"
)
# Brackets right behind Chinese are part of a name: “东坊改造（B区）”.
_ASIDE = re.compile(r"(?<![\u4e00-\u9fff”》])[(（](?P<c>[^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")
# “邵立芳 (Shao Lifang)”: the name is said already.
_ALSO_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff”》]) ?[(（][A-Za-z][A-Za-z .'’-]*[)）]")
# “the 11th dispatch meeting”, “its 3rd issue”
_ORDINAL = re.compile(
    r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)\b(?= (?:[a-z-]+ ){0,3}?(?P<what>meeting|session|conference|issue|circular|bulletin|batch))"
)
_COUNTERS = {"issue": "期", "circular": "期", "bulletin": "期", "batch": "批"}
# “the month each was finished”: its date.
_WHEN_EACH = re.compile(
    r"(?:the )?(?:months?|dates?|days?|years?|times?) (?:in which |when |on which )?(?:each|it|they)"
    r"(?: one| of them| project)? (?:was|were|is|are|will be|must be|has to be) (?P<v>[a-z]+)"
)
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
    words = in_chinese_figures(_numbered(fold(words).replace("’", "'")))
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
            _column(part.strip(), held)
            for part in re.split(r",| and ", columns["c"])
            if part.strip()
        ]
        if any(part.unknown for part in asked):
            return None
        said.append(f"{'和'.join(part.text for part in asked)}分别是什么")
        clauses.append(columns.group().strip(" ,?."))
    if not said or not all(said):
        return None
    said = [_COUNTED_THING.sub(r"\g<0>个", part) for part in said]
    pairs = tuple(zip(said, (part.strip(" ?.,") for part in clauses), strict=True))
    return InChinese("，".join(said) + "？", pairs)


# “60 key projects” are “60个重点项目”, “the 8 projects” “8个项目”.
_COUNTED_THING = re.compile(
    r"(?<![\d.年月第])\d{1,4}(?=(?:重点|重大|在建|民生)?(?:项目|工程|任务)(?!部))"
)


def _numbered(text: str) -> str:
    """Return the text with the numbers of meetings and issues as Chinese says them."""
    return _ORDINAL.sub(lambda m: f"第{m['n']}{_COUNTERS.get(m['what'], '次')}", text)


def _column(words: str, held: Holdings) -> Worded:
    """Return what is asked for besides (“the month each was finished”: its 完工时间)."""
    each = _WHEN_EACH.fullmatch(words)
    if each is None:
        return in_words(words, held)
    done = in_words(each["v"], held)
    named = [f"{verb}时间" for verb in ("完工", "竣工", "完成", "建成", "办结", "开工", done.text)]
    alike = named[:5] if re.fullmatch(r"finished|completed|done|built", each["v"]) else named[-1:]
    fitting = next((name for name in alike if held.says(name)), f"{done.text}时间")
    return Worded(fitting, done.unknown)


def _with_names(text: str, held: Holdings) -> str:
    """Return the text with the Chinese that stands in brackets in place of the English before it."""
    text = _ALSO_ENGLISH.sub("", text)
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
