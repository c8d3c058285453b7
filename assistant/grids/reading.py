"""A table as questions see it: columns with their kind and unit, body rows, sum rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.evidence import sections_above
from assistant.grids.groups import summed_head, with_groups
from assistant.statements import Source
from assistant.table_heads import header_rows, rows_of
from index.database import FileContent
from index.ledger.amounts import amount_value, amounts, in_wan, money_unit, number_of
from index.ledger.labels import label_key
from index.ledger.prose import COUNTED, chinese_count
from index.ledger.quantities import is_measure
from index.ledger.tables import is_empty, is_same, is_total
from index.records import Block, Cell
from index.words import fold

ColumnKind = Literal["serial", "number", "year", "date", "words", "unit"]
Sum = tuple["Line", tuple["Line", ...]]

MAX_LINES = 3_000  # a longer table is a data set, not one that people ask about row by row
CAPTION = 60  # characters of a line above a table that may be its caption
NEAR = 240  # characters before a table in which its captions stand
MOST = 0.8  # of the filled cells: what a column holds
_UNIT_LINE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:金额|计量|货币)?单位[:：]\s*(?P<units>[^\s:：]{1,24})"
)
_MONEY_UNITS = re.compile(r"^(?:万亿|亿|千万|百万|万|千)?元$")
_MONEY = re.compile(
    r"投资|资金|金额|经费|款|费用?$|[支拨缴]付|支出|预算|概算|补[助贴]|总额|造价|收入|欠"
)
_AMOUNT = re.compile(r"(?:计划|任务|完成|下达|安排|到位|使用|结余|缺口)(?:数|额)?$")
_HEAD_UNIT = re.compile(r"[（(]([^（）()]{1,6})[）)]\s*$")
_COUNTED = re.compile(
    r"(户|人|栋|套|家|个|件|起|次|间|张|台|辆|座|处|床|亩|米|公里|吨|面积|学位)(?:数|量)?$"
)
_NUMBERED = re.compile(r"^约?\s*(-?\d[\d,，]*(?:\.\d+)?)\s*([\u4e00-\u9fff㎡%％]{0,4})$")
_YEAR = re.compile(r"^(?:19|20)\d\d年?$")
_DATE = re.compile(r"(?:(?:19|20)\d\d[年./-])?\d{1,2}(?:月|[./-]\d{1,2})|长期|年底")
_TIME = re.compile(r"(?:19|20)\d\d年|\d{1,2}月|季度|半年|[今明后]年|年[内底]")
_SEASON = re.compile(r"季度|[上下]半年|年内|年底")  # “2026年一季度” counts nothing
_GOES_ON = re.compile(r"续表?\d*[）)]?$|^[（(]?[续接]|^第\d+页|^单位[:：]")
_SERIAL = re.compile(r"序号|编号|^№|^No\.?$", re.IGNORECASE)
_NOTES = re.compile(
    r"\s{0,6}(?P<notes>(?:附?注|说明|备注|填表说明)(?:释|\d)?\s*[:：.．、][^\n]{1,600}(?:\n\s*\d+[.．、][^\n]{1,300}){0,8})"
)
_SHEETS = re.compile(r"\.(?:xlsx?|xlsm|et|ods)$", re.IGNORECASE)
_TITLED = re.compile(
    r"名称|事项|问题|事件|任务|内容|项目|小区|企业|标的|点位|隐患|课题|活动|产品|设备"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its lowest heading, its whole heading, the field it is of, what it holds.

    ``unit`` is that of its bare numbers (“万元”, “户”), "" where none is known.
    """

    number: int
    name: str
    path: str
    key: str | None
    unit: str
    kind: ColumnKind
    money: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: words, numbers and cells by column; a merged cell stands in every row it covers.

    ``group`` are the words of the row above that only names a group of rows, ``heading``
    where they stand.
    """

    start: int
    end: int
    words: Mapping[int, str]
    values: Mapping[int, float]
    cells: Mapping[int, Cell]
    group: str = ""
    heading: Cell | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that running text states of all that it lists under a label."""

    label: str
    measure: str
    digits: str
    value: float
    unit: str
    where: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What running text says of the rows it lists.

    ``stated`` are the counts that it gives by label, "" for all, ``amounts`` the sums;
    ``nouns`` what it calls the values of a column of single characters (“黄”: 黄牌), by
    column; ``part`` is the heading of the part of the document that it stands in. ``headed``
    tells that the text heads the columns, as a table does; ``valued`` that it is one
    sentence that gives figures of several names.
    """

    stated: tuple[tuple[str, float, tuple[int, int]], ...] = ()
    nouns: tuple[tuple[int, str], ...] = ()
    part: str = ""
    amounts: tuple[Amount, ...] = ()
    headed: bool = False
    valued: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a document. ``title`` is what names it: titles, headings, captions, sheet.

    ``near`` is the part of that which names this table alone. ``sums`` are its sum rows
    with the rows that each sums. ``name`` is the column that says what a row is about.
    ``head`` is where its header stands, ``heading`` the heading above it. ``sheet`` is the
    sheet (or other part of the file) that it stands on, ``notes`` what the lines behind the
    table say of it. ``told`` is what a table that stands as running text says of itself.
    ``counted`` is where the line above says how many rows it has.
    """

    file_id: int
    document: int
    start: int
    end: int
    title: str
    near: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    name: int
    date: str | None
    head: tuple[int, int]
    heading: tuple[int, int] | None = None
    sheet: str = ""
    told: Told | None = None
    notes: str = ""
    counted: tuple[int, int] | None = None

    def column(self, number: int) -> Column:
        """Return the column of that number."""
        return next(column for column in self.columns if column.number == number)

    def sources(self, line: Line, columns: Sequence[int] = ()) -> list[Source]:
        """Return where a row stands, and those merged cells of it that stand outside."""
        found = [Source(self.file_id, self.document, line.start, line.end)]
        for number in columns:
            cell = line.cells.get(number)
            if cell and cell.end > cell.start and not line.start <= cell.start < line.end:
                found.append(Source(self.file_id, self.document, cell.start, cell.end))
        return found


