"""Tables read into records: headers of several rows, merged cells, sum and group rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.ledger.amounts import amount_value, amounts, in_wan, money_unit, number_of, percents
from index.ledger.labels import label_key
from index.ledger.months import month_of, without_month
from index.ledger.names import clean_name
from index.ledger.quantities import is_measure
from index.ledger.records import AMOUNTS, COLUMN, STARTING, Span, Words
from index.ledger.statewords import likely_status
from index.ledger.status import is_status_only, status_of
from index.ledger.units import is_unit
from index.records import Block, Cell, Reading

_TOTAL = re.compile(
    r"^(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|总数|汇总)[：:）)]?$|(?:合\s*计|小\s*计"
    r"|总\s*计)(?:[（(]共?\d+[\u4e00-\u9fff]{1,6}(?:[，,；;][^（）()]{1,40})?[）)])?$"
    r"|^(?:合\s*计|小\s*计|总\s*计|共\s*计)\s*共?\d+\s*[\u4e00-\u9fff]{1,3}$"
)
_SAME = re.compile(r"^(?:同上|〃|″|\"|同前|〞)$")
_EMPTY = re.compile(r"^[\s—\-–－/／\\无]*$|^暂?无$|^待定$")
_GROUP = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|第[一二三四五六七八九十]+[类批])"
)
_COUNTED_HEAD = re.compile(
    rf"(?:{_GROUP.pattern})[^（(]{{2,24}}[（(]共?\d{{1,3}}[个项件条处座家][^（）()]{{0,6}}[）)]\s*$"
)
_OTHER_UNIT = re.compile(
    r"[（(](?:万?亩|公里|千米|米|万?平方米|户|个|人|万人|套|座|处|台|件|项|家|吨|％|%)[）)]"
    r"|(?:任务|完成|计划|开工)数"
)
_SPENT = re.compile(r"完成|支出|使用")
_REMARK = re.compile(r"^(?:备注|说明|情况说明)$")
_LACK = re.compile(r"未|没|不|缺|滞后|困难|推迟|延|停|纠纷|阻|超期|待")
_MONEY = re.compile(r"投资|资金|金额|额度|债券|预算|[万亿]元")
_COUNTS = {"planned_count": "planned_investment", "done_count": "done_investment"}
_LABELLED = ("number", "name", "unit", "location", COLUMN)  # where a sum row may say so
_OTHERS = ("skip", "place", "planned_count", "done_count")
_TICK = re.compile(r"[√✓✔☑●■◆★○Oo是Yy1]")
TICK = "tick"
MAX_HEADER_ROWS = 4
MAX_STATE, MAX_KINDS = 8, 10  # characters of a state; states that a column sorts rows into
MIN_ROWS, MOSTLY = 3, 0.8  # rows a state; the share of the cells that say one
MIN_STATES = 3  # cells of a column that say a state each, and nothing else
CLASSES = re.compile(r"性质|类[别型]|属性|计划|目标|要求|应")
MIN_NAMES = 2  # cells of a column of names
MAX_NAME = 45  # characters
_THINGS = re.compile(r"[\u4e00-\u9fff](?<!分)(?:项目|工程|事项|问题|案件|标段|地块)$")
_NO_NAME = re.compile(r"[、，。；：\n]|^[\d.．,，\s]+(?:个|项|件|%|％)?$")
_BEGINS, _ENDS = re.compile("开工|动工|启动|进场"), re.compile("[完竣]|整改|投|交付|办结")
MAX_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A body row: its span, its fields, and the group rows above it, outermost first.

    ``total`` is set for a sum row; its label is the ``name`` field.
    """

    start: int
    end: int
    fields: dict[str, Words]
    groups: tuple[Words, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header was understood.

    ``keys`` maps columns to fields. ``unread`` are rows that could not be read.
    ``ranked`` tells that the rows are units or places, not projects, ``month`` of which month
    the heading of the status is (“9月底状态”), 0 of none.
    """

    start: int
    end: int
    keys: dict[int, str]
    rows: tuple[Row, ...]
    unread: tuple[Span, ...]
    ranked: bool
    header: str
    share: str = ""
    month: int = 0


@dataclass(slots=True)
class _Grid:
    """The cells by row and column; a merged cell stands in every place it covers."""

    reading: Reading
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)

    def words(self, cell: Cell) -> str:
        text = self.reading.view(cell.start, cell.end).text if cell.end > cell.start else ""
        return re.sub(r"\s*\n\s*", "", text).strip()


def rows_of(block: Block) -> list[dict[int, Cell]]:
    """Return the rows of a table, each cell at the column and row that it begins in."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    return [rows[row] for row in sorted(rows)]


def is_total(words: str) -> bool:
    """Tell whether a cell labels a row of sums (“合计（12个）”, “东街小计”)."""
    return bool(_TOTAL.search(words))


def is_same(words: str) -> bool:
    """Tell whether a cell says that it holds what the one above it does."""
    return bool(_SAME.match(words))


def is_empty(words: str) -> bool:
    """Tell whether a cell holds nothing (“—”, “无”)."""
    return bool(_EMPTY.match(words))


def read_table(block: Block, reading: Reading, unit_line: str = "") -> Table | None:
    """Return the table's rows, None where no column names what is listed.

    ``unit_line`` is the text near the table that may give a unit (“单位：万元”).
    """
    grid = _grid(block, reading)
    found = _header(grid)
    if found is None:
        return None
    headers, names, unit_row = found
    units = {column: money_unit(name) for column, name in names.items()}
    common = money_unit(unit_row) or _caption_unit(unit_row) or _caption_unit(unit_line)
    keys = _as_money(_keys(names, grid, headers), names, common is not None)
    keys = _with_remarks(_by_values(keys, grid, headers), names, grid, headers)
    keys = _with_states(keys, names, grid, headers)
    if "name" not in keys.values():
        return None
    ticks = _ticks(grid, headers)
    starting = _starting(grid, headers, keys)
    keys = _with_others({**keys, **dict.fromkeys(ticks, TICK)}, names)
    rows: list[Row] = []
    unread: list[Span] = []
    groups: list[tuple[int, Words]] = []
    above: dict[int, Words] = {}
    for number in sorted(grid.rows):
        if number <= max(headers):
            continue
        cells = grid.rows[number]
        if _repeats_header(cells, names, grid):
            continue
        group = _group(cells, grid, keys)
        if group:
            level = _level(group.text)
            groups = [(lv, w) for lv, w in groups if lv < level] + [(level, group)]
            continue
        row = _row(cells, grid, keys, units, common, above, tuple(w for _, w in groups))
        if row is not None and not row.total:
            row = _ticked(row, cells, grid, ticks)
            if starting and "deadline" in row.fields:
                row = replace(row, fields={**row.fields, STARTING: starting})
        if row is None:
            span = _span(cells)
            if span:
                unread.append(span)
        else:
            rows.append(row)
    ranked = all(key != "name" or _is_place(names[column]) for column, key in keys.items())
    return Table(
        block.start, block.end, keys, tuple(rows), tuple(unread), ranked, " ".join(names.values()),
        next((_share_name(names[c]) for c, key in keys.items() if key == "percent"), ""),
        next((month_of(names.get(c, "")) for c, k in keys.items() if k == "status_text"), 0),
    )  # fmt: skip


def _grid(block: Block, reading: Reading) -> _Grid:
    grid = _Grid(reading)
    for cell in block.cells:
        for row in range(cell.row, cell.row + max(cell.row_span, 1)):
            places = grid.rows.setdefault(row, {})
            for column in range(
                cell.column, min(cell.column + max(cell.column_span, 1), MAX_COLUMNS)
            ):
                places.setdefault(column, cell)
    return grid


def _header(grid: _Grid) -> tuple[list[int], dict[int, str], str] | None:
    """Return the header rows, each column's joined name, and the words of a unit row above."""
    numbers = sorted(grid.rows)
    unit_row = ""
    for place, number in enumerate(numbers[:8]):
        cells = grid.rows[number]
        words = {c: grid.words(cell) for c, cell in cells.items()}
        distinct = {id(cell) for cell in cells.values() if grid.words(cell)}
        known = [c for c, w in words.items() if w and len(w) <= 30 and label_key(w)]
        if len(distinct) >= 2 and len({id(cells[c]) for c in known}) >= max(2, 0.4 * len(distinct)):
            rows = [number]
            for following in numbers[place + 1 : place + MAX_HEADER_ROWS]:
                if not _is_header_row(grid, rows, following):
                    break
                rows.append(following)
            return rows, _joined(grid, rows), unit_row
        unit_row += " ".join(dict.fromkeys(words.values()))
    return None


def _is_header_row(grid: _Grid, rows: Sequence[int], number: int) -> bool:
    """Tell whether a row goes on with the header: it shares a cell with it, or splits one."""
    cells = grid.rows[number]
    above = grid.rows[rows[-1]]
    shared = [c for c, cell in cells.items() if above.get(c) is cell]
    split = {c for c, cell in above.items() if cell.column_span > 1 and cells.get(c) is not cell}
    own = [grid.words(cell) for c, cell in cells.items() if above.get(c) is not cell]
    if not own:
        return bool(shared)
    if any(number_of(w) is not None for w in own if w):
        return False
    labels = [w for w in own if w and (label_key(w) or money_unit(w) or len(w) <= 6)]
    return bool(shared or split) and len(labels) == len([w for w in own if w]) > 0


def _joined(grid: _Grid, rows: Sequence[int]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for number in rows:
        for column, cell in grid.rows[number].items():
            words = grid.words(cell)
            if words and words not in names.setdefault(column, []):
                names[column].append(words)
    return {column: "·".join(words) for column, words in names.items()}


def _keys(names: dict[int, str], grid: _Grid, headers: Sequence[int]) -> dict[int, str]:
    """Return which field each column holds; a field is held by one column."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    ranked = sorted(names)
    for column in ranked:
        key = _key(names[column])
        if key == "unit" and _measures(grid, column, headers):
            continue  # “单位” of the number beside it
        if key and key not in taken:
            keys[column] = key
            if key not in ("skip", "number"):
                taken.add(key)
        elif key == "done_investment" and not _SPENT.search(names[_column(keys, key)]):
            # “已拨付” stands before “已支出”: what was spent or built is what was done.
            if _SPENT.search(names[column]):
                keys = {c: k for c, k in keys.items() if k != key} | {column: key}
        elif key == "unit" and "责任" in names[column] and not _led(keys, names):
            # “建设单位” stands before “责任单位”: the one who answers for it is the unit.
            keys = {c: k for c, k in keys.items() if k != "unit"} | {column: "unit"}
        elif key == "status_text" and _follows(names[column], names[_column(keys, key)]):
            keys = {c: k for c, k in keys.items() if k != key} | {column: key}
    named = None if "name" in taken else _named(keys, names, grid, headers)
    if named is not None:
        keys[named] = "name"
        taken.add("name")
    if "name" not in taken:
        place = next((c for c, k in keys.items() if k == "place"), None)
        if _lists_problems(keys, names, place):
            place = next(c for c, k in keys.items() if k == "reason")
        if place is None:
            place = next((c for c, k in keys.items() if k == "unit"), None)
        if place is not None:
            keys[place] = "name"
    elif "place" in taken:
        place = next(c for c, k in keys.items() if k == "place")
        keys[place] = "location" if "location" not in taken else "skip"
    # “任务数（亩）” is no amount of money.
    return {
        c: "skip" if k in AMOUNTS and _OTHER_UNIT.search(names[c]) else k for c, k in keys.items()
    }


def _follows(later: str, earlier: str) -> bool:
    """Tell whether a heading is another one of a later month (“8月底状态”, “9月底状态”)."""
    same = without_month(later) == without_month(earlier)
    return same and month_of(later) > month_of(earlier) > 0


def _named(
    keys: dict[int, str], names: dict[int, str], grid: _Grid, headers: Sequence[int]
) -> int | None:
    """Return the column of what the rows are, by a heading that ends in its noun (“督办项目”).

    Each of its cells names one thing; a unit's projects in one cell are no names.
    """
    for column, name in names.items():
        if keys.get(column) or not _THINGS.search(re.sub(r"\s|[（(][^（）()]*[）)]$", "", name)):
            continue
        words = [w for w in _body_words(grid, column, headers) if not _EMPTY.match(w)]
        plain = [w for w in words if len(w) <= MAX_NAME and not _NO_NAME.search(w)]
        texts = len(plain) > 0.8 * len(words) and len(set(words)) > 0.8 * len(words)
        if len(words) >= MIN_NAMES and texts and not all(map(is_status_only, words)):
            return column
    return None


def _measures(grid: _Grid, column: int, headers: Sequence[int]) -> bool:
    """Tell whether a column says in which unit of measure a number is."""
    words = _body_words(grid, column, headers)
    return bool(words) and all(map(is_measure, words))


def _lists_problems(keys: dict[int, str], names: dict[int, str], place: int | None) -> bool:
    """Tell whether the rows are problems: what is wrong, who mends it, by when or how far."""
    problem = next((c for c, k in keys.items() if k == "reason"), None)
    others = {"unit", "deadline", "status_text", "measures", "leader"} & set(keys.values())
    return (
        problem is not None
        and place is None
        and "问题" in names[problem]
        and "unit" in keys.values()
        and len(others) > 1
    )


def _column(keys: dict[int, str], key: str) -> int:
    return next(column for column, found in keys.items() if found == key)


def _led(keys: dict[int, str], names: dict[int, str]) -> bool:
    """Tell whether a column of leading units is there: others then only take part."""
    return any(k == "unit" and re.search(r"牵头|主责", names[c]) for c, k in keys.items())


def _as_money(keys: dict[int, str], names: dict[int, str], money: bool) -> dict[int, str]:
    """Take “1—8月完成” for an amount where the heads above it or the caption speak of money."""
    found = dict(keys)
    for column, key in keys.items():
        amount = _COUNTS.get(key)
        if amount is None or amount in found.values() or _OTHER_UNIT.search(names[column]):
            continue
        if money or _MONEY.search(names[column]):
            found[column] = amount
    return found


def _by_values(keys: dict[int, str], grid: _Grid, headers: Sequence[int]) -> dict[int, str]:
    """Correct what columns are taken for by what they hold."""
    found = dict(keys)
    for column, key in keys.items():
        words = _body_words(grid, column, headers)
        if key == "status_text" and "percent" not in keys.values():
            # A column of “进度” that holds percentages alone.
            shares = [w for w in words if re.fullmatch(r"约?[\d.．]+\s*[%％]", w)]
            found[column] = "percent" if words and len(shares) >= 0.8 * len(words) else key
        elif key in AMOUNTS:
            # “年度目标” in words is no amount.
            said = [w for w in words if number_of(w) is not None or amount_value(w) is not None]
            empty = [w for w in words if _EMPTY.match(w)]
            found[column] = key if len(said) + len(empty) >= 0.5 * len(words) else "skip"
    return found


def _with_remarks(
    keys: dict[int, str], names: dict[int, str], grid: _Grid, headers: Sequence[int]
) -> dict[int, str]:
    """Take a column of remarks for that of problems where there is none and most say one."""
    remarks = [c for c, k in keys.items() if k == "skip" and _REMARK.match(names[c])]
    if "reason" in keys.values() or len(remarks) != 1:
        return keys
    words = _body_words(grid, remarks[0], headers)
    if words and sum(bool(_LACK.search(w)) for w in words) >= 0.6 * len(words):
        return {**keys, remarks[0]: "reason"}
    return keys


def _with_states(
    keys: dict[int, str], names: dict[int, str], grid: _Grid, headers: Sequence[int]
) -> dict[int, str]:
    """Take a column for that of states which holds nothing else, whatever it is headed by."""
    if "status_text" in keys.values():
        return keys
    found = []
    for column, name in names.items():
        words = [w for w in _body_words(grid, column, headers) if not _EMPTY.match(w)]
        kinds = CLASSES.search(name) or keys.get(column) not in (None, *_OTHERS)
        if len(words) >= MIN_STATES and not kinds and _are_states(words):
            found.append(column)
    # “9月底状态”, “10月底状态”: where the rows stand now is the latest of them.
    now = max(found, key=lambda c: (month_of(names[c]), -c), default=None)
    return keys if now is None else {**keys, now: "status_text"}


def _are_states(words: Sequence[str]) -> bool:
    """Tell whether words are states: all say no more, or few short ones come again and again.

    “没动土”, “跟上节点”: in an office's own words, under a heading of its own (“走到哪一步”).
    """
    if all(map(is_status_only, words)):
        return True
    # A row that heads a group says its name in every column.
    told = [w for w in words if len(w) <= MAX_STATE and (status_of(w) or likely_status(w))]
    kinds = set(told)
    many = len(told) >= MOSTLY * len(words) and len(told) >= MIN_ROWS * len(kinds)
    return many and 1 < len(kinds) <= MAX_KINDS


def _with_others(keys: dict[int, str], names: dict[int, str]) -> dict[int, str]:
    """Name the columns that are no field of a record by their headings, but for row numbers."""
    found = dict(keys)
    for column, name in names.items():
        plain = re.sub(r"\s", "", name)
        if keys.get(column) in (None, *_OTHERS) and plain:
            found[column] = COLUMN + plain
    return found


def _body_words(grid: _Grid, column: int, headers: Sequence[int]) -> list[str]:
    return [
        words
        for number, cells in grid.rows.items()
        if number > max(headers) and column in cells and (words := grid.words(cells[column]))
    ]


def _key(name: str) -> str | None:
    """Return the field of a header of one or several rows: the lowest that says one."""
    whole = label_key(name.replace("·", ""))
    own = [label_key(part) for part in name.split("·")]
    last = own[-1]
    if last in _COUNTS and len(own) > 1 and _MONEY.search(name):
        return _COUNTS[last]
    if len(own) > 1 and last in (None, "planned_count", "done_count", "skip", "number") and whole:
        return whole
    if last == "percent" or len(own) == 1:
        return last
    return last or next((key for key in reversed(own) if key), None)


def _share_name(name: str) -> str:
    """Return the heading of a column of shares; "" for one of how far the works are."""
    money = re.search(r"投资|资金|支出|计划|执行|拨付|到位|占|完成率|完成比例", name)
    return name if money and not re.search(r"形象|工程|总体进度", name) else ""


def _is_place(name: str) -> bool:
    return label_key(name) in ("place", "unit")


def _caption_unit(words: str) -> str | None:
    match = re.search(r"单位[：:]\s*(?:人民币)?\s*(万亿元|亿元|千万元|百万元|万元|千元|元)", words)
    return match[1] if match else None


def _repeats_header(cells: dict[int, Cell], names: dict[int, str], grid: _Grid) -> bool:
    words = {c: grid.words(cell) for c, cell in cells.items() if grid.words(cell)}
    same = sum(w in names.get(c, "").split("·") for c, w in words.items())
    return bool(words) and same >= max(2, 0.6 * len(words))


def _group(cells: dict[int, Cell], grid: _Grid, keys: dict[int, str]) -> Words | None:
    """Return the words of a row that only names the group of the rows below it."""
    full = {id(cell): cell for cell in cells.values() if grid.words(cell)}
    if not full:
        return None
    ordered = sorted(full.values(), key=lambda cell: cell.column)
    texts = [grid.words(cell) for cell in ordered]
    if _TOTAL.search(texts[0]) or any(_TOTAL.search(t) for t in texts[:2]):
        return None
    wide = ordered[0].column_span >= max(2, 0.6 * len(cells))
    numbered = bool(_GROUP.match(texts[0]) or re.fullmatch(r"[一二三四五六七八九十]+", texts[0]))
    if len(full) == 1 and (wide or numbered or len(cells) >= 3):
        cell = ordered[0]
        return Words(texts[0], ((cell.start, cell.end),))
    if (
        numbered
        and len(full) == 2
        and re.fullmatch(r"[（(]?[一二三四五六七八九十]+[）)]?[、.]?", texts[0])
    ):
        cell = ordered[1]
        return Words(texts[1], ((cell.start, cell.end),))
    if len(texts) > 1 and _heads_sums(texts):
        return Words(texts[0], ((ordered[0].start, ordered[0].end),))
    return None


def _heads_sums(texts: Sequence[str]) -> bool:
    """Tell whether a row says but how many rows it heads and their sums."""
    numbers = (amount_value(re.sub(r"[%％]$", "", text)) for text in texts[1:])
    return is_counted_head(texts[0]) and all(n is not None for n in numbers)


def is_counted_head(words: str) -> bool:
    """Tell whether words head a group of rows and count them (“二、交通类（14个）”)."""
    return bool(_COUNTED_HEAD.match(words))


def _level(words: str) -> int:
    return 1 if re.match(r"\s*[（(]", words) else 0


def _ticks(grid: _Grid, headers: Sequence[int]) -> dict[int, Words]:
    """Return the columns that are a status each, marked by a tick, with the words of the status."""
    found: dict[int, Words] = {}
    for column, cell in grid.rows[max(headers)].items():
        words = _body_words(grid, column, headers)
        marks = [w for w in words if _TICK.fullmatch(w)]
        if marks and len(marks) >= 0.8 * len(words) and status_of(grid.words(cell), heading=True):
            found[column] = Words(grid.words(cell), ((cell.start, cell.end),))
    return found


def _ticked(row: Row, cells: dict[int, Cell], grid: _Grid, ticks: dict[int, Words]) -> Row:
    """Return the row with the status that its tick stands under."""
    for column, words in ticks.items():
        if column in cells and _TICK.fullmatch(grid.words(cells[column])):
            return replace(row, fields={**row.fields, "status_text": words})
    return row


def _starting(grid: _Grid, headers: Sequence[int], keys: dict[int, str]) -> Words | None:
    """Return the heading of the column of deadlines, if it is until when work is to begin."""
    column = next((c for c, key in keys.items() if key == "deadline"), None)
    cell = grid.rows[max(headers)].get(column) if column is not None and headers else None
    words = grid.words(cell) if cell else ""
    begins = _BEGINS.search(words) and not _ENDS.search(words)
    return Words(words, ((cell.start, cell.end),)) if cell and begins else None


def _row(
    cells: dict[int, Cell],
    grid: _Grid,
    keys: dict[int, str],
    units: dict[int, str | None],
    common: str | None,
    above: dict[int, Words],
    groups: tuple[Words, ...],
) -> Row | None:
    """Return one body row; ``above`` holds the words of the row before, for “同上”."""
    span = _span(cells)
    if span is None:
        return None
    fields: dict[str, Words] = {}
    total = any(
        _TOTAL.search(grid.words(cells[c]))
        for c in sorted(cells)[:4]
        if c not in keys or keys[c].startswith(_LABELLED)
    )
    for column, key in keys.items():
        cell = cells.get(column)
        if cell is None or key in ("number", TICK):
            continue
        words = grid.words(cell)
        if _SAME.match(words) and column in above:
            fields[key] = above[column]
            continue
        if not words or _EMPTY.match(words):
            continue
        if key in fields:
            continue
        unit = units.get(column) or (None if key.startswith(COLUMN) else common)
        value = _value(key, words, unit, total)
        fields[key] = Words(words, ((cell.start, cell.end),), value)
        above[column] = fields[key]
    if total:
        label = next(
            (cell for c in sorted(cells) if _TOTAL.search(grid.words(cell := cells[c]))), None
        )
        if label is None:
            return None
        fields["name"] = Words(grid.words(label), ((label.start, label.end),))
        return Row(*span, fields, groups, total=True)
    if "name" not in fields or not clean_name(fields["name"].text):
        return None
    return Row(*span, fields, groups)


def _value(key: str, words: str, unit: str | None, total: bool) -> float | None:
    if key in AMOUNTS:
        first = next(amounts(words), None)
        if first is not None:
            return first.value
        number = number_of(words)
        if number is None:
            return None
        converted = in_wan(number, unit)
        return number if converted is None else converted
    if key == "percent":
        first = next(percents(words), None)
        return first.value if first else number_of(words)
    if key.startswith(COLUMN):
        return _number(words, unit)
    return amount_value(words) if key == "status_text" and total else None


def _number(words: str, unit: str | None) -> float | None:
    """Return the number that a cell of any other column is; money where its heading says so."""
    number = number_of(words)
    if number is None:
        first = next(percents(words), None)
        return first.value if first and first.end - first.start == len(words) else None
    return in_wan(number, unit) if unit else number


def _span(cells: dict[int, Cell]) -> Span | None:
    # A cell merged over several rows belongs to the first: the row begins after it.
    full = [cell for cell in cells.values() if cell.end > cell.start]
    own = [cell for cell in full if cell.row_span == 1] or full
    if not own:
        return None
    return min(cell.start for cell in own), max(cell.end for cell in own)


def unit_of_group(group: Words) -> Words | None:
    """Return the unit that a group row names, without numbering and count, or None."""
    match = re.match(
        r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]+)?\s*(?P<unit>[^（(]+?)\s*(?:[（(].*)?$",
        group.text,
        re.DOTALL,
    )
    if match is None or not is_unit(match["unit"]):
        return None
    start, end = group.spans[0]
    if end - start != len(group.text):
        return Words(match["unit"], group.spans)
    low, high = match.span("unit")
    return Words(match["unit"], ((start + low, start + high),))
