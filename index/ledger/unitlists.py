"""Amounts one by one: “从完成投资看。区交通局9.2亿元、区住建局8.15亿元、……” read into records.

Those of projects that the document lists elsewhere (“完成投资过亿元的有7个，分别是某路3.1亿元、
某桥2.8亿元、……”) go to the records of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.ledger.amounts import amounts
from index.ledger.attributes import Fields
from index.ledger.builder import Builder, Line
from index.ledger.names import core_name, masked
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
_LED = re.compile(r"\s*(?:其中)?(?:分别|依次|具体)(?:是|为|有)?[：:]?(?=\S{3})")
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
    pairs = _pairs(text, *span, _is_place)
    if len(pairs) < MIN_UNITS or builder.is_used(span):
        return False
    measure = _measure(f"{above} {text[span[0] : pairs[0][0][0]]}")
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


def add_named_amounts(builder: Builder, lines: Sequence[Line], first: int) -> None:
    """Give the records from position ``first`` on the amounts that a sentence lists by their names.

    “完成投资超过1亿元的项目有7个，分别是某路3.1亿元、某桥2.8亿元、……”.
    """
    records, view = builder.ledger.records, builder.view
    places: dict[str, list[int]] = {}
    for place in range(first, len(records)):
        if records[place].kind == "project" and not masked(records[place].name):
            places.setdefault(core_name(records[place].name), []).append(place)
    single = {name: found[0] for name, found in places.items() if len(found) == 1}
    for line in lines if single else ():
        inner = View(view.text[line.start : line.end], view.offsets[line.start : line.end])
        for a, b in sentences(inner):
            _give(builder, (line.start + a, line.start + b), single)


def _give(builder: Builder, span: Span, places: dict[str, int]) -> None:
    view, records = builder.view, builder.ledger.records
    pairs = _pairs(view.text, *span, lambda words: core_name(words) in places)
    measure = _measure(view.text[span[0] : pairs[0][0][0]]) if len(pairs) >= MIN_UNITS else None
    for name, amount, value in pairs if measure else ():
        place = places[core_name(view.text[slice(*name)])]
        words = Words(view.text[slice(*amount)], (view.span(*amount),), value)
        fields = {measure: words, **records[place].fields} if measure else {}
        records[place] = replace(records[place], fields=fields)


def _measure(said: str) -> str | None:
    """Return the field that amounts are of by the words before them."""
    return next((key for key, pattern in _MEASURES if pattern.search(said)), None)


def _is_place(words: str) -> bool:
    return is_unit(words) or bool(_PLACE.match(words))


def _pairs(
    text: str, start: int, end: int, owns: Callable[[str], bool]
) -> list[tuple[Span, Span, float]]:
    """Return (name, amount, 万元) of each clause that is the name of an owner and its amount."""
    found: list[tuple[Span, Span, float]] = []
    for low, high in parts(text, start, end, "、，,；;。"):
        amount = next(amounts(text, low, high), None)
        if amount is None or text[amount.end : high].strip():
            continue
        if led := _LED.match(text, low, amount.start):
            low = led.end()
        words = text[low : amount.start]
        bare = words[: len(words) - len(_SAID.search(words).group())].strip()  # type: ignore[union-attr]
        at = low + words.find(bare)
        if bare and owns(bare):
            found.append(((at, at + len(bare)), (amount.start, amount.end), amount.value))
    return found
