"""Lists of names that say their own number: “……和新中坤苗木基地等12个……基地”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.checks.listcounts import all_but
from index.ledger.prose import chinese_count
from index.ledger.records import Finding, Span
from index.records import Document, View
from index.sentences import enumeration, sentences

MIN_NAMES = 4
_ANNOUNCED = re.compile(r"等(?P<count>\d+|[一二两三四五六七八九十]{1,3})(?:个|家|处|项|座|条)")


def announced_lists(document: Document, view: View, lines: Sequence[Span]) -> Iterator[Finding]:
    """Yield a finding for each list whose names all but make up the number it announces.

    “等8个” behind five names is how a selection is written; “等12个” behind
    eleven names is worth a look.
    """
    for start, end in lines:
        inner = View(view.text[start:end], view.offsets[start:end])
        for a, b in sentences(inner):
            match = _ANNOUNCED.search(inner.text, a, b)
            listed = enumeration(inner, a, match.start() + 1) if match else None
            if match is None or listed is None or len(listed.groups) != 1:
                continue
            names = _names(inner.text, listed.groups[0].items)
            announced = chinese_count(match["count"])
            if names >= MIN_NAMES and announced != names and all_but(announced, names):
                items = listed.groups[0].items
                yield Finding(
                    "announced",
                    f"原文称“等{match['count']}个”，列出名称的为{names}个",
                    document.ordinal,
                    (inner.span(*match.span()), inner.span(items[0][0], items[-1][1])),
                )  # fmt: skip


def _names(text: str, items: Sequence[Span]) -> int:
    """Count the names; “和” before the last joins it to the one before."""
    last = text[slice(*items[-1])]
    return len(items) + bool(re.match(r"[^和及]{3,}(?:和|及|以及)[^和及]{3,}", last))
