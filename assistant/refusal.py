"""When the documents do not answer: calibrated on questions whose passage was left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dated import day_written, ways_to_say
from assistant.evidence import Unit
from assistant.question import Question
from assistant.ranking import Candidate, Features
from assistant.reader.unfit import MONEY_ASKED
from assistant.roles import asks_for_role, role_said
from assistant.translation.counted import counted_words, says_number_of
from index.library import Library
from index.words import fold, units

# Logistic regressions over the best unit's features, fitted on 400 DRCD questions asked
# with and without their passage (tests/evals/calibrate.py). How far the passage stands
# out from the others tells most, but only where there are others to stand out from.
AMONG_MANY = {"covered": 1.62, "framed": 2.53, "similarity": 3.88, "retrieved": 0.81}
AMONG_MANY_BIAS = -9.99
AMONG_FEW = {"covered": 1.53, "framed": 5.59, "similarity": 40.26}
AMONG_FEW_BIAS = -38.31
MANY = 400  # chunks in the index
# The same where a reader has read the unit, on 200 questions about passages that it has
# not learnt from; at this cut 6 and 5 % are refused, and 94 and 92 % of the others.
READ_AMONG_MANY = {"covered": 1.9, "relevance": 0.37, "margin": 0.06, "retrieved": 0.72}
READ_AMONG_MANY_BIAS = -6.2
# In an office's few documents, which are many passages all the same, the right one stands
# out, too: fitted on forty passages of the same set and on 115 questions about three
# offices' documents, spoken as people ask. That the thing's name is in the unit tells
# little there, for it is in every sentence about it: ``framed`` has a weight set by hand.
SOME = 30  # chunks in the index
READ_AMONG_SOME = {"framed": 1.0, "relevance": 0.43, "margin": 0.1, "retrieved": 0.5}
READ_AMONG_SOME_BIAS = -3.2
# Among few, set on 198 questions about events that the reader has not learnt from, each
# asked among accounts that answer and among near ones that do not: 9 and 73 % are refused
# (11 and 70 % with weights fitted on the same set as those above, before that reader).
READ_AMONG_FEW = {
    "covered": 0.7, "framed": 1.5, "relevance": 0.6, "similarity": 5.0, "support": 0.1
}  # fmt: skip
READ_AMONG_FEW_BIAS = -5.7
READ_CUT = 0.0
# One of several questions, or one that goes on from an answer, is answerable as a rule, and
# its words are partly taken from elsewhere: it is refused where that is twice as likely.
READ_CUT_IN_CONTEXT = -0.6
SURE = 2.0  # log odds of the reader's words: below, the unit must say what is asked about
# An English question shares few words with Chinese text and lies farther from it, so its
# log odds come out lower by about this much (mean over parallel questions of our own).
ENGLISH_LESS_AMONG_MANY = 4.0
ENGLISH_LESS_AMONG_FEW = 5.2
# At this cut 5 % of answerable DRCD questions are refused and 90 % of the others.
CUT = -0.5
_SUPERLATIVE = re.compile(
    r"最[多少大小高低快慢早晚长短]|第一|排名|位居|\\b(?:most|least|largest|highest|lowest)\\b"
)
_MONEY_SAID = re.compile(
    r"[\d一二三四五六七八九十百千万亿两]\s*[余多]?(?:元|块|[万亿千百](?![人户亩吨平])|[美欧港日]元|英镑|美金)"
    r"|免费|不收费|不花钱|[$¥￥]"
)
_HOUR_ASKED = re.compile(r"几点(?=[钟开关上下到半结吃？?]|$)")
# “是哪几家公司”, where the evidence names none: “股东之间打官司”.
_COMPANY_ASKED = re.compile(r"(?:哪(?:几|一|两|些)?[家个]?|什么)(?:公司|企业)(?!的?(?:项目|工程))")
_COMPANY_SAID = re.compile(
    r"公司|集团|企业|银行|股份|[\u4e00-\u9fff]厂(?!房|区|长|内|外)|(?:研究|设计|勘察|规划)院"
    r"|中[铁建交冶水电核化][\u4e00-\u9fff]{0,2}|[一二三四五六七八九十]+[局航公建]|建工|建投|城投|交投"
)
_HOUR_SAID = re.compile(r"[\d一二三四五六七八九十两]\s*(?:[:：]\d\d|[点时])|[上下中]午|全天")
MIN_ATTRIBUTE = 0.51  # share of the attribute's bigrams that evidence must hold
MAX_LOOKED_THROUGH = 200_000  # characters of a document searched for a date


def refuses(question: Question, ranked: Sequence[Candidate], library: Library) -> bool:
    """Tell whether the best evidence is too weak to be an answer."""
    if not ranked or missing_constraints(question, ranked, library):
        return True
    best = ranked[0]
    if lacks_kind(question, best.unit):
        return True
    if best.read:
        unsure = best.features.margin < SURE or best.answer is None  # a row has no words of it
        needed = unsure or asks_for_role(question)
        cut = READ_CUT_IN_CONTEXT if question.in_context else READ_CUT
        return read_weight(best.features, library.size()) < cut or (
            needed and attribute_missing(question, best.unit)
        )
    return (
        evidence_weight(question, best.features, library.size()) < CUT
        or attribute_missing(question, best.unit)
        or _superlative_missing(question, best.unit)
    )


def read_weight(features: Features, chunks: int) -> float:
    """Return the log odds that a unit answers which a reader has read."""
    weights, bias = READ_AMONG_FEW, READ_AMONG_FEW_BIAS
    if chunks >= MANY:
        weights, bias = READ_AMONG_MANY, READ_AMONG_MANY_BIAS
    elif chunks >= SOME:
        weights, bias = READ_AMONG_SOME, READ_AMONG_SOME_BIAS
    return bias + float(sum(w * getattr(features, name) for name, w in weights.items()))


def evidence_weight(question: Question, features: Features, chunks: int) -> float:
    """Return the log odds that the unit answers, in an index of ``chunks`` chunks."""
    many = chunks >= MANY
    weights, bias = (AMONG_MANY, AMONG_MANY_BIAS) if many else (AMONG_FEW, AMONG_FEW_BIAS)
    if question.language == "en":
        bias += ENGLISH_LESS_AMONG_MANY if many else ENGLISH_LESS_AMONG_FEW
    return bias + float(sum(w * getattr(features, name) for name, w in weights.items()))


def lacks_kind(question: Question, best: Unit) -> bool:
    """Tell whether the unit has none of what is asked for: money, an hour, a company, a role."""
    return (
        sum_missing(question, best)
        or number_missing(question, best)
        or hour_missing(question, best)
        or company_missing(question, best)
        or (question.kind != "summary" and not role_said(question, best))
    )


def sum_missing(question: Question, best: Unit) -> bool:
    """Tell whether a sum of money is asked for and the unit, no row of a table, holds none."""
    asked = best.kind != "row" and MONEY_ASKED.search(question.text)
    return bool(asked) and not _MONEY_SAID.search(best.text)


def number_missing(question: Question, best: Unit) -> bool:
    """Tell whether a number of things is asked for in English and the unit says none of them."""
    if question.language != "en":
        return False
    words = counted_words(question.text)
    around = f"{best.context}\n{best.before}\n{best.text}"
    return bool(words) and not says_number_of(around, words, question.text)


def hour_missing(question: Question, best: Unit) -> bool:
    """Tell whether an hour is asked for (“几点开门”) and the unit says none."""
    return bool(_HOUR_ASKED.search(question.text)) and not _HOUR_SAID.search(best.text)


def company_missing(question: Question, best: Unit) -> bool:
    """Tell whether the name of a company is asked for and the unit, no row, says none."""
    asked = best.kind != "row" and _COMPANY_ASKED.search(question.text)
    return bool(asked) and not _COMPANY_SAID.search(f"{best.before}{best.text}")


def _superlative_missing(question: Question, best: Unit) -> bool:
    """Tell whether the question asks for the most of something that the unit does not rank."""
    asked = _SUPERLATIVE.search(question.text)
    return asked is not None and not _SUPERLATIVE.search(best.text)


def within_constraints(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[Candidate]:
    """Return the candidates whose documents hold every year, date and quarter asked for."""
    if not question.constraints:
        return list(ranked)
    return [c for c in ranked if not _lacking(question, c, library)]


def best_within(question: Question, ranked: Sequence[Candidate], library: Library) -> Candidate:
    """Return the first that ``within_constraints`` keeps, the first of all where it keeps none."""
    if not question.constraints:
        return ranked[0]
    return next((c for c in ranked if not _lacking(question, c, library)), ranked[0])


def missing_constraints(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[str]:
    """Return the years, dates and quarters of the question that the best evidence lacks."""
    return _lacking(question, ranked[0], library) if ranked else []


def _lacking(question: Question, candidate: Candidate, library: Library) -> list[str]:
    unit = candidate.unit
    content = library.content(unit.file_id)
    document = content.structure.documents[unit.document]
    body = content.text[document.start : document.end][:MAX_LOOKED_THROUGH]
    dates = f"{document.date or ''} {day_written(document.date)}"
    named = f"{document.title} {dates} {library.file_by_id(unit.file_id).path}"
    said = re.sub(r"\s", "", fold(f"{named} {body}"))
    return [
        words
        for words in question.constraints
        if not any(way.rstrip("年") in said for way in ways_to_say(words))
        and not (words in question.assumed and _may_be_of(words, document.date, said, unit))
        and not (_is_year(words) and _undated(document.date, said) and _named(words, library))
    ]


def _is_year(words: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d年?", words) is not None


def _undated(date: str | None, said: str) -> bool:
    """Tell whether a document names no year, so that it cannot contradict any."""
    return date is None and not re.search(r"(?:19|20)\d\d", said)


def _named(year: str, library: Library) -> bool:
    """Tell whether any document names a year."""
    number = year.rstrip("年")
    return any(library.word_frequency([number, f"{number}年"]).values())


def _may_be_of(words: str, date: str | None, said: str, unit: Unit) -> bool:
    """Tell whether evidence may be of a year that “今年” or “去年” was read as.

    A document without any year cannot contradict it; one of the next year says “去年”.
    """
    if _undated(date, said):
        return True
    year = int(words.rstrip("年"))
    following = date is not None and int(date[:4]) == year + 1
    return following and bool(re.search(r"去年|上年", unit.before + unit.text))


def of_asked_year(
    question: Question, ranked: Sequence[Candidate], library: Library
) -> list[Candidate]:
    """Return the candidates for a list of the year that is asked for.

    A list is of its document's year: that another year is mentioned somewhere does
    not make it one of that year.
    """
    years = [w.rstrip("年") for w in question.constraints if _is_year(w)]
    if not years:
        return list(ranked)
    return [c for c in ranked if all(_is_of(c, year, library) for year in years)]


def _is_of(candidate: Candidate, year: str, library: Library) -> bool:
    unit = candidate.unit
    document = library.content(unit.file_id).structure.documents[unit.document]
    path = library.file_by_id(unit.file_id).path
    own = fold(f"{document.title} {document.date or ''} {path}")
    undated = not re.search(r"(?:19|20)\d\d", own)
    return undated or year in own or year in fold(f"{unit.context}{unit.before}{unit.text}")


def attribute_missing(question: Question, best: Unit) -> bool:
    """Tell whether the unit says nothing of what is asked about the thing it names."""
    if not question.attribute or question.language != "zh" or question.kind == "summary":
        return False
    if not role_said(question, best):
        return True
    around = set(units(f"{best.context}\n{best.before}\n{best.text}"))
    said = sum(unit in around for unit in question.attribute)
    return said < MIN_ATTRIBUTE * len(question.attribute)
