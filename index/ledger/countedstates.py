"""Sections that give a state by its number alone: “◆ 跑在前面的”, of 14 projects.

The overview counts “超序时进度14个”; where the sections count just as many as the states do, one by
one and in their order, each tells of one state, whatever its heading calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from index.ledger.builder import Builder, Line
from index.ledger.counted import section_end
from index.ledger.ownstates import Block
from index.ledger.prose import COUNTED, chinese_count, is_hedged
from index.ledger.states import State
from index.ledger.status import status_of
from index.sentences import parts

MIN_BLOCKS = 3  # sections whose numbers are those of the states; fewer may be by chance
MIN_NUMBER = 3


def with_counted(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State], blocks: Sequence[Block]
) -> list[Block]:
    """Return the stretches in one state each, with the sections that only their numbers tell."""
    named = {block.line.start for block in blocks}
    found = list(_sections(builder, lines, states))
    told = [block.state.words for block in found]
    counted = [s.words for s in sorted(states.values(), key=lambda s: s.words) if s.number]
    if len(found) < MIN_BLOCKS or told != counted:
        return list(blocks)
    alone = [block for block in found if block.line.start not in named]
    return sorted([*blocks, *alone], key=lambda block: (block.start, -block.end))


def _sections(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State]
) -> Iterator[Block]:
    text = builder.view.text
    numbers = Counter(state.number for state in states.values())
    by_number = {
        state.number: state
        for state in states.values()
        if numbers[state.number] == 1 and state.number >= MIN_NUMBER
    }
    for place, line in enumerate(lines):
        stop = section_end(builder, lines, place)
        if not line.heading or stop <= place + 1 or lines[place + 1].heading:
            continue
        start, end = next(parts(text, lines[place + 1].start, lines[place + 1].end, "。"))
        counted = COUNTED.search(text, start, end)
        if counted is None or is_hedged(text, counted):
            continue
        state = by_number.get(chinese_count(counted["number"]))
        said = status_of(text[line.start : line.end], heading=True)
        if state is None or (said and said.stage != state.status.stage):
            continue
        behind = lines[stop].start if stop < len(lines) else lines[stop - 1].end
        yield Block(
            line, line.start, behind, state, state.words, counted.span("number"),
            (counted.end(), behind),
        )  # fmt: skip
