"""The sum rows of tables of projects (小计, 合计), against the rows that they sum up."""

from __future__ import annotations

from collections.abc import Iterator

from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import LABELS
from index.ledger.records import AMOUNTS, FileLedger, Finding

MIN_ROWS = 2  # that a sum adds up


def row_sums(ledger: FileLedger) -> Iterator[Finding]:
    """Yield the sum rows whose amounts are not what their rows add up to."""
    for roster in ledger.rosters:
        for total in roster.totals:
            rows = ledger.records[total.first : total.last]
            for key in AMOUNTS:
                stated = total.fields.get(key)
                parts = [row.fields[key] for row in rows if key in row.fields]
                if stated and len(parts) >= MIN_ROWS:
                    says = f"“{total.label.text}”行的{LABELS[key]}写{stated.text}，各行相加为"
                    spans = (*stated.spans, *total.label.spans)
                    yield from wrong_sum(roster.document, says, stated, parts, spans=spans)
