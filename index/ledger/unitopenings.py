"""Paragraphs unit by unit that open with what is the unit's, then tell of its projects.

“某镇今年有4个重点项目，年度计划投资6070万元，1至10月完成4390万元。A……。B……。”: the opening gives
the unit's amounts; each sentence behind it is one project. Where the openings of a document
are what their sentences add up to, one that is not is a mistake in the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.ledger.amounts import amounts
from index.ledger.attributes import Fields
from index.ledger.builder import Builder, Line
from index.ledger.entries import past_label
from index.ledger.owners import is_owner
from index.ledger.prose import chinese_count
from index.ledger.records import Roster, Span, Words
from index.ledger.status import Status
from index.sentences import parts

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
DONE = re.compile(r"(?:完成|做了?|用了|支付|投入)(?:年度)?(?:投资)?(?:额)?(?:为|约)?$")


@dataclass(frozen=True, slots=True)
class Opening:
    """The first words of a unit's paragraph: whose it is, how many, planned and done.

    ``end`` is where they end in the clean text, ``span`` where they stand in the file.
    """

    line: Line
    unit: Words
    number: int
    end: int
    span: Span
    planned: Words | None
    done: Words | None


def read_unit_openings(builder: Builder, lines: Sequence[Line]) -> list[Opening]:
    """Read what paragraphs open with unit by unit, where a document has such; return it."""
    found = [one for line in lines if not line.heading and (one := _opening(builder, line))]
    if len(found) < MIN_UNITS or len({one.unit.text for one in found}) < len(found):
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
        fields: Fields = {"name": one.unit}
        for key, amount in (("planned_investment", one.planned), ("done_investment", one.done)):
            if amount:
                fields[key] = amount
        if context.as_of:
            fields["as_of"] = context.as_of
        builder.record("unit", roster, one.span, fields, Status())
    return found


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
            before, said = text[a : amount.start], (amount.start, amount.end)
            if planned is None and _PLANNED.search(before):
                planned = builder.words(said, amount.value)
            elif done is None and DONE.search(before) and not _PLANNED.search(before):
                done = builder.words(said, amount.value)
    if planned is None and done is None:
        return None
    number = chinese_count(match["number"] or match["same"])
    span = builder.view.span(match.start("unit"), end)
    return Opening(line, builder.words(match.span("unit")), number, end, span, planned, done)
