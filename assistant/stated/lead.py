"""A figure that a document states in the question's own words: “盘子先按” “21个、38亿元”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.stated.passages import Said
from assistant.statements import Draft, Statement, with_bold
from index.ledger.quantities import Quantity, quantities
from index.words import fold

LEAST = 7  # characters of a question that stand right before the figures, word by word
MOST_ASKED = 3
SHORT = 60  # characters of the bare answer
_ASKED = r"(?:多少|几)(?P<unit>[万亿]?元|亿|万|公里|平方米|[\u4e00-\u9fff])?"
_ASKS = re.compile(rf"{_ASKED}(?:[、，,和]\s*{_ASKED.replace('?P<unit>', '')})*")
_ONE = re.compile(_ASKED)
_JOIN = re.compile(r"[、，,和]?")


@dataclass(frozen=True, slots=True)
class _Found:
    """Figures behind the words of a question, and how many characters of it these are."""

    said: Said
    length: int
    figures: tuple[Quantity, ...]


def answer_lead(text: str, said: Iterable[Said]) -> Draft | None:
    """Return the sentence that goes on where the question asks; None unless all say the same."""
    folded = fold(text)
    asks = _ASKS.search(folded)
    if asks is None or _ONE.search(folded, asks.end()):
        return None
    units = [match["unit"] or "" for match in _ONE.finditer(asks.group())]
    lead = re.split("[，,。；;：:？?]", folded[: asks.start()])[-1]
    if len(lead) < LEAST or len(units) > MOST_ASKED:
        return None
    found = [one for sentence in said if (one := _goes_on(sentence, lead, units))]
    longest = max((one.length for one in found), default=0)
    best = [one for one in found if one.length == longest]
    if len({tuple(q.text for q in one.figures) for one in best}) != 1:
        return None
    sentence, figures = best[0].said, best[0].figures
    shown = sentence.view.text[sentence.start : sentence.end]
    spans = [(q.start - sentence.start, q.end - sentence.start) for q in figures]
    source = sentence.source(sentence.start, sentence.end)
    draft = Draft([Statement(with_bold(shown, spans), (source,))])
    short = "、".join(q.text for q in figures)
    draft.short = short if len(short) <= SHORT else None
    return draft


def _goes_on(sentence: Said, lead: str, units: list[str]) -> _Found | None:
    """Return the figures of the asked units in the row that follows the end of ``lead``."""
    text = sentence.view.text
    for row in _rows(text, list(quantities(text, sentence.start, sentence.end))):
        before = fold(text[sentence.start : row[0].start])
        length = next((n for n in range(len(lead), 0, -1) if before.endswith(lead[-n:])), 0)
        chosen = [[q for q in row if _is_of(q, unit)] for unit in units]
        if length >= LEAST and all(len(fits) == 1 for fits in chosen):
            return _Found(sentence, length, tuple(fits[0] for fits in chosen))
    return None


def _rows(text: str, known: list[Quantity]) -> list[list[Quantity]]:
    """Return the figures of a sentence, those that are joined (“21个、38亿元”) together."""
    rows: list[list[Quantity]] = []
    for figure in known:
        if rows and _JOIN.fullmatch(text[rows[-1][-1].end : figure.start].strip()):
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return rows


def _is_of(figure: Quantity, unit: str) -> bool:
    if unit in ("万", "亿", "") or unit.endswith("元"):
        return unit == "" or figure.unit == "元"
    return figure.unit == unit
