"""Answers that are lists: a whole enumeration, a table, a section's points, the documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import (
    Unit,
    header_rows,
    paragraph_units,
    paragraphs,
    row_units,
    sections_above,
)
from assistant.question import Question
from assistant.ranking import Candidate, Rarity
from assistant.statements import Draft, Source, Statement, escape
from assistant.status import statuses
from index.database import FileContent
from index.library import Library
from index.records import Block, Cell, Document, Section, View
from index.sentences import sentences
from index.words import units
from prompts import render

COVERED = 0.6  # share of the question's words that heading and lead-in of its list hold
MAX_SCANNED = 400_000  # characters of a file that are scanned for an owner's items
MAX_DOCUMENTS = 50
MAX_ENDING = 12  # characters behind the last item in which “等8个” stands
NEAR_BEST = 0.05  # of the best share: lists that fit alike
MAX_OPENING = 160  # characters shown of what stands under a heading
MIN_CHILDREN = 2  # headings that make a list
SECTIONS_TRIED = 8  # candidates whose headings are looked at

_TOTAL = re.compile(r"\s*(?:\|\s*)?(?:合计|小计|总计|累计|共计)")
_ENDING = re.compile(r"等\s*(\d+)\s*(?:个|项|家|条|件|处|户|名|位|座)")
_STATED = re.compile(r"(\d+)\s*(?:个|项|家|条|件|处|户|名|位|座)")


def answer_list(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft | None:
    """Return a whole list that the question asks for, or None where there is none.

    First a list whose heading and lead-in say what the question says; then all
    items that stand under an owner that the question names (“区交通局的…”).
    """
    rarity = Rarity(question.terms, library)
    fitting = fitting_lists(question, ranked, rarity, library)
    if fitting:
        return _whole_lists(question, fitting, library)
    return _owned_items(question, ranked, library) or section_list(
        question, ranked, rarity, library
    )


def fitting_lists(
    question: Question, ranked: Sequence[Candidate], rarity: Rarity, library: Library
) -> list[Unit]:
    """Return a member of each list whose heading and lead-in say what is asked.

    Of one issuer only its newest such list counts; the newest comes first.
    """
    scored: dict[tuple[int, int], tuple[float, Unit]] = {}
    for candidate in ranked:
        unit = candidate.unit
        if unit.kind == "sentence":
            continue
        share = rarity.share(_said(_frame(unit, library)), question.facets)
        if share > scored.get((unit.file_id, unit.group), (0.0, unit))[0]:
            scored[unit.file_id, unit.group] = (share, unit)
    fitting = [
        (share, unit)
        for share, unit in scored.values()
        if share >= COVERED and _same_status(question.text, _frame(unit, library))
    ]
    best = max((share for share, _ in fitting), default=0.0)
    near = [unit for share, unit in fitting if share >= best - NEAR_BEST]
    return _newest_of_each_issuer(near, library)


def _newest_of_each_issuer(found: Sequence[Unit], library: Library) -> list[Unit]:
    """Return a unit of each issuer's newest document among them, the newest first."""
    by_issuer: dict[str, list[Unit]] = {}
    for unit in found:
        document = library.content(unit.file_id).structure.documents[unit.document]
        by_issuer.setdefault(document.issuer or document.title, []).append(unit)
    newest = [_newest(of_one, library) for of_one in by_issuer.values()]
    return sorted(newest, key=lambda unit: _date(unit, library), reverse=True)


def section_list(
    question: Question, ranked: Sequence[Candidate], rarity: Rarity, library: Library
) -> Draft | None:
    """Return the numbered headings under the heading or title that the question says."""
    best: tuple[float, int, Unit, Section | None] | None = None
    for candidate in ranked[:SECTIONS_TRIED]:
        unit = candidate.unit
        document = library.content(unit.file_id).structure.documents[unit.document]
        said = document.title
        for section in [None, *sections_above(document, unit.start)]:
            said += f"\n{section.heading}" if section else ""
            share = rarity.share(_said(said), question.facets)
            children = _children(document, section)
            if len(children) >= MIN_CHILDREN and share >= COVERED:
                depth = section.level if section else 0
                if best is None or (share, depth) > best[:2]:
                    best = (share, depth, unit, section)
    return _headings_draft(best[2], best[3], library) if best else None


