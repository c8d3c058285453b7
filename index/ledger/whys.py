"""Why something is late, where its row or its list says so under another name.

A column of remarks (“说明”, “备注”) tells of a row in a late state why it is late; a head
such as “卡在征迁上的2个：” gives the kind of the reason of all that stand under it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ledger.amounts import amounts
from index.ledger.reasons import reason_kind
from index.ledger.records import CAUSE, COLUMN, FileLedger, Record
from index.ledger.told import told_reason

_REMARKS = re.compile(r"(?:情况|进展|有关|简要)?(?:说明|备注)$")
_LATE = frozenset({"not_started", "suspended", "cancelled"})
_OTHER_ROW = re.compile(r"序号\s*\d|同上|详见|见附")
_EMPTY = re.compile(r"[\s\-—－/／无]*$")


def add_whys(ledger: FileLedger, first: int) -> None:
    """Give the records from position ``first`` on the reasons that stand under other names."""
    for place in range(first, len(ledger.records)):
        record = ledger.records[place]
        if ledger.rosters[record.roster].table:
            record = _from_remark(record)
        ledger.records[place] = _of_cause(record)


def _from_remark(record: Record) -> Record:
    late = record.stage in _LATE or record.progress == "behind"
    if not late or "reason" in record.fields:
        return record
    for key, words in record.fields.items():
        said = key.startswith(COLUMN) and _REMARKS.search(key.removeprefix(COLUMN))
        if said and not _EMPTY.match(words.text) and _tells_why(words.text):
            fields = {**record.fields, "reason": words}
            return replace(record, fields=fields, reason_kind=reason_kind(words.text))
    return record


def _tells_why(remark: str) -> bool:
    """Tell whether a remark says what is wrong, not merely a sum or another row's number."""
    if told_reason(remark, 0, len(remark), lacking=True):
        return True
    return next(amounts(remark), None) is None and not _OTHER_ROW.search(remark)


def _of_cause(record: Record) -> Record:
    cause = record.fields.get(CAUSE)
    kind = reason_kind(cause.text) if cause else None
    return record if kind in (None, "other") else replace(record, reason_kind=kind)
