"""Summaries of a document or of one of its parts: its points in order, their number bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.texts.asking import Asked
from assistant.texts.demands import all_points, more_line, title_source
from assistant.texts.points import Point, heading_line, leads_in
from assistant.texts.speakers import heading_of
from assistant.texts.titled import Mention, Named
from index.library import Library
from index.records import Document, Section
from index.words import fold, units
from prompts import render

MOST_POINTS = 12  # lines of a summary; the rest is counted
LONGEST = 200  # characters of a point that are shown; it is cut where a clause ends
HEADING_SHARE = 0.6  # of a heading's pairs of characters that a question holds to ask for it

_OF_HEADING = re.compile(
    r"问题|成效|成绩|打算|做法|措施|经验|不足|进展|要求|安排|计划|标准|范围|保障|困难|短板|建议|目标|任务|部署"
)
_ANNEX = re.compile(r"附(?:件|表|录)")
# What is asked without naming a document, and the headings that such a part may have.
_MANY = r"(?:哪些|什么|哪几[个条项点]|哪几个方面)(?:主要|突出|好|值得推广|可推广|成功|先进)*的?"
_OF_WORK = (
    r"(?:目前|当前|现在|今年)?(?:重点)?(?:项目|工作|工程)?(?:建设|推进)?"
    r"(?:中|上|方面|里)?(?:还|都|主要)*"
)
_HEADED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"(?:下一?步|下一?阶段|接下来)(?:的?工作)?(?:是|将|准备|要|还|[作做提](?:出)?了)?(?:怎么|如何|怎样|有?什么|有?哪些)样?的?"
            r"(?:打算|安排|计划|考虑|部署|措施|举措|做|办|干|推进)(?:的)?"
        ),
        re.compile(r"下一?步|下一?阶段|(?:今后|后续|下半年|明年|下周|下月)\S{0,6}(?:打算|安排|计划|部署)"),
    ),
    (
        re.compile(rf"{_OF_WORK}(?:有|存在)(?:着|了)?{_MANY}(?:问题|困难|不足|短板)(?:和(?:问题|困难|不足))?"),
        re.compile(r"存在\S{0,6}(?:问题|困难|不足)|(?:主要|突出)(?:问题|困难)|困难(?:和|与)问题|问题(?:和|与)(?:不足|困难)"),
    ),
    (
        re.compile(rf"{_OF_WORK}(?:有|采取|总结)(?:了|出)?{_MANY}(?:经验做法|经验|做法|亮点)(?:和做法)?"),
        re.compile(r"经验|做法|亮点"),
    ),
)  # fmt: skip
# “某局对下一步工作……”: whose plans are asked for.
_SUBJECT = re.compile(
    r"(?P<who>[^，。？对就的在]{2,10})(?:对于?|就|关于|在|的)?(?=下一?步|下一?阶段|接下来)"
)
_HEAD = 240  # characters of a document that say who reports in it
_SHORTENED = 3  # characters of a unit's full name between two of its short one
LONGEST_HEADING = 24  # characters; a longer line is a sentence
MOST_HEADED = 3  # documents whose parts are told
FEW = 300  # files that are all looked through
_SAME = {"困难": "问题", "不足": "问题", "短板": "问题"}


def answer_section(
    asked: Asked, language: str, linked: Sequence[Mention], library: Library
) -> Draft | None:
    """Return the section of a named document that a question asks for by its heading."""
    if len(linked) != 1 or asked.part is not None or asked.roles or asked.addressee:
        return None
    if all(_section_asked(asked, linked[0], n.document) is None for n in linked[0].documents):
        return None
    return answer_digest(asked, language, linked, library)


def answer_digest(
    asked: Asked, language: str, linked: Sequence[Mention], library: Library
) -> Draft | None:
    """Return the summary of the document that a question names, None where it names none."""
    if len(linked) != 1:
        return None
    drafts = [_digest(asked, linked[0], named, language, library) for named in linked[0].documents]
    found = [draft for draft in drafts if draft is not None]
    answered = [draft for draft in found if not draft.refused] or found[:1]
    if not answered:
        return None
    whole = answered[0]
    for draft in answered[1:]:
        whole.statements += draft.statements
        whole.count = (whole.count or 0) + (draft.count or 0)
    return whole


def answer_headed(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return the sections that bear a common heading, where a question asks for no more.

    “下一步怎么打算”, “存在哪些问题”: each document that has such a part tells it, the newest
    first; None where none has.
    """
    asked = next((h for q, h in _HEADED if q.fullmatch(fold(question.text).strip("?。"))), None)
    if linked or asked is None:
        return None
    return _headed(asked, list(_all_documents(library)), question, library)


