"""Columns of one table that tell the same of several times (“9月底评定”, “10月底评定”)."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.things.remarks import Remark
from index.ledger.periods import periods_in
from index.words import fold


def of_older_columns(remarks: Sequence[Remark]) -> set[int]:
    """Return which cells stand beside a later one of their row (“9月底评定”, “10月底评定”)."""
    latest: dict[tuple[object, ...], int] = {}
    dated: list[tuple[int, tuple[object, ...], int]] = []
    for remark in remarks:
        label = fold(remark.label)
        months = [p for p in periods_in(label) if p.month] if remark.kind == "cell" else []
        if len(months) == 1:
            start, end = months[0].span
            key = (remark.file_id, remark.document, label[:start] + label[end:])
            dated.append((id(remark), key, months[0].month or 0))
            latest[key] = max(latest.get(key, 0), months[0].month or 0)
    return {place for place, key, month in dated if month < latest[key]}
