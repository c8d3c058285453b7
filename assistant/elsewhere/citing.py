"""An answer with the other places that say the same cited beside its own.

Staff who verify see at once whether the report, the table and the minutes agree; who
knows but one of them finds what they know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.elsewhere.counts import Counted, counted_by, counted_on, counts_same, values_of
from assistant.elsewhere.leads import lead_of
from assistant.elsewhere.projects import names_of, saying_again, told_of
from assistant.elsewhere.sayings import Saying, bare_of, sayings_of
from assistant.elsewhere.values import asked_for, figures_of, states_same
from assistant.ledger.query import OF_RECORDS
from assistant.question import Question
from assistant.statements import Draft, Source, Span, Statement
from index.ledger.book import Ledger
from index.ledger.issuers import regions_of
from index.ledger.status import status_mentions
from index.ledger.units import core_unit
from index.library import Library
from index.words import fold

FEW = 24  # files that are searched whole; of more, only those that the answer cites
CITED = 0.5  # of a place that cited already need not be cited again
MOST = 3  # further places of a line
MOST_ROWS = 80  # lines for which they are looked for
_OF_PROJECTS = OF_RECORDS | {"table", "thing", "beside"}  # kinds of answers about projects
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_COUNT = re.compile(r"(\d+)\s*(?:个|项|家|件)?")


def with_elsewhere(draft: Draft, question: Question, library: Library) -> Draft:
    """Return a draft whose lines cite, too, where else the documents say what they say."""
    cited = [source for line in draft.statements for source in _sources(line)]
    if draft.refused or not cited:
        return draft
    by_file: dict[int, set[Span]] = {}
    for source in cited:
        by_file.setdefault(source.file_id, set()).add((source.start, source.end))
    sayings = [
        one
        for one in _searched(cited, library)
        if not _is_cited(one.source, by_file.get(one.source.file_id, ()))
    ]
    lead = lead_of(draft.statements, sayings, library)
    found = _Found(draft, question, library.ledger, sayings)
    rows = iter(range(len(draft.rows)))
    for place, line in enumerate(draft.statements[:MOST_ROWS]):
        row = next(rows, None) if line.cells else None
        if not _sources(line):
            continue
        values = draft.rows[row][0] if row is not None else {}
        added = dict.fromkeys(found.of_line(line, values, place == 0))
        if lead and line.bullet:
            added[lead], lead = None, None
        if added:
            draft.statements[place] = _citing(line, tuple(added))
            if row is not None:
                cells = draft.rows[row][1]
                first = (draft.columns or ("name",))[0]
                cells[first] = [*cells.get(first, []), *added]
    return draft


class _Found:
    """What the documents say besides, held against the lines of an answer."""

    def __init__(
        self, draft: Draft, question: Question, ledger: Ledger, sayings: Sequence[Saying]
    ) -> None:
        self._names = names_of(ledger)
        self._regions = regions_of(ledger)
        self._sayings = sayings
        self._interpretation = draft.interpretation or {}
        self._of_records = self._interpretation.get("kind") in _OF_PROJECTS
        self._question = question.text
        self._count = draft.count
        self._statuses = _statuses(question, self._interpretation.get("filters") or {})
        self._asked = asked_for(question.text)

    def of_line(
        self, line: Statement, values: Mapping[str, object], first: bool
    ) -> Iterator[Source]:
        """Yield where else it stands what a line says; ``values`` are those of its row."""
        words = _words(line)
        bare = bare_of(words)
        names = [
            name
            for name in (self._names.projects_in(bare) if self._of_records else ())
            if line.cells or bare.startswith(name)  # else it is a remark, or a quotation
        ]
        near = self._of_same_region(line) if names else ()
        for name in names:
            told = told_of(name, words, self._statuses, self._names)
            found = saying_again(told, near, self._names)
            yield from (one.source for one in _of_each(found)[:MOST])
        for counted in self._counts(line, words, first):
            found = [one for one in self._sayings if counts_same(counted, one)]
            yield from (one.source for one in found[: 2 * MOST])
        figures = figures_of(_BOLD.findall(line.text))
        if figures:
            found = [one for one in self._sayings if states_same(figures, self._asked, one)]
            yield from (one.source for one in found[:MOST])
        if amounts := figures_of(_amounts(values)):
            name = bare_of(fold(str(values.get("name") or "")))
            own = [
                one
                for one in self._sayings
                if name and (name in one.bare or name in one.bare_above)
            ]
            found = [one for one in own if states_same(amounts, self._asked, one)]
            yield from (one.source for one in found[:MOST])

    def _of_same_region(self, line: Statement) -> Sequence[Saying]:
        """Return the sayings but those of another region than a line's own sources.

        Two districts may each have a project of one name.
        """
        own = {self._regions.get((s.file_id, s.document)) for s in _sources(line)} - {None}
        if not own:
            return self._sayings
        own.add(None)  # who speaks there names no region
        return [
            one
            for one in self._sayings
            if self._regions.get((one.source.file_id, one.source.document)) in own
        ]

    def _counts(self, line: Statement, words: str, first: bool) -> Iterator[Counted]:
        """Yield what a line counts, one by one."""
        numbers = [
            int(match[1])
            for bold in _BOLD.findall(line.text)
            if (match := _COUNT.fullmatch(bold.strip()))
        ]
        own = counted_by(numbers[0] if numbers else 1, self._question, self._interpretation)
        if first:
            number = self._count if self._count is not None else next(iter(numbers), 0)
            if counted := counted_by(number, self._question, self._interpretation):
                yield counted
        for number in numbers:
            if counted := counted_on(number, words, own):
                yield counted
        by_unit = (self._interpretation.get("filters") or {}).get("group_by") == "unit"
        ranked = len(line.cells) > 1 and line.cells[1].isdigit()
        if ranked and (self._statuses or by_unit):  # a ranking's row
            label = bare_of(fold(line.cells[0]))
            yield Counted(int(line.cells[1]), self._statuses, named=(core_unit(label),))


def _searched(cited: Sequence[Source], library: Library) -> Iterator[Saying]:
    """Yield the sayings of all files where they are few, else of those cited."""
    ids = {file.id for file in library.files()}
    if len(ids) > FEW:
        ids = {source.file_id for source in cited}
    for file_id in sorted(ids)[:FEW]:
        yield from sayings_of(file_id, library.content(file_id))


def _of_each(found: Sequence[Saying]) -> list[Saying]:
    """Return sayings in their order, one of each document before a second of any."""
    first = {(one.source.file_id, one.source.document): one for one in reversed(found)}
    each = [one for one in found if one in first.values()]
    return [*each, *(one for one in found if one not in each)]


def _amounts(values: Mapping[str, object]) -> Iterator[str]:
    """Yield the amounts of a row (万元) as words."""
    for key, value in values.items():
        if key.endswith("_value") and isinstance(value, float) and "percent" not in key:
            yield f"{value:.6f}".rstrip("0").rstrip(".") + "万元"


def _statuses(question: Question, filters: Mapping[str, Any]) -> frozenset[str]:
    """Return the states that are asked for: all listed stand in them, said in their row or not."""
    found = {status for status, _ in status_mentions(fold(question.text))}
    return frozenset(found.union(values_of(filters, "stage"), values_of(filters, "progress")))


def _words(line: Statement) -> str:
    text = "|".join(line.cells) if line.cells else line.text
    return fold(re.sub(r"\\([\\*\[\]|])|\*\*", r"\1", text))


def _sources(line: Statement) -> tuple[Source, ...]:
    return (*line.sources, *(source for _, sources in line.cell_sources for source in sources))


def _is_cited(source: Source, spans: Iterable[Span]) -> bool:
    """Tell whether most of a place is cited already."""
    low, high = source.start, source.end
    taken = sum(min(high, b) - max(low, a) for a, b in spans if a < high and low < b)
    return taken >= CITED * (high - low)


def _citing(line: Statement, added: tuple[Source, ...]) -> Statement:
    """Return a line with further marks, in the first cell that has any where it has cells."""
    if not line.cells:
        return replace(line, sources=(*line.sources, *added))
    (place, sources), *rest = line.cell_sources
    return replace(line, cell_sources=((place, (*sources, *added)), *rest))
