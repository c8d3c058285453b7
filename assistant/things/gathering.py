"""Everything that the documents say of a thing: its rows, its entries, sentences that name it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from assistant.evidence import sections_above
from assistant.grids.naming import called
from assistant.grids.reading import Grid, Line, grids_of
from assistant.mentions import candidates
from assistant.statements import Source
from assistant.things.amended import fold_same
from assistant.things.naming import FEW, known_names, others_than, without_extent, without_place
from assistant.things.remarks import Remark, Thing
from assistant.things.solely import of_its_own
from index.database import FileContent, FileRecord
from index.ledger.months import month_of, of_latest
from index.ledger.names import core_name
from index.ledger.periods import ended_in, periods_in
from index.ledger.status import status_mentions
from index.library import Library
from index.records import Document, View
from index.sentences import parts, sentences
from index.words import fold

BEGINS = 10  # characters that may stand before the name where a paragraph is about the thing
ENTRY = 8  # lines of an entry that are read after its first
_SINCE = re.compile(r"后来|之后|现在|目前|如今|最近|至今|眼下|这会儿")
_BY_THEN = re.compile(r"(?:之|以)?前")  # “6月底前” is a deadline, no time of a report
_GOES_ON = r"[（(]?(?:[一二三四五六七八九十\d]+[期标段批号#]|[A-Za-z](?![A-Za-z\d]))"
_PHASE = re.compile(_GOES_ON)
_LABEL_LINE = re.compile(r"^\s*[\u4e00-\u9fff]{2,10}[：:]")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+\s*[.．、])"
)
_LEAD = re.compile(
    r"^\s*(?:[（(【〔\[]\s*([^）)】〕\]]{1,16})[）)】〕\]]|([^：:，。；]{2,16})[：:])"
)
_ORDER = re.compile(
    r"(?:依次|分别)(?:为|是)[：:]?\s*(?P<heads>(?:[^\n。（）()]|[（(][^（）()]*[）)])+)"
)
_BARS = re.compile(r"[｜|]")


def remarks_on(thing: Thing, library: Library) -> list[Remark]:
    """Return what all documents say of a thing, in their order."""
    found: list[Remark] = []
    names = known_names(library)
    files = library.files()
    for file in files if len(files) <= FEW else candidates(thing.name, library):
        found += _cells(thing, file, library)
    others = others_than(thing, [n for n, kind in names.items() if kind == "project"])
    longer = [n for n, kind in names.items() if kind == "project" and _longer(n, thing)]
    placed = [n for n in longer if without_place(n) in thing.names]
    if len(placed) == 1:  # the same thing, called with its place
        longer.remove(placed[0])
    seen: dict[int, FileRecord] = {f.id: f for n in thing.names for f in candidates(n, library)}
    for file in seen.values():
        content = library.content(file.id)
        for document in content.structure.documents:
            found += _prose(thing, file.id, content, document, others, longer)
    return found


def of_time(text: str, remarks: Sequence[Remark], library: Library) -> Sequence[Remark]:
    """Return the remarks of the reports that count up to the time asked of (“6月底”).

    All of them where no report does: the time is then that of what happened. What came of
    it “后来” is told by later ones.
    """
    asked = [
        period
        for period in periods_in(fold(text))
        if period.month and not period.day and not _BY_THEN.match(text, period.span[1])
    ]
    if not asked:
        return _latest(remarks)
    if _SINCE.search(text):
        return remarks
    ends = {
        (row.file.id, row.record.document): ended_in(row)
        for row in library.ledger.rows
        if row.roster.stated or row.roster.table
    }
    fitting = {place for place, end in ends.items() if any(p.fits(end) for p in asked)}
    if not any((remark.file_id, remark.document) in fitting for remark in remarks):
        return remarks
    # What reports nothing up to a day (minutes, a notice) may tell of that time, too.
    then = {place for place in ends if place not in fitting}
    return [remark for remark in remarks if (remark.file_id, remark.document) not in then]


def _latest(remarks: Sequence[Remark]) -> Sequence[Remark]:
    """Return the remarks without the cells of a row that the same column of a later month follows.

    Of “9月底评定” and “10月底评定” the second tells how a thing stands now.
    """
    dated = [r for r in remarks if r.kind == "cell" and month_of(r.label)]
    now = of_latest(dated, lambda remark: remark.label, lambda remark: remark.sources[0])
    past = set(map(id, dated)) - set(map(id, now))
    return [remark for remark in remarks if id(remark) not in past]


def _longer(name: str, thing: Thing) -> bool:
    if without_extent(name) in thing.names:
        return False
    return any(own in name and own != name for own in thing.names)


def _cells(thing: Thing, file: FileRecord, library: Library) -> Iterator[Remark]:
    """Yield the cells of the rows that are of the thing."""
    content = library.content(file.id)
    for grid in grids_of(file.id, file.path, content):
        document = content.structure.documents[grid.document]
        rows = [
            line for line in grid.lines if _is_of(core_name(line.words.get(grid.name, "")), thing)
        ]
        if not rows and any(len(n) > 4 for n in thing.names):
            rows = [line for line in grid.lines if _within(line, grid, thing)]
        if len(rows) != 1:
            continue
        line = rows[0]
        said = "；".join(line.words.values())
        for column in grid.columns:
            words = line.words.get(column.number, "")
            if not words or column.number == grid.name or column.kind == "serial":
                continue
            yield Remark(
                "cell", column.path, words, file.id, grid.document,
                grid.date or document.date or "",
                document.title, f"{grid.title} {line.group}", f"{line.group}；{said}",
                column.unit if column.number in line.values else "", column.money,
                document.date_text or "", _dated(file.id, document),
                sources=tuple(grid.sources(line, [column.number])),
            )  # fmt: skip


def _dated(file_id: int, document: Document) -> Source | None:
    """Return where a document says its date."""
    start, end = document.date_start, document.date_end
    if start is None or end is None:
        return None
    return Source(file_id, document.ordinal, start, end)


def _within(line: Line, grid: Grid, thing: Thing) -> bool:
    """Tell whether a row's name with its other cells makes up the thing's name."""
    name = core_name(line.words.get(grid.name, ""))
    return len(name) >= 3 and name in thing.name and called(thing.name, line, grid)


def _is_of(name: str, thing: Thing) -> bool:
    own = {core_name(name) for name in thing.names}
    return bool(name) and (name in own or without_extent(name) in own)


def _prose(
    thing: Thing,
    file_id: int,
    content: FileContent,
    document: Document,
    others: Sequence[str],
    longer: Sequence[str],
) -> Iterator[Remark]:
    """Yield the sentences that running text says of the thing, each once."""
    view = content.structure.reading.view(document.start, document.end)
    tables = [(b.start, b.end) for b in content.blocks if b.kind == "table"]
    seen: set[tuple[int, int]] = set()
    for at, end in _places(view.text, thing, longer):
        where = view.offsets[at]
        if any(a <= where < b for a, b in tables):
            continue
        first = view.text.rfind("\n", 0, at) + 1
        for remark in _of_paragraph(
            thing, file_id, document, view, first, (at, end), others, content.text
        ):
            place = (remark.low, remark.high)
            if remark.kind == "cell" or place not in seen:
                seen.add(place)
                yield remark
    elsewhere = (
        *_under_headings(thing, file_id, document, view, others),
        *of_its_own(thing, file_id, document, view, others, _dated(file_id, document)),
    )
    for remark in elsewhere:
        if (remark.low, remark.high) not in seen:
            seen.add((remark.low, remark.high))
            yield remark


def _under_headings(
    thing: Thing, file_id: int, document: Document, view: View, others: Sequence[str]
) -> Iterator[Remark]:
    """Yield the sentences below a heading that names the thing and no other."""
    for section in document.sections:
        heading = fold(section.heading)
        named = next((name for name in thing.names if name in heading), None)
        if named is None or any(other in heading for other in others):
            continue
        low = bisect_left(view.offsets, section.heading_end)
        high = bisect_left(view.offsets, section.end)
        at = (
            section.start + section.heading.find(named)
            if named in section.heading
            else section.start
        )
        head = Source(file_id, document.ordinal, at, at + len(named))
        for a, b in sentences(_part(view, low, high)):
            text = view.text[low + a : low + b]
            if _NUMBERED.match(text) and _NUMBERED.match(section.heading):
                break  # the next item, which has no heading of its own
            if not any(other in text for other in others):
                yield Remark(
                    "sentence", "", text, file_id, document.ordinal, document.date or "",
                    document.title, f"{document.title} {section.heading}", text, view=view,
                    low=low + a, high=low + b, head=head, date_text=document.date_text or "",
                    dated=_dated(file_id, document),
                )  # fmt: skip


def _places(text: str, thing: Thing, longer: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a text names the thing, not another whose name begins or ends so."""
    found = []
    for name in thing.names:
        for match in re.finditer(re.escape(name), fold_same(text)):
            if re.match(_GOES_ON, text[match.end() :]) and not re.search(_GOES_ON, name[-3:]):
                continue
            if text[: match.start()].endswith("的"):  # “区建设局的A”: what a list was read as
                found.append(match.span())
                continue
            if any(
                text.startswith(other, match.start() - at)
                for other in longer
                for at in (other.find(name),)
                if at >= 0 and match.start() >= at
            ):
                continue
            found.append(match.span())
    return sorted(found)


