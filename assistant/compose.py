"""From ranked evidence to a draft: verbatim sentences in a plain frame, each cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.entities import (
    MEASURED,
    Named,
    best_about,
    item_name,
    named_in,
    own_names,
    plain,
)
from assistant.evidence import Unit, sections_above
from assistant.lists import (
    answer_count,
    answer_documents,
    answer_list,
    row_text,
    units_of_group,
)
from assistant.question import Question
from assistant.ranking import Candidate, Rarity, holds_form
from assistant.refusal import missing_constraints, refuses, within_constraints
from assistant.statements import Draft, Source, Statement, escape, with_bold
from assistant.status import status_words, statuses
from assistant.summary import summarise
from index.library import Library
from index.records import Section
from index.words import units
from prompts import render

RELATED = 3  # passages shown beside a refusal
MAX_ROWS = 6  # a table this small is shown whole where no row is named
WHOLE = 200  # characters; a longer sentence is shown from clause to clause
WINDOW = 160  # characters shown of a longer sentence
SHORT = 60  # characters of the bare answer at most
FORM_WORTH = 1.5  # words: a clause that holds the kind of thing asked for
ATTRIBUTE_WORTH = 3.0  # words: a clause that says what is asked of the thing
OTHER_STATUS = 6.0  # words: a clause about projects of another status
NEAR_WORTH = 0.7  # of a word in the clause: one elsewhere between the same semicolons
NEAR_BEST = 0.75  # share of the best score from which a second sentence is shown

FORMED = MEASURED | {"why"}

_ISSUED = re.compile(
    r"发布|印发|落款|成文|签发|发出|出台|报告(的)?(日期|时间)|issued|dated|published"
)
_CLAUSE = re.compile(r"[^，；。！？,;!?]+[，；。！？,;!?]?")
_SHARE = re.compile(r"占|比例|比重|百分|percent|share|proportion")


def compose(question: Question, found: Sequence[Candidate], library: Library) -> Draft:
    """Return the draft of an answer; a refusal where the evidence does not answer."""
    ranked = within_constraints(question, found, library) or found
    if question.kind == "documents":
        listing = answer_documents(question, library)
        if listing:
            return listing
    if question.kind == "list":
        listed = answer_list(question, ranked, library)
        if listed:
            return listed
    dated = _document_date(question, ranked, library) if question.kind == "when" else None
    if dated:
        return dated
    if question.kind == "count":
        counted = answer_count(question, ranked, library)
        if counted:
            return counted
    named = named_in(question, ranked) if question.kind != "list" else None
    if named and not missing_constraints(question, ranked, library):
        return _about(question, named, ranked, library)
    if refuses(question, ranked, library):
        return _refusal(question, ranked, library)
    if question.kind in ("summary", "list"):
        return summarise(question, ranked, library)
    return _lookup(question, ranked, library)


def _document_date(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> Draft | None:
    """Return when a document was issued, if that is asked and its title is named."""
    if not _ISSUED.search(question.text):
        return None
    asked = plain(question.text)
    for candidate in ranked:
        unit = candidate.unit
        document = library.content(unit.file_id).structure.documents[unit.document]
        named = plain(re.sub(r"（.*?）|\d{4}年", "", document.title)).strip("*")
        if len(named) < 4 or named not in asked or not document.date_text:
            continue
        start, end = document.date_start, document.date_end
        if start is None or end is None:
            continue
        source = Source(unit.file_id, unit.document, start, end)
        text = f"《{escape(document.title)}》：**{escape(document.date_text)}**"
        return Draft([Statement(text, (source,))], short=document.date_text)
    return None


def _refusal(
    question: Question,
    ranked: Sequence[Candidate],
    library: Library,
    named: Named | None = None,
) -> Draft:
    """Return a refusal that says what of the question was found, and what was not."""
    language = question.language
    absent = missing_constraints(question, ranked, library)
    detail = ""
    if absent:
        detail = render("found_otherwise", language, words="、".join(absent))
    elif named:
        nothing = "内容" if language == "zh" else "what is asked about it"
        asked = f"“{question.attribute_words}”" if question.attribute_words else nothing
        detail = render("found_without", language, name=escape(named.name), asked=escape(asked))
    text = render("refusal", language, detail=detail).strip()
    draft = Draft(statements=[Statement(text)], refused=True)
    draft.related = [_opening(candidate.unit, library) for candidate in ranked[:RELATED]]
    return draft


def _opening(unit: Unit, library: Library) -> Source:
    """Return the unit's words, or as many as fit beside a refusal."""
    view = library.content(unit.file_id).structure.reading.view(unit.start, unit.end)
    end = view.span(0, min(len(view.text), WHOLE))[1]
    return Source(unit.file_id, unit.document, unit.start, end)


