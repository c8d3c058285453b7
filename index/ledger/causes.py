"""Why something stands still: the words between “因” and what came of it.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re

from index.ledger.records import Span
from index.ledger.status import status_of

MAX_CAUSE = 60  # characters
MAX_SUBJECT = 9  # characters, with the comma before it, of what a result is said of
MAX_VERB = 5  # characters of a verb that ends its clause (“未能完成”)
_CAUSE = re.compile(r"(?:因为?|由于|受(?!理|益)|鉴于)(?![^，。；]{0,3}地制宜|此)")
_SENTENCE = re.compile(r"[。；\n]|$")
_CLAUSE = re.compile(r"[，,。；\n]|$")
# What came of it, behind what may stand before the verb.
_RESULT = re.compile(
    r"(?:，?(?:目前|现|导致|致使|使得|造成|故|项目|工程|该项目|至今|仍|一直|暂|尚|还|已经?"
    r"|处于|项目处于)+|，)?"
    r"(?P<verb>未|没有|停|无法|不能|滞后|缓|暂|推迟|延|取消|终止|放弃|调整|进度|进展|迟)"
)
# A whole predicate: “因…影响，…，至今未开工”. What ends it says where the project stands.
_CAUSED = re.compile(
    r"(?:目前|现)?(?:因为?|由于|受(?!理|益))(?P<why>[^。；\n]{2,}?)(?:等?(?:的)?(?:影响|制约|限制|原因))?"
    r"(?P<result>[，,]?(?:(?:自|从|于)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底初]|[上中下]旬)?起?)?(?:目前|至今|仍|一直|暂|尚|均|都|已|导致|致使|整体|项目|工程)*(?:(?:尚|仍|暂)?未(?:能)?(?:按期|如期)?(?:开工|动工|启动)(?:建设)?"
    r"|停工|停建|缓建|(?:进度|推进|进展|工期)?(?:严重|明显|较|略)?(?:滞后|缓慢|落后|偏慢)|暂停(?:施工|建设)|停滞))[，,。；\s]*$"
)
# “因标准提高，概算调整等待批复”: what is still waited for keeps it, and is no result.
_AWAITED = re.compile(
    r"(?:等待|等候|正等|还在等|尚待|有待|待(?!遇|命)|需(?:要)?(?:重新|另行))[^，。；]{0,16}"
    r"(?:批|审|复|核|评|定|办|许可|答复|论证|确认|同意|意见|设计|招标|选址)"
)
_WRONG = re.compile(r"[未不无没缺难慢高低变断紧涨退差争纠滞欠拖撤迁拆调少错重复大多]")
_TAIL = re.compile(r"等?(?:的)?(?:影响|制约|限制|因素|原因|所致)?(?<![然从反因])[而故]?[，,]?$")


def cause_in(text: str, start: int, end: int) -> Span | None:
    """Return the first cause that ``text[start:end]`` gives with what came of it, or None."""
    for match in _CAUSE.finditer(text, start, end):
        stop = min(_first(_SENTENCE, text, match.end(), end), match.end() + MAX_CAUSE + 8)
        span = _why(text, match.end(), stop)
        if span and 2 <= span[1] - span[0] <= MAX_CAUSE:
            return span
    return None


def cause_and_result(text: str, start: int, end: int) -> tuple[Span, Span] | None:
    """Return the cause that a predicate begins with, and the result that it ends in, or None.

    “因管材涨价、施工方停工观望，进度滞后”: what the cause itself says of a stop is
    no status of the project.
    """
    match = _CAUSED.match(text, start, end)
    if match is None or not 2 <= match.end("why") - match.start("why") <= MAX_CAUSE:
        return None
    return match.span("why"), match.span("result")


def _why(text: str, low: int, stop: int) -> Span | None:
    """Return the cause that begins at ``low``: it ends where its result begins.

    “资金未到位停工”: the first verb says no status of a project, so it belongs to
    the cause; of several in one clause the last that stops a project is the result.
    """
    results = list(_RESULT.finditer(text, low + 2, stop))
    for place, result in enumerate(results):
        end = _first(_CLAUSE, text, result.end("verb"), stop)
        words = text[result.start("verb") : end]
        if _AWAITED.search(words) and not status_of(words):
            return low, end
        if result["verb"] in ("未", "没有") and not status_of(words):
            continue
        later = [r for r in results[place + 1 :] if r.start("verb") < end]
        stopping = [r for r in later if status_of(text[r.start("verb") : end]).stage]
        if stopping:
            return low, _trimmed(text, low, stopping[-1].start())
        following = text[end + 1 : _first(_CLAUSE, text, min(end + 1, stop), stop)]
        if not status_of(words).stage and len(words) <= MAX_VERB and status_of(following).stage:
            return low, end
        return low, _trimmed(text, low, result.start())
    return (low, _first(_CLAUSE, text, low, stop)) if results else None


def _trimmed(text: str, start: int, end: int) -> int:
    tail = _TAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    # “因线路未迁，设备安装暂缓”: what is put off is no part of the cause.
    comma = text.rfind("，", start, end)
    if comma > start and end - comma <= MAX_SUBJECT and not _WRONG.search(text, comma, end):
        return comma
    return end


def _first(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.search(text, start, end)
    return match.start() if match else end
