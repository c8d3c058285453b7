"""Figures of the newest documents that state something of a whole status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ledger.query import Query
from assistant.statements import Source
from index.ledger.book import FiledFigure, Ledger

_MEASURE_WORDS = {
    "done_investment": re.compile(r"完成.{0,4}投资|支出|发生投资|投入|完成$"),
    "planned_investment": re.compile(r"计划"),
    "total_investment": re.compile(r"总投资|^投资"),
}


def money_figures(status: str, measure: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the amounts that newest documents state of a status, each document's first."""
    found: dict[tuple[int, int], FiledFigure] = {}
    for filed in in_scope(query, ledger):
        figure = filed.figure
        fits = _MEASURE_WORDS.get(measure)
        if figure.unit != "万元" or fits is None or not fits.search(figure.measure):
            continue
        if _is_of(filed, status):
            found.setdefault((filed.file.id, figure.document), filed)
    return list(found.values())


def count_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the counts of projects that newest documents state of a status alone."""
    return [
        filed
        for filed in in_scope(query, ledger)
        if filed.figure.unit in "个项" and _is_of(filed, status) and "项目" in filed.figure.subject
    ]


def mixed_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the counts stated of a status together with another (“完成计划或竣工”)."""
    return [
        filed
        for filed in in_scope(query, ledger)
        if filed.figure.unit in "个项"
        and _both(filed)
        and status in (filed.figure.stage, filed.figure.progress)
    ]


def share_figures(status: str, query: Query, ledger: Ledger) -> list[FiledFigure]:
    """Return the shares of all projects that newest documents state of a status."""
    return [
        filed
        for filed in in_scope(query, ledger)
        if filed.figure.unit == "%"
        and filed.figure.base is not None
        and filed.figure.base_unit != "万元"
        and re.search(r"总数|项目|总量|任务", filed.figure.base.text)
        and _is_of(filed, status)
    ]


def in_scope(query: Query, ledger: Ledger) -> Iterator[FiledFigure]:
    """Yield the figures of documents that the question's period allows, newest first."""
    ordered = sorted(
        ledger.figures,
        key=lambda f: f.file.documents[f.figure.document].date or "",
        reverse=True,
    )
    for filed in ordered:
        document = filed.file.documents[filed.figure.document]
        said = f"{document.title} {filed.file.path} {document.date_text or ''}"
        if filed.figure.as_of:
            said += filed.figure.as_of.text
        if all(word in re.sub(r"\s", "", said.lower()) for word in query.periods):
            yield filed


def source_of_figure(filed: FiledFigure) -> Source:
    """Return the clause that states a figure."""
    return Source(filed.file.id, filed.figure.document, filed.figure.start, filed.figure.end)


def _both(filed: FiledFigure) -> bool:
    return bool(filed.figure.stage and filed.figure.progress)


def _is_of(filed: FiledFigure, status: str) -> bool:
    return not _both(filed) and status in (filed.figure.stage, filed.figure.progress)
