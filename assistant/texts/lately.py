"""What running text says of a project after its newest record: a report, a reply, a weekly.

Records come from lists and tables. Where a project stands now is often told in a
sentence of a later document of another kind; an answer that stops at the newest list
would be out of date.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.ledger.query import Query
from assistant.ledger.single import projects_named
from assistant.mentions import candidates
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_named, issuer_of
from index.ledger.periods import Period, ended_in
from index.ledger.units import is_region
from index.library import Library
from index.records import Document
from index.words import fold
from prompts import render

MOST = 3  # later sentences that are told
MIN_NAME = 4  # characters of a name that another document may shorten it to
SHORTEST = 3  # of those that begin it and name what is built, as “…桥”
LINE = 320  # characters of a paragraph that is told whole where it begins with the name
BEGINS = 8  # characters that may stand before the name: a number, “【仍滞后】”
_BUILT = re.compile(r"[桥路渠坝库站厂园馆校院港塔]$")
_NOW = re.compile(
    r"现在|目前|眼下|如今|当前|至今|到现在|最新|最近|还(?=[没有搞做建干要])|\b(?:now|currently|latest|recent)\b"
)
# “在二季度通报里卡在哪，后来解决了没有”: what a report says, and what came of it.
_AFTERWARDS = re.compile(
    r"后来|后续|随后|其后|此后|(?:那|这|在此|自此)(?:以|之)?后"
    r"|\b(?:later|afterwards?|since then|subsequently)\b"
)
_STATE = re.compile(
    r"了(?:吗|没有?)(?![\u4e00-\u9fff])|[搞建做干办]不[搞建做干办]|到(?:第?几|哪|什么程度|啥程度)"
)
_CAUSE = re.compile(r"因|由于|原因|主要是|卡|异议|受|导致|影响|未|没|不|缺|差|需")
# A name that something is said of begins its clause: “与小河水库的供水范围” says nothing of it.
_SUBJECT = r"(?:(?<![\u4e00-\u9fff])|(?<=[的中是]))"
# “某工程二期” is another one than “某工程”.
_ENDS = r"(?![（(]?(?:[一二三四五六七八九十\d]+[期标段批]|[A-Za-z]|\d+(?![\d月])))"
_SAYS = re.compile(r"[，：。；,:]..")  # more than a heading
_STOPS = "。！？；;\n"


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says of a project, and when it was made."""

    date: str
    document: Document
    source: Source
    quote: str


def with_later(
    draft: Draft | None, query: Query | None, text: str, library: Library
) -> Draft | None:
    """Return a project's answer from records with what later documents say of it.

    None stays None where they say nothing, or where no state and no reason is asked for.
    """
    if query is None or len(query.names) != 1:
        return draft
    projects = projects_named(query, library.ledger)
    rows = [row for project in projects for row in project.rows]
    if not rows or not _asks_state(query, text, rows):
        return draft
    since = max(row.document.date or "" for row in rows)
    if not since:  # nothing is later than what has no date
        return draft
    own = {(row.file.id, row.record.document) for row in rows}
    said = dict.fromkeys(row.record.name for row in rows)
    names = list(dict.fromkeys([*said, *_short_forms(query.names[0], text, library.ledger)]))
    mentioned = list(_mentions(names, library))
    regions = {issuer_of(row) for row in rows}
    found = [
        one
        for one in mentioned
        if _counts(one, since, own) and not _of_another_region(one.document, regions)
    ]
    found += _own_words(names, rows, since, draft, mentioned)
    if query.kind == "why":
        found = [one for one in found if _CAUSE.search(one.quote)]
    cited = {s for line in draft.statements for s in line.sources} if draft else set()
    fresh = [
        one
        for one in found
        if _place(one.source) in own or not any(_within(one.source, s) for s in cited)
    ]
    if not fresh:
        return draft
    lines = [_line(one, query.language, _place(one.source) in own) for one in _latest(fresh)]
    if draft is None or draft.refused:
        filters = query.filters()
        return Draft(lines, interpretation={"kind": query.kind, "filters": filters})
    draft.statements += lines
    if query.kind == "status":
        draft.short = None  # the record's own state may be over
    return draft


def _own_words(
    names: Sequence[str],
    rows: Sequence[LedgerRow],
    since: str,
    draft: Draft | None,
    mentioned: Sequence[Told],
) -> list[Told]:
    """Return the paragraph that the newest record was read from, where the answer leaves out most.

    A record's fields are but some words of it: “施工至地上4层” is in none of them.
    """
    newest = {_row_place(r): r for r in rows if (r.document.date or "") == since}
    shown = " ".join(s.text for s in draft.statements) if draft else ""
    found = []
    for one in mentioned:
        if _place(one.source) not in newest or not _SAYS.search(one.quote):
            continue
        clauses = [c for c in re.split(r"[，。；：、,;]", one.quote) if len(c) >= MIN_NAME]
        told = sum(clause in shown for clause in clauses)
        begins = any(0 <= one.quote.find(name) <= BEGINS for name in names)
        if begins and told < len(clauses) / 2:
            found.append(one)
    return found[:1]


def _place(source: Source) -> tuple[int, int]:
    return source.file_id, source.document


def _row_place(row: LedgerRow) -> tuple[int, int]:
    return row.file.id, row.record.document


