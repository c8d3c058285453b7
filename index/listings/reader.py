"""All listings of a file, in order."""

from __future__ import annotations

from collections.abc import Sequence

from index.listings.delimited import delimited_listings
from index.listings.entries import entry_listings
from index.listings.groups import group_listings
from index.listings.lines import page_of
from index.listings.measured import measured_listings
from index.listings.records import Listing
from index.listings.values import value_listings
from index.records import Block, Structure


def read_listings(blocks: Sequence[Block], structure: Structure) -> tuple[Listing, ...]:
    """Return the tables that stand as running text in a file; none of them overlap."""
    found: list[Listing] = []
    for document in structure.documents:
        reading = structure.reading
        page = page_of(document, reading.view(document.start, document.end), reading.text, blocks)
        for read in (
            delimited_listings, entry_listings, measured_listings, group_listings, value_listings,
        ):  # fmt: skip
            for listing in read(page):
                if not any(a.start < listing.end and listing.start < a.end for a in found):
                    found.append(listing)
    return tuple(sorted(found, key=lambda listing: listing.start))
