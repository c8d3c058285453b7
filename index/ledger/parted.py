"""Lists parted under heads that count: “道路方面7个：甲、乙；丙。桥梁方面3个：丁、戊、己”.

A head says of what follows whose it is (“区水务中心3个，即”), why it stands still (“卡在钱上的
2个：”) or of which kind it is; the heads' numbers sum up to the number of the whole, which proves
the parting. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.ledger.owners import OWNS, is_owner
from index.ledger.prose import COUNTED, Item, chinese_count, is_hedged
from index.ledger.reasons import reason_kind
from index.ledger.records import Span

MAX_HEADS = 40  # in one list
MAX_BEFORE = 160  # characters before the first head: what is said of the whole
MAX_PARTINGS = 12  # of one list that are tried
_MARKS = (
    r"(?:[\s—－\-•·●◆■▪□○◇▲△▶➢★☆*]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[一二三四五六七八九十\d]{1,2}[、.．](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九]是|其中"
    r"|(?:从|按照?|以|依)[^，。；：:、\d]{1,14}?(?:看|归口|划分|分|统计|汇总|为序|排序|排列|归类)[，,])*"
)
_MONTH = r"\d{1,2}月(?:份|[上中下]旬)?"
# “从拖慢工期的原因看，”: the heads behind it are causes, whatever they say.
_BY_CAUSE = re.compile(
    r"(?:从|按照?|以|依)[^，。；：:]{0,12}(?:原因|成因|症结)[^，。；：:]{0,4}[，,]"
)
_HEAD = re.compile(
    rf"(?:(?<=[。；;\n])|^){_MARKS}"
    rf"(?P<words>(?:因|受|由于)[^，,。；;：:（）()\d]{{2,30}}?的|{_MONTH}|[^，,。；;：:、（）()\d]{{2,24}}?)"
    rf"{OWNS}[（(]?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:个|项|件|处|座|条)(?:项目|工程|任务|事项)?[）)]?"
    r"(?:[，,]?(?:分别|具体|依次)?(?:即|为|是|有|包括|涉及|如下)[：:]?|[：:，,。]|(?=\n|$))"
)
# “受征地影响的有A、B、C等3个”: the names stand between the head and its number.
_HEAD_AROUND = re.compile(
    rf"(?:(?<=[。；;\n])|^){_MARKS}"
    r"(?P<words>(?:因|受|由于)[^，,。；;：:（）()、\d]{2,30}?的|[^，,。；;：:、（）()的\d]{2,16}?(?=方面))(?:方面)?(?:项目|工程)?"
    r"(?:共|还|也)?(?:有|是|为|包括)[：:]?(?P<names>[^，,。；;：:\d]{2,}?)等"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:个|项|件|处|座|条)(?:项目|工程)?(?=[，,。；;]|$)"
)
# “还有2个是施工单位的问题，”: the number before the head.
_HEAD_BEHIND = re.compile(
    rf"(?:(?<=[。；;\n])|^){_MARKS}(?:还|另|其余|其他|剩余)(?:外)?有?(?P<number>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})"
    r"\s*(?:个|项|件|处|座|条)(?:项目|工程)?(?:主要)?(?:是|属于?|卡在)(?P<words>[^，,。；;：:、（）()\d]{2,20}?(?:问题|原因|因素))[，,：:]"
)
# “另外3家各有1个：”: as many owners as projects.
_HEAD_EACH = re.compile(
    rf"(?:(?<=[。；;\n])|^){_MARKS}(?P<words>(?:另外?|其余|其他|剩下|余下|还有)的?(?P<number>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
    r"\s*(?:家|个单位|个部门|个街道|个乡?镇|家单位|家企业))(?:各|每家|都|均)(?:有|是|占)?[1一]个(?:项目)?[：:，,。]"
)
# “；再加上供电公司的某工程”: the last one of a list, with its owner and without a number.
_HEAD_LAST = re.compile(
    r"(?<=[；;。\n])\s*(?:再加上|另外?加上|外加|加上|再就是|再有就是|最后是|再一个是|还有就是)(?P<words>[^，。；、：:（）()的\d]{2,20})的(?=[^，。；]{3})"
)
# “区交通局2个（某桥，正在招标；某路），区水务局1个（某渠）”: what it has stands in brackets.
_HEAD_WRAPPED = re.compile(
    rf"(?:(?<=[。；;，,、：:\n])|^){_MARKS}(?P<words>[^，,。；;：:、（）()\d]{{2,20}}?)(?:的?(?:共|有)?)?"
    r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:个|项|件|处|座|条)(?:项目|工程|任务|事项)?"
    r"[（(](?P<names>(?:[^（）()]|[（(][^（）()]*[）)])+)[）)](?=[，,、。；;]|\s*$|\n)"
)
# What counts no part of the list: sums, what is new, what is demanded.
_NO_HEAD = re.compile(r"全部|所有|合计|总共|截至|其中|新增|力争|确保|上述|以上|本类|此类|这[一些]")
_CAUSE = re.compile(
    r"^(?:因为?|由于|受|属于?|卡在)?(?P<why>.{2,}?)(?:影响|制约|限制|等?原因|的?(?:问题|原因|因素)|(?<![跟赶追])(?<![跟赶追]不)上|方面)?(?:而|没有开工|未开工)?"
    r"(?:而?(?:进展|推进|进度|施工)?(?:迟缓|缓慢|滞后|不快|停滞)|停工)?的?$"
)
_SLOW = re.compile(r"(?:迟缓|缓慢|不快|滞后)(?=的$)")
_REST = re.compile(r"^(?:其余|其他|另外?|剩余|剩下|余下|还有|还剩|最后)")


@dataclass(frozen=True, slots=True)
class Part:
    """A head and what stands under it: its words, its number, and the stretch of text.

    ``cause`` tells that the list is parted by why its projects are late, ``wrapped``
    that the stretch stands in brackets behind the number.
    """

    words: Span
    number: int
    body: Span
    cause: bool = False
    wrapped: bool = False


def partings(text: str, start: int, end: int, number: int) -> Iterator[tuple[Span, list[Part]]]:
    """Yield the ways to part ``text[start:end]`` under heads that sum up to ``number``.

    Each with the stretch before the first head. A head within another's part is left
    to that part.
    """
    heads = list(islice(_heads(text, start, end), MAX_HEADS))
    for chosen in islice(_chosen(heads, 0, number, set()), MAX_PARTINGS):
        if len(chosen) == 1 and chosen[0].number == number and not _says(text, chosen[0].words):
            continue
        if chosen[0].words[0] - start > MAX_BEFORE:
            continue
        stops = [head.words[0] for head in chosen[1:]] + [end]
        before = _before(text, start, chosen[0].words[0])
        cause = _BY_CAUSE.search(text, before, chosen[0].words[0]) is not None
        parts = [
            replace(head, body=_body(text, head, stop), cause=cause)
            for head, stop in zip(chosen, stops, strict=True)
        ]
        yield (start, before), parts


def _body(text: str, head: Part, stop: int) -> Span:
    """Return what stands under a head: its brackets, or all up to the next one."""
    return head.body if head.wrapped else (head.body[0], _before(text, head.body[0], stop))


def _heads(text: str, start: int, end: int) -> Iterator[Part]:
    around = {m.start("words"): m for m in _HEAD_AROUND.finditer(text, start, end)}
    behind = {m.start(): m for m in _HEAD_BEHIND.finditer(text, start, end)}
    found = {m.start("words"): m for m in _HEAD.finditer(text, start, end)}
    each = {m.start("words"): m for m in _HEAD_EACH.finditer(text, start, end)}
    last = {
        m.start("words"): m for m in _HEAD_LAST.finditer(text, start, end) if is_owner(m["words"])
    }
    wrapped = {
        m.start("words"): m
        for m in _HEAD_WRAPPED.finditer(text, start, end)
        if is_owner(m["words"])
    }
    for place in sorted({*around, *behind, *found, *each, *last, *wrapped}):
        if own := wrapped.get(place):
            number = chinese_count(own["number"])
            yield Part(own.span("words"), number, own.span("names"), wrapped=True)
            continue
        if one := each.get(place) or last.get(place):
            number = chinese_count(one["number"]) if place in each else 1
            yield Part(one.span("words"), number, (one.end(), one.end()))
            continue
        if other := around.get(place) or behind.get(place):
            body = other.start("names") if place in around else other.end()
            yield Part(other.span("words"), chinese_count(other["number"]), (body, body))
            continue
        match = found[place]
        counted = COUNTED.search(text, match.start("number"), match.end() + 2)
        if _NO_HEAD.search(match["words"]) or (counted and is_hedged(text, counted)):
            continue
        number = chinese_count(match["number"])
        if number:
            yield Part(match.span("words"), number, (match.end(), match.end()))


def _chosen(
    heads: Sequence[Part], first: int, number: int, dead: set[tuple[int, int]]
) -> Iterator[list[Part]]:
    """Yield the heads, in order, whose numbers sum up; those left out stand within a part.

    ``dead`` are the places and numbers from which nothing sums up.
    """
    if number == 0:
        yield []
        return
    # What stands behind a part begins with the next head; the first part may begin anywhere.
    for place in (
        range(first, len(heads)) if first == 0 else range(first, min(first + 1, len(heads)))
    ):
        head, found = heads[place], False
        if head.number > number or (place, number) in dead:
            continue
        for behind in dict.fromkeys((place + 1, _behind(heads, place))):
            for rest in _chosen(heads, behind, number - head.number, dead):
                found = True
                yield [head, *rest]
        if not found:
            dead.add((place, number))


def _behind(heads: Sequence[Part], place: int) -> int:
    """Return the place of the next head if those before it take this one's number apart."""
    inside, at = 0, place + 1
    while at < len(heads) and inside + heads[at].number <= heads[place].number:
        inside += heads[at].number
        at += 1
        if inside == heads[place].number:
            return at
    return place + 1


