"""One measure said of two named things in prose: their sum or their difference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.records import Value
from assistant.stated.passages import Said, pairs_of
from assistant.statements import Draft, Statement, escape
from index.ledger.quantities import Quantity, quantities
from prompts import render

FAR = 40  # characters between a thing and the number that is said of it
_KIND = "区|期|标段|号楼|栋|座|号线|片区|地块|组|线|站|厂|馆|校区"
_TWINS = re.compile(
    rf"(?P<stem>[\u4e00-\u9fff]{{2,12}}?)(?P<a>[A-Za-z0-9一二三四五六七八九十东西南北甲乙丙丁](?:{_KIND}))"
    rf"(?:和|与|跟|及|、|，)?(?P<b>[A-Za-z0-9一二三四五六七八九十东西南北甲乙丙丁](?:{_KIND}))"
)
_SUM = re.compile(r"加起来|合起来|加一起|一共|总共|合计|共有|两[个区期][^，。]{0,4}共")
_GAP = re.compile(
    r"哪[边个一][^，。？?]{0,8}[多少大小长短高低]|谁[多少大小长短高低]|[多少大小长差高低](?:出|了)?(?:几|多少)|相差"
)
_UNIT = re.compile(r"(?:几|多少)(?P<unit>[\u4e00-\u9fff]{1,3})")


@dataclass(frozen=True, slots=True)
class _Told:
    said: Said
    start: int
    label: str
    quantity: Quantity


def twins_in(text: str) -> tuple[str, ...]:
    """Return the two things that a question asks to add up or to compare, with their stem."""
    twins = _TWINS.search(text)
    if twins is None or not (_SUM.search(text) or _GAP.search(text)):
        return ()
    return twins["stem"] + twins["a"], twins["stem"] + twins["b"]


def answer_twins(text: str, said: Iterable[Said]) -> Draft | None:
    """Return the sum or the difference; None unless both are said with one measure."""
    twins = _TWINS.search(text)
    asked = _UNIT.search(text, twins.end()) if twins else None
    added, compared = bool(_SUM.search(text)), bool(_GAP.search(text))
    if twins is None or asked is None or twins["a"] == twins["b"] or added == compared:
        return None
    names = (twins["a"], twins["b"])
    stem = pairs_of(twins["stem"])
    told: tuple[list[_Told], list[_Told]] = ([], [])
    for one in said:
        for side, name in enumerate(names):
            told[side].extend(_told(one, name, names, stem, asked["unit"]))
    pair = _agreeing(*told)
    if pair is None:
        return None
    things = [twins["stem"] + name for name in names]
    return _added(things, pair) if added else _compared(things, pair)


def _told(
    one: Said, name: str, names: Sequence[str], stem: frozenset[str], unit: str
) -> list[_Told]:
    """Return what a sentence says of a thing, named in it or right before it in its paragraph."""
    text = one.view.text
    found = []
    for quantity in quantities(text, one.start, one.end):
        if not (unit.startswith(quantity.unit) or quantity.unit.startswith(unit)):
            continue
        if quantity.hedged:
            continue
        at = max((_last(n, text, quantity.start), n) for n in names)
        if at[0] < 0 or at[1] != name or quantity.start - at[0] > FAR:
            continue
        own = pairs_of(text[: quantity.start] + "\n" + one.title)
        if stem and len(stem & own) < 0.6 * len(stem):
            continue
        between = text[at[0] + len(name) : quantity.start]
        label = re.split(r"[，,。：:；;、（(]", between)[-1].strip()
        found.append(_Told(one, at[0], re.sub(r"(?:为|有|共|是|达)+$", "", label), quantity))
    return found


def _last(name: str, text: str, end: int) -> int:
    """Return where a name stands last before ``end``, -1 without; “1区” is not in “11区”."""
    found = re.finditer(rf"(?<![0-9A-Za-z一二三四五六七八九十]){re.escape(name)}", text[:end])
    return max((match.start() for match in found), default=-1)


def _agreeing(first: Sequence[_Told], second: Sequence[_Told]) -> tuple[_Told, _Told] | None:
    """Return one figure of each, of one document and one measure; None where several could be."""
    pairs = [
        (a, b)
        for a in first
        for b in second
        if (a.said.file_id, a.said.document) == (b.said.file_id, b.said.document)
        and a.label == b.label and a.quantity.unit == b.quantity.unit
    ]  # fmt: skip
    values = {(a.quantity.value, b.quantity.value) for a, b in pairs}
    return pairs[0] if len(values) == 1 else None


def _added(things: Sequence[str], pair: tuple[_Told, _Told]) -> Draft:
    first, second = (told.quantity for told in pair)
    total = first.say(first.value + second.value)
    expression = f"{first.text} + {second.text} = {total}"
    text = render(
        "stated_sum", "zh", first=escape(things[0]), second=escape(things[1]),
        label=escape(pair[0].label), total=total, formula=escape(expression),
    )  # fmt: skip
    return _draft(text, pair, total, first.value + second.value, expression)


def _compared(things: Sequence[str], pair: tuple[_Told, _Told]) -> Draft:
    ordered = sorted(
        zip(things, (told.quantity for told in pair), strict=True), key=lambda p: -p[1].value
    )
    (most, larger), (least, smaller) = ordered
    gap = larger.value - smaller.value
    said = larger.say(gap)
    expression = f"{larger.text} − {smaller.text} = {said}"
    text = render(
        "stated_gap", "zh", most=escape(most), least=escape(least), label=escape(pair[0].label),
        larger=escape(larger.text), smaller=escape(smaller.text), gap=said,
        formula=escape(expression),
    )  # fmt: skip
    return _draft(text, pair, said, gap, expression)


def _draft(
    text: str, pair: tuple[_Told, _Told], said: str, value: Decimal, expression: str
) -> Draft:
    sources = tuple(t.said.source(t.start, t.quantity.end) for t in pair)
    number = re.match(r"[\d.]+", said)
    numbers = frozenset({said, number.group() if number else said})
    draft = Draft([Statement(text, sources, computed=numbers)])
    draft.value = Value(float(value), pair[0].quantity.unit, expression)
    draft.short = said
    return draft
