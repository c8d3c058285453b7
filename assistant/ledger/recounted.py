"""A count that a later document sets right (“8月底未动工由8个更正为7个”) leads its old list."""

from __future__ import annotations

import re

from assistant.ledger.figurelink import source_of_figure
from assistant.ledger.headline import stated_alone
from assistant.ledger.query import Query, status_name
from assistant.statements import Draft, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from prompts import render

_SET_RIGHT = re.compile(r"^(?:更正|订正|修正|纠正|调整|改|核减|核增|核定)(?:成|为|到)")

# In a document that corrects, “由8个变为9个” sets a number right; elsewhere it tells of news.
_CHANGED = re.compile(r"^(?:变|改|增加|减少|增|减)(?:成|为|到|至)")
_CORRECTS = re.compile(r"更正|订正|勘误|修正|纠错|核实|核减|更改")


def lead_with_correction(draft: Draft, query: Query, ledger: Ledger) -> None:
    """Put the number that a document sets right before a list of one state that has the old one."""
    if len(query.statuses) != 1 or not stated_alone(query) or draft.count is None:
        return
    found = _correction(query.statuses[0], draft.count, ledger)
    if found is None:
        return
    old, new = found
    count = int(new.figure.value)
    text = render(
        "ledger_recounted", query.language,
        title=escape(new.file.documents[new.figure.document].title),
        what=status_name(query.statuses[0], query.language), old=draft.count, new=count,
    )  # fmt: skip
    sources = tuple(dict.fromkeys((source_of_figure(old), source_of_figure(new))))
    figures = frozenset({str(count), str(draft.count)})
    draft.statements.insert(0, Statement(text, sources, computed=figures))
    draft.count = count
    draft.short = f"{count}个" if query.language == "zh" else str(count)


def _correction(status: str, count: int, ledger: Ledger) -> tuple[FiledFigure, FiledFigure] | None:
    """Return the old and the new figure of the clause that corrects a state's count."""
    figures = ledger.figures
    for place, filed in enumerate(figures[:-1]):
        figure, after = filed.figure, figures[place + 1]
        same = after.file.id == filed.file.id and after.figure.start == figure.start
        counts = figure.unit in "个项件" and after.figure.unit in "个项件"
        of_it = status in (figure.stage, figure.progress) and figure.value == count
        title = filed.file.documents[figure.document].title
        changed = _CHANGED.search(figure.measure) and _CORRECTS.search(title)
        if same and counts and of_it and (changed or _SET_RIGHT.search(figure.measure)):
            return filed, after
    return None
