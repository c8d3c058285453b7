"""How a question calls the values, headings and rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.grids.conditions import parts_of
from assistant.grids.groups import GROUP, group_name, stated_count
from assistant.grids.reading import Column, Grid, Line
from assistant.ledger.asked import asked_statuses, meets
from index.ledger.status import status_of
from index.words import fold

_RANK = re.compile(r"^(?:全|本)?(?:省|市|县|区|州)(?=[\u4e00-\u9fff]{2,})")
_REGION = re.compile(
    r"^[\u4e00-\u9fff]{1,4}?(?<![省市县区州])[省市县区州](?=[\u4e00-\u9fff]{2,}(?:局|委|委员会|办|办公室|中心|公司|政府)$)"
)
_KIND = re.compile(
    r"(?:街道(?:办事处)?|镇|乡|局|委员会|委|办公室|办|集团(?:有限)?公司|集团|有限(?:责任)?公司|公司|中心|社区|村|分局)$"
)
_DONE = re.compile(r"^(?:已经?|正在|正|仍|尚|还|在)(?=[\u4e00-\u9fff]{2,})")
_ROLE = re.compile(r"(?:单位|部门|领导|责任人|负责人)$")
_DENIED = re.compile(r"(?:未|没有?|不|非|待)$")
_PLAIN_HEAD = re.compile(r"(?:名称|情况|数量|总数|数|额|年份|年|说明)$")
# “第一批：结转项目” is called by either part.
_BATCH = re.compile(r"(?P<which>第[一二三四五六七八九十\d]+[批类组期])[：:、\s]+(?P<what>.{2,})")
PHASE = re.compile(r"[一二三四五六七八九十\d]+(?:期|标段|标|批|号)")
_ASIDE_IN_HEAD = re.compile(r"[（(][^（）()]*[）)]")
_PLANNED_HEAD = re.compile(r"^(?:计划|预计|实际|拟|约定|要求)")
_UNIT_IN_HEAD = re.compile(r"[（(][^（）()]*[）)]$")
_PERIOD_IN_HEAD = re.compile(r"^(?:(?:19|20)\d\d年度?|\d{1,2}[—–~-]\d{1,2}月份?)+")
# What people say for the kind of thing that is lacking.
_SPOKEN = {"资金": ("缺钱", "差钱", "没钱"), "用地": ("缺地", "没地"), "土地": ("缺地", "没地")}
_GENERIC = frozenset("厂路桥村镇乡街点站所园区库场馆校院房楼段期家座条个项线河湖山店户")
_LONG = 20  # characters of a value that people may name
_REPEATED = 0.75  # distinct among the filled: more are not classes of rows
KNOWN = 0.9  # of the cells of running text must say a state that is understood
_CLASSES = ("unit", "leader", "location", "place", "status_text")


def is_class(column: Column, grid: Grid) -> bool:
    """Tell whether a column sorts the rows: its values recur, or are units, places, states."""
    return _is_class(column, _Same(grid))


class _Same:
    """A grid told apart from others by its place, not by all that is in it."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._key = (grid.file_id, grid.start, grid.end, len(grid.lines))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.grid is self.grid


@lru_cache(maxsize=512)
def _is_class(column: Column, same: _Same) -> bool:
    grid = same.grid
    if column.number == GROUP:
        return True
    if column.number == grid.name or column.kind != "words":
        return False
    said = [w for line in grid.lines if (w := line.words.get(column.number))]
    if not said or max(map(len, said)) > 3 * _LONG or sum(map(len, said)) > _LONG * len(said):
        return False
    recurring = len(set(said)) <= _REPEATED * len(said)
    return recurring or column.key in _CLASSES or bool(_ROLE.search(column.name))


def values_of(column: Column, grid: Grid) -> dict[str, str]:
    """Return the distinct values of a column, folded, as written."""
    found: dict[str, str] = {}
    for line in grid.lines:
        words = line.words.get(column.number, "")
        for part in (words, *(() if is_status(column) else parts_of(words))):
            if 1 < len(part) <= _LONG and not re.fullmatch(r"[\d.,%％\-—/]+", part):
                found.setdefault(fold(part), part)
    return found


def variants(value: str, column: Column) -> Iterator[str]:
    """Yield how a value may be called, the fullest first."""
    yield value
    yield from _SPOKEN.get(value, ())
    if column.number == GROUP and (batch := _BATCH.match(value)):
        yield batch["which"]
        yield batch["what"]
    if stated_count(value) and len(named := group_name(value)) > 1 and named != value:
        yield named  # “群众反映（5个）”
    bare = _RANK.sub("", value)
    if bare != value:
        yield bare
    elif (local := _REGION.sub("", value)) != value:
        yield local  # “水利局” of several counties
    if column.key == "status_text" or re.search(r"状态|进度|进展", column.path):
        if core(value) != value:
            yield core(value)
        if value.endswith("中") and len(value) > 2:
            yield f"在{core(value)[:-1]}"
    else:
        stem = _KIND.sub("", bare)
        if stem != bare and len(stem) >= 2:
            yield stem


