"""Groups told with a label and names: “【签约未落地】2个，协议投资9亿元：甲（某市，6亿元）；…”.

The label is a column, and so are the unit before the names, what stands in brackets
behind a name, and what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.names import is_generic
from index.ledger.prose import chinese_count, read_item
from index.ledger.records import Span, Words
from index.ledger.status import status_of
from index.ledger.units import are_units, is_strong_unit
from index.listings.lines import KINDS, Page, TextLine, mark_at, trimmed
from index.listings.records import (
    AMOUNT,
    LABEL,
    NAME,
    PART,
    REMARK,
    TOLD,
    UNIT,
    Listing,
    Row,
    Stated,
)
from index.sentences import parts

MIN_ROWS = 3
MAX_SHORT = 4  # characters of an owner that is but an ending (“经开区”)
NEAR = 0.6  # of the groups that state a number list about as many
_N = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_BRACKETED = re.compile(r"[【〔［（(](?P<label>[^【】〔〕［］（）()\d，。；：、]{1,14})[】〕］）)]")
_COUNTED = re.compile(
    rf"(?P<label>[^，。；：、\s（）()【】〔〕\d]{{1,14}}?)(?:项目|事项)?(?:有|共)?[（(]?(?P<number>{_N})\s*{KINDS}[）)]?"
    r"(?:[，,][^：:。；\n]{1,24})?[：:]"
)
_BEHIND = re.compile(
    rf"\s*(?:共|有)?(?P<number>{_N})\s*{KINDS}(?:[，,][\u4e00-\u9fff]{{2,8}}?\d[\d,.]*\s*[万亿]?元)?[^：:。；\n]{{0,12}}"
)
_MEASURED = re.compile(r"[，,](?P<measure>[\u4e00-\u9fff]{2,8}?)(?P<amount>\d[\d,.]*\s*[万亿]?元)")
_SUB = re.compile(rf"(?P<sub>[^，。；：、（）()]{{2,16}}?)(?:{_N})\s*{KINDS}\s*(?:——|—|：|:)")
_SUMMARY = re.compile(
    rf"(?:以上|上述|其中|合计|共计|另外?|前述|这)|(?:{_N})\s*{KINDS}(?:项目|事项|工程|企业)?(?:合计|共|均|都|已|前期|中|里)"
)
_ALL_OF = re.compile(
    rf"(?:以上|上述|前述)(?P<number>{_N})\s*{KINDS}(?:项目)?(?:均|都|全)?(?:属于?|归|由)(?P<unit>[^，。；]{{2,14}})"
)
_WRAPPED = re.compile(r"\s*[〔［【\[](?P<inside>.*)[〕］】\]]\s*。?\s*", re.DOTALL)
_OF = re.compile(r"(?P<unit>[^，。；：、（）()的]{2,16})的(?=[^，。；：、]{2})")
_AND = re.compile(r"[）)](?P<and>和|以及|及)(?=[^（(]{2,}[（(])")
_EVERY = re.compile(r"(?:均为|均属|都是|均由|均系|同为)(?=[\u4e00-\u9fff]{2})")
_AMOUNT = re.compile(r"约?\d[\d,.]*\s*(?:万亿|[万亿千百])?元")
_NO_NAME = re.compile(
    r"[。：:；？！]|^(?:是|要|必须|应|将|已|在|对|把|请|按|从|并|而|但|如|因)|"
    r"^(?:各|有关|其他|其余)|(?:的|了|中|时|前|后|等)$|^\d|\d(?:个|项|条|次|户|人|万元|亿元|元|%|％)$"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group: its label, the clean span of what it lists, its number, how amounts are called."""

    label: Span
    start: int
    end: int
    style: str
    number: Words | None = None
    measure: str = ""
    amount: Words | None = None


@dataclass(slots=True)
class _Named:
    """One name of a group with what is said of it, as clean spans."""

    name: Span
    end: int
    unit: Span | None = None
    sub: Span | None = None
    amount: Span | None = None
    remark: Span | None = None
    told: Span | None = None


def group_listings(page: Page) -> Iterator[Listing]:
    """Yield the tables of labelled groups, one for each run of groups of one style."""
    run: list[_Group] = []
    for group in _groups(page):
        if run and (group.style != run[0].style or _apart(page, run[-1], group)):
            yield from _listing(page, run)
            run = []
        run.append(group)
    yield from _listing(page, run)


def _apart(page: Page, before: _Group, after: _Group) -> bool:
    """Tell whether a section begins between two groups."""
    low, high = page.view.offsets[before.label[0]], page.view.offsets[after.label[0]]
    return any(low < s.start <= high and s.heading_end <= high for s in page.document.sections)