def _before(text: str, low: int, high: int) -> int:
    """Return where a stretch ends before a head and the marks in front of it."""
    while high > low and text[high - 1] not in "。；;\n":
        high -= 1
    return high


def _says(text: str, words: Span) -> bool:
    """Tell whether a head says of its projects whose they are or why they stand still."""
    return is_owner(text[slice(*words)]) or reason_of(text, words) is not None


def reason_of(text: str, words: Span, *, sure: bool = False) -> Span | None:
    """Return the words of a head that say why its projects stand still.

    ``sure`` where all heads beside it do: then it may be a reason of any kind.
    """
    cause = _CAUSE.match(text[slice(*words)])
    if cause is None or is_owner(text[slice(*words)]):
        return None
    kind = "sure" if sure else reason_kind(cause["why"])
    plain = kind is None or (
        kind == "other" and not re.search(r"影响|原因|问题|上的$", text[slice(*words)])
    )
    low, high = words[0] + cause.start("why"), words[0] + cause.end("why")
    slow = _SLOW.match(text, high, words[1])  # “资金拨付迟缓的”: that it is slow is the reason
    return None if plain else (low, slow.end() if slow else high)


def under(text: str, head: Part, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with what their head says of them."""
    words = text[slice(*head.words)]
    if is_owner(words):
        return tuple(item if item.unit else replace(item, unit=head.words) for item in items)
    if not _REST.match(words) and (why := reason_of(text, head.words, sure=head.cause)):
        return tuple(
            replace(item, notes=item.notes or (why,), cause=item.cause or why) for item in items
        )
    if _REST.match(words):
        return tuple(items)
    return tuple(item if item.group else replace(item, group=head.words) for item in items)
