"""What a clause of evidence speaks of: projects, else offices, else people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.claims.names import CUT, PROJECT, UNIT, NameIndex, core, is_unit, persons

LEAST_INNER = 3  # characters of a project's name inside the name of a task, and one more
_BEFORE_UNIT = re.compile(r"[由受向对和与经报归给]$")
# Words that end like a name and name nothing by themselves.
_COMMON = re.compile(
    r"^(?:全?[区市县]?|各|有关|相关|重点|在建|前期|新建|续建|续|本|该|此|上述|以上|其他|其余|绝?大?多数|大部分|部分|个别|少数|一些|有的|大|好|子|个|类|批|的|\d+个?)*(?:重点|重大|在建|前期|新建|基本|农田|投资|工业|产业|民生|市政|交通|道路|城市|计划|滞后)*(?:项目|工程|建设|改造|治理|提升|公路|道路|小区|学校|公司|局|镇|乡|街道|中心|新建|扩建|站|馆|基地)+$"
    r"|^(?:\d|[一二三四五六七八九十百]+个)"
)
# “全县12个排涝工程” and “12个工程计划投资” speak of a group, not of one thing.
_COUNTED = re.compile(r"\d+[个项件](?!月)")
# What begins so is something to do, not the name of a project.
_DEED = re.compile(
    r"加[强快大速]|推[进动行]|促进|及时|解决|确保|做好|完成|组织|共同|抓[好紧住]|落实|强化|全[力面]|积极|协调|围绕|坚持|狠抓|着力|努力|支持|实施|开展|提[高升]|继续|突出"
    r"|严格|保障|深入|进一步|统筹|谋划|争取|优化|不断|大力|盯紧|压实|召开|对|新增|认真"
)
_BEFORE_NAME = re.compile(r"(?:^|[的、]|其中|由|和|及|与|是|为)$")


class Subjects(NamedTuple):
    """Names that words are said of; ``firm`` where the index knows one of them."""

    names: frozenset[str]
    firm: bool = True


class _Found(NamedTuple):
    name: str
    start: int
    known: bool


NOTHING = Subjects(frozenset())


def subjects_of(clause: str, before: frozenset[str], known: NameIndex, owner: str) -> Subjects:
    """Return what a folded clause speaks of; nothing, where it goes on about ``before``.

    ``owner`` is the thing of a ledger row: the row speaks of it, whatever else it names.
    """
    if owner:
        others = {core(f.name) for f in known.find(clause) if not is_unit(f.name)}
        return Subjects(frozenset(others))
    found = list(_names(clause, known))
    projects = [f for f in found if not is_unit(f.name)]
    if projects:
        return Subjects(frozenset(core(f.name) for f in projects), any(f.known for f in projects))
    people = set(persons(clause))
    if before and not any(map(is_unit, before)):
        of_people = all(2 <= len(name) <= 3 for name in before)
        return Subjects(frozenset(before & people or (people if of_people else ())))
    units = [
        f for f in found if is_unit(f.name) and not _BEFORE_UNIT.search(clause[: f.start])
    ]  # fmt: skip
    if units:
        return Subjects(frozenset(f.name for f in units), any(f.known for f in units))
    return Subjects(frozenset(people))


def is_deed(words: str) -> bool:
    """Tell whether words begin with something to do and so name no project."""
    return bool(_DEED.match(words))


def _names(clause: str, known: NameIndex) -> Iterator[_Found]:
    for found in (*_known(clause, known), *_guessed(clause, known)):
        named = len(core(found.name)) >= 2 and not _COMMON.search(found.name)
        if named and not _COUNTED.search(found.name):
            yield found


def _known(clause: str, known: NameIndex) -> Iterator[_Found]:
    for name, start, _ in known.find(clause):
        yield _Found(name, start, known=True)
        if is_unit(name):
            continue
        # A task that the index knows (“办结甲项目用地手续”) is one of the project in it.
        for inner in known.find(name[1:]):
            if len(inner.name) > LEAST_INNER and not is_unit(inner.name):
                yield _Found(inner.name, start + 1 + inner.start, known=True)


def _guessed(clause: str, known: NameIndex) -> Iterator[_Found]:
    """Yield what looks like a name that the index does not know."""
    taken = [(start, end) for _, start, end in known.find(clause)]
    for run in _runs(clause):
        for pattern in (UNIT, PROJECT):
            for match in pattern.finditer(clause, *run):
                counted = clause[match.start() - 1 : match.start()].isdigit()
                free = not any(a < match.end() and match.start() < b for a, b in taken)
                if free and not counted and (pattern is UNIT or _opens(clause, match.start())):
                    yield _Found(match.group(), match.start(), known=False)


def _opens(clause: str, at: int) -> bool:
    """Tell whether a project can be named from ``at`` on: not in the midst of a statement."""
    return bool(_BEFORE_NAME.search(clause[:at].strip())) and not _DEED.match(clause, at)


def _runs(clause: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a clause between words that are part of no name."""
    at = 0
    for match in re.finditer(rf"{CUT.pattern}|[,;。:、()\s]", clause):
        if match.start() - at >= 2:
            yield at, match.start()
        at = match.end()
    if len(clause) - at >= 2:
        yield at, len(clause)
