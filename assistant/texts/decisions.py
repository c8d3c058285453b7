"""What a meeting decided, and who said what of a matter: from the item of its minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evidence import paragraphs
from assistant.question import Question
from assistant.statements import Draft, Statement, escape
from assistant.texts.demands import MOST_POINTS, all_points, more_line, title_source
from assistant.texts.points import Point, heading_line, is_masthead, leads_in, line_of
from assistant.texts.speakers import COLON, Saying, chair_of, persons, sayings, speaker_at
from assistant.texts.titled import Mention
from index.headings import numbering_of
from index.library import Library
from index.records import Document
from index.words import fold, units
from prompts import render

Sort = Literal["decided", "discussed"]
HELD = 0.45  # share of a topic's words, the rare ones counting more, that its item says
HEAD = 300  # characters in which minutes say what meeting they are of
NEAR = 0.15  # by which another item may say less and is shown, too

_DECIDE = r"(?:决定|议定|商定|敲定|拍板|审定|议决|定)"
_DECIDED = re.compile(
    rf"(?:怎么|如何|怎样|咋)(?:[作做]出?的?)?(?:{_DECIDE}|处理|处置|解决|明确)(?:的|下来|了)?[？?。]?$"
    rf"|{_DECIDE}(?:了|下来|出)?的?(?:是)?些?(?:哪些|什么|啥|哪几|几)|(?:什么|哪些|啥|哪几[项个条])(?:决定|决议|结论|议定事项)|(?:决定|决议|结论|议定事项)(?:的?内容)?(?:是|有|都有|包括)(?:什么|哪些|啥)"
    r"|(?:议定|决定)(?:的)?事项[？?。]?$|最后(?:怎么|如何|咋)(?:定|说|办)|(?:同意|通过)了(?:什么|哪些)|怎么拍板"
)
_DISCUSSED = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:说|讲|谈|议|讨论|看|表态)(?:的|了)?|(?:讨论|研究|汇报|谈|讲|说|议)(?:了|到)?(?:些|了些)?(?:哪些|什么|啥)"
    r"|谁(?:也|都|不|没有?|表示|更)?(?:赞成|反对|同意|支持|主张|建议|提出|汇报|发言|说|讲)|(?:有|提出了?|有没有)(?:哪些|什么|不同)(?:不同)?(?:意见|看法|观点)"
)
_MEETING = re.compile(
    r"会议|会上|纪要|(?:办公|常务|专题|调度|协调|推进|联席|党组|例|座谈)会|议定|拍板"
)
_NAMED = re.compile(
    r"(?:主任|县长|区长|市长|书记|局长|党组|党委)?(?:办公|常务|专题|调度|协调|推进|联席|党组|例|座谈)会(?:议)?(?:上)?"
)
_MINUTES = re.compile(r"纪要|会议记录|会议情况")
_DECISIONS = re.compile(r"议定|决定|决议|定的?事项|明确(?:的)?事项")
# Words of a question that tell nothing of the matter.
_ASKING = re.compile(
    r"请问|关于|有关|对于|针对|最后|最终|到底|究竟|会议上?|会上|会里|纪要|这[件个]事|那[件个]事|的事(?:情|儿)?|问题|事项|方面|都|怎么|如何|怎样|咋|什么|哪些|哪?几[个项条件](?:事(?:情|项)?)?|啥|谁"
    r"|议定|商定|敲定|拍板|决定|决议|结论|处理|处置|解决|明确|同意|通过|赞成|反对|支持|讨论|研究|汇报|发言|表态|意见|看法|观点|主张|建议|说|讲|谈|定|办|的|了|是|有|没|不|对|和|在|里|中|上|吗|呢|[？?，,。、“”]"
)
# What ends the last item of minutes: what the chair stresses to all, who gets a copy.
_ENDS_ITEMS = re.compile(
    r"(?:[\u4e00-\u9fff]{0,24})?(?:强调|指出)[，,：:]|会议(?:还|要求|强调|指出|最后|认为)|(?:出席|列席|参加|参会|分送|抄送|印发|记录|主持)[人单位：:]|附(?:件|表)?[：:]"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """One matter of some minutes: an item of the agenda or of what was decided."""

    file_id: int
    document: Document
    start: int
    end: int
    words: str


def answer_meeting(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return what was decided or said at a meeting, None where that is not asked."""
    folded = fold(question.text)
    sort = _sort(folded) if question.language == "zh" else None
    if sort is None or len(linked) > 1:
        return None
    documents = list(_minutes(linked, library))
    topic, beside = _topic(folded, linked, library)
    if sort == "discussed" and _names_speaker(folded, documents, library):
        return None
    best: list[tuple[float, _Item]] = []
    for file_id, document in documents:
        best += _about(topic, list(_items(file_id, document, sort, library))) if topic else []
    top = max((share for share, _ in best), default=0.0)
    if top < HELD:
        if beside:
            return None
        whole = [_whole(file_id, document, sort, library) for file_id, document in documents]
        told = [points for points in whole if points]
        single = bool(linked) or len(told) == 1
        return _draft(told[:1] if single else [], sort, question.language, library)
    chosen = [item for share, item in best if share >= top - NEAR]
    newest = max(item.document.date or "" for item in chosen)
    chosen = [item for item in chosen if (item.document.date or "") == newest]
    told = [_points(item, sort, library) for item in chosen]
    return _draft([p for p in told if p], sort, question.language, library)


