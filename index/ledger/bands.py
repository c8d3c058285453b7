"""Lists of one state each, whatever an office calls its states and however it tells the names.

“【第四档 慢于序时，8个】某局的甲，管线没有迁完；某公司有两个，乙……，丙……”: a heading, a
sentence or the words before a colon give a state and a number, and the text behind them can be
split into just as many projects. The number proves the split; words that no state of ours
explains are the office's own name for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.headings import numbering_of
from index.ledger.builder import Builder, Line
from index.ledger.counted import heading_count, section_end
from index.ledger.linewise import items_apart, marked_items
from index.ledger.lists import add_item, is_item
from index.ledger.merging import ALSO
from index.ledger.naming import SHORT_NAME, is_doubtful, is_told_apart
from index.ledger.ownstates import BEGINS, Block
from index.ledger.prose import COUNTED, Item, chinese_count, is_hedged
from index.ledger.records import AMOUNTS, LATE_STAGES, Record, Roster, Span, Stage
from index.ledger.respectively import deal_amounts
from index.ledger.saidcounts import said_counts
from index.ledger.splitting import WHY_LEAD, split_best
from index.ledger.status import Status, is_status_only, status_of
from index.sentences import parts

MIN_BANDS = 2  # sections that count, one with a known state, make the others' words states too
MISREAD = 0.6  # share of the stated number below which another reader's list is none
MAX_WORDS = 14  # characters of the words that name a state
FEW = 20  # of so many records one may be read with what is said of it
MUCH_MORE = 2  # owners and remarks that a reading must add to take another's place
MIN_NAME = 4  # characters before “12处” at a name's end
_SIZED = re.compile(r"(?:新增|新建|更新|改造)?[\d.]+(?:万|余|多)?(?![个项件])[\u4e00-\u9fff]{1,3}$")
_ORDINAL = re.compile(
    r"[\s【〖*#]*(?:其中[，,：:]?)?(?:第[一二三四五六七八九十\d]+[档类组批级梯队]+|[ABCDⅠⅡⅢⅣ甲乙丙丁][档类组级]|[一二三四五六七八九十][类档级])?[\s：:、，,—\-]*"
)
_WORDS = re.compile(r"[^（(，,：:。；;】〗]+")
_COUNT = r"(?:\d+|[一二两三四五六七八九十]+)\s*[个项件]"
_TAIL = re.compile(
    rf"(?:的?(?:(?:重点|重大|在册)?(?:项目|工程|任务|事项)|类|清单|名单)?(?:情况)?)\s*(?:共|计|有|合计|为|是)*\s*(?:{_COUNT})?(?:项目|工程|任务|事项)?[\s的]*$"
)
# “1—8月，”, “截至6月底，”: when it was so, before the number.
_TIME = (
    r"(?:(?:截至|今年|\d{4}年)?[^，。；：、]{0,4}?\d{1,2}(?:[—\-–~～至]\d{1,2})?月[底末份]?"
    r"|今年以来|[上下]半年|[前一二三]+季度)"
)
_OPENING = re.compile(
    rf"\s*(?:{_TIME}[，,])?(?:全[省市县区州旗]|[我本][省市县区州旗])?"
    rf"(?:本[类档组批]|这[一]?[类档组批]|该[类档])?(?:项目)?(?:共有?|计|有|合计)(?:项目)?(?P<count>{_COUNT})"
)
_RUN_IN = re.compile(
    rf"(?P<words>[^，。；：:、（）()]{{2,16}}?)(?:项目|工程)?(?:的)?(?:共|还|仍|只|则)?(?:有|是|为)?\s*[（(]?(?P<count>{_COUNT})(?:项目|工程)?[）)]?\s*"
    r"(?:[，,]?(?:分别|具体|依次)?(?:即|为|是|包括|如下)[：:]?|[：:。])"
)
_LABEL = re.compile(
    r"[\s\u3000]*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．]|[一二三四五六七八九十]是|[-•·●◆■▪□○◇▲△▶➢→★☆*]+)?\s*"
)
_TITLED = re.compile(
    r"\s*[【〔\[](?P<words>[^【】〔〕\[\]\d，。；：:]{2,12}?)的?(?:项目)?(?:共|有)?"
    r"(?P<number>\d+|[一二两三四五六七八九十]+)[个项件][】〕\]]"
)
_TURNED = re.compile(
    r"[由从]?[红黄绿蓝橙][灯牌]?[转变升降][为成到]?[红黄绿蓝橙]|(?:新增|新晋|退出|移出|晋升|降为)"
)
_PARTLY = re.compile(r"其中|前期费|不计入|另有")
_PIECES = re.compile(r"(?P<number>\d+|[一二两三四五六七八九十]+)")
_SAID = frozenset((*AMOUNTS, "reason", "status_text", "measures", "deadline", "percent"))


@dataclass(frozen=True, slots=True)
class _Band:
    """One state with a number: where its words, its number and its list stand."""

    line: Line
    words: Span
    count: Span
    number: int
    body: Span
    status: Status
    heading: bool
    wider: tuple[Span, ...] = ()  # what the list may fill where it is not the body


def read_bands(builder: Builder, lines: Sequence[Line], blocks: Sequence[Block]) -> None:
    """Read the sections and sentences that give a state, a number, and so many projects.

    ``blocks`` are those under the document's own names of states.
    """
    for block in blocks:
        # A section without a number of its own is the whole of a state that is counted above.
        alone = block.line.heading and sum(b.state == block.state for b in blocks) == 1
        if block.count or (alone and block.state.number > 1):
            _read(builder, _of_block(builder, block))
    sections = list(_sections(builder, lines))
    known = sum(bool(band.status) for band in sections)
    for band in sections:
        inside = [block for block in blocks if block.start < band.line.start < block.end]
        if inside and not band.status:  # “（二）城建类7个” below a state
            status, words = inside[-1].state.status, inside[-1].words
            _read(builder, replace(band, status=status, words=words))
        # Where the document's own states are known, no other words are one.
        elif band.status or (not blocks and known and len(sections) >= MIN_BANDS):
            _read(builder, band)
    for line in lines:
        if not line.heading:
            for band in _sentences(builder, line):
                _read(builder, band)
            labelled = _under_label(builder, line)
            for band in (*labelled, *_counts(builder, line), *_told_of(builder, line)):
                _read(builder, band)


def _of_block(builder: Builder, block: Block) -> _Band:
    """Return a block under the document's own name of a state, that says its number."""
    count = block.count or block.state.count or block.words
    number = chinese_count(builder.view.text[slice(*count)])
    heading, status = block.line.heading, block.state.status
    low, high = block.words
    words = (low, high + (builder.view.text[high : high + 1] in tuple("类档组级")))
    return _Band(block.line, words, count, number, block.body, status, heading)


