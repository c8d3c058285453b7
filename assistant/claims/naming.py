"""Names of a claim that its evidence does not hold: unknown, cut, or with another title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from assistant.claims.folding import bare
from assistant.claims.names import TITLES, NameIndex, core, persons, without_place
from assistant.claims.records import Fault
from assistant.claims.scope import Scope
from assistant.claims.wording import only_joining

_HAN = re.compile(r"[\u4e00-\u9fffa-z0-9]")
LEAST_NAME = 4  # characters of a name that one changed character still leaves to be known by
LEAST_CUT = 3  # characters of a name that must be left for a cut to be one
_VARIANT = re.compile(
    r"^(?:[一二三四五六七八九十\d]+(?:期|号|标段|区)|[a-z东西南北中新老]区?|[东西南北][段线侧])"
)


def name_faults(
    text: str, raw: str, whole: Scope, known: NameIndex, names: Collection[str]
) -> Iterator[Fault]:
    """Yield the names in folded ``text`` that the evidence does not hold.

    ``raw`` is all evidence, folded but not cut into cells; ``names`` are those that the evidence does hold: one of them with a character
    changed, or with another phase behind it, is another name.
    """
    said = bare(whole.text) + bare(raw)
    for found in known.find(text):
        name = bare(found.name)
        forms = (name, bare(without_place(found.name, said)), bare(core(found.name)))
        if not any(form in said for form in forms):
            yield Fault("name", found.name)
    yield from _people(text, whole.text)
    yield from _altered(text, names, said)
    yield from _cut(text, names, said)


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
    given = list(re.finditer(rf"({TITLES})?{re.escape(name)}({TITLES})?", evidence))
    titles = [t for m in given for t in m.groups() if t]
    if not titles:
        return True
    for match in re.finditer(
        rf"{re.escape(short)}{re.escape(name)}|{re.escape(name)}{re.escape(short)}", evidence
    ):
        if match.group().startswith(name) or evidence[match.start() - 1 : match.start()] != "副":
            return True
    return any(short == re.sub(r"^(?:区委|市委|县委|镇|乡|街道)", "", t) for t in titles) or (
        short in evidence and not any(t.endswith(short) for t in titles) and "、" in evidence
    )


def _altered(text: str, names: Iterable[str], said: str) -> Iterator[Fault]:
    """Yield names of the evidence that stand in ``text`` with one character changed."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    for name in names:
        size = len(name)
        if (
            size < LEAST_NAME
            or name in text
            or not any(name[i : i + 2] in pairs for i in range(size - 1))
        ):
            continue
        for at in range(len(text) - size + 1):
            window = text[at : at + size]
            differ = [i for i in range(size) if window[i] != name[i]]
            if len(differ) == 1 and _changed(window, differ[0]) and bare(window) not in said:
                yield Fault("name", window)
                break


def _changed(window: str, at: int) -> bool:
    """Tell whether the character at ``at`` belongs to a name and not to the sentence."""
    char = window[at]
    return bool(_HAN.match(char)) and not (at in (0, len(window) - 1) and only_joining(char))


def _cut(text: str, names: Iterable[str], said: str) -> Iterator[Fault]:
    """Yield where a claim goes on otherwise within a name of the evidence: 二期 for 一期."""
    for name in names:
        if name in text or len(name) <= LEAST_CUT:
            continue
        piece, at = _longest_head(name, text)
        if len(piece) < LEAST_CUT or len(piece) * 2 < len(name):
            continue
        rest = text[at + len(piece) :][:6]
        other = _VARIANT.match(rest) and not name[len(piece) :].startswith(rest[:2])
        if other and bare(piece + rest[:2]) not in said:
            yield Fault("name", piece + rest)


def _longest_head(name: str, text: str) -> tuple[str, int]:
    for size in range(len(name) - 1, LEAST_CUT - 1, -1):
        at = text.find(name[:size])
        if at >= 0:
            return name[:size], at
    return "", -1
