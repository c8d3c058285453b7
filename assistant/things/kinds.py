"""Values by their kind, as running text and cells write them: dates, people, units, quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.texts.speakers import is_name
from index.ledger.quantities import quantities

Kind = Literal[
    "date", "person", "body", "quantity", "money", "sort", "state", "why", "who", "place"
]
Span = tuple[int, int]

_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|初|末)?|(?:19|20)\d\d年(?:底|初|[上下]半年|\d季度)?"
    r"|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?|立行立改|立即|年底前|\d+个工作日"
)
_COMPOUND = "欧阳|上官|司马|诸葛|申屠|闻人|司徒|慕容|皇甫|令狐|宇文|长孙|尉迟|东方|公孙|端木"
_PERSON = re.compile(rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}})")
# What a name of a person stands behind, and what follows it.
_INTRODUCED = re.compile(
    r"(?:[人员]|领导|[区县市镇乡局院所处科股厂校部组队站行]长|书记|主任|科长|经理|主席|专员|为|由|是|系|[：:、，；])\s*$"
)
_FOLLOWED = re.compile(
    r"\s*(?:$|[，。；、（）()]|同志|任|担任|负责|牵头|带队|主持|驻点|接任|包案|变更|调整|为)"
)
_BODY = re.compile(
    r"[\u4e00-\u9fff（）()]{1,18}?(?:管理局|分局|局|委员会|管委会|委(?![托员派屈])|办公室|事务所|指挥部|(?<=[一-龥]{2})办(?![理法公结事])|中心|公司|集团"
    r"|街道办事处|街道|人民政府|政府|(?<=[一-龥])[镇乡](?![村上])|学院|大学|医院|法院|检察院|银行|社区|村委会|协会|专班|支队|大队)"
)
_GOVERNS = re.compile(
    r"[由给向被让请为是报至到从同和与对元于]|经(?![济贸开信营])|责任单位|牵头|会同|另有"
)
_MONEY = re.compile(r"元$")
# Where something is: what follows “在”, up to the end of its clause.
_PLACE = re.compile(
    r"(?:(?<![存现正旨不])(?<!(?<!落)实)在|位于|迁[到至往]|搬[到至]|改到|设于|选址[于在：:]?|落户)"
    r"(?P<at>[\u4e00-\u9fff“”（）()\d]{2,20}?)(?=$|[，,。；;：:、]|[建办设存堆修进投]|举[行办]|召开|开工)"
)


def is_person(words: str) -> bool:
    """Tell whether words are one person's name."""
    return is_name(words) or bool(re.fullmatch(rf"(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}", words))


def values_in(text: str, kind: Kind, unit: str = "") -> Iterator[Span]:
    """Yield where a text holds a value of a kind; ``unit`` narrows quantities to its own."""
    if kind == "date":
        yield from (m.span() for m in _DATE.finditer(text))
    elif kind == "person":
        yield from _people(text)
    elif kind == "body":
        yield from _bodies(text)
    elif kind == "place":
        yield from (m.span("at") for m in _PLACE.finditer(text))
    elif kind == "who":
        yield from _people(text)
        yield from _bodies(text)
    elif kind == "money":
        yield from ((q.start, q.end) for q in quantities(text) if _MONEY.search(q.unit))
    elif kind == "quantity":
        yield from (
            (q.start, q.end)
            for q in quantities(text)
            if (q.unit == unit or unit in _SAME.get(q.unit, "")) and q.unit not in "%元"
        )


_SAME = {
    "公里": "米里千米",
    "千米": "米公里",
    "名": "人位",
    "人": "名位",
    "位": "人名",
    "户": "家",
    "家": "户",
}


def _bodies(text: str) -> Iterator[Span]:
    """Yield the names of units, without the words before them that govern them (“由县城投公司”)."""
    for match in _BODY.finditer(text):
        governed = [m.end() for m in _GOVERNS.finditer(match.group())]
        yield match.start() + max(governed, default=0), match.end()


def _people(text: str) -> Iterator[Span]:
    """Yield the names of people that a role, a colon or the like leads in."""
    at = 0
    while at < len(text):
        led = at == 0 or _INTRODUCED.search(text[max(0, at - 8) : at])
        found = _PERSON.match(text, at) if led else None
        name = ""
        if found:
            for size in range(len(found.group()), 1, -1):
                words = text[at : at + size]
                if is_person(words) and _FOLLOWED.match(text, at + size):
                    name = words
                    break
        if name:
            yield at, at + len(name)
            at += len(name)
        else:
            at += 1