@dataclass(frozen=True, slots=True)
class Kept:
    """A file's content, told apart from others by its identity: its text need not be hashed."""

    content: FileContent

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.content is self.content


def grids_of(file_id: int, path: str, content: FileContent) -> tuple[Grid, ...]:
    """Return the tables of a file that have a header and rows, parts on several pages joined."""
    return _grids(file_id, path, Kept(content))


@lru_cache(maxsize=32)
def _grids(file_id: int, path: str, kept: Kept) -> tuple[Grid, ...]:
    content = kept.content
    found: list[Grid] = []
    for block in content.blocks:
        if block.kind != "table" or not block.cells:
            continue
        grid = _grid(file_id, path, content, block)
        if grid is None:
            continue
        last = found[-1] if found else None
        if last and _goes_on(last, grid, content.text[last.end : grid.start]):
            found[-1] = _joined(last, grid)
        else:
            found.append(grid)
    return tuple(with_groups(grid, Column) for grid in found)


def _goes_on(last: Grid, grid: Grid, between: str) -> bool:
    """Tell whether a table is the rest of the one before: the same headings, no sum yet.

    Between the two stand only page numbers, the same caption, or that the table goes on.
    """
    same = [c.path for c in last.columns] == [c.path for c in grid.columns]
    if not same or last.sums or (last.document, last.heading) != (grid.document, grid.heading):
        return False
    if last.sheet != grid.sheet:
        return False
    said = (fold(line.strip()) for line in between.split("\n"))
    return all(
        line in last.near or _GOES_ON.search(line)
        for line in said
        if re.search(r"[\u4e00-\u9fffa-z]", line)
    )


def _joined(last: Grid, grid: Grid) -> Grid:
    """Return a table with its rest, whose sum rows sum the rows of both."""
    above = last.lines[-1]
    rest = [valued(_in_group(line, above), last.columns) for line in grid.lines]
    lines = (*last.lines, *rest)
    totals = [
        (valued(total, last.columns), sum(line.start < total.start for line in lines))
        for total, _ in grid.sums
    ]
    return replace(last, end=grid.end, lines=lines, sums=tuple(_sums(lines, totals)))


def _in_group(line: Line, above: Line) -> Line:
    """Return a row of a table's rest, which goes on with the group of the row above."""
    return line if line.group else replace(line, group=above.group, heading=above.heading)