def _of_paragraph(
    thing: Thing,
    file_id: int,
    document: Document,
    view: View,
    first: int,
    named: tuple[int, int],
    others: Sequence[str],
    raw: str,
) -> Iterator[Remark]:
    text = view.text
    last = text.find("\n", first)
    last = len(text) if last < 0 else last
    above = sections_above(document, view.offsets[named[0]])
    context = " ".join([document.title, *(s.heading for s in above), document.date or ""])
    make: dict[str, Any] = {
        "file_id": file_id,
        "document": document.ordinal,
        "date": document.date or "",
        "title": document.title,
        "view": view,
        "date_text": document.date_text or "",
        "dated": _dated(file_id, document),
    }
    line = _line_at(raw, view.offsets[named[0]])
    if len(_BARS.findall(raw[slice(*line)])) >= 2:
        yield from _barred(thing, raw, line, text[: named[0]], context, make)
        return
    lead = _BARE.sub("", text[first : named[0]])
    about = len(lead) <= BEGINS and not any(o in text[first : named[0]] for o in others)
    spans = [(a + first, b + first) for a, b in sentences(_part(view, first, last))]
    spans = _with_replies(text, spans)
    if about:
        spans += _entry(text, last)
    naming = next(((a, b) for a, b in spans if a <= named[0] < b), named)
    make["head"] = Source(file_id, document.ordinal, *view.span(*naming))
    whole = text[first : max(b for _, b in spans)] if spans else ""
    for a, b in spans:
        inside = a <= named[0] < b
        if not inside and not (about and not any(o in text[a:b] for o in others)):
            continue
        low, high, label, led = a, b, "", None
        more: list[tuple[int, int]] = []
        if inside and (any(o in text[a:b] for o in others) or _lists(text[a:b])):
            low, high, label = _segment(text, a, b, named, others)
            more = list(_going_on(text, high, b, others)) if about and not label else []
        if label:
            at = text.find(label, a)
            led = Source(file_id, document.ordinal, *view.span(at, at + len(label)))
        for at, to in [(low, high), *more]:
            yield Remark(
                "sentence", label, text[at:to], context=context,
                about=whole if about else text[at:to], low=at, high=to, led=led, **make,
            )  # fmt: skip


