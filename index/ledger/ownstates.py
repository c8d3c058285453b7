"""Which of a document's own states its records and figures are of.

A column says it, or the words that a record stands under: “（二）绿牌：快于序时的16个”,
“【乙】扫尾类，9个……”, “未进场1个：某匝道”, “〔暂缓〕某产业园”: a heading or the first words of a
sentence give a state, and all up to the next one are in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.headings import numbering_of
from index.ledger.builder import Builder, Line
from index.ledger.context import run_in_end
from index.ledger.counted import heading_count, section_end
from index.ledger.merging import ALSO
from index.ledger.names import core_name
from index.ledger.owners import is_owner
from index.ledger.prose import COUNTED, chinese_count, is_hedged
from index.ledger.records import STATE, Figure, Record, Span, Words
from index.ledger.states import State, bare_name, states_in, worded
from index.ledger.status import status_of
from index.ledger.tallies import tallies
from index.ledger.toldstates import Told, told_states
from index.sentences import parts

MAX_LEAD = 240  # characters of a state's own figures before its list
MAX_BEFORE = 12  # characters of number and ordinal before the name of a state in a heading
_LEAD = (
    r"(?:\s|附?[表件](?:\d{1,2}|[一二三四五六七八九十]{1,2})(?=[\s：:])|[（(【〖〔\[]?[一二三四五六七八九十\d]{1,3}[）)】〗〕\]、.．]|[①-⑳]|[【〖〔\[（(]?[甲乙丙丁戊己庚辛A-FⅠ-Ⅵ][】〗〕\]）)、.．]?"
    r"|第[一二三四五六七八九十\d][档类组批]|[一二三四五六七八九]是|[-—•·●◆■▪□○◇▲△▶➢★☆*]|[：:、，—])*"
)
_MARKS = re.compile(_LEAD)
_BEHIND = (
    r"[”\"」』】〕\]]?(?:[（(][^（）()]{0,16}[）)])?(?:类|档|组|级)?的?(?:项目|工程|事项|任务)?"
    r"(?:共|有|计|为)?[，,（(]?\s*(?P<number>\d+|[一二两三四五六七八九十]+)?\s*[个项件]?(?:项目|工程|事项|任务)?[）)]?"
)


_NUMBERED = re.compile(_BEHIND)
# “进度正常的有20个，占34.5%，……。教育方面有5个，是……”
BEGINS = re.compile(
    r"\s*(?P<words>[^，。；：:（）()\d]{2,24}?)的(?:项目)?(?:共|还|仍|也|只|仅)?有?(?P<number>\d+)个(?:项目)?[，,。：:]"
)
# Who signed, and when, behind the last section.
_SIGNED = re.compile(
    r"(?:\n[^\n，。；：]{2,30}(?:局|委|办|室|政府|专班|领导小组|中心|指挥部)"
    r"|\n(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?)+\s*$"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text (clean span) all of which is in one state, ``words`` its name there.

    ``count`` is where the block says its number (None: it says none), ``body`` what
    stands behind that.
    """

    line: Line
    start: int
    end: int
    state: State
    words: Span
    count: Span | None
    body: Span


def document_states(builder: Builder, lines: Sequence[Line], first: int) -> dict[str, State]:
    """Return the states of a document by name, those of its headings and columns among them."""
    text = builder.view.text
    heads: dict[tuple[int, int], list[tuple[Span, int]]] = defaultdict(list)
    outer = {s.start: s.parent for s in builder.document.sections}
    for line in lines:
        counted = heading_count(text[line.start : line.end]) if line.heading else None
        begin = _MARKS.match(text, line.start, line.end)
        low = begin.end() if begin else line.start
        if counted is None or is_owner(re.split(r"[（(]", text[low : line.end])[0]):
            continue
        numbering = numbering_of(text[line.start : line.end])
        above = outer.get(builder.view.offsets[line.start])
        siblings = (numbering.level if numbering else 0, -1 if above is None else above)
        number = counted["number"]
        heads[siblings].append(((low, line.end), int(number) if number.isdigit() else 0))
    cells = list(_state_cells(builder, first))
    told = [_told_state(text, one) for one in told_states(text, lines)]
    return by_bare_name(states_in(text, heads.values(), cells, tallies(builder), told))


def _told_state(text: str, told: Told) -> State:
    """Return the state that a paragraph opens with; it counts no others, so it is its own run."""
    name = text[slice(*told.words)]
    return State(name, told.known, told.number, told.words, told.words, told.count)