def _grid(file_id: int, path: str, content: FileContent, block: Block) -> Grid | None:
    text = content.text
    rows = rows_of(block)
    headers = header_rows(text, rows)
    if not headers or len(rows) > MAX_LINES:
        return None
    document = next(
        (d for d in content.structure.documents if d.start <= block.start < d.end), None
    )
    spread = _spread(block)
    heads = _heads(text, spread, headers)
    if document is None or len(heads) < 2:
        return None
    lines, totals = _lines(text, spread, headers, heads)
    if not lines:
        return None
    above = sections_above(document, block.start)
    sections = [section.heading for section in above]
    captions = _captions(content, block, rows, headers, above[-1].start if above else 0)
    place = (block.place or "").split("!")[0]
    near = " ".join([*sections[-1:], *captions, place])
    columns = columns_of(heads, lines, f"{' '.join(captions)} {document.title}")
    lines = [valued(line, columns) for line in lines]
    totals = [(valued(line, columns), at) for line, at in totals]
    name = name_column(columns, lines)
    if name is None:
        return None
    head_cells = [c for r in headers for c in rows[r] if c.end > c.start]
    stem = re.sub(r"\.\w+$", "", path.rsplit("/", 1)[-1])
    titles = _own_title(path, document.title, content, block)
    return Grid(
        file_id, document.ordinal, block.start, block.end,
        fold(" ".join([*titles, *sections, *captions, place, stem])), fold(near),
        tuple(columns), tuple(lines), tuple(_sums(lines, totals)), name, document.date,
        (min(c.start for c in head_cells), max(c.end for c in head_cells)),
        (above[-1].start, above[-1].heading_end) if above else None, place,
        notes=_notes(content.text, block.end),
        counted=_counted(content.text, block.start, len(lines)),
    )  # fmt: skip


def _counted(text: str, start: int, number: int) -> tuple[int, int] | None:
    """Return the words right above a table that count as many rows (“调入5个项目，……：”)."""
    above = text[:start].rstrip()
    low = max(above.rfind("\n") + 1, len(above) - NEAR)
    for match in COUNTED.finditer(above, low):
        if chinese_count(match["number"]) == number:
            begin = max(above.rfind(mark, low, match.start()) + 1 for mark in "，。；：*")
            return max(begin, low), match.end()
    return None


def _notes(text: str, end: int) -> str:
    """Return the lines behind a table that explain it (“注：……”), folded."""
    match = _NOTES.match(text, end)
    return fold(match["notes"]) if match else ""


def _own_title(path: str, title: str, content: FileContent, block: Block) -> list[str]:
    """Return the document's title; none where it is what another sheet is headed with."""
    at = content.text.find(title)
    if not _SHEETS.search(path) or not title or at < 0:
        return [title]
    others = (
        b.kind == "table" and b.place != block.place and at <= b.start < block.start
        for b in content.blocks
    )
    return [] if any(others) else [title]


def _spread(block: Block) -> dict[int, dict[int, Cell]]:
    """Return the cells by row and column, a merged one in every row that it covers."""
    found: dict[int, dict[int, Cell]] = {}
    for cell in block.cells:
        for row in range(cell.row, cell.row + max(cell.row_span, 1)):
            found.setdefault(row, {}).setdefault(cell.column, cell)
    return found


def _heads(
    text: str, spread: Mapping[int, Mapping[int, Cell]], headers: Sequence[int]
) -> dict[int, list[str]]:
    heads: dict[int, list[str]] = {}
    for row in headers:
        for cell in spread.get(row, {}).values():
            words = re.sub(r"\s", "", text[cell.start : cell.end])
            for column in range(cell.column, cell.column + max(cell.column_span, 1)):
                if words and words not in heads.setdefault(column, []):
                    heads[column].append(words)
    return {column: words for column, words in sorted(heads.items()) if words}


def _captions(
    content: FileContent,
    block: Block,
    rows: Mapping[int, Sequence[Cell]],
    headers: Sequence[int],
    section: int,
) -> list[str]:
    """Return the short lines right above a table, and its own rows above the header."""
    tables = (b.end for b in content.blocks if b.kind == "table" and b.end <= block.start)
    start = max(block.start - NEAR, section, *tables)
    above = [line.strip() for line in content.text[start : block.start].split("\n")]
    short = [line for line in above if 0 < len(line) <= CAPTION and "。" not in line][-4:]
    inside = [
        content.text[c.start : c.end].strip()
        for row in sorted(rows)
        if row < headers[0]
        for c in rows[row]
        if c.end > c.start
    ]
    return [*short, *inside]


