"""From a loaded file to its documents: articles, titles, issuers, dates, heading trees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.dates import FoundDate, find_date, find_yearless
from index.headings import QUESTION_LEVEL, heading_length, is_framed, numbering_of, question_length
from index.reading import read_lines
from index.records import Block, Document, LoadedFile, Reading, Section, Structure

_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}篇|篇[一二三四五六七八九十\d]{1,3}|【?范文[一二三四五六七八九十\d]{1,3}】?)"
    r"(?:\s*[：:．.、]\s*|\s+|】)(?P<title>\S.{0,80})?$"
)
_STATE = re.compile(
    r"[（(]?(征求意见稿|送审稿|讨论稿|草案|草稿|修订稿|最终版|终稿|定稿|试行|暂行)[）)]?"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff*]{2,12}[〔\[（(【](?:19|20)\d{2}[〕\]）)】]\s*第?\d{1,4}号")
_ISSUER_LINE = re.compile(
    r"^\s*(?:来源|发文(?:单位|机关)|发布(?:单位|机构)|编制单位|主办单位|填报单位|报送单位|编报单位)[：:]\s*(?P<name>\S[^\s，。；]{1,40})"
)
_DATE_LINE = re.compile(r"(?:日期|时间|印发|发布|成文|填报)")
_OFFICE = re.compile(r"[省市县区旗州镇乡村委局厅部办组会院府处室站所队团司校]$|中心|街道|办公|\*")
_LETTERHEAD = re.compile(r"^\s*([\u4e00-\u9fff*]{4,30}?)(?:文件|简报|工作简报)\s*$")
# What a web page puts above an article: whose site it is, and where on it the article stands.
_SITE = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:门户网站?|官方网站|官网|政务网|政府网)$|首页\s*[>＞»›\-|/]"
)
_FILED_UNDER = re.compile(r"索\s*引\s*号|发文?字号|(?:发布|发文)机构|公开方式|主题分类")
_KIND = re.compile(
    r"^关于.|(?:通知|报告|方案|意见|情况|通报|公告|公示|计划|总结|的函|办法|讲话|要点|决定|批复|答复|回复|纪要|简报|汇报|表|(?<![员协商])会议?|活动)"
    r"(?:[（(].*[）)])?$"
)
_SENTENCE_END = "。！？；：，、…"
# Sheets that say only what part of a workbook they are.
_SHEET = re.compile(
    r"(?:填[表报]|编制)?说明|封面|目录|首页|汇总表?|总表|明细表?|数据|(?:sheet|工作表|表)\s*\d+",
    re.IGNORECASE,
)
MAX_TITLE = 60  # characters
MAX_SIGNATURE = 40
_SPREAD = re.compile(r"(?:[\u4e00-\u9fff]\s+){1,20}[\u4e00-\u9fff]")
TOP_LINES = 8  # lines in which title, number and date of a document stand
# “附件1”, “附表2　项目推进情况表”: what is attached begins behind the signature.
_ATTACHED = re.compile(
    r"附[件表录]\s*[\d一二三四五六七八九十]{0,2}(?:$|[\s：:．.、][^，。；]{0,40}$)"
)
SIGNED_ABOVE = 3  # lines above an attachment in which the document is signed
TAIL_LINES = 6  # and those in which it is signed


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One logical line: canonical span and the words as read."""

    start: int
    end: int
    text: str
    block: Block | None
    offsets: Sequence[int] = ()


def read_structure(loaded: LoadedFile, path: str) -> Structure:
    """Return the documents of a file, how it is read, and what could not be read.

    ``path`` is the file's name in the index; its stem is the title of last resort.
    """
    lines = read_lines(loaded)
    paragraphs = _paragraphs(lines.reading, loaded.blocks)
    starts = [p for p in paragraphs if _LABEL.match(p.text) and _is_label(p)]
    bounds = [p.start for p in starts] if starts else [paragraphs[0].start if paragraphs else 0]
    if starts and paragraphs[0].start < bounds[0]:
        bounds.insert(0, paragraphs[0].start)
    documents = []
    for ordinal, start in enumerate(bounds):
        end = bounds[ordinal + 1] if ordinal + 1 < len(bounds) else len(loaded.text)
        members = [p for p in paragraphs if start <= p.start < end]
        name = loaded.title if len(bounds) == 1 else None
        documents.append(_document(ordinal, start, end, members, name, path))
    return Structure(tuple(documents), lines.reading, lines.unsure)