def _source(unit: Unit) -> Source:
    return Source(unit.file_id, unit.document, unit.start, unit.end)


def _about(
    question: Question, named: Named, ranked: Sequence[Candidate], library: Library
) -> Draft:
    """Answer about the thing that the question names; refuse if nothing says what is asked."""
    rarity = Rarity(question.terms, library)
    best = best_about(question, named, rarity)
    items = [c.unit for c in named.about if c.unit.kind == "item" and _is(c.unit, named.name)]
    formed = best is not None and holds_form(question.kind, best.unit.text)
    if items and not named.residual:
        # A list's lead-in dates its items; its figures are the list's, not the item's.
        listed = any(
            holds_form(question.kind, unit.context if question.kind == "when" else unit.text)
            for unit in items
        )
        elsewhere = formed and question.kind in FORMED
        if listed or not (elsewhere or question.kind in MEASURED):
            return _about_items(question, items, library)
    if best is None and question.kind == "summary":
        return summarise(question, ranked, library)
    if best is None or (question.kind in MEASURED and not formed):
        return _refusal(question, ranked, library, named)
    if best.unit.kind == "item" and _is(best.unit, named.name):
        return _about_items(question, items, library)
    others = [c for c in named.about if c is not best]
    return _lookup(question, [best, *others], library)


def _is(unit: Unit, name: str) -> bool:
    return plain(item_name(unit.text)) == plain(name)


def _about_items(question: Question, items: Sequence[Unit], library: Library) -> Draft:
    """Answer about one listed project: its item, where it is listed, the list's lead-in."""
    ordered = sorted(items, key=lambda unit: _date(unit, library), reverse=True)
    draft = Draft()
    newest = ordered[0]
    draft.short = _reason(newest.text) if question.kind == "why" else None
    for unit in _one_each_list(ordered):
        content = library.content(unit.file_id)
        document = content.structure.documents[unit.document]
        above = sections_above(document, unit.start)
        premise = _premise(question, unit, above, library) if unit is newest else None
        if premise:
            draft.statements.append(premise)
        draft.statements.append(_item_statement(unit, library))
        if above and not premise:
            draft.statements.append(_listed_under(question, unit, above[-1]))
        if unit.lead and unit is newest:
            lead = content.structure.reading.view(*unit.lead).text
            source = Source(unit.file_id, unit.document, *unit.lead)
            draft.statements.append(Statement(escape(lead).rstrip("：:"), (source,)))
    return draft


def _one_each_list(ordered: Sequence[Unit]) -> list[Unit]:
    seen: dict[tuple[int, int], Unit] = {}
    for unit in ordered:
        seen.setdefault((unit.file_id, unit.group), unit)
    return list(seen.values())


def _date(unit: Unit, library: Library) -> str:
    return library.content(unit.file_id).structure.documents[unit.document].date or ""


def _reason(text: str) -> str | None:
    inside = re.search(r"（([^（）]+)）", text)
    return inside[1] if inside and len(inside[1]) <= SHORT else None


def _item_statement(unit: Unit, library: Library) -> Statement:
    reading = library.content(unit.file_id).structure.reading
    text = with_bold(unit.text, [(0, len(unit.text.rstrip("。；;，,、")))])
    if unit.head is None:
        return Statement(text, (_source(unit),))
    owner = escape(reading.view(*unit.head).text)
    if unit.head[1] == unit.start:
        joined = Source(unit.file_id, unit.document, unit.head[0], unit.end)
        return Statement(owner + text, (joined,))
    head = Source(unit.file_id, unit.document, *unit.head)
    return Statement(owner + text, (_source(unit), head))


def _listed_under(question: Question, unit: Unit, section: Section) -> Statement:
    text = render("listed_under", question.language, heading=escape(section.heading))
    source = Source(unit.file_id, unit.document, section.start, section.heading_end)
    return Statement(text, (source,))


def _premise(
    question: Question, unit: Unit, above: Sequence[Section], library: Library
) -> Statement | None:
    """Return a correction where the question and the list's heading say different statuses."""
    if not above:
        return None
    heading = above[-1].heading
    asked, said = statuses(question.text), statuses(heading)
    if question.kind not in ("why", "lookup") or not asked or not said or asked & said:
        return None
    text = render(
        "premise",
        question.language,
        heading=escape(heading),
        asked=escape(status_words(question.text) or ""),
    )
    source = Source(unit.file_id, unit.document, above[-1].start, above[-1].heading_end)
    return Statement(text, (source,))


