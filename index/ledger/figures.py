"""Figures that prose states: “24个项目未赶上计划进度，占…的16.8％，完成投资5.96亿元”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.amounts import amounts, percents
from index.ledger.attributes import as_of_in
from index.ledger.context import bare_heading
from index.ledger.prose import COUNTED, chinese_count
from index.ledger.records import Figure, Span, Words
from index.ledger.status import Status, status_of
from index.records import Document, View
from index.sentences import closing, parts, sentences

_RATE = re.compile(r"(?:总体|综合|平均|项目)?(?:开工|动工|复工|竣工|完工)率(?:为|达到?)?\s*\d")
MAX_CLAUSE = 160  # characters; a longer “clause” is a list, its numbers are names
_BASE = re.compile(r"占(?P<base>[^，。；占]{0,30}?)的?(?:比例?|比重)?(?:为|是|约|达到?)?$")
_OF_PLAN = re.compile(
    r"(?:完成|达到|实现|为|是)(?:了)?(?P<base>[^，。；]{0,6}(?:年度|全年|年|当年"
    r"|总)?(?:投资)?(?:计划|目标|任务|总投资|概算)[^，。；占]{0,8}?)的?(?:约)?$|(?P<rate>(?:完成"
    r"|支出|执行|开工|投资|竣工)率)(?:为|是|达到?|约)*$"
)
_HEDGE = re.compile(r"(?:约|近|超过?|逾|不足)\s*$")
_MEASURE_EDGE = re.compile(r"[，。；：、（）()\s\u3000]")
_TRIM = re.compile(
    r"^(?:其中|共|共有|有|已|累计|的|了|为|是|约|达|达到|截至.{0,12}?底|今年|全年|\d{4}年)+"
    r"|(?:共|约|近|超过?|达到?|为|是|了|共计|合计)+$"
)
# The class that a count is of: “四个产业园的产业项目33个”, “教育领域有12个”.
_PART = re.compile(
    r"(?:^|[，,。；;：:、\u3000\d的])(?:其中|另有)?"
    r"(?P<part>(?:(?!的)[\u4e00-\u9fff]){2,12}?(?:类|领域|方面|板块|行业|系统|战线)?)(?:(?<=[类域面块业统线])(?:今年|本年)?(?:共|现)?(?:列入|纳入|安排|实施|承担|谋划))?(?:的)?(?:重点|建设)?(?P<noun>项目|工程)?(?:共?有|共|计)?$"
)
_NO_PART = re.compile(
    r"^(?:全[国省市县区镇年]|[今去本每]年|年度|重点|各|共|列入|纳入|安排|上述|以上|这|其|另|个|项|家)"
    r"|政府|[省市县区]委|确定|下达|排定|敲定|公布|批准|明确|储备|申报|安排|列入|纳入|实施|推进|涉及|[年月日底前后]"
)
# “滞后的项目比上月减少4个” says by how many they are fewer, and not how many they are.
_CHANGED_BY = re.compile(
    r"(?:比|较|同比|环比)[^，。；、]{0,14}(?:[减增][少加多长]|净[增减]|[多少]|下降|上升|回落|回升|压[减降])了?\s*$"
)
_CLASS_TAIL = re.compile(r"(?:类|领域|方面|板块|行业|系统|战线)$")
_TOPIC = re.compile(r"[\u4e00-\u9fff]{2,10}")
_THINGS = re.compile(r"^[个项](?:重点)?(?:项目|工程|任务)")
# What a plan's projects are parted into beside new ones: classes, though they are being built.
_CARRIED_ON = re.compile(r"续建|结转|跨年度?|接续|延续")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A run of clauses about one subject; ``text`` has what stands elsewhere blanked out."""

    start: int
    text: str


_PLANNED = re.compile(r"(?:年度|全年|本年|投资)?计划(?:投资)?$")
# “年度计划3.32亿元，已全部完成”: the plan's amount is what was done, too.
_ALL_DONE = re.compile(
    r"[，,](?P<done>(?:现|目前|到\w{2,5}底)?(?:均|都)?已经?(?:全部|全额|足额|如数)完成)(?:投资)?(?=[，,。；;]|$)"
)


