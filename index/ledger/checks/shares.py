"""Shares that prose states, of a base beside them, of one that others tell, of all projects."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from index.ledger.checks.rounding import bounds, decimals, hedged, in_percent, share_fits
from index.ledger.checks.terms import COUNTS, MONEY
from index.ledger.records import Figure, FileLedger, Finding, Span, Words

_OWN_PLAN = re.compile(r"计划|任务|目标|投资|概算")
_PLAN = re.compile(r"^(?:到)?(?:年度|全年|年)(?:投资)?(?:计划|任务|目标)(?:投资)?的?$")
_ALL = re.compile(r"^(?:到|全部)?(?:重点)?(?:建设)?项目?总(?:数|量)的?$")
_DONE_OF_ALL = re.compile(
    r"^(?:全[市区县]|已|共|累计|实际)*(?:重点)?(?:建设)?(?:项目)?(?:累计)?(?:实际)?完成(?:固定资产)?投资$"
)
_WHOLE_SUM = re.compile(
    r"^(?:[^，。；]{0,6})?(?:年度|全年|年)(?:计划)?(?:投资)?(?:计划)?(?:总?投资|任务)?$"
)


def prose_shares(ledger: FileLedger) -> Iterator[Finding]:
    """Yield the shares in prose that are not what their part is of their whole."""
    of_all = _of_all(ledger)
    yield from _stated_shares(ledger.figures)
    yield from _inferred_shares(of_all)
    yield from _shares_of_totals(of_all)


def _stated_shares(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check shares whose base is given beside them: “12.44亿元，占62.78亿元的19.9％”."""
    for place, share in enumerate(figures):
        if share.unit != "%" or not share.base_value or share.base is None:
            continue
        part = _part_of(figures, place, share.base_unit)
        if part is None or hedged(part.number, share.number, share.base):
            continue
        whole = Words(_number_in(share.base.text), share.base.spans, share.base_value)
        if not share_fits(part.number, whole, share.number):
            yield _share_finding(part, share, whole)


def _part_of(figures: Sequence[Figure], place: int, unit: str) -> Figure | None:
    """Return the figure before a share, in its sentence, that it is the share of a base."""
    share = figures[place]
    for figure in reversed(figures[max(0, place - 4) : place]):
        if figure.sentence != share.sentence or figure.subject != share.subject:
            return None
        base = share.base.spans[0] if share.base else (0, 0)
        if base[0] <= figure.number.start < base[1]:
            continue  # the base's own number
        if figure.unit == unit or (unit == "个" and figure.unit in "个项件家"):
            return figure
    return None


def _number_in(text: str) -> str:
    match = re.search(r"[\d０-９][\d０-９.．,]*\s*(?:万亿|亿|千万|百万|万|千)?元?", text)
    return match.group() if match else text


def _of_all(ledger: FileLedger) -> list[Figure]:
    """Return the figures but for shares of the plan of one project or unit alone.

    “A项目完成投资1亿元，占年度计划的20%” is a share of A's own plan.
    """
    single: dict[int, list[Span]] = defaultdict(list)
    for record in ledger.records:
        single[record.document].append((record.start, record.end))
    for spans in single.values():
        spans.sort()
    return [
        f for f in ledger.figures
        if not (f.unit == "%" and f.base and _OWN_PLAN.search(f.base.text) and _is_own(f, single))
    ]  # fmt: skip


def _is_own(figure: Figure, records: dict[int, list[Span]]) -> bool:
    at = figure.number.start
    spans = records[figure.document]
    place = bisect_right(spans, (at, at))
    # Records stand one behind the other but for those that share a sentence.
    return any(a <= at < b for a, b in spans[max(0, place - 40) : place + 1])


