"""Group headings of tables that say how many rows stand below (“三、在建（9座）”), counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.ledger.prose import chinese_count
from index.ledger.records import FileLedger, Finding, Record, Words

_STATED = re.compile(
    r"[（(](?:共|合计)?(?P<n>\d+|[一二两三四五六七八九十]{1,3})(?P<unit>[个座项条家处件所户栋])"
    r"(?:项目|工程|事项)?[）)]\s*[：:]?$"
)


def group_counts(ledger: FileLedger) -> Iterator[Finding]:
    """Yield a finding for each group whose heading states another number than its rows make up.

    Where a row of the table could not be read, nothing is said of its groups.
    """
    for place, roster in enumerate(ledger.rosters):
        unread = any(roster.start <= start < roster.end for start, _, _ in ledger.unread)
        if not roster.table or unread:
            continue
        rows: dict[Words, list[Record]] = {}
        for record in ledger.records:
            group = record.fields.get("group") if record.roster == place else None
            if group is not None:
                rows.setdefault(group, []).append(record)
        for group, records in rows.items():
            yield from _against(group, records)


def _against(group: Words, records: Sequence[Record]) -> Iterator[Finding]:
    match = _STATED.search(group.text)
    if match is None or chinese_count(match["n"]) == len(records):
        return
    span = (records[0].start, records[-1].end)
    text = (
        f"表中“{group.text}”一组写{match['n']}{match['unit']}，"
        f"其下所列为{len(records)}{match['unit']}"
    )
    yield Finding("count", text, records[0].document, (*group.spans, span))
