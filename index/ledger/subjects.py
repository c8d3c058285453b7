"""Sentences that say where named projects stand: “A、B两个项目因征地未完成，至今未开工”.

All spans here are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.ledger.causes import cause_and_result
from index.ledger.names import is_generic, looks_named
from index.ledger.prose import chinese_count, owner_at, read_listing
from index.ledger.reasons import reason_kind
from index.ledger.records import Span
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.units import are_units, is_office, is_strong_unit
from index.sentences import parts

MIN_MEASURED = 4  # characters of a name that but amounts are told of
MAX_SUBJECT = 160  # characters
_NUMERALS = "一二两三四五六七八九十"
_CLASS = re.compile(
    rf"^全[市区县]|[\d{_NUMERALS}]+(?:个|项|家|类)|重点|重大|(?:类|领域|板块|级)(?:项目|工程)?$"
)
_MEASURED = re.compile(
    r"(?:已|累计|实际)*完成(?:固定资产)?投资[约近]?[\d.．０-９]+[万亿]?元[^。；]{0,12}(?:占|超|为|达|是|完成)"
    r"[^。；]{0,12}(?:计划|目标|任务|总投资)"
)
_OPENING = re.compile(
    r"(?:\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?(?:其中|另外|此外|同时|目前|\*\*[^*]{2,20}\*\*"
    r"|(?:今年|本年|本期|去年)(?:实施|安排|建设|新建|开工)的"
    r"|[^，。；、]{0,16}(?:项目|任务|工程|事项)(?:当)?中(?=[，,])|截至[^，]{1,14}|(?:经|据)?(?:督查|检查|核查|巡查|调查|了解|调度|统计|查)(?:组)?(?:发现|显示|反映|了解)?(?=[，,：:])|特别是|如|比如|例如|但|而"
    r"|仅(?:有|剩)?(?!仅)|[只唯](?:有|剩)|尚[余剩]"
    r"|[一二三四五六七八九]是)[，,：:]?)*"
)
_CAUSE = re.compile(
    r"(?:因为?|由于|受|鉴于)(?P<why>[^，。；]{2,60}(?:，[^，。；]{2,40})??)(?:等?(?:的)?(?:影响"
    r"|制约|限制|原因))?[，,]"
)
# What stands between the names and the predicate: “等3个项目”, “（资金困难）”.
_TAIL = re.compile(
    rf"(?P<tail>等?(?<!\d)(?P<count>[{_NUMERALS}\d]+)(?:个|项|处|条"
    rf"|家)(?:[^，。；、]{{0,10}}?(?:项目"
    rf"|工程|任务|事项))?|等[^，。；、]{{0,6}}(?:项目|工程)|)"
    r"(?:[（(](?P<note>[^（）()]{1,60})[）)])?[，,]?(?:在[^，。；：、]{2,16}(?<=[位成批付决复毕])(?:之|以)?后[，,])?"
    r"(?=目前|迟迟|现(?!代|场|有)|当前|至今|截至|仍|均|都|全部|尚|已|正(?!式|常|大)|正常(?=推进|施工|建设|进行)|有序推进|顺利推进|未|没有|没能|因"
    r"|由于|受(?!理|益)|停工|停建|停滞|停摆|进展|进度|推进(?!会)|完成|处于|基本|按(?!揭)|提前"
    r"|暂|一直|滞后|超|达到|建成|竣工|主体|取消|终止|不再|全面|如期|开工(?!建设|项目|率)|于\d"
    r"|累计|较|严重|(?<![，,])(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底初]|[上中下]旬)?(?![\d前至—\-]))"
)
_COMMA = re.compile(r"(?P<tail>)(?P<count>)(?P<note>)[，,]")
_CLAUSE = re.compile(r"(?P<why>[^，。；、]{3,24})[，,]")
_CAUSAL = re.compile(r"因|由于|受(?!理|益)|原因")
_OTHERS = re.compile(r"[，,；;](?=但|而|同时|还有|另|其余|其他|其中|仍有|尚有|有的)")
_OWNER = re.compile(r"[（(](?P<unit>[^（）()]{2,30})[）)]$")
_JOINED = re.compile(r"以及|和|及|与")
_NO_NAME = re.compile(
    r"[，。：:；？！]|(?:仍|尚|还|只|共|现|都|已)有$|^(?:要|至|到|在|以|从)(?![A-Za-z])|\d+(?:个|项|家|件)$|等(?:项目|工程|工作)?$"
    r"|^全[省市县区镇乡]|\d个?(?:重点)?项目中|(?:滞后|停工|停滞)$|的$|^\d+[.．、]|^(?:结合|围绕|依托|利用|借助|通过|按照|根据|针对|靠|自\d|已(?!建))|(?:各|就|中|共|只)有$|[有计]\d+(?:个|项)(?:项目|工程)$"
    r"|得[很好快慢不]"
)


# Trades of one building site, not projects (“厂区主体工程”).
_PART_OF_ONE = re.compile(
    r"^.{0,4}(?:主体|土建|安装|装修|装饰|桩基|基础|附属|收尾|前期)(?:结构|施工|建设)?(?:工程|工作|项目)?$"
)
# What a project waits for, and no project: “能耗指标”, “用地”, “环评批复”.
_AWAITED = (
    r"(?:指标|土地|用地|地块|资金|资本金|经费|贷款|债券|融资|缺口|手续|审批|批复|许可证?|核准|备案|可研|初设|图纸|施工图|方案"
    r"|环评|能评|安评|洪评|调概|概算|预算|红线|选址|规划|征[地拆收迁]|拆迁|迁改|安置|补偿|招标|合同|股权|电力|用[电水气林海]|水电|管线)"
)
_OF_AWAITED = re.compile(
    rf"[^，。；：、]{{0,6}}{_AWAITED}(?:问题|工作)?(?:$|[于在已也均都尚还仍未没]|至今|目前|全部)"
)
# “A的用地已获批复，项目于9月动工”: the second half says where A stands.
_WAITED = re.compile(
    rf"(?P<name>[^，。；：、的]{{3,30}})的[^，。；：、的]{{0,6}}{_AWAITED}[^。；]{{0,60}}?[，,]"
    r"(?=(?:目前|现|该|本|至今|整个)*(?:项目|工程)(?:已|于|在|正|仍|尚|还|未|没|至今|目前|现|将|迟迟|全面|正式|\d|[停复开动]工))"
)
# “A和B由慢于序时转为与序时持平”, “C转为快于序时”.
_TURNED = re.compile(
    r"(?P<names>[^，。；：]{3,80}?)(?:均|都|也|又|现|已经?)*(?:[由从](?P<before>[^，。；：、由从]{2,12}?))?"
    r"(?:转为|转成|转到|变为|变成|升为|升至|降为|降至|退为)(?:了)?(?P<after>[^，。；：、]{2,12})(?=[，。；：]|$)"
)
_Named = tuple[Span, "Span | None"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Named projects and what a sentence says of them all.

    ``said`` is the predicate's span, ``reason`` that of the cause, if one is
    given before it. ``announced`` is the number of “等3个项目”, ``units`` the
    owner of each name (“区交通局的A”), where owners are given.
    """

    names: tuple[Span, ...]
    said: Span
    status: Status
    reason: Span | None
    announced: tuple[Span, int] | None = None
    units: tuple[Span | None, ...] = ()


