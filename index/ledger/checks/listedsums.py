"""What a report says its projects in one state did, against what its list says of each of them.

“进度偏慢5个，计划2亿元，完成1.3亿元” before a table in whose column of states just five rows are
“进度偏慢”. That both measure the same is known where another state's amount does sum up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.checks.rounding import is_sure
from index.ledger.checks.sums import adds_up, wrong_sum
from index.ledger.checks.terms import LABELS, MONEY
from index.ledger.periods import of_two_times
from index.ledger.records import STATE, Figure, FileLedger, Finding, Record, Words
from index.ledger.states import bare_name

MIN_PARTS = 2
_COUNTS = "个项件"
_MEASURES = {
    "done_investment": re.compile(r"^(?:已|共|累计|实际|现)*完成(?:投资)?额?$"),
    "planned_investment": re.compile(
        r"^(?:年度|全年|年|今年)?(?:计划(?:完成)?(?:投资)?|投资计划)额?$"
    ),
    "total_investment": re.compile(r"^总投资额?$"),
}


@dataclass(frozen=True, slots=True)
class _Compared:
    """An amount stated of a state, and those of its projects."""

    key: str
    stated: Figure
    parts: tuple[Words, ...]

    @property
    def fits(self) -> bool:
        """Whether they add up to what is stated, within rounding."""
        return adds_up(self.stated.number, self.parts)


def listed_sums(ledger: FileLedger) -> list[Finding]:
    """Return where a state's amount is not the sum of the amounts of all projects in it."""
    told = {f.spans[0] for f in ledger.findings if f.kind == "sum"}
    groups: dict[tuple[int, str], list[_Compared]] = defaultdict(list)
    for compared in _compared(ledger):
        groups[compared.stated.document, compared.key].append(compared)
    return [
        finding
        for group in groups.values()
        if sum(one.fits for one in group) * 2 >= len(group)
        for one in group
        if one.stated.number.spans[0] not in told
        for finding in _wrong(one)
    ]


def _compared(ledger: FileLedger) -> Iterator[_Compared]:
    rows: dict[tuple[int, str], list[Record]] = defaultdict(list)
    for record in ledger.records:
        if STATE in record.fields and ledger.rosters[record.roster].table:
            rows[record.document, bare_name(record.fields[STATE].text)].append(record)
    counts = {
        (f.document, f.state, f.sentence): f.value
        for f in reversed(ledger.figures)
        if f.state and f.unit in _COUNTS and not f.among
    }
    for figure in ledger.figures:
        own = rows.get((figure.document, bare_name(figure.state)), [])
        counted = counts.get((figure.document, figure.state, figure.sentence))
        key = next((k for k, p in _MEASURES.items() if p.match(figure.measure)), None)
        if key and figure.unit == MONEY and not figure.among and len(own) == counted:
            yield from _of_rows(key, figure, own)


def _of_rows(key: str, figure: Figure, own: Sequence[Record]) -> Iterator[_Compared]:
    parts = [r.fields[key] for r in own if key in r.fields]
    of_then = any(of_two_times(r.fields.get("as_of"), figure.as_of) for r in own)
    if is_sure(figure.number, *parts) and not of_then and len(parts) == len(own) >= MIN_PARTS:
        yield _Compared(key, figure, tuple(parts))


def _wrong(one: _Compared) -> Iterator[Finding]:
    stated = one.stated
    says = (
        f"“{stated.state}”的{LABELS[one.key]}写{stated.number.text}，"
        f"所列{len(one.parts)}个项目相加为"
    )
    yield from wrong_sum(
        stated.document, says, stated.number, one.parts,
        spans=stated.number.spans, like=one.parts[0],
    )  # fmt: skip