def _is_label(paragraph: _Paragraph) -> bool:
    return len(paragraph.text.strip()) <= MAX_TITLE and paragraph.text.strip()[-1] not in "。；，"


def _paragraphs(reading: Reading, blocks: Sequence[Block]) -> list[_Paragraph]:
    view = reading.view()
    found, at, place = [], 0, 0
    ordered = [b for b in blocks if b.kind != "furniture"]
    for line in view.text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            start, end = view.span(at + lead, at + len(line.rstrip()))
            while place < len(ordered) and ordered[place].end <= start:
                place += 1
            block = ordered[place] if place < len(ordered) else None
            inside = block is not None and block.start <= start < block.end
            low, text = at + lead, _closed(line.strip())
            # Where each character as read stands; nowhere where spaces between them were closed.
            offsets = view.offsets[low : low + len(text)] if text == line.strip() else ()
            found.append(_Paragraph(start, end, text, block if inside else None, offsets))
        at += len(line) + 1
    return found


def _document(
    ordinal: int,
    start: int,
    end: int,
    members: Sequence[_Paragraph],
    name: str | None,
    path: str,
) -> Document:
    label = members[0] if members and _LABEL.match(members[0].text) else None
    body = members[1:] if label else members
    title = _title(label, body, name)
    top = [p for p in body[:TOP_LINES] if not (p.block and p.block.kind == "table")]
    main = _before_attachments(body)
    date = _signed_date(main) or _top_date(top) or _mentioned_date(body)
    date_at, written = date if date else (0, None)
    state = next((m[1] for p in [*members[:1], *top[:3]] if (m := _STATE.search(p.text))), None)
    number = next((m.group() for p in top if (m := _NUMBER.search(p.text))), None)
    stem = PurePosixPath(path).stem
    if state is None and (match := _STATE.search(stem)):
        state = match[1]
    return Document(
        ordinal=ordinal,
        start=start,
        end=end,
        title=title[2] if title else (name or stem),
        title_start=title[0] if title else None,
        title_end=title[1] if title else None,
        article=label.text if label else None,
        issuer=_issuer(main, top),
        number=number,
        date=written.iso if written else None,
        date_text=written.text if written else None,
        date_start=date_at + written.start if written else None,
        date_end=date_at + written.end if written else None,
        state=state,
        sections=_sections(body, title, end),
    )


def _closed(text: str) -> str:
    """Return a line without the spaces that part all of its characters (“通　　报”)."""
    return re.sub(r"\s+", "", text) if _SPREAD.fullmatch(text) else text


def _title(
    label: _Paragraph | None, body: Sequence[_Paragraph], name: str | None
) -> tuple[int, int, str] | None:
    """Return span and words of the title: the line that stands as one, else the label's."""
    first = _first_title_line(body, name)
    if first is not None:
        line = body[first]
        more = body[first + 1] if first + 1 < len(body) else None
        if more and _continues_title(line, more):
            return line.start, more.end, line.text + more.text
        return line.start, line.end, line.text
    match = _LABEL.match(label.text) if label else None
    if label and match and match["title"]:
        at = label.start + label.text.index(match["title"])
        return at, at + len(match["title"]), match["title"]
    return None


