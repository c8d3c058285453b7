"""Names of a claim that its evidence does not hold: unknown, cut, or with another title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.folding import bare
from assistant.claims.names import TITLES, NameIndex, core, persons, without_place
from assistant.claims.records import Fault
from assistant.claims.scope import Scope
from assistant.claims.wording import only_joining

_HAN = re.compile(r"[\u4e00-\u9fffa-z0-9]")
LEAST_CUT = 3  # characters of a name that must be left for a cut to be one
_VARIANT = re.compile(r"^(?:[一二三四五六七八九十\d]+(?:期|号|标段|区)|[a-z东西南北中新老]区?|[东西南北][段线侧])")


def name_faults(text: str, whole: Scope, known: NameIndex) -> Iterator[Fault]:
    """Yield the names in folded ``text`` that the evidence does not hold."""
    said = bare(whole.text)
    for found in known.find(text):
        name = bare(found.name)
        if name not in said and bare(without_place(found.name)) not in said and bare(core(name)) not in said:
            yield Fault("name", found.name)
    yield from _people(text, whole.text)
    yield from _cut(text, whole, said)


def _people(text: str, evidence: str) -> Iterator[Fault]:
    for name, titles in persons(text).items():
        person = name if name in evidence else name[:2]
        if person not in evidence:
            if any(title + name in text or name + title in text for title in titles):
                yield Fault("name", name)
            continue
        for title in titles:
            if not _titled(person, title, evidence):
                yield Fault("name", title + name)


def _titled(name: str, title: str, evidence: str) -> bool:
    """Tell whether the evidence gives a person the title, or none; 副区长 is no 区长."""
    short = re.sub(r"^(?:区委|市委|县委|镇|乡|街道)", "", title)
    given = [m for m in re.finditer(rf"({TITLES})?{re.escape(name)}({TITLES})?", evidence)]
    titles = [t for m in given for t in m.groups() if t]
    if not titles:
        return True
    for match in re.finditer(rf"{re.escape(short)}{re.escape(name)}|{re.escape(name)}{re.escape(short)}", evidence):
        if match.group().startswith(name) or evidence[match.start() - 1 : match.start()] != "副":
            return True
    return any(short == re.sub(r"^(?:区委|市委|县委|镇|乡|街道)", "", t) for t in titles) or (
        short in evidence and not any(t.endswith(short) for t in titles) and "、" in evidence
    )


def _cut(text: str, whole: Scope, said: str) -> Iterator[Fault]:
    """Yield where a claim goes on otherwise within a name of the evidence: 二期 for 一期."""
    names = {name for r in whole.readings for name in r.cell.subjects if len(name) > LEAST_CUT}
    for name in names:
        if name in text:
            continue
        piece, at = _longest_head(name, text)
        if len(piece) < LEAST_CUT or len(piece) * 2 < len(name):
            continue
        after = text[at + len(piece) :]
        other = re.match(r"[\u4e00-\u9fffa-z0-9]{0,6}", after)
        rest = other.group() if other else ""
        if rest and _alters(rest, name[len(piece) :], piece, said):
            yield Fault("name", piece + rest)


def _longest_head(name: str, text: str) -> tuple[str, int]:
    for size in range(len(name) - 1, LEAST_CUT - 1, -1):
        at = text.find(name[:size])
        if at >= 0:
            return name[:size], at
    return "", -1


def _alters(rest: str, missing: str, piece: str, said: str) -> bool:
    """Tell whether ``rest`` stands in the place of the ``missing`` end of a name."""
    if bare(piece + rest[:1]) in said or (len(rest) > 1 and bare(piece[-1] + rest[:2]) in said):
        return False
    if _VARIANT.match(rest) and not missing.startswith(rest[:2]):
        return True
    return not only_joining(rest[:2]) and missing[1:2] == rest[1:2] != ""
