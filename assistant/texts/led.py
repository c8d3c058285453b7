"""Points that a sentence leads in: “会议强调，要抓好三件事：” is no answer without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence import sections_above
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.texts.announced import points_behind
from assistant.texts.points import Point
from index.ledger.context import bare_heading
from index.library import Library
from index.records import Section
from index.sentences import sentences
from index.words import fold

MIN_HEADING = 3  # characters of a heading that a question says
MOST = 12  # points below one sentence
FAR = 1_500  # characters before a point in which its list is led in
_SEVERAL = re.compile(
    r"哪(?:几|[两二三四五六七八九十]|些)(?:点|条|个|项|件|方面)?|几(?:点|条|个方面|项|件)"
)
_A_POINT = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}(?:是|要|、)|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十]|\d{1,2}[.．、])"
)
_LEADS = re.compile(
    r"[：:]\s*$|(?:[两一二三四五六七八九十\d]|以下|如下)(?:点|条|个?方面|项|件事?|个)[\u4e00-\u9fff]{0,4}[。；]?\s*$"
)


def with_points(draft: Draft, question: Question, library: Library) -> Draft:
    """Return a draft with the points that its lines lead in below them, each one cited line.

    Where several are asked for (“哪三件事”), one of them alone is led in by what leads in all.
    """
    if draft.refused:
        return draft
    if _SEVERAL.search(question.text) and (lead := _lead_of(draft.statements, question, library)):
        draft = replace(draft, statements=[lead], short=None)
    cited = [(s.file_id, s.start, s.end) for line in draft.statements for s in line.sources]
    told: list[Statement] = []
    for line in draft.statements:
        told.append(line)
        for point in _led_in(line, question, library):
            file_id, start = point.file_id, point.start
            if not any(f == file_id and a <= start < b for f, a, b in cited):
                source = Source(file_id, point.document, start, point.end)
                told.append(Statement(escape(point.text), (source,), bullet=True))
    draft.statements = told
    return draft


def _lead_of(lines: Sequence[Statement], question: Question, library: Library) -> Statement | None:
    """Return the line that leads in a list one point of which is all that is told.

    It is a sentence before the list, or the heading above it, where the question says that.
    """
    if not lines or lines[0].cells or len(lines[0].sources) != 1:
        return None
    (point,) = lines[0].sources
    content = library.content(point.file_id)
    if not _A_POINT.match(content.text[point.start : point.end]):
        return None
    document = content.structure.documents[point.document]
    low = max(document.start, point.start - FAR)
    view = content.structure.reading.view(low, point.start)
    for start, end in reversed(sentences(view)):
        a, b = view.span(start, end)
        if _LEADS.search(view.text[start:end]):
            points = points_behind(content, document, point.file_id, b)
            if any(one.start <= point.start < one.end for one in points):
                source = Source(point.file_id, point.document, a, b)
                return Statement(escape(view.text[start:end]), (source,))
    above = sections_above(document, point.start)
    if above and _asked_by_heading(above[-1], question):
        points = points_behind(content, document, point.file_id, above[-1].heading_end)
        if any(one.start <= point.start < one.end for one in points):
            source = Source(point.file_id, point.document, above[-1].start, above[-1].heading_end)
            return Statement(escape(above[-1].heading), (source,))
    return None


def _asked_by_heading(section: Section, question: Question) -> bool:
    """Tell whether a question says a heading: “对怎么抓提了哪几条要求” of “二、怎么抓”."""
    heading = bare_heading(section.heading).strip("？?。：: ")
    return len(heading) >= MIN_HEADING and fold(heading) in fold(question.text)


def _led_in(line: Statement, question: Question, library: Library) -> Iterator[Point]:
    if line.cells or not line.sources:
        return
    source = line.sources[-1]
    content = library.content(source.file_id)
    document = content.structure.documents[source.document]
    headed = any(
        (s.start, s.heading_end) == (source.start, source.end) and _asked_by_heading(s, question)
        for s in document.sections
    )
    if headed or _LEADS.search(content.text[source.start : source.end]):
        yield from points_behind(content, document, source.file_id, source.end)[:MOST]