def _state_cells(builder: Builder, first: int) -> Iterator[Span]:
    """Yield the cells of columns that sort rows: few values that come again and again."""
    columns: dict[tuple[int, str], list[Words]] = defaultdict(list)
    for record in builder.ledger.records[first:]:
        if not builder.ledger.rosters[record.roster].table:
            continue
        for key in ("status_text", STATE):
            words = record.fields.get(key)
            if words and record.start <= words.start < record.end:
                columns[record.roster, key].append(words)
    for column in columns.values():
        if 2 * len({words.text for words in column}) <= len(column):
            for words in column:
                low = builder.clean(words.start)
                yield low, low + len(words.text)


def by_bare_name(states: Iterable[State]) -> dict[str, State]:
    """Return the states by the names that all ways to write them share."""
    return {bare_name(state.name): state for state in states}


def as_written(text: str, words: Span, state: State) -> Span:
    """Return the words of a state with what its name begins with besides (“已”)."""
    before = state.name.removesuffix(text[slice(*words)])
    led = before and text.endswith(before, 0, words[0])
    return (words[0] - len(before), words[1]) if led else words


def put_into_states(
    builder: Builder,
    states: Mapping[str, State],
    blocks: Sequence[Block],
    first: int,
    figures: Sequence[Figure],
) -> list[Figure]:
    """Note the state of each record from position ``first`` on, and what it means for it.

    Returns the figures, each with the state that it is said of.
    """
    records = builder.ledger.records
    beside = {**worded(states), **states}
    for place in range(first, len(records)):
        record = records[place]
        around = _of_place(builder, record, blocks)
        table = builder.ledger.rosters[record.roster].table
        own = _told(record, beside) or (_of_cell(record, states) if table else None)
        if own and table and _is_judged(record, own[0], states):
            continue  # its judgement says where it stands, whatever else it is sorted by
        others = [s for s in states.values() if all(s is not state for state, _ in around)]
        for state, words in [own] if own else around:
            record = _in_state(record, state, words, others)
        records[place] = record
    stated = {core_name(r.name) for r in records[first:] if STATE in r.fields}
    for place in range(first, len(records)):
        record = records[place]
        told = None if STATE in record.fields else _of_words(builder, record, states)
        if told and core_name(record.name) not in stated:
            records[place] = _in_state(record, *told, list(states.values()))
    names = sorted(builder.clean(record.start) for record in records[first:])
    leads = list(_leads(builder.view.text, states, blocks, names))
    return [_of_state(f, _said_of(builder.clean(f.number.start), leads), states) for f in figures]


def _of_state(figure: Figure, name: str, states: Mapping[str, State]) -> Figure:
    """Return a figure as said of a state; what the state means is said of it, too.

    “1.在建。共有9个，完成投资3亿元”: the sentences behind the name do not say it again.
    """
    state = states.get(name)
    others = [other.name for other in states.values() if other is not state]
    if state and state.count and figure.subject in others and not figure.among:
        # “逾期的4个，调出的2个，”: the second count is not said of the first state.
        figure = replace(figure, subject="", stage=None, progress=None)
    if state is None or figure.among or figure.stage or figure.progress:
        return replace(figure, state=name)
    said = state.status
    # “施工慢于节点”: that it is being built goes without saying.
    built = said.stage == "under_construction" and said.progress is not None
    stage = None if built else said.stage
    return replace(figure, state=name, stage=stage, progress=said.progress)