def core(value: str) -> str:
    """Return a state without the words that say only that it is so (“已销号”: 销号)."""
    return _DONE.sub("", value)


def at_places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text, but not where they are denied (“未销号”)."""
    at = text.find(words)
    while at >= 0:
        if not _DENIED.search(text[:at]):
            yield at, at + len(words)
        at = text.find(words, at + 1)


def is_status(column: Column) -> bool:
    """Tell whether a column says the state of the rows."""
    return column.key == "status_text" or bool(
        re.search(r"状态|进度$|进展$|办结|销号", column.path)
    )


def status_values(text: str, column: Column, grid: Grid) -> list[tuple[str, tuple[int, int]]]:
    """Return the values of a column of states that mean what a question asks, with its words."""
    found: list[tuple[str, tuple[int, int]]] = []
    cells = values_of(column, grid) if is_class(column, grid) else {}
    whole = dict.fromkeys(line.words.get(column.number, "") for line in grid.lines)
    if not cells and sum(bool(_states(w)) for w in whole) < KNOWN * len(whole):
        return []  # of rows whose state is not known none can be said to lack it
    for status, span in asked_statuses(text):
        for written in cells.values() or whole:
            if (own := _states(written)) and meets(own, {status}):
                found.append((written, span))
    return found


def denied_values(text: str, column: Column, grid: Grid) -> list[tuple[str, tuple[int, int]]]:
    """Return the states of a column that a question denies (“未销号”: all but 已销号).

    Words that a state of the column says itself (“逾期未完成”) are that state.
    """
    known = values_of(column, grid)
    found: list[tuple[str, tuple[int, int]]] = []
    for folded, written in known.items():
        bare = core(folded)
        if bare == folded:
            continue
        for match in re.finditer(rf"(?:未|没有?)(?:能)?{re.escape(bare)}", text):
            if not any(match.group() in other for other in known):
                found.append((written, match.span()))
    return found


def _states(words: str) -> set[str]:
    said = status_of(words)
    return {state for state in (said.stage, said.progress) if state}


def role_of(column: Column) -> str:
    """Return what a unit or person of a column does (“配合单位”: 配合), "" for others."""
    return _ROLE.sub("", column.name) if _ROLE.search(column.name) else ""


def head_variants(column: Column) -> Iterator[str]:
    """Yield how a column may be called, the fullest first.

    Under a heading of its own it is called with that, too (“面积·计划”: 计划面积).
    """
    name = fold(column.name)
    yield name
    parts = column.path.split("·")
    if len(parts) > 1:
        above = _UNIT_IN_HEAD.sub("", fold(parts[-2]))
        short = _PERIOD_IN_HEAD.sub("", name)
        for stem in dict.fromkeys((above, above[-2:])):
            for own in dict.fromkeys((name, short)):
                if len(own) >= 2 and len(stem) >= 2 and stem not in own:
                    yield own + stem
                    yield stem + own
    bare = _PLAIN_HEAD.sub("", name)
    if bare != name and len(bare) >= 2:
        yield bare
    inner = _PLANNED_HEAD.sub("", _ASIDE_IN_HEAD.sub("", name))
    if inner != name and len(inner) >= 4:
        yield inner  # “计划（实际）完工时间”


def called(run: str, line: Line, grid: Grid) -> bool:
    """Tell whether a run of words calls a row: pieces of its name, helped by its other cells."""
    name = fold(line.words.get(grid.name, ""))
    if any(phase not in name for phase in PHASE.findall(run)):
        return False  # 二期 is not 一期
    others = " ".join(
        fold(words)
        for number, words in line.words.items()
        if number != grid.name and grid.column(number).kind == "words"
    )
    at, by_name, missing = 0, 0, 0
    while at < len(run):
        piece = _longest(run, at, name)
        if len(piece) >= 2:
            by_name += len(piece)
            at += len(piece)
            continue
        piece = _longest(run, at, others)
        if len(piece) >= 2:
            at += len(piece)
        elif run[at] in name or run[at] in _GENERIC:
            missing += 1
            at += 1
        else:
            return False
    return by_name >= 2 and by_name >= len(run) / 3 and missing <= max(1, len(run) // 4)


def _longest(run: str, at: int, text: str) -> str:
    end = at
    while end < len(run) and run[at : end + 1] in text:
        end += 1
    return run[at:end]
