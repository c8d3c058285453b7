"""Figures of the newest documents that state something of a whole status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.ledger.asked import asked_statuses
from assistant.ledger.ownstates import figure_state, is_own, own_name
from assistant.ledger.projects import newest_documents
from assistant.ledger.query import Query
from assistant.ledger.select import in_scope, narrowed
from assistant.statements import Source
from index.ledger.book import FiledFigure, Ledger
from index.ledger.periods import ended_in
from index.ledger.status import status_of
from index.words import fold

_MEASURE_WORDS = {
    "done_investment": re.compile(r"完成.{0,4}投资|支出|发生(?:投资|.{0,2}费用)|投入|完成$"),
    "planned_investment": re.compile(r"计划"),
    "total_investment": re.compile(r"总投资|^投资"),
}


def money_figures(status: str, measure: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the amounts that newest documents state of a status, each document's first."""
    found: dict[tuple[int, int], FiledFigure] = {}
    for filed in in_period(query, ledger):
        figure = filed.figure
        fits = _MEASURE_WORDS.get(measure)
        if figure.unit != "万元" or fits is None or not fits.search(figure.measure):
            continue
        if is_of(filed, status):
            found.setdefault((filed.file.id, figure.document), filed)
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
        r"^(?:全[市区县镇]|各|个|项|件|已|共|累计|实际|重点|建设|项目|固定资产|\d|[—\-–~至]|截[至止]|到|月|年|日|底|末)*(?:累计|实际)?完成(?:固定资产)?投资$"
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
        and pattern.match(filed.figure.measure)
        and (not (filed.figure.stage or filed.figure.progress) or _of_every_status(filed))
        and not filed.figure.among
        and (ended is None or ends.get((filed.file.id, filed.figure.document)) == ended)
    ]


EVERY = 3  # statuses counted one after the other are all that there are


def _of_every_status(filed: FiledFigure) -> bool:
    """Tell whether a figure follows the counts of every status (“竣工5个、滞后3个、未开工2个，”)."""
    said = {status for status, _ in asked_statuses(fold(filed.figure.subject))}
    return len(said) >= EVERY


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
    first: dict[tuple[int, int], FiledFigure] = {}
    for filed in sorted(in_period(query, ledger), key=lambda f: f.figure.start):
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
    return [
        filed
        for filed in in_period(query, ledger)
        if filed.figure.unit in "个项"
        and is_of(filed, status)
        and ("项目" in filed.figure.subject or not filed.figure.measure)
    ]


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
    """Yield the figures of the documents that the query looks at, newest first."""
    ordered = sorted(
        ledger.figures,
        key=lambda f: f.file.documents[f.figure.document].date or "",
        reverse=True,
    )
    allowed = {(r.file.id, r.record.document) for r in ledger.rows if in_scope(r, _any_kind(query))}
    newest = newest_documents([r for r in ledger.rows if in_scope(r, _any_kind(query))])
    for filed in ordered:
        place = (filed.file.id, filed.figure.document)
        if place in allowed and (query.at or place in newest):
            yield filed


def _any_kind(query: Query) -> Query:
    return replace(query, kinds=())


def source_of_figure(filed: FiledFigure) -> Source:
    """Return the clause that states a figure."""
    return Source(filed.file.id, filed.figure.document, filed.figure.start, filed.figure.end)


def _both(filed: FiledFigure) -> bool:
    return bool(filed.figure.stage and filed.figure.progress)


def is_of(filed: FiledFigure, status: str) -> bool:
    """Tell whether a figure is said of a status alone."""
    if is_own(status):
        return figure_state(filed) == own_name(status)
    figure = filed.figure
    if figure.state and not (figure.stage or figure.progress):  # “停工项目（5个）” stands above it
        said = status_of(figure.state, heading=True)
        return status in (said.stage, said.progress) and not (said.stage and said.progress)
    return not _both(filed) and status in (figure.stage, figure.progress)
