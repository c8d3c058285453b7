"""Counts that a text states against those that it lists, and how a label's number changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grids.finding import files_asked
from assistant.grids.labels import nouns_of
from assistant.grids.linked import Linked
from assistant.grids.listed import all_grids_of
from assistant.grids.naming import is_class
from assistant.grids.reading import Column, Grid, Line
from assistant.grids.said import normal
from assistant.grids.telling import add_rows, label, names_of
from assistant.grids.times import answer_between
from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.prose import chinese_count
from index.library import Library
from index.words import fold
from prompts import render

_THINGS = "(?:个|项|条|件|家|处|座|类|户)"
_SAYS = r"(?:写|标|说|称|讲|列|注|报|交办|安排|提到|写明)(?:了|着|明|的)?"
_REALLY = r"(?:实际|逐[项个条]|逐一|真正|到底|究竟|点(?:了)?名|正文里?|下面|后面)"
_AGAINST = re.compile(
    rf"{_SAYS}[^？?]{{0,24}}(?:{_THINGS}|数)[^？?]{{0,12}}{_REALLY}[^？?]{{0,12}}(?:列|写|数|点|提)[^？?]{{0,10}}(?:几|多少)"
    rf"|{_SAYS}[^？?]{{0,12}}(?:{_THINGS}数?|数量?)[^？?]{{0,16}}(?:列|写|数)[^？?]{{0,16}}(?:对得?上|一致|相符|一样)"
)
_CHANGED = re.compile(
    rf"(?P<way>净?增(?:加|长)?|净?减(?:少)?|多|少|变化|变动)(?:了|出)?(?:几|多少){_THINGS}?"
)
_TWO_TIMES = re.compile(r"从.{2,16}(?:到|至)|比.{2,16}|较.{2,16}|和.{2,16}相比|与.{2,16}相比")
CAPTION = 120  # characters before a header in which its caption stands
_CAPTION = re.compile(
    rf"[（(]?(?:共|合计)?(?P<n>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})\s*{_THINGS}(?=[，,）)：:]|\s*$|\s*\n)"
)
_WRITTEN = re.compile(
    rf"{_SAYS}(?:是|有|共)?(?P<n>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}){_THINGS}"
)
MIN_TITLE = 2  # characters of a document's title that a question must share to ask of all of it


@dataclass(frozen=True, slots=True)
class _Counted:
    """A label (or "" for all) of a list: what is stated of it, and the rows listed under it."""

    grid: Grid
    label: str
    column: int | None
    stated: int
    where: tuple[int, int]
    lines: tuple[Line, ...]


def answer_counts(question: Question, library: Library) -> Draft | None:
    """Return stated against listed, or a label's change between two lists; None for others."""
    if question.language != "zh":
        return None
    text = normal(question.text)
    if _AGAINST.search(text):
        return _against(text, question, library)
    if _CHANGED.search(text) and _TWO_TIMES.search(text):
        return answer_between(text, _grids(question, library)) or _change(text, question, library)
    return None


def _grids(question: Question, library: Library) -> Iterator[Grid]:
    for file in files_asked(question, library):
        yield from all_grids_of(file.id, file.path, library.content(file.id))


def _captioned(grid: Grid, text: str) -> list[tuple[str, float, tuple[int, int]]]:
    """Return how many rows the caption of a table says it has (“储备项目（12个，……）”)."""
    low = grid.heading[0] if grid.heading else max(0, grid.head[0] - CAPTION)
    for match in _CAPTION.finditer(text, low, grid.head[0]):
        start = text.rfind("\n", 0, match.start()) + 1
        return [("", float(chinese_count(match["n"])), (start, match.end()))]
    return []


def _against(text: str, question: Question, library: Library) -> Draft | None:
    """Return what the text states and what it lists, each with its place."""
    found = [
        (size, counted)
        for grid in _grids(question, library)
        for counted in _counted(grid, library)
        if (size := _named(text, counted)) and _agrees(text, counted)
    ]
    if not found:
        return None
    best = max(size for size, _ in found)
    chosen = [counted for size, counted in found if size == best]
    places = {(c.grid.file_id, c.grid.document) for c in chosen}
    if len(places) > 1 or (len(chosen) > 1 and chosen[0].label):
        return None
    # Of several lists of one text, its own count is that of the first.
    return _told_against(min(chosen, key=lambda c: c.grid.start))


def _agrees(text: str, counted: _Counted) -> bool:
    """Tell whether the number that a question says is written is the one stated."""
    said = _WRITTEN.search(text)
    return said is None or chinese_count(said["n"]) == counted.stated


def _counted(grid: Grid, library: Library) -> Iterator[_Counted]:
    stated = grid.told.stated if grid.told else _captioned(grid, library.content(grid.file_id).text)
    for name, number, where in stated:
        column = _column_of(grid, name)
        if name and column is None:
            continue
        lines = [n for n in grid.lines if column is None or n.words.get(column.number) == name]
        yield _Counted(
            grid, name, column.number if column else None, int(number), where, tuple(lines)
        )


