"""Lists by who answers for the projects, or by place or sector, whose text tells each one's state.

“叁、水务中心（7个）” above “已交付2个：A、B（……）。欠账1个：C，……”, “①A，……，已交付。②B、③C，
均顺排。” or “A已交付，……；B、C顺排”: the document's own names of its states show where each
project stands. The heading's number proves the reading. All spans are offsets into a View's
clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.ledger.attributes import Fields
from index.ledger.bands import forget
from index.ledger.besides import Beside, Finder
from index.ledger.builder import Builder, Line
from index.ledger.edges import STOPS
from index.ledger.lists import add_item, is_item
from index.ledger.merging import ALSO
from index.ledger.names import core_name
from index.ledger.naming import is_told_apart, named_in
from index.ledger.ownstates import as_written
from index.ledger.prose import Item
from index.ledger.reasons import reason_kind
from index.ledger.records import LATE_STAGES, NOTE, STATE, Roster, Span
from index.ledger.splitting import MAX_COST, ways
from index.ledger.states import State, worded
from index.ledger.told import told_reason
from index.ledger.unitsections import Section, counted_sections

MIN_SURE = 3  # projects that stand where the heading counts otherwise, or not at all
MIN_STATES = 2  # of these in as many states
SLIP = 5  # one in so many may be missing from a list by the source's own slip
SURE_COST = 0.6  # per project, of a reading that no number proves
MORE_COST = 1.0  # of one more project in a reading that fits the number
_CAUSE = re.compile(
    r"(?:均|都|主要)*(?:原因(?:主要)?)?(?:是|系|为|在于)?[：:]?(?:因为?(?![此地])|由于)|(?:主要)?原因(?:主要)?(?:是|系|为|在于)[：:]?|系|主要(?:是|系)"
)

_Ways = Mapping[int, tuple[float, tuple[tuple[Item, Beside], ...]]]


def read_inline_states(
    builder: Builder, lines: Sequence[Line], states: Mapping[str, State]
) -> None:
    """Read the sections whose text tells each project's state by the document's own names."""
    if not states:
        return
    finder = Finder(list(states), list(worded(states)))
    states = {**worded(states), **states}
    for section in counted_sections(builder, lines):
        besides = list(_besides(builder, finder, section, states))
        items = _proved(builder.view.text, section, besides)
        if not items:
            continue
        first = min(min(item.start, beside.words[0]) for item, beside in items)
        span = (
            next(low for low, high in section.body if low <= first < high),
            max(max(item.end, beside.words[1]) for item, beside in items),
        )
        if any(_is_row(builder, place) for place in _within(builder, section.whole)):
            continue  # a table lists them, and the text but tells of some
        if _is_read(builder, section, span, len(items)):
            _note_states(builder, span, items, states)
        else:
            _add(builder, section, span, items, states)


def _besides(
    builder: Builder, finder: Finder, section: Section, states: Mapping[str, State]
) -> Iterator[Beside]:
    """Yield the stretches of a section in one state each; a label's list may be lines below it."""
    text = builder.view.text
    waiting: Beside | None = None
    for span in section.body:
        found = [one for one in finder.beside(text, *span) if not _tells_all(one, states)]
        found = _without_counts(text, found)
        if waiting and not found:
            low = waiting.names[0] if waiting.names[0] < waiting.names[1] else span[0]
            waiting = replace(waiting, names=(low, span[1]))
            continue
        if waiting:
            yield waiting
        waiting = found.pop() if found and found[-1].names[0] >= found[-1].names[1] else None
        yield from found
    if waiting:
        yield waiting


def _without_counts(text: str, besides: Sequence[Beside]) -> list[Beside]:
    """Return the stretches without those of a sentence that but counts (“完工3个、滞后2个。”).

    A last label without a list may be followed by its list on the lines below it.
    """
    kept: list[Beside] = []
    for place, one in enumerate(besides):
        before = besides[place - 1] if place else None
        beside = before and _is_bare(text, before) and _in_one_sentence(text, before, one)
        last = place + 1 == len(besides) and not beside
        if last or not _is_bare(text, one):
            kept.append(one)
    return kept


