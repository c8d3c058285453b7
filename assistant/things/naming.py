"""Which one thing a question is about: named whole, in part, by its phase, or by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.grids.reading import grids_of
from assistant.ledger.named import MIN_WHOLE, part_names, runs_of
from assistant.ledger.vocabulary import ASKING
from assistant.things.remarks import Thing
from index.ledger.names import core_name
from index.library import Library
from index.words import fold

FEW = 24  # files whose tables are all read
LONGEST = 30  # characters of a name; a longer one is a sentence about the thing
_POINTS = re.compile(r"(?:那|这|该)(?:个|座|条|处|项|家)")
_PHASE = re.compile(r"(?:[一二三四五六七八九十]|\d{1,2})(?:期|标段?|号楼)")
_PERIOD = re.compile(r"(?:19|20)?\d\d年度?|\d{1,2}月份?|[上下]半年|[一二三四]季度")
MANY = 5_000  # names; of more, only those that runs of words are likest to are compared
LEAST = 5  # characters of a name that no record bears
_BEGINS = r"(?:^|[\n，、；：:〔（(\[【】〕的　 ]|\d[.．、]|关于)\s*"
_DATED = re.compile(r"\d{4}年?|\d[月日号]")  # a year is no part of a thing's name
_LAST = re.compile(r"后(?:面|头)?(?:那|一)?[个座条处项家]|后者|第二[个座条处项家]")
_FIRST = re.compile(r"前(?:面|头)?(?:那|一)?[个座条处项家]|前者|第一[个座条处项家]")
# How much of it there is to do: “加装电梯60部” is “加装电梯”.
_EXTENT = re.compile(
    r"(?<=.{4})\d+(?:万|余)*(?:处|座|部|所|套|条|公里|千米|米|亩|户|人|名|个|间|张|台|辆|家|口|盏|株|平方米|吨)$"
)
_OWN_NAME = re.compile(r"(?<![\u4e00-\u9fff])[^的里中上下县市区镇乡我们这那了]{2,4}$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,4}?(?:街道|[镇乡区县市])(?=[\u4e00-\u9fff]{4,})")


_NO_NAME = re.compile(r"[的是有在为和与、，,。？?]|多少|什么|总?投资|哪")
_KIND = re.compile(
    r"(?:园|园区|基地|中心|广场|大桥|隧道|水库|水厂|泵站|医院|学校|小区|公路|大道|工厂|车间|厂房|机场|码头|公园|[一二三四五六七八九十]期)$"
)


def thing_in(text: str, library: Library) -> Thing | None:
    """Return the one thing that a question names, None where it names none or several."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    names = known_names(library)
    found = list(_whole(folded, names))
    if not found:
        found = _parts(folded, names, library)
    if not found and names:  # where nothing is recorded, texts are no reports on things
        found = _spoken_of(folded, library)
    if len(found) != 1:
        return None
    name, span = found[0]
    if any(fold(row.text("unit") or "") == name for row in library.ledger.rows):
        return None  # whose things are asked about, not itself
    return Thing(name, _called(name, folded[slice(*span)], names), span, name in names)


def thing_before(text: str, question: str, answer: str, library: Library) -> Thing | None:
    """Return the thing that a follow-up means: the one last talked of, or of several the one told.

    “那二期呢” after a first phase is the second, if there is one.
    """
    names = known_names(library)
    folded = fold(text)
    pick = _LAST.search(folded) or _FIRST.search(folded)
    if pick:
        told = sorted(_whole(fold(answer), names), key=lambda found: found[1])
        if len(told) != 2:
            return None
        name = told[1 if _LAST.search(folded) else 0][0]
        return Thing(name, _called(name, name, names), pick.span())
    before = thing_in(question, library)
    if before is None:
        return None
    phase, own = _PHASE.search(folded), _PHASE.search(before.name)
    if phase is None or own is None:
        return Thing(before.name, before.names, (0, 0))
    other = before.name.replace(own.group(), phase.group())
    known = other in names or any(other in text for text in _texts(library))
    return Thing(other, (other,), phase.span()) if known else None


def known_names(library: Library) -> dict[str, str]:
    """Return the names of records and of tables' rows: those by which they match, as written."""
    found: dict[str, str] = {}
    for row in library.ledger.rows:
        if MIN_WHOLE <= len(row.core) <= LONGEST:
            found.setdefault(row.core, row.record.kind)
    files = library.files()
    for file in files if len(files) <= FEW else []:
        for grid in grids_of(file.id, file.path, library.content(file.id)):
            for line in grid.lines:
                name = core_name(line.words.get(grid.name, ""))
                if MIN_WHOLE <= len(name) <= LONGEST:
                    found.setdefault(name, "project")
    return found