def _sections(builder: Builder, lines: Sequence[Line]) -> Iterator[_Band]:
    """Yield the headings that count, by themselves or in the first words below them."""
    text = builder.view.text
    for place, line in enumerate(lines):
        if not line.heading or place + 1 == len(lines) or lines[place + 1].heading:
            continue
        stop = next((n for n in range(place + 1, len(lines)) if lines[n].heading), len(lines))
        body = (lines[place + 1].start, lines[stop - 1].end)
        wider = _numbered(builder, lines, place)
        words = state_words(text, line.start, line.end)
        counted = heading_count(text[line.start : line.end])
        if counted:
            low = line.start + counted.start("number")
            count = (low, low + len(counted["number"]))
        elif opening := _OPENING.match(text, *body):
            inner = COUNTED.search(text, *opening.span("count"))
            if inner is None or is_hedged(text, inner):
                continue
            count = inner.span("number")
        else:
            continue
        status = _state(text, words)
        if words and not _PARTLY.search(text[slice(*words)]):
            number = chinese_count(text[slice(*count)])
            yield _Band(line, words, count, number, body, status, True, wider)


def _numbered(builder: Builder, lines: Sequence[Line], place: int) -> tuple[Span, ...]:
    """Return the numbered lines of a section, headings or not, behind what leads them in."""
    stop = section_end(builder, lines, place)
    marked = [n for n in range(place + 1, stop) if _is_marked(builder, lines[n])]
    if not marked:
        return ()
    # What is said behind the last of them, a line of its own, is no part of the list.
    return ((lines[marked[0]].start, lines[stop - 1].end),)


def _is_marked(builder: Builder, line: Line) -> bool:
    label = _LABEL.match(builder.view.text, line.start, line.end)
    return label is not None and bool(label.group().strip())


def state_words(text: str, start: int, end: int) -> Span | None:
    """Return the words of a heading that name its state, without number and ordinal."""
    numbering = numbering_of(text[start:end])
    low = start + (numbering.length if numbering else 0)
    ordinal = _ORDINAL.match(text, low, end)
    low = ordinal.end() if ordinal else low
    words = _WORDS.match(text, low, end)
    if words is None:
        return None
    tail = _TAIL.search(text, low, words.end())
    high = tail.start() if tail and tail.start() > low else words.end()
    while high > low and text[high - 1] in " \u3000的":
        high -= 1
    return (low, high) if 1 < high - low <= MAX_WORDS else None


def _state(text: str, words: Span | None) -> Status:
    return status_of(text[slice(*words)], heading=True) if words else Status()


