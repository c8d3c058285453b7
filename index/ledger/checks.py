"""Consistency of one file: counts, sums, percentages, a project under two statuses.

Only what surely disagrees is reported: every number is taken as the interval
that rounds to it, a hedged one (约, 余) is not checked.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from index.ledger.names import core_name, masked
from index.ledger.periods import of_two_times
from index.ledger.records import AMOUNTS, Figure, FileLedger, Finding, Record, Roster, Span, Words
from index.ledger.units import is_region

MAX_HEADING = 20  # characters of a heading that a finding names
HEDGED = re.compile(r"约|近|余|多|超|逾|左右|以上|不足|大约")
_DIGITS = re.compile(r"\d+(?:[.．](?P<fraction>\d+))?")
_SCALE = {"万亿": 1e8, "亿": 1e4, "千万": 1e3, "百万": 1e2, "万": 1.0, "千": 0.1}
NEXT_LINE = 4  # characters between one line and the next: its bullet, too
MIN_LIKE = 3  # records that must be alike before one that differs is a finding
OVERVIEW = {
    "total_investment": re.compile(r"总投资$"),
    "done_investment": re.compile(r"完成投资$"),
    "planned_investment": re.compile(r"(?:年度)?计划投资$"),
}
LABELS = {
    "total_investment": "总投资", "planned_investment": "计划投资", "done_investment": "完成投资",
}  # fmt: skip
STATUS_NAMES = {
    "not_started": "未开工", "preparatory": "前期", "under_construction": "在建",
    "suspended": "停工", "completed": "竣工", "cancelled": "取消",
    "met": "完成年度计划", "ahead": "快于序时", "on_schedule": "按计划推进", "behind": "滞后",
}  # fmt: skip
# Stages that one project may bear in two places of a report without a contradiction.
_COMPATIBLE = (
    frozenset({"not_started", "preparatory"}), frozenset({"not_started", "cancelled"}),
    frozenset({"preparatory", "cancelled"}), frozenset({"suspended", "cancelled"}),
    frozenset({"suspended", "under_construction"}),
)  # fmt: skip


def check(ledger: FileLedger) -> None:
    """Add to ``ledger.findings`` what in the file does not agree."""
    findings = [
        *_counts(ledger),
        *_table_sums(ledger),
        *_row_shares(ledger),
        *_stated_shares(ledger.figures),
        *_inferred_shares(_of_all(ledger)),
        *_shares_of_totals(_of_all(ledger)),
        *_breakdowns(ledger.figures),
        *_classes(ledger.figures),
        *_overviews(ledger),
        *_restated(ledger),
        *_statuses(ledger),
        *_amounts(ledger),
    ]
    told = {span[0] for f in findings for span in f.spans[:1] if f.kind == "sum"}
    read = [f for f in ledger.findings if f.kind != "sum" or f.spans[0][0] not in told]
    ledger.findings = sorted(_once(read + findings), key=lambda f: f.spans[0])


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, with the spans of every place that says it."""
    merged: dict[tuple[str, int, str], Finding] = {}
    for finding in findings:
        text = unicodedata.normalize("NFKC", finding.text).replace("．", ".")
        key = (finding.kind, finding.document, text)
        first = merged.get(key)
        spans = dict.fromkeys([*(first.spans if first else ()), *finding.spans])
        merged[key] = replace(first or finding, spans=tuple(spans))
    return list(merged.values())


# -- counts ---------------------------------------------------------------------


def _of_list(roster: Roster) -> str:
    """Return the heading of a list, for a finding about it, where it names what is counted."""
    heading = re.sub(r"[（(].*$", "", roster.heading.text) if roster.heading else ""
    return f"“{heading}”" if 1 < len(heading) <= MAX_HEADING else ""


