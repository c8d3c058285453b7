"""The value that older documents give for what a later one sets right without saying it."""

from __future__ import annotations

import re

from assistant.corrected.facts import Correction
from assistant.statements import Source
from assistant.things.amended import fold_same
from assistant.things.wants import without_times
from index.ledger.quantities import Quantity, quantities
from index.library import Library
from index.sentences import sentences

LEAST = 4  # characters of what is measured
LOOSE = 4  # characters more that may stand before it in its clause


def earlier_value(
    one: Correction, new: Quantity, library: Library
) -> tuple[Quantity, tuple[Source, ...]] | None:
    """Return what the newest older document first says of the same measure, with where."""
    measure = re.sub(r"\W|全[市县区]|^的|应$", "", without_times(one.own))
    if len(measure) < LEAST:
        return None
    found: list[tuple[str, Quantity, Source]] = []
    for file in library.files():
        content = library.content(file.id)
        for document in content.structure.documents:
            date = document.date or ""
            if (file.id, document.ordinal) == (one.file_id, one.document.ordinal):
                continue
            if not date or date > (one.document.date or "9"):
                continue
            view = content.structure.reading.view(document.start, document.end)
            first = _first(fold_same(view.text), measure, new)
            if first is None:
                continue
            quantity, at = first
            span = next((s for s in sentences(view) if s[0] <= at < s[1]), (at, quantity.end))
            found.append((date, quantity, Source(file.id, document.ordinal, *view.span(*span))))
    newest = max((date for date, _, _ in found), default="")
    latest = [one for one in found if one[0] == newest]
    if not latest or len({quantity.value for _, quantity, _ in latest}) > 1:
        return None
    return latest[0][1], (latest[0][2],)


def _first(text: str, measure: str, new: Quantity) -> tuple[Quantity, int] | None:
    for match in re.finditer(re.escape(measure), text):
        clause = max(text.rfind(c, 0, match.start()) for c in "，,。；;：:\n") + 1
        before = re.sub(r"[\W\d]", "", without_times(text[clause : match.start()]))
        if len(before) > LOOSE:
            continue
        for quantity in quantities(text, match.end(), match.end() + 16):
            if quantity.start - match.end() <= 1 and quantity.unit == new.unit:
                return quantity, match.start()
    return None
