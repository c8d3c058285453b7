"""A claim cut into parts, each with the names that it is said of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant.claims.cells import _outer_split

_JOIN = re.compile(r"^(?:项目|工程|建设)?(?:、|和|与|及|以及|,|或|等|\(|\)|“|”|\"|\s|\t|《|》|;|/|,?以及|还有|同)*$")
_LAST_JOIN = re.compile(r"、|,|;|以及|和|与|及|，|而|但|\t")
_ALL = re.compile(r"均|都|皆|全部|同样|分别|[两二三四五六七八九十\d]+[个项](?:重点)?(?:项目|工程)|同为|共同|上述|这些|它们|各自")
_EACH = re.compile(r"分别|依次|各自|前者|后者")
_BACK = re.compile(r"^(?:受|因|由于|鉴于|由|在|作为|针对|按照|根据|截至|截止|至|目前|据)")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a folded claim and what they are said of.

    ``subjects`` are names of the evidence; empty: of no one thing, all evidence counts.
    ``pooled``: the words are shared out among the subjects (“分别”), not said of each.
    ``before`` is what the claim says before it.
    """

    text: str
    subjects: tuple[str, ...] = ()
    pooled: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    start: int
    end: int


def parts_of(text: str, subjects: Collection[str]) -> list[Part]:
    """Return the parts of folded ``text`` in order; ``subjects`` are the evidence's names."""
    if "\t" in text:
        return [_row(text, subjects)]
    found: list[Part] = []
    current: tuple[str, ...] = ()
    waiting: list[str] = []
    for clause in [c for s in re.split(r"[;。!?\n]", text) for c in _outer_split(s, ",")]:
        groups = _groups(clause, subjects)
        if not groups:
            if current:
                found.append(Part(clause, current, bool(_EACH.search(clause))))
            else:
                waiting.append(clause)
            continue
        ahead = tuple(n for _, names in groups[:1] for n in names)
        found += [Part(w, ahead if _BACK.match(w) else ()) for w in waiting]
        waiting = []
        listed = _listed_on(found, clause, groups, current)
        made = _spread(groups)
        current = _merged(current, made) if listed else made[-1].subjects
        found += made
    found += [Part(w) for w in waiting]
    before = ""
    for at, part in enumerate(found):
        found[at] = replace(part, before=before)
        before += f"{part.text},"
    return found


def _row(text: str, subjects: Collection[str]) -> Part:
    places = _places(text, subjects)
    return Part(text.replace("\t", ","), tuple(dict.fromkeys(p.name for p in places))[:1])


def _listed_on(
    found: list[Part], clause: str, groups: list[tuple[str, tuple[str, ...]]], current: tuple[str, ...]
) -> bool:
    """Tell whether a clause only goes on naming: “A项目，B项目，均未开工”."""
    bare = clause
    for _, names in groups:
        for name in names:
            bare = bare.replace(name, "")
    before = found[-1].text if found else ""
    for name in current:
        before = before.replace(name, "")
    return bool(current and _JOIN.match(bare.replace("项目", "")) and _JOIN.match(before.replace("项目", "")))


def _merged(current: tuple[str, ...], made: list[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*current, *(n for part in made for n in part.subjects)]))


def _places(text: str, subjects: Collection[str]) -> list[_Place]:
    """Return where subjects stand in ``text``, the longest at each place."""
    found: list[_Place] = []
    for name in sorted(subjects, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if not any(p.start < match.end() and match.start() < p.end for p in found):
                found.append(_Place(name, *match.span()))
    return sorted(found, key=lambda p: p.start)


def _groups(clause: str, subjects: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the stretches of a clause, each with the names that stand together in it.

    Names with nothing but joining words between them are one group; what stands
    between two groups belongs to the second from its last joining word on.
    """
    places = _places(clause, subjects)
    if not places:
        return []
    bounds = [0]
    names: list[list[str]] = [[places[0].name]]
    for one, other in zip(places, places[1:], strict=False):
        between = clause[one.end : other.start]
        if _JOIN.match(between):
            names[-1].append(other.name)
            continue
        joins = list(_LAST_JOIN.finditer(between))
        bounds.append(one.end + (joins[-1].start() if joins else len(between)))
        names.append([other.name])
    ends = [*bounds[1:], len(clause)]
    return [(clause[a:b], tuple(n)) for a, b, n in zip(bounds, ends, names, strict=True)]


def _spread(groups: list[tuple[str, tuple[str, ...]]]) -> list[Part]:
    """Return the groups as parts; a predicate said of all is said of each group."""
    tail = groups[-1][0]
    everyone = tuple(dict.fromkeys(n for _, names in groups for n in names))
    last = max(tail.rfind(n) + len(n) for n in groups[-1][1])
    if len(groups) > 1 and _ALL.search(tail[last:]):
        pooled = bool(_EACH.search(tail[last:]))
        made = [Part(text, names) for text, names in groups[:-1]]
        made.append(Part(tail[:last], groups[-1][1]))
        return [*made, Part(tail[last:], everyone, pooled)]
    return [Part(text, names, bool(_EACH.search(text)) and len(names) > 1) for text, names in groups]
