"""Shares that sections state of the count in their own headings, where one of several is wrong.

“二、已交付项目（8项）占项目总数的20%”, “三、在建项目（24项）占总数的60%”: the total that fits
most sections, and that the document states itself, is what the others are checked against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.ledger.quantities import Quantity, quantities
from index.ledger.records import Finding
from index.records import Document, View

LEAST = 2  # sections whose shares fit a total, and more than half of all
REACH = 40  # characters of a section in which it says its share
_HEADED = re.compile(
    r"(?:^|\n)[^\n。；]{0,40}?(?P<count>\d+)(?P<unit>[个项件处])(?:项目|工程|事项)?[）)]?[^\n。；\d]{0,8}[\n，,。]"
)
_SHARE = re.compile(r"占(?:项目|任务|工程|事项)?总[数量]的?(?P<share>\d+(?:\.\d+)?[%％])")
_NOT_EXACT = re.compile(r"[约近超]$|[余多]$")


@dataclass(frozen=True, slots=True)
class _Section:
    """A section's count and the share that it states of all, each with its span."""

    count: int
    at: tuple[int, int]
    share: Quantity
    share_at: tuple[int, int]


def headed_shares(view: View, document: Document) -> Iterator[Finding]:
    """Yield the shares of sections that do not fit the total which the others are of."""
    sections = list(_sections(view.text))
    total = _total(view.text, sections)
    if total is None:
        return
    whole, span = total
    for one in sections:
        if _fits(one, whole):
            continue
        says = 100 * one.count / whole
        written = view.text[slice(*one.share_at)]
        yield Finding(
            "percent",
            f"原文写{written}，按所列数字为{says:.1f}%",
            document.ordinal,
            tuple(view.span(*place) for place in (one.share_at, one.at, span)),
            formula=f"{one.count} ÷ {whole} = {says:.1f}%",
        )


def _sections(text: str) -> Iterator[_Section]:
    """Yield the sections whose headings count what they hold and which state a share at once."""
    for match in _HEADED.finditer(text):
        found = _SHARE.match(text, match.end()) or _SHARE.search(
            text, match.end(), min(match.end() + REACH, _end_of_line(text, match.end()))
        )
        share = next(quantities(found["share"]), None) if found else None
        if found and share and not _NOT_EXACT.search(text[: match.start("count")]):
            at = match.span("count")[0], match.span("unit")[1]
            yield _Section(int(match["count"]), at, share, found.span("share"))


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _total(text: str, sections: list[_Section]) -> tuple[int, tuple[int, int]] | None:
    """Return the total that most sections' shares are of, with where the document states it."""
    fitting: dict[int, int] = {}
    stated: dict[int, tuple[int, int]] = {}
    for match in re.finditer(r"(?<![\d.])(?P<n>\d+)[个项件处]", text):
        stated.setdefault(int(match["n"]), match.span())
    for whole in stated:
        if whole > max((one.count for one in sections), default=0):
            fitting[whole] = sum(_fits(one, whole) for one in sections)
    best = max(fitting, key=lambda whole: fitting[whole], default=None)
    if best is None or fitting[best] < LEAST or 2 * fitting[best] <= len(sections):
        return None
    return best, stated[best]


def _fits(one: _Section, whole: int) -> bool:
    return abs(Decimal(100) * one.count / whole - one.share.value) <= one.share.half
