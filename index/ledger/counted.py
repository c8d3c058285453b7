"""Sections that say how many projects they list: every project is found, or none is taken.

Below “（一）已竣工项目（5个）” stand units with counts of their own (“1．区住建局（2个）”),
items numbered within a paragraph (“（1）A，5月通水；（2）B”), or one paragraph a project
(“A。总投资1.9亿元，……（区水务局）”). The heading's count proves the reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.headings import numbering_of
from index.ledger.attributes import labelled_parts, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, announces_list, bare_heading
from index.ledger.edges import STOPS, trimmed
from index.ledger.entries import past_label
from index.ledger.labels import IN_TEXT
from index.ledger.lists import is_item, own_status, status_words_in
from index.ledger.names import is_generic, looks_named
from index.ledger.notes import note_fields
from index.ledger.prose import COUNTED, Item, chinese_count, is_hedged, read_item, read_listing
from index.ledger.records import LATE_STAGES, Roster, Span, Words
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.told import told_reason
from index.ledger.units import are_units, is_strong_unit

MAX_NAME = 45  # characters
MIN_SURE = 3  # marked ones that stand even where the heading counts otherwise
MIN_PLAIN = 2  # marked paragraphs under a heading without a count
_COUNT = r"(?:\d+|[一二两三四五六七八九十]+)"
_GROUP = re.compile(
    rf"(?P<words>[^，。；：:、（）()]{{2,20}}?)\s*(?:[（(](?:共|计)?(?P<a>{_COUNT})\s*[个项件][^（）()]{{0,20}}[）)]"
    rf"|(?:共|有)?(?P<b>{_COUNT})\s*[个项件](?:项目|工程)?)\s*(?:[。：:，,]|$)"
)
_LABEL = re.compile(
    r"[（(](?P<a>\d{1,2})[）)]|(?P<b>\d{1,2})[.．、](?!\d)|(?P<c>[①-⑳])"
    r"|(?P<d>[一二三四五六七八九])是"
)
_LISTS = re.compile(r"[，,]?(?:分别|具体|依次)?(?:是|为|有|包括|如下)?$")
_THINGS = re.compile(r"(?<=[个处座所条])(?:老旧)?(?:小区|社区|公园|片区|点位|标段|村|路段|地块)$")
_SUM_BEHIND = re.compile(r"[，,][^，,。（）()]{0,8}\d[\d.．]*[万亿]*元$")
# “3个未开工项目已经开工”, “仍有5个项目滞后”: what a heading says of as many as it counts.
_SAID_OF = re.compile(
    r"[^，。；：、（）()\d]{0,10}?(?:项目|工程|任务|事项)(?P<said>[^，。；：、\d]{2,12})"
)
_OPENED = re.compile(r"(?P<lead>[^：:]{3,120}[：:])\s*(?:[（(]1[）)]|1[.．、](?!\d)|①|一是)")
_BEFORE_LABEL = frozenset("。；;：: \t\u3000，,")
_OPENING = re.compile(r"[：:]\s*$")
_CLASS = re.compile(r"[^（(：:，,。]+")  # a heading without its count in brackets
_BOLD = re.compile(r"(?:\*\*|__)(?P<name>[^*_\n]{2,45}?)[：:。]?(?:\*\*|__)\s*[：:。，,]?")
_NAME_STOP = re.compile(r"[，。；：:]|——")
_BRACKET_LAST = re.compile(r"[（(](?P<words>[^（）()]{2,60})[）)][。；;\s]*$")
_TAG = re.compile(r"[【\[](?P<tag>[^】\]]{2,8})[】\]]\s*(?=\S)")
_TAGGED = re.compile(r"(?P<name>[^，。；：:]{3,45})[。：:]\s*(?=\S)")
_OTHERWISE = frozenset({"not_started", "suspended", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """One project as it was found: where it stands, whose it is, and its name and notes."""

    span: Span
    item: Item
    unit: Span | None
    body: Span
    # In bold, with its unit in brackets at its end, or in a group that holds what it says.
    marked: bool = False


def read_counted(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the sections whose headings count what they list, and runs of tagged paragraphs."""
    place = 0
    while place < len(lines):
        stop = section_end(builder, lines, place)
        body = paragraphs(builder, lines[place + 1 : stop])
        if stop > place + 1 and _read_section(builder, lines[place], body):
            place = stop
            continue
        _read_inline(builder, lines[place])
        place += 1
    _read_tagged(builder, lines)


def section_end(builder: Builder, lines: Sequence[Line], place: int) -> int:
    """Return the line behind the section that the heading at ``place`` opens."""
    line = lines[place]
    if not line.heading:
        return place
    at = builder.view.offsets[line.start]
    section = next((s for s in builder.document.sections if s.start == at), None)
    end = place + 1
    while section and end < len(lines) and builder.view.offsets[lines[end].start] < section.end:
        end += 1
    return end


