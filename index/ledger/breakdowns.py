"""Lists by status inside a sentence: “已完工2个（A、B），在建3个（C、D、E），未开工1个（F，因……）”.

Other forms of the same: “正常推进3个：A、B、C；进度滞后1个：D（……）” under a heading
that names a unit, and “停工的2个分别是A、B；未开工的3个分别是……”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.ledger.builder import Builder, Line
from index.ledger.context import Context, bare_heading
from index.ledger.lists import add_item, is_item
from index.ledger.prose import Item, chinese_count, read_listing
from index.ledger.records import Roster, Span, Words
from index.ledger.status import Status, status_of
from index.ledger.units import is_unit
from index.records import View
from index.sentences import closing, parts, sentences

_COUNT = r"(?:\d+|[一二两三四五六七八九十]+)"
_MARKER = re.compile(
    rf"(?P<said>[\u4e00-\u9fff]{{2,12}}?)的?(?:项目|工程|任务)?(?P<count>{_COUNT})(?:个|项|件|家)"
    r"(?:项目|工程|任务)?(?:(?P<open>[（(])|[，,]?(?:分别|具体|依次)?(?:是|为)?[：:]|(?:分别|具体|依次)(?:是|为))"
)
_PROJECTS = re.compile(r"项目|工程")
_OWNER = re.compile(
    rf"(?P<unit>[^，。；：、]{{2,20}}?)(?:共?(?:承担|负责|牵头|实施|承建|主管|涉及|列入))(?:的)?(?:重点)?(?:项目|工程|任务)?"
    rf"(?:共|有)?{_COUNT}(?:个|项|件)"
)
_HEADED = re.compile(
    rf"^(?P<unit>[^，。；：（(]{{2,16}})[（(]?(?:共)?{_COUNT}(?:个|项|件)?[）)]?[：:]?$"
)


NEAR = 80  # characters before a list in which its noun stands


@dataclass(frozen=True, slots=True)
class _Part:
    """One status of a breakdown: its words, its stated number, and the listed things."""

    start: int
    said: Span
    count: Span
    status: Status
    items: tuple[Item, ...]
    end: int


def read_breakdowns(builder: Builder, line: Line) -> bool:
    """Read the sentences of a paragraph that list by status; tell whether there were any."""
    view = builder.view
    inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
    context = builder.context(line)
    found = False
    for a, b in sentences(inner):
        found |= _read_sentence(builder, context, line.start + a, line.start + b)
    return found


def _read_sentence(builder: Builder, context: Context, start: int, end: int) -> bool:
    text = builder.view.text
    read = list(_parts(text, start, end))
    sound = [p for p in read if abs(len(p.items) - _number(text, p.count)) <= 1 and p.items]
    # A lone part is an ordinary list, for which there are other readers.
    if len(sound) < len(read) or not (len(sound) >= 2 or (sound and _owned(text, start, end))):
        return False
    unit = _owner(builder, context, start, end)
    for part in sound:
        _add(builder, context, part, unit)
    builder.use((start, end))
    return True


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    """Yield the parts of a sentence in order; each ends where the next begins."""
    marks = [
        (match, status)
        for match in _MARKER.finditer(text, start, end)
        if (status := status_of(match["said"], heading=True))
    ]
    for place, (match, status) in enumerate(marks):
        stop = _stop(text, match, end)
        if place + 1 < len(marks) and not match["open"]:
            stop = min(stop, marks[place + 1][0].start())
        low = match.end()
        number = chinese_count(match["count"])
        items = tuple(i for i in read_listing(text, low, stop, number).items if is_item(text, i))
        said = match.span("said")
        yield _Part(match.start(), said, match.span("count"), status, items, stop)


def _stop(text: str, match: re.Match[str], end: int) -> int:
    """Return where the names behind a marker end: at the bracket that closes, or at ； or 。."""
    if match["open"]:
        close = closing(text, match.start("open"), end)
        return close if close > match.start("open") else end
    for _, stop in parts(text, match.end(), end, "；;。"):
        return stop
    return end


def _number(text: str, span: Span) -> int:
    return chinese_count(text[slice(*span)])


def _owned(text: str, start: int, end: int) -> bool:
    match = _OWNER.search(text, start, end)
    return match is not None and is_unit(match["unit"])


def _owner(builder: Builder, context: Context, start: int, end: int) -> Words | None:
    """Return who answers for all of a sentence: its own subject, else the heading above."""
    match = _OWNER.search(builder.view.text, start, end)
    if match and is_unit(match["unit"]):
        return builder.words(match.span("unit"))
    if context.unit is not None or context.heading is None:
        return context.unit
    heading = context.heading
    bare = bare_heading(heading.text)
    named = _HEADED.match(bare)
    if named is None or status_of(bare, heading=True):
        return None
    at = heading.end - len(bare) if heading.text.endswith(bare) else heading.start
    return Words(named["unit"], ((at, at + len(named["unit"])),))


def _add(builder: Builder, context: Context, part: _Part, unit: Words | None) -> None:
    view = builder.view
    count = view.text[slice(*part.count)]
    stated = builder.words(part.count, float(chinese_count(count)))
    words = builder.words((part.said[0], part.count[1]))
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(part.start, part.end), context.heading, words,
            stated, None, part.status.stage, part.status.progress, context.as_of,
        )
    )  # fmt: skip
    said = builder.words(part.said)
    kind = (
        "project"
        if _PROJECTS.search(view.text[max(part.start - NEAR, 0) : part.end])
        else context.kind
    )
    own = replace(context, unit=unit or context.unit, kind=kind)
    for item in part.items:
        add_item(builder, item, roster, own, part.status, said, context.as_of)