def _groups(page: Page) -> Iterator[_Group]:
    """Yield the groups in order, each with the lines that belong to it."""
    opened: list[_Group] = []
    for place, line in enumerate(page.lines):
        inside = bool(opened) and opened[-1].style == "bracketed" and opened[-1].number
        for group in _opened(page, line, inside=bool(inside)):
            opened.append(group)
        if opened and line.start >= opened[-1].end:
            last = opened[-1]
            if not _goes_on(page, last, page.lines[place - 1], line):
                yield from opened
                opened = []
            else:
                opened[-1] = replace(last, end=line.end)
        elif opened and len(opened) > 1:
            yield from opened[:-1]
            opened = opened[-1:]
    yield from opened


def _goes_on(page: Page, group: _Group, before: TextLine, line: TextLine) -> bool:
    """Tell whether a line still lists things of a group that a label on a line of its own heads."""
    if group.style != "bracketed" or group.number is None or mark_at(page.text, line):
        return False
    starts = {page.view.offsets[line.start]}
    heading = any(s.start in starts for s in page.document.sections)
    return not heading and bool(re.search(r"[；（：]", page.text[line.start : line.end]))


def _opened(page: Page, line: TextLine, *, inside: bool) -> Iterator[_Group]:
    """Yield the groups that a line opens: one in brackets at its head, or counted ones in it.

    ``inside`` a group with a label on a line of its own, counts part what it lists.
    """
    text = page.text
    bracketed = _BRACKETED.match(text, line.start, line.end)
    if bracketed and mark_at(text, line) is None:
        behind = _BEHIND.match(text, bracketed.end(), line.end)
        at = behind.end() if behind else bracketed.end()
        yield _group(page, bracketed.span("label"), (at, line.end), "bracketed", behind)
        return
    if inside:
        return
    found: list[_Group] = []
    for sentence in parts(text, line.start, line.end, "。；"):
        start, end = trimmed(text, *sentence)
        mark = _COUNTED.match(text, start, end)
        if mark:
            found.append(_group(page, mark.span("label"), (mark.end(), end), "counted", mark))
        elif found:
            found[-1] = replace(found[-1], end=end)
    yield from found


def _group(
    page: Page, label: Span, body: Span, style: str, counted: re.Match[str] | None
) -> _Group:
    """Return a group with the number, and the amount of all, that stand behind its label."""
    if counted is None:
        return _Group(label, *body, style)
    number = page.words(counted.span("number"), float(chinese_count(counted["number"])))
    summed = _MEASURED.search(page.text, counted.end("number"), counted.end())
    amount = page.words(summed.span("amount")) if summed else None
    return _Group(label, *body, style, number, summed["measure"] if summed else "", amount)


