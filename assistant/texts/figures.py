"""The main figures that two reports state of the same thing, compared by code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger.money import exact
from assistant.ledger.query import STATUS
from assistant.statements import Source
from assistant.texts.titled import Named
from index.ledger.records import Figure
from index.library import Library

_COUNTED = frozenset("个项件")
_BEFORE = 6  # characters before a number in which it may say what it counts


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure that both texts state, as each writes it, in 万元, percent or pieces."""

    label: str
    first: str
    second: str
    values: tuple[float, float]
    unit: str
    sources: tuple[Source, Source]

    def verdict(self, zh: bool) -> str:
        """Return whether the two are equal, else by how much the second is more or less."""
        gap = exact(self.values[1]) - exact(self.values[0])
        if not gap:
            return "相同" if zh else "equal"
        words = ("多", "少") if zh else ("more", "less")
        size = _sized(abs(gap), self.unit)
        more = words[0] if gap > 0 else words[1]
        return f"不同：后者{more} {size}" if zh else f"different: the second is {size} {more}"


def _sized(gap: Decimal, unit: str) -> str:
    if unit == "万元" and gap >= 10_000:
        return f"{(gap / 10_000).normalize():f}亿元"
    shown = f"{gap.normalize():f}"
    return f"{shown}个百分点" if unit == "%" else f"{shown}{unit}"


def compared_figures(first: Named, second: Named, library: Library) -> list[Compared]:
    """Return the figures that both documents state, in the order of the first."""
    sides = [dict(_figures(named, library)) for named in (first, second)]
    found = []
    for label, (figure, source) in sides[0].items():
        if label in sides[1]:
            other, at = sides[1][label]
            found.append(
                Compared(
                    label,
                    figure.number.text,
                    other.number.text,
                    (figure.value, other.value),
                    figure.unit,
                    (source, at),
                )
            )
    return found


def _figures(named: Named, library: Library) -> Iterator[tuple[str, tuple[Figure, Source]]]:
    """Yield each main figure once, under the words for what it is a figure of."""
    own = [
        f.figure for f in library.ledger.figures
        if f.file.id == named.file_id and f.figure.document == named.document.ordinal
    ]  # fmt: skip
    text = library.content(named.file_id).text
    seen: set[str] = set()
    for figure in sorted(own, key=lambda f: f.start):
        label = _label(figure, text, own)
        if label and label not in seen:
            seen.add(label)
            yield label, (figure, Source(named.file_id, figure.document, figure.start, figure.end))


def _label(figure: Figure, text: str, own: Sequence[Figure]) -> str:
    """Return what a figure is of, empty where that is not plain."""
    status = STATUS["zh"].get(figure.stage or "") or STATUS["zh"].get(figure.progress or "") or ""
    first = min(f.start for f in own)
    opening = figure.sentence == next(f.sentence for f in own if f.start == first)
    if figure.unit in _COUNTED:
        if re.search(r"开工", figure.measure) and not re.search("项目|工程", figure.measure):
            return "开工项目数"
        before = re.sub(r"\s", "", text[figure.number.start - _BEFORE : figure.number.start])
        if re.search(r"开工$", before) and not re.search(r"未开工$", before):
            return "开工项目数"
        if status:
            return f"{status}项目数"
        if opening and re.search(r"(?:项目|工程|任务|事项)$", before):
            return "项目总数"
        return "项目总数" if re.search(r"项目|工程|任务|事项", figure.measure) else ""
    if not opening:
        return ""
    if figure.unit == "万元" and re.search(r"完成.{0,4}投资$", figure.measure):
        return "完成投资"
    if figure.unit == "%" and figure.base and re.search(r"计划", figure.base.text):
        return "占年度计划"
    return ""