def _names_speaker(
    folded: str, documents: Sequence[tuple[int, Document]], library: Library
) -> bool:
    """Tell whether the words of one person are asked for, not what was said by all."""
    return any(
        name in folded
        for file_id, document in documents
        for name in persons(sayings(library.content(file_id), document))
    )


def _sort(folded: str) -> Sort | None:
    if not _MEETING.search(folded):
        return None
    if _DECIDED.search(folded):
        return "decided"
    return "discussed" if _DISCUSSED.search(folded) else None


def _minutes(linked: Sequence[Mention], library: Library) -> Iterator[tuple[int, Document]]:
    """Yield the minutes that a question names, all of them where it names none."""
    if linked:
        for named in linked[0].documents:
            if _MINUTES.search(named.document.title):
                yield named.file_id, named.document
        return
    current = {file.path: file.id for file in library.files()}
    for info in library.documents():
        file_id = current.get(info.path)
        titles = info.articles or (info.title,)
        if file_id is None or not any(_MINUTES.search(title) for title in titles):
            continue
        for document in library.content(file_id).structure.documents:
            if _MINUTES.search(document.title):
                yield file_id, document


def _topic(folded: str, linked: Sequence[Mention], library: Library) -> tuple[set[str], set[str]]:
    """Return the pairs of characters of the matter that is asked about.

    Those of all words that the head of no document says, and those of words that name no document.
    """
    own: set[str] = set()
    for named in (n for m in linked for n in m.documents):
        at = named.document.start
        head = library.content(named.file_id).text[at : min(at + HEAD, named.document.end)]
        own |= set(units(fold(f"{named.document.title} {head}")))
    beside = folded
    for mention in linked:
        start, end = mention.span
        beside = beside[:start] + " " * (end - start) + beside[end:]
    apart = _pairs(beside)
    return apart | (_pairs(folded) - own), apart


def _pairs(folded: str) -> set[str]:
    words = _ASKING.sub(" ", _NAMED.sub(" ", folded))
    return {pair for pair in units(words) if len(pair) > 1}


