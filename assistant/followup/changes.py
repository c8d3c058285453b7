"""A question with some of its facets changed: the follow-up's in place of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followup.parts import Facet, Known, Part, parts_of
from assistant.followup.scope import HEAD

# A unit stands before the period, so that the two are not read as one name.
_ORDER: tuple[Facet, ...] = ("issuer", "person", "unit", "period", "reason", "status")
_JOINS = re.compile(r"^\s*(?:[、，,和与及或跟]|以及|and|or|加上)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d年?|[今去前本上明]年(?:度)?")
_BACK = re.compile(r"^上一?个?季度$")
_UNTIL = re.compile(r"^(?:截至|截止到?|到)")
_QUARTERS = "一二三四"
AHEAD = 12  # characters from the beginning in which a question's own facets stand


def with_facets(base: str, new: Sequence[Part], known: Known, *, keep_status: bool = False) -> str:
    """Return ``base`` with the facets ``new`` in place of its own of the same kinds."""
    text = base
    for facet in _ORDER:
        words = "和".join(
            dict.fromkeys(part.words.rstrip("的") for part in new if part.facet == facet)
        )
        if not words:
            continue
        now = parts_of(text, known)
        own = [part for part in now if part.facet == facet]
        if own and facet == "status" and keep_status:
            continue
        if own:
            text = replaced_all(text, own, _merged(own[0].words, words, facet))
        else:
            text = _inserted(text, now, facet, words)
    return text


def replaced(text: str, part: Part, words: str) -> str:
    """Return the text with one facet's words replaced."""
    return text[: part.start] + words + text[part.end :]


def replaced_all(text: str, own: Sequence[Part], words: str) -> str:
    """Return the text with neighbouring mentions of one facet replaced by others."""
    start, end = own[0].start, own[0].end
    for part in own[1:]:
        if not _JOINS.match(text[end : part.start]):
            break
        end = part.end
    return text[:start] + words + text[end:]


def _merged(old: str, new: str, facet: Facet) -> str:
    """Return a changed period: a new year keeps the quarter, a new quarter the year."""
    if facet != "period":
        return new
    had, has = _YEAR.search(old), _YEAR.search(new)
    quarter = re.search(r"第?([一二三四])季度", old)
    if _BACK.match(new) and quarter and quarter[1] != _QUARTERS[0]:
        return old.replace(quarter[1], _QUARTERS[_QUARTERS.index(quarter[1]) - 1])
    year_alone = has is not None and has.group() == new
    if year_alone and had and had.group() != old.strip("的"):
        return old.replace(had.group(), new.removesuffix("度"))
    if year_alone and not had:
        return f"{new}{_UNTIL.sub('', old)}"
    if had and not has and not re.match(r"上|本|这|last|this", new):
        return f"{had.group()}{new}"
    return new


def _inserted(text: str, parts: Sequence[Part], facet: Facet, words: str) -> str:
    """Return the text with a facet that it did not name, where such words stand."""
    head = HEAD.search(text)
    if facet == "status" and head:
        return f"{text[: head.start()].removesuffix('的')}{words}的{text[head.start() :]}"
    before = _ORDER[: _ORDER.index(facet)]
    at = max((p.end for p in parts if p.facet in before and p.start <= AHEAD), default=0)
    if facet == "reason" and not re.match(r"因|由于|受|卡|缺|没", words):
        words = f"因{words}"
    if facet == "unit" and re.match(r"项目|工程|任务", text[at:]):
        words += "的"
    return text[:at] + words + text[at:]