def _inferred_shares(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check shares of one base whose number stands elsewhere: all others tell what it is."""
    groups: dict[tuple[int, str, str], list[tuple[Figure, Figure]]] = defaultdict(list)
    for place, share in enumerate(figures):
        if share.unit != "%" or share.base is None or share.base_value:
            continue
        before = figures[place - 1] if place else None
        if before is None or before.sentence != share.sentence or before.subject != share.subject:
            continue
        if before.unit == "%" or hedged(before.number):
            continue
        groups[share.document, re.sub(r"\s", "", share.base.text), before.unit].append(
            (before, share)
        )
    for (document, _, unit), pairs in groups.items():
        distinct = {(part.value, share.value) for part, share in pairs}
        if len(distinct) < 3:
            continue
        best = _common_base(
            pairs, (f for f in figures if f.document == document and f.unit == unit)
        )
        if best is None:
            continue
        wrong = [
            (p, s) for p, s in pairs
            if not any(_fits(f, s, best.number) for f in _beside(figures, p, s))
        ]  # fmt: skip
        if len(wrong) <= max(1, len(pairs) // 4):
            for part, share in wrong:
                yield _share_finding(part, share, best.number)


def _beside(figures: Sequence[Figure], part: Figure, share: Figure) -> Iterator[Figure]:
    """Yield the figures in a share's sentence that it may be the share of, the nearest first.

    “年度计划14.76亿元，完成15.31亿元，超计划0.55亿元，占全县计划的25.7%” is of the second.
    """
    yield part
    place = next(n for n, f in enumerate(figures) if f is share)
    for figure in reversed(figures[:place]):
        if figure.sentence != share.sentence:
            return
        if figure.unit == part.unit and not hedged(figure.number):
            yield figure


def _common_base(
    pairs: Sequence[tuple[Figure, Figure]], candidates: Iterable[Figure]
) -> Figure | None:
    """Return the figure that most of the parts are their shares of."""
    ranges = [_base_range(part.number, share.number) for part, share in pairs]
    best, most = None, -1
    for figure in {f.number.text: f for f in reversed(list(candidates))}.values():
        low, high = bounds(figure.number)
        fitting = sum(low <= top and high >= bottom for bottom, top in ranges)
        if fitting >= most:
            best, most = figure, fitting
    return best


def _base_range(part: Words, percent: Words) -> tuple[float, float]:
    """Return between what bounds the whole lies that ``part`` is so many percent of."""
    low, high = bounds(part)
    step = 0.5 * 10 ** -decimals(percent.text)
    least = max((percent.value or 0.0) - step, 1e-9)
    return low / ((percent.value or 0.0) + step) * 100, high / least * 100


def _shares_of_totals(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check what all projects have done of the plan, and shares of all projects.

    “年度计划投资48.2亿元。截至6月底，完成投资19.68亿元，占年度计划的42.8％”: the base
    stands a sentence before, and is the only one of its kind so far.
    """
    for place, share in enumerate(figures):
        if share.unit != "%" or share.base is None or share.base_value or not place:
            continue
        part = figures[place - 1]
        if part.sentence != share.sentence or hedged(part.number, share.number):
            continue
        words = re.sub(r"\s", "", share.base.text)
        whole = None
        overall = _DONE_OF_ALL.match(part.measure) and not (part.stage or part.progress)
        if part.unit == MONEY and _PLAN.match(words) and overall:
            whole = _only(figures[: place - 1], share.document, MONEY, _WHOLE_SUM)
        elif part.unit in COUNTS and _ALL.match(words):
            whole = _only(figures[:place], share.document, part.unit, re.compile(r"项目"))
        known = whole is not None and not hedged(whole.number)
        if whole and known and whole.value > part.value and not _fits(part, share, whole.number):
            yield _share_finding(part, share, whole.number)


def _only(
    figures: Sequence[Figure], document: int, unit: str, measure: re.Pattern[str]
) -> Figure | None:
    """Return the total that a document states so far; None where several could be meant."""
    found = [
        f for f in figures
        if f.document == document and f.unit == unit and measure.search(f.measure)
        and not (f.stage or f.progress or f.among)
    ]  # fmt: skip
    return found[0] if len({f.value for f in found}) == 1 else None


def _fits(part: Figure, share: Figure, whole: Words) -> bool:
    return bool(whole.value) and share_fits(part.number, whole, share.number)


def _share_finding(part: Figure, share: Figure, whole: Words) -> Finding:
    places = max(1, decimals(share.number.text))
    says = in_percent((part.value / (whole.value or 1.0)) * 100, places)
    return Finding(
        "percent",
        f"原文写{share.number.text}，按所列数字为{says}",
        share.document,
        (share.number.spans[0], part.number.spans[0], whole.spans[0]),
        f"{part.number.text} ÷ {whole.text} = {says}",
    )