def _is_bare(text: str, beside: Beside) -> bool:
    """Tell whether a label has no list behind it."""
    return beside.listed and not text[slice(*beside.names)].strip(f"{STOPS}、")


def _in_one_sentence(text: str, one: Beside, other: Beside) -> bool:
    return not re.search(r"[。\n]", text[one.words[1] : other.words[0]])


def _tells_all(beside: Beside, states: Mapping[str, State]) -> bool:
    """Tell whether a state stands in the very sentence that counts all of them."""
    low, high = states[beside.state].sentence
    return high - low > len(beside.state) and low <= beside.words[0] < high


def _proved(
    text: str, section: Section, besides: Sequence[Beside]
) -> tuple[tuple[Item, Beside], ...]:
    """Return the projects of a section, each with its state; nothing where nothing proves them."""
    if len(besides) == 0:
        return ()
    limit = max(section.number + 2, MIN_SURE) if section.number else 40
    total: _Ways = {0: (0.0, ())}
    for beside in besides:
        total = _joined(total, _read(text, beside, limit), limit)
    total = {n: w for n, w in total.items() if n and all(is_item(text, i) for i, _ in w[1])}
    if not total:
        return ()
    plain = min(total, key=lambda n: (total[n][0], n))
    fitting = total.get(section.number)
    if fitting:
        more = abs(section.number - plain) * MORE_COST
        if fitting[0] <= min(MAX_COST * section.number, total[plain][0] + more):
            return fitting[1]
    near = abs(plain - section.number) <= max(1, section.number // SLIP) or not section.number
    many = len({beside.state for _, beside in total[plain][1]}) >= MIN_STATES
    sure = total[plain][0] <= SURE_COST * plain
    return total[plain][1] if near and many and sure and plain >= MIN_SURE else ()


def _joined(left: _Ways, right: _Ways, limit: int) -> _Ways:
    best: dict[int, tuple[float, tuple[tuple[Item, Beside], ...]]] = {}
    for n, (cost, items) in left.items():
        for m, (more, others) in right.items():
            if n + m <= limit and (n + m not in best or cost + more < best[n + m][0]):
                best[n + m] = (cost + more, (*items, *others))
    return best


def _read(text: str, beside: Beside, limit: int) -> _Ways:
    """Return the ways to read one stretch as projects, by their number."""
    found: dict[int, tuple[float, tuple[Item, ...]]] = {}
    if beside.listed:
        listed = ways(text, *beside.names, limit).items()
        found = {n: (cost, _owned(items, beside.unit)) for n, (cost, items) in listed}
    else:
        for named in named_in(text, *beside.names, beside.unit):
            number = len(named.items)
            if number not in found or named.cost < found[number][0]:
                items = tuple(_with_notes(item, beside) for item in named.items)
                found[number] = (named.cost, items)
    fits = {
        n: way
        for n, way in found.items()
        if n and n <= limit and (not beside.number or n == beside.number)
    }
    return {n: (cost, tuple((item, beside) for item in items)) for n, (cost, items) in fits.items()}


def _owned(items: Sequence[Item], unit: Span | None) -> tuple[Item, ...]:
    """Return items that are ``unit``'s where they name no owner of their own."""
    return tuple(replace(item, unit=item.unit or unit) for item in items)


def _with_notes(item: Item, beside: Beside) -> Item:
    end = max([item.end, *(high for _, high in beside.notes)])
    return replace(item, end=end, notes=(*item.notes, *beside.notes))


def _is_read(builder: Builder, section: Section, span: Span, number: int) -> bool:
    """Tell whether other readers found as many projects, each apart from what is said of it."""
    found = [builder.ledger.records[place] for place in _within(builder, span)]
    enough = len(found) == section.number if section.number else len(found) >= number
    if section.unit and not all("unit" in r.fields for r in found):
        return False
    return enough and all(
        is_told_apart(r.name, unit.text if (unit := r.fields.get("unit")) else None) for r in found
    )


def _bare_cause(text: str, note: Span) -> Span:
    """Return what is said of a late project without the words that lead in a reason."""
    led = _CAUSE.match(text, *note)
    return (led.end(), note[1]) if led and led.end() < note[1] else note


def _lacking(text: str, item: Item) -> Span | None:
    """Return what is said to be lacking of a project in a state whose meaning is not known."""
    for note in item.notes:
        why = told_reason(text, *_bare_cause(text, note), lacking=True)
        if why:
            return why
    return None


def _within(builder: Builder, span: Span) -> list[int]:
    """Return the positions of the records that stand in a clean span."""
    low, high = builder.view.span(*span)
    own = builder.document.ordinal
    records = enumerate(builder.ledger.records)
    return [n for n, r in records if r.document == own and low <= r.start < high]


def _is_row(builder: Builder, place: int) -> bool:
    """Tell whether a record stands in a table."""
    return builder.ledger.rosters[builder.ledger.records[place].roster].table


def _join_words(builder: Builder, fields: Fields) -> None:
    """Let a state and what is told right behind it (“建成|通车”) say together where one stands."""
    low, high = (builder.clean(at) for at in (fields[STATE].start, fields[STATE].end))
    low -= builder.view.text.endswith("已", 0, low)
    for key in ("status_text", NOTE):
        words = fields.get(key)
        if words and len(words.spans) == 1 and builder.clean(words.start) == high:
            fields.pop(key)
            fields["status_text"] = builder.words((low, high + len(words.text)))


def _note_states(
    builder: Builder,
    span: Span,
    items: Sequence[tuple[Item, Beside]],
    states: Mapping[str, State],
) -> None:
    """Note the state that the text tells beside each of the projects that were read already."""
    told = {
        core_name(builder.name(item.name).text): builder.words(
            as_written(builder.view.text, beside.words, states[beside.state])
        )
        for item, beside in items
    }
    for place in _within(builder, span):
        record = builder.ledger.records[place]
        words = told.get(core_name(record.name))
        if words:
            record.fields.setdefault(STATE, words)


def _add(
    builder: Builder,
    section: Section,
    span: Span,
    items: Sequence[tuple[Item, Beside]],
    states: Mapping[str, State],
) -> None:
    view = builder.view
    forget(builder, span)
    below = builder.context(Line(span[0], span[0] + 1, heading=False))
    roster = builder.roster(
        Roster(
            builder.document.ordinal,
            *view.span(*span),
            section.heading,
            None,
            section.count,
            as_of=below.as_of,
        )
    )
    for item, beside in items:
        state = states[beside.state]
        status, words = state.status, builder.words(as_written(view.text, beside.words, state))
        late = status.stage in LATE_STAGES or status.progress == "behind"
        context = replace(below, status=status, status_words=words, unit=section.unit or below.unit)
        if late:
            item = replace(item, notes=tuple(_bare_cause(view.text, note) for note in item.notes))
        add_item(builder, item, roster, context, status, words if late else None, below.as_of)
        fields = builder.ledger.records[-1].fields
        fields[STATE] = words
        _join_words(builder, fields)
        if not status and (why := _lacking(view.text, item)):
            fields["reason"] = builder.words(why)
            kind = reason_kind(fields["reason"].text)
            builder.ledger.records[-1] = replace(builder.ledger.records[-1], reason_kind=kind)
        if not late and fields.setdefault("status_text", words) != words:
            fields[ALSO] = words  # the state that the text puts it into
    builder.use(span)
    if len(items) == section.number:
        builder.proved.append(span)
