"""Questions about all projects, or classes of them, that a report answers as a whole.

“离全年计划还差多少”, “平均每个项目投资多少”, “哪一类完成率最低”: a table of some of the projects
has the same columns, but it is not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.ledger.asked import asked_statuses
from assistant.ledger.breakdown import state_amounts
from assistant.ledger.figurelink import (
    count_figures,
    first_of_each,
    in_period,
    is_of_some,
    money_figures,
    overalls,
    source_of_figure,
)
from assistant.ledger.link import read_query
from assistant.ledger.measures import both_ends, measure_of, top_of
from assistant.ledger.money import common_unit, exact, money, rounded
from assistant.ledger.overall import remaining_of
from assistant.ledger.parted import parts_named, parts_stated
from assistant.ledger.planshares import left_of_plan
from assistant.ledger.query import Query, heading, status_name
from assistant.ledger.select import in_scope, narrowed
from assistant.ledger.unitamounts import unit_amounts, unit_rates
from assistant.ledger.unitsums import answer_units, difference
from assistant.ledger.vocabulary import COMPARE, GROUPS
from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from index.ledger.periods import ended_in
from index.ledger.records import AMOUNTS
from index.words import fold
from prompts import render

Similar = Callable[[str, Sequence[str]], str | None]

# Words that name a table: its rows are meant, whatever the reports state of all.
_OF_TABLE = re.compile(
    r"台账|(?:进度|明细|汇总|统计|附|总|计划)表|清单|表(?:格|[中里内上])|附件|债券"
)
_ALL = r"(?:全[省市县区镇]|我[省市县区]|各?重点|所有|建设|项目|工程|总体|整体|的)*"
_LEFT = re.compile(
    rf"^(?:请问|那么?)?(?:{_ALL})(?:现在|目前|眼下|截至目前|到目前为止)?{_ALL}(?:离|距离?|跟|与|和|比|对照|照)(?:完成)?{_ALL}"
    r"(?:全年|年度|今年|年初|本年)(?:度)?的?(?:投资)?的?(?:计划|目标|任务)(?:投资|完成|相比|比)*[，,]?"
    r"(?:一共|总共|总)?(?:还)?(?:差|剩|缺|有)(?:着|下|了)?多少(?:亿元?|万元?|钱|投资|资金)*(?:没有?|未)?(?:完成|投)?(?:的|了|呢)?[？?。]?$"
)
_MEAN = re.compile(
    r"平均(?:到|下来)?(?:每一?[个项件](?!月|季)|一[个项件])?|(?:每一?[个项件]|单个)(?=(?:项目|工程)?平均)"
)
_PER_TIME = re.compile(r"平均每?(?:月|季|年|天|周)|每个?(?:月|季度|人|户)|月均|年均|人均|户均")
_OVER = re.compile(r"超出|超过了?(?:年度|全年)?计划|超(?:额|计划)|比(?:年度|全年)?(?:投资)?计划多")
_GAP = re.compile(r"相差|差多少|差距|[多高少低](?:出|了)?(?:多少|几)")
_WHICH = dict(GROUPS)["group"]
# “哪个行业列入的项目多，多几个”: how many there are is compared.
_MORE_THINGS = re.compile(r"(?:项目|工程|任务|数量|个数)[^，。？?]{0,8}[多少]|[多少]几个")


def answer_of_all(question: Question, ledger: Ledger, similar: Similar) -> Draft | None:
    """Return what is left of the plan, a mean, or which class is first; None where not asked."""
    text = fold(question.text).strip()
    if question.language != "zh" or not ledger.rows or _OF_TABLE.search(text):
        return None
    if _LEFT.match(text):
        draft = _left(question, ledger)
        kind = "remaining"
    elif _MEAN.search(text) and not _PER_TIME.search(text):
        draft = _mean(question, ledger, similar)
        kind = "sum"
    elif _OVER.search(text):
        query = read_query(question, ledger, similar)
        draft = left_of_plan(query, ledger) if query and query.kind == "remaining" else None
        kind = "remaining"
    elif measure_of(text) and (top_of(text)[2] or COMPARE.search(text) or "没完成" in text):
        return _of_classes(question, ledger, similar)
    elif not measure_of(text) and _MORE_THINGS.search(text):
        draft = _counts_compared(question, ledger)
        kind = "compare"
    else:
        return None
    if draft is not None and draft.interpretation is None:
        draft.interpretation = {"kind": kind, "filters": {}}
    return draft


# -- what is left of the plan ---------------------------------------------------------------


def _left(question: Question, ledger: Ledger) -> Draft | None:
    """Return the plan less what is done, by the newest report that states both of all."""
    query = Query("remaining", question.frames)
    plans, done = (overalls(m, query, ledger) for m in ("planned_investment", "done_investment"))
    ends = {(r.file.id, r.record.document): ended_in(r) or (0, 0) for r in ledger.rows}
    first = [{_place(f): f for f in first_of_each(figures)} for figures in (plans, done)]
    pairs = [
        (ends.get(place, (0, 0)), plan, first[1][place])
        for place, plan in first[0].items()
        if place in first[1] and plan.figure.value > 0
    ]
    newest = max((pair[0] for pair in pairs), default=(0, 0))
    found = {(p.figure.value, d.figure.value): (p, d) for end, p, d in pairs if end == newest}
    if len(found) != 1:  # of none, or of several offices
        return None
    plan, made = found.popitem()[1]
    return remaining_of(query, plan, made)


def _place(filed: FiledFigure) -> tuple[int, int]:
    return filed.file.id, filed.figure.document


# -- means ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parted:
    """An amount of some projects, and how many they are; ``name`` says which."""

    name: str
    amount: FiledFigure
    count: FiledFigure


def _mean(question: Question, ledger: Ledger, similar: Similar) -> Draft | None:
    """Return an amount of all, of a class or of a state, shared out among its projects."""
    plain = _MEAN.sub("", question.text)
    plain = plain if re.search(r"项目|工程", plain) else f"项目{plain}"
    query = read_query(replace(question, text=plain), ledger, similar)
    if query is None or query.measure not in AMOUNTS or query.kind in ("rank", "compare", "change"):
        return None
    bare = narrowed(query, statuses=(), groups=(), measure=None, columns=(), base=None)
    if bare.filtered or bare.names or (query.statuses and query.groups):
        return None
    found = _parted(query, query.measure, ledger)
    if found is None:
        return None
    value = exact(found.amount.figure.value) / Decimal(str(found.count.figure.value))
    unit = common_unit([found.amount.figure.number])
    said = _rounded(value, unit)
    count = f"{found.count.figure.number.text}{found.count.figure.unit}"
    expression = f"{found.amount.figure.number.text} ÷ {count} = {said}"
    text = render(
        "ledger_mean", query.language, name=escape(found.name),
        what=heading(query.measure, query.language), mean=said, formula=escape(expression),
    )  # fmt: skip
    sources = tuple(map(source_of_figure, (found.amount, found.count)))
    number = re.match(r"[\d.]+", said)
    numbers = frozenset({said, number.group() if number else said})
    draft = Draft([Statement(text, tuple(dict.fromkeys(sources)), computed=numbers)], short=said)
    draft.value = Value(float(number.group()), said[number.end() :], expression) if number else None
    return draft


def _rounded(value: Decimal, unit: str) -> str:
    """Return a mean to two places, in 万元 where 亿元 would leave none."""
    if unit == "亿元" and value < 10_000:
        unit = "万元"
    scale = Decimal(10_000) if unit == "亿元" else Decimal(1)
    return money(rounded(value / scale) * scale, unit)


def _parted(query: Query, measure: str, ledger: Ledger) -> _Parted | None:
    if query.groups:
        parts = [p for p in parts_stated(query, ledger) if fold(p.name) in query.groups]
        amount = parts[0].amounts.get(measure) if len(parts) == 1 else None
        return _Parted(parts[0].name, amount, parts[0].count) if amount and parts[0].count else None
    if query.statuses:
        if len(query.statuses) > 1:
            return None
        amounts = state_amounts(query, measure, ledger) or money_figures(
            query.statuses[0], measure, query, ledger
        )
        counts = count_figures(query.statuses[0], query, ledger)
        name = status_name(query.statuses[0], query.language)
    else:
        amounts, counts = overalls(measure, query, ledger), _counts_of_all(query, ledger)
        name = "" if query.language == "zh" else "all"
    places = {(r.file.id, r.record.document) for r in ledger.rows if in_scope(r, query)}
    for amount in amounts:
        own = [c for c in counts if _place(c) == _place(amount) and c.figure.value > 0]
        if own and _place(amount) in places:
            return _Parted(name, amount, own[0])
    return None


def _counts_of_all(query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the first number of projects that each document states of all."""
    return first_of_each(
        filed
        for filed in in_period(query, ledger)
        if filed.figure.unit in "个项件" and not (filed.figure.subject or is_of_some(filed.figure))
    )


