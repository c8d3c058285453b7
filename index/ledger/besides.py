"""States told beside names in running text, before them (“已交付2个：A、B”) or behind (“A已交付”).

Finds the stretches of a paragraph that are each in one of a document's own states; who
reads the names out of them is ``inlinestates``. All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.edges import trimmed
from index.ledger.names import looks_named
from index.ledger.owners import is_owner
from index.ledger.prose import chinese_count
from index.ledger.records import Span
from index.sentences import closing, parts

MAX_ASPECT = 5  # characters between a name's comma and its state (“进度”, “目前总体”)
_COUNT = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[个项件处]"
_BEGINS = re.compile(
    r"(?P<stop>^|[。；;：:\n，,、])(?:\s|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]|[一二三四五六七八九]是"
    r"|[-—•·●◆■▪□○◇▲△▶➢★☆*])*(?:其中|目前)?[，,：:]?(?P<open>[“\"「『【〖〔\[［]?)(?:已经?|处于|属于?|列为|(?:至今)?[尚还仍])?$"
)
_CLASS = r"(?:类|档|组|级)?的?(?:重点)?(?:项目|工程|事项|任务)?"
_LABELS = re.compile(
    rf"(?P<close>[”\"」』】〗〕\]］]?)(?:[（(][^（）()\d]{{2,16}}[）)])?{_CLASS}"
    rf"(?:(?:还?有|共|计|为)*[（(]?\s*{_COUNT}(?:项目|工程|事项|任务)?[）)]?"
    r"(?:[，,]?(?:均|都|全部)(?:由|归|属于?|是|为)(?P<owner>[^，。；、：:（）()]{2,20}?)(?:负责|牵头|承担|实施|主管|管理?)*(?:的|[：:])"
    # “滞后的3个，原因各不相同。”: what but leads the list in.
    r"|[，,](?:主要)?(?:原因|情况|问题|症结|情形|类型|难处)(?:也|却|都|均|则)?(?:各不相同|各有不同|有所不同|不尽相同|各不一样|不一样|不同|不一|各异|各有各的难处|如下|分别是)[。：:]"
    r"|[，,]?(?:分别|具体)?(?:即|[是为有]|包括)?[：:]?)"
    r"|(?P<colon>[：:])|(?P<tag>(?<=[】〗〕\]］]))|(?P<verb>(?<=的)(?:项目)?(?:有|是|为|包括|分别[是为])))\s*"
)
_TELLS = (
    r"(?:(?:[，,]?(?:以上|上述))?(?:[两三四五六七八九十\d]+个(?:项目|工程)?)?"
    r"(?:目前|现|仍|也|同|总体|整体|进度|基本|至今|迟迟|一直|尚|还)*(?:均|都|皆|全部)?"
    r"(?:已经?|处于|属于?|列[为入]|定为|评为|为|(?<![体关水派])系|亮|(?<![正现存])在(?![建用]))*)"
)
_SAID = r"(?:状态|类|档|牌)?"
# “已完工并对市民开放”, “已完工上线”: what a clause says behind the state that it tells.
_MORE = re.compile(
    r"(?:并|且)[^，,。；;、（）()]{2,20}|(?:并|且)?(?:正式|全面|全部)?(?:投入)?(?:上线|使用|启用|投用|投产|交付|通车|运行|运营|开放)(?:使用|运行)?"
)
_NUMBERED = re.compile(r"[①-⑳]|[（(]\d{1,2}[）)]|(?<![\d.．])\d{1,2}[.．、](?!\d)")
_MARKED = re.compile(rf"\s*(?:[-—•·●◆■▪□○◇▲△▶➢★☆*]+\s*)?(?:{_NUMBERED.pattern})?\s*")
# What tells more of projects named before, or of none.
_ASIDE = re.compile(r"其中(?!.{0,20}[：:])|此外|该[乡镇县市区]|本[乡镇县市区]")
_ALL = re.compile(r"[均都皆]|全部|[两三四五六七八九十\d]+个")
# “这四个项目均按计划推进”, “以上三个项目”: how many of those named before a state is told of.
_SUMS_UP = re.compile(r"(?:这|以上|上述|前述|前面)?")
_SEVERAL = re.compile(rf"{_COUNT}(?:项目|工程)")
# “区水务局的两个项目都不理想：A滞后；B没有开工”: whose all behind the colon are.
_LED_BY = re.compile(
    rf"(?:由)?(?P<owner>[^，。；、：:（）()的]{{2,20}}?)(?:负责|牵头|承担|实施)?的?(?:这|有)?{_COUNT}(?:项目|工程)?"
    r"[^，。；、：:（）()]{0,12}[：:](?=.)"
)
# “尚未通车” is in no state that is called “通车”.
_NOT = r"(?<![未没待])(?<!没有)(?<![未没不]能)(?<!无法)"
_OPEN, _TAG = "（(", "【〖〔[［"


@dataclass(frozen=True, slots=True)
class Beside:
    """Words that name projects, their state, and how many the text says these are (0: it does not).

    ``listed`` tells that the words are a list with all that is said of each; else they are
    but names, and ``notes`` is what the text says of them. ``several`` tells of “均”,
    ``unit`` is whose all of them are.
    """

    names: Span
    state: str
    words: Span
    number: int = 0
    listed: bool = False
    notes: tuple[Span, ...] = ()
    several: bool = False
    unit: Span | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    """A state before its list: where label and list begin."""

    start: int
    body: int
    found: Beside
    inside: bool  # the list stands in brackets


class Finder:
    """Finds the states of a document, by ``names``, beside the names of projects."""

    def __init__(self, names: Sequence[str], wordings: Sequence[str] = ()) -> None:
        """Prepare the patterns for a document's own names of states, and other ``wordings``."""
        self.own = frozenset(names)
        any_of = "|".join(map(re.escape, sorted({*names, *wordings}, key=len, reverse=True)))
        any_of = rf"{_NOT}(?:{any_of})"
        self.name = re.compile(any_of)
        self.behind = re.compile(rf"(?P<tells>{_TELLS})[“「『]?(?P<name>{any_of})[”」』]?{_SAID}")

    def beside(self, text: str, start: int, end: int) -> list[Beside]:
        """Return the stretches of a paragraph that are in one state, in order."""
        labels = self._labels(text, start, end)
        found: list[Beside] = []
        at = start
        for place, label in enumerate(labels):
            found += self._behind(text, at, label.start)
            stop = labels[place + 1].start if place + 1 < len(labels) else end
            at = closing(text, label.body - 1, stop) if label.inside else stop
            if not label.inside:
                at = self._list_end(text, label.body, stop)
            found.append(replace(label.found, names=trimmed(text, label.body, at)))
            at += label.inside
        return found + list(self._behind(text, at, end))

    def _labels(self, text: str, start: int, end: int) -> list[_Label]:
        found = []
        for match in self._outside(text, start, end):
            begins = _BEGINS.search(text[start : match.start()])
            if begins is None:
                continue
            label = _LABELS.match(text, match.end(), end)
            if label is None or (label["tag"] is not None and begins["open"] not in tuple(_TAG)):
                continue
            if begins["stop"] in tuple("，,、") and not label["number"]:
                continue
            number = chinese_count(label["number"]) if label["number"] else 0
            inside = bool(number) and text[label.end() : label.end() + 1] in tuple(_OPEN)
            owned = bool(label["owner"]) and is_owner(label["owner"])
            unit = label.span("owner") if owned else None
            beside = Beside((0, 0), match.group(), match.span(), number, listed=True, unit=unit)
            body = label.end() + inside
            found.append(_Label(start + begins.end("stop"), body, beside, inside))
        return found

    def _outside(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the states named outside of brackets that add to a name."""
        at = start
        for match in self.name.finditer(text, start, end):
            while at < match.start():
                at = closing(text, at, end) + 1 if text[at] in _OPEN else at + 1
            if at == match.start():
                yield match

    def _list_end(self, text: str, start: int, end: int) -> int:
        """Return where a label's list ends: before a sentence that tells states behind names.

        Sentences that name projects up to “这两个项目均……” are no more of it.
        """
        sentences = list(parts(text, start, end, "。"))
        for low, high in sentences[1:]:
            for a, b in parts(text, low, high, "；;，,"):
                if tail := self._tail(text, *trimmed(text, a, b)):
                    summed = _summed_up(text, trimmed(text, a, tail.start("tells")), tail)
                    return sentences[1][0] if summed > 1 else low
        return end

    def _tail(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the state that a clause ends with, and the words that lead to it."""
        stop = text.find("（", start, end)
        for match in self.behind.finditer(text, start, end if stop < 0 else stop):
            closed = closing(text, match.end(), end) if match.end() == stop else match.end()
            if match.end() == end or (stop > 0 and closed == end - 1):
                return match
            if match.start() > start and _MORE.fullmatch(text, match.end(), end):
                return match
        for match in self.behind.finditer(text, max(stop, start), end) if stop > 0 else ():
            if match.end() == end:
                return match
        return None

    def _behind(self, text: str, start: int, end: int) -> Iterator[Beside]:
        """Yield the states told behind names: of numbered items, sentences or clauses."""
        waiting: list[Span] = []
        free = start  # where what is in no state yet begins
        owner: Span | None = None
        for low, high in _pieces(text, start, end):
            if "。" in text[max(start, low - 2) : low]:
                owner = None  # of a sentence that is over
            led = _LED_BY.match(text, low, high)
            if led and is_owner(led["owner"]):
                owner, low = led.span("owner"), led.end()
            found = list(self._clauses(text, *trimmed(text, low, high)))
            if found and found[0].listed:
                names = trimmed(text, free, found[0].names[1])
                found, waiting = [replace(found[0], names=names)], []
                if names[0] >= names[1]:
                    continue  # it tells more of what a label listed
            found = [replace(one, unit=one.unit or owner) for one in found]
            free = high if any(one.state for one in found) else free
            told = [one for one in found if one.state]
            if waiting and "。" in text[waiting[-1][1] : low]:
                waiting = []  # a sentence that is over
            if waiting and told and told[0].several:
                # “④A、⑤B、⑥C，均已交付”: all of them are in the state of the last.
                yield from (replace(told[0], names=names, notes=()) for names in waiting)
            waiting = [*waiting, *(one.names for one in found)] if found and not told else []
            yield from told

    def _clauses(self, text: str, start: int, end: int) -> Iterator[Beside]:
        if summed := self._summed(text, start, end):
            yield summed
            return
        now: Beside | None = None
        for a, b in parts(text, start, end, "，,"):
            low, high = trimmed(text, a, b)
            tail = self._tail(text, low, high)
            if tail and now and now.state and tail["name"] not in self.own:
                tail = None  # “某渠整治慢于节点，杆线迁移滞后”: it tells of a part
            names = trimmed(text, low, tail.start("tells")) if tail else (low, high)
            if tail is None:
                now = _noted(now, (low, high)) if now else Beside((low, high), "", (0, 0))
                continue
            aspect = names[1] - names[0] <= MAX_ASPECT and not looks_named(text[slice(*names)])
            if now and not now.state and (names[0] == names[1] or aspect):
                now = _in_state(now, text, tail)
            elif names[0] < names[1]:
                if now:
                    yield now
                now = _in_state(Beside(names, "", (0, 0)), text, tail)
            else:
                return
            if tail.end() < high:
                inside = text[tail.end()] in _OPEN
                now = _noted(now, (tail.end() + inside, high - inside))
        if now:
            yield now

    def _summed(self, text: str, start: int, end: int) -> Beside | None:
        """Return the projects before a clause that sums them up (“……，两个项目进度正常”).

        What is told of one of them by other words than the document's own (“主体完工”) is no state.
        """
        for a, b in parts(text, start, end, "，,"):
            low, high = trimmed(text, a, b)
            tail = self._tail(text, low, high)
            if tail is None:
                continue
            number = _summed_up(text, trimmed(text, low, tail.start("tells")), tail)
            if number > 1:
                beside = _in_state(Beside((start, low), "", (0, 0)), text, tail)
                return replace(beside, number=number, listed=True)
            if tail["name"] in self.own:
                return None
        return None


def _summed_up(text: str, names: Span, tail: re.Match[str]) -> int:
    """Return of how many projects named before a clause tells the state, 0 if it names its own."""
    several = _SEVERAL.search(tail["tells"])
    if several is None or not _SUMS_UP.fullmatch(text, *names):
        return 0
    return chinese_count(several["number"])


def _in_state(beside: Beside, text: str, tail: re.Match[str]) -> Beside:
    several = bool(_ALL.search(tail["tells"]))
    return replace(beside, state=tail["name"], words=tail.span("name"), several=several)


def _noted(beside: Beside, clause: Span) -> Beside:
    """Return the names with one more clause that tells of them."""
    notes = beside.notes
    if notes and clause[0] - notes[-1][1] <= 1:
        return replace(beside, notes=(*notes[:-1], (notes[-1][0], clause[1])))
    return replace(beside, notes=(*notes, clause))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the numbered items of a stretch without their numbers, else its sentences."""
    marks = [m for m in _NUMBERED.finditer(text, start, end) if _is_mark(text, m, start)]
    if len(marks) < 2:
        label = _MARKED.match(text, start, end)
        for low, high in parts(text, label.end() if label else start, end, "。；;"):
            span = trimmed(text, low, high)
            if not _ASIDE.match(text, *span):
                yield span
        return
    stops = [mark.start() for mark in marks[1:]] + [end]
    for mark, stop in zip(marks, stops, strict=True):
        low, high = trimmed(text, mark.end(), stop)
        yield low, high - (text[high - 1 : high] == "、")


def _is_mark(text: str, mark: re.Match[str], start: int) -> bool:
    return mark.start() == start or text[mark.start() - 1] in "。；;：:，,、 \u3000\n"
