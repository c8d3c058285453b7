"""Reading the best evidence: which unit answers, and with which of its words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence import Span, Unit
from assistant.question import Kind, Question
from assistant.ranking import Candidate, is_silent, rank, score_of, similarities
from assistant.reader.agreement import Read, agreed
from assistant.reader.reading import Reader, Reading
from assistant.reader.windows import Window, windows
from assistant.refusal import SOME, best_within
from assistant.retrieval import Hit, Vector
from assistant.spoken import as_written
from index.library import Library

READ = 8  # stretches of text; each costs about 10 ms on two cores
MOST = 8.0  # log odds: what is surer is as sure
COMPARED = 0  # units whose meaning is compared before: the order is as good without
# Softmax regression on 200 questions about passages that the reader has not learnt from,
# each asked of 1,000 passages and of five (tests/evals/calibrate.py, docs/measurements.md).
WEIGHTS = {
    "covered": 1.67,
    "framed": 3.27,
    "form": 0.88,
    "retrieved": 0.66,
    "relevance": 0.46,
    "held": 2.18,
    "margin": 0.09,
    "support": 0.3,
}
ABOVE = 600  # characters before a window in which its paragraph may say the day
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]")
UNCOVERED = 3.0  # of score: what a unit that is ``silent`` loses
_ASKS = re.compile(
    r"什么|谁|哪|多少|几|何|怎|如何|吗|呢|是否|有没有|是不是|能不能|为啥|啥|多[大长高久远重快]"
    r"|总结|概括|列出|介绍|说明|说说|讲讲|告诉"
)
_ENDINGS: dict[Kind, str] = {
    "when": "是什么时候",
    "where": "在哪里",
    "amount": "是多少",
    "count": "是多少",
}
_AMOUNT = re.compile(
    r"(?:额|数|量|率|比|价|费|资|款|值|积|级|度|龄|收入|票房|人次|面积|规模|长度|高度)$"
)
_PERSON = re.compile(
    r"(?:人|者|长|主任|书记|导演|主演|演员|编剧|作者|代表|冠军|亚军|主席|总统|总理|首相|教练|队员|选手|同志|领导)$"
)
CROSS_WORTH = 10.0  # of score: what a reader that names no words says of a stretch


def best_first(
    question: Question,
    vector: Vector,
    hits: Sequence[Hit],
    library: Library,
    reader: Reader | None = None,
) -> list[Candidate]:
    """Return the units of the hits, best first, read by the ``reader`` where there is one."""
    # No words of a sentence sum up; of English questions the reader has seen too few.
    if reader is None or question.kind == "summary" or question.language == "en":
        return rank(question, vector, hits, library)
    ranked = rank(question, vector, hits, library, COMPARED)
    found = reread(question, ranked, library, reader)
    if not found or (found[0].read and library.size() >= SOME):  # nobody asks for its meaning
        return found
    # Evidence of another year or quarter than the one asked for is passed over later.
    best = best_within(question, found, library)
    return [_compared(c, vector, library) if c is best else c for c in found]


def _compared(best: Candidate, vector: Vector, library: Library) -> Candidate:
    """Return the best with its meaning compared: whether it answers depends on that, too."""
    (near,) = similarities([best.unit], vector, library)
    return replace(best, features=replace(best.features, similarity=float(near)))


def reread(
    question: Question, ranked: Sequence[Candidate], library: Library, reader: Reader
) -> list[Candidate]:
    """Return the candidates, best first, after the first of them were read."""
    found = windows([c.unit for c in ranked], library, READ)
    readings = _read(question, found, library, reader)
    heard = agreed(
        [
            Read(
                (window.file_id, ranked[window.members[0]].unit.document), window.passage.text, one
            )
            for window, one in zip(found, readings, strict=True)
        ]
    )
    judged: dict[int, Candidate] = {}
    for window, one in zip(found, heard, strict=True):
        reading = _speaking(question, window, one.reading, [ranked[n] for n in window.members])
        same = (reading.start, reading.end) == (one.reading.start, one.reading.end)
        support = one.support if same else 0.0
        for place in window.members:
            judged[place] = _judged(question, ranked[place], window, reading, support)
    read = sorted(judged.values(), key=lambda c: -c.score)
    # What was not read is not compared with what was: it comes after, in its order.
    least = min((c.score for c in read), default=0.0)
    top = max((c.score for n, c in enumerate(ranked) if n not in judged), default=least)
    rest = [
        replace(c, score=least - (top - c.score)) for n, c in enumerate(ranked) if n not in judged
    ]
    return [*read, *rest]


def _read(
    question: Question, found: Sequence[Window], library: Library, reader: Reader
) -> list[Reading]:
    """Return one reading a window.

    A day that a paragraph begins with dates all that it tells: where it stands before the
    window, not in it, the question is read without it.
    """
    asked = spoken(question)
    days = [words for words in question.constraints if _DAY.fullmatch(words)]
    undated = asked
    for day in days:
        undated = re.sub(re.escape(day) + r"(?:[上下]午|当[天日])?的?", "", undated)
    apart = [
        bool(days) and all(_dated_above(window, day, library) for day in days) for window in found
    ]
    passages = [window.passage for window in found]
    readings = reader.read(asked, passages)
    if not any(apart):
        return readings
    chosen = [n for n, one in enumerate(apart) if one]
    again = reader.read(undated, [passages[n] for n in chosen])
    for n, reading in zip(chosen, again, strict=True):
        readings[n] = reading
    return readings


def _dated_above(window: Window, day: str, library: Library) -> bool:
    """Tell whether a day stands shortly before a window, not in it."""
    text = library.content(window.file_id).text
    above = text[max(0, window.start - ABOVE) : window.start]
    return day in above and not _DAY.search(window.passage.text)


def spoken(question: Question) -> str:
    """Return a question as a reader knows questions: “石桥改建工程总投资” asks “是多少”.

    Readers learn from whole questions in written words, and are unsure of phrases and of
    spoken ones.
    """
    if question.language != "zh":
        return question.text
    written = as_written(question.text)
    text = written.rstrip("？?。. 　")
    if _ASKS.search(text):
        return written
    ending = _ENDINGS.get(question.kind) or ("是多少" if _AMOUNT.search(text) else "是什么")
    return f"{text}{'是谁' if _PERSON.search(text) else ending}？"


def _speaking(
    question: Question, window: Window, reading: Reading, members: Sequence[Candidate]
) -> Reading:
    """Return the reading with its likeliest words that are not in a unit that says nothing."""
    silent = [c.unit for c in members if is_silent(question, c)]
    if not silent:
        return reading
    for start, end, margin in ((reading.start, reading.end, reading.margin), *reading.others):
        span = window.canonical(start, end)
        if span and not any(_inside(span, unit) for unit in silent):
            return replace(reading, start=start, end=end, margin=margin)
    return reading


def _judged(
    question: Question, candidate: Candidate, window: Window, reading: Reading, support: float
) -> Candidate:
    if reading.margin is None:
        worth = CROSS_WORTH / (1 + math.exp(-reading.relevance))
        return replace(candidate, score=candidate.score + worth)
    span = window.canonical(reading.start, reading.end)
    row = candidate.unit.kind == "row"
    held = row or (span is not None and _inside(span, candidate.unit))
    features = replace(
        candidate.features,
        relevance=_bounded(reading.relevance),
        held=float(held),
        margin=_bounded(reading.margin) if held else 0.0,
        support=support if held and not row else 0.0,
    )
    beside = candidate.score - score_of(candidate.features)
    if is_silent(question, candidate):
        beside -= UNCOVERED
    return replace(
        candidate,
        features=features,
        score=score_of(features, WEIGHTS) + beside,
        read=True,
        answer=span if held and not row else None,
    )


def _inside(span: Span, unit: Unit) -> bool:
    return unit.start <= span[0] and span[1] <= unit.end


def _bounded(odds: float) -> float:
    return max(-MOST, min(MOST, odds))
