"""A heading's count against what its parts list: “（12个）” over parts of three, three and five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from index.ledger.checks.sums import formula
from index.ledger.counted import heading_count
from index.ledger.prose import chinese_count
from index.ledger.records import FileLedger, Finding, Roster
from index.records import Document, Section

MIN_PARTS = 2


def part_counts(ledger: FileLedger, documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield a finding for each heading that states another number than its parts list together.

    Only where each part below it states a number of its own and was read.
    """
    listed = Counter(record.roster for record in ledger.records)
    for ordinal, document in enumerate(documents):
        rosters = [
            (r, listed[place])
            for place, r in enumerate(ledger.rosters)
            if r.document == ordinal and r.stated and not r.table and listed[place]
        ]
        for place, section in enumerate(document.sections):
            below = [s for s in document.sections if s.parent == place]
            yield from _against(ordinal, section, below, rosters)


def _against(
    ordinal: int, section: Section, below: Sequence[Section], rosters: Sequence[tuple[Roster, int]]
) -> Iterator[Finding]:
    counted = heading_count(section.heading)
    found = [one for one in rosters if section.heading_end <= one[0].start < section.end]
    homes = {_home(roster, below) for roster, _ in found}
    if counted is None or len(below) < MIN_PARTS or len(found) != len(below) or None in homes:
        return
    stated, total = chinese_count(counted["number"]), sum(number for _, number in found)
    if len(homes) < len(below) or stated == total:
        return
    yield Finding(
        "count",
        f"“{section.heading}”写{stated}个，各部分所列合计{total}个",
        ordinal,
        ((section.start, section.heading_end), *((r.start, r.end) for r, _ in found)),
        formula((number for _, number in found), total),
    )


def _home(roster: Roster, below: Sequence[Section]) -> int | None:
    return next((s.start for s in below if s.start <= roster.start < s.end), None)