def _lines(
    text: str,
    spread: Mapping[int, Mapping[int, Cell]],
    headers: Sequence[int],
    heads: Mapping[int, Sequence[str]],
) -> tuple[list[Line], list[tuple[Line, int]]]:
    """Return the body rows, and the sum rows with how many body rows stand above each."""
    lines: list[Line] = []
    totals: list[tuple[Line, int]] = []
    group, heading = "", None
    above: dict[int, tuple[str, Cell]] = {}
    names = {words for parts in heads.values() for words in parts}
    serials = frozenset(c for c, parts in heads.items() if _SERIAL.search(parts[-1]))
    for number in sorted(n for n in spread if n > headers[-1]):
        cells = {c: cell for c, cell in spread[number].items() if cell.end > cell.start}
        own = [cell for cell in cells.values() if cell.row == number]
        if not own:
            continue
        words = {c: _plain(text[cell.start : cell.end]) for c, cell in cells.items()}
        if len(words) > 1 and sum(w in names for w in words.values()) > len(words) / 2:
            continue  # the header, repeated
        for column, said in list(words.items()):
            if is_same(said) and column in above:
                words[column], cells[column] = above[column]
        above = {c: (words[c], cells[c]) for c in words}
        sums = any(is_total(words[c]) for c in sorted(words)[:4])
        # A cell merged over several rows is written once, with the first of them.
        alone = [cell for cell in own if cell.row_span == 1] or own
        span = (min(cell.start for cell in alone), max(cell.end for cell in alone))
        line = Line(*span, words, {}, cells, group, heading)
        if sums:
            totals.append((line, len(lines)))
        elif len(own) == 1 and len(heads) > 2 and len(words) < len(heads) / 2:
            if len(words[own[0].column]) <= CAPTION:
                group, heading = words[own[0].column], own[0]
        elif (at := summed_head(words, len(heads), serials)) is not None:
            group, heading = words[at], cells[at]
        else:
            lines.append(line)
    return lines, totals


def _plain(words: str) -> str:
    return re.sub(r"\s*\n\s*", "", words).strip()


def columns_of(
    heads: Mapping[int, Sequence[str]], lines: Sequence[Line], captions: str
) -> list[Column]:
    """Return the columns of headings by number, with what their cells hold."""
    match = _UNIT_LINE.search(captions)
    units = re.split(r"[、，,；;/]", match["units"].rstrip("）)")) if match else []
    columns = [_column(number, parts, lines, units) for number, parts in heads.items()]
    others = [unit for unit in units if not _MONEY_UNITS.match(unit)]
    bare = [c for c in columns if c.kind == "number" and not c.unit and not c.money]
    if len(others) == len(bare) == 1:
        # “单位：万立方米、万元”: what is no money is in the other.
        columns = [replace(c, unit=others[0]) if c is bare[0] else c for c in columns]
    return columns


def _column(
    number: int, parts: Sequence[str], lines: Sequence[Line], units: Sequence[str]
) -> Column:
    path, lowest = "·".join(parts), parts[-1]
    said = [w for line in lines if (w := line.words.get(number)) and not is_empty(w)]
    key = (
        label_key(path.replace("·", ""))
        if len(parts) == 1
        else label_key(lowest) or label_key(path)
    )
    name = _HEAD_UNIT.sub("", lowest) or lowest
    if _SERIAL.search(lowest) or key == "number":
        return Column(number, name, path, None, "", "serial")
    kind = _kind(said)
    if name in ("单位", "计量单位", "数量单位") and said and all(map(is_measure, said)):
        return Column(number, name, path, None, "", "unit")
    if kind != "number":
        return Column(number, name, path, key, "", kind)
    money = bool(_MONEY.search(path) or money_unit(path)) and not _COUNTED.search(name)
    # “年度计划”, “1—8月完成” under a line “单位：万元” are amounts, too.
    all_money = bool(units) and all(_MONEY_UNITS.match(u) for u in units)
    money |= all_money and bool(_AMOUNT.search(name)) and not _HEAD_UNIT.search(lowest)
    unit = _unit(path, name, said, units, money).replace("％", "%")
    return Column(number, name, path, key, unit, kind, money and unit != "%")


def _kind(said: Sequence[str]) -> ColumnKind:
    def most(test: re.Pattern[str]) -> bool:
        return sum(bool(test.search(w)) for w in said) >= MOST * len(said)

    if not said:
        return "words"
    if most(_YEAR):
        return "year"
    if any(_SEASON.search(w) for w in said) and most(_TIME):
        return "words"
    if most(_NUMBERED) or sum(amount_value(w) is not None and len(w) < 12 for w in said) == len(
        said
    ):
        return "number"
    dated = most(_DATE) and sum(map(len, said)) <= 16 * len(said)
    return "date" if dated else "words"


