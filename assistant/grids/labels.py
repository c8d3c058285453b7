"""How a question calls the labels of a list: “挂黄牌的”, “亮红灯的”, “签约了还没落地的”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.grids.conditions import Among, Condition, Filled
from assistant.grids.naming import is_class, values_of
from assistant.grids.reading import Column, Grid
from index.listings.records import DONE
from index.words import fold

Span = tuple[int, int]
_YEAR_END = re.compile(
    r"(?:到|截[至止])?(?:年底|年末|年终|岁末|全年)(?![以之]?前)(?:的?时候)?|(?<=年)[底末](?![以之]?前)"
)
_HALF = re.compile(r"(?<![上下两])半年|年中")
_BEARS = r"(?:仍|还|都)*(?:挂|亮|标|列|评|定|贴|给)?(?:了|着|为|成|的是|上)?"
_COLOURS = "红黄绿蓝橙灰白黑"
MOST_COLOURS = 6
_SHOWN = r"(?:挂|亮|标|评|定|贴|变|报|判|列|打|显示)(?:了|着|为|成|的是|上|出|过)?"
_FORMS = "[了还仍尚已着过的]*"
_NOT = f"{_FORMS}(?:未|没有?)能?"
_STILL_OPEN = re.compile(
    r"(?:截[至止][^，,。？?]{2,10}[，,]?)?(?:还|尚|仍|都)*(?:未|没有?|没能)(?:能)?(?:按期|如期)?(?:办结|销号|办完|整改到位|整改完成)(?:的)?"
)


def labels_said(text: str, grid: Grid) -> Iterator[tuple[Condition, Span]]:
    """Yield the rows that a question sorts by the labels of a list, each with its words."""
    if grid.told is None:
        yield from _colours(text, grid)
        return
    nouns = dict(grid.told.nouns)
    for column in grid.columns:
        if column.number in nouns:
            yield from _single(text, column, nouns[column.number], grid)
        elif is_class(column, grid):
            yield from _loosely(text, column, grid)
    done = next((c for c in grid.columns if c.name == DONE), None)
    if done and (match := _STILL_OPEN.search(text)):
        yield Filled(done.number, filled=False), match.span()


def nouns_of(grid: Grid, column: int | None) -> list[str]:
    """Return what may stand behind the values of a column of labels, the bare value first."""
    nouns = dict(grid.told.nouns) if grid.told else {}
    return ["", nouns[column]] if column in nouns else [""]


def label_asked(text: str, grid: Grid) -> tuple[int, Span] | None:
    """Return the column whose label a question asks for (“挂的什么牌”), and its words."""
    for number, noun in grid.told.nouns if grid.told else ():
        asked = re.search(
            rf"{_BEARS}(?:的)?(?:是)?(?:什么|哪种|啥|何种|哪一?[个类档])(?:颜?色)?(?:的)?{re.escape(noun)}",
            text,
        )
        if asked:
            return number, asked.span()
    return None


def period_said(text: str, grid: Grid) -> list[Span] | None:
    """Return where a question says the end or the middle of the year; None where it is another.

    Of lists of one text (two countings of one year) only the period tells which is meant.
    """
    if grid.told is None:
        return []
    month = int(grid.date[5:7]) if grid.date and len(grid.date) >= 7 else 0
    found: list[Span] = []
    for pattern, meant in ((_YEAR_END, 12), (_HALF, 6)):
        for match in pattern.finditer(text):
            if any(match.group() in fold(column.path) for column in grid.columns):
                continue  # it is part of a heading
            if month != meant and grid.told.part:
                return None
            found.append(match.span())
    return found


def told_columns(grid: Grid, *, named: bool) -> list[int]:
    """Return the columns that answer without being asked for: what a list says of each thing.

    Of a ``named`` one only what is said of it at most length; of several, all.
    """
    if grid.told is None:
        return []
    words = [c for c in grid.columns if c.number != grid.name and c.kind != "serial"]
    if not named:
        return [c.number for c in words]
    longest = max(
        words, key=lambda c: sum(len(n.words.get(c.number, "")) for n in grid.lines), default=None
    )
    return [longest.number] if longest and longest.kind == "words" else []


def _colours(text: str, grid: Grid) -> Iterator[tuple[Condition, Span]]:
    """Yield the rows of a table that a question sorts by a colour or a grade (“标红的”)."""
    for column in grid.columns:
        values = {w for line in grid.lines if (w := line.words.get(column.number))}
        if column.kind != "words" or not 1 < len(values) <= MOST_COLOURS:
            continue
        letters = {value.removesuffix("色") for value in values}
        if not all(len(c) == 1 and c in _COLOURS for c in letters):
            continue
        noun = next((c for c in reversed(column.name) if c in "灯牌旗"), "灯")
        found: dict[str, Span] = {}
        for value in sorted(values):
            c = re.escape(value[0])
            match = re.search(
                rf"(?:被|仍|还|都|在)*{_SHOWN}{c}(?:色|{noun})?(?:的|了)?(?=[\u4e00-\u9fff，, ]|$)|{c}(?:{noun}|牌)(?:的)?|{c}色的?|{c}的(?=[那这几有项，, ]|$)",
                text,
            )
            if match:
                found[value] = match.span()
        said = "、".join(f"{value[0]}{noun}" for value in found)
        for span in found.values():
            yield Among(column.number, frozenset(found), said), span


def _single(text: str, column: Column, noun: str, grid: Grid) -> Iterator[tuple[Condition, Span]]:
    """Yield the single characters that are said with their noun (“黄牌”, “黄色”)."""
    values = {w for line in grid.lines if (w := line.words.get(column.number))}
    found: dict[str, Span] = {}
    for value in sorted(values):
        match = re.search(
            rf"{_BEARS}{re.escape(fold(value))}色?的?(?:{re.escape(noun)}|(?<=色))", text
        )
        if match:
            found[value] = match.span()
    if not found:
        return
    said = "、".join(f"{value}{noun}" for value in found)
    condition = Among(column.number, frozenset(found), said)
    for span in found.values():
        yield condition, span


def _loosely(text: str, column: Column, grid: Grid) -> Iterator[tuple[Condition, Span]]:
    """Yield labels that are said with other little words (“签约了还没落地的” for 签约未落地)."""
    found: dict[str, Span] = {}
    for folded, written in values_of(column, grid).items():
        if "未" not in folded[1:] or folded in text:
            continue
        parts = [_NOT if c == "未" else re.escape(c) + _FORMS for c in folded]
        if match := re.search("".join(parts), text):
            found[written] = match.span()
    if found:
        condition = Among(column.number, frozenset(found), "、".join(found))
        for span in found.values():
            yield condition, span
