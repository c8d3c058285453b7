"""Figures of the newest documents that state something of a whole status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from assistant.ledger.asked import STARTED, asked_statuses
from assistant.ledger.figuretimes import ended_figure, told_twice
from assistant.ledger.ownstates import figure_state, is_own, own_name
from assistant.ledger.projects import newest_documents
from assistant.ledger.query import Query
from assistant.ledger.select import in_scope, narrowed
from assistant.statements import Source
from index.ledger.book import FiledFigure, Ledger, LedgerRow
from index.ledger.checks.rounding import share_fits
from index.ledger.periods import ended_in, periods_in
from index.ledger.records import Figure
from index.ledger.status import status_of
from index.words import fold

MAX_CLAUSE = 120  # characters from a count to the amount that is stated of it
_MEASURE_WORDS = {
    "done_investment": re.compile(
        r"完成.{0,4}投资|支出|发生(?:投资|.{0,2}费用)|投入|完成$|(?:实际|已经?|累计)(?:只|仅|才)?做了?$"
    ),
    "planned_investment": re.compile(r"计划"),
    "total_investment": re.compile(r"总投资|^投资"),
}


def money_figures(status: str, measure: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the amounts that newest documents state of a status, each document's first.

    What a document says of one of its own states is of all in it, what it says else maybe of one.
    """
    found: dict[tuple[int, int], FiledFigure] = {}
    for filed in in_period(query, ledger):
        figure = filed.figure
        fits = _MEASURE_WORDS.get(measure)
        if figure.unit != "万元" or fits is None or not fits.search(figure.measure):
            continue
        place = (filed.file.id, figure.document)
        first = found.get(place)
        if is_of(filed, status) and (first is None or (figure.state and not first.figure.state)):
            found[place] = filed
    return list(found.values())


def money_figures_in(
    figures: Iterable[FiledFigure], status: str, measure: str
) -> list[FiledFigure]:
    """Return those of some figures that are amounts of a measure said of a status alone."""
    fits = _MEASURE_WORDS.get(measure)
    return [
        filed
        for filed in figures
        if fits
        and filed.figure.unit == "万元"
        and is_of(filed, status)
        and fits.search(filed.figure.measure)
    ]


_OF_ALL = {
    "done_investment": re.compile(
        r"^(?:全[市区县镇]|全部|所有|各|个|项|件|已|共|累计|实际|重点|建设|项目|固定资产|今年以来|[上下]半年|前[一二三四两2-4]个?季度|前[一二三四五六七八九十\d]+个月|全年|\d|[—\-–~至]|截[至止]|到|月|年|日|底|末)*(?:累计|实际)*(?:完成(?:(?:固定资产)?投资)?|投下去|投了)$"
    ),
    "planned_investment": re.compile(r"^(?:个|项|件|项目|工程)*(?:20\d\d年?|本|当|今)?(?:年度|年)?计划(?:完成)?(?:总?投资|投入(?:资金)?)$|^年度投资(?:计划)?$"),
    "total_investment": re.compile(r"^(?:个|项|件|重点|建设|项目|工程|计划|估算|概算)*总投资$"),
}  # fmt: skip


def overall(
    measure: str, query: Query, ledger: Ledger, ended: tuple[int, int] | None = None
) -> FiledFigure | None:
    """Return the amount that the newest document (or that of a time) states of all projects."""
    found = overalls(measure, query, ledger, ended)
    return found[0] if found else None


def overalls(
    measure: str, query: Query, ledger: Ledger, ended: tuple[int, int] | None = None
) -> list[FiledFigure]:
    """Return the amounts that documents state of all projects, those of the newest first."""
    pattern = _OF_ALL.get(measure)
    if pattern is None:
        return []
    ends = {(r.file.id, r.record.document): ended_in(r) for r in ledger.rows if in_scope(r, query)}
    return [
        filed
        for filed in in_period(query, ledger)
        if filed.figure.unit == "万元"
        and (
            (pattern.match(filed.figure.measure) and _of_investment(filed))
            or _of_all_counted(filed, measure)
        )
        and (
            not (filed.figure.stage or filed.figure.progress or filed.figure.state)
            or _of_every_status(filed)
            or _of_all_begun(filed)
        )
        and not (filed.figure.among or filed.figure.part)
        and (ended is None or ends.get((filed.file.id, filed.figure.document)) == ended)
    ]


NEAR = 200  # characters before a figure in which it is said what it is of


def _of_investment(filed: FiledFigure) -> bool:
    """Tell whether an amount is of investment: itself, or by what is said right before it.

    “年度计划投资32亿元。到8月底，累计完成18亿元”, and not what came in of taxes.
    """
    figure = filed.figure
    return "投" in figure.measure or any(
        f.document == figure.document
        and figure.start - NEAR <= f.start < figure.start
        and ("投资" in f.measure or "项目" in f.measure)
        for f in filed.file.ledger.figures
    )


_COUNTED_DONE = re.compile(
    r"^[个项][\u4e00-\u9fff]{2,10}(?:项目|工程)(?:累计|实际|已|共)*完成投资$"
)