def headings_below(unit: Unit, library: Library) -> Draft | None:
    """Return the headings that a lead-in (“议定以下事项：”) announces, or None."""
    document = library.content(unit.file_id).structure.documents[unit.document]
    above = sections_above(document, unit.start)
    parent = above[-1] if above else None
    if len(_children(document, parent)) < MIN_CHILDREN:
        return None
    draft = _headings_draft(unit, parent, library)
    source = Source(unit.file_id, unit.document, unit.start, unit.end)
    draft.statements.insert(0, Statement(escape(unit.text), (source,)))
    return draft


def _children(document: Document, parent: Section | None) -> list[Section]:
    place = document.sections.index(parent) if parent else None
    return [section for section in document.sections if section.parent == place]


def _headings_draft(unit: Unit, parent: Section | None, library: Library) -> Draft:
    """Return one line a heading, with the first sentence under it."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    children = _children(document, parent)
    draft = Draft(count=len(children))
    for child in children:
        sources = [Source(unit.file_id, unit.document, child.start, child.heading_end)]
        text = f"**{escape(child.heading)}**"
        body = next(paragraphs(content, document, child.heading_end, child.end), None)
        if body:
            view = content.structure.reading.view(max(body[0], child.heading_end), body[1])
            span = _opening(view)
            if span:
                text += "　" + escape(view.text[slice(*span)])
                sources.append(Source(unit.file_id, unit.document, *view.span(*span)))
        draft.statements.append(Statement(text, tuple(sources), bullet=True))
    return draft


def _opening(view: View) -> tuple[int, int] | None:
    """Return the first sentences under a heading, up to ``MAX_OPENING`` characters."""
    full = [(a, b) for a, b in sentences(view) if len(view.text[a:b].strip("。：:； ")) > 1]
    if not full:
        return None
    start = (
        full[0][0]
        + len(view.text[slice(*full[0])])
        - len(view.text[slice(*full[0])].lstrip("：:。 "))
    )
    end = max((b for _, b in full if b - start <= MAX_OPENING), default=full[0][1])
    return start, end


def _newest(found: Sequence[Unit], library: Library) -> Unit:
    return max(found, key=lambda unit: _date(unit, library))


def _date(unit: Unit, library: Library) -> str:
    return library.content(unit.file_id).structure.documents[unit.document].date or ""


def _frame(unit: Unit, library: Library) -> str:
    """Return the nearest heading and the lead-in: what says what the list lists."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    headings = [s.heading for s in sections_above(document, unit.start)]
    lead = content.structure.reading.view(*unit.lead).text if unit.lead else ""
    return "\n".join([document.title, *headings, lead])


def _same_status(asked: str, frame: str) -> bool:
    wanted = statuses(asked)
    return not wanted or bool(wanted & statuses(frame))


def _said(text: str) -> dict[str, float]:
    return dict.fromkeys(units(text), 1.0)