def _lookup(question: Question, ranked: Sequence[Candidate], library: Library) -> Draft:
    draft = Draft()
    best = ranked[0]
    if best.unit.kind == "row" and not any(
        plain(n) in plain(question.text) for n in own_names(best.unit)
    ):
        return _rows(best.unit, library)
    said = _answering_words(question, best.unit)
    draft.statements.append(_quote(question, best.unit, library, draft))
    for candidate in ranked[1:6]:
        more = _answering_words(question, candidate.unit) - said
        inside = best.unit.start <= candidate.unit.start < best.unit.end
        if more and not inside and candidate.score >= NEAR_BEST * best.score:
            draft.statements.append(_quote(question, candidate.unit, library, Draft()))
            break
    return draft


def _rows(unit: Unit, library: Library) -> Draft:
    """Return the rows of a table in which no row is the one asked for, few as they must be."""
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    rows = [u for u in units_of_group(content, document, unit) if u.kind == "row"]
    shown = rows if len(rows) <= MAX_ROWS else [unit]
    return Draft(
        [Statement(row_text(u, content), (_source(u),), bullet=len(shown) > 1) for u in shown]
    )


def _answering_words(question: Question, unit: Unit) -> set[str]:
    return (set(question.terms) - question.facets) & set(units(unit.text))


def _quote(question: Question, unit: Unit, library: Library, draft: Draft) -> Statement:
    """Return the unit's words, or the clauses around the answer if it is very long."""
    content = library.content(unit.file_id)
    if unit.kind == "row":
        return Statement(row_text(unit, content), (_source(unit),))
    if unit.kind == "item":
        return _item_statement(unit, library)
    view = content.structure.reading.view(unit.start, unit.end)
    key = _key_span(question, view.text)
    low, high = 0, len(view.text)
    if len(view.text) > WHOLE:
        low, high = _window(view.text, key)
    shown = view.text[low:high]
    draft.short = _bare(view.text[slice(*key)])
    text = with_bold(shown, [(key[0] - low, key[1] - low)])
    text = ("……" if low else "") + text + ("……" if high < len(view.text) else "")
    return Statement(text, (Source(unit.file_id, unit.document, *view.span(low, high)),))


def _bare(text: str) -> str | None:
    bare = text.strip("，。；：、,;: ")
    return bare if 0 < len(bare) <= SHORT else None


def _key_span(question: Question, text: str) -> tuple[int, int]:
    """Return the clause that answers best, without its closing punctuation."""
    wanted = set(question.terms) - question.facets
    clauses = list(_CLAUSE.finditer(text))
    if not clauses:
        return 0, len(text)
    # What a figure measures often stands in the clauses before it, up to the semicolon.
    segment, near = 0, []
    for clause in clauses:
        near.append(segment)
        segment += clause.group()[-1] in "；。;"
    segments = dict.fromkeys(near, "")
    for clause, n in zip(clauses, near, strict=True):
        segments[n] += clause.group()
    spoken = {n: wanted & set(units(words)) for n, words in segments.items()}
    asked = statuses(question.text)
    share = _SHARE.search(question.text) is not None

    def worth(place: int) -> float:
        clause = clauses[place].group()
        inside = set(units(clause))
        said = len(wanted & inside) + NEAR_WORTH * len(spoken[near[place]])
        named = bool(question.attribute) and inside >= set(question.attribute)
        listed = statuses(segments[near[place]])
        other = asked and listed and not asked & listed
        return (
            said
            + (FORM_WORTH if holds_form(question.kind, clause) else 0.0)
            + (ATTRIBUTE_WORTH if named or (share and re.search("[%％]", clause)) else 0.0)
            - (OTHER_STATUS if other else 0.0)
        )

    best = clauses[max(range(len(clauses)), key=worth)]
    end = best.end() - (best.group()[-1] in "，；。！？,;!?")
    start = best.start() + len(best.group()) - len(best.group().lstrip())
    return start, max(end, start + 1)


def _window(text: str, key: tuple[int, int]) -> tuple[int, int]:
    """Return the run of whole clauses around ``key``, up to ``WINDOW`` characters."""
    low, high = key
    bounds = [0, *[m.end() for m in _CLAUSE.finditer(text)]]
    while True:
        before = max((b for b in bounds if b < low), default=None)
        after = min((b for b in bounds if b > high), default=None)
        if before is not None and high - before <= WINDOW:
            low = before
        elif after is not None and after - low <= WINDOW:
            high = after
        else:
            return low, high