def _sentences(builder: Builder, line: Line) -> Iterator[_Band]:
    """Yield the sentences of a paragraph that begin with a state and a number."""
    text = builder.view.text
    label = _LABEL.match(text, line.start, line.end)
    begin = label.end() if label else line.start
    found = [(begin, m) for begin, m in _run_ins(text, begin, line.end)]
    for place, (_, match) in enumerate(found):
        words = state_words(text, *match.span("words"))
        inner = COUNTED.search(text, *match.span("count"))
        status = _state(text, words)
        if words is None or inner is None or is_hedged(text, inner):
            continue
        stop = _stop(text, match.end(), line.end)
        if match.group().rstrip().endswith(("。", "：", ":")):
            stop = found[place + 1][0] if place + 1 < len(found) else line.end
        elif place + 1 < len(found):  # “完工2个，为甲、乙；滞后1个，为丙”
            stop = min(stop, found[place + 1][0])
        number = chinese_count(inner["number"])
        yield _Band(line, words, inner.span("number"), number, (match.end(), stop), status, False)


def _under_label(builder: Builder, line: Line) -> Iterator[_Band]:
    """Yield the paragraph that a label with a state and a number opens: “【还没开工2个】甲：……”."""
    text = builder.view.text
    label = _TITLED.match(text, line.start, line.end)
    status = _state(text, label.span("words")) if label else None
    if label and status:
        count, body = label.span("number"), (label.end(), line.end)
        number = chinese_count(label["number"])
        yield _Band(line, label.span("words"), count, number, body, status, False)


def _counts(builder: Builder, line: Line) -> Iterator[_Band]:
    """Yield the parts of a paragraph that give a state, a number and names in any order."""
    text = builder.view.text
    for said in said_counts(text, line.start, line.end):
        inner = COUNTED.search(text, *said.count) or _PIECES.match(text, *said.count)
        if inner is None or is_hedged(text, inner):
            continue
        number, status = chinese_count(inner["number"]), _state(text, said.words)
        first, *more = said.bodies
        count = inner.span("number")
        yield _Band(line, said.words, count, number, first, status, False, tuple(more))


def _told_of(builder: Builder, line: Line) -> Iterator[_Band]:
    """Yield the parts of a paragraph that begin with a state and a number, each up to the next.

    “竣工的2个，是甲、乙。滞后的1个，丙征地没有完成。”: all behind a number tells of these.
    """
    text = builder.view.text
    sentences = parts(text, line.start, line.end, "。")
    found = [match for low, _ in sentences if (match := BEGINS.match(text, low, line.end))]
    if not found or found[0].start() > line.start:
        return
    stops = [match.start() for match in found[1:]] + [line.end]
    for match, stop in zip(found, stops, strict=True):
        if status := _state(text, match.span("words")):
            number, body = chinese_count(match["number"]), (match.end(), stop)
            words, count = match.span("words"), match.span("number")
            yield _Band(line, words, count, number, body, status, False)