def answer_count(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft | None:
    """Return how many a list holds, by its lead-in and by counting, or None."""
    rarity = Rarity(question.terms, library)
    fitting = fitting_lists(question, ranked, rarity, library)
    unit = fitting[0] if len(fitting) == 1 and statuses(question.text) else None
    if unit is None or unit.kind != "item" or unit.lead is None:
        return None
    whole = _whole_list(question, unit, library)
    start, end = unit.lead
    lead = library.content(unit.file_id).structure.reading.view(start, end).text
    source = Source(unit.file_id, unit.document, start, end)
    head = whole.statements[0]
    whole.statements = [
        Statement(escape(lead).rstrip("：:"), (source,)),
        head,
        *whole.statements[1:],
    ]
    return whole


def _whole_lists(question: Question, fitting: Sequence[Unit], library: Library) -> Draft:
    """Return every list, one after the other, each with its own count."""
    drafts = [_whole_list(question, unit, library) for unit in fitting]
    if len(drafts) == 1:
        return drafts[0]
    whole = Draft(count=sum(draft.count or 0 for draft in drafts))
    for unit, draft in zip(fitting, drafts, strict=True):
        whole.statements += [_title_line(unit, library), *draft.statements]
    return whole


def _title_line(unit: Unit, library: Library) -> Statement:
    """Return the title of the unit's document as a line of its own."""
    document = library.content(unit.file_id).structure.documents[unit.document]
    source = Source(unit.file_id, unit.document, *_title_span(document))
    return Statement(f"《{escape(document.title)}》", (source,))


def _title_span(document: Document) -> tuple[int, int]:
    if document.title_start is None or document.title_end is None:
        return document.start, min(document.start + 1, document.end)
    return document.title_start, document.title_end


def _whole_list(question: Question, unit: Unit, library: Library) -> Draft:
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    members = [
        u
        for u in units_of_group(content, document, unit)
        if u.kind == unit.kind and not _TOTAL.match(u.text)
    ]
    headings = sections_above(document, unit.start)
    draft = Draft(count=len(members))
    draft.statements.append(_head_line(question, unit, headings, members, library))
    for member in members:
        draft.statements.append(_item_line(member, content))
    return draft


def units_of_group(content: FileContent, document: Document, unit: Unit) -> list[Unit]:
    """Return all units of the list or table that ``unit`` belongs to, in order."""
    for block in content.blocks:
        if block.kind == "table" and block.start == unit.group:
            return list(row_units(content, block, unit.file_id, document))
    for start, end in paragraphs(content, document, unit.start, unit.end):
        found = paragraph_units(content, document, unit.file_id, start, end)
        return [u for u in found if u.group == unit.group]
    return []


def _head_line(
    question: Question,
    unit: Unit,
    headings: Sequence[Section],
    members: Sequence[Unit],
    library: Library,
) -> Statement:
    reading = library.content(unit.file_id).structure.reading
    document = library.content(unit.file_id).structure.documents[unit.document]
    lead = reading.view(*unit.lead).text if unit.lead else ""
    sources: list[Source] = []
    heading = document.title
    if headings:
        last = headings[-1]
        heading = last.heading
        sources.append(Source(unit.file_id, unit.document, last.start, last.heading_end))
    elif document.title_start is not None and document.title_end is not None:
        title = (document.title_start, document.title_end)
        sources.append(Source(unit.file_id, unit.document, *title))
    if unit.lead:
        sources.append(Source(unit.file_id, unit.document, *unit.lead))
    stated = _STATED.search(heading) or _STATED.search(lead)
    if not stated:
        ending = reading.view(members[-1].start, members[-1].end + MAX_ENDING)
        stated = _ENDING.search(ending.text)
        if stated:
            span = ending.span(*stated.span())
            sources.append(Source(unit.file_id, unit.document, *span))
    note = ""
    if stated:
        same = int(stated[1]) == len(members)
        if question.language == "zh":
            note = f"，原文写 {stated[1]} 个，{'一致' if same else '与所列不一致'}"
        else:
            note = f"; the source says {stated[1]}, {'which agrees' if same else 'which differs'}"
    text = render(
        "list_head", question.language, heading=escape(heading), listed=len(members), stated=note
    )
    return Statement(text, tuple(sources), computed=frozenset({str(len(members))}))


def _item_line(unit: Unit, content: FileContent) -> Statement:
    source = Source(unit.file_id, unit.document, unit.start, unit.end)
    if unit.kind == "row":
        return Statement(row_text(unit, content), (source,), bullet=True)
    text = escape(unit.text)
    if unit.head is None:
        return Statement(text, (source,), bullet=True)
    owner = content.structure.reading.view(*unit.head).text
    head = Source(unit.file_id, unit.document, *unit.head)
    if unit.head[1] == unit.start:
        joined = Source(unit.file_id, unit.document, unit.head[0], unit.end)
        return Statement(escape(owner) + text, (joined,), bullet=True)
    return Statement(escape(owner) + text, (source, head), bullet=True)


def _listed_line(unit: Unit, section: Section | None, content: FileContent) -> Statement:
    """Return an item with the heading that it stands under: its status, as a rule."""
    line = _item_line(unit, content)
    if section is None:
        return line
    source = Source(unit.file_id, unit.document, section.start, section.heading_end)
    text = f"{line.text}——“{escape(section.heading)}”"
    return Statement(text, (*line.sources, source), bullet=True)


def row_text(unit: Unit, content: FileContent) -> str:
    """Return a table row as “header：cell；…”, empty cells left out."""
    block = next(b for b in content.blocks if b.kind == "table" and b.start == unit.group)
    cells = [c for c in block.cells if unit.start <= c.start and c.end <= unit.end]
    names = column_names(content.text, block)
    parts = [
        (names.get(c.column, ""), content.text[c.start : c.end]) for c in cells if c.end > c.start
    ]
    return "；".join(f"{escape(n)}：{escape(v)}" if n else escape(v) for n, v in parts)


def column_names(text: str, block: Block) -> dict[int, str]:
    """Return each column's heading; those of several header rows are joined (“资金·计划”)."""
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    names: dict[int, list[str]] = {}
    for row in header_rows(text, rows):
        for cell in rows[row]:
            words = text[cell.start : cell.end]
            for column in range(cell.column, cell.column + cell.column_span):
                if words and words not in names.setdefault(column, []):
                    names[column].append(words)
    return {column: "·".join(words) for column, words in names.items()}


def _owned_items(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft | None:
    """Return every item whose owner (“区交通局的”) the question names.

    They come from the newest such document of each issuer: bureaus of two
    districts may bear the same name.
    """
    owned = [c.unit for c in ranked if c.unit.head and _names_owner(question, c.unit, library)]
    chosen = _newest_of_each_issuer(owned, library)
    drafts = [draft for unit in chosen if (draft := _owned_in(question, unit, library)).count]
    if len(drafts) <= 1:
        return drafts[0] if drafts else None
    whole = Draft(count=sum(draft.count or 0 for draft in drafts))
    for unit, draft in zip(chosen, drafts, strict=True):
        whole.statements += [_title_line(unit, library), *draft.statements]
    return whole


def _owned_in(question: Question, unit: Unit, library: Library) -> Draft:
    """Return the owner's items in the document of ``unit``, each with its heading."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    draft = Draft(count=0)
    if document.end - document.start > MAX_SCANNED:
        return draft
    for section, members in _by_section(content, document, unit.file_id):
        mine = [u for u in members if u.head and _names_owner(question, u, library)]
        draft.statements.extend(_listed_line(u, section, content) for u in mine)
        draft.count = (draft.count or 0) + len(mine)
    return draft


def _names_owner(question: Question, unit: Unit, library: Library) -> bool:
    if unit.head is None:
        return False
    reading = library.content(unit.file_id).structure.reading
    owner = reading.view(*unit.head).text.rstrip("的 ")
    return len(owner) >= 2 and owner in question.text


def _by_section(
    content: FileContent, document: Document, file_id: int
) -> Iterator[tuple[Section | None, list[Unit]]]:
    for start, end in paragraphs(content, document, document.start, document.end):
        found = [
            u for u in paragraph_units(content, document, file_id, start, end) if u.kind == "item"
        ]
        if found:
            above = sections_above(document, start)
            yield (above[-1] if above else None), found


def answer_documents(question: Question, library: Library) -> Draft | None:
    """Return every document that holds the words asked for, each with one sentence."""
    words = _sought(question)
    if not words:
        return None
    found: list[tuple[Document, Source]] = []
    for file in library.files():
        content = library.content(file.id)
        for document in content.structure.documents:
            view = content.structure.reading.view(document.start, document.end)
            at = view.text.find(words)
            if at >= 0:
                span = _sentence_around(view.text, at, at + len(words))
                found.append((document, Source(file.id, document.ordinal, *view.span(*span))))
    if not found:
        return None
    draft = Draft(count=len(found))
    head = render("documents_head", question.language, words=escape(words), count=len(found))
    draft.statements.append(Statement(head))
    for document, source in found[:MAX_DOCUMENTS]:
        quote = library.content(source.file_id).structure.reading.view(source.start, source.end)
        text = f"《{escape(document.title)}》：{escape(quote.text)}"
        draft.statements.append(Statement(text, (source,), bullet=True))
    return draft


def _sought(question: Question) -> str:
    quoted = re.search(r"[“\"「『]([^”\"」』]{2,40})[”\"」』]", question.text)
    if quoted:
        return quoted[1]
    after = re.search(
        r"(?:提到|提及|涉及|讲到|谈到|说到|写到|包含|含有|有关|关于)(?:了|过)?([^？?。，]{2,30}?)"
        r"(?:的?(?:内容|问题|情况|事|工作))?[？?。]?$", question.text)  # fmt: skip
    return after[1].strip() if after else ""


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    stops = "。！？\n"
    first = max(text.rfind(stop, 0, start) for stop in stops) + 1
    ends = [at for stop in stops if (at := text.find(stop, end)) >= 0]
    last = min(ends, default=len(text) - 1)
    last = last if last < len(text) and text[last] == "\n" else last + 1
    first += len(text[first:start]) - len(text[first:start].lstrip())
    return first, min(last, len(text))
