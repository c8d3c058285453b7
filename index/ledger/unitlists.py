"""Amounts by unit: “从完成投资看。区交通局9.2亿元、区住建局8.15亿元、……” read into records."""

from __future__ import annotations

import re

from index.ledger.amounts import amounts
from index.ledger.attributes import Fields
from index.ledger.builder import Builder, Line
from index.ledger.records import Roster, Span, Words
from index.ledger.status import Status
from index.ledger.units import is_unit
from index.records import View
from index.sentences import parts, sentences

MIN_UNITS = 3
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("done_investment", re.compile(r"完成投资|投资完成|支出")),
    ("planned_investment", re.compile(r"计划投资|年度计划|投资计划")),
    ("total_investment", re.compile(r"总投资")),
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,6}(?:区|县|市|旗|镇|乡|街道)$")
_SAID = re.compile(r"(?:累计|共|已)?(?:完成(?:投资)?|投资|为)?$")


def read_unit_amounts(builder: Builder, line: Line, above: str) -> bool:
    """Read the sentences of a paragraph that give amounts unit by unit.

    ``above`` are the words before it (a heading that names the measure).
    """
    view = builder.view
    inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
    found, before = False, above
    for a, b in sentences(inner):
        span = (line.start + a, line.start + b)
        found |= _read(builder, line, span, before)
        before = view.text[slice(*span)]
    return found


def _read(builder: Builder, line: Line, span: Span, above: str) -> bool:
    text = builder.view.text
    pairs = _pairs(text, *span)
    if len(pairs) < MIN_UNITS or builder.is_used(span):
        return False
    said = f"{above} {text[span[0] : pairs[0][0][0]]}"
    measure = next((key for key, pattern in _MEASURES if pattern.search(said)), None)
    if measure is None:
        return False
    context = builder.context(line)
    view = builder.view
    place = builder.roster(
        Roster(
            builder.document.ordinal, *view.span(*span), context.heading, None, None, None,
            as_of=context.as_of,
        )
    )  # fmt: skip
    for unit, amount, value in pairs:
        fields: Fields = {
            "name": builder.words(unit),
            measure: Words(text[slice(*amount)], (view.span(*amount),), value),
        }
        if context.as_of:
            fields["as_of"] = context.as_of
        builder.record("unit", place, view.span(unit[0], amount[1]), fields, Status())
    builder.use(span)
    return True


def _pairs(text: str, start: int, end: int) -> list[tuple[Span, Span, float]]:
    """Return (unit, amount, 万元) of each clause that is a unit and its amount."""
    found: list[tuple[Span, Span, float]] = []
    for low, high in parts(text, start, end, "、，,；;。"):
        amount = next(amounts(text, low, high), None)
        if amount is None or text[amount.end : high].strip():
            continue
        words = text[low : amount.start]
        bare = words[: len(words) - len(_SAID.search(words).group())].strip()  # type: ignore[union-attr]
        at = low + words.find(bare)
        if bare and (is_unit(bare) or _PLACE.match(bare)):
            found.append(((at, at + len(bare)), (amount.start, amount.end), amount.value))
    return found