def _listing(page: Page, run: Sequence[_Group]) -> Iterator[Listing]:
    text = page.text
    units = known_units(text)
    rows: list[Row] = []
    stated: list[Stated] = []
    near = counted = 0
    heads: list[str] = [NAME, LABEL]
    for group in run:
        named = [n for n in _named(text, group, units) if not _told_again(text, n, rows)]
        label = page.words(group.label)
        measure = group.measure or AMOUNT
        if group.number and group.number.value:
            counted += 1
            near += abs(len(named) - group.number.value) <= max(1, group.number.value // 5)
            where = page.view.span(group.label[0] - (group.style == "bracketed"), group.start)
            stated.append(Stated(label.text, group.number, where, group.measure, group.amount))
        for one in named:
            cells = {NAME: page.words(one.name), LABEL: label}
            for head, span in (
                (PART, one.sub), (UNIT, one.unit), (measure, one.amount),
                (REMARK, one.remark), (TOLD, one.told),
            ):  # fmt: skip
                if span:
                    cells[head] = page.words(span)
                    heads.append(head)
            rows.append(Row(*page.view.span(one.name[0], one.end), cells))
    labels = {page.words(g.label).text for g in run}
    if len(rows) < MIN_ROWS or len(labels) < 2 or near < NEAR * counted:
        return
    if not counted and not _is_uniform(rows):
        return
    start, end = page.view.span(run[0].label[0], run[-1].end)
    lead = page.view.span(*run[0].label)
    yield Listing(
        page.document.ordinal, start, end, tuple(dict.fromkeys(heads)), tuple(rows), lead,
        tuple(stated),
    )  # fmt: skip


def _told_again(text: str, one: _Named, rows: Sequence[Row]) -> bool:
    """Tell whether words say where a thing stands that is listed already (“A主墩已封顶”)."""
    words = text[slice(*one.name)]
    listed = (row.cells[NAME].text for row in rows)
    return any(words.startswith(n) and bool(status_of(words.removeprefix(n))) for n in listed)


def _is_uniform(rows: Sequence[Row]) -> bool:
    """Tell whether most rows say more than a name: a unit, an amount, what is the matter."""
    return sum(len(row.cells) > 2 for row in rows) >= NEAR * len(rows)


def known_units(text: str) -> frozenset[str]:
    """Return the units that a text names in brackets behind names, or before “的”."""
    found = re.findall(r"[（(]([^（）()，；\d]{2,14})[）)]", text)
    found += re.findall(r"(?:^|[，；：。、\n])([^，；：。、\s（）()的]{2,14})的", text)
    found += re.findall(r"[｜|]([^｜|\n]{2,14})(?=[｜|])", text)
    return frozenset(words for words in found if is_strong_unit(words))


def _named(text: str, group: _Group, units: frozenset[str]) -> list[_Named]:
    start, end = group.start, group.end
    if wrapped := _WRAPPED.fullmatch(text, start, end):
        start, end = wrapped.span("inside")
    found: list[_Named] = []
    sub: Span | None = None
    for low, high in parts(text, start, end, "；;。\n"):
        low, high = trimmed(text, low, high, " \t\u3000\n，,：:—")
        if not low < high:
            continue
        if every := _ALL_OF.match(text, low, high):
            for one in found[-chinese_count(every["number"]) :]:
                one.unit = one.unit or every.span("unit")
            continue
        if match := _SUB.match(text, low, high):
            sub, low = match.span("sub"), match.end()
        elif _SUMMARY.match(text, low, high):
            continue
        for a, b in _owned(text, low, high, units):
            owner, a = _owner(text, a, b, units)
            names = _names(text, a, b)
            for one in names:
                one.sub, one.unit = sub, one.unit or owner
            found += names
    return found


def _owned(text: str, low: int, high: int, units: frozenset[str]) -> list[Span]:
    """Return the parts of a segment where commas part names that each have an owner before them."""
    pieces = [trimmed(text, *piece) for piece in parts(text, low, high, "，,")]
    owned = all(_owner(text, *piece, units)[0] for piece in pieces)
    return pieces if len(pieces) > 1 and owned else [(low, high)]


def _owner(text: str, low: int, high: int, units: frozenset[str]) -> tuple[Span | None, int]:
    """Return the unit before the names, and where those begin."""
    of = _OF.match(text, low, high)
    if of and (of["unit"] in units or is_strong_unit(of["unit"])):
        return of.span("unit"), of.end()
    for size in range(min(14, high - low - 3), 1, -1):
        if text[low : low + size] in units:
            return (low, low + size), low + size
    return None, low


def _names(text: str, low: int, high: int) -> list[_Named]:
    """Return the names of a segment: several parted by 、 or 和, or one with what is said of it."""
    stop = next((a for a, _ in _breaks(text, low, high)), high)
    pieces = list(parts(text, low, stop, "、"))
    told = trimmed(text, stop, high, " ，,：:—")
    found: list[_Named] = []
    for piece in _joined_apart(text, pieces):
        one = _one(text, *trimmed(text, *piece))
        if one is None:
            return []
        found.append(one)
        if one.unit and (every := _EVERY.match(text, *one.unit)):
            for other in found:
                other.unit = (every.end(), one.unit[1])
    if told[1] > told[0] and found:
        found[-1].told, found[-1].end = told, high
    return found


def _joined_apart(text: str, pieces: Sequence[Span]) -> Iterator[Span]:
    """Part “A（甲）和B（乙）” of the last piece, where brackets show that there are two."""
    for low, high in pieces:
        joint = _AND.search(text, low, high)
        if joint:
            yield low, joint.start("and")
            yield joint.end("and"), high
        else:
            yield low, high


def _breaks(text: str, low: int, high: int) -> Iterator[Span]:
    """Yield where a comma, colon or dash stands outside brackets."""
    at = low
    for a, b in parts(text, low, high, "，,：:—"):
        if a > at:
            yield at, a
        at = b
        if b < high:
            yield b, b + 1
            at = b + 1


def _one(text: str, low: int, high: int) -> _Named | None:
    item = read_item(text, low, high)
    if item is None:
        return None
    name = item.name[0]
    words = text[slice(*name)]
    if not 2 <= len(words) <= 40 or _NO_NAME.search(words) or is_generic(words):
        return None
    one = _Named(name, high)
    for note in item.notes:
        for a, b in parts(text, *note, "，,；;"):
            a, b = trimmed(text, a, b)
            if one.amount is None and _AMOUNT.fullmatch(text, a, b):
                one.amount = (a, b)
            elif one.unit is None and _is_owner(text[a:b]):
                one.unit = (a, b)
            elif one.remark is None:
                one.remark = (a, b)
            else:
                one.remark = (one.remark[0], b)
    return one


def _is_owner(words: str) -> bool:
    """Tell whether words in brackets are one unit or several; “经开区” is one by itself."""
    bare = _EVERY.sub("", words)
    return (are_units(bare) and is_strong_unit(bare)) or (
        len(bare) <= MAX_SHORT and is_strong_unit(f"某{bare}")
    )