def _unit(path: str, name: str, said: Sequence[str], units: Sequence[str], money: bool) -> str:
    """Return the unit of a column of numbers: of its cells, its heading, the line above."""
    # A bare nought says nothing of the unit.
    own = {fold(m[2]) for w in said if (m := _numbered(w)) and number_of(w) != 0}
    if len(own) == 1 and (unit := own.pop()):
        return unit
    if "" not in own and len(own) > 1 and all(in_wan(1.0, u) is not None for u in own):
        return "万元"  # the cells are in several units of money: all are converted
    given = next((m[1] for part in reversed(path.split("·")) if (m := _HEAD_UNIT.search(part))), "")
    if given and not re.search(r"[\d年月以含]", given):
        return given
    if money:
        return next((u for u in units if _MONEY_UNITS.match(u)), "")
    counted = _COUNTED.search(name)
    if counted and counted[1] != "面积":
        return counted[1]
    if "面积" in name:
        return next((u for u in units if re.search(r"米|亩|公顷", u)), "")
    return "%" if re.search(r"率|占比|比例", name) and any("%" in u for u in units) else ""


def unit_beside(grid: Grid, number: int) -> int | None:
    """Return the column that says the unit of a column of numbers row by row."""
    units = [c.number for c in grid.columns if c.kind == "unit"]
    if len(units) != 1:
        return None
    before = [c.number for c in grid.columns if c.kind == "number" and c.number < units[0]]
    return units[0] if before and before[-1] == number else None


def valued(line: Line, columns: Sequence[Column]) -> Line:
    """Return a row with the numbers of its cells."""
    values = {}
    for column in columns:
        words = line.words.get(column.number, "")
        if column.kind == "number" and (value := value_of(words, column)) is not None:
            values[column.number] = value
        elif column.kind == "year" and (match := re.match(r"\d{4}", words)):
            values[column.number] = float(match.group())
    return replace(line, values=values)


def value_of(words: str, column: Column) -> float | None:
    """Return the number of a cell in its column's unit, None where it holds none."""
    number = number_of(words)
    if number is not None:
        return number
    match = _numbered(words)
    digits = float(re.sub(r"[,，]", "", match[1])) if match else 0.0
    if match and (not match[2] or fold(match[2]) == fold(column.unit)):
        return digits
    one = in_wan(1.0, column.unit)
    if not one:
        return None  # the cell's own unit is not that of the column
    wan = in_wan(digits, match[2]) if match else next((a.value for a in amounts(words)), None)
    return None if wan is None else round(wan / one, 6)


def _numbered(words: str) -> re.Match[str] | None:
    """Return a cell that is a number, with its unit or bare."""
    return _NUMBERED.match(words) or _NUMBERED.match(fold(words))


def name_column(columns: Sequence[Column], lines: Sequence[Line]) -> int | None:
    """Return the column of what the rows are about, None where no column tells them apart."""
    words = [c for c in columns if c.kind == "words"]
    for fits in (
        lambda c: c.key == "name",
        lambda c: bool(_TITLED.search(c.name)) and c.key != "status_text",
        lambda c: c.key not in ("unit", "leader", "reason", "measures", "status_text", "deadline"),
        lambda c: True,
    ):
        for column in words:
            said = [w for line in lines if (w := line.words.get(column.number))]
            if fits(column) and said and len(set(said)) >= MOST * len(lines):
                return column.number
    return None


def _sums(lines: Sequence[Line], totals: Sequence[tuple[Line, int]]) -> list[Sum]:
    """Return each sum row with its rows: a part those since the last, a whole all of them.

    A sum of a group whose rows carry its name sums those.
    """
    found: list[Sum] = []
    last = 0
    for total, at in totals:
        label = next(w for _, w in sorted(total.words.items()) if is_total(w))
        group = re.sub(r"(?:[小合总共]\s*计)(?:[（(].*?[）)])?$", "", label)
        since = tuple(lines[last:at])
        named = tuple(
            line
            for line in lines
            if group and (group in line.words.values() or group in line.group)
        )
        if named and len(named) < len(lines):
            found.append((total, named))
        elif re.search(r"小\s*计", label):
            found.append((total, since))
        else:
            found.append((total, tuple(lines[:at]) or tuple(lines)))
        last = at
    return found
