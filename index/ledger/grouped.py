"""Projects told one after another between semicolons, under a heading that counts them.

“（一）石堰县（3个，累计完成7300万元）。青阳灌区改造铺设管道22公里，完成3100万元；
东堰粮库扩建因用地未落实，没有开工；……”: as many parts as the heading says are as many
projects, whatever nouns their names end with. All spans are offsets into clean text.
"""

from __future__ import annotations

import re

from index.ledger.amounts import amounts
from index.ledger.edges import trimmed
from index.ledger.names import is_generic, is_phase, looks_named
from index.ledger.records import Span
from index.ledger.status import is_status_only, status_of
from index.sentences import parts

MIN_PARTS = 2
MIN_NAME, MAX_NAME = 3, 30  # characters
MIN_HEAD = 5  # characters of a name that ends before words nobody knows
# A scale or a year before a name is no part of it (“2.6万亩高标准农田”).
_SCALE = re.compile(
    r"\s*(?:其中[，,：:]?)?(?:(?:19|20)\d\d年度?)?(?:\d[\d.．]*(?:万|亿)?"
    r"(?:亩|公里|千米|米|平方米|平方公里|吨|户|套|座|处|个|所|口|立方米)(?:的)?)?"
)
# What is said of a project begins with one of these, or with a number.
_SAYS = re.compile(
    r"(?:已|尚|仍|还|未|没有|因|由于|受(?![益理])|正在|目前|至今|快于|慢于|超(?!算|市|高|限)|仅|只|全部|全面|均|都|"
    r"累计|完成|建成|竣工|完工|停工|开工|复工|暂停|停滞|滞后|进度|进展|形象|推进|有序|顺利|按期|按计划|提前|处于|"
    r"主体|土建|桩基|基础(?!设施)|基坑|钢结构|封顶|铺设|衬砌|安装|浇筑|开挖|吊装|装修|新打|敷设|主管网|"
    r"初步设计|初设|可研|施工图|招标|征地|用地|拆迁|手续|两次|多次|三次|通过|进入|预计|计划|年内|上半年|下半年"
    r"|\d|[一二三四五六七八九十]月)"
)
_DONE = re.compile(r"(?<!计划)(?<!拟)完成(?:年度|固定资产)?(?:总?投资)?(?:额)?约?$")
_NUMBER_OF_NAME = re.compile(r"\d+(?:号|#|期|标|路|局|国道|省道|高速)")
_PHASE = re.compile(r"第?[一二三四五六七八九十\d]+期(?!工程|项目|[）)改扩]|$)")


def read_parts(text: str, start: int, end: int, number: int) -> list[tuple[Span, Span]] | None:
    """Return (name, what is said) for each part of ``text[start:end]`` if they are ``number``."""
    found: list[tuple[Span, Span]] = []
    for low, high in parts(text, start, end, "；;。"):
        low, high = trimmed(text, low, high)
        if low == high:
            continue
        name = _name(text, low, high)
        if name is None or len(found) == number:
            return None
        found.append((name, (_behind_scale(text, name[1], high), high)))
    return found if len(found) == number >= MIN_PARTS else None


def spent_on(text: str, start: int, end: int) -> bool:
    """Tell whether work that is paid for is told of (“完成3500万元”): it has begun."""
    return any(
        amount.value and _DONE.search(text, start, amount.start)
        for amount in amounts(text, start, end)
    )


def _behind_scale(text: str, start: int, end: int) -> int:
    """Return where the news begin behind a scale (“高标准农田2.8万亩两次流标”)."""
    scale = _SCALE.match(text, start, end)
    return scale.end() if scale and scale.end() < end and text[scale.end()] not in "，," else start


def _name(text: str, start: int, end: int) -> Span | None:
    """Return the name that a part begins with, None where it says nothing of a project."""
    scale = _SCALE.match(text, start, end)
    low = scale.end() if scale else start
    stop = _says(text, low, end)
    if stop is None or not (status_of(text[stop:end]) or any(amounts(text, stop, end))):
        return None
    high = stop if looks_named(text[low:stop]) else _named_end(text, low, stop)
    phase = _PHASE.search(text, low, high)
    if phase and phase.end() < high:
        high = phase.end()
    name = text[low:high]
    if not MIN_NAME <= len(name) <= MAX_NAME or re.search(r"[，,：:、（(]", name):
        return None
    return None if is_generic(name) or is_status_only(name) or is_phase(name) else (low, high)


def _says(text: str, start: int, end: int) -> int | None:
    """Return where what is said of a project begins, behind at least a short name."""
    for match in _SAYS.finditer(text, start + MIN_NAME, end):
        if not _NUMBER_OF_NAME.match(text, match.start(), end) or looks_named(
            text[start : match.start()]
        ):
            return match.start()
    return None


def _named_end(text: str, start: int, stop: int) -> int:
    """Return where the longest name with a noun of its own ends; all of it where none does."""
    for high in range(stop - 1, start + MIN_HEAD - 1, -1):
        if looks_named(text[start:high]):
            return high
    return stop