def _whole(text: str, names: dict[str, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the names that a text says whole, longest first, each stretch of it once."""
    rest = text
    for name in sorted(names, key=len, reverse=True):
        at = rest.find(name)
        if at >= 0:
            yield name, (at, at + len(name))
            rest = rest.replace(name, "\0" * len(name))


def _parts(text: str, names: dict[str, str], library: Library) -> list[tuple[str, tuple[int, int]]]:
    """Return the name that runs of the question's words mean, though they say but a part of it."""
    for pattern in (_POINTS, ASKING):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    inside = _held(text, names) if len(names) <= MANY else None
    if inside:
        return [inside]
    joined = re.sub(r"\s+", " ", text)
    found = part_names(runs_of(joined), library.ledger)
    at = (0, 0)
    return [(name, at) for name, _ in found if name in names]


def _held(text: str, names: dict[str, str]) -> tuple[str, tuple[int, int]] | None:
    """Return the name that alone holds the longest words of the text, four or more."""
    best: tuple[int, str, tuple[int, int]] | None = None
    for run, at in runs_of(text):
        for size in range(len(run), 3, -1):
            for start in range(len(run) - size + 1):
                words = run[start : start + size]
                holders = [name for name in names if words in name]
                shortest = min(holders, key=len, default="")
                if _other_before(run[:start], shortest, words):
                    continue
                alone = bool(holders) and all(shortest in name for name in holders)
                if alone and (best is None or size > best[0]):
                    best = (size, shortest, (at + start, at + start + size))
            if best and best[0] >= size:
                break
    return (best[1], best[2]) if best else None


def _other_before(before: str, name: str, words: str) -> bool:
    """Tell whether what ends a name stands behind another name's beginning (“甲乙口袋公园”)."""
    own = name[: len(name) - len(words)] if name.endswith(words) else ""
    said = _OWN_NAME.search(before)
    return bool(own and said and not set(said.group()) & set(own))


def _texts(library: Library) -> list[str]:
    """Return the texts of the files where they are few."""
    files = library.files()
    return [fold(library.content(f.id).text) for f in files] if len(files) <= FEW else []


def _spoken_of(text: str, library: Library) -> list[tuple[str, tuple[int, int]]]:
    """Return the longest run of the question's words that begins an entry, an item or a clause."""
    texts = _texts(library)
    for pattern in (_POINTS, ASKING):
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    best: tuple[str, tuple[int, int]] | None = None
    for run, at in runs_of(text):
        for start in range(len(run)):
            for size in range(len(run) - start, LEAST - 1, -1):
                words = run[start : start + size]
                if best and size <= len(best[0]):
                    break
                if not any(words in t for t in texts):
                    continue
                if len(_PERIOD.sub("", words)) < MIN_WHOLE:
                    continue  # “2025年” is no thing
                begins = re.compile(_BEGINS + re.escape(words))
                named = re.search(r"[\u4e00-\u9fff]", words) and not _DATED.search(words)
                if named and any(begins.search(t) for t in texts):
                    best = (words, (at + start, at + start + size))
                    break
    return [best] if best else []


def without_place(name: str) -> str:
    """Return a name without the place that stands before it (“某县城南环线”)."""
    return _PLACE.sub("", name)


def without_extent(name: str) -> str:
    """Return a core name without the number of what is to be done (“加装电梯60部”)."""
    return _EXTENT.sub("", name)


def written_longer(thing: Thing, folded: str, library: Library) -> str:
    """Return the longer name that a question says and texts write, empty where it says none.

    “甲材料产业园” is no “甲材料二期”, though both begin alike.
    """
    a, b = thing.said
    texts = _texts(library)
    longest = ""
    for end in range(b + 2, min(len(folded), b + LONGEST) + 1):
        words = folded[a:end]
        if _NO_NAME.search(words[b - a :]) or not any(words in text for text in texts):
            break
        longest = words
    whole = longest and not any(longest in name or name in longest for name in thing.names[:1])
    tail = longest[b - a :]
    return longest if whole and _KIND.search(tail) and tail not in thing.name else ""


def _called(name: str, said: str, names: dict[str, str]) -> tuple[str, ...]:
    """Return how documents may call a thing: by its name, by what was said, without its place."""
    found = [name]
    if len(said) >= 4 and said in name:
        found.append(said)
    bare = _PLACE.sub("", name)
    if bare != name and sum(bare in other for other in names) == 1:
        found.append(bare)
    return tuple(dict.fromkeys(found))


def others_than(thing: Thing, names: Sequence[str]) -> list[str]:
    """Return the names of other things, no part of this one's and not about it."""
    return [n for n in names if not any(n in own or own in n for own in thing.names)]