def _leads(
    text: str, states: Mapping[str, State], blocks: Sequence[Block], names: Sequence[int]
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


def _is_judged(record: Record, own: State, states: Mapping[str, State]) -> bool:
    """Tell whether a row is sorted twice: by the state it is in, and by where it stands."""
    words = record.fields.get("status_text")
    judged = states.get(bare_name(words.text)) if words and ALSO in record.fields else None
    return judged is not None and judged.name != own.name


def _of_cell(record: Record, states: Mapping[str, State]) -> tuple[State, Words] | None:
    words = record.fields.get("status_text")
    state = states.get(bare_name(words.text)) if words else None
    return (state, words) if state and words else None


def _of_words(
    builder: Builder, record: Record, states: Mapping[str, State]
) -> tuple[State, Words] | None:
    """Return the one state that a record's own words hold the name of (“6月18日交工”)."""
    for key in ("status_text", ALSO):
        if told := _named_by(builder, record.fields.get(key), states):
            return told
    return None


def _named_by(
    builder: Builder, words: Words | None, states: Mapping[str, State]
) -> tuple[State, Words] | None:
    at = builder.clean(words.start) if words else 0
    if words is None or builder.view.text[at : at + len(words.text)] != words.text:
        return None
    names = re.compile("|".join(map(re.escape, sorted(_of_most(states), key=len, reverse=True))))
    found = list(names.finditer(words.text)) if names.pattern else []
    if len(found) != 1 or words.text[: found[0].start()].endswith(tuple("未没不待应须要")):
        return None
    low, high = found[0].span()
    return states[found[0].group()], builder.words((at + low, at + high))


def _of_most(states: Mapping[str, State]) -> list[str]:
    """Return the names of the states that together count the most: those of all projects."""
    totals: Counter[Span] = Counter()
    for state in states.values():
        totals[state.sentence] += state.number
    most = max(totals.values(), default=0)
    return [name for name, state in states.items() if most and totals[state.sentence] == most]


def _of_place(
    builder: Builder, record: Record, blocks: Sequence[Block]
) -> list[tuple[State, Words]]:
    """Return the states of the stretches that a record stands in, the innermost last."""
    at = builder.clean(record.start)
    inside = [block for block in blocks if block.start <= at < block.end]
    text = builder.view.text
    return [(b.state, builder.words(as_written(text, b.words, b.state))) for b in inside]


def _in_state(record: Record, state: State, words: Words, others: Sequence[State]) -> Record:
    """Return a record with its state; what another state means cannot be its own."""
    stage, progress = state.status.stage or record.stage, state.status.progress or record.progress
    if record.stage in state.status.either:  # “未开工或停工的”: which of them it is, is its own
        stage = record.stage
    if state.status.stage is None and any(s.status.stage == stage for s in others):
        stage = None
    if state.status.progress is None and any(s.status.progress == progress for s in others):
        progress = None
    return replace(record, fields={**record.fields, STATE: words}, stage=stage, progress=progress)


def state_blocks(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State]
) -> list[Block]:
    """Return the stretches of text that are in one state each, an outer one before its parts."""
    if not states:
        return []
    names = "|".join(map(re.escape, sorted(states, key=len, reverse=True)))
    told = list(_told_blocks(builder, lines, states))
    begun = {block.line.start for block in told}
    found = [*told, *_headed(builder, lines, states, names)]
    found += [b for b in _run_in(builder, lines, states, names) if b.line.start not in begun]
    return sorted(found, key=lambda block: (block.start, -block.end))


def _told_blocks(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State]
) -> Iterator[Block]:
    """Yield the paragraphs that open with a state and its number, whatever they call it."""
    text = builder.view.text
    for told in told_states(text, lines):
        state = states.get(bare_name(text[slice(*told.words)]))
        alike = [s for s in states.values() if s.number == told.number and _same(s, told)]
        state = state or (alike[0] if len(alike) == 1 else None)
        if state:
            yield Block(
                told.line, told.line.start, told.line.end, state, told.words, told.count, told.body
            )


def _same(state: State, told: Told) -> bool:
    """Tell whether a paragraph's words can be another name of a state."""
    known, said = state.status, told.known
    return (known.stage, known.progress) == (said.stage, said.progress)


def _headed(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State], names: str
) -> Iterator[Block]:
    """Yield the sections whose headings name a state."""
    text = builder.view.text
    pattern = re.compile(
        rf"{_LEAD}(?:[^，。；：:（(]{{2,12}}的[：:])?"
        rf"[^，。；：:（(]{{0,{MAX_BEFORE}}}?(?P<name>{names})"
    )
    for place, line in enumerate(lines):
        match = pattern.match(text, line.start, line.end) if line.heading else None
        if match is None or _another(text, match.end("name"), line.end, names):
            continue
        behind = _section_end(builder, lines, place)
        stop = lines[behind].start if behind < len(lines) else len(text)  # a table may end it
        stop = run_in_end(text, line.end, stop)
        counted = heading_count(text[line.start : line.end])
        low, high = counted.span("number") if counted else (0, 0)
        count = (line.start + low, line.start + high) if counted else None
        behind_name = _NUMBERED.match(text, match.end("name"), line.end)  # “停工的1个，占4.2%”
        if count is None and behind_name and behind_name["number"]:
            count = behind_name.span("number")
        signed = _SIGNED.search(text, line.end, stop)
        body = (min(line.end + 1, stop), signed.start() if signed else stop)
        state = states[match["name"]]
        count = count or _said_below(text, body, state.number)
        yield Block(line, line.start, stop, state, match.span("name"), count, body)