def read_figures(document: Document, view: View, lines: Sequence[Span]) -> list[Figure]:
    """Return the figures of a document's paragraphs (clean spans), in order."""
    found: list[Figure] = []
    as_of: Words | None = None
    for start, end in lines:
        inner = View(view.text[start:end], view.offsets[start:end])
        part, topic = "", _topic(document, view, start)
        for a, b in sentences(inner):
            span = (start + a, start + b)
            as_of = as_of_in(view, *span) or as_of
            # “新建项目30个，总投资……。其中竣工1个”: goes on with that class.
            above = part if view.text.startswith("其中", span[0]) else topic
            own: list[Figure] = []
            for segment in _segments(view.text, *span):
                own += _read_segment(document, view, segment, span, as_of, above)
            parts_said = {figure.part for figure in own}
            part = parts_said.pop() if len(parts_said) == 1 else ""
            topic = ""
            found += own
    return found


def _topic(document: Document, view: View, start: int) -> str:
    """Return the class that a heading names and the paragraph right below it begins with.

    “三、工业” above “工业仍是投资的大头，13个项目年度计划投资14.9亿元”; empty where there is none.
    """
    ends = [s for s in document.sections if s.heading_end <= view.offsets[start]]
    above = max(ends, key=lambda section: section.heading_end, default=None)
    name = bare_heading(above.heading) if above else ""
    if above is None or not _TOPIC.fullmatch(name) or status_of(name, heading=True):
        return ""
    between = view.text[bisect_left(view.offsets, above.heading_end) : start]
    return name if view.text.startswith(name, start) and not between.strip() else ""


def _segments(text: str, start: int, end: int) -> Iterator[_Segment]:
    """Yield the segments of a sentence; a parenthesis with figures is one of its own."""
    outer = list(text[start:end])
    at = start
    while at < end:
        if text[at] in "（(":
            stop = closing(text, at, end)
            if stop > at:
                inside = text[at + 1 : stop]
                if re.search(r"\d", inside):
                    yield from _segments(text, at + 1, stop)
                outer[at - start : stop + 1 - start] = "\u3000" * (stop + 1 - at)
                at = stop
        at += 1
    blank = "".join(outer)
    for low, high in parts(blank, 0, len(blank), "；;"):
        if re.search(r"[\d０-９]", blank[low:high]):
            yield _Segment(start + low, blank[low:high])


def _read_segment(
    document: Document,
    view: View,
    segment: _Segment,
    sentence: Span,
    as_of: Words | None,
    part: str,
) -> Iterator[Figure]:
    """Yield the figures of a segment; ``part`` is the class that the sentence before is about."""
    subject, status = "", Status()
    base_words = ""
    whole: float | None = None  # the last count before “其中”
    among = view.text[sentence[0] : segment.start].rstrip("（(").endswith("其中")
    for low, high in parts(segment.text, 0, len(segment.text), "，,。"):
        clause = segment.text[low:high]
        if len(clause) > MAX_CLAUSE or not clause.strip():
            continue
        among = among or "其中" in clause
        own = status_of(re.sub(r"占[^，。；]*", "", clause), heading=True)
        counts = list(_counts(clause))
        several = len(counts) > 1
        named: set[str] = set()
        if counts and own:
            subject, status = (
                _TRIM.sub("", re.sub(r"\d+(?:个|项)", "", clause)).strip("\u3000 "),
                own,
            )
        elif own and not status:
            status = own
        if _RATE.match(clause):  # “59个已经动工，动工率86.8％，累计完成……”: what follows is of all
            subject, status = "", Status()
        at = segment.start + low
        for number, unit, value, before in _numbers(clause, counts):
            if unit in "个项":
                part = _part(before, part, own)
                named.add(part)
            measure = _measure(before, clause, number, unit)
            # “其中竣工5个、在建12个”: each part says its own status.
            said = status
            if unit in "个项" and _CHANGED_BY.search(before):
                said = Status()
            elif unit not in ("万元", "%") and several:
                said = _part_status(clause, number, counts)
            elif unit == "万元" and among:
                said = status_of(before.rsplit("、", 1)[-1], heading=True) or status
            base, base_value, base_unit = _base(clause, number, unit)
            if unit == "%" and base is None:
                continue
            span = (at + number[0], at + number[1])
            base_words = clause[slice(*base)] if base else ""
            figure = Figure(
                document=document.ordinal,
                start=view.span(*_stripped(view.text, at, at + len(clause)))[0],
                end=view.span(*_stripped(view.text, at, at + len(clause)))[1],
                number=Words(view.text[slice(*span)], (view.span(*span),), value),
                unit=unit,
                value=value,
                measure=measure,
                subject=subject,
                stage=said.stage,
                progress=said.progress,
                base=Words(base_words, (view.span(at + base[0], at + base[1]),)) if base else None,
                base_value=base_value,
                base_unit=base_unit,
                as_of=as_of,
                sentence=view.span(*sentence),
                among=among and at + number[0] > view.text.find("其中", segment.start),
                part=part,
            )
            yield figure
            done = _ALL_DONE.match(segment.text, low + number[1])
            if done and unit == "万元" and _PLANNED.search(measure):
                end = view.span(at, segment.start + done.end("done"))[1]
                yield replace(figure, end=end, measure="完成投资")
        # “64个，其中续建37个、新建27个，年度计划投资42亿元”: that of all
        if "其中" in clause and several and sum(count for *_, count in counts) == whole:
            subject, status, among = "", Status(), False
        if counts and not among:
            whole = counts[-1][2]
        if len(named - {""}) > 1:  # “产业类26个、民生类20个，年度计划投资42亿元”: that of all
            part = ""


