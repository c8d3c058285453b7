"""What one thing had done by two days that one text tells of, and by how much it grew.

“到8月底完成投资620万元……；到9月12日，累计完成700万元”: a reply or a speech says both, where
reports hold but one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.ledger.link import Similar, read_query
from assistant.question import Question
from assistant.stated.added import digits_of, paragraphs_of
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.amended import fold_same
from assistant.things.naming import FEW
from index.ledger.periods import Period
from index.ledger.quantities import Quantity, quantities
from index.library import Library
from index.words import fold
from prompts import render

NEAR = 24  # characters from a day to the amount that was reached by it
MIN_NAME = 3  # characters by which a text must call the thing
_DONE = re.compile(r"完成|投资|投入|支出|拨付|到位")
_STOP = re.compile(r"[。；;\n]")


@dataclass(frozen=True, slots=True)
class _Reached:
    """An amount that was reached by a day: its clause begins at ``low``."""

    quantity: Quantity
    low: int


def answer_grown(question: Question, library: Library, similar: Similar) -> Draft | None:
    """Return by how much an amount of one thing grew, None where no text tells of both days."""
    if question.language != "zh" or len(library.files()) > FEW:
        return None
    query = read_query(question, library.ledger, similar)
    change = query.change if query else None
    if query is None or change is None or change.kind != "amount" or len(query.names) != 1:
        return None
    early, late = change.early, change.late
    if early is None or late is None or not (query.measure or "").endswith("investment"):
        return None
    for document, view, file_id, low, high in paragraphs_of(library):
        text = fold_same(view.text)
        if not _tells_of(query.names[0], fold(question.text), fold(document.title), text):
            continue
        first = next(_reached(early, text, low, high), None)
        second = next(_reached(late, text, low, high), None)
        if first and second and first.quantity.unit == second.quantity.unit:
            spans = [(one.low, one.quantity.end) for one in (first, second)]
            sources = tuple(Source(file_id, document.ordinal, *view.span(*s)) for s in spans)
            return _draft(query.names[0], (early, late), (first, second), sources)
    return None


def _tells_of(core: str, asked: str, title: str, text: str) -> bool:
    """Tell whether a text is about the thing, by the part of its name that the question says."""
    parts = (core[a:b] for a in range(len(core)) for b in range(len(core), a + MIN_NAME - 1, -1))
    called = max((part for part in parts if part in asked), key=len, default="")
    return bool(called) and (called in title or text.count(called) > 1)


def _reached(period: Period, text: str, low: int, high: int) -> Iterator[_Reached]:
    """Yield the amounts of money said behind “到” and a day, before its sentence is over."""
    day = re.compile(rf"(?:截至|截止|到)\s*{re.escape(period.words)}")
    for match in day.finditer(text, low, high):
        stop = _STOP.search(text, match.end(), high)
        end = min(stop.start() if stop else high, match.end() + NEAR)
        found = next((q for q in quantities(text, match.end(), high) if "元" in q.unit), None)
        if found and found.start < end and _DONE.search(text, match.end(), found.start):
            yield _Reached(found, match.start())


def _draft(
    name: str,
    times: tuple[Period, Period],
    reached: tuple[_Reached, _Reached],
    sources: tuple[Source, ...],
) -> Draft:
    first, second = (one.quantity for one in reached)
    gap = second.say(abs(second.value - first.value))
    less = second.value < first.value
    formula = f"{second.text} − {first.text} = {'−' if less else ''}{gap}"
    text = render(
        "ledger_grown", "zh", what=escape(f"{name}完成投资"), early=times[0].words,
        late=times[1].words, first=escape(first.text), second=escape(second.text),
        more="减少" if less else "增加", difference=gap, formula=escape(formula),
    )  # fmt: skip
    numbers = frozenset(re.findall(r"\d+(?:\.\d+)?", text)) | digits_of(gap)
    draft = Draft([Statement(text, sources, computed=numbers)])
    draft.short = gap
    draft.interpretation = {"kind": "change", "filters": {"name": name}}
    return draft