def _run_ins(text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    for low, high in parts(text, start, end, "。；;"):
        while low < high and text[low] in " \t\u3000\n":
            low += 1
        match = _RUN_IN.match(text, low, min(end, high + 1))
        words = state_words(text, *match.span("words")) if match else None
        if match and words and (_state(text, words) or _TURNED.search(text[slice(*words)])):
            yield low, match


def _stop(text: str, start: int, end: int) -> int:
    return next(parts(text, start, end, "。"), (start, end))[1]


def _read(builder: Builder, band: _Band) -> bool:
    text = builder.view.text
    bodies = (*reversed(band.wider), band.body)
    inside = any(low <= band.words[0] < high for low, high in builder.proved)
    if not band.number or inside:
        return False
    body, items = _listed(text, bodies, band.number)
    if not items:
        return False
    if any(_is_read(builder, replace(band, body=body), items) for body in bodies):
        return False
    low = band.words[0] if band.words[0] >= band.line.start else body[0]
    low = body[0] if band.heading else min(low, body[0])
    forget(builder, body if band.heading else (low, max(body[1], band.count[1])))
    _add(builder, replace(band, body=body), items)
    builder.use((low, items[-1].end))
    return True


def _listed(text: str, bodies: Sequence[Span], number: int) -> tuple[Span, Sequence[Item]]:
    """Return the projects of the stretch that tells of so many, and the stretch."""
    lined = [(body, list(parts(text, *body, "\n"))) for body in bodies]
    for body, lines in lined:
        items = marked_items(text, lines, number)
        if items and all(_can_be(text, item) for item in items):
            return body, items
    body, split = split_best(text, bodies, number)
    if split and all(_can_be(text, item) for item in split):
        return body, split
    for body, lines in lined:
        items = items_apart(text, lines, number)
        if items and all(_can_be(text, item) for item in items):
            return body, items
    return bodies[0], ()


def _can_be(text: str, item: Item) -> bool:
    """Tell whether an item can be a project; its name may end in how many it is of."""
    name = "".join(text[a:b] for a, b in item.name)
    if len(name) > SHORT_NAME and is_doubtful(name):
        return False
    sized = _SIZED.search(text, item.name[-1][0], item.name[-1][1])
    if sized is None or sized.start() - item.name[0][0] < MIN_NAME:
        return is_item(text, item)
    return is_item(text, replace(item, name=((item.name[0][0], sized.start()),)))


def _is_read(builder: Builder, band: _Band, items: Sequence[Item]) -> bool:
    """Tell whether other readers found about as many projects, each apart from what is said."""
    low, high = builder.view.span(*band.body)
    own = builder.document.ordinal
    records = [r for r in builder.ledger.records if r.document == own and low <= r.start < high]
    if len(records) != band.number:
        # One or two short of what their own counts say too is the source's slip, no misreading.
        rosters = [builder.ledger.rosters[n] for n in {r.roster for r in records}]
        stated = sum(int(r.stated.value or 0) for r in rosters if r.stated)
        slipped = stated == band.number and MISREAD * band.number < len(records) < band.number
        return slipped and _are_apart(records)
    if WHY_LEAD.search(builder.view.text, *band.body) and not any(
        "reason" in record.fields for record in records
    ):
        return False
    more = sum(bool(i.unit) + bool(i.notes) for i in items) - _told(records)
    owners = sum(bool(i.unit) for i in items) - sum("unit" in r.fields for r in records)
    if more >= max(MUCH_MORE, len(items) // 8) and owners >= 0:
        return False
    return _are_apart(records)


def _are_apart(records: Sequence[Record]) -> bool:
    """Tell whether the records are each apart from what is said of them, but for one in twenty."""
    mixed = [
        r
        for r in records
        if not is_told_apart(r.name, words.text if (words := r.fields.get("unit")) else None)
    ]
    return len(mixed) <= len(records) // FEW


def _told(records: Sequence[Record]) -> int:
    """Return of how many of the records an owner is known, and of how many something else."""
    return sum(("unit" in r.fields) + bool(r.fields.keys() & _SAID) for r in records)


def forget(builder: Builder, body: Span) -> None:
    """Drop what other readers found in a list: it is not as many as the list counts."""
    low, high = builder.view.span(*body)
    ledger, own = builder.ledger, builder.document.ordinal
    gone = [r for r in ledger.records if r.document == own and low <= r.start < high]
    ledger.records = [
        r for r in ledger.records if not (r.document == own and low <= r.start < high)
    ]
    for number in {record.roster for record in gone}:
        if all(record.roster != number for record in ledger.records):
            ledger.rosters[number] = replace(ledger.rosters[number], stated=None, announced=None)


def _add(builder: Builder, band: _Band, items: Sequence[Item]) -> None:
    view = builder.view
    # Items that are headings themselves are no heading of the list.
    at = band.line.start if band.heading else band.body[0]
    below = builder.context(Line(at, at + 1, heading=False))
    words = builder.words(band.words)
    status = band.status
    context = replace(below, status=status, status_words=words)
    low, high = min(band.words[0], band.count[0]), max(band.words[1], band.count[1] + 1)
    lead = None if band.heading else builder.words((low, high))
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(items[0].start, items[-1].end), below.heading,
            lead, builder.words(band.count, float(band.number)), None, status.stage,
            status.progress, below.as_of,
        )
    )  # fmt: skip
    late = status.stage in LATE_STAGES or status.progress == "behind"
    first = len(builder.ledger.records)
    for item in items:
        add_item(builder, item, roster, context, status, words if late else None, below.as_of)
        record = builder.ledger.records[-1]
        if not late:
            said = record.fields.setdefault("status_text", words)
            if said != words:
                record.fields[ALSO] = words  # the state that the heading puts it into
        stopped = late and record.stage is None and _stopped(view.text, item)
        if stopped:
            builder.ledger.records[-1] = replace(record, stage="suspended")
        if status.either:  # which of them, its own words say, or another list that names it
            stage = _stage_among(view.text, item, status)
            builder.ledger.records[-1] = replace(record, stage=stage)
    deal_amounts(builder, items, first)


def _stopped(text: str, item: Item) -> bool:
    """Tell whether what is said of a late project is that its work has stopped."""
    return any(status_of(text[slice(*note)]).stage == "suspended" for note in item.notes)


def _stage_among(text: str, item: Item, status: Status) -> Stage | None:
    """Return the one of several stages that a clause about a project says, if one but does that.

    “企业决定暂缓扩产” is why, and does not say that work has stopped.
    """
    clauses = (text[a:b] for note in item.notes for a, b in parts(text, *note, "，,；;。"))
    said = (status_of(clause).stage for clause in clauses if is_status_only(clause))
    return next((stage for stage in said if stage in status.either), None)
