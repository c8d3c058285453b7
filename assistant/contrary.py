"""A question that takes for granted what the documents say otherwise, found before all else.

Its thing is praised where it says “被批评”; is not changed where it says “提到45%”; the
event is another thing's; “开诊了吗” is answered “还没有”. The words that say so are cited.
``denied`` has what a sentence denies outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.denied import asks_whether
from assistant.evidence import Unit, units_of_chunk
from assistant.ledger.named import whole_names
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape, with_bold
from index.library import Library
from index.words import fold, units
from prompts import render

SEARCHED = 12  # chunks
OF_IT = 0.6  # of the pairs of characters of a premise that a sentence about it says
LEAST_EVENT, MOST_EVENT = 3, 12  # characters of what is said to have happened

# What cannot be so of one thing where the other is.
_OPPOSITES = (
    (re.compile(r"批评"), re.compile(r"表扬|表彰")),
    (re.compile(r"表扬|表彰"), re.compile(r"批评")),
    (re.compile(r"奖励"), re.compile(r"处罚|罚款|扣分")),
    (re.compile(r"处罚|罚款"), re.compile(r"奖励")),
    (re.compile(r"盈利"), re.compile(r"亏损")),
    (re.compile(r"亏损"), re.compile(r"盈利")),
    (re.compile(r"提前(?=完[成工]|建成|竣工|交付)"), re.compile(r"推迟|延期|逾期")),
)
_CHANGE = re.compile(
    r"(?:由|从)?[^，。]{0,6}?(?:提高?|调整?|改|降低?|增加?|减少?|压缩?|放宽|延长|缩短|上调|下调)(?:到|至|为|成)"
)
_UNCHANGED = re.compile(
    r"(?P<of>[\u4e00-\u9fff]{2,8}?)(?P<said>不动|不变|不作?(?:调整|变更|变动)|不予(?:调整|变更)|(?:维持|保持)[^，。；]{0,6}不变)"
)
_HAPPENED = re.compile(r"(?P<pre>[^，,。？?]{5,30}?)(?:以后|之后|(?<![最今])后)[，,]")
_ALREADY = re.compile(
    r"(?P<of>[^，,。？?]{2,20}?)(?:已经|早就|都)(?P<verb>[\u4e00-\u9fff]{2,4})了?[，,]"
)
_NO = re.compile(
    r"(?:A|a|答)[：:]\s*(?P<said>还没有|没有|暂时没有|尚未|暂未|还没|不是|不能|不可以|不行|暂不|不会)"
)
_PLAIN = re.compile(r"[的了被是在为把]|通报|为什么|因为|由于")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What a question says, what is so, and the units that say it, the first with its span."""

    asked: str
    said: str
    units: tuple[Unit, ...]
    span: tuple[int, int]


def answer_contrary(question: Question, library: Library) -> Draft | None:
    """Return what is so where a question takes another thing for granted, else None."""
    folded = fold(question.text)
    if question.language != "zh" or len(folded) != len(question.text) or asks_whether(folded):
        return None
    for finder in (_opposite, _unchanged, _of_another, _answered_no):
        wrong = finder(folded, library)
        if wrong:
            return _draft(wrong, question, library)
    return None


def _sentences(words: str, library: Library) -> Iterator[list[Unit]]:
    """Yield the units of each chunk that says most of some words, in their order."""
    keys = [key for key, _ in library.search_words(words, SEARCHED)]
    for stored in library.chunks(keys).values():
        yield units_of_chunk(library.content(stored.file_id), stored)


def _pairs(words: str) -> set[str]:
    return {pair for pair in units(_PLAIN.sub(" ", words)) if len(pair) > 1}


def _share(wanted: set[str], text: str) -> float:
    return len(wanted & set(units(fold(text)))) / len(wanted) if wanted else 0.0


