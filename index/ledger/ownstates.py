"""Which of a document's own states its records and figures are of.

A column says it, or the words that a record stands under: “（二）绿牌：快于序时的16个”,
“【乙】扫尾类，9个……”, “未进场1个：某匝道”, “〔暂缓〕某产业园”: a heading or the first words of a
sentence give a state, and all up to the next one are in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.ledger.amounts import amounts
from index.ledger.builder import Builder, Line
from index.ledger.counted import heading_count, section_end
from index.ledger.reasons import reason_kind
from index.ledger.records import COLUMN, STATE, Figure, Record, Span, Words
from index.ledger.states import State, bare_name, states_in
from index.ledger.tallies import tallies
from index.ledger.told import told_reason
from index.ledger.units import is_region, is_strong_unit

MAX_LEAD = 240  # characters of a state's own figures before its list
MAX_BEFORE = 12  # characters of number and ordinal before the name of a state in a heading
_OTHER_ROW = re.compile(r"序号\s*\d|同上|详见|见附")
_LATE = frozenset({"not_started", "suspended", "cancelled"})
_REMARKS = re.compile(r"(?:情况|简要|有关|进展|状态)?(?:说明|备注|情况)")
_LEAD = (
    r"(?:\s|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]|[【〖〔\[（(]?[甲乙丙丁戊己庚辛A-FⅠ-Ⅵ][】〗〕\]）)、.．]?"
    r"|第[一二三四五六七八九十\d][档类组批]|[一二三四五六七八九]是|[-—•·●◆■▪□○◇▲△▶➢★☆*]|[：:、，—])*"
)
_BEHIND = (
    r"[”\"」』】〕\]]?(?:[（(][^（）()]{0,16}[）)])?(?:类|档|组|级)?的?(?:项目|工程|事项|任务)?"
    r"(?:共|有|计|为)?[，,（(]?\s*(?:\d+|[一二两三四五六七八九十]+)?\s*[个项件]?(?:项目|工程|事项|任务)?[）)]?"
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of text (clean span) all of which is in one state."""

    start: int
    end: int
    state: State
    words: Span


def document_states(builder: Builder, lines: Sequence[Line], first: int) -> list[State]:
    """Return the states of a document, those that its headings and columns name among them."""
    text = builder.view.text
    heads = []
    for line in lines:
        counted = heading_count(text[line.start : line.end]) if line.heading else None
        if counted:
            begin = re.compile(_LEAD).match(text, line.start, line.end)
            low = begin.end() if begin else line.start
            number = counted["number"]
            name = re.split(r"[（(：:，,\d]", text[low : line.end])[0].strip()
            if not (is_strong_unit(name) or is_region(name)):
                heads.append(((low, line.end), int(number) if number.isdigit() else 0))
    cells = [
        (builder.clean(words.start), builder.clean(words.start) + len(words.text))
        for record in builder.ledger.records[first:]
        if builder.ledger.rosters[record.roster].table
        and (words := record.fields.get("status_text"))
    ]
    return states_in(text, heads, cells, tallies(builder))


def by_bare_name(states: Iterable[State]) -> dict[str, State]:
    """Return the states by the names that all ways to write them share."""
    return {bare_name(state.name): state for state in states}


def as_written(text: str, words: Span, state: State) -> Span:
    """Return the words of a state with what its name begins with besides (“已”)."""
    before = state.name.removesuffix(text[slice(*words)])
    led = before and text.endswith(before, 0, words[0])
    return (words[0] - len(before), words[1]) if led else words


def put_into_states(
    builder: Builder, lines: Sequence[Line], first: int, figures: Sequence[Figure]
) -> list[Figure]:
    """Note the state of each record from position ``first`` on, and what it means for it.

    Returns the figures, each with the state that it is said of.
    """
    states = by_bare_name(document_states(builder, lines, first))
    if not states:
        return list(figures)
    blocks = sorted(_blocks(builder, lines, states), key=lambda b: (b.start, -b.end))
    records = builder.ledger.records
    for place in range(first, len(records)):
        record = records[place]
        table = builder.ledger.rosters[record.roster].table
        found = (
            _told(record, states)
            or (table and _of_cell(record, states))
            or _of_place(builder, record, blocks)
        )
        if found:
            at = builder.clean(record.start)
            around = [block.state for block in blocks if block.start <= at < block.end]
            others = [state for state in states.values() if state not in around]
            records[place] = _in_state(record, *found, others)
    names = sorted(builder.clean(record.start) for record in records[first:])
    leads = list(_leads(builder.view.text, states, blocks, names))
    return [replace(f, state=_said_of(builder.clean(f.number.start), leads)) for f in figures]


