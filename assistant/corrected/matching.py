"""Which correction a question is about: the one that says all of its words, of the asked kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.corrected.facts import Correction, corrections_of
from assistant.mentions import candidates
from assistant.question import Question
from assistant.things.kinds import Kind, values_in
from assistant.things.naming import FEW
from assistant.things.synonyms import says, share_said
from assistant.things.wants import kind_asked, times_in, words_of
from index.library import Library
from index.words import fold

ALL_SAID = 0.99  # of the question's words, where nothing of it speaks of a correction
SAID = 0.7  # where it does
OWN = 0.5  # of the words of what is corrected, that the question says
LONG, OWN_LONG = 12, 0.25  # what is corrected may be told in a whole clause of prose
ATTRIBUTE = 6  # characters of what names only an attribute
LEAST = 4  # characters of the question's words together: fewer name nothing
# Words that say only that a value was set right, or ask which one counts.
CORRECTING = re.compile(
    r"(?:(?:数据|数字|报表|信息)?(?:已经|后来|重新)?(?:更正|订正|勘误|纠正|改正|修正|改数)(?:了)?(?:以后|之后|后|前后|过来?|函)?(?:的?(?:数|口径|说法))?(?:[，,]|成|为|到)?"
    r"|按[^，,]{0,6}更正[^，,]{0,6}[，,]|到底|究竟|实际上?|以哪个为准|认哪个数?|(?:该)?按哪个数?算|准确(?:的|数)?|真正|[个户]数|数量|金额|(?:的)?(?:百分之几|百分之多少|几成|多大比例)|归(?=哪|谁)|算(?=哪|谁|作|几|多少)|属于?(?=哪|谁)|名下|怎么又?改(?:了|成)?|改成了?)"
)
_SPEAKS = re.compile(
    r"更正|订正|勘误|纠正|改正|修正|到底|究竟|实际|认哪个|以哪个|准确|真正|后来|又改|改了|改成|现在"
)
_OTHER_SUMS = re.compile(r"总投资|概算|预算|(?:年度?)?计划(?:总)?投资|(?<!占)年度?计划")
_SHORT_WAYS = (
    (re.compile(r"(?:还|尚)?没有?(?=动工|开工|破土|完工|签|到位|进场)"), "未"),
    (re.compile(r"(?:啥时[候间]?|哪一?天|何时)(?:能|才能|可以)?"), "什么时候"),
)


@dataclass(frozen=True, slots=True)
class Match:
    """A correction with how much of the question it says, and the question of it."""

    correction: Correction
    said: float
    own: float


def all_corrections(question: Question, library: Library) -> list[Correction]:
    """Return the corrections of all files, of many files those of the nearest, newest first."""
    files = library.files()
    if len(files) > FEW:
        files = list(candidates(question.topic, library))[:FEW]
    found = [
        one
        for file in files
        for one in corrections_of(file.id, file.path, library.content(file.id))
    ]
    return sorted(found, key=lambda one: one.document.date or "", reverse=True)


def speaks_of_correcting(text: str) -> bool:
    """Tell whether a question asks for what counts after values were set right."""
    return bool(_SPEAKS.search(fold(text)))


def asked_words(text: str) -> tuple[str, ...]:
    """Return the words of a question that say of what it asks, none of correcting."""
    folded = fold(text)
    for pattern, instead in _SHORT_WAYS:
        folded = pattern.sub(instead, folded)
    return words_of(CORRECTING.sub(" ", folded))


def matches(text: str, corrections: list[Correction], kind: Kind | None, unit: str) -> list[Match]:
    """Return the corrections that a question may be about, best first.

    A correction must say the question's words, and be of what the question names.
    """
    words = asked_words(text)
    if sum(map(len, words)) < LEAST and not speaks_of_correcting(text):
        return []
    if not words:
        return []
    need = SAID if speaks_of_correcting(text) else ALL_SAID
    times = {one for one in times_in(text) if "月" in one}
    found = []
    for one in corrections:
        theirs = {time for time in times_in(one.own) if "月" in time}
        if times and theirs and not times & theirs:
            continue
        if not is_of_kind(one, kind, unit):
            continue
        # What names but an attribute (“通车时间”) is of the thing that its paragraph tells of.
        whole = one.subject if len(one.own) <= ATTRIBUTE else ""
        around = fold(f"{one.own} {one.shown.replace('*', '')} {whole}")
        said = share_said(around, words)
        if any(words not in around for words in _OTHER_SUMS.findall(fold(text))):
            continue
        own = _share_of_own(one.own, fold(text) + " " + " ".join(words))
        if (
            said >= need
            and own >= (OWN_LONG if len(one.own) > LONG else OWN)
            and any(says(one.own, word) for word in words)
        ):
            found.append(Match(one, said, own))
    return sorted(found, key=lambda m: (-round(m.said, 2), -round(m.own, 2)))


def _share_of_own(own: str, asked: str) -> float:
    """Return how much of what is corrected a question says, of the part that it says best."""
    parts = [part for part in re.split(r"[，,、：:]", own) if len(part) > 1] or [own]
    return max(share_said(asked, words_of(part) or (part,)) for part in parts)


def is_of_kind(one: Correction, kind: Kind | None, unit: str) -> bool:
    """Tell whether a corrected value is of the kind that a question asks for."""
    if kind in (None, "sort", "state", "why"):
        return True
    if kind == "place":
        return False
    new = one.new.strip("“”\"'")
    if kind in ("person", "who", "body") and any(
        b - a >= len(new) - 1 for asked in _SORTS[kind] for a, b in values_in(new, asked)
    ):
        return True
    if kind in ("person", "who", "body"):
        return False
    if kind == "money" and re.search(r"\d", new) and "元" in one.new:
        return True
    return any(True for _ in values_in(one.new, kind, unit))


_SORTS: dict[Kind, tuple[Kind, ...]] = {
    "person": ("person",), "who": ("person", "body"), "body": ("body",)
}  # fmt: skip


def kind_of(text: str) -> tuple[Kind | None, str]:
    """Return the kind of value that a question asks for, with its unit."""
    kind, unit, noun = kind_asked(fold(text))
    if kind == "sort" and noun in ("数", "数字", "口径"):
        return None, ""
    return kind, unit
