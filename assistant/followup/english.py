"""English follow-ups, and those in one language to a question in the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.asks import ask_in, ask_of_list_en
from assistant.followup.changes import replaced, replaced_all, with_facets
from assistant.followup.leaning import Follow, residue
from assistant.followup.lists import lists
from assistant.followup.parts import Known, Part, parts_of, same_length
from assistant.followup.phrasing import EN_POINTS, about, about_en, asked, without_pronoun
from assistant.followup.scope import things_of, things_of_en, topic_of
from assistant.language import is_english
from assistant.ledger.asked import asked_statuses
from assistant.ledger.query import STATUS

_IN_CHINESE = {
    "not_started": "未开工", "suspended": "停工", "behind": "滞后", "completed": "竣工",
    "under_construction": "在建", "cancelled": "取消", "unfinished": "未完工",
    "preparatory": "前期", "met": "完成年度计划", "ahead": "快于序时", "on_schedule": "按计划推进",
    "started": "已开工",
}  # fmt: skip


def in_english(follow: Follow, base: str, known: Known) -> str | None:
    """Return a follow-up in English or to an English question, None if Chinese rules are for it."""
    parts = parts_of(base, known)
    named = [part for part in parts if part.facet == "name"]
    if named:
        return _of_named(follow, base, named)
    if not follow.english:
        return None
    if is_english(base):
        return _of_english(follow, base, known)
    return _of_chinese(follow, base, parts, known)


def chinese_of(base: str, known: Known) -> str | None:
    """Return an English list question in Chinese by its facets, None where it has none."""
    statuses = [_IN_CHINESE[key] for key in _statuses(base) if key in _IN_CHINESE]
    others = [
        part.words
        for part in parts_of(base, known)
        if part.facet in ("issuer", "period", "unit") and re.search(r"[\u4e00-\u9fff]", part.words)
    ]
    if not statuses and not others:
        return None
    return f"{''.join(others)}{'和'.join(statuses)}的项目有哪些？"


def _statuses(text: str) -> list[str]:
    return list(dict.fromkeys(key for key, _ in asked_statuses(same_length(text))))


def _of_named(follow: Follow, base: str, named: Sequence[Part]) -> str:
    own = next((part for part in follow.parts if part.facet == "name"), None)
    if own and not ask_in(asked(follow)):
        return replaced(base, named[0], own.words)
    subject = " and ".join(part.words for part in named)
    if not follow.english:
        return about(subject, without_pronoun(follow))
    words = EN_POINTS.sub(subject, follow.bare, count=1) if follow.points else follow.bare
    return about_en(subject, words)


def _of_english(follow: Follow, base: str, known: Known) -> str | None:
    things = things_of_en(base)
    if things is None:
        if follow.parts:
            return None
        if follow.points:
            return f"{EN_POINTS.sub(topic_of(base), follow.bare, count=1)}?"
        return f"{topic_of(base)}: {follow.bare}?"
    if follow.more:
        return ask_of_list_en(things, "more", "")
    words = asked(follow)
    ask = ask_in(words)
    for part in follow.parts:
        things = _with(things, part, known)
    if follow.words and not follow.parts and not ask:
        things += f" of {follow.bare.removeprefix('the ')}"
    return ask_of_list_en(things, ask or ask_in(same_length(base)) or "which", words)


def _with(things: str, part: Part, known: Known) -> str:
    """Return English things with a facet in place of their own of that kind."""
    own = [p for p in parts_of(things, known) if p.facet == part.facet]
    if own:
        return replaced_all(things, own, part.words)
    if part.facet == "status":
        return f"{things} that are {part.words}"
    return f"{things} {'of' if part.facet == 'unit' else 'in'} {part.words}"


def _of_chinese(follow: Follow, base: str, parts: Sequence[Part], known: Known) -> str | None:
    if not lists(base, parts):
        return None
    things = _things_in_english(with_facets(base, follow.parts, known), known)
    words = asked(follow)
    ask = "more" if follow.more else ask_in(words)
    return ask_of_list_en(things, ask or "which", words)


def _things_in_english(chinese: str, known: Known) -> str:
    """Return a Chinese question's things in English where its facets are all of them."""
    words = things_of(chinese)
    parts = parts_of(words, known)
    statuses = [STATUS["en"][key] for key in _statuses(words)]
    own = {part.facet: part.words for part in reversed(parts) if part.facet != "status"}
    if residue(words, tuple(parts)) or "reason" in own:
        return f"projects among {words}"
    of = "".join(f" of {own[facet]}" for facet in ("unit", "person") if facet in own)
    where = "".join(own[facet] for facet in ("issuer", "period") if facet in own)
    said = f" that are {' or '.join(statuses)}" if statuses else ""
    return f"projects{of}{f' in {where}' if where else ''}{said}"