def _first_title_line(body: Sequence[_Paragraph], name: str | None) -> int | None:
    """Return which of the first lines is the title: the one that says what the document is."""
    plain: list[int] = []
    mastheads: list[int] = []  # “……简报”: a masthead, or the title where there is no other
    signed = {p.text for p in body[-TAIL_LINES:]} if len(body) > TAIL_LINES else set()
    for place, paragraph in enumerate(body[:TOP_LINES]):
        text = paragraph.text
        if paragraph.block and paragraph.block.kind == "table":
            if _FILED_UNDER.search(body[place].text) or (place and _is_filing(body[:place])):
                continue
            break
        if _SITE.match(text) or (_LETTERHEAD.match(text) and _numbered(body, place)):
            mastheads.append(place)
            continue
        styled = paragraph.block and (
            paragraph.block.place == "title" or paragraph.block.kind == "heading"
        )
        if paragraph.block and paragraph.block.place == text and _SHEET.fullmatch(text):
            continue
        if (name and text == name) or (styled and not numbering_of(text)):
            return place
        if len(text) > MAX_TITLE or text[-1] in _SENTENCE_END:
            break
        skipped = _NUMBER.fullmatch(text) or _LETTERHEAD.match(text) or _ISSUER_LINE.match(text)
        if not skipped and not numbering_of(text) and not _only_date(text) and len(text) >= 4:
            plain.append(place)
        elif _LETTERHEAD.match(text):
            mastheads.append(place)
    kinds = [place for place in plain if _KIND.search(body[place].text)]
    about = [place for place in kinds if body[place].text.startswith("关于")]
    unsigned = [place for place in plain if body[place].text not in signed]
    return next(iter([*about, *kinds, *unsigned, *plain, *mastheads]), None)


def _is_filing(above: Sequence[_Paragraph]) -> bool:
    """Tell whether the line above belongs to the table that says how a page is filed."""
    last = above[-1]
    return bool(
        last.block
        and last.block.kind == "table"
        and any(_FILED_UNDER.search(p.text) for p in above)
    )


def _numbered(body: Sequence[_Paragraph], place: int) -> bool:
    """Tell whether a document's number stands right below a line: it is its letterhead."""
    return place + 1 < len(body) and bool(_NUMBER.match(body[place + 1].text.strip()))


def _continues_title(first: _Paragraph, second: _Paragraph) -> bool:
    """Tell whether a title runs over two lines (“关于……\\n的通知”)."""
    ends = re.search(
        r"(?:通知|报告|方案|意见|情况|通报|公告|计划|总结|的函|办法|讲话|要点)$", second.text
    )
    open_title = re.match(r"^.{0,20}关于", first.text) and not re.search(
        r"(?:通知|报告|方案|意见|情况|通报|公告|计划|总结|的函|办法|要点|决定|批复|纪要)(?:[（(].*[）)])?$",
        first.text,
    )
    return bool(ends and open_title and len(second.text) <= MAX_SIGNATURE)


def _only_date(text: str) -> bool:
    bare = re.sub(r"[（()）\s]", "", text)
    found = find_date(bare)
    return found is not None and len(bare) - (found.end - found.start) <= 4


def _before_attachments(body: Sequence[_Paragraph]) -> Sequence[_Paragraph]:
    """Return the lines before what is attached, where these end in a signature's date.

    “附件：1.……” above the signature but names what is attached.
    """
    for place, paragraph in enumerate(body):
        if _ATTACHED.match(paragraph.text):
            above = body[max(place - SIGNED_ABOVE, 0) : place]
            if any(len(p.text) <= MAX_SIGNATURE and _signs(p.text) for p in above):
                return body[:place]
    return body


def _signs(text: str) -> bool:
    found = find_date(text)
    return found is not None and (_only_date(text) or _is_signature(text, found))


def _signed_date(body: Sequence[_Paragraph]) -> tuple[int, FoundDate] | None:
    for paragraph in reversed(body[-TAIL_LINES:]):
        if len(paragraph.text) <= MAX_SIGNATURE and paragraph.text[-1] not in "。；":
            found = find_date(paragraph.text)
            if found and (_only_date(paragraph.text) or _is_signature(paragraph.text, found)):
                return paragraph.start, found
    return None


def _is_signature(text: str, date: FoundDate) -> bool:
    """Tell whether issuer and date stand on one line (“区重点办 2024年10月2日”)."""
    return date.end >= len(text) - 2 and not re.search(r"[，。：；]", text[: date.start])


def _top_date(top: Sequence[_Paragraph]) -> tuple[int, FoundDate] | None:
    for paragraph in top:
        if len(paragraph.text) > MAX_TITLE * 2:
            continue
        found = find_date(paragraph.text)
        if found and (_only_date(paragraph.text) or _DATE_LINE.search(paragraph.text)):
            return paragraph.start, found
    return None


