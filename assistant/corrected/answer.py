"""Answers from corrections: the value that counts, how far it is from the old one, all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corrected.earlier import earlier_value
from assistant.corrected.facts import Correction
from assistant.corrected.matching import (
    Match,
    all_corrections,
    asked_words,
    is_of_kind,
    kind_of,
    matches,
    speaks_of_correcting,
)
from assistant.question import Question
from assistant.records import Value
from assistant.statements import Draft, Source, Statement
from assistant.things.corrections import dated_line
from assistant.things.kinds import Kind
from assistant.things.synonyms import share_said
from index.ledger.quantities import Quantity, quantities
from index.library import Library
from index.words import fold
from prompts import render

_ENGLISH: dict[str, Kind] = {"when": "date", "who": "person", "unit": "body"}
_CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\d]{3,}")
MOST = 2  # corrections that a plain question is answered with
_LIST = re.compile(
    r"(?:更正|订正|勘误|纠正|改正?|修正)(?:了|过|的)?(?:哪|几[处个项条]|什么|些什么|多少处)|(?:哪些|哪几[处个项条]|什么)[^，,。？?]{0,12}(?:被?(?:更正|订正|纠正|改了|改过|修正|有误|写错|报错))"
)
_APART = re.compile(
    r"(?:更正|订正|纠正|修正|改)(?:前后|前和(?:更正|改)?后)[^。？?]{0,8}(?:差|出入|多少)|(?:更正|订正|修正|改)(?:以后|之后|后|完)?[^。？?]{0,10}(?:(?<!多)[少多减增降]了(?!没)|差了?|比(?:原来|原先|之前|更正前))(?:几|多少)?"
)
_DOCUMENT = re.compile(
    r"(函|纪要|通报|通知|讲话|说明|简报|公告|更正表)(?:里|中|上|[^，。]{0,2}(?=更正|改|纠正))"
)
_AS_WRITTEN = re.compile(r"(?:更正|改|订正)(?:以)?前(?!后)|原(?:来|先)?(?:报|写|列|填)")
_SEVERAL = re.compile(
    r"哪些|哪几|列出|分别|各自?[是有为]|合计|相加|加起来|[^，,]加[^，,]{2,}(?:一共|共|总共)|最[高低多少大小]|哪个项目"
)


def answer_corrected(question: Question, library: Library) -> Draft | None:
    """Return the answer that a correction gives, None where the question is of none."""
    text = question.text
    corrections = all_corrections(question, library) if library.files() else []
    if not corrections:
        return None
    if question.language != "zh":
        return _draft(by_name(question, corrections), question, _ENGLISH.get(question.kind))
    if _LIST.search(fold(text)):
        return _list(question, corrections)
    if _APART.search(fold(text)):
        return _apart(question, corrections, library)
    if _SEVERAL.search(fold(text)) or _AS_WRITTEN.search(fold(text)):
        return None
    return _plain(question, corrections)


def _plain(question: Question, corrections: list[Correction]) -> Draft | None:
    """Return what is right with what was written, where one correction is asked about."""
    text = question.text
    kind, unit = kind_of(text)
    if kind is None and not speaks_of_correcting(text):
        return None
    if kind == "why" and not re.search(r"更正|订正|改|变|修正|不一样", text):
        return None
    return _draft(_best(matches(text, corrections, kind, unit)), question, kind)


def by_name(question: Question, corrections: list[Correction]) -> list[Correction]:
    """Return the one correction of what an English question names in Chinese, of its kind."""
    kind = _ENGLISH.get(question.kind)
    names = _CHINESE.findall(fold(question.text))
    found = [
        one for one in corrections
        if kind and any(name in one.own for name in names) and is_of_kind(one, kind, "")
    ]  # fmt: skip
    return found if len({one.new for one in found}) == 1 else []


def _draft(found: Sequence[Correction], question: Question, kind: Kind | None) -> Draft | None:
    """Return the lines that tell corrections, None where there are none."""
    if not found:
        return None
    draft = Draft([told(one, question.frames) for one in found])
    draft.short = found[0].new if kind != "why" else None
    number = re.fullmatch(r"(\d+)[个项户件家处人名]", found[0].new)
    draft.count = int(number[1]) if number and kind == "quantity" else None
    draft.interpretation = {"kind": "corrected", "filters": {}}
    return draft


def _best(found: Sequence[Match]) -> list[Correction]:
    """Return the corrections that fit best; none where several of them differ from one another."""
    if not found:
        return []
    top = [m for m in found if m.said >= found[0].said - 0.01 and m.own >= found[0].own - 0.01]
    newest = top[0].correction.document.date
    top = [m for m in top if m.correction.document.date == newest]
    if len({m.correction.new for m in top}) > 1 and len({m.correction.sources for m in top}) > 1:
        return []
    seen: dict[tuple[Source, ...], Correction] = {}
    for one in top:
        seen.setdefault(one.correction.sources, one.correction)
    return list(seen.values())[:MOST]


def told(one: Correction, language: str) -> Statement:
    """Return the line that tells a correction, with the date and title of its document."""
    return dated_line(one.document, one.shown, one.sources, language)


def _list(question: Question, corrections: list[Correction]) -> Draft | None:
    """Return every correction of the document that the question speaks of, each on its line."""
    words = [
        word for word in asked_words(question.text) if word not in ("上报", "数据", "数字", "改")
    ]
    named = _DOCUMENT.search(fold(question.text))
    if named:
        corrections = [one for one in corrections if named[1] in one.document.title] or corrections
    entries = [one for one in corrections if one.entry] or corrections
    if words:
        said = {
            (one.file_id, one.document.ordinal): share_said(
                fold(one.document.title)
                + " ".join(c.subject for c in entries if c.file_id == one.file_id),
                tuple(words),
            )
            for one in entries
        }
        best = max(said.values())
        entries = [o for o in entries if said[(o.file_id, o.document.ordinal)] >= best - 0.01]
    entries.sort(key=lambda one: (one.file_id, one.at))
    count = len(entries)
    draft = Draft(count=count, interpretation={"kind": "corrections", "filters": {}})
    head = render("corrections", question.frames, count=count)
    draft.statements = [Statement(head, computed=frozenset({str(count)}))]
    draft.statements += [Statement(one.shown, one.sources, bullet=True) for one in entries]
    return draft


def _apart(question: Question, corrections: list[Correction], library: Library) -> Draft | None:
    """Return by how much a corrected value differs from the old one, worked out."""
    text = re.sub(r"(?:差|少|多)了?(?:多少|几)?|前后|相差", " ", question.text)
    kind, unit = kind_of(question.text)
    for match in matches(text, corrections, None if kind == "money" else kind, unit):
        one = match.correction
        new = _quantity(one.new)
        if new is None:
            continue
        old, sources = _quantity(one.old), one.sources
        if old is None:
            before = earlier_value(one, new, library)
            if before is None:
                continue
            old, sources = before[0], (*before[1], *sources)
        if old.unit != new.unit or old.value == new.value:
            continue
        return _worked(one, old, new, sources, question.frames)
    return None


def _worked(
    one: Correction, old: Quantity, new: Quantity, sources: tuple[Source, ...], language: str
) -> Draft:
    larger, smaller = (old, new) if old.value > new.value else (new, old)
    gap = larger.say(larger.value - smaller.value)
    formula = f"{larger.text} − {smaller.text} = {gap}"
    text = render("corrected_apart", language, gap=gap, old=old.text, new=new.text, formula=formula)
    number = re.match(r"[\d.]+", gap)
    computed = frozenset({gap, number.group()} if number else {gap})
    draft = Draft([Statement(text, sources, computed=computed), told(one, language)])
    draft.value = Value(float(number.group()), gap[number.end() :], formula) if number else None
    draft.short = gap
    draft.interpretation = {"kind": "corrected", "filters": {}}
    return draft


def _quantity(words: str) -> Quantity | None:
    return next(iter(quantities(words)), None)