def _items(file_id: int, document: Document, sort: Sort, library: Library) -> Iterator[_Item]:
    """Yield the matters of some minutes: the paragraphs of the highest number."""
    content = library.content(file_id)
    reading = content.structure.reading
    start, end = document.title_end or document.start, document.end
    decided = [s for s in document.sections if _DECISIONS.search(s.heading)]
    if sort == "decided" and decided:
        start, end = decided[0].heading_end, decided[0].end
    lines = [(a, b, reading.view(a, b).text) for a, b in paragraphs(content, document, start, end)]
    lines = [(a, b, text) for a, b, text in lines if start <= a < end]
    numbers = {a: number.level for a, _, text in lines if (number := numbering_of(text))}
    if not numbers:
        return
    top = min(numbers.values())
    open_: list[tuple[int, int, str]] = []
    for a, b, text in lines:
        begins = numbers.get(a) == top
        # Right under its heading such words are the item itself.
        told = len(open_) > 1 or any("。" in line for *_, line in open_)
        if open_ and (begins or (told and a not in numbers and _ENDS_ITEMS.match(text))):
            yield _item(file_id, document, open_)
            open_ = []
        if begins or open_:
            open_.append((a, b, text))
    if open_:
        yield _item(file_id, document, open_)


def _item(file_id: int, document: Document, lines: Sequence[tuple[int, int, str]]) -> _Item:
    words = fold("\n".join(text for _, _, text in lines))
    return _Item(file_id, document, lines[0][0], lines[-1][1], words)


def _about(topic: set[str], items: Sequence[_Item]) -> list[tuple[float, _Item]]:
    """Return how much of a topic each item says; what few items say counts more."""
    said = [set(units(item.words)) for item in items]
    weight = {pair: 1 / max(1, sum(pair in words for words in said)) for pair in topic}
    whole = sum(weight.values())
    return [
        (sum(weight[pair] for pair in topic & words) / whole, item)
        for item, words in zip(items, said, strict=True)
    ]


def _points(item: _Item, sort: Sort, library: Library) -> list[Point]:
    """Return the points of an item; of those who speak in turn, the chair's if it was decided."""
    points = [
        p for p in all_points(item.file_id, item.document, library)
        if item.start <= p.start < item.end and not p.row and not is_masthead(p.text)
    ]  # fmt: skip
    content = library.content(item.file_id)
    turns = [s for s in sayings(content, item.document) if s.verb == COLON]
    if sort == "discussed" or not any(speaker_at(turns, p.start) for p in points):
        return points
    chair = chair_of(content, item.document)
    by_chair = [p for p in points if chair and _says(turns, p, chair)]
    if by_chair:
        return by_chair
    last = [t for t in turns if item.start <= t.start < item.end][-1]
    return [p for p in points if last.start <= p.start < last.end]


def _says(turns: list[Saying], point: Point, name: str) -> bool:
    said = speaker_at(turns, point.start)
    return said is not None and name in said.who


def _whole(file_id: int, document: Document, sort: Sort, library: Library) -> list[Point]:
    """Return what all items of some minutes decided or tell."""
    found: list[Point] = []
    for item in _items(file_id, document, sort, library):
        found += _points(item, sort, library)
    return found


def _draft(
    told: Sequence[Sequence[Point]], sort: Sort, language: str, library: Library
) -> Draft | None:
    if not told:
        return None
    points = [p for group in told for p in group]
    first = points[0]
    document = library.content(first.file_id).structure.documents[first.document]
    head = render(f"texts_{sort}", language, title=escape(document.title), count=len(points))
    source = title_source(first.file_id, document)
    draft = Draft([Statement(head, (source,), computed=frozenset({str(len(points))}))])
    opened: set[int] = set()
    for point in points[:MOST_POINTS]:
        for section in point.above:
            if section.start not in opened:
                opened.add(section.start)
                draft.statements.append(heading_line(section, point))
        draft.statements += leads_in(point, opened)
        draft.statements.append(line_of(point))
    if len(points) > MOST_POINTS:
        draft.statements.append(more_line(len(points) - MOST_POINTS, language))
    draft.count = len(points)
    return draft