def read_statement(text: str, start: int, end: int, *, lenient: bool = False) -> Statement | None:
    """Return the statement that ``text[start:end]``, up to a ；, makes of named projects.

    With ``lenient`` any words before the predicate may be a name: something else
    must prove that they are.
    """
    measured = _MEASURED.search(text, start, end)
    if not measured and not status_of(text[start:end]):
        return None
    opening = _OPENING.match(text, start, end)
    low = opening.end() if opening else start
    while low < end and text[low] in " \t\u3000*":
        low += 1
    reason: Span | None = None
    if passed := _waited(text, low, end) or _turned(text, low, end):
        return passed
    first = _CAUSE.match(text, low, end) or _leading_cause(text, low, end)
    if first:
        reason, low = first.span("why"), first.end()
    owned = owner_at(text, low, end)
    for stop in range(low + 2, min(end, low + MAX_SUBJECT)):
        tail = _TAIL.match(text, stop, end) or (_COMMA.match(text, stop, end) if owned else None)
        if not tail:
            continue
        noted = tail.span("note") if tail["note"] and are_units(tail["note"]) else None
        whole = bool(tail["tail"] or noted or lenient)
        read = _owned if owned else _bare_names
        found = read(text, low, stop, whole=whole, counted=bool(tail["count"] or noted or lenient))
        if noted and found and found[-1][1] is None:
            found[-1] = (found[-1][0], noted)
        # “……，但还有半数未完成” is said of others.
        other = _OTHERS.search(text, tail.end(), end)
        stop_said = other.start() if other else end
        status = status_of(text[tail.end() : stop_said])
        told = status or (len(found) == 1 and _tells_amounts(text, found[0][0], tail.end()))
        if not found or not told:
            continue
        if reason is None and tail["note"] and not noted:
            reason = tail.span("note")
        if reason is None and (cause := cause_and_result(text, tail.end(), stop_said)):
            reason, result = cause
            status = status_of(text[slice(*result)])
        if reason is None:
            reason = told_before(text, tail.end(), stop_said, status)
        count = (tail.span("count"), chinese_count(tail["count"])) if tail["count"] else None
        names, units = zip(*found, strict=True)
        return Statement(names, (tail.end(), stop_said), status, reason, count, units)
    return None


def _waited(text: str, start: int, end: int) -> Statement | None:
    """Return what a sentence says of a project after telling of what it waited for."""
    match = _WAITED.match(text, start, end)
    if match is None or not _is_name(match["name"]) or not looks_named(match["name"]):
        return None
    status = status_of(text[match.end() : end])
    if not status or is_office(match["name"]):
        return None
    return Statement((match.span("name"),), (match.end(), end), status, None, None, (None,))