def answer_planned(question: Question, library: Library) -> Draft | None:
    """Return what somebody plans to do next: “某局对下一步工作作了哪些安排”.

    It is told by the parts so headed of the documents in whose first lines that unit reports,
    by its full name or its short one; None where it reports in none.
    """
    folded = fold(question.text).strip("?。")
    subject = _SUBJECT.match(folded)
    if subject is None:
        return None
    asked = next((h for q, h in _HEADED if q.fullmatch(folded, subject.end())), None)
    if asked is None:
        return None
    whose = re.compile(f".{{0,{_SHORTENED}}}".join(map(re.escape, subject["who"])))
    own = [named for named in _all_documents(library) if whose.search(_first_lines(named, library))]
    draft = _headed(asked, own, question, library)
    if draft:
        titles = list(dict.fromkeys(named.document.title for named in own))
        draft.interpretation = {"kind": "summary", "filters": {"texts": titles}}
    return draft


def _first_lines(named: Named, library: Library) -> str:
    start, end = named.document.start, named.document.end
    reading = library.content(named.file_id).structure.reading
    return fold(reading.view(start, min(start + _HEAD, end)).text)


def _headed(
    asked: re.Pattern[str], documents: Sequence[Named], question: Question, library: Library
) -> Draft | None:
    """Return the sections of some documents that bear a common heading, the newest first."""
    found = [
        (named, section) for named in documents
        for section in named.document.sections
        if asked.search(section.heading) and len(section.heading) <= LONGEST_HEADING
    ]  # fmt: skip
    found.sort(key=lambda one: one[0].document.date or "", reverse=True)
    draft = Draft(count=0)
    for named, section in found[:MOST_HEADED]:
        points = _points_under(named, section, library)
        if points:
            _tell(draft, named, section, points, question.frames, library)
    return draft if draft.count else None


def _all_documents(library: Library) -> Iterator[Named]:
    files = library.files()
    for file in files if len(files) <= FEW else ():
        for document in library.content(file.id).structure.documents:
            yield Named(file.id, document, (0, 0), "headed")


def _points_under(named: Named, section: Section, library: Library) -> list[Point]:
    end = _annex_in(section, named.document)
    points = all_points(named.file_id, named.document, library)
    return [p for p in points if section.start <= p.start < end]


def _tell(
    draft: Draft,
    named: Named,
    section: Section | None,
    points: Sequence[Point],
    language: str,
    library: Library,
) -> None:
    """Add the head and the points of a document or a section, the rest counted."""
    shown = chosen(points, MOST_POINTS)
    draft.statements.append(_head(named, section, len(points), language))
    draft.statements += _lines(shown, section, library)
    if len(points) > len(shown):
        draft.statements.append(more_line(len(points) - len(shown), language))
    draft.count = (draft.count or 0) + len(points)


def _digest(
    asked: Asked, mention: Mention, named: Named, language: str, library: Library
) -> Draft | None:
    document = named.document
    section = None
    tops = top_sections(document)
    if asked.part is not None:
        if asked.part > len(tops):
            return _no_part(named, len(tops), language)
        section = tops[asked.part - 1]
    else:
        section = _section_asked(asked, mention, document)
    if section is not None:
        points = _points_under(named, section, library)
    else:
        points = all_points(named.file_id, document, library)
    if not points:
        return None
    draft = Draft()
    _tell(draft, named, section, points, language, library)
    return draft


