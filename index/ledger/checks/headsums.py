"""A heading's sum against the projects below it: “石堰县（3个，累计完成7300万元）”."""

from __future__ import annotations

from collections.abc import Iterator

from index.ledger.amounts import amounts
from index.ledger.attributes import amount_key
from index.ledger.checks.sums import wrong_sum
from index.ledger.checks.terms import LABELS, NOTHING_DONE
from index.ledger.records import FileLedger, Finding, Record, Words

MIN_PARTS = 2


def headed_sums(ledger: FileLedger) -> Iterator[Finding]:
    """Yield a finding for each heading whose amount is not the sum of its projects' amounts."""
    members: dict[int, list[Record]] = {}
    for record in ledger.records:
        members.setdefault(record.roster, []).append(record)
    for place, own in members.items():
        roster = ledger.rosters[place]
        stated = roster.stated.value if roster.stated else None
        heading = roster.heading
        if heading is None or roster.table or stated != len(own):
            continue
        if any(heading.start <= record.start < heading.end for record in own):
            continue  # the first line of the list, read as a heading
        for key, said in _sums(heading):
            parts = [r.fields[key] for r in own if key in r.fields]
            whole = all(key in r.fields or _may_lack(r, key) for r in own)
            if whole and len(parts) >= MIN_PARTS:
                says = f"“{heading.text}”的{LABELS[key]}写{said.text}，分项相加为"
                yield from wrong_sum(roster.document, says, said, parts, spans=said.spans)


def _sums(heading: Words) -> Iterator[tuple[str, Words]]:
    text = heading.text
    for amount in amounts(text):
        before = text[: amount.start]
        clause = before[max(before.rfind(mark) for mark in "，,；;（(：:") + 1 :]
        key = amount_key(clause, text[amount.end :])
        if key:
            yield key, Words(text[amount.start : amount.end], heading.spans, amount.value)


def _may_lack(record: Record, key: str) -> bool:
    return key == "done_investment" and record.stage in NOTHING_DONE
