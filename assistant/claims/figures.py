"""Numbers and dates of a part of a claim, each looked for in the evidence with what it measures."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.claims.cells import PERCENT_LABEL
from assistant.claims.clauses import Part
from assistant.claims.dates import When, dates
from assistant.claims.derived import is_count_of_named, worked_out
from assistant.claims.quantities import Quantity, hedged_alike, quantities, same
from assistant.claims.records import Fault, FaultKind, Worked
from assistant.claims.scope import Reading, Scope, Statuses
from assistant.claims.statuses import borne_out, find_statuses

_LABELS = {
    "total": r"总投资|投资总额|概算|投资规模|投资总规模",
    "plan": r"计划完成?投资|计划投资|年投资计划|投资计划|年度计划|年计划|全年计划|计划数",
    "done": r"完成投资|投资完成|已完成|累计完成|完成额|完成的?投资",
    "paid": r"到位|下达|拨付|支出|使用资金|支付",
}
_LABEL = re.compile("|".join(f"(?P<{k}>{v})" for k, v in _LABELS.items()))
_UP = re.compile(r"增长|上升|提高|增加|提升|扩大|增幅|新增|高于|多于|快于|增至")
_DOWN = re.compile(r"下降|减少|降低|下滑|回落|缩小|降幅|低于|少于|慢于|降至|负增长")
_AMOUNT_UNIT = re.compile(r"单位:?(亿元|万元|元)|\((亿元|万元)\)")
_LIMIT = re.compile(r"^(?:之)?(前|后|起)")
_CLAUSE = re.compile(r"[,;。:!?\n]")
_ITEM = re.compile(r"[,;。:!?\n、]")
_RELATIVE_YEARS = ("今年", "去年", "明年")
LEAP_YEAR = 2024  # for dates without a year: 29 February is then the end
_YEAR_TO_DATE = {"-q3": "1-9", "-q2": "1-6", "h1": "1-6", "-q1": "1-3", "q1": "1-3"}


def figure_faults(
    part: Part, scope: Scope, whole: Scope, counts: Iterable[int], today: date | None
) -> Iterator[Fault | Worked]:
    """Yield the numbers and dates of a part that ``scope`` does not hold, or how they follow.

    A figure that only ``whole`` holds is said of something else there: merged.
    ``counts`` are numbers that the claim itself makes good: how many it names or cites.
    """
    allowed = frozenset(counts)
    text = part.text
    for quantity in quantities(text):
        if _counted(quantity, text, allowed) or _held(quantity, part, scope):
            continue
        if is_count_of_named(quantity, part, whole):
            continue
        if how := worked_out(quantity, part, whole):
            yield Worked(how)
            continue
        kind: FaultKind = "amount" if quantity.unit == "元" else "number"
        merged = scope is not whole and _held(quantity, part, whole)
        yield Fault("merged" if merged else kind, quantity.words.strip())
    for when in dates(text):
        if _dated(when, text, scope, today):
            continue
        merged = scope is not whole and _dated(when, text, whole, today)
        yield Fault("merged" if merged else "date", when.words)


def _counted(quantity: Quantity, text: str, allowed: frozenset[int]) -> bool:
    if text[quantity.end : quantity.end + 1] in ("月", "年", "小", "多", "百"):
        return False
    return quantity.unit in ("个", "") and not quantity.hedge and quantity.value in allowed


def _held(claimed: Quantity, part: Part, scope: Scope) -> bool:
    return any(
        _alike(claimed, part, source, reading)
        for reading in scope.readings
        for source in reading.quantities
    ) or _in_context(claimed, scope)


def _in_context(claimed: Quantity, scope: Scope) -> bool:
    """Tell whether a title or heading holds the number; it says nothing else to compare."""
    contexts = dict.fromkeys(r.cell.context for r in scope.readings if r.cell.context)
    return any(
        same(claimed, source) and hedged_alike(claimed, source)
        for context in contexts
        for source in quantities(context)
    )


def _alike(claimed: Quantity, part: Part, source: Quantity, reading: Reading) -> bool:
    text = part.text
    told = same(claimed, source) or _bare_amount(claimed, source, reading)
    if not (told and hedged_alike(claimed, source)):
        return False
    mine, theirs = _measures(text, claimed), _measures(reading.cell.text, source)
    if mine and theirs and mine != theirs:
        return False
    if _direction(text, claimed) * _direction(reading.cell.text, source) < 0:
        return False
    return _anchored(claimed, part, source, reading) and _same_status(
        _beside(text, claimed), reading
    )


def _anchored(claimed: Quantity, part: Part, source: Quantity, reading: Reading) -> bool:
    """Tell whether a share or an amount belongs to the count that the claim puts it to."""
    if claimed.unit not in ("元", "%") or reading.cell.row:
        return True
    own = [q for q in quantities(part.text) if q.end <= claimed.start]
    counts = {q.value for q in [*quantities(part.before), *own] if q.unit == "个"}
    theirs = reading.anchors(source.start)
    return not counts or not theirs or bool(counts & theirs)


def _bare_amount(claimed: Quantity, source: Quantity, reading: Reading) -> bool:
    """Tell whether a table gives a number without its unit, which stands elsewhere: 万元 or %."""
    if claimed.unit not in ("元", "%") or source.unit or not reading.cell.row:
        return False
    line = reading.cell.text[: source.start].rsplit("\n", 1)[-1]
    if claimed.unit == "%":
        return line == f"{PERCENT_LABEL}:" and source.value == claimed.value
    if not re.search(rf"(?:^|\n|:){re.escape(source.words.strip())}(?:\n|$)", reading.cell.text):
        return False
    above = _AMOUNT_UNIT.search(line) or _AMOUNT_UNIT.search(reading.text)
    factor = {"亿元": 1e8, "元": 1.0}.get(next(filter(None, above.groups())) if above else "", 1e4)
    return abs(source.value * factor - claimed.value) < 1e-6 * max(1.0, claimed.value)


def _measures(text: str, quantity: Quantity) -> str:
    """Return what money measures by the label nearest before it, else right after it."""
    if quantity.unit not in ("元", ""):
        return ""
    before = re.split(r"\d|[;。\n]", text[: quantity.start])[-1]
    found = list(_LABEL.finditer(before))
    if found:
        return str(found[-1].lastgroup)
    after = re.match(r"的?(.{0,6})", text[quantity.end :])
    match = _LABEL.match(after[1]) if after else None
    return str(match.lastgroup) if match else ""


def _direction(text: str, quantity: Quantity) -> int:
    """Return 1 or -1 where the words right before or after a number tell which way it goes."""
    near = re.split(r"\d|[;。\n,]", text[: quantity.start])[-1][-10:]
    after = _CLAUSE.split(text[quantity.end : quantity.end + 6])[0]
    for words in (near, after):
        if _DOWN.search(words):
            return -1
        if _UP.search(words):
            return 1
    return 0


def _beside(text: str, quantity: Quantity) -> Statuses:
    """Return the statuses between a quantity and the next; those before it, where none is."""
    start = max((m.end() for m in _ITEM.finditer(text, 0, quantity.start)), default=0)
    stop = _ITEM.search(text, quantity.end)
    end = stop.start() if stop else len(text)
    others = [q for q in quantities(text) if q != quantity and start <= q.start < end]
    after = min((q.start for q in others if q.start > quantity.start), default=end)
    before = max((q.end for q in others if q.start < quantity.start), default=start)
    found = find_statuses(text)
    behind = {s.key for s in found if quantity.end <= s.start < after}
    return behind or {s.key for s in found if before <= s.start < quantity.start}


def _clause(text: str, at: int) -> str:
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, at)), default=0)
    end = _CLAUSE.search(text, at)
    return text[start : end.start() if end else len(text)]


def _same_status(claimed: Statuses, reading: Reading) -> bool:
    """Tell whether the statuses that stand beside a number in the claim do so in the source."""
    held = reading.statuses
    return not claimed or not held or all(borne_out(key, held) for key in claimed)


def _dated(claimed: When, text: str, scope: Scope, today: date | None) -> bool:
    clause = _clause(text, claimed.start)
    statuses: Statuses = {s.key for s in find_statuses(clause)}
    years = {w.year for r in scope.readings for w in r.dates if w.year}
    for reading in scope.readings:
        for source in reading.dates:
            if not _covers(claimed, source, years, today) or not _same_limit(
                claimed, text, source, reading
            ):
                continue
            inside = source.words in reading.cell.text
            if inside and (not _same_status(statuses, reading) or _as_of(clause, source, reading)):
                continue
            return True
    return False


def _covers(claimed: When, source: When, years: set[int], today: date | None) -> bool:
    """Tell whether a date in the evidence says what a claim says; less precise is as true."""
    if claimed.span in _RELATIVE_YEARS:
        told = years - {None}
        # Where no year is written, the document speaks of the year in which it is asked.
        if _years_from(claimed.span, today) in told or (claimed.span == "今年" and not told):
            return True
    if claimed.year and source.year and claimed.year != source.year:
        return False
    if claimed.year and not source.year and claimed.year not in years:
        return False
    if claimed.year and not (claimed.month or claimed.day or claimed.span or claimed.part):
        return claimed.year in years
    mine, theirs = (_YEAR_TO_DATE.get(w.span, w.span) for w in (claimed, source))
    if mine not in (theirs, theirs.lstrip("-")):
        return False
    if claimed.month and claimed.month != source.month:
        return False
    if claimed.day and claimed.day != source.day:
        return False
    if claimed.part == "底" and source.day and _ends_month(source):
        return True
    if source.month and not claimed.month and not claimed.day:
        return False
    return not claimed.part or claimed.part == source.part


def _ends_month(when: When) -> bool:
    """Tell whether a date is the last day of its month: what is so by then is so at its end."""
    year = when.year or LEAP_YEAR
    return bool(when.month and when.day == monthrange(year, when.month)[1])


def _years_from(span: str, today: date | None) -> int | None:
    return today.year + {"今年": 0, "去年": -1, "明年": 1}[span] if today else None


def _as_of(clause: str, source: When, reading: Reading) -> bool:
    """Tell whether a row's date is that of its figures and the claim's is a time limit."""
    line = reading.cell.text[: source.start].rsplit("\n", 1)[-1]
    return reading.cell.row and line == "截至:" and bool(re.search(r"时限|期限|节点|要求", clause))


def _same_limit(claimed: When, text: str, source: When, reading: Reading) -> bool:
    """Tell whether “前” or “后” after a date is the same in both, where both have one."""
    mine = _LIMIT.match(text[claimed.end :])
    theirs = (
        _LIMIT.match(reading.cell.text[source.end :]) if source.words in reading.cell.text else None
    )
    return not (mine and theirs) or mine[1] == theirs[1]