# -- classes --------------------------------------------------------------------------------


def _of_classes(question: Question, ledger: Ledger, similar: Similar) -> Draft | None:
    """Return which class is first or last, or how two compare, where a report tells of each."""
    text = fold(question.text)
    if not (_WHICH.search(text) or parts_named(text, ledger)):
        return None
    query = read_query(question, ledger, similar)
    if query is None or query.kind not in ("rank", "compare", "remaining"):
        return None
    if query.units or query.names or query.at or query.kinds or query.periods:
        return None
    if query.kind == "rank" and query.by != "group":
        return None
    if query.kind == "remaining":
        query = narrowed(query, statuses=())
    if query.kind == "rank" and both_ends(text) and _GAP.search(text):
        return _between_ends(query, ledger)
    draft = answer_units(query, ledger)
    if draft is not None:
        draft.interpretation = {"kind": query.kind, "filters": query.filters()}
    return draft


def _counts_compared(question: Question, ledger: Ledger) -> Draft | None:
    """Return which of two classes has more projects, where a report counts each by itself."""
    text = fold(question.text)
    named = {name for name, _ in parts_named(text, ledger)}
    query = Query("compare", question.frames)
    if len(named) != 2 or not COMPARE.search(text) or asked_statuses(text):
        return None
    stated = [p for p in parts_stated(query, ledger) if fold(p.name) in named and p.count]
    counts = [(p.name, p.count) for p in stated if p.count]
    if len(counts) != 2 or counts[0][1].figure.value == counts[1][1].figure.value:
        return None
    (most, more), (_, fewer) = sorted(counts, key=lambda one: -one[1].figure.value)
    gap = f"{more.figure.value - fewer.figure.value:g}{more.figure.unit}"
    said = [f"{f.figure.number.text}{f.figure.unit}" for f in (more, fewer)]
    expression = f"{' − '.join(said)} = {gap}"
    text = render(
        "ledger_compare", query.language, most=escape(most), difference=gap,
        counts="，".join(f"{escape(n)} {f.figure.number.text}{f.figure.unit}" for n, f in counts),
        formula=escape(expression),
    )  # fmt: skip
    sources = tuple(source_of_figure(filed) for _, filed in counts)
    draft = Draft([Statement(text, sources, computed=frozenset({gap}))], short=gap)
    number = more.figure.value - fewer.figure.value
    draft.value = Value(number, more.figure.unit, expression)
    return draft


def _between_ends(query: Query, ledger: Ledger) -> Draft | None:
    """Return by how much the first class is above the last."""
    measure = query.measure or ""
    found = (
        unit_rates(query, ledger) if measure == "percent" else unit_amounts(query, ledger, measure)
    )
    if len(found) < 2 or query.statuses:
        return None
    ordered = sorted(found, key=lambda one: -(one.words.value or 0.0))
    line = "，".join(f"{escape(one.unit)} {escape(one.words.text)}" for one in ordered)
    draft = difference(query, ordered[0], ordered[-1], line)
    every = tuple(dict.fromkeys(source for one in ordered for source in one.sources))
    draft.statements = [replace(draft.statements[0], sources=every)]
    draft.interpretation = {"kind": "compare", "filters": query.filters()}
    return draft