def _counts(ledger: FileLedger) -> Iterator[Finding]:
    listed: dict[int, int] = defaultdict(int)
    for record in ledger.records:
        listed[record.roster] += 1
    headings = Counter(roster.heading for roster in ledger.rosters)
    for place, roster in enumerate(ledger.rosters):
        count = listed[place]
        if roster.stated and roster.stated.value is not None and count:
            stated = int(roster.stated.value)
            if stated != count and not selects(roster):
                yield _finding(
                    "count", roster.document,
                    f"{_of_list(roster)}原文写{stated}个，所列为{count}个",
                    [*roster.stated.spans, (roster.start, roster.end)],
                )  # fmt: skip
        heading = _heading_count(roster)
        alone = headings[roster.heading] == 1
        if (
            alone
            and heading is not None
            and roster.stated
            and roster.stated.value not in (None, heading)
        ):
            yield _finding(
                "count", roster.document,
                f"标题写{heading}个，正文写{roster.stated.text}个",
                [roster.heading.spans[0], *roster.stated.spans],  # type: ignore[union-attr]
            )  # fmt: skip
        if roster.announced and roster.announced.value is not None and count:
            announced = int(roster.announced.value)
            if announced != count and abs(announced - count) <= max(1, announced // 6):
                yield _finding(
                    "announced", roster.document,
                    f"原文称“等{announced}个”，列出名称的为{count}个",
                    [*roster.announced.spans, (roster.start, roster.end)],
                )  # fmt: skip


def selects(roster: Roster) -> bool:
    """Tell whether a lead-in announces but the main ones (“有21个，主要有：”)."""
    return bool(
        roster.lead and re.search(r"(?:主要|例如|比如|如)(?:有|是|为|包括)?$", roster.lead.text)
    )


def _heading_count(roster: Roster) -> int | None:
    if roster.heading is None or roster.lead is None:
        return None
    match = re.search(r"[（(]\s*(?:共)?(\d+)\s*[个项件][）)]", roster.heading.text)
    return int(match[1]) if match else None


# -- sums -----------------------------------------------------------------------


def _table_sums(ledger: FileLedger) -> Iterator[Finding]:
    for roster in ledger.rosters:
        for total in roster.totals:
            rows = ledger.records[total.first : total.last]
            if len(rows) < 2:
                continue
            for key in AMOUNTS:
                stated = total.fields.get(key)
                parts = [row.fields[key] for row in rows if key in row.fields]
                if stated is None or stated.value is None or len(parts) < 2:
                    continue
                if any(part.value is None or HEDGED.search(part.text) for part in parts):
                    continue
                found = sum(part.value for part in parts if part.value is not None)
                slack = half(stated) + sum(half(part) for part in parts)
                if abs(found - stated.value) > slack + 1e-6:
                    yield _finding(
                        "sum", roster.document,
                        f"“{total.label.text}”行的{LABELS[key]}写{stated.text}，"
                        f"各行相加为{plain(found, stated)}",
                        [*stated.spans, *total.label.spans],
                        formula=f"{' + '.join(p.text for p in parts)} = {plain(found, stated)}",
                    )  # fmt: skip


def _breakdowns(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check “共N个，其中A个……、B个……、C个……”: parts that all but exhaust a total must sum to it."""
    by_sentence: dict[Span, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    for group in by_sentence.values():
        for unit in ("个", "万元"):
            run = [f for f in group if f.unit == unit or (unit == "个" and f.unit in "项件家")]
            if unit == "万元":
                run = _of_one_measure(run)
            if len(run) < 3 or any(HEDGED.search(f.number.text) for f in run):
                continue
            total, parts = _total_and_parts(run)
            if total is None or len(parts) < 2:
                continue
            if unit == "个" and len({_noun(f.measure) for f in parts} - {""}) > 2:
                continue
            if len({f.stage or f.progress or f.measure for f in parts}) < len(parts):
                continue
            found = sum(f.value for f in parts)
            slack = 0.0 if unit == "个" else sum(half(f.number) for f in run)
            margin = 0.15 if unit == "个" or len({f.measure for f in run}) == 1 else 0.1
            close = abs(found - total.value) <= margin * total.value
            if close and abs(found - total.value) > slack + 1e-6:
                sum_text = plain(found, total.number)
                yield _finding(
                    "sum", total.document,
                    f"总数写{total.number.text}，分项相加为{sum_text}",
                    [total.number.spans[0], *(f.number.spans[0] for f in parts)],
                    formula=f"{' + '.join(f.number.text for f in parts)} = {sum_text}",
                )  # fmt: skip


_CORE = re.compile(r"(?:(?:完成|计划|到位|总|使用|支出|拨付)?(?:投资|资金)|支出|产值|收入)额?$")


def _of_one_measure(run: Sequence[Figure]) -> list[Figure]:
    """Return the total before “其中” and the parts that are amounts of the same thing.

    “完成投资54.55亿元，其中竣工项目完成投资36.08亿元、在建12.44亿元”: a part bears
    the total's noun, or says but whose amount it is.
    """
    first = next((n for n, f in enumerate(run) if f.among), None)
    if not first:
        return []
    total = run[first - 1]
    core = _core(total.measure)
    parts = [
        f for f in run[first:]
        if f.measure == total.measure
        or (core and _core(f.measure) == core)
        or (not _core(f.measure) and (f.stage or f.progress))
    ]  # fmt: skip
    return [total, *parts]


def _core(measure: str) -> str:
    match = _CORE.search(measure)
    return match.group() if match else ""


def _total_and_parts(run: Sequence[Figure]) -> tuple[Figure | None, Sequence[Figure]]:
    """Return the figure before “其中” and those behind it that it is made of."""
    first = next((n for n, f in enumerate(run) if f.among), None)
    if not first:
        return None, ()
    total, parts = run[first - 1], list(run[first:])
    # “……，尚有8个未开工” behind the parts is no part: a run of the first ones that sums is enough.
    for stop in range(2, len(parts)):
        if sum(f.value for f in parts[:stop]) == total.value:
            return total, parts[:stop]
    return total, parts


def _classes(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check “A类6个，完成投资2亿元；B类7个……”: classes of all projects share out all that was done.

    They stand in one sentence, or one a line. That they are classes of all is known where
    their counts add up to a total stated before.
    """
    for run in _class_runs(figures):
        group = _below_total(run)
        classes = _amounts_by_class(group)
        measures = set.intersection(*map(set, classes.values())) if classes else set()
        if len(classes) < MIN_LIKE or group[0].among:
            continue
        before = of_the_time(group[0], figures)
        whole = sum(f.value for f in _heads(group))
        if not any(f.unit in "个项" and f.value == whole and not f.among for f in before):
            continue
        for measure in sorted(measures):
            yield from _against_total(measure, [own[measure] for own in classes.values()], before)


def of_the_time(own: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Return the document's figures before one that count up to the same time as it.

    What stands before the last figure of another time belongs to that time, dated or not.
    """
    before = [f for f in figures if f.document == own.document and f.start < own.start]
    other = [place for place, f in enumerate(before) if of_two_times(f.as_of, own.as_of)]
    return before[other[-1] + 1 :] if other else before


def _class_runs(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures of each sentence, those of lines with one count each as one run."""
    by_sentence: dict[Span, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    run: list[Figure] = []
    for sentence, group in by_sentence.items():
        single = group[0].unit in "个项" and len(_heads(group)) == 1
        near = bool(run) and 0 <= sentence[0] - run[-1].sentence[1] <= NEXT_LINE
        if single and near and run[-1].document == group[0].document:
            run += group
            continue
        yield from [run] if run else []
        run = list(group) if single else []
        yield from [] if single else [group]
    yield from [run] if run else []


def _below_total(run: Sequence[Figure]) -> Sequence[Figure]:
    """Return a run without the sentence of all that stands right before its classes."""
    heads = _heads(run)
    if len(heads) <= MIN_LIKE or heads[0].value != sum(f.value for f in heads[1:]):
        return run
    return [f for f in run if f.sentence != heads[0].sentence]


def _heads(group: Sequence[Figure]) -> list[Figure]:
    """Return the counts of a run that open a class.

    “A类26个，计划3亿元，已开工22个，完成2亿元”: how many of them are begun opens none.
    """
    heads: list[Figure] = []
    for figure in group:
        if figure.unit not in "个项":
            continue
        head = heads[-1] if heads and heads[-1].sentence == figure.sentence else None
        part = head and not (head.stage or head.progress) and figure.value <= head.value
        if not (part and (figure.stage or figure.progress)):
            heads.append(figure)
    return heads


def _amounts_by_class(group: Sequence[Figure]) -> dict[int, dict[str, Figure]]:
    """Return the amounts behind each count of a run, by what they measure."""
    found: dict[int, dict[str, Figure]] = {}
    heads = _heads(group)
    for place, figure in enumerate(group):
        if figure.unit in "个项":
            if figure in heads:
                found[place] = {}
        elif figure.unit == "万元" and found:
            found[max(found)].setdefault(figure.measure, figure)
    return found


def _against_total(
    measure: str, parts: Sequence[Figure], before: Sequence[Figure]
) -> Iterator[Finding]:
    """Yield a finding where the parts of a measure are not the one total stated before."""
    totals = [
        f
        for f in before
        if f.unit == "万元"
        and f.measure == measure
        and not (f.among or f.stage or f.progress or f.state)
    ]
    if len({f.value for f in totals}) != 1:
        return
    if any(HEDGED.search(f.number.text) for f in (*parts, totals[0])):
        return
    found = sum(f.value for f in parts)
    slack = sum(half(f.number) for f in (*parts, totals[0]))
    if abs(found - totals[0].value) > slack + 1e-6:
        text = plain(found, totals[0].number)
        yield _finding(
            "sum", totals[0].document,
            f"总数写{totals[0].number.text}，各类相加为{text}",
            [totals[0].number.spans[0], *(f.number.spans[0] for f in parts)],
            formula=f"{' + '.join(f.number.text for f in parts)} = {text}",
        )  # fmt: skip


def _overviews(ledger: FileLedger) -> Iterator[Finding]:
    """Check “12个项目总投资38.33亿元” against the sum of just as many records."""
    for place, figure in enumerate(ledger.figures):
        key = next((k for k, p in OVERVIEW.items() if p.search(figure.measure)), None)
        before = ledger.figures[place - 1] if place else None
        if before and before.among:  # “58个，其中续建30个、新建28个，计划投资……”: of all of them
            before = _whole_before(ledger.figures, place)
        if key is None or figure.unit != "万元" or before is None or before.unit not in "个项件":
            continue
        if before.sentence != figure.sentence or HEDGED.search(figure.number.text):
            continue
        # Of several lists of as many the one that follows is meant.
        for records in sorted(_wholes(ledger, figure.document), key=partial(_distance, figure)):
            parts = [r.fields[key] for r in records if key in r.fields]
            if len(parts) != before.value or len(records) != len(parts) or len(parts) < MIN_LIKE:
                continue
            if any(p.value is None or HEDGED.search(p.text) for p in parts):
                continue
            found = sum(p.value or 0.0 for p in parts)
            if abs(found - figure.value) > half(figure.number) + sum(map(half, parts)) + 1e-6:
                said = plain(found, figure.number)
                yield _finding(
                    "sum", figure.document,
                    f"原文写{before.number.text}个项目{LABELS[key]}{figure.number.text}，"
                    f"逐项相加为{said}",
                    [(figure.start, figure.end)],
                    formula=f"{' + '.join(p.text for p in parts)} = {said}",
                )  # fmt: skip
            break


def _whole_before(figures: Sequence[Figure], place: int) -> Figure | None:
    """Return the number that “其中” breaks up, before an amount behind its parts."""
    whole = next((f for f in reversed(figures[:place]) if not f.among), None)
    return whole if whole and whole.sentence == figures[place].sentence else None


def _wholes(ledger: FileLedger, document: int) -> Iterator[list[Record]]:
    """Yield the records of the document, then those of each of its rosters."""
    own = [r for r in ledger.records if r.document == document]
    yield own
    for place in dict.fromkeys(r.roster for r in own):
        yield [r for r in own if r.roster == place]


def _distance(figure: Figure, records: Sequence[Record]) -> tuple[bool, int]:
    """Return how far behind a figure records begin; those before it are the farthest."""
    start = min((r.start for r in records), default=figure.start)
    return start < figure.start, abs(start - figure.start)


def _noun(measure: str) -> str:
    return measure[:2]


# -- percentages ----------------------------------------------------------------


def _row_shares(ledger: FileLedger) -> Iterator[Finding]:
    for roster_at, roster in enumerate(ledger.rosters):
        if roster.table and not roster.share:
            continue
        rows = [r for r in ledger.records if r.roster == roster_at]
        lines = [r.fields for r in rows] + [t.fields for t in roster.totals]
        lines = [fields for fields in lines if _has_share(fields)]
        if not roster.table:
            lines = [fields for fields in lines if "planned_investment" in fields]
            if len(lines) < MIN_LIKE:
                continue
        wrong = [(fields, says) for fields in lines if (says := _row_share(fields)) is not None]
        # Where most rows disagree the column is a share of something else.
        if len(wrong) > max(1, len(lines) // 3):
            continue
        for fields, says in wrong:
            percent = fields["percent"]
            name = fields["name"].text if "name" in fields else ""
            done = fields["done_investment"]
            yield _finding(
                "percent", roster.document,
                f"“{name}”的比例写{percent.text}，按所列数字为{_percent(says)}",
                [*percent.spans, *done.spans],
                formula=f"{done.text} ÷ {_whole(fields).text} = {_percent(says)}",
            )  # fmt: skip


def _has_share(fields: dict[str, Words]) -> bool:
    plan = "planned_investment" in fields or "total_investment" in fields
    return plan and "percent" in fields and "done_investment" in fields


def _whole(fields: dict[str, Words]) -> Words:
    return fields.get("planned_investment") or fields["total_investment"]


def _row_share(fields: dict[str, Words]) -> float | None:
    """Return what the share should be, None where it is right or cannot be told."""
    percent, done = fields.get("percent"), fields.get("done_investment")
    wholes = [w for k in ("planned_investment", "total_investment") if (w := fields.get(k))]
    if not percent or not done or percent.value is None or not done.value or not wholes:
        return None
    if any(HEDGED.search(w.text) for w in (percent, done, *wholes)):
        return None
    for whole in wholes:
        if not whole.value or share_fits(done, whole, percent):
            return None
    return done.value / (wholes[0].value or 1.0) * 100


def share_fits(part: Words, whole: Words, percent: Words) -> bool:
    """Tell whether ``percent`` is what ``part`` is of ``whole``, all within their rounding."""
    low, high = _bounds(part)
    base_low, base_high = _bounds(whole)
    step = 0.5 * 10 ** -_places(percent.text)
    shown_low, shown_high = (percent.value or 0.0) - step, (percent.value or 0.0) + step
    if base_low <= 0:
        return True
    least, most = low / base_high * 100, high / base_low * 100
    return bool(least <= shown_high + 1e-9 and most >= shown_low - 1e-9)


def _stated_shares(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check shares whose base is given beside them: “12.44亿元，占62.78亿元的19.9％”."""
    for place, share in enumerate(figures):
        if share.unit != "%" or not share.base_value or share.base is None:
            continue
        part = _part_of(figures, place, share.base_unit)
        if part is None or any(
            HEDGED.search(w.text) for w in (part.number, share.number, share.base)
        ):
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


_OWN_PLAN = re.compile(r"计划|任务|目标|投资|概算")


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
        if before.unit == "%" or HEDGED.search(before.number.text):
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
        if figure.unit == part.unit and not HEDGED.search(figure.number.text):
            yield figure


def _common_base(
    pairs: Sequence[tuple[Figure, Figure]], candidates: Iterable[Figure]
) -> Figure | None:
    """Return the figure that most of the parts are their shares of."""
    ranges = [_base_range(part.number, share.number) for part, share in pairs]
    best, most = None, -1
    for figure in {f.number.text: f for f in reversed(list(candidates))}.values():
        low, high = _bounds(figure.number)
        fitting = sum(low <= top and high >= bottom for bottom, top in ranges)
        if fitting >= most:
            best, most = figure, fitting
    return best


def _base_range(part: Words, percent: Words) -> tuple[float, float]:
    """Return between what bounds the whole lies that ``part`` is so many percent of."""
    low, high = _bounds(part)
    step = 0.5 * 10 ** -_places(percent.text)
    least = max((percent.value or 0.0) - step, 1e-9)
    return low / ((percent.value or 0.0) + step) * 100, high / least * 100


_PLAN = re.compile(r"^(?:到)?(?:年度|全年|年)(?:投资)?(?:计划|任务|目标)(?:投资)?的?$")
_ALL = re.compile(r"^(?:到|全部)?(?:重点)?(?:建设)?项目?总(?:数|量)的?$")
_DONE_OF_ALL = re.compile(
    r"^(?:全[市区县]|已|共|累计|实际)*(?:重点)?(?:建设)?(?:项目)?(?:累计)?(?:实际)?完成(?:固定资产)?投资$"
)
_WHOLE_SUM = re.compile(
    r"^(?:[^，。；]{0,6})?(?:年度|全年|年)(?:计划)?(?:投资)?(?:计划)?(?:总?投资|任务)?$"
)


def _shares_of_totals(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Check what all projects have done of the plan, and shares of all projects.

    “年度计划投资48.2亿元。截至6月底，完成投资19.68亿元，占年度计划的42.8％”: the base
    stands a sentence before, and is the only one of its kind so far.
    """
    for place, share in enumerate(figures):
        if share.unit != "%" or share.base is None or share.base_value or not place:
            continue
        part = figures[place - 1]
        if part.sentence != share.sentence or HEDGED.search(part.number.text + share.number.text):
            continue
        words = re.sub(r"\s", "", share.base.text)
        whole = None
        overall = _DONE_OF_ALL.match(part.measure) and not (part.stage or part.progress)
        if part.unit == "万元" and _PLAN.match(words) and overall:
            whole = _only(figures[: place - 1], share.document, "万元", _WHOLE_SUM)
        elif part.unit in "个项" and _ALL.match(words):
            whole = _only(figures[:place], share.document, part.unit, re.compile(r"项目"))
        known = whole is not None and not HEDGED.search(whole.number.text)
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
    says = (part.value / (whole.value or 1.0)) * 100
    places = max(1, _places(share.number.text))
    formula = f"{part.number.text} ÷ {whole.text} = {_percent(says, places)}"
    return _finding(
        "percent", share.document,
        f"原文写{share.number.text}，按所列数字为{_percent(says, places)}",
        [share.number.spans[0], part.number.spans[0], whole.spans[0]],
        formula=formula,
    )  # fmt: skip


# -- the same thing told twice ----------------------------------------------------


def _lists_all(roster: Roster, ledger: FileLedger) -> bool:
    """Tell whether no project outside of a list is of its status: it is no part of them all."""
    return all(
        roster.start <= record.start < roster.end
        for record in ledger.records
        if record.document == roster.document
        and (record.stage or record.progress)
        and roster.stage in (None, record.stage)
        and roster.progress in (None, record.progress)
    )


def _restated(ledger: FileLedger) -> Iterator[Finding]:
    """Check a status's count in the overview against its own list, its amount likewise."""
    rosters: dict[tuple[int, str], list[Roster]] = defaultdict(list)
    for roster in ledger.rosters:
        key = roster.stage or roster.progress
        if key and roster.stated and not (roster.stage and roster.progress):
            rosters[roster.document, key].append(roster)
    seen: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    opened = _opened(ledger.figures)
    for figure in ledger.figures:
        key = figure.stage or figure.progress
        if not key or (figure.stage and figure.progress) or _mixed(figure):
            continue
        if _AMONG_A_CLASS.search(figure.subject):
            continue  # “14个滞后项目中，有4个赶上了计划”: how many there were
        own = [r for r in rosters.get((figure.document, key), []) if _lists_all(r, ledger)]
        direct = re.match(r"(?:其中|有|共有|目前|已有|还有|尚有|仍有)*$", _before(figure))
        listed_apart = key not in ("under_construction", "preparatory")
        if (
            listed_apart
            and figure.unit in "个项"
            and len(own) == 1
            and direct
            and "项目" in figure.subject
        ):
            stated = own[0].stated
            assert stated is not None
            if (
                stated.value is not None
                and figure.value > stated.value
                and not _inside(figure, own[0])
            ):
                yield _finding(
                    "figures", figure.document,
                    f"“{STATUS_NAMES[key]}”在一处写{figure.number.text}个，"
                    f"在清单处写{stated.text}个",
                    [figure.number.spans[0], *stated.spans],
                )  # fmt: skip
        if figure.state and not figure.subject:
            continue  # told by the state's own name alone, which is compared for itself
        if figure.unit == "万元" and figure.measure in ("完成投资", "累计完成投资"):
            same = seen[figure.document, key, figure.subject[-8:]]
            first = next(
                (
                    f
                    for f in same
                    if not of_two_times(f.as_of, figure.as_of)
                    and opened.get(f.sentence) == opened.get(figure.sentence)
                ),
                figure,
            )
            same.append(figure)
            if (
                first is not figure
                and abs(first.value - figure.value)
                > half(first.number) + half(figure.number) + 1e-6
            ):
                yield _finding(
                    "figures", figure.document,
                    f"“{STATUS_NAMES[key]}”的完成投资在一处写{first.number.text}，"
                    f"在另一处写{figure.number.text}",
                    [first.number.spans[0], figure.number.spans[0]],
                )  # fmt: skip


def _opened(figures: Iterable[Figure]) -> dict[Span, tuple[str, float]]:
    """Return the number that a sentence opens with, of a class that what follows is said of.

    “A类26个，已开工22个，完成2亿元。B类8个，已开工7个，完成1亿元”: both as they should be.
    """
    first: dict[Span, Figure] = {}
    for figure in figures:
        first.setdefault(figure.sentence, figure)
    return {
        sentence: (f.subject, f.value)
        for sentence, f in first.items()
        if f.unit in "个项" and not (f.stage or f.progress or f.among)
    }


_AMONG_A_CLASS = re.compile(r"(?:项目|工程|任务|事项)(?:当中|之中|中|里)$")


def _mixed(figure: Figure) -> bool:
    return bool(re.search(r"或|和|及|与", figure.subject))


def _before(figure: Figure) -> str:
    return (
        ""
        if figure.number.start <= figure.start
        else "其中"
        if figure.number.start - figure.start <= 3
        else "?"
    )


def _inside(figure: Figure, roster: Roster) -> bool:
    return roster.start <= figure.start < roster.end


def _statuses(ledger: FileLedger) -> Iterator[Finding]:
    for first, second in _twins(ledger.records):
        stages = {first.stage, second.stage} - {None}
        progresses = {first.progress, second.progress} - {None}
        clash = len(stages) == 2 and frozenset(stages) not in _COMPATIBLE
        if not clash and progresses != {"met", "behind"}:
            continue
        if _settled(first) != _settled(second):
            continue  # what was asked of a project is done, and not the project
        names = [
            STATUS_NAMES[s]
            for s in (first.stage or first.progress, second.stage or second.progress)
            if s
        ]
        yield _finding(
            "two_statuses", first.document,
            f"“{first.name}”在一处列为{names[0]}，在另一处列为{names[-1]}",
            [(first.start, first.end), (second.start, second.end)],
        )  # fmt: skip


def _settled(record: Record) -> bool:
    """Tell whether a record stands where matters are listed as settled (“按期办结4个”)."""
    words = record.fields.get("status_text")
    return record.stage == "completed" and bool(words and "办结" in words.text)


def _amounts(ledger: FileLedger) -> Iterator[Finding]:
    for first, second in _twins(ledger.records):
        one, other = first.fields.get("total_investment"), second.fields.get("total_investment")
        if one is None or other is None or one.value is None or other.value is None:
            continue
        if HEDGED.search(one.text) or HEDGED.search(other.text):
            continue
        if abs(one.value - other.value) > half(one) + half(other) + 1e-6:
            yield _finding(
                "figures", first.document,
                f"“{first.name}”的总投资在一处写{one.text}，在另一处写{other.text}",
                [*one.spans, *other.spans],
            )  # fmt: skip


def _twins(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield the pairs of neighbouring records of one name in one document."""
    named: dict[tuple[int, str, str], list[Record]] = defaultdict(list)
    for record in records:
        if not masked(record.name) and record.kind != "unit":
            unit = record.fields.get("unit")
            region = unit.text if unit and is_region(unit.text) else ""
            named[record.document, core_name(record.name), region].append(record)
    for group in named.values():
        yield from pairwise(group)


# -- numbers as intervals ---------------------------------------------------------


def _places(text: str) -> int:
    match = _DIGITS.search(text)
    return len(match["fraction"] or "") if match else 0


def half(words: Words) -> float:
    """Return half a unit of the last digit written, in the scale of the value."""
    if words.value is None:
        return 0.0
    match = _DIGITS.search(words.text)
    if not match:
        return 0.0
    scale = _scale(words)
    return (
        0.5 * abs(scale) * 10 ** -_places(words.text)
        if match["fraction"] or scale != 1.0 or "%" in words.text or "％" in words.text
        else 0.0
    )


def _bounds(words: Words) -> tuple[float, float]:
    value = words.value or 0.0
    return value - half(words), value + half(words)


def _scale(words: Words) -> float:
    """Return what one of the written number's units is in the value's (a header's “亿元”)."""
    match = _DIGITS.search(words.text)
    shown = float(match.group().replace("．", ".")) if match else 0.0
    return words.value / shown if shown and words.value else 1.0


def plain(value: float, like: Words) -> str:
    """Return a computed number in the scale and unit of another as written."""
    match = re.search(r"(万亿|亿|千万|百万|万|千)?元", like.text)
    if match is None:
        value = round(value / _scale(like), 4)
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}".rstrip("0").rstrip(".")
    scaled = value / _SCALE.get(match[1] or "", 1e-4)
    return f"{round(scaled, 4):g}{match.group()}"


def _percent(value: float, places: int = 2) -> str:
    """Return a percentage to so many places, without zeros at the end."""
    shown = f"{value:.{places}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + "%"


def _number_in(text: str) -> str:
    match = re.search(r"[\d０-９][\d０-９.．,]*\s*(?:万亿|亿|千万|百万|万|千)?元?", text)
    return match.group() if match else text


def _finding(
    kind: str, document: int, text: str, spans: Iterable[Span], *, formula: str = ""
) -> Finding:
    return Finding(kind, text, document, tuple(spans), formula)  # type: ignore[arg-type]


def compatible(stages: tuple[str, str]) -> bool:
    """Tell whether one project may bear both stages without a contradiction."""
    return len(set(stages)) == 1 or frozenset(stages) in _COMPATIBLE


def differ(one: Words, other: Words) -> bool:
    """Tell whether two amounts surely differ: beyond their rounding, and none hedged."""
    if one.value is None or other.value is None or HEDGED.search(one.text + other.text):
        return False
    return abs(one.value - other.value) > half(one) + half(other) + 1e-6