def top_sections(document: Document) -> list[Section]:
    """Return the headings of the highest level that a document has."""
    return [s for s in document.sections if s.parent is None]


def _section_asked(asked: Asked, mention: Mention, document: Document) -> Section | None:
    """Return the section whose heading the question says beside the document's name."""
    rest = asked.folded[: mention.span[0]] + " " + asked.folded[mention.span[1] :]
    said = set(units(rest))
    best: tuple[float, Section] | None = None
    for section in document.sections:
        pairs = {u for u in units(heading_of(section)) if len(u) > 1}
        share = len(pairs & said) / len(pairs) if pairs else 0.0
        kinds = _kinds(fold(section.heading)) & _kinds(rest)
        worth = share + (0.6 if kinds else 0.0)
        if worth >= HEADING_SHARE and (best is None or worth > best[0]):
            best = (worth, section)
    return best[1] if best else None


def _annex_in(section: Section, document: Document) -> int:
    """Return where a section ends, before the annexed tables that stand after the last one."""
    annexed = (
        s.start for s in document.sections
        if section.start < s.start < section.end and _ANNEX.match(s.heading)
    )  # fmt: skip
    return min(annexed, default=section.end)


def _kinds(words: str) -> set[str]:
    """Return what a heading or a question says a part is of; those that say the same are one."""
    return {_SAME.get(word, word) for word in _OF_HEADING.findall(words)}


def _no_part(named: Named, parts: int, language: str) -> Draft:
    title = escape(named.document.title)
    detail = render("texts_parts", language, title=title, count=parts)
    draft = Draft([Statement(render("refusal", language, detail=detail))], refused=True)
    draft.related = [title_source(named.file_id, named.document)]
    return draft


def chosen(points: Sequence[Point], most: int) -> list[Point]:
    """Return at most so many points, in order, so that every part has its share."""
    groups: dict[int, list[Point]] = {}
    for point in points:
        groups.setdefault(point.above[0].start if point.above else -1, []).append(point)
    taken: list[Point] = []
    turn = 0
    while len(taken) < min(most, len(points)):
        for group in groups.values():
            if turn < len(group) and len(taken) < most:
                taken.append(group[turn])
        turn += 1
    return sorted(taken, key=lambda p: p.start)


def _head(named: Named, section: Section | None, count: int, language: str) -> Statement:
    sources = [title_source(named.file_id, named.document)]
    title = escape(named.document.title)
    numbers = frozenset({str(count)})
    if section is None:
        text = render("texts_summary", language, title=title, count=count)
    else:
        sources.append(
            Source(named.file_id, named.document.ordinal, section.start, section.heading_end)
        )
        text = render(
            "texts_section", language, title=title, heading=escape(section.heading), count=count
        )
    return Statement(text, tuple(sources), computed=numbers)


def _lines(
    points: Sequence[Point], section: Section | None, library: Library
) -> Iterator[Statement]:
    shown: set[int] = {section.start} if section else set()
    for point in points:
        for above in point.above:
            if above.start not in shown and (section is None or above.start > section.start):
                shown.add(above.start)
                yield heading_line(above, point)
        yield from leads_in(point, shown)
        yield _shortened(point, library)


def _shortened(point: Point, library: Library) -> Statement:
    """Return a point as a line, cut where a clause ends if it is very long."""
    if point.row or len(point.text) <= LONGEST:
        text = point.text if point.row else escape(point.text)
        return Statement(text, (point.source,), bullet=True)
    view = library.content(point.file_id).structure.reading.view(point.start, point.end)
    stop = max((view.text.rfind(mark, 40, LONGEST) for mark in "；，、。"), default=-1)
    stop = stop if stop > 0 else LONGEST
    source = Source(point.file_id, point.document, *view.span(0, stop))
    return Statement(escape(view.text[:stop]) + "……", (source,), bullet=True)
