"""Running text that tells project after project where it stands, under a heading that counts them.

“（一）水利（4个，区水务局）。A已完工，5月通水；B、C等2个项目按期推进；D因征地受阻，进度滞后。”
All projects are found, or the paragraph is left to the other readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.attributes import Fields, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.causes import cause_and_result
from index.ledger.counted import heading_count
from index.ledger.entries import past_label
from index.ledger.grouped import read_parts, spent_on
from index.ledger.lists import is_item
from index.ledger.naming import is_doubtful
from index.ledger.prose import COUNTED, chinese_count, owner_at
from index.ledger.records import AMOUNTS, Roster, Span
from index.ledger.splitting import split
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.subjects import Statement, read_statement, told_before
from index.ledger.told import told_reason
from index.ledger.units import is_region, is_strong_unit
from index.sentences import parts

_RUN_IN = re.compile(
    r"(?P<head>[^，。；：:（）()]{2,20}(?:[（(][^（）()]{2,30}[）)]|\d+[个项件](?:[，,][^，。；：:]{2,20})?))\s*[。：:]"
)
_BECAUSE = re.compile(r"因为?|由于")
_STANDS_STILL = frozenset({"not_started", "suspended"})
MIN_TOLD = 2
_COUNTED = re.compile(r"(?:[（(]?共?)?\d+[个项件]")
_BRACKET = re.compile(r"[（(](?P<words>[^（）()]*)[）)]\s*$")
# “4个项目，年度计划2.6亿元”: a number that the first words of a section give.
_OPENED = re.compile(
    r"\s*(?:共|有|计|本[区县镇]){0,2}(?P<number>\d+|[二两三四五六七八九十]+)[个项](?:重点)?(?:项目|工程|任务|小区)[，,。]"
)
_AMOUNT = re.compile(r"(?:完成|投资|占|仅?为)[^，。；]*\d[\d.]*(?:[万亿]元|[%％成])")
_WHY = re.compile(r"\s*(?:(?:主要)?原因是|因为?(?!地)|由于|是(?!否)|受(?=.+影响$))")
_LED = re.compile(r"(?P<words>[^：:。；]{2,30})[：:]")
_ASIDE = re.compile(r"\s*(?:其中|另外|同时|此外)")


@dataclass(frozen=True, slots=True)
class _Told:
    """One statement with the span of its clauses, up to the next."""

    span: Span
    statement: Statement


def read_clauses(builder: Builder, lines: Sequence[Line]) -> None:
    """Read the paragraphs that tell of as many projects as the heading before them says."""
    for place, line in enumerate(lines):
        if line.heading or builder.is_used((line.start, line.end)):
            continue
        text = builder.view.text
        low = past_label(text, line.start, line.end)
        head = _RUN_IN.match(text, low, line.end)
        if head and heading_count(head["head"]):
            _read(builder, line, head.span("head"), (head.end(), line.end))
        elif place and lines[place - 1].heading:
            above = lines[place - 1]
            heading = (past_label(text, above.start, above.end), above.end)
            _read(builder, line, heading, (line.start, line.end))


_NO_THING = re.compile(r"(?:手续|协议|资金|补助|审批|批复|设备|围堰|水位|报告)$")


def _read(builder: Builder, line: Line, heading: Span, body: Span) -> bool:
    text = builder.view.text
    count = _stated(text, heading, body)
    if count is None:
        return False
    number = chinese_count(text[slice(*count)])
    if body[0] <= count[0]:  # no heading but the first words count: they prove a split alone
        told = _split(text, body, number)
        return bool(told) and _add(builder, line, heading, count, told)
    told = list(_statements(text, *body))
    unit = _heading_unit(text, heading)
    if _count(told) != number and unit and is_region(text[slice(*unit)]):
        told = _parts(text, body, number)
    if _count(told) != number:
        told = list(_statements(text, *body, lenient=True))
    if _count(told) != number or len(told) < MIN_TOLD:
        told = _parts(text, body, number) or _split(text, body, number)
        if not told:
            return False
    names = [text[slice(*name)] for one in told for name in one.statement.names]
    if any(is_doubtful(name) or _NO_THING.search(name) for name in names):
        return False  # as many as are counted, and not the projects
    return _add(builder, line, heading, count, told)


def _add(builder: Builder, line: Line, heading: Span, count: Span, told: Sequence[_Told]) -> bool:
    """Put what is told into a roster below its heading; return True."""
    view, text = builder.view, builder.view.text
    unit = _heading_unit(text, heading)
    context = builder.context(line)
    body = (told[0].span[0], line.end)
    stated = builder.words(count, float(chinese_count(text[slice(*count)])))
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(*body), builder.words(heading), None, stated,
            as_of=context.as_of,
        )
    )  # fmt: skip
    for one in told:
        shared = _shared(builder, one)
        for name, owner in zip(one.statement.names, one.statement.units, strict=True):
            fields: Fields = {"name": builder.name([name]), **shared}
            if owner or unit:
                fields["unit"] = builder.words(owner or unit)  # type: ignore[arg-type]
            elif context.unit:
                fields.setdefault("unit", context.unit)
            if context.as_of:
                fields.setdefault("as_of", context.as_of)
            span = view.span(*one.span)
            builder.record(context.kind, roster, span, fields, one.statement.status)
    builder.use((heading[0] if heading[0] >= line.start else line.start, line.end))
    return True


def _stated(text: str, heading: Span, body: Span) -> Span | None:
    """Return the number of projects that a heading gives, or the first words below it."""
    if counted := heading_count(text[slice(*heading)]):
        low = heading[0] + counted.start("number")
        return low, low + len(counted["number"])
    opened = _OPENED.match(text, *body)
    return opened.span("number") if opened else None


def _split(text: str, body: Span, number: int) -> list[_Told]:
    """Return what is told of as many projects as are stated, each with a status of its own.

    “其余两个都没有进场：甲是……，乙……”: the words that lead names in say theirs.
    """
    if _counts_states(text, *body):
        return []  # “正常推进2个：甲、乙”: parts by state, which others read
    found: list[_Told] = []
    for item in split(text, *body, number):
        if len(item.name) != 1 or not is_item(text, item):
            return []
        name = item.name[0]
        said = (item.notes[0][0], item.notes[-1][1]) if item.notes else (name[1], item.end)
        one = _said_of(text, name, said)
        one = replace(one, reason=_why(text, *said) if _is_late(one.status) else None)
        if not one.status:
            lead = text[max(text.rfind("。", body[0], name[0]) + 1, body[0]) : name[0]]
            led = _LED.match(lead)
            status = status_of(led["words"]) if led else one.status
            status = replace(status, stage_span=None, progress_span=None)
            one = replace(
                one, status=status, reason=_why(text, *said) if _is_late(status) else None
            )
        if not one.status:
            return []
        found.append(_Told((item.start, max(item.end, said[1])), replace(one, units=(item.unit,))))
    return found


def _counts_states(text: str, start: int, end: int) -> bool:
    """Tell whether the words before a number, in its own clause, say a state."""
    for counted in COUNTED.finditer(text, start, end):
        clause = re.split(r"[，。；：:、（）()]", text[start : counted.start()])[-1]
        if status_of(clause, heading=True):
            return True
    return False


def _is_late(status: Status) -> bool:
    return status.stage in _STANDS_STILL or status.progress == "behind"


def _why(text: str, start: int, end: int) -> Span | None:
    """Return the first clauses that are neither amounts nor but a status: why a project is late."""
    told: list[Span] = []
    for low, high in parts(text, start, end, "，,；;。"):
        words = text[low:high].strip(" \t\u3000\n")
        plain = not words or _AMOUNT.search(words) or is_status_only(words)
        if plain and told:
            break
        if not plain:
            told.append((low, high))
    if not told:
        return None
    opened = _WHY.match(text, told[0][0], told[-1][1])
    return (opened.end() if opened else told[0][0]), told[-1][1]


def _parts(text: str, body: Span, number: int) -> list[_Told]:
    """Return what each part between semicolons tells, if they are as many as the heading says."""
    return [
        _Told((name[0], said[1]), _said_of(text, name, said))
        for name, said in read_parts(text, *body, number) or ()
    ]


def _said_of(text: str, name: Span, said: Span) -> Statement:
    """Return what is said of one project as a statement, its cause apart."""
    cause = cause_and_result(text, *said)
    status = status_of(text[slice(*(cause[1] if cause else said))])
    why = cause[0] if cause else told_before(text, *said, status)
    if why is None and status.stage in _STANDS_STILL and status.stage_span:
        why = told_reason(text, said[0], said[0] + status.stage_span[0], lacking=True)
    if why and (because := _BECAUSE.match(text, *why)):
        why = (because.end(), why[1])
    if status.stage is None and spent_on(text, *said):
        status = replace(status, stage="under_construction")
    return Statement((name,), said, status, why, None, (None,))


def _count(told: Sequence[_Told]) -> int:
    return sum(len(one.statement.names) for one in told)


def _heading_unit(text: str, heading: Span) -> Span | None:
    """Return the unit beside the count in a heading (“水利（6个，区水务局）”), or before it."""
    counted = _COUNTED.search(text, *heading)
    before = text[heading[0] : counted.start()].strip() if counted else ""
    if counted and (is_strong_unit(before) or is_region(before)):
        return heading[0], counted.start()
    if not counted and is_region(text[slice(*heading)].strip("。：: ")):
        return heading
    bracket = _BRACKET.search(text, *heading)
    for a, b in parts(text, *bracket.span("words"), "，,；;、") if bracket else ():
        low = a + len(text[a:b]) - len(text[a:b].lstrip())
        if is_strong_unit(text[low:b].strip()):
            return low, low + len(text[low:b].strip())
    return None


def _shared(builder: Builder, one: _Told) -> Fields:
    """Return what a statement says of each of its projects."""
    statement, text = one.statement, builder.view.text
    fields = read_attributes(builder.view, *statement.said)
    if len(statement.names) > 1:
        fields = {k: v for k, v in fields.items() if k not in (*AMOUNTS, "percent", "reason")}
    if statement.reason:
        fields["reason"] = builder.words(statement.reason)
    low, high = statement.said
    while high > low and text[high - 1] in "，,。；; ":
        high -= 1
    if low < high:
        fields["status_text"] = builder.words((low, high))
    return fields


def _statements(text: str, start: int, end: int, *, lenient: bool = False) -> Iterator[_Told]:
    """Yield the statements of a paragraph: a clause that names projects begins one.

    ``lenient`` as in ``read_statement``: the heading's count is the proof.
    """
    for low, high in parts(text, start, end, "；;。"):
        clauses = list(parts(text, low, high, "，,"))
        begins: list[tuple[int, Statement]] = []
        unit: Span | None = None
        for a, b in clauses:
            if _ASIDE.match(text, a, b):
                continue
            statement = read_statement(text, a, high, lenient=lenient)
            if statement is None or not a <= statement.names[0][0] < statement.said[0] <= b:
                continue
            if owner_at(text, a, b):
                unit = next((u for u in statement.units if u), None)
            begins.append((a, statement))
            if unit and not any(statement.units):
                begins[-1] = (a, _owned(statement, unit))
        for place, (a, _) in enumerate(begins):
            stop = begins[place + 1][0] if place + 1 < len(begins) else high
            whole = read_statement(text, a, stop, lenient=lenient)
            if whole is None:
                continue
            owner = next((u for u in begins[place][1].units if u), None)
            if owner and not any(whole.units):
                whole = _owned(whole, owner)
            yield _Told((a, stop), whole)


def _owned(statement: Statement, unit: Span) -> Statement:
    return Statement(
        statement.names, statement.said, statement.status, statement.reason, statement.announced,
        tuple(unit for _ in statement.names),
    )  # fmt: skip
