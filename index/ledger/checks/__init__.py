"""Consistency of one file: counts, sums, shares, a project under two statuses.

Only what surely disagrees is reported: every number is taken as the interval
that rounds to it, a hedged one (约, 余) is not checked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.ledger.builder import Builder, Line
from index.ledger.checks.announced import announced_lists
from index.ledger.checks.classsums import class_sums
from index.ledger.checks.groupcounts import group_counts
from index.ledger.checks.headsums import headed_sums
from index.ledger.checks.jointcounts import joint_counts
from index.ledger.checks.labelshares import label_shares
from index.ledger.checks.listcounts import list_counts
from index.ledger.checks.listedsums import listed_sums
from index.ledger.checks.overfull import overfull
from index.ledger.checks.overviewsums import overview_sums
from index.ledger.checks.ownercounts import owner_counts
from index.ledger.checks.ownshares import own_shares
from index.ledger.checks.partcounts import part_counts
from index.ledger.checks.partsums import part_sums
from index.ledger.checks.placesums import place_sums
from index.ledger.checks.projectsums import project_sums
from index.ledger.checks.restated import restated
from index.ledger.checks.rowshares import row_shares
from index.ledger.checks.rowsums import row_sums
from index.ledger.checks.shares import prose_shares
from index.ledger.checks.statesums import state_sums
from index.ledger.checks.tabletotals import table_totals
from index.ledger.checks.twicesaid import said_twice
from index.ledger.checks.twins import two_amounts, two_statuses
from index.ledger.checks.unitsums import unit_sums
from index.ledger.records import FileLedger, Finding
from index.ledger.states import State
from index.ledger.unitopenings import Opening
from index.records import Block, Structure


def check_document(
    builder: Builder,
    lines: Sequence[Line],
    first: int,
    states: Mapping[str, State],
    openings: Sequence[Opening],
) -> Iterator[Finding]:
    """Yield what disagrees in a document's own words, once its records are read.

    ``first`` is its first record; ``openings`` are those of its paragraphs unit by unit.
    """
    spans = [(line.start, line.end) for line in lines]
    free = [span for span in spans if not builder.is_used(span)]
    yield from announced_lists(builder.document, builder.view, free)
    yield from joint_counts(builder, states)
    yield from place_sums(builder)
    yield from owner_counts(builder, lines, first)
    yield from overfull(builder.document, builder.view, spans)
    yield from unit_sums(builder, openings)


def check_file(ledger: FileLedger, structure: Structure, blocks: Sequence[Block]) -> None:
    """Add to a file's findings what disagrees in its records, figures and tables."""
    in_words = [
        *ledger.findings,
        *headed_sums(ledger),
        *group_counts(ledger),
        *part_counts(ledger, structure.documents),
    ]
    found = [
        *list_counts(ledger),
        *row_sums(ledger),
        *row_shares(ledger),
        *prose_shares(ledger),
        *part_sums(ledger.figures),
        *class_sums(ledger.figures),
        *project_sums(ledger),
        *restated(ledger),
        *two_statuses(ledger.records),
        *two_amounts(ledger.records),
    ]
    # A sum that the figures show to be wrong is told as they tell it.
    told = {f.spans[0][0] for f in found if f.kind == "sum"}
    in_words = [f for f in in_words if f.kind != "sum" or f.spans[0][0] not in told]
    ledger.findings = sorted(_once([*in_words, *found]), key=lambda f: f.spans[0])
    ledger.findings += state_sums(ledger)
    ledger.findings += overview_sums(structure, blocks, ledger)
    ledger.findings += listed_sums(ledger)
    ledger.findings += table_totals(structure, blocks, ledger)
    ledger.findings += label_shares(structure, blocks, ledger.findings)
    ledger.findings += said_twice(ledger)
    ledger.findings += own_shares(structure, blocks, ledger.findings)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, with the spans of every place that says it."""
    merged: dict[tuple[str, int, str], Finding] = {}
    for finding in findings:
        text = unicodedata.normalize("NFKC", finding.text).replace("．", ".")
        key = (finding.kind, finding.document, text)
        first = merged.get(key)
        spans = dict.fromkeys([*(first.spans if first else ()), *finding.spans])
        merged[key] = replace(first or finding, spans=tuple(spans))
    return list(merged.values())