def paragraphs(builder: Builder, lines: Sequence[Line]) -> list[Span]:
    """Return the paragraphs of the lines: a run-in heading and what follows it are one."""
    found: list[Span] = []
    for line in lines:
        if found and "\n" not in builder.view.text[found[-1][1] : line.start]:
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return found


def heading_count(words: str) -> re.Match[str] | None:
    """Return the count that a heading gives of what stands below it (“……（6个，区水务局）”)."""
    words = _SUM_BEHIND.sub("", _LISTS.sub("", words.rstrip("：: ")))
    words = _THINGS.sub("项目", words)
    match = COUNTED.search(words)
    if match is None or is_hedged(words, match):
        return None
    last = not re.search(r"[^）)】\s项目工程任务事：:。]", words[match.end() :])
    said = _SAID_OF.fullmatch(words, match.end())
    last = last or bool(said and status_of(said["said"], heading=True))
    bracketed = words[: match.start()].rstrip("共计有 ").endswith(("（", "("))
    return match if last or bracketed else None


def _read_section(builder: Builder, line: Line, body: Sequence[Span]) -> bool:
    text = builder.view.text
    body = _own(text, line, body)
    heading = text[line.start : line.end]
    counted = heading_count(heading)
    if not body or any(builder.is_used(span) for span in body):
        return False
    status = status_of(bare_heading(heading), heading=True)
    above = builder.context(line).status
    if status:
        status = Status(status.stage or above.stage, status.progress or above.progress)
    if not (status or (counted and announces_list(heading))):
        return False
    pieces = _pieces(builder, body)
    if pieces is None:
        return False
    stated = None
    if counted:
        number = chinese_count(counted["number"])
        sure = len(pieces) >= MIN_SURE and all(piece.marked for piece in pieces)
        if len(pieces) != number and not sure:
            return False
        low = line.start + counted.start("number")
        stated = builder.words((low, low + len(counted["number"])), float(number))
    elif len(pieces) < MIN_PLAIN or not all(piece.marked for piece in pieces):
        return False
    _add_all(builder, pieces, stated, _heading_context(builder, line, body[0], status))
    for span in body:
        builder.use(span)
    return True


def _own(text: str, line: Line, body: Sequence[Span]) -> Sequence[Span]:
    """Return the paragraphs before the next one that is numbered as high as the heading."""
    own = numbering_of(text[line.start : line.end])
    for place, (start, end) in enumerate(body):
        numbering = numbering_of(text[start:end])
        if own and numbering and numbering.level <= own.level:
            return body[:place]
    return body


def _read_inline(builder: Builder, line: Line) -> bool:
    """Read “仍未开工2个：（1）A，……；（2）B，……”, whose lead-in stands in its paragraph."""
    text = builder.view.text
    if line.heading or builder.is_used((line.start, line.end)):
        return False
    opening = _OPENED.match(text, line.start, line.end)
    if opening is None:
        return False
    low = max(text.rfind("。", line.start, opening.end("lead")) + 1, line.start)
    lead = (past_label(text, low, opening.end("lead")), opening.end("lead"))
    counted = heading_count(text[slice(*lead)].rstrip("：:"))
    status = own_status(text[slice(*lead)])
    spans = _inline(text, opening.end("lead"), line.end)
    if not status or counted is None or chinese_count(counted["number"]) != len(spans):
        return False
    pieces = [piece for span in spans if (piece := _piece(text, span, None))]
    if len(pieces) != len(spans):
        return False
    context = builder.context(line)
    words = status_words_in(builder, lead)
    at = lead[0] + counted.start("number")
    stated = builder.words((at, at + len(counted["number"])), float(len(spans)))
    own = replace(context, status=status, status_words=words)
    _add_all(builder, pieces, stated, own, lead)
    builder.use((lead[0], line.end))
    return True


def _add_all(
    builder: Builder,
    pieces: Sequence[_Piece],
    stated: Words | None,
    context: Context,
    lead: Span | None = None,
) -> None:
    view, status = builder.view, context.status
    span = view.span(pieces[0].span[0], pieces[-1].span[1])
    words = Words(view.text[slice(*lead)].rstrip("：:"), (view.span(*lead),)) if lead else None
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *span, context.heading, words, stated, None,
            status.stage, status.progress, context.as_of,
        )
    )  # fmt: skip
    for piece in pieces:
        _add(builder, piece, roster, context, status)