def _column_of(grid: Grid, value: str) -> Column | None:
    columns = (c for c in grid.columns if is_class(c, grid) or value)
    return next(
        (c for c in columns if any(n.words.get(c.number) == value for n in grid.lines)), None
    )


def _named(text: str, counted: _Counted) -> int:
    """Return how many characters of the question name what is counted, 0 where it does not."""
    own = _shared(text, counted.grid.title)
    if not counted.label:
        sheet = fold(counted.grid.sheet)
        own += len(sheet) if len(sheet) >= MIN_TITLE and sheet in text else 0
        return own if own >= MIN_TITLE else 0
    called = [fold(counted.label) + noun for noun in nouns_of(counted.grid, counted.column)]
    said = next((words for words in called if len(words) > 1 and words in text), "")
    return 100 * len(said) + own if said else 0


def _shared(text: str, title: str) -> int:
    """Return how many characters of the question stand in a title, in runs of three or more."""
    total = at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[at : end + 1] in title and not text[end].isspace():
            end += 1
        total += end - at if end - at >= 3 else 0
        at = max(end, at + 1)
    return total


def _told_against(counted: _Counted) -> Draft:
    grid, listed = counted.grid, len(counted.lines)
    what = counted.label or label(grid)
    gap = counted.stated - listed
    verdict = "一致" if not gap else f"{'少' if gap > 0 else '多'}列{abs(gap)}个"
    text = render(
        "table_listed", "zh", what=escape(what), said=counted.stated, found=listed, verdict=verdict
    )
    where = Source(grid.file_id, grid.document, *counted.where)
    digits = frozenset({str(counted.stated), str(listed), str(abs(gap))})
    draft = Draft([Statement(text, (where,), computed=digits)], count=listed)
    draft.short = f"写{counted.stated}个，列{listed}个"
    shown = [] if counted.column is None else [counted.column]
    if counted.lines:
        add_rows(draft, Linked(grid, asked=shown), counted.lines)
    draft.interpretation = {"kind": "table", "filters": {"texts": [label(grid)]}, "wish": "count"}
    return draft


def _change(text: str, question: Question, library: Library) -> Draft | None:
    """Return how many more or fewer rows a later list has under a label than an earlier one."""
    found: dict[str, list[_Counted]] = {}
    for grid in _grids(question, library):
        if grid.told is None:
            continue
        for column in grid.columns:
            for value in dict.fromkeys(n.words.get(column.number, "") for n in grid.lines):
                if value and (counted := _labelled(text, grid, column, value)):
                    found.setdefault(value, []).append(counted)
    pairs = [
        sorted(group, key=lambda c: c.grid.date or "")
        for group in found.values()
        if len(group) == 2
    ]
    if len(found) != 1 or len(pairs) != 1:
        return None
    early, late = pairs[0]
    if not early.grid.date or not late.grid.date or early.grid.date >= late.grid.date:
        return None
    return _told_change(early, late)


def _labelled(text: str, grid: Grid, column: Column, value: str) -> _Counted | None:
    """Return the rows of a label that the question says, None for any other value."""
    assert grid.told is not None
    if not is_class(column, grid):
        return None
    called = [fold(value) + noun for noun in nouns_of(grid, column.number)]
    if not any(len(words) > 1 and words in text for words in called):
        return None
    lines = tuple(n for n in grid.lines if n.words.get(column.number) == value)
    stated = next(((n, where) for name, n, where in grid.told.stated if name == value), None)
    number, where = stated or (float(len(lines)), grid.head)
    return _Counted(grid, value, column.number, int(number), where, lines)


def _told_change(early: _Counted, late: _Counted) -> Draft | None:
    first, second = len(early.lines), len(late.lines)
    noun = nouns_of(late.grid, late.column)[-1]
    gap = second - first
    verdict = f"净{'增' if gap >= 0 else '减'}{abs(gap)}个"
    formula = f"{second} − {first} = {gap}"
    text = render(
        "table_moved", "zh", what=escape(late.label + noun), early=early.grid.date, first=first,
        late=late.grid.date, second=second, verdict=verdict, formula=formula,
    )  # fmt: skip
    sources = tuple(Source(c.grid.file_id, c.grid.document, *c.where) for c in (early, late))
    digits = {str(first), str(second), str(gap), str(abs(gap))}
    digits |= {part for c in (early, late) for part in re.findall(r"\d+", c.grid.date or "")}
    draft = Draft([Statement(text, sources, computed=frozenset(digits))], count=abs(gap))
    draft.short, draft.value = f"{abs(gap)}个", Value(float(gap), "个", formula)
    for side in (early, late):
        if side.stated != len(side.lines):
            draft.notes.append(
                render("table_counted", "zh", said=side.stated, found=len(side.lines))
            )
        names = "、".join(escape(name) for name in names_of(side.grid, side.lines))
        own = tuple(
            Source(side.grid.file_id, side.grid.document, n.start, n.end) for n in side.lines
        )
        draft.statements.append(Statement(f"{side.grid.date}：{names}", own, bullet=True))
    draft.interpretation = {"kind": "table", "filters": {}, "wish": "change"}
    return draft
