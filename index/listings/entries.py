"""Numbered entries with the same fields: labelled (“责任单位：…”), or told in sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.labels import label_key
from index.ledger.names import is_phase
from index.ledger.prose import chinese_count
from index.ledger.records import Span, Words
from index.listings.lines import KINDS, Mark, Page, mark_at, trimmed
from index.listings.records import DONE, DUE, LABEL, NAME, TOLD, Listing, Row, Stated

MIN_ENTRIES = 3
COMMON = 0.6  # of the entries bear a label that makes them rows
SELDOM = 0.2  # of the entries bear one that is a column of its own, too
MAX_TITLE = 60  # characters of a name without a stop
BEFORE = 600  # characters above the entries that may say how many there are
_COLON = re.compile(
    r"(?:(?<=[。；，、\s（(〔])|^)(?P<label>[\u4e00-\u9fff]{2,8})[：:]\s*", re.MULTILINE
)
# Without a colon only who answers and until when: “进度滞后” is no label.
_BARE = re.compile(
    r"(?:(?<=[。；，\s）)〕])|^)(?P<label>(?:责任|牵头|承办|主办|实施|主管|负责|配合|主责|包抓|分管|整改|完成|办结|销号|办理)"
    r"(?:单位|部门|领导|人|主体|时限|期限))(?:为|是)?(?=[\u4e00-\u9fff\d])",
    re.MULTILINE,
)
_NO_LABEL = re.compile(r"其中|如下|例如|包括|方面|认为|指出|强调|要求|提出|表示")
_DUE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|份)?(?:底|末|初)?(?:[（(]含[^（）()]{0,4}[）)])?(?:以前|之前|前)"
    r"|(?<![至止到\d—\-～~])(?:\d{4}年)?(?<!\d)\d{1,2}月底(?=[^，。；]{0,6}(?:完成|建成|完工|交付|投用|到位|办结|报))"
)
_DONE = re.compile(
    r"(?<![未没不前须能])(?:本项|该项|此项|已经?|全部)(?:全部|按期|如期)?(?:办结|销号|整改(?:到位|完毕)|完成整改)(?:销号)?"
)
_TAIL = re.compile(r"[（(〔\[](?P<words>[^（）()〔〕\[\]]{1,8})[）)〕\]]")
_STATED = re.compile(
    rf"共(?:列|计|有|梳理|确定|形成|交办)?[^，。；：\d共]{{0,10}}(?P<number>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*{KINDS}"
)
_STOPS = " \t\u3000\n。；;，,：:"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: its clean span, where its words begin, the labels in it with their values."""

    start: int
    end: int
    words: int


def entry_listings(page: Page) -> Iterator[Listing]:
    """Yield the runs of numbered entries that share labels."""
    for run in _runs(page):
        listing = _listing(page, run)
        if listing is not None:
            yield listing


def _runs(page: Page) -> Iterator[list[_Entry]]:
    """Yield the runs of entries that count on in one style, each with the lines below it."""
    marks = [mark_at(page.text, line) for line in page.lines]
    place = 0
    while place < len(marks):
        mark = marks[place]
        if mark is None or mark.value != 1:
            place += 1
            continue
        run, after = _run(page, marks, place)
        if len(run) >= MIN_ENTRIES:
            yield run
        place = after if len(run) >= MIN_ENTRIES else place + 1


def _run(page: Page, marks: Sequence[Mark | None], place: int) -> tuple[list[_Entry], int]:
    first = marks[place]
    assert first is not None
    entries: list[_Entry] = []
    at = place
    while at < len(marks):
        mark = marks[at]
        if mark is None or mark.style != first.style or mark.value != len(entries) + 1:
            break
        stop = at + 1
        while stop < len(marks) and _belongs(page, marks, stop, first.style):
            stop += 1
        line, last = page.lines[at], page.lines[stop - 1]
        entries.append(_Entry(line.start, last.end, mark.end))
        at = stop
    return entries, at


def _belongs(page: Page, marks: Sequence[Mark | None], place: int, style: str) -> bool:
    """Tell whether a line goes on with the entry above it: not numbered, and labelled or after."""
    if marks[place] is not None:
        return False
    line = page.lines[place]
    if label := _COLON.match(page.text, line.start, line.end):
        return label_key(label["label"]) is not None
    return any(m is not None and m.style == style for m in marks[place + 1 : place + 3])


def _listing(page: Page, run: Sequence[_Entry]) -> Listing | None:
    text = page.text
    pattern, labels = _labels(text, run)
    if not labels:
        return None
    rows = [_cells(page, entry, pattern, labels) for entry in run]
    tails = _tails(page, [row[NAME] for row in rows if NAME in row])
    for row in rows:
        if tails and NAME in row and row[NAME].start in tails:
            row |= tails[row[NAME].start]
    if not any(label_key(label) == "deadline" for label in labels):
        _add_found(page, run, rows, DUE, _DUE)
    _add_found(page, run, rows, DONE, _DONE)
    if sum(NAME in row for row in rows) < COMMON * len(rows):
        for row in rows:  # a field names them (“问题：…”)
            row.pop(NAME, None)
    heads = [NAME, *labels, *(h for h in (LABEL, DUE, DONE, TOLD) if any(h in r for r in rows))]
    spans = [page.view.span(e.start, e.end) for e in run]
    found = tuple(Row(*span, row) for span, row in zip(spans, rows, strict=True))
    heads = [h for h in dict.fromkeys(heads) if any(h in row for row in rows)]
    stated = _stated(page, run)
    lead = stated.number.spans[0] if stated else spans[0]
    return Listing(
        page.document.ordinal, spans[0][0], spans[-1][1], tuple(heads), found, lead,
        (stated,) if stated else (),
    )  # fmt: skip


