"""The answer to what is asked of a named thing, from whatever the documents say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.asof import day_line
from assistant.clauses import window
from assistant.ledger.checking import asks_check
from assistant.question import Question
from assistant.records import Turn
from assistant.statements import Draft, Source, Statement, escape, with_bold
from assistant.texts.answer import of_a_text
from assistant.things.beside import (
    asks_as_of,
    cells_beside,
    day_of,
    moved_beside,
    said_beside,
    tasks_beside,
)
from assistant.things.fitting import ROLES, Fit, best_fits, fits_of, is_noted
from assistant.things.gathering import of_time, remarks_on
from assistant.things.naming import thing_before, thing_in
from assistant.things.remaining import Left, left_of
from assistant.things.remarks import Remark, Thing
from assistant.things.synonyms import said_outright
from assistant.things.wants import Want, wants_of
from index.library import Library
from index.words import fold
from prompts import render

WHOLE = 160  # characters of a sentence that is shown whole
EARLIER = 2  # older values that are shown beside the newest
MOST = 4  # attributes that are told at once
RELATED = 3  # remarks shown beside a refusal
SHORT = 60  # characters of the bare answer
PLAIN = 0.8  # how well a remark must fit to stand before a state or reason that records tell
HALF = 0.4  # of a fit: a value that records show by chance fits less
PLAINER = 0.25  # by which it must fit better than any value that records tell
_SINGLE = frozenset({"value", "status", "why", "table"})  # what records tell of one thing
_ANY_UNIT = ("", "个", "项", "件", "条")
_EACH = re.compile(r"每(?:户|人|亩|家|平方米|平米|吨|公里|天|月|套|间)|户均|人均|亩均")
_NAMEABLE = re.compile(r"公司|企业|银行|乡镇|街道|镇|村|学校|医院")
_OF_SEVERAL = re.compile(
    r"哪些|哪几|哪[两三]|列出|罗列|清单里有|分别|各自?[是有为]|各多少|相差|(?<![还尚])差多少|合计|总共|加起来|一共有|排名|最[多少大小高低快慢](?![能可]|不超)|哪个(?:项目|工程)"
    r"|\b(?:which|what) (?:projects|tasks|works)\b|\blist\b|\beach\b|compare"
)


def answer_of_thing(
    question: Question,
    library: Library,
    consult: Callable[[], Draft | None] = lambda: None,
    history: Sequence[Turn] = (),
) -> Draft | None:
    """Return what the documents say of the asked attributes, None unless they say all of them.

    ``consult`` returns what the ledger answers: that stands where it says the same, and
    where nothing else says so plainly what is asked.
    """
    if asks_of_several(question.text) or of_a_text(question) or asks_check(question.text):
        return None
    thing, before = _thing(question, library, history)
    if thing is None:
        return None
    wants = wants_of(question.text, thing, before)
    if not wants or len(wants) > MOST:
        return None
    remarks = of_time(question.text, remarks_on(thing, library), library)
    left = left_of(wants[0], remarks)
    current = [want for want in wants if asks_as_of(want)]
    wants = [w for w in wants if w not in current and not (left and w is wants[0])]
    if left and not wants:
        return _of_left(thing, left, question.frames)
    if not wants:
        return None
    fits = [best_fits(want, remarks) for want in wants]
    if left and not all(fits):
        return None
    if not all(fits):
        return _silent(thing, wants, remarks, question) if not any(fits) else None
    told = consult()
    if (
        not (left or current)
        and told is not None
        and not told.refused
        and _stands(told, wants, remarks, fits, library)
    ):
        return _with_beside(told, thing, wants, fits, remarks)
    draft = draft_of(thing, wants, fits, remarks, question.frames)
    for found in fits:
        _cite_too(draft, found[0], tasks_beside(thing, found[0], library))
    if left:
        draft.statements[:0] = _of_left(thing, left, question.frames).statements
    return _with_day(draft, thing, fits, remarks, library) if current else draft


def _cite_too(draft: Draft, best: Fit, sources: Sequence[Source]) -> None:
    """Add to the line that tells a value where else just that is said."""
    for place, line in enumerate(draft.statements):
        if sources and best.remark.source in line.sources:
            cited = tuple(dict.fromkeys((*line.sources, *sources)))
            draft.statements[place] = replace(line, sources=cited)
            return


def _of_left(thing: Thing, left: Left, language: str) -> Draft:
    """Return how many are left, with the sentence that says it or of which it is worked out."""
    line = _quote(thing, [Fit(left.remark, left.span, 1.0)])
    draft = Draft([line], count=left.number)
    if left.total is not None and left.done is not None:
        words = render(
            "thing_left", language, all=left.total, done=left.done, left=left.number,
            unit=escape(left.unit),
        )  # fmt: skip
        figures = frozenset(str(n) for n in (left.total, left.done, left.number))
        draft.statements.insert(0, Statement(words, line.sources, computed=figures))
    draft.short = f"{left.number}{left.unit}"
    draft.interpretation = {"kind": "thing", "filters": {"name": thing.name}}
    return draft


def _with_beside(
    told: Draft,
    thing: Thing,
    wants: Sequence[Want],
    fits: Sequence[Sequence[Fit]],
    remarks: Sequence[Remark],
) -> Draft | None:
    """Return an answer from records with sentences that say the same, None where none does."""
    if len(wants) != 1 or (told.interpretation or {}).get("kind") not in _SINGLE:
        return None
    said = _said(told)
    bold = [w for line in told.statements for w in re.findall(r"\*\*(.+?)\*\*", line.text)]
    told_once = len(bold) == 1 or (bold and wants[0].kind == "why")  # a state before its reason
    note = fits[0][0].remark.text
    if bold and wants[0].kind == "why" and is_noted(note) and _bare(bold[-1]) in _bare(note):
        return None  # the records tell just that note
    more = said_beside(wants[0], bold[-1], said, thing, remarks) if told_once else []
    told.statements += [replace(quoted(thing, remark), bullet=True) for remark in more]
    return told if more else None


def _with_day(
    draft: Draft,
    thing: Thing,
    fits: Sequence[Sequence[Fit]],
    remarks: Sequence[Remark],
    library: Library,
) -> Draft | None:
    """Return an answer with what its document adds in words, and of what day it is.

    None where the document does not say of what day it is.
    """
    day = day_of(fits, library)
    if day is None:
        return None
    if fits[0][0].remark.kind == "cell":
        more = moved_beside(fits[0][0], remarks)
        draft.statements += [replace(quoted(thing, one), bullet=True) for one in more]
    draft.statements.append(day_line(day, library))
    return draft


def asks_of_several(text: str) -> bool:
    """Tell whether a question asks of several things, or compares or adds them up."""
    return _OF_SEVERAL.search(fold(text)) is not None


def draft_of(
    thing: Thing,
    wants: Sequence[Want],
    fits: Sequence[Sequence[Fit]],
    remarks: Sequence[Remark],
    language: str,
) -> Draft:
    """Return the answer that tells what fits each want best, and what was told of it earlier."""
    draft = Draft(_lines(thing, wants, fits, remarks, language))
    for want, found in zip(wants, fits, strict=True):
        _cite_too(draft, found[0], cells_beside(want, found[0], remarks))
    short = "；".join(dict.fromkeys(found[0].value for found in fits))
    draft.short = short if len(short) <= SHORT else None
    draft.interpretation = {"kind": "thing", "filters": {"name": thing.name}}
    return draft


def _said(told: Draft) -> str:
    """Return all that an answer says, its lines and cells, without blanks and Markdown."""
    words = " ".join(" ".join([line.text, *line.cells]) for line in told.statements)
    return re.sub(r"[\s\\*]", "", words)


def says_same(told: Draft | None, draft: Draft) -> bool:
    """Tell whether an answer from records tells of one thing and says what a draft does."""
    if told is None or told.refused or (told.interpretation or {}).get("kind") not in _SINGLE:
        return False
    said = _said(told)
    values = (draft.short or "").split("；")
    return all(value and _bare(value) in said for value in values)


def _date(source: Source, library: Library) -> str:
    return library.content(source.file_id).structure.documents[source.document].date or ""


def _stands(
    told: Draft,
    wants: Sequence[Want],
    remarks: Sequence[Remark],
    best: Sequence[Sequence[Fit]],
    library: Library,
) -> bool:
    """Tell whether an answer from records is left as it is: it says the same, or as plainly."""
    read = told.interpretation or {}
    single = read.get("kind") in _SINGLE and read.get("wish", "value") in ("value", "sum")
    amended = any(found[0].amended for found in best)
    if not single or (told.value and not amended and len(wants) == 1):
        return True
    said = _said(told)
    newest = max((_date(s, library) for line in told.statements for s in line.sources), default="")
    bold = [w for line in told.statements for w in re.findall(r"\*\*(.+?)\*\*", line.text)]
    return not any(
        _bare(found[0].value) not in said and _plainer(want, found[0], remarks, said, bold, newest)
        for want, found in zip(wants, best, strict=True)
    )


def _silent(
    thing: Thing, wants: Sequence[Want], remarks: Sequence[Remark], question: Question
) -> Draft | None:
    """Return a refusal where nothing said of the thing is of the sorts that are asked for.

    None where something is, or where the thing is no recorded one or named but in part.
    """
    whole = thing.said[1] - thing.said[0] >= len(thing.name) > 0
    around = "".join(f"{r.label}{r.text}{r.about}" for r in remarks)
    unsaid = thing.recorded and bool(remarks) and all(_unsaid(w, around) for w in wants)
    plain = whole and remarks and thing.recorded and all(_tellable(w) for w in wants)
    if not (unsaid or plain):
        return None
    said = "\n".join(f"{r.label}{r.text}" for r in remarks)  # “学位2700个”: the unit stands before
    if (
        plain
        and not unsaid
        and any((want.unit and want.unit in said) or fits_of(want, remarks) for want in wants)
    ):
        return None
    language = question.frames
    asked = f"“{wants[0].clause.strip()}”" if language == "zh" else "what is asked about it"
    detail = render("found_without", language, name=escape(thing.name), asked=escape(asked))
    text = render("refusal", language, detail=detail).strip()
    draft = Draft([Statement(text)], refused=True)
    draft.related = [remark.source for remark in remarks[:RELATED]]
    return draft


def _unsaid(want: Want, around: str) -> bool:
    """Tell whether a want asks for a role, or a sum for each, of which nothing at all is said."""
    role, each = ROLES.search(want.clause), _EACH.search(want.clause)
    if role and want.kind in ("body", "who", "person"):
        return role.group() not in around
    return bool(each and want.kind == "money" and each.group() not in around)


def _tellable(want: Want) -> bool:
    """Tell whether a want names a sort of value so plainly that its lack is seen."""
    return (want.kind == "quantity" and want.unit not in _ANY_UNIT and "多少" in want.clause) or (
        want.kind in ("body", "sort") and bool(_NAMEABLE.fullmatch(want.noun))
    )


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def _only_asked(words: str, want: Want) -> bool:
    """Tell whether words say what is asked about and hardly more."""
    return len(words) <= 6 and any(word in words for word in want.words)


def _plainer(
    want: Want, fit: Fit, remarks: Sequence[Remark], said: str, bold: Sequence[str], newest: str
) -> bool:
    """Tell whether a remark says what is asked more plainly, or later, than an answer does."""
    if fit.amended:
        return True
    shown = [
        one for one in fits_of(want, remarks) if one.score >= HALF and _bare(one.value) in said
    ]
    as_well = max((one.score for one in shown), default=0.0)
    since = max((one.remark.date for one in shown), default=newest)
    if want.kind in ("state", "why"):
        around = _bare(f"{fit.remark.label}{fit.remark.text}{fit.remark.context}")
        same = any(_bare(words) in around for words in bold)  # in more words
        if same or (want.times and not fit.timed):
            return False
        if want.kind == "why" and bold and all(_only_asked(words, want) for words in bold):
            return fit.score >= PLAIN  # “停工中” is no reason why it was halted
        later = bool(want.words) and fit.remark.date > since
        return fit.score >= PLAIN and (later or fit.timed)
    if shown and fit.remark.date < since:
        return False
    return fit.score >= as_well + PLAINER


def _thing(
    question: Question, library: Library, history: Sequence[Turn]
) -> tuple[Thing | None, str]:
    """Return the thing that a question names or leans on, and the question before it if it does."""
    thing = thing_in(question.text, library)
    if not history:
        return thing, ""
    last = history[-1]
    if thing is not None:
        return thing, last.question if question.in_context else ""
    return thing_before(question.text, last.question, last.answer, library), last.question


def _lines(
    thing: Thing,
    wants: Sequence[Want],
    fits: Sequence[Sequence[Fit]],
    remarks: Sequence[Remark],
    language: str,
) -> list[Statement]:
    lines: list[Statement] = []
    rows: dict[Source, list[Fit]] = {}
    for found in fits:
        if found[0].remark.kind == "cell":
            rows.setdefault(found[0].remark.sources[0], []).append(found[0])
    done: set[Source] = set()
    for want, found in zip(wants, fits, strict=True):
        best = found[0]
        place = best.remark.source
        if place not in done:
            done.add(place)
            same = rows.get(best.remark.sources[0], []) if best.remark.sources else []
            if best.remark.kind == "cell":
                whole = want.kind == "state" and not want.words
                lines.append(_row(thing, _with_row(same, remarks) if whole else same))
            else:
                lines.append(_quote(thing, [f[0] for f in fits if f[0].remark.source == place]))
        lines += [_earlier(thing, older, language) for older in _older(want, found)]
    return lines


def _with_row(fits: Sequence[Fit], remarks: Sequence[Remark]) -> list[Fit]:
    """Return the fits with the other cells of their row: all of it tells how a thing stands."""
    place = fits[0].remark.sources[0]
    known = {fit.remark.label: fit for fit in fits}
    return [
        known.get(one.label) or Fit(one, (0, 0), 0.0)
        for one in remarks
        if one.kind == "cell" and one.sources[0] == place
    ]


def _older(want: Want, found: Sequence[Fit]) -> list[Fit]:
    """Return the fits that tell another value in an older document."""
    best = found[0].remark
    own = (best.file_id, best.document)
    return [
        fit
        for fit in found[1:]
        if (fit.remark.file_id, fit.remark.document) != own
        and fit.remark.date < best.date
        and (found[0].amended or said_outright(f"{fit.remark.label}{fit.remark.text}", want.words))
    ][:EARLIER]


def _row(thing: Thing, fits: Sequence[Fit]) -> Statement:
    parts = []
    sources: list[Source] = []
    spans: dict[str, list[tuple[int, int]]] = {}
    for fit in fits:
        spans.setdefault(fit.remark.label, []).append(fit.span)
    for fit in {fit.remark.label: fit for fit in fits}.values():
        remark = fit.remark
        label = re.sub(r"[（(][^（）()]*[）)]$", "", remark.label.replace("·", ""))
        unit = remark.unit if remark.unit and re.fullmatch(r"[\d,.]+", remark.text) else ""
        value = with_bold(
            remark.text, [span for span in _apart(spans[remark.label]) if span[1]]
        ) + escape(unit)
        parts.append(f"{escape(label)}：{value}" if label else value)
        sources += remark.sources
    return Statement(f"{escape(thing.name)}——{'；'.join(parts)}", tuple(dict.fromkeys(sources)))


def _quote(thing: Thing, fits: Sequence[Fit]) -> Statement:
    remark = fits[0].remark
    assert remark.view is not None
    spans = _apart([fit.span for fit in fits if fit.span[1]])
    text, low, high = remark.text, 0, len(remark.text)
    if len(text) > WHOLE and len(spans) == 1:
        low, high = window(text, spans[0], WHOLE)
    shown = with_bold(text[low:high], [(a - low, b - low) for a, b in spans])
    if remark.label and remark.led:
        shown = f"{escape(remark.label)}：{shown}"
    shown = ("……" if low else "") + shown + ("……" if high < len(text) else "")
    a, b = remark.low + low, remark.low + high
    sources = [Source(remark.file_id, remark.document, *remark.view.span(a, b))]
    head = remark.head
    if head and not sources[0].start <= head.start < sources[0].end:
        shown = f"{escape(thing.name)}——{shown}"
        sources.append(head)
    if remark.led:
        sources.append(remark.led)
    return Statement(shown, tuple(sources))


def quoted(thing: Thing, remark: Remark) -> Statement:
    """Return a remark on a thing as a line, none of its words marked."""
    fit = Fit(remark, (0, 0), 0.0)
    return _row(thing, [fit]) if remark.kind == "cell" else _quote(thing, [fit])


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _earlier(thing: Thing, fit: Fit, language: str) -> Statement:
    remark = fit.remark
    line = _row(thing, [fit]) if remark.kind == "cell" else _quote(thing, [fit])
    words = render(
        "thing_earlier",
        language,
        date=escape(remark.date_text or remark.date),
        title=escape(remark.title),
        words=line.text,
    )
    sources = (*line.sources, *([remark.dated] if remark.dated else []))
    return Statement(words, sources, bullet=True)
