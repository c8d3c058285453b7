"""The points of a passage: numbered items, sentences, clauses; in the source's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.evidence import (
    Unit,
    paragraph_units,
    paragraphs,
    row_units,
    sections_above,
)
from assistant.statements import Source, Statement, escape
from assistant.table_heads import tables_in
from assistant.tables import row_text
from index.database import FileContent
from index.headings import numbering_of
from index.records import Document, Section, View
from index.sentences import enumeration, parts, points

WHOLE_ITEM = 400  # characters of a numbered item that is one point with all its sentences
LONG = 30  # characters; a longer sentence is cut at its semicolons
MAX_LEAD = 30  # characters before the first number of a row of points that only lead in
MIN_SAID = 10  # characters of a heading with nothing below that is a point by itself
MIN_POINT = 4  # characters; fewer say nothing

# What opens a text or leads into its points, and says nothing by itself.
_LEADS_IN = re.compile(
    r"[：:]$|如下[。．.]?$|(?:讲|谈|提|强调)(?:以下)?(?:几|[一二三四五六七八九十两\d]+)(?:点|条|个方面)(?:意见|要求|看法|想法|建议)?[。．.]?$"
    r"|^(?:特此(?:通知|公告|报告|通报|函告)|请认真贯彻(?:执行|落实)|谢谢大家|我的讲话完了)[。！]?$"
)
_ANNEXED = re.compile(r"附(?:件|表|录)?[：:]")  # “附件：1.……；2.……” only names what is annexed
_ASIDE = re.compile(
    r"^[（(]?(?:联系人|经办人|抄送)[：:]|^(?:最后[，,]?)?(?:再次|衷心)?感谢(?:您|你们?|各位)"
    r"|^(?:出席|列席|请假|缺席|参加|参会|与会|主持|记录|时间|地点|分送|抄报|印发|送达|主题词|报送|编辑|责编|审核|校对)(?:人员?|单位|部门|范围|领导|者)?[：:]"
    r"|^(?:联系人|联系电话|咨询电话|来源|附件|抄送|主送|发布单位|发布日期|填报单位|单位：|记者|签发人|第?\d+期$|表\s*\d+|注：)"
    # mastheads: “（第23期）”, “〔2024〕15号”, “第8期（…—…）　办公室编”, “办公室　2025年8月8日”
    r"|^[（(]?(?:总?第)\d+[期号次][）)]?(?:[\s\u3000（(].{0,50})?$|^[〔\[【（(]\d{4}[〕\]】）)]第?\d+[号期]$"
    r"|^[^\s，。；]{4,30}[\s\u3000]+\d{4}年\d{1,2}月\d{1,2}日$"
    r"|^[（(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]?$|^[\u4e00-\u9fff]{2,20}[〔\[（(]\d{4}[〕\]）)]\d+号$"
    r"|^[^。；，！？]{2,24}\d{4}年\d{1,2}月\d{1,2}日$|^截至\S{0,12}\s*单位：|^[（(][\u4e00-\u9fff、\s]{2,12}[）)]$"
    r"|^[\u4e00-\u9fff、]{2,24}(?:书记|长|主任|主席)[\s\u3000]+[\u4e00-\u9fff*]{2,4}$"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it stands: ``text`` is as read, ``start``/``end`` are canonical.

    ``above`` are the headings over it, outermost first, without one that is part
    of the point itself. ``row`` tells that it is a line of a table. ``under`` are the
    points that open the topic of which it speaks, outermost first (``leads``); those
    that are ``led`` are only the beginning of its sentence, and no points of the text.
    """

    file_id: int
    document: int
    start: int
    end: int
    text: str
    above: tuple[Section, ...] = ()
    row: bool = False
    under: tuple[Point, ...] = ()
    led: bool = False

    @property
    def source(self) -> Source:
        """Where the point stands."""
        return Source(self.file_id, self.document, self.start, self.end)


def points_of(
    content: FileContent, document: Document, file_id: int, start: int, end: int
) -> list[Point]:
    """Return the points between two canonical offsets of a document, in order."""
    found: list[Point] = []
    tables = tables_in(content.blocks, start, end)
    for block in tables:
        for unit in row_units(content, block, file_id, document):
            above = tuple(sections_above(document, unit.start))
            shown = row_text(unit, content)
            found.append(Point(file_id, document.ordinal, unit.start, unit.end, shown, above, True))
    for a, b in paragraphs(content, document, start, end):
        if _ANNEXED.match(content.text[a:b]):
            continue
        if not any(t.start <= a < t.end for t in tables):
            found += _of_paragraph(content, document, file_id, a, b)
    found += _bare(content, document, file_id, start, end)
    return sorted((p for p in found if start <= p.start < end), key=lambda p: p.start)


def _bare(
    content: FileContent, document: Document, file_id: int, start: int, end: int
) -> Iterator[Point]:
    """Yield the numbered lines that were read as headings and head nothing: they say it all."""
    for section in document.sections:
        if section.parent is None or not start <= section.start < end:
            continue
        below = content.text[section.heading_end : section.end].strip("。．.；;：: \u3000\n\t")
        if document.issuer and below.startswith(document.issuer):
            below = ""  # the signature is no part of the last item
        number = numbering_of(below[:20])
        if not below or (number and number.level <= _level(section)):
            above = [s for s in sections_above(document, section.start) if s is not section]
            if section.heading_end - section.start >= MIN_SAID:
                yield _point(content, document, file_id, section.start, section.heading_end, above)


