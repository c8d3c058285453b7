"""Lines that each measure one place or unit: “甲区：计划18.5亿元，完成14.99亿元，完成率81.0%”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.ledger.records import Span, Words
from index.listings.lines import Page, TextLine, trimmed
from index.listings.records import Listing, Row
from index.sentences import parts

MIN_ROWS = 3
MIN_FIGURES = 2  # of a line: one figure is a remark
SHARED = 0.6  # of the rows have a measure that is a column
PLACE = "单位"
_HEAD = re.compile(r"[ \t\u3000]*(?P<name>[\u4e00-\u9fff]{2,12})(?:：|:)(?=[\u4e00-\u9fff])")
_FIGURE = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,14}?)(?:为|是|达到?|共)?"
    r"(?P<figure>\d[\d,]*(?:\.\d+)?\s*(?:[%％]|个百分点|[万亿]?[\u4e00-\u9fff]{1,2}))"
)
_STEM = re.compile(r"(?:年度|全年|目标)?(?:计划|任务|目标)$")
# Lines of projects are records, which the ledger reads; these are of places and offices.
_OF_PLACE = re.compile(r"(?:[县市区镇乡村州旗]|街道|社区|团场|农场|林场|[局委办])$")
_DOES = re.compile(r"^(?:已|共|实际|累计)?(?P<done>完成|建成|支付|到位|实施)(?:了)?$")


@dataclass(slots=True)
class _Measured:
    """One line: what it is of, and its figures by what they measure."""

    line: TextLine
    name: Span
    figures: dict[str, Span] = field(default_factory=dict)


def measured_listings(page: Page) -> Iterator[Listing]:
    """Yield the runs of lines that give the same measures, each of a name before a colon."""
    run: list[_Measured] = []
    for line in page.lines:
        one = _measured(page.text, line)
        if one is None:
            yield from _listing(page, run)
            run = []
        else:
            run.append(one)
    yield from _listing(page, run)


def _measured(text: str, line: TextLine) -> _Measured | None:
    head = _HEAD.match(text, line.start, line.end)
    if head is None:
        return None
    found = _Measured(line, head.span("name"))
    for low, high in parts(text, head.end(), line.end, "；;。"):
        stem = ""
        for a, b in parts(text, low, high, "，,、"):
            match = _FIGURE.fullmatch(text, *trimmed(text, a, b))
            if match is None:
                continue
            label = match["label"]
            done = _DOES.match(label)
            # “农村公路计划35公里，完成29.6公里”: what is done is of what was planned.
            if done and stem:
                label = f"{stem}{done['done']}"
            elif planned := _STEM.search(label):
                stem = label[: planned.start()]
            found.figures.setdefault(label, match.span("figure"))
    return found if len(found.figures) >= MIN_FIGURES else None


def _listing(page: Page, run: Sequence[_Measured]) -> Iterator[Listing]:
    places = sum(bool(_OF_PLACE.search(page.text[slice(*one.name)])) for one in run)
    if len(run) < MIN_ROWS or places < SHARED * len(run):
        return
    heads = _heads(run)
    if len(heads) < MIN_FIGURES:
        return
    rows: list[Row] = []
    for one in run:
        cells: dict[str, Words] = {PLACE: page.words(one.name)}
        cells |= {h: page.words(one.figures[h]) for h in heads if h in one.figures}
        rows.append(Row(*page.view.span(one.line.start, one.line.end), cells))
    lead = page.view.span(run[0].line.start, run[0].line.end)
    yield Listing(
        page.document.ordinal, rows[0].start, rows[-1].end, (PLACE, *heads), tuple(rows), lead,
        headed=True,
    )  # fmt: skip


def _heads(run: Sequence[_Measured]) -> list[str]:
    """Return the measures that most of the lines give, in the order of the first that has each.

    The first line may say in full what the others say in short (“公路新改建计划”: 公路计划);
    its figures are then of the same measure.
    """
    seen = Counter(label for one in run for label in one.figures)
    heads = [label for label, count in seen.items() if count >= SHARED * len(run)]
    for one in run:
        for label in [label for label in one.figures if label not in heads]:
            short = [h for h in heads if h not in one.figures and _shortens(h, label)]
            if len(short) == 1:
                one.figures[short[0]] = one.figures.pop(label)
    return heads


def _shortens(short: str, full: str) -> bool:
    """Tell whether a measure is another one with words left out in the middle."""
    return len(full) > len(short) and any(
        full.startswith(short[:at]) and full.endswith(short[at:]) for at in range(2, len(short) - 1)
    )