_BARE = re.compile(
    r"^\s*(?:\d+\s*[.．、]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|[\u4e00-\u9fff]{2,6}[：:])\s*"
)


def _part(view: View, first: int, last: int) -> View:
    return View(view.text[first:last], view.offsets[first:last])


def _with_replies(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences, one that asks together with the one that replies.

    “这个小区为什么能赶上来？街道换了项目经理。”: it is the reply that tells something.
    """
    found: list[tuple[int, int]] = []
    for a, b in spans:
        if found and text[found[-1][0] : found[-1][1]].endswith("？"):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _entry(text: str, last: int) -> list[tuple[int, int]]:
    """Return the lines that go on with an entry: each begins with a label."""
    found = []
    at = last + 1
    for _ in range(ENTRY):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if not line.strip() or not _LABEL_LINE.match(line) or _NUMBERED.match(line):
            break
        begin = at + len(line) - len(line.lstrip())
        found.append((begin, at + len(line.rstrip())))
        at = end + 1
    return found


def _segment(
    text: str, a: int, b: int, named: tuple[int, int], others: Sequence[str]
) -> tuple[int, int, str]:
    """Return the part of a listing sentence that is the thing's own, and the words that lead it."""
    match = _LEAD.match(text[a:b])
    label = (match[1] or match[2] or "") if match else ""
    bounds = [a, *(m.end() for m in re.finditer("[；;]", text[:b]) if m.end() > a), b]
    for low, high in pairwise(bounds):
        if low <= named[0] < high:
            if low > a and _LEAD.match(text[low : named[0]]):
                label = ""  # the part has a lead of its own (“乙局2个：”)
            after = [at for o in others if (at := text.find(o, named[1], high)) >= 0]
            before = [at + len(o) for o in others if (at := text.rfind(o, low, named[0])) >= 0]
            if after:
                high = min(after)
                cut = max(text.rfind(c, named[1], high) for c in "，、；")
                high = cut if cut > named[1] else high
            if before:
                low = named[0]
            if low == a and label:
                low = named[0]
            shown = text[low:high].rstrip("；;，、 ")
            return low + len(shown) - len(shown.lstrip()), low + len(shown), label
    return a, b, label


def _going_on(text: str, low: int, high: int, others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the later parts of a sentence about one thing, up to the part that begins with another.

    Another thing that is named by the way (“减去的2座在甲路红线内”) ends no entry.
    """
    for match in re.finditer(r"(?<=[；;])[^；;]+", text[:high]):
        if match.start() < low:
            continue
        words = match.group()
        if any(0 <= words.find(other) <= BEGINS for other in others):
            return
        if not any(other in words for other in others):
            yield match.start(), match.start() + len(words.rstrip("。； "))


def _lists(sentence: str) -> bool:
    """Tell whether a sentence lists things under a state that leads it."""
    match = _LEAD.match(sentence)
    return bool(match and status_mentions(match[1] or match[2] or ""))


def _line_at(raw: str, at: int) -> tuple[int, int]:
    """Return the line of the canonical text that holds an offset, without its margins."""
    first, last = raw.rfind("\n", 0, at) + 1, raw.find("\n", at)
    line = raw[first : last if last >= 0 else len(raw)]
    return first + len(line) - len(line.lstrip()), first + len(line.rstrip())


def _barred(
    thing: Thing, raw: str, line: tuple[int, int], above: str, context: str, make: dict[str, Any]
) -> Iterator[Remark]:
    """Yield the cells of a line whose fields stand between bars, under the order told above it."""
    words = raw[slice(*line)]
    marker = re.match(r"[〔\[【][^〕\]】]+[〕\]】]", words)
    cells = _BARS.split(words[marker.end() :] if marker else words)
    heads: list[str] = []
    for match in _ORDER.finditer(above):
        said = match["heads"].strip()
        order = [said[slice(*span)] for span in parts(said, 0, len(said), "、，,")]
        if len(order) in (len(cells), len(cells) + 1):
            heads = order[-len(cells) :]
    source = Source(make["file_id"], make["document"], *line)
    for number, cell in enumerate(cells):
        if core_name(cell.strip()) in thing.names:
            continue
        yield Remark(
            "cell", heads[number] if heads else "", cell.strip(), context=context, about=words,
            sources=(source,), **{k: v for k, v in make.items() if k not in ("view", "head")},
        )  # fmt: skip