def _of_paragraph(
    content: FileContent, document: Document, file_id: int, start: int, end: int
) -> Iterator[Point]:
    """Yield the points of one paragraph; a short numbered item is one with all it says."""
    above = [
        s for s in sections_above(document, start) if s.start == start or not _inline(content, s)
    ]
    number = numbering_of(content.structure.reading.view(start, end).text)
    if number:  # “（五）……” is not below “（2）……”, though it is no heading that ends it
        above = [s for s in above if s.start == start or _level(s) < number.level]
    own = above[-1] if above and above[-1].start == start else None
    if own and end - own.heading_end > 2 and end - start <= WHOLE_ITEM:
        yield _point(content, document, file_id, start, end, above[:-1])
        return
    view = content.structure.reading.view(start, end)
    units = paragraph_units(content, document, file_id, start, end)
    marks = [view.offsets[a] for a, _ in points(view, 0, len(view.text))]
    for unit in (u for u in units if u.kind == "sentence"):
        if own and unit.start < own.heading_end:
            if unit.end <= own.heading_end + 1:
                continue
            own = None
        lead = _lead_of(content, unit, marks)
        under = (
            (replace(_point(content, document, file_id, *lead, above), led=True),) if lead else ()
        )
        for a, b in _cut(content, unit, marks):
            point = _point(content, document, file_id, a, b, above)
            if len(point.text) >= MIN_POINT and not says_nothing(point.text):
                yield replace(point, under=under)


def _level(section: Section) -> int:
    number = numbering_of(section.heading)
    return number.level if number else 0


def _inline(content: FileContent, section: Section) -> bool:
    """Tell whether a heading is the beginning of its own item (“1. 西苑安置房。责任单位：…”)."""
    rest = content.text[section.heading_end : section.heading_end + 3].lstrip("。．.：: \u3000")
    return bool(rest) and not rest.startswith("\n")


def is_masthead(text: str) -> bool:
    """Tell whether words stand at the head or foot of a document and say nothing of a matter."""
    return bool(_ASIDE.match(text))


def says_nothing(text: str) -> bool:
    """Tell whether words only frame a text: mastheads, who attends, what leads into points."""
    return bool(_LEADS_IN.search(text) or _ASIDE.match(text))


def _point(
    content: FileContent,
    document: Document,
    file_id: int,
    start: int,
    end: int,
    above: Sequence[Section],
) -> Point:
    view = content.structure.reading.view(start, end)
    stop = len(view.text.rstrip("；;，,、 \u3000\n"))
    lead = len(view.text) - len(view.text.lstrip("，,；;、 \u3000\n"))
    a, b = view.span(lead, max(stop, lead + 1))
    return Point(file_id, document.ordinal, a, b, view.text[lead:stop], tuple(above))


def _lead_of(content: FileContent, unit: Unit, marks: Sequence[int]) -> tuple[int, int] | None:
    """Return the words that lead a row of points in and are none: “他要求，守牢底线，一是…”."""
    first = next((at for at in marks if unit.start <= at < unit.end), unit.start)
    if not MIN_POINT <= first - unit.start <= MAX_LEAD:
        return None
    return (unit.start, first) if _runs_on(content.text[unit.start : first]) else None


def _runs_on(words: str) -> bool:
    return bool(re.search(r"[，,：:、]\s*$", words))


def _cut(content: FileContent, unit: Unit, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the canonical spans of the points in a sentence."""
    inside = [at for at in marks if unit.start <= at < unit.end]
    view = content.structure.reading.view(unit.start, unit.end)
    if not inside:
        yield from _clauses(view)
        return
    bounds = [*inside, unit.end]
    if inside[0] - unit.start > MAX_LEAD or (
        inside[0] > unit.start and not _runs_on(content.text[unit.start : inside[0]])
    ):
        yield unit.start, inside[0]
    yield from pairwise(bounds)


def _clauses(view: View) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or clause by clause where it is long and no list."""
    text = view.text
    cuts = list(parts(text, 0, len(text), "；;")) if len(text) > LONG else []
    if len(cuts) < 2 or (enumeration(view, 0, len(text)) and "：" in text):
        yield view.span(0, len(text))
        return
    for a, b in cuts:
        if text[a:b].strip():
            yield view.span(a, b)


def line_of(point: Point, speaker: str = "") -> Statement:
    """Return a point as one bullet with its citation."""
    text = point.text if point.row else escape(point.text)
    return Statement(speaker + text, (point.source,), bullet=True)


def leads_in(point: Point, shown: set[int]) -> Iterator[Statement]:
    """Yield the words that lead a row of points in, once, where they are no point themselves.

    ``shown`` are where the lines stand that the answer has so far.
    """
    for lead in point.under:
        if lead.led and lead.start not in shown:
            shown.add(lead.start)
            yield Statement(escape(lead.text.rstrip("，,：:、 ")) + "：", (lead.source,))


def heading_line(section: Section, point: Point) -> Statement:
    """Return a heading above a point as a line of its own."""
    source = Source(point.file_id, point.document, section.start, section.heading_end)
    return Statement(f"**{escape(section.heading)}**", (source,))