def _turned(text: str, start: int, end: int) -> Statement | None:
    """Return what a sentence says of projects that passed from one state into another."""
    match = _TURNED.match(text, start, end)
    if match is None or not status_of(match["after"], heading=True):
        return None
    # Two states told apart prove that what stands before them is named.
    sure = bool(match["before"] and status_of(match["before"], heading=True))
    names = _names(text, *match.span("names"), whole=sure, counted=sure, owners={})
    if not names or (match["before"] and not sure) or is_office(match["names"]):
        return None
    status = status_of(match["after"], heading=True)
    return Statement(names, match.span("after"), status, None, None, (None,) * len(names))


def _tells_amounts(text: str, name: Span, at: int) -> bool:
    """Tell whether a project's done investment and its share follow right behind its name."""
    words = text[slice(*name)]
    sure = len(words) >= MIN_MEASURED and looks_named(words) and not _CLASS.search(words)
    sure = sure and not is_strong_unit(words)
    return sure and bool(_MEASURED.match(text, at))


def _leading_cause(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return a first clause that says what is wrong, where an owner's projects follow it."""
    match = _CLAUSE.match(text, start, end)
    if match and reason_kind(match["why"]) not in (None, "other"):
        return match if owner_at(text, match.end(), end) else None
    return None


def told_before(text: str, start: int, end: int, status: Status) -> Span | None:
    """Return the clauses before the status that say why (“施工图改了五稿，至今落后”)."""
    late = status.stage in ("not_started", "suspended", "cancelled") or status.progress == "behind"
    span = status.stage_span if status.stage else status.progress_span
    if not late or span is None:
        return None
    before = [(a, b) for a, b in parts(text, start, end, "，,") if b <= start + span[0]]
    told = [a for a, b in before if reason_kind(text[a:b]) not in (None, "other")]
    if not told or _CAUSAL.search(text, start, end):
        return None
    return told[0], before[-1][1]


def _owned(text: str, start: int, end: int, *, whole: bool, counted: bool) -> list[_Named]:
    """Return the names that owners head (“区交通局的A、区住建局的B”), each with its owner."""
    items = read_listing(text, start, end).items
    good = all(
        item.unit is not None
        and len(item.name) == 1
        and _is_name(text[slice(*item.name[0])])
        and not _OF_AWAITED.match(text[slice(*item.name[0])])
        for item in items
    )
    return [(item.name[0], item.unit) for item in items] if good else []


def _bare_names(text: str, start: int, end: int, *, whole: bool, counted: bool) -> list[_Named]:
    owners = _owners(text, start, end)
    names = _names(text, start, end, whole=whole, counted=counted, owners=owners)
    return [(name, owners.get(name)) for name in names]


def _owners(text: str, start: int, end: int) -> dict[Span, Span]:
    """Return the unit that stands in brackets behind each name, by the name before it."""
    found: dict[Span, Span] = {}
    for a, b in parts(text, start, end, "、"):
        match = _OWNER.search(text, a, b)
        if match and are_units(match["unit"]):
            found[a, match.start()] = match.span("unit")
    return found


def _is_name(name: str) -> bool:
    open_bracket = any(name.count(x) != name.count(y) for x, y in ("（）", "“”", "()"))
    return not (
        is_generic(name)
        or is_status_only(name)
        or not 2 < len(name) <= 45
        or _NO_NAME.search(name)
        or _PART_OF_ONE.search(name)
        or open_bracket
    )


def _names(
    text: str, start: int, end: int, *, whole: bool, counted: bool, owners: dict[Span, Span]
) -> tuple[Span, ...]:
    """Return the spans of the names; nothing where one of them cannot be a name.

    ``whole`` tells that “等N个项目” follows, so that the names need no ending of
    their own; those with ``owners`` behind them need none either.
    """
    stops = {unit[1] + 1: name for name, unit in owners.items()}
    spans: list[Span] = []
    pieces = list(parts(text, start, end, "、"))
    for n, (a, b) in enumerate(pieces):
        last = n == len(pieces) - 1 and (whole or n > 0)
        owned = stops.get(b)
        spans += [owned] if owned else _joined(text, a, b) if last else [(a, b)]
    if not all(_is_name(text[a:b]) for a, b in spans):
        return ()
    named = sum(span in owners or looks_named(text[slice(*span)]) for span in spans)
    if whole and not counted and named < 0.5 * len(spans):
        return ()  # “交通道路、社会事业等项目”: kinds of projects, not projects
    if spans and not whole and spans[-1] not in owners and not looks_named(text[slice(*spans[-1])]):
        return ()
    return tuple(spans)


def _joined(text: str, start: int, end: int) -> list[Span]:
    for match in _JOINED.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if len(left) >= 3 and len(right) >= 3 and (looks_named(left) or looks_named(right)):
            return [(start, match.start()), (match.end(), end)]
    return [(start, end)]
