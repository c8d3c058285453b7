"""Follow-ups to a list: something else asked of the same things, or of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.asks import Ask, ask_in, ask_of_list
from assistant.followup.changes import replaced_all, with_facets
from assistant.followup.leaning import Follow, residue
from assistant.followup.memory import Memory, State
from assistant.followup.parts import Part, parts_of, same_length
from assistant.followup.phrasing import about, asked, without_pronoun
from assistant.followup.scope import HEAD, things_of

# What the newest list leaves out, another report may tell of the same projects.
_OF_ANY_REPORT: frozenset[Ask] = frozenset(
    {"sum", "rank", "total_investment", "planned_investment", "leader", "deadline", "location"}
)
_RANKED_UNIT = re.compile(r"(?:哪个|哪家)(?:责任|牵头)?(?:单位|部门|局).*最[多少]")
_POINTS_OF_TEXT = re.compile(
    r"哪些(?:文件|报告|材料)|(?:要求|措施|举措|安排|问题|做法)(?:有哪些|是什么)?[？?]?$"
)
_LISTING = re.compile(
    r"哪些|哪几|哪[个家]|多少[个项件]|几[个项件]|列出|名单|清单|各[有是]|最[多少大小高低快慢早晚]"
    r"|占|合计|一共|总共|的项目[^，]{0,4}$|负责的"
)

_COMPARED = re.compile(r"^(?:跟|与|和|同|比)(?P<time>[^，,]{2,12}?)(?:相比|对比|比较|比)?$")


def lists(base: str, parts: Sequence[Part]) -> bool:
    """Tell whether a question is one for a list, not one about a thing that no record has."""
    status = any(part.facet == "status" for part in parts)
    if _POINTS_OF_TEXT.search(base):
        return status and HEAD.search(base) is not None
    of_records = status or HEAD.search(base) is not None
    return of_records and bool(_LISTING.search(base) or not residue(base, tuple(parts)))


def of_list(follow: Follow, base: str, state: State, memory: Memory) -> str:
    """Return a follow-up to the list question ``base``, standalone."""
    words = asked(follow)
    ask = ask_in(words)
    compared = _COMPARED.match(follow.bare)
    if compared and any(part.facet == "period" for part in follow.parts):
        return f"与{compared['time']}相比，{things_of(base)}有哪些变化？"
    one = _of_one(follow, ask, base, state, memory)
    if one:
        return one
    changed = with_facets(base, follow.parts, memory.known, keep_status=ask == "reason")
    if ask is None or (ask == "which" and not _counts(base)):
        if follow.words and not follow.parts:
            return f"{things_of(changed)}中，{without_pronoun(follow).removeprefix('的')}？"
        return changed
    text = ask_of_list(things_of(changed), ask, words)
    return _of_any_report(text, changed, memory) if ask in _OF_ANY_REPORT else text


def _of_one(follow: Follow, ask: Ask | None, base: str, state: State, memory: Memory) -> str | None:
    """Return the question about one thing of the list, where one is meant."""
    known = memory.known
    if _RANKED_UNIT.search(base) and ask != "rank" and not follow.parts:
        unit = memory.winner(state)
        if unit and known.units and unit in known.units.all():
            return ask_of_list(f"{unit}{things_of(base)}", ask or "which", asked(follow))
    ranked = re.search(r"最|排第一", base)
    subject = None
    if ranked and (follow.points == "single" or ask not in (None, "rank", "more")):
        subject = memory.winner(state)
    if subject is None and follow.points == "single":
        subject = memory.only(state)
    if subject:
        return about(subject, without_pronoun(follow))
    name = None if ask else _named(follow, memory)
    return about(f"{memory.region(state, period=True)}{name}", "进展情况如何") if name else None


def _named(follow: Follow, memory: Memory) -> str | None:
    """Return the record that a follow-up names, whole or in part."""
    whole = next((part.words for part in follow.parts if part.facet == "name"), None)
    if whole or follow.parts or follow.among:
        return whole
    return memory.known.part(same_length(follow.words.replace(" ", "")))


def _counts(base: str) -> bool:
    return bool(re.search(r"多少|几[个项件家]|一共|占", base)) and "哪些" not in base


def _of_any_report(text: str, base: str, memory: Memory) -> str:
    """Return ``text`` without its period where only other reports tell what is asked.

    The things must stay the same ones: those of the newest report.
    """
    periods = [part for part in parts_of(text, memory.known) if part.facet == "period"]
    if not periods or memory.rows(text) is not None:
        return text
    own = [part for part in parts_of(base, memory.known) if part.facet == "period"]
    wider = replaced_all(text, periods, "")
    same = own and memory.rows(base) == memory.rows(replaced_all(base, own, ""))
    return wider if same and memory.rows(wider) is not None else text
