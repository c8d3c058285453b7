"""Groups under labels that say a status, where no other reader took them.

“滞后2个：〔A（某局）——手续未办结；B（某镇）——资金未到位〕。未开工1个：〔……〕”
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from index.ledger.builder import Builder, Fields, Line
from index.ledger.records import LATE_STAGES, Roster, Words
from index.ledger.status import Status, status_of
from index.listings.groups import group_listings
from index.listings.lines import Page, TextLine
from index.listings.records import LABEL, NAME, REMARK, TOLD, UNIT, Listing, Row


def read_labelled(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the groups whose labels are statuses into rosters, one for each label."""
    spans = tuple(TextLine(line.start, line.end) for line in lines if not line.heading)
    page = Page(builder.document, builder.view, spans)
    for listing in group_listings(page):
        labels = {row.cells[LABEL].text for row in listing.rows}
        if all(status_of(label, heading=True) for label in labels):
            _read_listing(builder, listing)


def _read_listing(builder: Builder, listing: Listing) -> None:
    stated = {s.label: s.number for s in listing.stated}
    for label, group in groupby(listing.rows, key=lambda row: row.cells[LABEL].text):
        rows = list(group)
        span = builder.clean(rows[0].start), builder.clean(rows[-1].end)
        if not builder.is_used(span):
            _read_group(builder, rows, stated.get(label))
            builder.use(span)


def _read_group(builder: Builder, rows: Sequence[Row], stated: Words | None) -> None:
    label = rows[0].cells[LABEL]
    status = status_of(label.text, heading=True)
    at = builder.clean(rows[0].start)
    context = builder.context(Line(at, at + 1, heading=False))
    roster = builder.roster(
        Roster(
            builder.document.ordinal, rows[0].start, rows[-1].end, context.heading, label, stated,
            None, status.stage, status.progress, context.as_of,
        )
    )  # fmt: skip
    for row in rows:
        fields = _fields(row, status)
        if context.as_of:
            fields.setdefault("as_of", context.as_of)
        builder.record(context.kind, roster, (row.start, row.end), fields, status)


def _fields(row: Row, status: Status) -> Fields:
    """Return what a row says in the fields of a record: of late ones, why."""
    cells = row.cells
    fields: Fields = {"name": cells[NAME], "status_text": cells[LABEL]}
    if UNIT in cells:
        fields["unit"] = cells[UNIT]
    late = status.stage in LATE_STAGES or status.progress == "behind"
    told = cells.get(TOLD) or cells.get(REMARK)
    if late and told:
        fields["reason"] = told
    return fields