def _heading_context(builder: Builder, line: Line, first: Span, status: Status) -> Context:
    """Return the context of what stands directly below a heading, not of its parts."""
    text = builder.view.text
    numbering = numbering_of(text[line.start : line.end])
    heading = builder.words((line.start + (numbering.length if numbering else 0), line.end))
    below = builder.context(Line(first[0], first[0] + 1, heading=False))
    said = _CLASS.match(heading.text)
    words = None
    if status and said and status_of(said.group(), heading=True):
        low = line.start + (numbering.length if numbering else 0)
        words = builder.words((low, low + said.end()))
    return replace(below, heading=heading, status=status, status_words=words, unit=None)


def _pieces(builder: Builder, body: Sequence[Span]) -> list[_Piece] | None:
    """Return the projects of a section's paragraphs, None where one of them names none."""
    text = builder.view.text
    found: list[_Piece] = []
    unit: Span | None = None
    due: int | None = None  # how many the group at hand still owes
    grouped = 0  # how many the groups hold by their own counts
    structured = False
    for place, (start, end) in enumerate(body):
        low = start if _BOLD.match(text, start, end) else past_label(text, start, end)
        inline = _inline(text, start, end)
        group = _GROUP.match(text, low, end)
        if group and looks_named(group["words"]) and not are_units(group["words"]):
            group = None
        size = None
        if group:
            if due or status_of(group["words"], heading=True):
                return None  # parts that say a status of their own are lists of their own
            words = group["words"]
            unit = group.span("words") if are_units(words) else None
            size = due = chinese_count(group["a"] or group["b"])
            grouped += size
            low, structured = group.end(), True
        elif is_strong_unit(text[low:end].strip("：: ")):
            unit, low, due = (low, low + len(text[low:end].strip("：: "))), end, None
        if not text[low:end].strip(STOPS):
            continue
        if place == 0 and len(body) > 1 and _OPENING.search(text, low, end) and not group:
            continue  # “具体如下：”
        pieces = inline if len(inline) > 1 else _inline(text, low, end)
        structured = structured or len(pieces) > 1 or len(body) > 1 or low > start
        read = [_piece(text, span, unit) for span in pieces]
        structured = structured or any(piece and piece.marked for piece in read)
        if size and len(read) != size:
            items = read_listing(text, low, end, size).items
            read = [_Piece((i.start, i.end), i, i.unit or unit, (i.end, i.end)) for i in items]
        if not read or any(piece is None for piece in read):
            return None
        if due is not None:
            due -= len(read)
            if due < 0:
                return None
        found += [piece for piece in read if piece]
    if due or not structured:
        return None
    return [replace(piece, marked=True) for piece in found] if grouped == len(found) else found


def _inline(text: str, start: int, end: int) -> list[Span]:
    """Return the items numbered 1, 2, 3 … within a paragraph; the whole of it if there are none."""
    labels: list[re.Match[str]] = []
    for match in _LABEL.finditer(text, start, end):
        number = _number(match)
        begins = match.start() == start or text[match.start() - 1] in _BEFORE_LABEL
        same = not labels or labels[0].lastgroup == match.lastgroup
        if begins and same and number == len(labels) + 1:
            labels.append(match)
    if not labels or text[start : labels[0].start()].strip(STOPS):
        return [(start, end)]
    stops = [match.start() for match in labels[1:]] + [end]
    return [(match.end(), stop) for match, stop in zip(labels, stops, strict=True)]


def _number(label: re.Match[str]) -> int:
    value = label["a"] or label["b"] or label["d"]
    return chinese_count(value) if value else ord(label["c"]) - ord("①") + 1


def _piece(text: str, span: Span, unit: Span | None) -> _Piece | None:
    """Return the project that ``text[span]`` begins with the name of."""
    start, end = span
    start, end = trimmed(text, start, end)
    bold = _BOLD.match(text, start, end)
    name_end = stop = _name_end(text, start, end)
    if bold:
        start, name_end, stop = bold.start("name"), bold.end("name"), bold.end()
    item = read_item(text, start, name_end)
    if item is None or item.name[0][1] - item.name[0][0] > MAX_NAME:
        return None
    owner = next((note for note in item.notes if are_units(text[slice(*note)])), None)
    if owner:
        unit, item = owner, replace(item, notes=tuple(n for n in item.notes if n != owner))
    # “新增学位900个（区教育局）” is a task, whatever a count at a name's end says else.
    name = _name(text, item)
    task = owner is not None and not is_generic(name) and not is_status_only(name)
    if not task and not is_item(text, item):
        return None
    if not task and status_of(name) and not looks_named(name):
        return None
    last = _BRACKET_LAST.search(text, stop, end)
    if last is None:
        return _Piece((start, end), item, unit, (stop, end), bool(bold or owner))
    body = (stop, last.start())
    if are_units(last["words"]):
        return _Piece((start, end), item, last.span("words"), body, marked=True)
    noted = replace(item, notes=(*item.notes, last.span("words")))
    return _Piece((start, end), noted, unit, body, bool(bold or owner))


