"""What the ledger is made of: records, the rosters they stand in, figures, findings.

All spans are half-open code-point offsets into the file's canonical text.
Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
Stage = Literal[
    "not_started", "preparatory", "under_construction", "suspended", "completed", "cancelled"
]
Progress = Literal["ahead", "met", "on_schedule", "behind"]
ReasonKind = Literal[
    "funds", "land", "approval", "demolition", "design", "investor", "market", "other"
]
RecordKind = Literal["project", "task", "promise", "fund_line", "unit"]
FindingKind = Literal[
    "count", "announced", "sum", "percent", "two_statuses", "figures", "documents"
]

# What of a list so headed is told beside its things is why they are.
LATE_STAGES = frozenset({"not_started", "suspended", "cancelled", "preparatory"})
# The fields of a record in the order of the contract; amounts also have a value in 万元.
FIELDS = (
    "name", "unit", "status_text", "reason", "measures", "deadline", "leader", "location",
    "total_investment", "planned_investment", "done_investment", "percent", "as_of",
)  # fmt: skip
# Before the heading of any other column or label that a document gives (“column:建设内容”).
COLUMN = "column:"
# The state that a record is in by its document's own name for it (“黄牌”); not of the contract.
STATE = "state"
# What a head says of all under it why they are late (“卡在征迁上的2个：”); not of the contract.
CAUSE = "cause"
# The heading of a deadline's column that is of beginning (“计划开工时间”); not of the contract.
STARTING = "starting"
# Words in brackets behind its name that say no field (“提前20天”); not of the contract.
NOTE = "note"
AMOUNTS = ("total_investment", "planned_investment", "done_investment")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the document as they are read, and where they stand.

    ``spans`` is one span as a rule; a name with a shared head (“X一期、二期”) has
    two. ``value`` is the number they say: 万元 for an amount, the number itself
    for a percentage or a count.
    """

    text: str
    spans: tuple[Span, ...]
    value: float | None = None

    @property
    def start(self) -> int:
        """Where the first of the words stands."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last of the words ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Record:
    """One project, task, promise, fund line or ranked unit, as one document tells it.

    ``document`` is the ordinal of the article, ``roster`` the position of its
    list in ``FileLedger.rosters``. ``fields`` holds those of ``FIELDS`` that the
    document gives, and what stands in other columns or behind other labels under
    ``COLUMN`` and the heading as written. ``stage`` and ``progress`` are two separate statuses.
    """

    document: int
    kind: RecordKind
    start: int
    end: int
    roster: int
    fields: dict[str, Words]
    stage: Stage | None = None
    progress: Progress | None = None
    reason_kind: ReasonKind | None = None

    @property
    def name(self) -> str:
        """The name as written."""
        return self.fields["name"].text


@dataclass(frozen=True, slots=True)
class Roster:
    """A list or table that records stand in, and what it says of itself.

    ``stated`` is the number of items that the source itself gives, ``announced``
    that of “等12个” behind names. ``totals`` are a table's own sum rows,
    ``share`` its heading of a column of shares of the plan.
    """

    document: int
    start: int
    end: int
    heading: Words | None = None
    lead: Words | None = None
    stated: Words | None = None
    announced: Words | None = None
    stage: Stage | None = None
    progress: Progress | None = None
    as_of: Words | None = None
    table: bool = False
    totals: tuple[Total, ...] = ()
    share: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum row (小计, 合计): its label, its amounts, and the records that it sums."""

    label: Words
    fields: dict[str, Words]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that prose states: “24个项目未赶上计划进度，占…的16.8％”.

    ``subject`` is what it is said of (“未赶上计划进度”), ``measure`` what is counted
    or measured (“项目”, “完成投资”), ``base`` what a share is a share of, with the
    base's own number where it is written beside it; ``among`` marks what “其中”
    breaks a total into, ``state`` is the document's own name of the state, ``part`` the class
    whose projects the sentence has counted before it (“产业项目33个，……”). ``value`` is in 万元
    for money, the plain number else. ``start``/``end`` cover the clause.
    """

    document: int
    start: int
    end: int
    number: Words
    unit: str
    value: float
    measure: str
    subject: str
    stage: Stage | None = None
    progress: Progress | None = None
    base: Words | None = None
    base_value: float | None = None
    base_unit: str = ""
    as_of: Words | None = None
    sentence: Span = (0, 0)
    among: bool = False
    state: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: a sentence for staff, and the spans concerned."""

    kind: FindingKind
    text: str
    document: int
    spans: tuple[Span, ...]
    formula: str = ""


@dataclass(slots=True)
class FileLedger:
    """What one file says, read into records."""

    rosters: list[Roster] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: list[tuple[int, int, str]] = field(default_factory=list)
