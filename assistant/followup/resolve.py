"""A follow-up put together with the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.followup.asks import ask_in, ask_of_list
from assistant.followup.changes import replaced, with_facets
from assistant.followup.english import chinese_of, in_english
from assistant.followup.leaning import ASKS, NOW, OF_TEXT, PERSON, THAT, Follow, follow_of
from assistant.followup.listed import picked
from assistant.followup.lists import lists, of_list
from assistant.followup.memory import Memory, NoSuchItemError, State
from assistant.followup.parts import Part, parts_of, people_in, same_length
from assistant.followup.phrasing import (
    EN_POINTS,
    about,
    about_en,
    asked,
    names_of,
    needs_period,
    without_pronoun,
)
from assistant.followup.scope import HEAD, things_of, topic_of
from assistant.language import is_english

_SAID = re.compile(
    r"(?:提出?|讲|说|作出?|要求|强调|部署|安排|通报)(?:了|到|过)?(?=哪|什么|怎|些什么)"
)
_WHAT_SAID = re.compile(
    r"(?:还|另外)?(?:说|讲|谈|提|强调|要求)(?:了|到)?(?:些|过)?(?:什么|啥|哪些)?(?:别的|其他)?"
    r"(?P<demand>要求)?(?:内容|话)?(?:没有|没)?"
)
_GOES_ON = re.compile(r"[还仍已又]")  # “还差多少”: the topic is its subject
_PHASE = re.compile(r"[一二三四五六七八九十](?:期|标段?)")
_PLACE = re.compile(
    r"(?:排名?|名列|位列)?(?:第[一二三四五六七八九十\d]+名|最后一名|末名|倒数第[一二三四五六七八九十\d]+名)"
)
_OF_NOW = re.compile(r"现在|目前|眼下|如今|至今")
_NARROWING = frozenset({"status", "unit", "reason", "issuer"})


def resolve(question: str, state: State, memory: Memory) -> str:
    """Return the question so that it can be understood without the conversation.

    Raises:
        NoSuchItemError: it points at a place that the list does not have.
    """
    follow = follow_of(question, memory.known)
    if follow is None:
        return question
    if follow.corrects:
        return _corrected(follow, state, memory)
    if follow.pick:
        return _picked(follow, state, memory)
    if follow.points == "that":
        return _of_that(follow, state)
    if follow.points == "person" and (person := memory.person(state)):
        return _of_person(follow, person, state)
    return _general(follow, state, memory)


def _general(follow: Follow, state: State, memory: Memory) -> str:
    known = memory.known
    base = _base(follow, state, memory)
    if NOW.fullmatch(follow.bare):
        return _as_of_now(base, memory)
    if follow.english or is_english(base):
        found = in_english(follow, base, known)
        if found:
            return found
        chinese = None if follow.english else chinese_of(base, known)
        if chinese:
            base = chinese
            state = State(chinese)
    parts = parts_of(base, known)
    if follow.more:
        return _more(base, parts)
    if any(part.facet == "name" for part in parts):
        return _of_single(follow, base, parts, memory)
    if lists(base, parts):
        return of_list(follow, base, state, memory)
    return _of_text(follow, base, parts, memory)


def _as_of_now(base: str, memory: Memory) -> str:
    """Return a question without its period: the newest documents answer it."""
    periods = [part for part in parts_of(base, memory.known) if part.facet == "period"]
    for part in reversed(periods):
        base = replaced(base, part, "")
    return base if periods else f"现在{base}"


def _base(follow: Follow, state: State, memory: Memory) -> str:
    """Return the question that is leaned on: the last one, or the last list."""
    to_list = follow.points == "plural" or follow.among
    facets = {part.facet for part in follow.parts}
    narrows = facets & _NARROWING and not ask_in(asked(follow))
    named = names_of(parts_of(state.question, memory.known))
    return state.listing if state.listing and named and (to_list or narrows) else state.question


def _corrected(follow: Follow, state: State, memory: Memory) -> str:
    """Return the last question with what was wrong in it set right."""
    if follow.old and follow.old in state.question and not ask_in(follow.bare):
        return state.question.replace(follow.old, follow.bare)
    inner = follow_of(f"那{follow.bare}呢？", memory.known)
    if inner is None and follow.parts and HEAD.search(follow.bare):
        return f"{follow.bare}？"
    return _general(inner or replace(follow, corrects=False), state, memory)


def _picked(follow: Follow, state: State, memory: Memory) -> str:
    """Return the question about the items of the last list that are pointed at."""
    assert follow.pick is not None
    place = _PLACE.search(state.question)
    if place and _PLACE.search(follow.pick.words):  # of the same ranking, not of what was told
        return f"{state.question[: place.start()]}{follow.bare}？"
    items = memory.items(state)
    if not items:
        return f"{topic_of(state.question)}，{follow.bare}？"
    chosen = picked(items, follow.pick)
    if chosen is None:
        raise NoSuchItemError(follow.pick.words, len(items))
    chosen = [re.sub(r"（[^）]*$", "", name) for name in chosen]
    words = follow.bare[: follow.pick.start] + follow.bare[follow.pick.end :]
    words = re.sub(r"^(?:呢|是|的)+|呢+$", "", words.strip(" ，,"))
    english = follow.english or (
        is_english(state.question) and not re.search(r"[\u4e00-\u9fff]", words)
    )
    if english:
        words = EN_POINTS.sub("", words).strip()
    own = [p for p in parts_of(state.question, memory.known) if p.facet == "name"]
    if len(own) == 1 and not words:  # “第一个谁负责？” “第二个呢？”
        return replaced(state.question, own[0], "和".join(chosen))
    region = memory.region(state, period=needs_period(words))
    subject = region + (" and " if english else "和").join(chosen)
    return about_en(subject, words) if english else about(subject, words or "进展情况如何")


def _of_person(follow: Follow, person: str, state: State) -> str:
    if follow.english:
        return f"{re.sub(r'(?:he|she|him|her)(?![a-z])', person, follow.bare, count=1)}?"
    text = PERSON.sub(person, follow.bare, count=1)
    said = _WHAT_SAID.fullmatch(text.removeprefix(person))
    if said is None:
        return f"{text.replace('还', '', 1)}？" if "还" in text[:6] else f"{text}？"
    occasion = re.search(rf"{re.escape(person)}(在[^，,？?]{{2,20}}?[上中里时])", state.question)
    where = occasion[1] if occasion else ""
    return f"{person}{where}{'提了哪些要求' if said['demand'] else '讲了什么'}？"


def _of_that(follow: Follow, state: State) -> str:
    """Return a follow-up that takes up what was said before, by its kind or by none."""
    that = THAT.match(follow.bare)
    if that:
        called = re.findall(rf"[\u4e00-\u9fff（）]{{2,20}}{that['noun']}", state.answer)
        rest = follow.bare[that.end() :]
        if called:  # “这家公司”: the one that the last answer named
            return f"{called[0]}{re.sub('^(?:另外|还|又|也)+', '', rest)}？"
    between = "" if _GOES_ON.match(follow.bare) else "，"
    return f"{topic_of(state.question)}{between}{follow.bare}？"


def _more(base: str, parts: Sequence[Part]) -> str:
    names = names_of(parts)
    if names:
        return f"{names}的进展情况如何，存在什么问题，有什么措施？"
    return ask_of_list(things_of(base), "more", "") if lists(base, parts) else base


def _of_single(follow: Follow, base: str, parts: Sequence[Part], memory: Memory) -> str:
    """Return a follow-up to a question about a record that it names."""
    ask = ask_in(asked(follow))
    named = next(part for part in parts if part.facet == "name")
    facets = {part.facet for part in follow.parts}
    phased = _of_other_phase(follow.bare, named.words)
    if phased:
        return phased
    if not ask and not follow.points and not ASKS.search(f"{follow.bare}？"):
        own = next((part.words for part in follow.parts if part.facet == "name"), "")
        other = "" if follow.parts else follow.words.replace(" ", "")
        if own or other:
            whole = own or memory.known.part(same_length(other)) or other
            return replaced(base, named, whole)
    if ask in (None, "which") and not follow.points and facets & (_NARROWING - {"issuer"}):
        kept = "".join(p.words for p in parts if p.facet in ("issuer", "period"))
        said = "".join(part.words for part in follow.parts)
        return f"{kept}{said.rstrip('的')}的项目有哪些？"
    if facets & {"issuer", "period"} and not ask:
        return with_facets(base, follow.parts, memory.known)
    lasting = not needs_period(asked(follow)) or _OF_NOW.search(follow.bare)
    keeps = {"issuer"} if lasting else {"issuer", "period"}
    kept = "".join(p.words for p in parts if p.facet in keeps - facets)
    return about(f"{kept}{names_of(parts)}", without_pronoun(follow))


def _of_other_phase(words: str, name: str) -> str | None:
    """Return what is asked of another phase of a thing (“那二期是哪天开工的”), None otherwise."""
    said, own = _PHASE.match(words), _PHASE.search(name)
    if said is None or own is None or len(words) <= said.end():
        return None
    return f"{name[: own.start()]}{said.group()}{name[own.end() :]}{words[said.end() :]}？"


def _of_text(follow: Follow, base: str, parts: Sequence[Part], memory: Memory) -> str:
    """Return a follow-up to a question about what a text says."""
    ask = ask_in(asked(follow))
    if _OF_NOW.search(follow.bare):  # what is so now is not asked of the time before
        for part in reversed([p for p in parts if p.facet == "period"]):
            base = replaced(base, part, "")
        parts = parts_of(base, memory.known)
    topic, words = topic_of(base), without_pronoun(follow)
    if not ask and follow.parts:
        same = {part.facet for part in parts} & {part.facet for part in follow.parts}
        if not same and any(part.facet == "name" for part in follow.parts):
            said = _SAID.search(base)
            if said:
                return f"{base[: said.start()]}{words}{base[said.start() :]}"
            return base.replace(topic, f"{topic}{words}", 1)
        return with_facets(base, follow.parts, memory.known)
    if not ask and follow.words and not follow.points and not ASKS.search(f"{follow.bare}？"):
        return _of_other(follow.bare, base, topic, memory)
    if OF_TEXT.search(follow.bare):
        return f"{OF_TEXT.sub(topic, follow.bare, count=1)}？"
    verbal = ask == "reason" and topic != base and not words.startswith("原因")
    return about(f"{topic}，" if verbal else topic, words)


def _of_other(new: str, base: str, topic: str, memory: Memory) -> str:
    """Return the last question asked of another person or thing (“李局长呢？”)."""
    people = people_in(base, memory.known)
    if people and new not in base and len(new) <= 4:
        return base.replace(people[0], new, 1)
    if topic in base and topic != base:
        return base.replace(topic, new, 1)
    return f"{topic}，{new}？"
