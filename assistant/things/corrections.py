"""Values that an answer shows and another document sets right: that is said first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.mentions import candidates
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.amended import Filed, amendments_of, fold_same
from assistant.things.naming import FEW
from assistant.things.synonyms import share_said
from assistant.things.wants import words_of
from index.library import Library
from index.records import Document, View
from index.words import fold
from prompts import render

_Frame = Literal["amended", "ledger_later"]

MOST = 2  # corrections that are said
OF_IT = 0.5  # of the question's words, that the correcting clause must say
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_VALUE = re.compile(r"\d.*[^\d.,]|[\d.,]{3,}")  # a bare number of a table has its unit in a heading
_SINGLE = frozenset(
    {"value", "status", "why", "sum", "table", "thing"}
)  # what tells of one thing or total


def with_corrections(draft: Draft, question: Question, library: Library) -> Draft:
    """Return an answer that shows a value since set right with the sentence that does so first."""
    kind = (draft.interpretation or {}).get("kind")
    if draft.refused or draft.count not in (None, 1) or kind not in (*_SINGLE, None):
        return draft
    said = " ".join(line.text for line in draft.statements)
    shown = [v.replace("\\", "") for v in _BOLD.findall(said)]
    found = [one for one in _setting_right(shown, library) if _concerns(one, question, said)]
    draft.statements[:0] = [amended_line(one, question.frames) for one in found[:MOST]]
    if found:
        draft.short = None
    return draft


def _setting_right(values: list[str], library: Library) -> Iterator[Filed]:
    """Yield the sentences that set one of the values right, those of the newest documents first."""
    if not values:
        return
    files = library.files()
    if len(files) > FEW:
        files = list({f.id: f for value in values for f in candidates(value, library)}.values())
    every = [one for file in files for one in amendments_of(file.id, library.content(file.id))]
    every.sort(key=lambda one: one.document.date or "", reverse=True)
    for one in every:
        if one.amendment.corrects and any(is_old(value, one.amendment.old) for value in values):
            yield one


def is_old(value: str, old: str) -> bool:
    """Tell whether the words that a sentence sets right hold a value; a name is all of them."""
    bare = fold(value)
    if not _VALUE.search(bare):
        return len(bare) > 1 and fold(old) == bare
    at = fold(old).rfind(bare)
    return at >= 0 and not re.match(r"[\d.]", fold(old)[at + len(bare) :]) and not (
        at and re.match(r"[\d.]", fold(old)[at - 1])
    )  # fmt: skip


def _concerns(one: Filed, question: Question, said: str) -> bool:
    """Tell whether a correction is of what is asked, and not yet in the answer."""
    new = fold_same(one.text)[slice(*one.amendment.new)]
    words = words_of(fold(question.text))
    clause = one.view.text[slice(*clause_of(one))]
    return new[:6] not in fold(said) and share_said(f"{one.about}", words) >= OF_IT and (
        share_said(clause, words) > 0
    )  # fmt: skip


def clause_of(one: Filed) -> tuple[int, int]:
    """Return where the part of the sentence between semicolons stands that sets right."""
    text = one.view.text
    at = one.low + one.amendment.new[0]
    low = max(text.rfind(c, one.low, at) for c in "；;") + 1
    ends = [end for c in "；;" if (end := text.find(c, at, one.high)) >= 0]
    return max(low, one.low), min(ends, default=one.high)


def amended_line(one: Filed, language: str) -> Statement:
    """Return the line that says what a document sets right, with the document's date."""
    view: View = one.view
    low, high = clause_of(one)
    source = Source(one.file_id, one.document.ordinal, *view.span(low, high))
    # A number that has grown or shrunk since was no wrong one.
    frame: _Frame = "amended" if one.amendment.corrects else "ledger_later"
    return dated_line(one.document, escape(view.text[low:high]), (source,), language, frame)


def dated_line(
    document: Document,
    quote: str,
    sources: tuple[Source, ...],
    language: str,
    frame: _Frame = "amended",
) -> Statement:
    """Return the line that quotes what sets right, with the date and title of its document.

    ``quote`` is Markdown, ``sources`` where it stands; the date's own place is added.
    """
    text = render(
        frame, language, date=escape(document.date_text or document.date or ""),
        title=escape(document.title), quote=quote,
    )  # fmt: skip
    start, end = document.date_start, document.date_end
    if start is not None and end is not None:
        dated = Source(sources[0].file_id, document.ordinal, start, end)
        sources = (*sources, dated)
    return Statement(text, sources)
