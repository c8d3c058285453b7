"""A follow-up that is answered where its matter is spoken of: beside the last answer's words.

“拖欠过渡费涉及多少户？” “28户。” “要求什么时候整改到位，哪个单位负责？”: the item that says
“28户” says both. “后来改到哪天？”: the passage that names the same thing, what was told of
it, and another day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.compound.parts import split_clauses
from assistant.followup.leaning import ANOTHER, taken_up
from assistant.followup.listed import pick_in
from assistant.followup.memory import State
from assistant.followup.passages import Passage, passages_about
from assistant.followup.scope import topic_of
from assistant.ledger.named import whole_names
from assistant.question import Kind, kind_of
from assistant.ranking import holds_form
from assistant.statements import Draft, Statement, escape
from index.library import Library
from index.words import fold, units

SHOWN = 160  # characters of a sentence
TOPIC_SHARE = 0.5  # of the matter's words that a passage says, where it names no record
BOTH_SHARE = 1.0  # of these and of the last answer's words together, where it says both
SAID_SHARE = 0.5  # of the last answer's words with which a passage says the same
OWN_SHARE = 0.5  # of the follow-up's own words with which a passage speaks of what it asks

_DAY = (
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|初|[上中下]旬)"
    r"|(?:19|20)\d\d(?:年\d{1,2}月|\.\d{1,2}(?:\.\d{1,2})?)"
)
_AMOUNT = r"\d[\d,.]*(?:万|亿)?(?:元|户|人|公里|平方米|米|亩|个|家|套|处|天|吨|%|座|项|件|起|名|台)"
_SOUGHT = ("when", "who", "unit", "amount", "count", "otherwise")
_DAYS = re.compile(_DAY)
_VALUE = re.compile(f"{_DAY}|{_AMOUNT}")
_BODY = re.compile(
    r"(?<!哪个)[\u4e00-\u9fff]{2,12}?(?:局|委|办|公司|集团|镇|乡|街道|中心|政府|企业|学校|医院|科|处|组|大队|协会|村)"
)
_HEADED = re.compile(r"(?:单位|部门|主体|领导|责任人|负责人|人员?|牵头)[^：；]{0,4}：[^；：]+")
# Words of asking and of joining on; what is left says what is asked for.
_PLAIN = re.compile(
    r"另外?那?一[个家座项户条处]|后来|之后|随后|会上|要求|现在|目前|最后|结果|剩下|余下|其余|另外|什么时[候间]|啥时候|何时|哪一?[天年月日]|多少|几[个家项条户]"
    r"|哪(?:一?[个家位些几]|里|儿)?(?:单位|部门|[区县市]?领导|公司|企业)?|谁|什么|怎么样?|如何|这[个家次]?|那[个家座次]?|[是的了呢由吗呀吧在去把被给为还又也都]|\d+|[^\w]"
)
# “到时候开不了工怎么办”: what follows if it is not done.
_IF_NOT = re.compile(
    r"(?:要是|如果|假如|万一|若|届时|到时候?)[^，。]*(?:怎么办|咋办|怎样|怎么处理|会如何|后果)|逾期(?:了|不)?[^，。]{0,8}怎"
)
_ELSE = re.compile(
    r"逾期[^，；。]*|否则[^；。]*|(?:仍|再)[未不][^；。]*|[未不][^，；。]{1,10}的[，,][^；。]*"
)
_UNTIL = re.compile(r"(?:截至|截止到?|到)$")
_ASKING = re.compile(r"什么|哪|怎|如何|吗|没有|是否|为何")
_LATER = re.compile(r"后来|之后|随后|此后|事后|会后|结果|最后|现在|目前|最新")
_CHANGED = re.compile(r"改|调整|变更|顺延|延|推迟|更正|增加|减少|降|到账|拨付|解决")


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing that a follow-up asks: its words, of what kind, and its own content."""

    words: str
    kind: Kind | Literal["otherwise"]
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the talk is about: the names, its words, what was told of it, in values and words."""

    names: tuple[str, ...]
    topic: frozenset[str]
    told: frozenset[str]
    said: frozenset[str]


def answer_beside(question: str, text: str, state: State, library: Library) -> Draft | None:
    """Return what the passage says that tells of the last answer's matter, None without one.

    ``question`` is the follow-up as it was typed, ``text`` the same standalone.
    """
    asked = [_asked(part.words) for part in split_clauses(question.strip())]
    if not all(_seeks(each) for each in asked):
        return None
    matter = _matter(text, state, library)
    later = bool(_LATER.search(question)) or taken_up(question) or pick_in(question) is not None
    words = [*matter.names, topic_of(state.question), state.answer[:SHOWN], question]
    ranked = [
        (worth, passage)
        for passage in passages_about(words, library)
        if (worth := _worth(passage, matter, asked, later)) > 0
    ]
    if not ranked:
        return None
    newest = max(passage.date for _, passage in ranked)
    best = max(ranked, key=lambda r: r[0] + (1.0 if later and r[1].date == newest else 0.0))
    return _draft(best[1], matter, asked)


def _asked(words: str) -> _Asked:
    folded = fold(words)
    own = _pairs(folded)
    if _IF_NOT.search(folded):
        return _Asked(words, "otherwise", own)
    return _Asked(words, kind_of(folded), own)


def _seeks(asked: _Asked) -> bool:
    return asked.kind in _SOUGHT or (
        asked.kind == "lookup" and bool(asked.pairs and _ASKING.search(asked.words))
    )


def _matter(text: str, state: State, library: Library) -> _Matter:
    ledger = library.ledger
    names = [core for core, _ in whole_names(fold(text), ledger)] or [
        core for core, _ in whole_names(fold(state.question), ledger)
    ]
    rest = fold(topic_of(state.question))
    for name in names:
        rest = rest.replace(name, " ")
    told = set(_VALUE.findall(fold(state.answer)))
    said = _VALUE.sub(" ", fold(state.answer))
    for name in names:
        said = said.replace(name, " ")
    return _Matter(tuple(names), _pairs(rest), frozenset(told), _pairs(said))


def _pairs(folded: str) -> frozenset[str]:
    """Return the pairs of characters of words that are none of asking."""
    return frozenset(pair for pair in units(_PLAIN.sub(" ", folded)) if len(pair) > 1)


def _share(wanted: frozenset[str], held: set[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _worth(passage: Passage, matter: _Matter, asked: Sequence[_Asked], later: bool) -> float:
    """Return how well a passage tells of the matter and of what is asked; 0 where it does not."""
    folded = passage.folded
    around = fold(passage.above) + "\n" + folded
    held = set(units(around))
    topic, said = _share(matter.topic, held), _share(matter.said, held)
    if matter.names:
        if not any(name in around for name in matter.names):
            return 0.0
    elif topic < TOPIC_SHARE and topic + said < BOTH_SHARE:
        return 0.0
    told = sum(1 for value in matter.told if value in folded)
    own = max(_share(each.pairs, held) for each in asked)
    answered = sum(1 for each in asked if _holds(passage, each, matter))
    if answered < len(asked):
        return 0.0
    known = told > 0 or said >= SAID_SHARE
    if not known and (own < OWN_SHARE or (matter.names and not later)):
        return 0.0
    changed = 0.5 if later and _CHANGED.search(folded) else 0.0
    return 2.0 * min(told, 2) + 2.0 * said + 3.0 * own + topic + changed


def _holds(passage: Passage, asked: _Asked, matter: _Matter) -> bool:
    return any(_answers(shown, asked, matter) for shown in passage.shown)


def _answers(shown: str, asked: _Asked, matter: _Matter) -> list[tuple[int, int]]:
    """Return where words of a unit may answer: a value that was not told, a body, a person."""
    folded = fold(shown)
    if len(folded) != len(shown):
        folded = shown
    pattern = {
        "when": _DAYS, "amount": _VALUE, "count": _VALUE, "unit": _BODY, "who": _BODY,
        "otherwise": _ELSE,
    }.get(asked.kind)  # fmt: skip
    if pattern is None:
        pairs = set(units(folded))
        return [(0, 0)] if asked.pairs and _share(asked.pairs, pairs) >= OWN_SHARE else []
    found = [m.span() for m in pattern.finditer(folded) if m.group() not in matter.told]
    if asked.kind == "when":  # “截至9月底” dates the report
        found = [(a, b) for a, b in found if not _UNTIL.search(folded[:a])]
    if ANOTHER.search(asked.words):
        found = [(a, b) for a, b in found if not _tells_of(folded, a, matter)]
    if asked.kind in ("amount", "count"):
        # Any figure would fit: what is measured must be said, too.
        if asked.pairs and _share(asked.pairs, set(units(folded))) < OWN_SHARE:
            return []
        found = [(a, b) for a, b in found if not _DAYS.fullmatch(folded[a:b])]
    if asked.kind in ("who", "unit"):
        found += [m.span() for m in _HEADED.finditer(folded)]
        if holds_form("who", folded) and not found:
            found = [(0, 0)]
    return found


def _tells_of(folded: str, at: int, matter: _Matter) -> bool:
    """Tell whether the clause around a place is about what was told before."""
    low = max(folded.rfind(mark, 0, at) for mark in "，,；;。：") + 1
    clause = re.split("[，,；;。]", folded[low:])[0]
    return _share(matter.said, set(units(clause))) > 0


def _draft(passage: Passage, matter: _Matter, asked: Sequence[_Asked]) -> Draft:
    draft = Draft(interpretation={"kind": "beside", "filters": {}})
    chosen: set[int] = set()
    for each in asked:
        chosen.add(
            max(
                (n for n, shown in enumerate(passage.shown) if _answers(shown, each, matter)),
                key=lambda n: (*_fits(passage.shown[n], each, matter), -n),
            )
        )
    first = _opening(passage, matter)
    if first is not None and first < min(chosen) and not _named(passage, min(chosen), matter):
        chosen.add(first)
    for at in sorted(chosen):
        draft.statements.append(_line(passage, at))
    return draft


def _opening(passage: Passage, matter: _Matter) -> int | None:
    """Return the first unit of a passage that names the matter or says what was told."""
    return next((n for n in range(len(passage.shown)) if _named(passage, n, matter)), None)


def _named(passage: Passage, at: int, matter: _Matter) -> bool:
    folded = fold(passage.shown[at])
    if any(words in folded for words in (*matter.names, *matter.told)):
        return True
    return not matter.names and _share(matter.topic, set(units(folded))) >= TOPIC_SHARE


def _fits(shown: str, asked: _Asked, matter: _Matter) -> tuple[float, bool]:
    """Return how much of what is asked a unit says, and whether it is none that was told."""
    folded = fold(shown)
    new = not any(value in folded for value in matter.told)
    return _share(asked.pairs, set(units(folded))), new


def _line(passage: Passage, at: int) -> Statement:
    shown = passage.shown[at]
    return Statement(shown if passage.row else escape(shown), (passage.source(at),))
