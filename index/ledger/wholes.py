"""Wholes that a sentence takes apart: “管网30公里，其中主线12公里、支线18公里”, in any unit.

Parts behind “其中” may be only some of them, so fewer than the whole is no fault; parts
that are more than the whole always are. But where money comes from is told in full: three
sources or more that all but make a whole are meant to be all of it. What “按类别分” sorts is, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.ledger.quantities import Quantity, quantities
from index.ledger.records import Span
from index.sentences import closing, parts

MAX_LABEL = 18  # characters of what a part is called
MAX_BETWEEN = 12  # characters between a whole and the “其中” that takes it apart
_AMONG = re.compile(r"其中[：:，,]?")
_BOUND = re.compile(r"[，,；;：:。、（(]")
# What sorts by a bound or by a person's attributes sorts the same ones twice.
_OVERLAPPING = re.compile(
    r"以上|以下|以内|超过|不足|女|党员|少数民族|脱贫|低保|同比|环比|比(?:上|去)年|占"
)
# “按类别分，基础设施21个、……”: all that was counted before, sorted whole.
_SORTED = re.compile(
    r"(?:^|(?<=[，,；;。\s]))(?:如果)?(?:按照?|从|依|以)[^，,。；;：:、\d]{1,12}?(?:来)?(?:划分|区分|分类?|归类|看|统计)[，,：:]"
)
MIN_CLASSES = 3  # parts of what is sorted: fewer may be a choice
_AND = re.compile(r"^\s*(?:和|及|以及)")
_OF_BEFORE = re.compile(r"已|共|仅|只|实际|尚|现|目前|累计")
_OTHER_MONEY = re.compile(r"总投资|计划|概算|预算|规模|产值|收入")
# Where money comes from.
_SOURCE = re.compile(
    r"财政|预算内|国债|债券|专项债|贷款|融资|自筹|自有|社会资本|补助|补贴|捐赠|捐款|上级|[中央省市县区]级|其他|其它"
)
MIN_SOURCES = 3
MISSED = Decimal("0.1")  # share of a whole that its sources may lack and still be meant as all


@dataclass(frozen=True, slots=True)
class Whole:
    """A total and the parts that are told behind it; spans of the clean text."""

    total: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]
    start: int
    end: int
    joined: bool  # by 、: a list of parts, not further clauses

    @property
    def sum(self) -> Decimal:
        """Return what the parts add up to."""
        return sum((p.value for p in self.parts), Decimal(0))

    @property
    def hedged(self) -> bool:
        """Tell whether a number of it is only about so much."""
        return any(q.hedged for q in (self.total, *self.parts))

    @property
    def nested(self) -> bool:
        """Tell whether a later clause tells of the one before (“劳动力30人，已就业20人”)."""
        first, *rest = self.labels
        return not self.joined and any(
            _OF_BEFORE.match(label) and not _OF_BEFORE.match(first) for label in rest
        )

    @property
    def of_sources(self) -> bool:
        """Tell whether the parts are where all of a sum of money comes from."""
        told = self.total.unit == "元" and all(_SOURCE.search(label) for label in self.labels)
        near = abs(self.sum - self.total.value) <= MISSED * self.total.value
        return told and near and len(self.parts) >= MIN_SOURCES

    @property
    def gap(self) -> Decimal:
        """Return by how much the parts are more than the whole, nothing within rounding."""
        gap = self.sum - self.total.value
        slack = self.total.half + sum((p.half for p in self.parts), Decimal(0))
        return Decimal(0) if abs(gap) <= slack else gap


def wholes(text: str, start: int, end: int) -> Iterator[Whole]:
    """Yield what a sentence of clean text takes apart."""
    found = list(quantities(text, start, end))
    for match in _AMONG.finditer(text, start, end):
        bracket = match.start() > start and text[match.start() - 1] in "（("
        before = [q for q in found if q.end <= match.start()]
        if not before or match.start() - before[-1].end > MAX_BETWEEN:
            continue
        stop = closing(text, match.start() - 1, end) if bracket else end
        whole = _taken_apart(text, before[-1], start, (match.end(), stop))
        if whole:
            yield whole
    for total in found:  # “项目12个（市级4个、县级8个）”
        if total.end < end and text[total.end] in "（(" and "其中" not in text[total.end : end][:4]:
            stop = closing(text, total.end, end)
            inside = (total.end + 1, stop)
            whole = _taken_apart(text, total, start, inside) if stop > total.end else None
            if whole and whole.end >= stop:
                yield whole


def sorted_wholes(text: str, start: int, end: int) -> Iterator[Whole]:
    """Yield what a paragraph sorts by a criterion, against the total nearest to it before.

    Nothing is yielded where a total before is just what the classes add up to.
    """
    for match in _SORTED.finditer(text, start, end):
        stop = _stop(text, match.end(), end, "；;。")
        first = next(quantities(text, match.end(), stop), None)
        totals = [
            q for q in quantities(text, start, match.start()) if first and q.unit == first.unit
        ]
        for separators in ("、", "，,") if totals else ():
            run = _run(text, totals[0], match.end(), stop, separators)
            if len(run) < MIN_CLASSES:
                continue
            found, labels = zip(*run, strict=True)
            if any(_OVERLAPPING.search(label) for label in labels):
                break
            made = [
                Whole(total, found, labels, match.start(), found[-1].end, separators == "、")
                for total in totals
            ]
            if all(whole.gap for whole in made):
                yield min(made, key=lambda whole: abs(whole.gap))
            break


def _taken_apart(text: str, total: Quantity, sentence: int, span: Span) -> Whole | None:
    """Return what the parts in ``span`` make of a total; its sentence begins at ``sentence``."""
    start, end = span
    low = max((m.end() for m in _BOUND.finditer(text, sentence, total.start)), default=sentence)
    lead = text[low : total.start]
    for separators, joined in (("、", True), ("，,", False)):
        stop = _stop(text, start, end, "；;。" if not joined else "；;。，,")
        run = _run(text, total, start, stop, separators)
        if len(run) > 1:
            labels = [label for _, label in run]
            if any(_OVERLAPPING.search(label) for label in labels):
                return None
            if total.unit == "元" and not _same_money(lead, labels):
                return None
            found = tuple(q for q, _ in run)
            return Whole(total, found, tuple(labels), low, found[-1].end, joined)
    return None


def _stop(text: str, start: int, end: int, marks: str) -> int:
    return next(parts(text, start, end, marks), (start, end))[1]


def _run(
    text: str, total: Quantity, start: int, end: int, separators: str
) -> list[tuple[Quantity, str]]:
    """Return the first parts of the total's unit, each with what it is called."""
    found: list[tuple[Quantity, str]] = []
    for low, high in parts(text, start, end, separators):
        inside = list(quantities(text, low, high))
        if not inside or inside[0].unit != total.unit:
            break
        own = inside[0]
        label = _AND.sub("", text[low : own.start]).strip()
        rest = text[own.end : high].strip()
        if len(label) > MAX_LABEL or not label + rest or (rest and rest[0] not in "（(的。"):
            break
        found.append((own, label + rest[:4]))
    return found


def _same_money(lead: str, labels: Sequence[str]) -> bool:
    """Tell whether amounts are of one measure: a plan is no part of what was done."""
    other = [m.group() for label in labels if (m := _OTHER_MONEY.search(label))]
    return all(word in lead for word in other)