def _mentioned_date(body: Sequence[_Paragraph]) -> tuple[int, FoundDate] | None:
    """Return the date with which the text opens (“9月30日，我区召开……”), as written."""
    for paragraph in body[:4]:
        opening = paragraph.text[:60]
        found = find_yearless(opening)
        dated = find_date(opening)
        if dated and (not found or dated.start <= found.start):
            return paragraph.start, dated
        if found:
            return paragraph.start, found
    return None


def _issuer(body: Sequence[_Paragraph], top: Sequence[_Paragraph]) -> str | None:
    tail = body[-TAIL_LINES:]
    for place in range(len(tail) - 1, -1, -1):
        text = tail[place].text
        found = find_date(text)
        if found and len(text) <= MAX_SIGNATURE and text[-1] not in "。；":
            if _only_date(text) and place > 0 and _names_office(tail[place - 1].text):
                return tail[place - 1].text
            before = text[: found.start].strip()
            if not _only_date(text) and _names_office(before):
                return before
    for paragraph in [*top, *tail]:
        if match := _ISSUER_LINE.match(paragraph.text):
            return match["name"]
    for paragraph in top:
        # “某县政府督查室    2024年12月31日” below the letterhead of a bulletin
        found = find_date(paragraph.text)
        before = paragraph.text[: found.start].strip() if found else ""
        signed = found is not None and _is_signature(paragraph.text, found)
        if signed and _names_office(before) and _OFFICE.search(before):
            return before
    for paragraph in top:
        # “重点项目工作简报” names what it is of, not who writes.
        if (match := _LETTERHEAD.match(paragraph.text)) and _OFFICE.search(match[1]):
            return match[1]
    return None


def _names_office(text: str) -> bool:
    return 2 <= len(text) <= MAX_SIGNATURE and not re.search(r"[，。；：！？\d]", text)


def _sections(
    body: Sequence[_Paragraph], title: tuple[int, int, str] | None, end: int
) -> tuple[Section, ...]:
    """Return the heading tree; levels come from styles first, then from numbering."""
    heads: list[tuple[int, int, int, str]] = []  # level, start, heading end, heading
    styled = framed = 0
    for paragraph in body:
        if title and title[0] <= paragraph.start < title[1]:
            continue
        block = paragraph.block
        if block and block.kind == "heading":
            styled = block.level or 1
            heads.append((styled, paragraph.start, paragraph.end, paragraph.text))
            continue
        if block and block.kind == "table":
            continue
        numbering, length = numbering_of(paragraph.text), heading_length(paragraph.text)
        level = 10 * numbering.level if numbering else QUESTION_LEVEL
        length = length or question_length(paragraph.text)
        if not length and is_framed(paragraph.text):
            # They stand below the numbered heading that the first of them follows, or above all.
            framed = framed or (heads[-1][0] - 100 + 5 if heads and heads[-1][0] > 100 else 5)
            level, length = framed, len(paragraph.text)
        if length:
            stop = _canonical_end(paragraph, length)
            heads.append((100 + level, paragraph.start, stop, paragraph.text[:length]))
    return _nest(heads, end)


def _canonical_end(paragraph: _Paragraph, length: int) -> int:
    """Return the offset behind the first ``length`` characters of a paragraph as read."""
    if paragraph.end - paragraph.start == len(paragraph.text):
        return paragraph.start + length
    if length == len(paragraph.text):
        return paragraph.end
    if paragraph.offsets:  # broken over lines, or with marks of emphasis in it
        return paragraph.offsets[length - 1] + 1
    return paragraph.start + length  # the heading stands in the first piece


def _nest(heads: Sequence[tuple[int, int, int, str]], end: int) -> tuple[Section, ...]:
    sections: list[Section] = []
    for place, (level, start, stop, heading) in enumerate(heads):
        after = next((s for lv, s, _, _ in heads[place + 1 :] if lv <= level), end)
        parent = next(
            (
                i
                for i in range(place - 1, -1, -1)
                if sections[i].end > start and heads[i][0] < level
            ),
            None,
        )
        sections.append(Section(heading, level, start, stop, after, parent))
    ranks = {level: rank for rank, level in enumerate(sorted({s.level for s in sections}), 1)}
    return tuple(
        Section(s.heading, ranks[s.level], s.start, s.heading_end, s.end, s.parent)
        for s in sections
    )
