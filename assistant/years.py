"""Whether an answer is of the year that a question names: reports of another year say nothing."""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.statements import Draft, Source
from index.library import Library
from index.words import fold

_YEAR = re.compile(r"(?:19|20)\d\d")


def of_other_years(draft: Draft, question: Question, library: Library) -> bool:
    """Tell whether every document cited is of years that a question does not name.

    A document that names no year contradicts none; neither does one of the next year that
    the question's own words cite.
    """
    years = {
        match.group()
        for words in question.constraints
        if words not in question.assumed and (match := re.fullmatch(r"((?:19|20)\d\d)年?", words))
    }
    years = {year[:4] for year in years}
    sources = [source for line in draft.statements for source in line.sources]
    if not years or not sources:
        return False
    return not any(_may_be_of(source, years, library) for source in sources)


def _may_be_of(source: Source, years: set[str], library: Library) -> bool:
    content = library.content(source.file_id)
    document = content.structure.documents[source.document]
    body = fold(content.text[document.start : document.end])
    own = f"{document.title} {document.date or ''} {library.file_by_id(source.file_id).path}"
    return not _YEAR.search(own) or any(year in own or year in body for year in years)