def _labels(text: str, run: Sequence[_Entry]) -> tuple[re.Pattern[str], list[str]]:
    """Return how labels stand in the entries, and those that make columns, most common first."""
    best: tuple[re.Pattern[str], list[str]] = (_COLON, [])
    for pattern in (_COLON, _BARE):
        seen: Counter[str] = Counter()
        for entry in run:
            own = (m["label"] for m in pattern.finditer(text, entry.words, entry.end))
            seen.update(list(dict.fromkeys(own)))
        known = {w: n for w, n in seen.items() if not _NO_LABEL.search(w)}
        common = [w for w, n in known.items() if n >= COMMON * len(run)]
        # A label that no office knows (“甲方：”) makes no table alone.
        if not any(label_key(w) for w in common):
            continue
        found = [w for w, n in known.items() if n >= max(1, SELDOM * len(run))]
        if len(common) > len([w for w in best[1] if w in common]):
            best = pattern, sorted(found, key=lambda w: -seen[w])
    return best


def _cells(
    page: Page, entry: _Entry, pattern: re.Pattern[str], labels: Sequence[str]
) -> dict[str, Words]:
    text = page.text
    marks = [m for m in pattern.finditer(text, entry.words, entry.end) if m["label"] in labels]
    cells: dict[str, Words] = {}
    title_end = marks[0].start() if marks else entry.end
    told: list[Span] = []
    if title := _title(text, entry.words, title_end):
        cells[NAME] = page.words(title)
        if (rest := trimmed(text, title[1], title_end, _STOPS))[1] > rest[0]:
            told.append(rest)
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else entry.end
        stop = _value_end(text, mark, end)
        value = trimmed(text, mark.end(), stop, _STOPS)
        if value[1] > value[0] and mark["label"] not in cells:
            cells[mark["label"]] = page.words(value)
        if (rest := trimmed(text, stop, end, " \t\u3000\n；;，,"))[1] > rest[0] and rest[1] - rest[
            0
        ] > 1:
            told.append(trimmed(text, *rest, "。 \n"))
    told = [span for span in told if span[1] > span[0]]
    if told:
        low, high = max(told, key=lambda span: span[1] - span[0])
        cells[TOLD] = page.words((low, high))
    return cells


def _value_end(text: str, mark: re.Match[str], end: int) -> int:
    """Return where a value ends: with its line where it stands on one, else with its sentence."""
    line = text.find("\n", mark.end(), end)
    own = text[max(0, mark.start() - 1) : mark.start()] in ("", "\n") or text[
        : mark.start()
    ].endswith(" ")
    if own and text[mark.end() - 1] in "：: ":
        return line if line >= 0 else end
    short = label_key(mark["label"]) in ("unit", "leader", "deadline")
    stop = re.search(r"[。；;，\n]" if short else r"[。；;\n]", text[mark.end() : end])
    return mark.end() + stop.start() if stop else end


def _title(text: str, start: int, end: int) -> Span | None:
    """Return what an entry is about: its words before the first label, or their first sentence."""
    start, end = trimmed(text, start, end, _STOPS + "（(〔[")
    if end - start > MAX_TITLE:
        stop = text.find("。", start, end)
        end = stop if stop > 0 else end
    if end - start > 2 * MAX_TITLE:
        pause = re.search(r"[，；：]", text[start:end])
        end = start + pause.start() if pause else end
    return (start, end) if end - start >= 2 else None


def _tails(page: Page, names: Sequence[Words]) -> dict[int, dict[str, Words]]:
    """Return names and labels by the start of a name, where brackets behind names sort them.

    “某路改造（黄灯）〔结转〕”: values that recur are labels, and no part of a name.
    """
    text = page.text
    clean = {w.start: page.text.find(w.text) for w in names}
    found = {w.start: list(_TAIL.finditer(w.text)) for w in names}
    seen = Counter(m["words"] for tails in found.values() for m in tails)
    labels = {words for words in seen if not is_phase(words)}
    if max(seen.values(), default=0) < 2 or 2 * len(labels) > len(names) + 1:
        return {}
    bearing = sum(any(m["words"] in labels for m in tails) for tails in found.values())
    if len(labels) < 2 or bearing < COMMON * len(names):
        return {}
    parted: dict[int, dict[str, Words]] = {}
    for words in names:
        tails = [m for m in found[words.start] if m["words"] in labels]
        if not tails or clean[words.start] < 0:
            continue
        at = clean[words.start]
        name = trimmed(text, at, at + tails[0].start())
        label = (at + tails[0].start("words"), at + tails[0].end("words"))
        parted[words.start] = {NAME: page.words(name), LABEL: page.words(label)}
    return parted


def _add_found(
    page: Page,
    run: Sequence[_Entry],
    rows: Sequence[dict[str, Words]],
    head: str,
    pattern: re.Pattern[str],
) -> None:
    """Add what a pattern finds in each entry as a column."""
    for entry, row in zip(run, rows, strict=True):
        if match := pattern.search(page.text, entry.words, entry.end):
            row[head] = page.words(match.span())


def _stated(page: Page, run: Sequence[_Entry]) -> Stated | None:
    """Return how many entries the text above them says there are."""
    low = max(0, run[0].start - BEFORE)
    found = list(_STATED.finditer(page.text, low, run[0].start))
    if not found:
        return None
    number = page.words(found[-1].span("number"), float(chinese_count(found[-1]["number"])))
    return Stated("", number, page.view.span(*found[-1].span()))
