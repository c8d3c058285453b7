"""Shares printed beside the counts of labels: “蓝牌5个，占15.6%；绿牌13个，占40.6%；……”.

The whole need not be written: it is what the counts add up to, if most shares fit that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.ledger.checks.rounding import decimals
from index.ledger.records import Finding, Span, Words
from index.ledger.tables import is_total
from index.listings.delimited import delimited_listings
from index.listings.lines import KINDS, Page, page_of
from index.listings.records import Listing
from index.records import Block, Structure

MIN_PARTS = 3
MOST = 0.6  # of the shares must fit the sum of the counts, or it is not their whole
_SHARE = re.compile(
    rf"(?P<clause>(?P<label>[^，。；：、\s\d％%]{{1,14}}?)(?P<count>\d{{1,6}})\s*{KINDS}"
    r"(?:[^，。；％%\d]{0,8})?[，,]\s*占(?:[^，。；\d％%]{0,12}的)?(?P<share>\d{1,3}(?:\.\d+)?)\s*[％%])"
)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")
_PERCENT = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s*[％%]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A label with its count and its printed share, and where the three stand."""

    label: str
    count: Decimal
    share: str
    spans: tuple[Span, ...]

    def says(self, whole: Decimal) -> Decimal:
        """Return its share of a whole, with one decimal more than printed is not needed."""
        places = Decimal(1).scaleb(-decimals(self.share))
        return (self.count / whole * 100).quantize(places)

    def fits(self, whole: Decimal) -> bool:
        """Tell whether the printed share is its share of a whole, within rounding."""
        half = Decimal(5).scaleb(-decimals(self.share) - 1)
        return abs(self.count / whole * 100 - Decimal(self.share)) <= half


def label_shares(
    structure: Structure, blocks: Sequence[Block], known: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield the printed shares that do not fit, but for those that are found already."""
    taken = [span for finding in known if finding.kind == "percent" for span in finding.spans]
    reading = structure.reading
    for document in structure.documents:
        view = reading.view(document.start, document.end)
        page = page_of(document, view, reading.text, blocks)
        for parts in (*_in_prose(page), *map(_in_rows, delimited_listings(page))):
            for part, whole in _misfits(parts):
                if not any(a < d and c < b for a, b in taken for c, d in part.spans):
                    yield _finding(document.ordinal, part, whole)


def _in_prose(page: Page) -> Iterator[list[_Part]]:
    for line in page.lines:
        for sentence in re.finditer(r"[^。\n]+", page.text[line.start : line.end]):
            low = line.start + sentence.start()
            found = _SHARE.finditer(page.text, low, line.start + sentence.end())
            yield [
                _Part(
                    m["label"],
                    Decimal(m["count"]),
                    m["share"],
                    (page.view.span(*m.span("clause")),),
                )
                for m in found
            ]


def _in_rows(listing: Listing) -> list[_Part]:
    """Return the rows of a table in text that has one column of counts and one of shares."""
    rows = [row for row in listing.rows if not is_total(next(iter(row.cells.values())).text)]
    shares = [h for h in listing.heads if _all(h, rows, _PERCENT)]
    counts = [h for h in listing.heads if _all(h, rows, _NUMBER)]
    if len(shares) != 1 or len(counts) != 1:
        return []
    return [
        _Part(
            next(iter(row.cells.values())).text, Decimal(row.cells[counts[0]].text),
            _share(row.cells[shares[0]]), ((row.start, row.end),),
        )
        for row in rows
    ]  # fmt: skip


def _all(head: str, rows: Sequence[object], pattern: re.Pattern[str]) -> bool:
    cells = [getattr(row, "cells", {}).get(head) for row in rows]
    return bool(cells) and all(c is not None and pattern.fullmatch(c.text.strip()) for c in cells)


def _share(words: Words) -> str:
    match = _PERCENT.fullmatch(words.text.strip())
    return match["share"] if match else "0"


def _misfits(parts: Sequence[_Part]) -> Iterator[tuple[_Part, Decimal]]:
    whole = sum((part.count for part in parts), Decimal(0))
    if len(parts) < MIN_PARTS or not whole:
        return
    wrong = [part for part in parts if not part.fits(whole)]
    if len(wrong) <= (1 - MOST) * len(parts):
        for part in wrong:
            yield part, whole


def _finding(document: int, part: _Part, whole: Decimal) -> Finding:
    says = f"{part.says(whole)}%"
    return Finding(
        "percent", f"“{part.label}”的占比写{part.share}%，按所列数字为{says}", document, part.spans,
        f"{part.count} ÷ {whole} = {says}",
    )  # fmt: skip
