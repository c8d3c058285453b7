"""The shares that rows and entries give of their own plans."""

from __future__ import annotations

from collections.abc import Iterator

from index.ledger.checks.rounding import hedged, in_percent, share_fits
from index.ledger.records import FileLedger, Finding, Words

MIN_ENTRIES = 3  # outside a table that give a share, before one that differs is a finding


def row_shares(ledger: FileLedger) -> Iterator[Finding]:
    """Yield the shares that are not what was done is of what was planned, if most of them are."""
    for place, roster in enumerate(ledger.rosters):
        if roster.table and not roster.share:
            continue
        rows = [r for r in ledger.records if r.roster == place]
        lines = [r.fields for r in rows] + [t.fields for t in roster.totals]
        lines = [fields for fields in lines if _has_share(fields)]
        if not roster.table:
            lines = [fields for fields in lines if "planned_investment" in fields]
            if len(lines) < MIN_ENTRIES:
                continue
        wrong = [(fields, says) for fields in lines if (says := _row_share(fields)) is not None]
        # Where most rows disagree the column is a share of something else.
        if len(wrong) > max(1, len(lines) // 3):
            continue
        for fields, says in wrong:
            percent, done = fields["percent"], fields["done_investment"]
            name = fields["name"].text if "name" in fields else ""
            yield Finding(
                "percent",
                f"“{name}”的比例写{percent.text}，按所列数字为{in_percent(says)}",
                roster.document,
                (*percent.spans, *done.spans),
                f"{done.text} ÷ {_whole(fields).text} = {in_percent(says)}",
            )


def _has_share(fields: dict[str, Words]) -> bool:
    plan = "planned_investment" in fields or "total_investment" in fields
    return plan and "percent" in fields and "done_investment" in fields


def _whole(fields: dict[str, Words]) -> Words:
    return fields.get("planned_investment") or fields["total_investment"]


def _row_share(fields: dict[str, Words]) -> float | None:
    """Return what the share should be, None where it is right or cannot be told."""
    percent, done = fields.get("percent"), fields.get("done_investment")
    wholes = [w for k in ("planned_investment", "total_investment") if (w := fields.get(k))]
    if not percent or not done or percent.value is None or not done.value or not wholes:
        return None
    if hedged(percent, done, *wholes):
        return None
    for whole in wholes:
        if not whole.value or share_fits(done, whole, percent):
            return None
    return done.value / (wholes[0].value or 1.0) * 100
