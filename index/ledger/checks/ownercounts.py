"""Owners that say how many projects are theirs, against their lists: “某局（4个）：甲；乙；丙”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.ledger.builder import Builder, Line
from index.ledger.entries import past_label
from index.ledger.names import core_name
from index.ledger.owners import CountedOwner, line_owner
from index.ledger.records import Finding
from index.sentences import parts


def owner_counts(builder: Builder, lines: Sequence[Line], first: int) -> Iterator[Finding]:
    """Yield a finding for each line whose owner counts other than so many as it lists.

    ``first`` is the document's first record. Only where each listed thing was read.
    """
    own = builder.ledger.records[first:]
    told = [s for r in builder.ledger.rosters if r.stated for s in r.stated.spans]
    text = builder.view.text
    for line in lines:
        owner = line_owner(text, past_label(text, line.start, line.end), line.end)
        if line.heading or owner is None or not owner.number:
            continue
        low, high = builder.view.span(line.start, line.end)
        if any(low <= a < high for a, _ in told):
            continue  # checked with its list
        listed = {core_name(r.name) for r in own if low <= r.start < high and r.kind != "unit"}
        if len(listed) == _parted(text, owner, line) and len(listed) != owner.number:
            number = (text.find(str(owner.number), owner.unit[1], owner.end), owner.end)
            said = number if number[0] > 0 else owner.unit
            yield Finding(
                "count",
                f"“{text[slice(*owner.unit)]}”原文写{owner.number}个，所列为{len(listed)}个",
                builder.document.ordinal,
                (builder.view.span(owner.unit[0], said[1]), (low, high)),
            )


def _parted(text: str, owner: CountedOwner, line: Line) -> int:
    """Return how many things the marks make of a list: ； where it has any, else 、."""
    body = text[owner.end : line.end].rstrip("。；;")
    marks = "；;" if "；" in body or ";" in body else "、"
    return sum(1 for _ in parts(text, owner.end, owner.end + len(body), marks))