def _name(text: str, item: Item) -> str:
    return "".join(text[a:b] for a, b in item.name)


def _name_end(text: str, start: int, end: int) -> int:
    """Return where the first words end: at a stop outside of brackets."""
    for match in _NAME_STOP.finditer(text, start, end):
        before = text[start : match.start()]
        if before.count("（") + before.count("(") == before.count("）") + before.count(")"):
            return match.start()
    return end


def _add(
    builder: Builder,
    piece: _Piece,
    roster: int,
    context: Context,
    status: Status,
    *,
    tagged: bool = False,
) -> None:
    view = builder.view
    fields = {"name": builder.name(piece.item.name)}
    if piece.unit:
        fields["unit"] = builder.words(piece.unit)
    late = status.stage in LATE_STAGES or status.progress == "behind"
    low, high = _told(view.text, *piece.body)
    said = status_of(view.text[low:high])  # its spans count from ``low``
    fields = {**read_attributes(view, low, high), **fields}
    why = None
    if late and "reason" not in fields:
        free = [span for key, span in labelled_parts(view.text, low, high) if key is None]
        reasons = (told_reason(view.text, *span, lacking=tagged) for span in free)
        why = next((span for span in reasons if span), None)
    if why:
        fields["reason"] = builder.words(why)
    for note in piece.item.notes:
        extra, own = note_fields(view, *note, late=late)
        said = Status(said.stage or own.stage, said.progress or own.progress)
        fields = {**extra, **fields}
    if not late and low < high:
        label = IN_TEXT.search(view.text, low, high)
        told = _told(view.text, low, label.start() if label else high)
        if told[0] < told[1]:
            fields.setdefault("status_text", builder.words(told))
    if context.status_words and late:
        fields["status_text"] = context.status_words
    elif context.status_words:
        fields.setdefault("status_text", context.status_words)
    if context.as_of:
        fields.setdefault("as_of", context.as_of)
    stage = status.stage or said.stage
    if status.stage == "under_construction" and said.stage in _OTHERWISE:
        stage = said.stage  # “续建项目” names a class: one of them may stand still
    if stage in LATE_STAGES and not late and "reason" not in fields and said.span:
        before = told_reason(view.text, low, low + said.span[0], lacking=True)
        if before:
            fields["reason"] = builder.words(before)
    builder.record(
        context.kind, roster, view.span(*piece.span), fields,
        Status(stage, status.progress or said.progress),
    )  # fmt: skip


def _told(text: str, start: int, end: int) -> Span:
    """Return the span of what is told behind a label."""
    return trimmed(text, start, end, "：:—")


# -- paragraphs with a tag before the name ------------------------------------------


def _read_tagged(builder: Builder, lines: Sequence[Line]) -> None:
    """Read runs of paragraphs that begin with a tag: “【仍滞后】A。……”, “【已完工】B：……”."""
    run: list[tuple[Line, re.Match[str], re.Match[str]]] = []
    for line in [*lines, None]:
        match = _tagged(builder, line) if line else None
        if line and match:
            run.append((line, *match))
            continue
        if len(run) > 1 and any(status_of(tag["tag"], heading=True) for _, tag, _ in run):
            _add_tagged(builder, run)
        run = []


def _tagged(builder: Builder, line: Line) -> tuple[re.Match[str], re.Match[str]] | None:
    text = builder.view.text
    low = past_label(text, line.start, line.end)
    tag = _TAG.match(text, low, line.end)
    name = _TAGGED.match(text, tag.end(), line.end) if tag else None
    if tag is None or name is None or builder.is_used((line.start, line.end)):
        return None
    return tag, name


def _add_tagged(builder: Builder, run: Sequence[tuple[Line, re.Match[str], re.Match[str]]]) -> None:
    view = builder.view
    context = builder.context(run[0][0])
    span = view.span(run[0][0].start, run[-1][0].end)
    roster = builder.roster(
        Roster(builder.document.ordinal, *span, context.heading, None, None, as_of=context.as_of)
    )
    for line, tag, name in run:
        piece = _piece(view.text, (name.start(), line.end), None)
        if piece is None:
            continue
        status = status_of(tag["tag"], heading=True)
        plain = replace(context, status_words=None)
        _add(builder, piece, roster, plain, status, tagged=True)
        fields = builder.ledger.records[-1].fields
        if status:
            fields["status_text"] = builder.words(tag.span("tag"))
        builder.use((line.start, line.end))
