"""A claim cut into parts, each with the names that it is said of."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.claims.cells import _outer_split
from assistant.claims.names import is_unit

_JOIN = re.compile(
    r"^(?:项目|工程|建设)?(?:、|和|与|及|以及|,|或|等|\(|\)|“|”|\"|\s|\t|《|》|;|/|,?以及|还有|同)*$"
)
_LAST_JOIN = re.compile(r"、|,|;|以及|和|与|及|，|而|但|\t")
_ALL = re.compile(
    r"均|都|皆|全部|同样|分别|[两二三四五六七八九十\d]+[个项](?:重点)?(?:项目|工程)|同为|共同|上述|这些|它们|各自"
)
_BY = re.compile(r"[由请向受对与和经报归给为]$")  # before an office: it is no subject
_EACH = re.compile(r"分别|依次|各自|前者|后者")
_VERB = re.compile(r"^(?:是|为|由|系|属于|因|涉及|位于)|(?:负责|承担|牵头|实施|推进|承建)+。?$")
# What stands before a name and tells of it; “截至…” and the like tell of the whole.
_BACK = re.compile(r"^(?:受|因(?!此)|由于|鉴于|由)")


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


def parts_of(text: str, subjects: Collection[str], offices: Collection[str] = ()) -> list[Part]:
    """Return the parts of folded ``text`` in order.

    ``subjects`` are the names that the evidence speaks of, ``offices`` other names in
    it, which are not cut where they hold a joining word.
    """
    if "\t" in text:
        return [_row(text, subjects)]
    found: list[Part] = []
    current: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()  # what “前者” and “后者” are the first and the last of
    waiting: list[str] = []
    for clause in [c for s in re.split(r"[;。!?\n]", text) for c in _outer_split(s, ",")]:
        groups = _groups(clause, subjects)
        if not groups:
            if len(pair) > 1 and re.match(r".{0,4}[前后]者", clause):
                current = (pair[0] if "前者" in clause[:6] else pair[-1],)
                found.append(Part(clause, current))
            elif current:
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
        together = tuple(dict.fromkeys(n for part in made for n in part.subjects))
        pair = current if len(current) > 1 else together
        found += made
    found += [Part(w) for w in waiting]
    found = [one for part in found for one in _dealt(part, offices)]
    before = ""
    for at, part in enumerate(found):
        found[at] = replace(part, before=before)
        before += f"{part.text},"
    return found


def _dealt(part: Part, offices: Collection[str]) -> list[Part]:
    """Return what “分别” deals out: the first value to the first subject, and so on."""
    if not part.pooled:
        return [part]
    head, word, tail = part.text.rpartition("分别")
    tail = _VERB.sub("", tail)
    names = sorted((n for n in offices if n in tail), key=len, reverse=True)
    atom = "|".join(map(re.escape, names))
    joins = rf"({atom})|、|和|以及|与|及" if atom else r"、|和|以及|与|及"
    values = [v for v in re.split(joins, tail) if v and v.strip()]
    if not word or len(values) != len(part.subjects):
        return [part]
    dealt = [Part(v, (n,)) for v, n in zip(values, part.subjects, strict=True)]
    return [Part(head, part.subjects), *dealt]


def _row(text: str, subjects: Collection[str]) -> Part:
    places = _places(text, subjects)
    return Part(text.replace("\t", ","), tuple(dict.fromkeys(p.name for p in places))[:1])


def _listed_on(
    found: list[Part],
    clause: str,
    groups: list[tuple[str, tuple[str, ...]]],
    current: tuple[str, ...],
) -> bool:
    """Tell whether a clause only goes on naming: “A项目，B项目，均未开工”."""
    bare = clause
    for _, names in groups:
        for name in names:
            bare = bare.replace(name, "")
    before = found[-1].text if found else ""
    for name in current:
        before = before.replace(name, "")
    return bool(
        current
        and _JOIN.match(bare.replace("项目", ""))
        and _JOIN.match(before.replace("项目", ""))
    )


def _merged(current: tuple[str, ...], made: list[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*current, *(n for part in made for n in part.subjects)]))


def _places(text: str, subjects: Collection[str]) -> list[_Place]:
    """Return where subjects stand in ``text``, the longest at each place."""
    found: list[_Place] = []
    for name in sorted(subjects, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if is_unit(name) and _BY.search(text, 0, match.start()):
                continue
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
    for one, other in pairwise(places):
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
    return [
        Part(text, names, bool(_EACH.search(text)) and len(names) > 1) for text, names in groups
    ]
