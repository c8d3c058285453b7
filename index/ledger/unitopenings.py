"""Paragraphs unit by unit that open with what is the unit's, then tell of its projects.

“某镇今年有4个重点项目，年度计划投资6070万元，1至10月完成4390万元。A……。B……。”: the opening gives
the unit's amounts; each sentence behind it is one project. Where the openings of a document
are what their sentences add up to, one that is not is a mistake in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ledger.amounts import Amount, amounts
from index.ledger.attributes import Fields
from index.ledger.builder import Builder, Line
from index.ledger.entries import past_label
from index.ledger.owners import is_owner
from index.ledger.prose import chinese_count
from index.ledger.records import Finding, Roster, Span, Words
from index.ledger.status import Status, status_of
from index.records import View
from index.sentences import parts, sentences

MIN_UNITS = 3  # paragraphs of a document that open so
_COUNT = r"(?P<number>\d+|[一二两三四五六七八九十]+)\s*[个项件]"
_THINGS = r"(?:[市县区]级?)?(?:重点|重大|在建)?(?:建设)?(?:项目|工程|任务)"
_OPENING = re.compile(
    r"(?P<unit>[^，。；、：:（）()“”\d的]{2,20}?)(?:今年|本年|目前|现|手上|名下)*"
    rf"(?:(?:共?有|承担|负责|牵头|实施|承建)了?{_COUNT}(?:{_THINGS})?"
    rf"|(?:承担|负责|牵头|实施)?的{_THINGS}(?:共|有|计|一共|共有|为)*"
    rf"{_COUNT.replace('number', 'same')})[，,]"
)
_PLANNED = re.compile(r"计划(?:完成)?(?:总?投资)?$")
_DONE = re.compile(r"(?:完成|做了?|用了|支付|投入)(?:年度)?(?:投资)?(?:额)?(?:为|约)?$")
_DONE_BEHIND = re.compile(
    r"(?:的)?(?:年度)?(?:计划|任务|投资|资金)?(?:已|也|都|均|如数|全部|全数)*(?:完成|做满|用完|做完|花完|足额)"
)
_NOT_DONE = re.compile(r"(?:未|没有?|(?<!的)计划|拟|力争|需)$")
# “1300万元的计划还没有动工”: what stands behind the plan says how the project stands.
_OF_PLAN = re.compile(r"元的(?:年度)?(?:计划|任务|投资)")
_EMPTY = frozenset({"not_started", "cancelled", "preparatory"})


@dataclass(frozen=True, slots=True)
class Opening:
    """The first words of a unit's paragraph: whose it is, how many, planned and done."""

    line: Line
    unit: Span
    number: int
    end: int
    planned: Amount | None
    done: Amount | None


def read_unit_openings(builder: Builder, lines: Sequence[Line]) -> list[Finding]:
    """Read the amounts that a document's paragraphs open with, unit by unit.

    Return where such an amount of what is done is not the sum of the paragraph's projects.
    """
    found = [one for line in lines if not line.heading and (one := _opening(builder, line))]
    if len(found) < MIN_UNITS or len({_unit(builder, one) for one in found}) < len(found):
        return []
    context = builder.context(found[0].line)
    view = builder.view
    roster = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(found[0].line.start, found[-1].line.end),
            context.heading, None, None, None, as_of=context.as_of,
        )
    )  # fmt: skip
    for one in found:
        fields: Fields = {"name": builder.words(one.unit)}
        for key, amount in (("planned_investment", one.planned), ("done_investment", one.done)):
            if amount:
                fields[key] = _words(builder, amount)
        if context.as_of:
            fields["as_of"] = context.as_of
        builder.record("unit", roster, view.span(one.unit[0], one.end), fields, Status())
    return list(_wrong_sums(builder, found))


def _unit(builder: Builder, one: Opening) -> str:
    return builder.view.text[slice(*one.unit)]


def _words(builder: Builder, amount: Amount) -> Words:
    span = (amount.start, amount.end)
    return Words(builder.view.text[slice(*span)], (builder.view.span(*span),), amount.value)


def _opening(builder: Builder, line: Line) -> Opening | None:
    text = builder.view.text
    low = past_label(text, line.start, line.end)
    match = _OPENING.match(text, low, line.end)
    if match is None or not is_owner(match["unit"]):
        return None
    end = next(parts(text, match.end(), line.end, "。；;"), (0, line.end))[1]
    planned = done = None
    for a, b in parts(text, match.end(), end, "，,"):
        for amount in amounts(text, a, b):
            before = text[a : amount.start]
            if planned is None and _PLANNED.search(before):
                planned = amount
            elif done is None and _DONE.search(before) and not _PLANNED.search(before):
                done = amount
    if planned is None and done is None:
        return None
    number = chinese_count(match["number"] or match["same"])
    return Opening(line, match.span("unit"), number, end, planned, done)


def _wrong_sums(builder: Builder, found: Sequence[Opening]) -> Iterator[Finding]:
    """Yield a finding for each opening whose amount is not that of its sentences, if most are."""
    read = [(one, told) for one in found if one.done and (told := _told(builder, one))]
    wrong = [(one, told) for one, told in read if not _agrees(one, told)]
    if len(read) - len(wrong) < max(MIN_UNITS, 2 * len(wrong)):
        return
    view = builder.view
    for one, told in wrong:
        if one.done is None:
            continue
        stated = view.text[one.done.start : one.done.end]
        total = f"{sum(amount.value for amount in told):g}万元"
        yield Finding(
            "sum",
            f"“{_unit(builder, one)}”原文写完成{stated}，各项目相加为{total}",
            builder.document.ordinal,
            (view.span(one.unit[0], one.end), *(view.span(a.start, a.end) for a in told)),
            f"{' + '.join(view.text[a.start : a.end] for a in told)} = {total}",
        )


def _agrees(one: Opening, told: Sequence[Amount]) -> bool:
    stated = one.done.value if one.done else 0.0
    return abs(sum(amount.value for amount in told) - stated) < 1e-6


def _told(builder: Builder, one: Opening) -> list[Amount]:
    """Return what each sentence behind an opening says is done, nothing unless all can be read."""
    view = builder.view
    low = one.end + 1
    inner = View(view.text[low : one.line.end], view.offsets[low : one.line.end])
    told = [(low + a, low + b) for a, b in sentences(inner)]
    found: list[Amount] = []
    for start, end in told:
        amount = _done(view.text, start, end)
        if amount:
            found.append(amount)
        elif not _is_empty(view.text[start:end]):
            return []
    return found if len(told) == one.number else []


def _is_empty(sentence: str) -> bool:
    said = (sentence, _OF_PLAN.split(sentence)[-1])
    return any(status_of(words).stage in _EMPTY for words in said)


def _done(text: str, start: int, end: int) -> Amount | None:
    """Return the amount that a project's sentence says is done."""
    for amount in amounts(text, start, end):
        before = text[max(start, amount.start - 12) : amount.start]
        said = _DONE.search(before)
        if said and not _NOT_DONE.search(before[: said.start()]):
            return amount
    for amount in amounts(text, start, end):
        if _DONE_BEHIND.match(text, amount.end, end) and not _amounts_behind(text, amount.end, end):
            return amount
    return None


def _amounts_behind(text: str, start: int, end: int) -> bool:
    """Tell whether the clause goes on to another amount (“700万元的计划完成500万元”)."""
    stop = next(parts(text, start, end, "，,。；;"), (start, end))[1]
    return next(amounts(text, start, stop), None) is not None
