"""What was looked at on a tour: how many places, and which, from the sentence that says so.

“与会人员先后察看了甲、乙和丙拟建现场，共3处”: reports of tours and meetings on site tell
it once, often a sentence or a paragraph after the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import paragraphs
from assistant.ledger.asked import asked_statuses
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape, with_bold
from assistant.texts.speakers import is_name
from assistant.texts.titled import Mention
from index.database import FileContent
from index.ledger.periods import periods_in
from index.library import Library
from index.records import Document
from index.sentences import sentences
from index.words import fold
from prompts import render

FEW = 300  # files that are all looked through
MOST = 3  # tours that are told of where the question does not say which

_SEE = r"(?:察看|查看|观摩|走访|考察|参观|视察|踏勘|检查|调研|看|跑|走|去|来到|到)"
_THING = r"(?:项目|现场|工地|点位|点|企业|工程|地方|园区|车间)"
_ASKS = re.compile(
    rf"{_SEE}(?:了|过)?(?:哪些|哪几|几|多少|什么)[个处家条]?[\u4e00-\u9fff]{{0,4}}?{_THING}"
    rf"|{_SEE}的?{_THING}(?:有|是|共|一共)*(?:哪些|哪几|几|多少)"
)
_SEEN = r"(?:(?:来到|走进|深入|前往|赴|到|看|察看|查看|观摩|走访|考察|参观|视察|踏勘)(?:了|过)?)"
# In turn, or so many of them: else the words are of something else (“从现场看，……”).
_TOLD = re.compile(
    rf"(?:先后|依次|分别|实地|现场){_SEEN}(?P<named>[^，。！？；]{{2,300}})"
    rf"|(?:察看|查看|观摩|走访|考察|参观|视察|踏勘)了(?P<few>[^，。！？；]{{2,300}}(?=等\d|，共))"
)
# “督查组查看的12个项目是：A、B、……”: the list itself, wherever the tour is told.
_LISTED = re.compile(
    r"(?:察看|查看|观摩|走访|考察|参观|视察|踏勘|检查|督查|调研|看)(?:过|了)?的(?P<n>\d+|[一二三四五六七八九十]{1,3})(?P<unit>个|处|家|条)"
    r"[\u4e00-\u9fff]{0,6}?(?:分别|依次)?(?:是|为|有|包括)[：:，,]?(?P<named>[^。！？；]{2,600})"
)
_COUNTED = re.compile(
    r"(?:共|等|共计)(?P<n>\d+|[一二三四五六七八九十]{1,3})余?(?P<unit>个|处|家|条)"
)
_SEERS = re.compile(r"[\u4e00-\u9fff]{2,3}(?=在|带队|一行|到|当天)")
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


@dataclass(frozen=True, slots=True)
class _Visit:
    """A sentence that tells what was seen: how many, in which words, how many of them named."""

    document: Document
    source: Source
    text: str
    count: int
    said: tuple[int, int] | None
    named: int
    listed: bool = False


def answer_visits(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return how many places a tour saw and which, None where that is not asked or told."""
    folded = fold(question.text)
    if question.language != "zh" or not _ASKS.search(folded) or asked_statuses(folded):
        return None
    found = [
        visit for file_id, document in _documents(linked, library)
        for visit in _visits(folded, file_id, document, library)
    ]  # fmt: skip
    listed = [visit for visit in found if visit.listed]
    found = listed if "项目" in folded and listed else found
    if not found:
        return None
    newest = sorted(found, key=lambda visit: visit.document.date or "", reverse=True)[:MOST]
    draft = Draft(count=newest[0].count if len(newest) == 1 else None)
    for visit in newest:
        draft.statements += _lines(visit, question.frames)
    return draft


def _documents(linked: Sequence[Mention], library: Library) -> Iterator[tuple[int, Document]]:
    """Yield the documents that a question names, all of them where it names none."""
    if linked:
        yield from ((n.file_id, n.document) for m in linked for n in m.documents)
        return
    files = library.files()
    for file in files if len(files) <= FEW else ():
        for document in library.content(file.id).structure.documents:
            yield file.id, document


def _visits(folded: str, file_id: int, document: Document, library: Library) -> Iterator[_Visit]:
    """Yield what a document tells of a tour on the day, and by whom, that a question says."""
    content = library.content(file_id)
    told = fold(content.structure.reading.view(document.start, document.end).text)
    days = [folded[slice(*p.span)] for p in periods_in(folded) if p.day]
    names = [name for name in _SEERS.findall(folded) if is_name(name)]
    if any(words not in told for words in [*days, *names]):
        return
    for start, end in paragraphs(content, document, document.start, document.end):
        yield from _in_paragraph(content, document, file_id, start, end)


def _in_paragraph(
    content: FileContent, document: Document, file_id: int, start: int, end: int
) -> Iterator[_Visit]:
    view = content.structure.reading.view(start, end)
    for a, b in sentences(view):
        text = view.text[a:b]
        if match := _LISTED.search(text):
            names = re.split("、", match["named"])
            source = Source(file_id, document.ordinal, *view.span(a, b))
            place = (match.start("n"), match.end("unit"))
            number = _number(match["n"])
            yield _Visit(document, source, text, number, place, len(names), listed=True)
            continue
        match = _TOLD.search(text)
        if match is None:
            continue
        listed = re.sub(r"等.{0,12}$", "", match["named"] or match["few"])
        names = [w for w in re.split("[、和及]", listed) if len(w) > 1]
        counted = _COUNTED.search(text, match.start())
        count = _number(counted["n"]) if counted else len(names)
        if count and (counted or len(names) > 1):
            said = (counted.start("n"), counted.end("unit")) if counted else None
            source = Source(file_id, document.ordinal, *view.span(a, b))
            yield _Visit(document, source, text, count, said, len(names))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def _lines(visit: _Visit, language: str) -> Iterator[Statement]:
    quote = with_bold(visit.text, [visit.said]) if visit.said else escape(visit.text)
    yield Statement(f"《{escape(visit.document.title)}》：{quote}", (visit.source,), bullet=True)
    if visit.said is None or visit.named < visit.count:
        name = "visits_named" if visit.said else "visits_counted"
        numbers = {"count": visit.count, "named": visit.named}
        values = numbers if visit.said else {"named": visit.named}
        text = render(name, language, **values)
        yield Statement(text, computed=frozenset(str(n) for n in values.values()))
