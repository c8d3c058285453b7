"""Which clause of a sentence answers, and how much of a long sentence to show."""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.enumerations import whole_enumeration
from assistant.evidence import Span
from assistant.question import Kind, Question
from assistant.ranking import holds_form
from assistant.status import statuses
from index.ledger.wording import word_spans
from index.records import View
from index.words import units

SHORT = 60  # characters of the bare answer at most
FORM_WORTH = 1.5  # words: a clause that holds the kind of thing asked for
ATTRIBUTE_WORTH = 3.0  # words: a clause that says what is asked of the thing
OTHER_STATUS = 6.0  # words: a clause about projects of another status
NEAR_WORTH = 0.7  # of a word in the clause: one elsewhere between the same semicolons

# A comma inside a number (4,030) ends no clause.
_CLAUSE = re.compile(r"(?:[^，；。！？,;!?]|(?<=\d)[,，](?=\d{3}(?!\d)))+[，；。！？,;!?]?")
# What is asked so is answered by a clause, not by a name or a figure.
_CLAUSED: frozenset[Kind] = frozenset(("why", "status", "check", "summary"))
_NAMED: frozenset[Kind] = frozenset(("who", "unit", "list", "lookup"))  # may be several
_YEAR_ASKED = re.compile(r"哪一?年|何年|哪个月|年份|几月|what year|which year|which month")
_FIGURE = re.compile(
    r"(?:(?:19|20)?\d{2}年)?(?:\d{1,2}月)?\d{1,2}[日号](?:[上下]午|晚上?)?(?:\d{1,2}[时点：:](?:\d{1,2}分?)?)?"
    r"|(?:19|20)\d{2}年\d{1,2}月(?:底|初|[上中下]旬)?|\d{1,2}月(?:底|初|[上中下]旬)"
    r"|(?:\d+(?:小时|时))?\d+分钟?(?:\d+(?:\.\d+)?秒\d*)|\d+小时(?:\d+分钟?|半)?"
    r"|(?:第|约|近|超过?)?\d[\d,，.．]*(?:万亿|[万亿千百])?(?:[多余])?[%％]?"
    r"(?:个百分点|美元|欧元|港元|日元|元|公里|千米|海里|光年|平方公里|平方千米|平方米|立方米|毫米|厘米|米|亩|公顷|吨|公斤|千克|克|千瓦时?"
    r"|人次|人|户|个月|个|项|家|处|件|天|年|岁|周|分钟|秒|[位名届次集期号票分度台辆架艘座所套间层条部起倍])?"
    r"(?:及?以[上下])?"
)
_PLACES = re.compile(r"(?:[\u4e00-\u9fff]{2,4}(?:省|市|县|区|镇|乡|村|街道|路\d*号?)){2,}")
_BODY_ASKED = re.compile(r"(?:哪|什么|何)(?:些|[一几]?[个家])?(?:公司|企业|单位|机构|集团)")
_REST_OF_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:有限(?:责任)?公司|公司|集团|银行|研究院|设计院|事务所|厂)"
)
_SHARE = re.compile(r"占|比例|比重|百分|percent|share|proportion")


def answer_span(question: Question, view: View, answer: Span | None) -> tuple[int, int] | None:
    """Return the characters of ``view`` that a reader's ``answer`` takes up; None without one.

    Where a question wants more than a name or a figure, the clauses that hold it.
    """
    if answer is None:
        return None
    start, end = bisect_left(view.offsets, answer[0]), bisect_left(view.offsets, answer[1])
    if start >= end:
        return None
    if question.kind not in _CLAUSED:
        start, end = whole_expression(question, view.text, start, whole_word(view.text, end))
        if question.kind in _NAMED:
            return whole_enumeration(view.text, start, end)
        return start, end
    text, clauses = view.text, list(_CLAUSE.finditer(view.text))
    low = max((m.start() for m in clauses if m.start() <= start), default=start)
    high = min((m.end() for m in clauses if m.end() >= end), default=end)
    return low, high - (high > low + 1 and text[high - 1] in "，；。！？,;!?")


def whole_word(text: str, end: int) -> int:
    """Return where the word ends that ``end`` cuts (“副区长林” of “副区长林可为”)."""
    end = next((b for a, b in word_spans(text) if a < end < b), end)
    return end - (text[end - 1] in "的了")


def whole_expression(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the rest of the date, figure or place that it is a piece of.

    “2022年” of “2022年1月3日上午11时” is no date, unless the year is asked for.
    """
    if _YEAR_ASKED.search(question.text):
        return start, end
    if _BODY_ASKED.search(question.text) and (rest := _REST_OF_BODY.match(text, end)):
        return start, rest.end()
    forms = [_FIGURE, _PLACES] if question.kind == "where" else [_FIGURE]
    for form in forms:
        for match in form.finditer(text):
            if match.start() < end and match.end() > start:
                start, end = min(start, match.start()), max(end, match.end())
    return start, end


def key_span(question: Question, text: str) -> tuple[int, int]:
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


def window(text: str, key: tuple[int, int], size: int) -> tuple[int, int]:
    """Return the run of whole clauses around ``key``, up to ``size`` characters.

    Of a clause that is longer by itself, the words around ``key``.
    """
    low, high = key
    bounds = [0, *[m.end() for m in _CLAUSE.finditer(text)]]
    while True:
        before = max((b for b in bounds if b < low), default=None)
        after = min((b for b in bounds if b > high), default=None)
        if before is not None and high - before <= size:
            low = before
        elif after is not None and after - low <= size:
            high = after
        else:
            break
    if low not in bounds or high not in bounds:
        room = max(0, size - (high - low)) // 2
        low = low if low in bounds else _outward(text, max(0, low - room), -1)
        high = high if high in bounds else _outward(text, min(len(text), high + room), 1)
    return low, high


def _outward(text: str, at: int, step: int) -> int:
    """Return the nearest place from ``at`` on that is in no figure and in no word of letters."""
    while 0 < at < len(text) and _joined(text[at - 1]) and _joined(text[at]):
        at += step
    return at


def _joined(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character in ".,%．，％年月日万亿元"


def bare(text: str) -> str | None:
    """The bare answer in `text`, where it is short enough to be one."""
    inner = text.strip("，。；：、,;: ")
    return inner if 0 < len(inner) <= SHORT else None