def _another(text: str, start: int, end: int, names: str) -> bool:
    """Tell whether a heading goes on with a second state: what stands below is in neither.

    “三、滞后、停工项目的原因”.
    """
    second = re.compile(rf"{_BEHIND}(?:[、和与及]|以及)[“\"「『]?(?:{names})")
    return bool(second.match(text, start, end))


def _said_below(text: str, body: Span, number: int) -> Span | None:
    """Return where the first sentence below a heading says the state's own number."""
    stop = re.compile(r"[。；;\n]|$").search(text, *body)
    for counted in COUNTED.finditer(text, body[0], stop.start() if stop else body[1]):
        if chinese_count(counted["number"]) == number and not is_hedged(text, counted):
            return counted.span("number")
    return None


def _section_end(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Return the line behind a section, or the first in it that is numbered as its heading is.

    “（四）停工项目1个，为……” behind “（三）推进缓慢项目2个” is no part of it.
    """
    text, end = builder.view.text, section_end(builder, lines, place)
    own = numbering_of(text[lines[place].start : lines[place].end])
    for at in range(place + 1, end if own else place):
        numbering = numbering_of(text[lines[at].start : lines[at].end])
        if own and numbering and numbering.level <= own.level:
            return at
    return end


def _run_in(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State], names: str
) -> Iterator[Block]:
    """Yield what stands behind the name of a state at the beginning of a sentence."""
    text = builder.view.text
    pattern = re.compile(
        rf"(?:(?<=[。；;：:\n])|^){_LEAD}[“\"「『【〔\[]?(?:已经?|处于|属于)?(?P<name>{names}){_BEHIND}"
        r"[：:〕】\]，,。]"
    )
    counting = re.compile(  # “19个项目与序时持平，”
        rf"(?:(?<=[。；;\n])|^){_LEAD}(?:目前|现|仍|还)?有?(?P<number>\d+)[个项](?:项目|工程|事项|任务)?"
        rf"(?:均|都|已经?|仍|还)*(?P<name>{names})[，,：:。]"
    )
    alone = re.compile(
        rf"{_LEAD}[“\"「『【〔\[]?(?:已经?|处于|属于)?(?P<name>{names}){_BEHIND}\s*$"
    )
    for place, line in enumerate(lines):
        matches = [] if line.heading else pattern.finditer(text, line.start, line.end)
        found = [match for match in matches if not _counts(match, states)]
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else line.end
            end = _another_begins(text, match.end(), end, states[match["name"]])
            count = match.span("number") if match["number"] else None
            name, body = match.span("name"), (match.end(), end)
            yield Block(line, match.start(), end, states[match["name"]], name, count, body)
        first = None if found or line.heading else counting.search(text, line.start, line.end)
        if first and chinese_count(first["number"]) == states[first["name"]].number:
            name, count = first.span("name"), first.span("number")
            body = (first.end(), line.end)
            yield Block(line, first.start(), line.end, states[first["name"]], name, count, body)
        # A line of its own that the layout does not show as a heading: “【三】黄灯13个”.
        label = None if found or line.heading else alone.match(text, line.start, line.end)
        if label and label["number"] and place + 1 < len(lines):
            end = _next_such(text, lines, place)
            name, body = label.span("name"), (lines[place + 1].start, end)
            state, count = states[label["name"]], label.span("number")
            yield Block(line, line.start, end, state, name, count, body)


def _another_begins(text: str, start: int, end: int, state: State) -> int:
    """Return where a sentence begins that counts another state, in words of no state's name.

    “竣工的1个，是甲。正常的3个，是乙、丙、丁。”, where the states are “竣工” and “进度正常”.
    """
    for low, _ in list(parts(text, start, end, "。"))[1:]:
        other = BEGINS.match(text, low, end)
        said = status_of(other["words"], heading=True) if other else None
        if said and (said.stage, said.progress) != (state.status.stage, state.status.progress):
            return low
    return end


def _next_such(text: str, lines: Sequence[Line], place: int) -> int:
    """Return where the lines behind a label end: at a heading, or at the next line of its shape."""
    mark = text[lines[place].start]
    own = numbering_of(text[lines[place].start : lines[place].end])
    for line in lines[place + 1 :]:
        numbering = numbering_of(text[line.start : line.end])
        level = own and numbering and numbering.level <= own.level
        if line.heading or level or (not own and text[line.start] == mark):
            return line.start
    return lines[-1].end


def _counts(match: re.Match[str], states: Mapping[str, State]) -> bool:
    """Tell whether a name stands in the very sentence that counts all states."""
    low, high = states[match["name"]].sentence
    return low <= match.start("name") < high
