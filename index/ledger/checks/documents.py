"""Where two documents do not agree on one project of the same time.

Documents of one issuer that count up to the same month must say the same stage and
the same amounts, within their rounding; a total investment must always be the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from index.ledger.checks.rounding import differ
from index.ledger.checks.terms import LABELS, STATUS_NAMES
from index.ledger.checks.twins import compatible
from index.ledger.issuers import issuer_of
from index.ledger.names import masked
from index.ledger.periods import ended_in
from index.ledger.records import AMOUNTS, Finding, Span
from index.ledger.units import is_region

if TYPE_CHECKING:
    from index.ledger.book import LedgerRow

Other = tuple["LedgerRow", Span]


def disagreements(rows: Iterable[LedgerRow]) -> Iterator[tuple[LedgerRow, Finding, Other]]:
    """Yield (record, finding about its document, the other record with its span)."""
    named: dict[tuple[str, str, str, str], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        record = row.read
        if not masked(record.name) and record.kind != "unit" and issuer_of(row):
            unit = record.fields.get("unit")
            region = unit.text if unit and is_region(unit.text) else ""
            named[issuer_of(row), row.core, record.kind, region].append(row)
    for same in named.values():
        for first, second in combinations(same, 2):
            if first.file.id != second.file.id:
                yield from _between(*sorted((first, second), key=_signed))


def _signed(row: LedgerRow) -> str:
    return row.document.date or ""


def _between(old: LedgerRow, new: LedgerRow) -> Iterator[tuple[LedgerRow, Finding, Other]]:
    together = ended_in(old) is not None and ended_in(old) == ended_in(new)
    one, other = old.read, new.read
    if together and one.stage and other.stage and not compatible((one.stage, other.stage)):
        text = (
            f"“{one.name}”在《{old.document.title}》中列为{STATUS_NAMES[one.stage]}，"
            f"在《{new.document.title}》中列为{STATUS_NAMES[other.stage]}"
        )
        spans = [(r.read.start, r.read.end) for r in (new, old)]
        yield new, _finding(new, text, spans[:1]), (old, spans[1])
    for key in AMOUNTS:
        mine, theirs = one.fields.get(key), other.fields.get(key)
        if mine is None or theirs is None or not (together or key == "total_investment"):
            continue
        if differ(mine, theirs):
            text = (
                f"“{one.name}”的{LABELS[key]}在《{old.document.title}》中写{mine.text}，"
                f"在《{new.document.title}》中写{theirs.text}"
            )
            yield new, _finding(new, text, list(theirs.spans)), (old, mine.spans[0])


def _finding(row: LedgerRow, text: str, spans: Sequence[Span]) -> Finding:
    return Finding("documents", text, row.read.document, tuple(spans))