def _part(before: str, known: str, own: Status) -> str:
    """Return the class that a count is said of by the words before it; empty where it is none.

    “产业项目33个，已开工28个”: a count without a noun is of the class ``known`` before it.
    """
    match = _PART.search(before.strip())
    if match is None or not (match["noun"] or _CLASS_TAIL.search(match["part"])):
        return known
    if (own and not _CARRIED_ON.fullmatch(match["part"])) or _NO_PART.search(match["part"]):
        return ""
    return match["part"]


def _part_status(clause: str, number: Span, counts: Sequence[tuple[Span, str, float]]) -> Status:
    """Return the status of one of several counts in a clause: what its own part of it says.

    “30个项目开工26个、未开工4个”: the total before says none, the parts say theirs.
    """
    low = clause.rfind("、", 0, number[0]) + 1
    high = clause.find("、", number[1])
    high = high if high >= 0 else len(clause)
    here = [span for span, _, _ in counts if low <= span[0] < high]
    place = here.index(number)
    begin = here[place - 1][1] if place else low
    end = high if len(here) == 1 else number[1]
    return status_of(clause[begin:end], heading=True)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \u3000\n，,":
        start += 1
    while end > start and text[end - 1] in " \u3000\n":
        end -= 1
    return start, end


def _counts(clause: str) -> Iterator[tuple[Span, str, float]]:
    for match in COUNTED.finditer(clause):
        more = re.search(r"^\s*[多余]", clause[match.end("number") : match.end()])
        unit = clause[match.end("number") : match.end()].strip("多余 ")
        hedge = _HEDGE.search(clause, max(0, match.start() - 3), match.start("number"))
        start = hedge.start() if hedge else match.start("number")
        end = match.end("number") + (more.end() if more else 0)
        yield (start, end), unit or "个", float(chinese_count(match["number"]))


def _numbers(
    clause: str, counts: Sequence[tuple[Span, str, float]]
) -> Iterator[tuple[Span, str, float, str]]:
    """Yield (span, unit, value, words before) of counts, amounts and shares, in order.

    The base of a share (“占计划62.78亿元的19.9％”) is no figure of its own.
    """
    found: list[tuple[Span, str, float]] = []
    for span, unit, value in counts:
        found.append((span, unit, value))
    for amount in amounts(clause):
        if re.search(r"占[^，。；]{0,24}$", clause[: amount.start]):
            continue
        found.append(((amount.start, amount.end), "万元", amount.value))
    for share in percents(clause):
        found.append(((share.start, share.end), "%", share.value))
    previous = 0
    for span, unit, value in sorted(found):
        yield span, unit, value, clause[previous : span[0]]
        previous = span[1]


def _measure(before: str, clause: str, number: Span, unit: str) -> str:
    """Return what is counted or measured: the noun behind a count, the words before an amount."""
    if unit in ("万元", "%"):
        words = _THINGS.sub("", _MEASURE_EDGE.split(before.strip())[-1])
        return _TRIM.sub("", words)
    after = re.match(r"(?:多|余)?.(?P<what>[^，。；、的已未占\d]{0,8})", clause[number[1] :])
    return after["what"].strip() if after else ""


def _base(clause: str, number: Span, unit: str) -> tuple[Span | None, float | None, str]:
    """Return the span of what a share is a share of, and its own number, if it is there."""
    if unit != "%":
        return None, None, ""
    before = clause[: number[0]]
    match = _BASE.search(before)
    span = match.span("base") if match else None
    if match is None:
        other = _OF_PLAN.search(before)
        if other is None:
            return None, None, ""
        span = other.span("base") if other["base"] is not None else other.span("rate")
    assert span is not None
    words = clause[slice(*span)]
    amount = next(amounts(words), None)
    if amount:
        return span, amount.value, "万元"
    counted = next(_counts(words), None)
    if counted:
        return span, counted[2], counted[1]
    return span, None, ""
