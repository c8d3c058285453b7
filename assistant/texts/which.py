"""Which things a speaker or a meeting demands something of: the clauses that say so.

“市长要求哪几个项目年底前必须开工” asks neither for all demands nor for the projects of a
state: it is answered by “甲、乙这2个项目，必须在12月31日前开工”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import paragraphs
from assistant.question import Question
from assistant.statements import Draft, Statement
from assistant.texts.demands import is_directive, title_source
from assistant.texts.points import Point, line_of
from assistant.texts.titled import Mention, Named
from index.library import Library
from index.sentences import parts
from index.words import fold
from prompts import render

_WHICH = re.compile(
    r"(?:要求|明确|提出|强调|规定|指定)(?:了|的)?哪(?:几|些)个?[\u4e00-\u9fff]{0,6}?"
    r"(?:项目|工程|单位|部门|企业|县区|乡镇|街道|标段)(?:要)?(?P<what>[^，。？?哪]{4,24})"
)
# What stands between the words of a demand and says nothing of the matter.
_JOINS = re.compile(r"必须|务必|应当|需要|之前|以前|[要应须需在于前的了把将得由都也]")
_YEAR_END = re.compile(r"12月31日|12月底|十二月底|年末|年内|(?:今|本)?年底")
_LATER_YEAR = re.compile(r"(?:明|来|次|20\d\d)年")
_COUNTED = re.compile(r"(?P<n>\d+)个(?=项目|工程|单位|部门|企业|[县乡镇街标])")


def answer_which(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return the clauses of the named text that demand just that, None where none does."""
    which = _WHICH.search(fold(question.text))
    if which is None or len(linked) != 1:
        return None
    words = [w for w in _JOINS.split(_same_time(which["what"])) if len(w) > 1]
    for named in linked[0].documents if words else ():
        found = [point for point in _clauses(named, library) if _says(point, words)]
        if found:
            return _draft(named, found, question.frames)
    return None


def _same_time(words: str) -> str:
    """Return words with every name of the end of the year the same."""
    return _YEAR_END.sub("年底", fold(words))


def _says(point: Point, words: Sequence[str]) -> bool:
    said = _same_time(point.text)
    own = "".join(words)
    other_year = _LATER_YEAR.search(said) and not _LATER_YEAR.search(own)
    return is_directive(point) and not other_year and all(word in said for word in words)


def _clauses(named: Named, library: Library) -> Iterator[Point]:
    """Yield the parts of a text between full stops and semicolons."""
    content, document = library.content(named.file_id), named.document
    start = document.title_end or document.start
    for a, b in paragraphs(content, document, start, document.end):
        view = content.structure.reading.view(a, b)
        for low, high in parts(view.text, 0, len(view.text), "。；;！？"):
            text = view.text[low:high].strip(" \u3000；;")
            if text:
                at = view.text.find(text, low)
                span = view.span(at, at + len(text))
                yield Point(named.file_id, document.ordinal, *span, text)


def _draft(named: Named, found: Sequence[Point], language: str) -> Draft:
    title = named.document.title
    head = render("texts_demands", language, title=title, who="", count=len(found))
    source = title_source(named.file_id, named.document)
    draft = Draft([Statement(head, (source,), computed=frozenset({str(len(found))}))])
    draft.statements += [line_of(point) for point in found]
    counts = [_COUNTED.search(point.text) for point in found]
    if all(counts):
        draft.count = sum(int(match["n"]) for match in counts if match)
    return draft
