"""A follow-up's own words, and questions about single things made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.asks import ask_in
from assistant.followup.leaning import AMONG, OF_TEXT, PLURAL, SINGLE, Follow
from assistant.followup.parts import Part, blanked, same_length

EN_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|these|those|he|she|him|her|his)\b(?: (?:projects|ones))?"
    r"|\b(?:this|that) (?:one|project|task)\b|\b(?:this|that)(?=$|[?.])",
    re.IGNORECASE,
)
_NOUN_ASK = re.compile(
    r"^(?:原因|理由|问题|困难|责任|牵头|主管|总?投资|计划|年度|资金|进展|进度|状态|情况|措施"
    r"|时限|期限|工期|地点|位置|规模|面积|领导|负责人|单位|部门|完成(?:率|投资|时间)|整改|债券"
    r"|施工单位|监理|设计单位)"
)
# What does not change from one report to the next needs no period.
_LASTING = frozenset(
    {"unit", "leader", "total_investment", "planned_investment", "location", "deadline", "measures"}
)


def asked(follow: Follow) -> str:
    """Return the folded words of a follow-up in which its asking is looked for."""
    facets = tuple(part for part in follow.parts if part.facet != "status")
    return same_length(blanked(follow.bare, facets) if facets else without_pronoun(follow))


def without_pronoun(follow: Follow) -> str:
    """Return a follow-up's words without those that stand for what was spoken of."""
    bare = AMONG.sub("", follow.bare)
    if follow.english:
        return bare
    for pattern in (PLURAL, SINGLE, OF_TEXT):
        bare = pattern.sub("", bare, count=1)
    return bare.strip("，, ")


def names_of(parts: Sequence[Part]) -> str:
    """Return the names of records among facets, joined."""
    return "和".join(dict.fromkeys(part.words for part in parts if part.facet == "name"))


def needs_period(words: str) -> bool:
    """Tell whether what is asked differs from one report to the next."""
    return ask_in(same_length(words)) not in _LASTING


def about(subject: str, words: str) -> str:
    """Return a question about one thing: “…的原因？”, “…由谁负责？”."""
    words = words.strip("，, 呢？?")
    if words.startswith("的"):  # “它的目标”
        return f"{subject}{words}？"
    joint = "的" if _NOUN_ASK.match(words) else ""
    return f"{subject}{joint}{words}？"


def about_en(subject: str, words: str) -> str:
    """Return the same in English."""
    words = words.strip(" ,?.")
    low = words.lower()
    if low in ("", "what about", "how about"):
        return f"What is the status of {subject}?"
    said = f"{words[0].upper()}{words[1:]}"
    if subject in words:
        return f"{said}?"
    if re.match(r"why\b|(?:the )?reasons?", low):
        return f"What is the reason or problem of {subject}?"
    if not re.match(r"(?:who|what|when|where|which|how|is|has)\b", low):
        return f"What is the {words.removeprefix('the ')} of {subject}?"
    return f"{said} {'' if low.endswith((' of', ' for')) else 'of '}{subject}?"