def _asks_state(query: Query, text: str, rows: Sequence[LedgerRow]) -> bool:
    """Tell whether a question asks where a project stands now, or why; or after all its records."""
    if query.kind == "change":
        return True
    over = len(query.at) == 1 and not _ended_before(rows, query.at[0])
    over = over and not _AFTERWARDS.search(fold(text))
    if query.kind not in ("status", "why", "value") or over:
        return False
    if query.kind != "value":
        return True
    plain = not (query.measure or query.extra or set(query.columns) - {"status_text"})
    folded = fold(text)
    return plain and bool(_NOW.search(folded) or _STATE.search(folded))


def _ended_before(rows: Sequence[LedgerRow], period: Period) -> bool:
    """Tell whether all records are of times before a period that is asked about."""
    ends = [ended_in(row) for row in rows if row.document.date]
    return bool(period.month and ends) and all(
        end is not None and end < (period.year or end[0], period.month or 0) for end in ends
    )


def _short_forms(core: str, text: str, ledger: Ledger) -> Iterator[str]:
    """Yield the longest part of a name that the question says, if it means that name alone."""
    folded = fold(text)
    parts = (core[a:b] for a in range(len(core)) for b in range(len(core), a + MIN_NAME - 1, -1))
    longest = max((part for part in parts if part in folded), key=len, default="")
    names = {fold(row.record.name) for row in ledger.rows}
    longest = longest or (core[:SHORTEST] if core[:SHORTEST] in folded else "")
    if len(longest) < MIN_NAME and not _BUILT.search(longest):
        return
    if longest and sum(longest in name for name in names) == 1:
        yield longest


def _of_another_region(document: Document, regions: set[str]) -> bool:
    """Tell whether a document is another county's than all the records' own."""
    region = issuer_named(document.issuer or "", document.title)
    known = {own for own in regions if is_region(own)}
    return is_region(region) and bool(known) and region not in known


def _mentions(names: Sequence[str], library: Library) -> Iterator[Told]:
    """Yield what texts say of the names, not of longer names that begin or end so."""
    names = [name for name in names if "*" not in name]  # a mask stands for what is not known
    known = {row.record.name for row in library.ledger.rows} - set(names)
    longer = [other for other in known if any(name in other for name in names)]
    for file in {f.id: f for name in names for f in candidates(name, library)}.values():
        content = library.content(file.id)
        for document in content.structure.documents:
            view = content.structure.reading.view(document.start, document.end)
            spans: dict[tuple[int, int], None] = {}
            for name in names:
                others = [o for o in longer if name in o]
                for match in re.finditer(_SUBJECT + re.escape(name) + _ENDS, view.text):
                    if not any(_stands(o, name, view.text, match.start()) for o in others):
                        spans[_around(view.text, *match.span(), known)] = None
            for span in spans:
                source = Source(file.id, document.ordinal, *view.span(*span))
                quote = re.sub(r"\s+", " ", view.text[slice(*span)])
                if "\t" not in content.text[source.start : source.end]:  # a row is a record
                    yield Told(document.date or "", document, source, quote)


def _stands(longer: str, name: str, text: str, at: int) -> bool:
    """Tell whether the name at ``at`` is part of a longer one there."""
    begin = at - longer.index(name)
    return begin >= 0 and text.startswith(longer, begin)


def _around(text: str, start: int, end: int, others: Collection[str] = ()) -> tuple[int, int]:
    """Return the paragraph that begins with a name, if it is short; else its own part.

    A sentence that begins with one of the ``others`` tells of that one.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first <= LINE and start - first <= BEGINS:
        turns = (m.end() for m in re.finditer("[。！？]", text[end:last]))
        names = tuple(others)
        turn = next((end + at for at in turns if text.startswith(names, end + at)), last)
        return _bare(text, first, turn)
    first = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    last = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    return _bare(text, first, last)


def _bare(text: str, first: int, last: int) -> tuple[int, int]:
    words = text[first:last]
    return first + len(words) - len(words.lstrip()), last - (len(words) - len(words.rstrip()))


def _counts(one: Told, since: str, own: set[tuple[int, int]]) -> bool:
    """Tell whether a sentence is of a later document than the newest record, and says something."""
    place = (one.source.file_id, one.source.document)
    return one.date > since and place not in own and bool(_SAYS.search(one.quote))


def _within(inner: Source, outer: Source) -> bool:
    same = (inner.file_id, inner.document) == (outer.file_id, outer.document)
    return same and outer.start <= inner.start and inner.end <= outer.end


def _latest(found: Sequence[Told]) -> list[Told]:
    ordered = sorted(found, key=lambda one: (one.date, -one.source.start), reverse=True)
    return ordered[:MOST]


def _line(one: Told, language: str, own: bool) -> Statement:
    date = one.document.date_text or one.document.date or ""
    text = render(
        "ledger_words" if own else "ledger_later", language,
        date=escape(date), title=escape(one.document.title), quote=escape(one.quote),
    )  # fmt: skip
    sources = [one.source]
    start, end = one.document.date_start, one.document.date_end
    if start is not None and end is not None:
        sources.append(Source(one.source.file_id, one.source.document, start, end))
    return Statement(text, tuple(sources), bullet=True)