def _opposite(folded: str, library: Library) -> _Wrong | None:
    premise = re.split(r"[，,。？?]", folded)[0]
    for asked, other in _OPPOSITES:
        match = asked.search(premise)
        if match is None:
            continue
        thing = _pairs(premise[: match.start()])
        about = [
            unit
            for found in _sentences(premise, library)
            for unit in found
            if unit.kind != "item" and _share(thing, unit.text) >= OF_IT
        ]
        if len(thing) < 2 or any(asked.search(unit.text) for unit in about):
            return None
        for unit in about:
            said = other.search(unit.text)
            if said:
                return _Wrong(match.group(), said.group(), (unit,), said.span())
    return None


def _unchanged(folded: str, library: Library) -> _Wrong | None:
    change = _CHANGE.search(folded)
    if change is None:
        return None
    for found in _sentences(folded, library):
        for unit in found:
            for match in _UNCHANGED.finditer(unit.text):
                of = match["of"]
                at = folded.find(of)
                follows = at >= 0 and _CHANGE.match(folded[at + len(of) :])
                if follows and len(of) >= LEAST_EVENT:
                    return _Wrong(follows.group(), match["said"], (unit,), match.span())
    return None


def _of_another(folded: str, library: Library) -> _Wrong | None:
    """Return the thing to which an event belongs that the question tells of another."""
    happened = _HAPPENED.match(folded)
    names = whole_names(folded, library.ledger)
    if happened is None or len(names) != 1:
        return None
    name, (start, end) = names[0]
    event = _PLAIN.sub("", folded[end : happened.end("pre")]) if start == 0 else ""
    if not LEAST_EVENT <= len(event) <= MOST_EVENT:
        return None
    own: list[Unit] = []
    others: dict[str, Unit] = {}
    for words in (f"{name} {event}", name):
        for unit in (u for found in _sentences(words, library) for u in found):
            text = fold(unit.text)
            if name in text:
                if event in text:
                    return None
                own.append(unit)
            elif event in text and unit.kind != "item":
                told = [core for core, _ in whole_names(text, library.ledger)]
                if len(told) == 1 and told[0] not in folded:
                    others.setdefault(told[0], unit)
    if len(others) != 1 or not own:
        return None
    ((other, unit),) = others.items()
    at = fold(unit.text).find(other)
    rows = [u for u in own if u.kind == "row"] or own
    return _Wrong(name, other, (unit, rows[0]), (at, at + len(other)))


def _answered_no(folded: str, library: Library) -> _Wrong | None:
    """Return the “还没有” that answers a question about what this one says is so already."""
    premise = _ALREADY.match(folded)
    if premise is None:
        return None
    thing = _pairs(premise["of"] + premise["verb"])
    for found in _sentences(premise.group(), library):
        for place, unit in enumerate(found):
            match = _NO.match(unit.text)
            asked = unit.context.split("\n")[-1] + "\n" + (found[place - 1].text if place else "")
            if match and premise["verb"] in asked and _share(thing, asked) >= OF_IT:
                more = found[place + 1 : place + 2] if place + 1 < len(found) else []
                whole = [u for u in more if u.group == unit.group]
                return _Wrong(premise["verb"], match["said"], (unit, *whole), match.span("said"))
    return None


def _draft(wrong: _Wrong, question: Question, library: Library) -> Draft:
    text = render("denied", question.frames, said=escape(wrong.said), asked=escape(wrong.asked))
    draft = Draft(short=wrong.said, interpretation={"kind": "premise", "filters": {}})
    draft.statements.append(Statement(text, (_source(wrong.units[0]),)))
    draft.statements += _lines(wrong.units, wrong.span)
    return draft


def _lines(shown: Sequence[Unit], span: tuple[int, int]) -> Iterator[Statement]:
    for place, unit in enumerate(shown):
        words = unit.text.replace("\t", " ")
        said = with_bold(words, [span]) if place == 0 else escape(words)
        yield Statement(said, (_source(unit),))


def _source(unit: Unit) -> Source:
    return Source(unit.file_id, unit.document, unit.start, unit.end)
