"""Answers that are lists: a whole enumeration or table, with its own count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Unit, sections_above
from assistant.items import item_line, newest_of_each_issuer, title_line, units_of_group
from assistant.outline import section_list
from assistant.owners import owned_items
from assistant.question import Question
from assistant.ranking import Candidate, Rarity
from assistant.statements import Draft, Source, Statement, escape
from assistant.status import statuses
from index.library import Library
from index.records import Section
from index.words import units
from prompts import render

COVERED = 0.6  # share of the question's words that heading and lead-in of its list hold
MAX_ENDING = 12  # characters behind the last item in which “等8个” stands
NEAR_BEST = 0.05  # of the best share: lists that fit alike

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
    return owned_items(question, ranked, library) or section_list(question, ranked, rarity, library)


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
    return newest_of_each_issuer(near, library)


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
        whole.statements += [title_line(unit, library), *draft.statements]
    return whole


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
        draft.statements.append(item_line(member, content))
    return draft


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
        if question.frames == "zh":
            note = f"，原文写 {stated[1]} 个，{'一致' if same else '与所列不一致'}"
        else:
            note = f"; the source says {stated[1]}, {'which agrees' if same else 'which differs'}"
    text = render(
        "list_head", question.frames, heading=escape(heading), listed=len(members), stated=note
    )
    return Statement(text, tuple(sources), computed=frozenset({str(len(members))}))