def _leads(
    text: str, states: Mapping[str, State], blocks: Sequence[_Block], names: Sequence[int]
) -> Iterator[tuple[Span, str]]:
    """Yield where a state's own figures stand: behind its name, before the next or its list."""
    counted = sorted((s for s in states.values() if s.number), key=lambda s: s.words)
    for place, state in enumerate(counted):
        stop = re.compile(r"[。；\n]|$").search(text, state.words[1])
        end = stop.start() if stop else len(text)
        if place + 1 < len(counted) and counted[place + 1].sentence == state.sentence:
            end = min(end, counted[place + 1].words[0])
        yield (state.words[0], end), state.name
    for block in blocks:
        place = bisect_right(names, block.words[1])
        listed = names[place] if place < len(names) else block.end
        yield (block.start, min(block.end, listed, block.start + MAX_LEAD)), block.state.name


def _said_of(at: int, leads: Sequence[tuple[Span, str]]) -> str:
    return next((name for (low, high), name in leads if low <= at < high), "")


def _told(record: Record, states: Mapping[str, State]) -> tuple[State, Words] | None:
    """Return the state that the text beside a record tells, with its words."""
    words = record.fields.get(STATE)
    state = states.get(bare_name(words.text)) if words else None
    return (state, words) if state and words else None


def _of_cell(record: Record, states: Mapping[str, State]) -> tuple[State, Words] | None:
    words = record.fields.get("status_text")
    state = states.get(bare_name(words.text)) if words else None
    return (state, words) if state and words else None


def _of_place(
    builder: Builder, record: Record, blocks: Sequence[_Block]
) -> tuple[State, Words] | None:
    at = builder.clean(record.start)
    for block in reversed(blocks):
        if block.start <= at < block.end:
            words = as_written(builder.view.text, block.words, block.state)
            return block.state, builder.words(words)
    return None


def _in_state(record: Record, state: State, words: Words, others: Sequence[State]) -> Record:
    """Return a record with its state; the stage of another state cannot be its own."""
    stage = state.status.stage or record.stage
    if state.status.stage is None and any(s.status.stage == stage for s in others):
        stage = None
    fields = {**record.fields, STATE: words}
    late = state.status.stage in _LATE or state.status.progress == "behind"
    if late and "reason" not in fields and (said := _remark(fields)):
        fields["reason"] = said
    why = fields.get("reason")
    return replace(
        record,
        fields=fields,
        stage=stage,
        progress=state.status.progress or record.progress,
        reason_kind=record.reason_kind or (reason_kind(why.text) if why else None),
    )


def _tells_why(remark: str) -> bool:
    """Tell whether a remark says what is wrong, not merely a sum or another row's number."""
    if told_reason(remark, 0, len(remark), lacking=True):
        return True
    return next(amounts(remark), None) is None and not _OTHER_ROW.search(remark)


def _remark(fields: Mapping[str, Words]) -> Words | None:
    """Return what a table's column of remarks says: of a late project, why it is."""
    return next(
        (
            words
            for key, words in fields.items()
            if key.startswith(COLUMN)
            and _REMARKS.fullmatch(key[len(COLUMN) :])
            and _tells_why(words.text)
        ),
        None,
    )


def _blocks(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State]
) -> Iterator[_Block]:
    text = builder.view.text
    names = "|".join(map(re.escape, sorted(states, key=len, reverse=True)))
    heading = re.compile(rf"{_LEAD}[^，。；：:（(]{{0,{MAX_BEFORE}}}?(?P<name>{names})")
    inner = re.compile(
        rf"(?:(?<=[。；;：:\n])|^){_LEAD}[“\"「『【〔\[]?(?:已经?|处于|属于)?(?P<name>{names}){_BEHIND}[：:〕】\]，,。]"
    )
    for place, line in enumerate(lines):
        if line.heading:
            match = heading.match(text, line.start, line.end)
            if match:
                stop = lines[section_end(builder, lines, place) - 1].end
                yield _Block(line.start, stop, states[match["name"]], match.span("name"))
            continue
        found = [m for m in inner.finditer(text, line.start, line.end) if not _counts(m, states)]
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else line.end
            yield _Block(match.start(), end, states[match["name"]], match.span("name"))


def _counts(match: re.Match[str], states: Mapping[str, State]) -> bool:
    """Tell whether a name stands in the very sentence that counts all states."""
    low, high = states[match["name"]].sentence
    return low <= match.start("name") < high