def _of_all_counted(filed: FiledFigure, measure: str) -> bool:
    """Tell whether an amount is said of as many projects as its document counts in all.

    “全区56个城建重点项目完成投资21.34亿元”, where no number of projects in it is larger.
    """
    figure = filed.figure
    if measure != "done_investment" or not _COUNTED_DONE.match(figure.measure):
        return False
    counts = [
        f for f in filed.file.ledger.figures
        if f.document == figure.document and f.unit in "个项"
        and ("项目" in f.measure or "工程" in f.measure or not f.measure)
    ]  # fmt: skip
    before = [f for f in counts if f.sentence == figure.sentence and f.start <= figure.start]
    most = max((f.value for f in counts), default=0.0)
    return bool(before) and max(before, key=lambda f: f.number.start).value == most


EVERY = 3  # statuses counted one after the other are all that there are


def _of_every_status(filed: FiledFigure) -> bool:
    """Tell whether a figure follows the counts of every status (“竣工5个、滞后3个、未开工2个，”)."""
    said = {status for status, _ in asked_statuses(fold(filed.figure.subject))}
    return len(said) >= EVERY


_BEGUN = re.compile(r"(?<!新)(?:开工|动工)")
_SOME_BEGUN = re.compile(r"在建|新开工|新动工|未开工|未动工|复工|续建")


def _of_all_begun(filed: FiledFigure) -> bool:
    """Tell whether what is done is said behind the count of all that has begun.

    “已开工51个，完成投资82.15亿元，占年度计划的85.2％” is all that is done where the plan of all
    that the document states bears the share out; of what is being built it says nothing.
    """
    figure = filed.figure
    if figure.stage != "under_construction" or figure.progress:
        return False
    if not _says_begun(figure):
        return False
    own = [f for f in filed.file.ledger.figures if f.document == figure.document]
    shares = [
        f for f in own
        if f.unit == "%" and f.sentence == figure.sentence and f.number.start > figure.number.start
        and f.base is not None and "计划" in f.base.text
    ]  # fmt: skip
    plans = [f for f in own if _is_plan_of_all(f)]
    return any(share_fits(figure.number, p.number, s.number) for p in plans for s in shares[:1])


def _says_begun(figure: Figure) -> bool:
    return bool(_BEGUN.search(figure.subject)) and not _SOME_BEGUN.search(figure.subject)


def _is_plan_of_all(figure: Figure) -> bool:
    plan = figure.unit == "万元" and _OF_ALL["planned_investment"].match(figure.measure)
    return bool(plan) and not is_of_some(figure)


def is_of_some(figure: Figure) -> bool:
    """Tell whether a figure is said of a state, a class or a part, not of all projects."""
    return bool(figure.stage or figure.progress or figure.state or figure.among or figure.part)


def overall_count(query: Query, ledger: Ledger) -> FiledFigure | None:
    """Return the number of all projects that the newest document states, where it is but one."""
    found = [
        filed
        for filed in in_period(narrowed(query, statuses=()), ledger)
        if filed.figure.unit in "个项件"
        and re.search(r"项目|工程|任务|事项|实事", filed.figure.measure)
        and not (filed.figure.stage or filed.figure.progress or filed.figure.among)
    ]
    most = max((f.figure.value for f in found), default=0.0)
    best = [f for f in found if f.figure.value == most]
    places = {(f.file.id, f.figure.document) for f in found}
    return best[0] if best and len(places) == 1 else None


def opening_count(query: Query, ledger: Ledger) -> FiledFigure | None:
    """Return the first number of projects that the one document in question states of all."""
    return opening_count_among(in_period(query, ledger))


def opening_count_among(figures: Iterable[FiledFigure]) -> FiledFigure | None:
    """Return the first number of projects that the one document of figures states of all."""
    first: dict[tuple[int, int], FiledFigure] = {}
    for filed in sorted(figures, key=lambda f: f.figure.start):
        figure = filed.figure
        if figure.unit not in "个项件" or figure.stage or figure.progress or figure.among:
            continue
        if re.search(r"项目|工程|任务|事项|实事", figure.measure) or not (
            figure.measure or figure.subject
        ):
            first.setdefault((filed.file.id, figure.document), filed)
    return next(iter(first.values())) if len(first) == 1 else None


def count_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the counts of projects that newest documents state of a status alone."""
    return [filed for filed in in_period(query, ledger) if counts_state(filed, status)]


def counts_state(filed: FiledFigure, status: str) -> bool:
    """Tell whether a figure counts the projects of a state, of all of them and not of a class."""
    figure = filed.figure
    counts = figure.unit in "个项" and ("项目" in figure.subject or not figure.measure)
    if figure.part and status_of(figure.part).stage != status:
        return False  # “新建项目30个，……未开工9个”: of the new ones
    if status == STARTED:
        begun = figure.stage == "under_construction" and not figure.progress
        return counts and begun and _says_begun(figure) and not figure.among
    return counts and is_of(filed, status)


def mixed_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the counts stated of a status together with another (“完成计划或竣工”)."""
    return [
        filed
        for filed in in_period(query, ledger)
        if filed.figure.unit in "个项"
        and "、" not in filed.figure.subject  # names, which say other states (“某灌区续建、…”)
        and _both(filed)
        and status in (filed.figure.stage, filed.figure.progress)
    ]


