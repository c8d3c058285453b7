"""A question as a filter over records, and the sentence that says how it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from assistant.ledger.changes import Change
from assistant.ledger.columns import PREFIX
from assistant.ledger.deadlines import Due
from assistant.ledger.ownstates import is_own, own_name
from index.ledger.periods import Period
from index.ledger.records import Progress

Kind = Literal[
    "list",
    "count",
    "sum",
    "share",
    "rank",
    "group",
    "compare",
    "status",
    "why",
    "value",
    "change",
    "remaining",
]

STATUS = {
    "zh": {
        "not_started": "未开工", "preparatory": "前期", "under_construction": "在建",
        "suspended": "停工", "completed": "竣工", "cancelled": "取消",
        "ahead": "快于计划进度", "met": "完成年度计划", "on_schedule": "赶上计划进度",
        "behind": "滞后", "started": "已开工", "unfinished": "未完成",
    },
    "en": {
        "not_started": "not started", "preparatory": "preparatory", "suspended": "suspended",
        "under_construction": "under construction", "completed": "completed",
        "cancelled": "cancelled", "ahead": "ahead of schedule", "met": "annual plan met",
        "on_schedule": "on schedule",
        "behind": "behind schedule", "started": "started", "unfinished": "not finished",
    },
}  # fmt: skip
REASON = {
    "zh": {
        "funds": "资金", "land": "土地", "approval": "规划审批", "demolition": "征地拆迁",
        "design": "设计变更", "investor": "投资方退出", "market": "市场", "other": "其他",
    },
    "en": {
        "funds": "funds", "land": "land", "approval": "approval", "demolition": "demolition",
        "design": "design change", "investor": "investor withdrew", "market": "market",
        "other": "other",
    },
}  # fmt: skip
# Kinds that an answer from records has in its interpretation.
OF_RECORDS: frozenset[str] = frozenset(get_args(Kind))
COLUMNS = {
    "zh": {
        "name": "项目", "unit": "责任单位", "status_text": "状态", "reason": "原因或问题",
        "reason_kind": "原因类别", "measures": "措施", "deadline": "时限", "leader": "领导",
        "location": "地点", "total_investment": "总投资", "planned_investment": "计划投资",
        "done_investment": "完成投资", "percent": "比例", "as_of": "截至", "stage": "阶段",
        "progress": "进度", "document": "文件", "note": "说明",
        "group": "类别",
    },
    "en": {
        "name": "Project", "unit": "Unit", "status_text": "Status", "reason": "Reason or problem",
        "reason_kind": "Kind of reason", "measures": "Measures", "deadline": "Deadline",
        "leader": "Leader", "location": "Location", "total_investment": "Total investment",
        "planned_investment": "Planned investment", "done_investment": "Investment done",
        "percent": "Percent", "as_of": "As of", "stage": "Stage", "progress": "Progress",
        "document": "Document", "note": "Remark", "group": "Class",
    },
}  # fmt: skip
_FACETS = {
    "zh": {
        "status": "状态", "unit": "责任单位", "unit_class": "责任单位类别", "reason": "原因类别",
        "cause": "原因", "kind": "类别", "text": "含",
        "period": "文件或时期", "limit": "条件", "leader": "领导", "location": "地点",
        "group": "类", "issuer": "地区", "trade": "行业（按名称）",
    },
    "en": {
        "status": "status", "unit": "unit", "unit_class": "class of unit",
        "reason": "kind of reason", "cause": "cause", "kind": "kind",
        "text": "contains", "period": "document or period", "limit": "condition",
        "leader": "leader", "location": "location", "group": "class", "issuer": "district",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on an amount (万元) or percentage."""

    field: str
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks of the ledger; every facet narrows, values within one are OR-ed.

    ``statuses`` hold keys of stage or progress, or of a document's own states (“own:黄灯”),
    ``without_…`` exclude, ``texts``
    are words that a row must hold, ``periods`` those that its document must.
    ``causes`` are those that documents themselves count projects under, of the kinds ``reasons``.
    ``groups`` are classes that headings name, ``trades`` those told by names, ``issuers``
    regions whose documents count, ``at`` the periods that they end in, ``change`` what is
    asked of two of them. ``both`` asks for stage and progress together (“在建且滞后”).
    ``extra`` are other columns of tables, by their keys, ``unit_classes`` classes of the
    units responsible (“乡镇”).
    ``due`` bounds the deadline, ``troubled`` asks for those with a problem.
    ``measure`` is the field that is summed, ranked or asked for, ``by`` what
    rows are grouped by, ``base`` the plan that a share of the states is asked of, ``top`` how
    many of a ranking are wanted (None: all ties),
    ``supposed`` are statuses that a question takes for granted (“是哪天开工的”),
    ``still`` asks which of an earlier period’s are so in a later one, too,
    ``ends`` asks for the first and the last, ``lacking`` how much is lacking.
    """

    kind: Kind
    language: Literal["zh", "en"]
    statuses: tuple[str, ...] = ()
    without_statuses: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    without_units: tuple[str, ...] = ()
    unit_classes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    without_reasons: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    leaders: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    at: tuple[Period, ...] = ()
    change: Change | None = None
    both: bool = False
    due: Due | None = None
    troubled: bool = False
    measure: str | None = None
    by: str | None = None
    base: str | None = None
    top: int | None = None
    ascending: bool = False
    ends: bool = False
    lacking: bool = False
    supposed: tuple[str, ...] = ()
    still: bool = False
    columns: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the records."""
        return bool(
            self.statuses or self.units or self.reasons or self.causes or self.kinds or self.texts
            or self.without_statuses or self.without_units or self.without_reasons
            or self.limits or self.leaders or self.locations or self.periods or self.due
            or self.troubled or self.unit_classes or self.groups or self.trades
            or self.issuers or self.at
        )  # fmt: skip

    @property
    def filtered_beyond_time(self) -> bool:
        """Whether anything but the time narrows the records."""
        return replace(self, at=(), periods=()).filtered

    def filters(self) -> dict[str, Any]:
        """Return the facets as the answer's ``interpretation.filters`` carries them."""
        found: dict[str, Any] = {}
        own = [own_name(s) for s in self.statuses if is_own(s)]
        stages = [s for s in self.statuses if s not in get_args(Progress) and not is_own(s)]
        progresses = [s for s in self.statuses if s in get_args(Progress)]
        pairs: list[tuple[str, list[str] | tuple[str, ...]]] = [
            ("stage", stages), ("progress", progresses), ("state", own),
            ("unit", self.units), ("unit_class", self.unit_classes),
            ("reason_kind", self.reasons), ("cause", self.causes),
            ("kind", self.kinds), ("contains", self.texts),
            ("period", [*(p.words for p in self.at), *self.periods]),
            ("leader", self.leaders), ("location", self.locations),
            ("group", self.groups), ("trade", self.trades), ("issuer", self.issuers),
            ("not_status", [s for s in self.without_statuses if not is_own(s)]),
            ("not_state", [own_name(s) for s in self.without_statuses if is_own(s)]),
            ("not_unit", self.without_units),
            ("not_reason_kind", self.without_reasons),
            ("limit", [limit.words for limit in self.limits]), ("name", self.names),
            ("due", [self.due.words] if self.due else []),
        ]  # fmt: skip
        for key, values in pairs:
            if values:
                found[key] = values[0] if len(values) == 1 else list(values)
        if self.by:
            found["group_by"] = self.by
        if self.measure:
            found["measure"] = self.measure
        return found

    def reading(self) -> str:
        """Return how the question was read, as words (“状态=未开工，责任单位=区交通局”)."""
        zh = self.language == "zh"
        names = _FACETS[self.language]
        reason = REASON[self.language]
        either, comma, unlike = ("或", "，", "≠") if zh else (" or ", ", ", "≠")
        both = "且" if zh else " and "
        said: list[str] = []

        def add(
            facet: str, values: list[str] | tuple[str, ...], sign: str = "=", joint: str = either
        ) -> None:
            if values:
                said.append(f"{names[facet]}{sign}{joint.join(values)}")

        add("issuer", self.issuers)
        add("period", [*(p.words for p in self.at), *self.periods])
        add("group", self.groups)
        add("trade", self.trades)
        add("kind", [_KIND_NAMES[self.language].get(k, k) for k in self.kinds])
        statuses = [status_name(s, self.language) for s in self.statuses]
        add("status", statuses, joint=both if self.both else either)
        add("status", [status_name(s, self.language) for s in self.without_statuses], unlike)
        add("unit", self.units)
        add("unit_class", self.unit_classes)
        add("unit", self.without_units, unlike)
        add("cause", self.causes)
        add("reason", [] if self.causes else [reason[r] for r in self.reasons])
        add("reason", [reason[r] for r in self.without_reasons], unlike)
        add("leader", self.leaders)
        add("location", self.locations)
        add("text", self.texts)
        add("limit", [limit.words for limit in self.limits])
        add("limit", [self.due.words] if self.due else [])
        if self.troubled:
            said.append("写明问题" if zh else "a problem is stated")
        return comma.join(said)


_KIND_NAMES = {
    "zh": {"project": "项目", "task": "任务", "promise": "民生实事", "fund_line": "资金",
           "unit": "单位"},
    "en": {"project": "projects", "task": "tasks", "promise": "livelihood promises",
           "fund_line": "fund lines", "unit": "units"},
}  # fmt: skip


def status_name(status: str, language: str) -> str:
    """Return what a status is called: a document's own state by its own name."""
    return own_name(status) if is_own(status) else STATUS[language][status]


def shown(name: str, value: str | None, language: str) -> str | None:
    """Return a field's value as people read it: codes of statuses and reasons in words."""
    if value is None:
        return None
    if name in ("stage", "progress"):
        return STATUS[language].get(value, value)
    return REASON[language].get(value, value) if name == "reason_kind" else value


def heading(key: str, language: str) -> str:
    """Return what a column is headed by: other columns by the words of their document."""
    return COLUMNS[language].get(key) or key.removeprefix(PREFIX)
