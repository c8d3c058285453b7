"""One project read twice in a document: under two statuses, or with two total investments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ledger.checks.rounding import differ
from index.ledger.checks.terms import STATUS_NAMES
from index.ledger.names import core_name, masked
from index.ledger.records import Finding, Record
from index.ledger.units import is_region

# Stages that one project may bear in two places of a report without a contradiction.
_COMPATIBLE = (
    frozenset({"not_started", "preparatory"}), frozenset({"not_started", "cancelled"}),
    frozenset({"preparatory", "cancelled"}), frozenset({"suspended", "cancelled"}),
    frozenset({"suspended", "under_construction"}),
)  # fmt: skip


def compatible(stages: tuple[str, str]) -> bool:
    """Tell whether one project may bear both stages without a contradiction."""
    return len(set(stages)) == 1 or frozenset(stages) in _COMPATIBLE


def two_statuses(records: Sequence[Record]) -> Iterator[Finding]:
    """Yield the projects of a document that stand under two statuses of which one must be wrong."""
    for first, second in _twins(records):
        clash = first.stage and second.stage and not compatible((first.stage, second.stage))
        if not clash and {first.progress, second.progress} - {None} != {"met", "behind"}:
            continue
        if _settled(first) != _settled(second):
            continue  # what was asked of a project is done, and not the project
        statuses = [s for r in (first, second) if (s := r.stage or r.progress)]
        names = [STATUS_NAMES[status] for status in statuses]
        yield Finding(
            "two_statuses",
            f"“{first.name}”在一处列为{names[0]}，在另一处列为{names[-1]}",
            first.document,
            ((first.start, first.end), (second.start, second.end)),
        )


def two_amounts(records: Sequence[Record]) -> Iterator[Finding]:
    """Yield the projects of a document that have two total investments."""
    for first, second in _twins(records):
        one, other = first.fields.get("total_investment"), second.fields.get("total_investment")
        if one and other and differ(one, other):
            yield Finding(
                "figures",
                f"“{first.name}”的总投资在一处写{one.text}，在另一处写{other.text}",
                first.document,
                (*one.spans, *other.spans),
            )


def _settled(record: Record) -> bool:
    """Tell whether a record stands where matters are listed as settled (“按期办结4个”)."""
    words = record.fields.get("status_text")
    return record.stage == "completed" and bool(words and "办结" in words.text)


def _twins(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield the pairs of neighbouring records of one name in one document."""
    named: dict[tuple[int, str, str], list[Record]] = defaultdict(list)
    for record in records:
        if not masked(record.name) and record.kind != "unit":
            unit = record.fields.get("unit")
            region = unit.text if unit and is_region(unit.text) else ""
            named[record.document, core_name(record.name), region].append(record)
    for group in named.values():
        yield from pairwise(group)