def share_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the shares of all projects that newest documents state of a status."""
    return [
        filed
        for filed in in_period(query, ledger)
        if filed.figure.unit == "%"
        and filed.figure.base is not None
        and filed.figure.base_unit != "万元"
        and re.search(r"总数|项目|总量|任务", filed.figure.base.text)
        and is_of(filed, status)
    ]


def in_period(query: Query, ledger: Ledger) -> Iterator[FiledFigure]:
    """Yield the figures of the documents that the query looks at, newest first.

    A document may hold reports of two times (of the half-year, and of three quarters).
    """
    ordered = sorted(
        ledger.figures,
        key=lambda f: (f.file.documents[f.figure.document].date or "", _month(f.figure) or 0),
        reverse=True,
    )
    allowed = {(r.file.id, r.record.document) for r in ledger.rows if in_scope(r, _any_kind(query))}
    newest = newest_documents([r for r in ledger.rows if in_scope(r, _any_kind(query))])
    twice = told_twice(ledger)
    for filed in ordered:
        place = (filed.file.id, filed.figure.document)
        if place not in allowed or not (query.at or place in newest):
            continue
        if place in twice:
            then = _of_the_time(filed, twice[place], query)
        else:
            month = _month(filed.figure)
            then = not (query.at and month) or any(p.month in (None, month) for p in query.at)
        if then:
            yield filed


def _month(figure: Figure) -> int | None:
    """Return the month up to which the text above a figure counts, None if it says none."""
    return _last_month(figure.as_of.text) if figure.as_of else None


@lru_cache(maxsize=1024)  # all figures of a report say the same, and are sorted by it
def _last_month(words: str) -> int | None:
    named = periods_in(fold(words))
    return named[-1].month if named else None


def _of_the_time(filed: FiledFigure, times: Mapping[str, tuple[int, int]], query: Query) -> bool:
    """Tell whether a figure is of the asked time, of several that its document tells of.

    Where none is asked for, it is the newest.
    """
    ended = ended_figure(filed, times)
    if not query.at:
        return ended in (None, max(times.values()))
    return any(period.fits(ended) for period in query.at)


def _any_kind(query: Query) -> Query:
    return replace(query, kinds=())


def first_of_each(figures: Iterable[FiledFigure]) -> list[FiledFigure]:
    """Return the first figure of each document: what all have is told before what one has."""
    found: dict[tuple[int, int], FiledFigure] = {}
    for filed in sorted(figures, key=lambda f: f.figure.start):
        found.setdefault((filed.file.id, filed.figure.document), filed)
    return list(found.values())


def source_of_figure(filed: FiledFigure) -> Source:
    """Return the clause that states a figure, from where it says of how many it states it.

    “9.86亿元” alone tells no reader what it is of: “14个项目超序时进度，完成投资9.86亿元” does,
    and “产业项目19个，完成率68.7％” does for a rate.
    """
    figure = filed.figure
    counted = [
        other.start
        for other in filed.file.figures_of.get((figure.document, figure.sentence), ())
        if other.unit in "个项件"
        and figure.start - MAX_CLAUSE <= other.start < figure.start
        and _of_the_same(other, figure)
    ]
    return Source(filed.file.id, figure.document, max(counted, default=figure.start), figure.end)


def counts_stated(row: LedgerRow, statuses: Iterable[str], number: int) -> list[Source]:
    """Return where the row's document says that so many are in one of the statuses."""
    found = [
        FiledFigure(row.file, figure)
        for figure in row.file.ledger.figures
        if figure.document == row.record.document
        and figure.unit in "个项件"
        and figure.value == number
    ]
    return [source_of_figure(f) for f in found if any(is_of(f, status) for status in statuses)]


def _of_the_same(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are said of one status, or of one class, and which."""
    if one.part and one.part == other.part:
        return True
    said = [(f.state, f.stage, f.progress) for f in (one, other)]
    return any(said[0]) and said[0] == said[1]


def _both(filed: FiledFigure) -> bool:
    return bool(filed.figure.stage and filed.figure.progress)


def is_of(filed: FiledFigure, status: str) -> bool:
    """Tell whether a figure is said of a status alone."""
    if is_own(status):
        return figure_state(filed) == own_name(status)
    figure = filed.figure
    if figure.state and not (figure.stage or figure.progress):  # “停工项目（5个）” stands above it
        said = status_of(figure.state, heading=True)
        building = said.stage == "under_construction" and status == said.progress
        single = building or not (said.stage and said.progress)
        return status in (said.stage, said.progress) and single  # “施工慢于节点” is but behind
    if figure.state and figure.stage == "under_construction" and status == figure.progress:
        return True  # “在施工但进度偏慢的13个”: of a document's own state
    return not _both(filed) and status in (figure.stage, figure.progress)
