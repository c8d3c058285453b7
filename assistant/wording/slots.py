"""What a question names, each put aside as one letter, so that only how it asks is left.

“东河大桥卡在什么地方” is “P卡在什么地方” for whatever project. A learnt model tells how such a
question asks (``forms``); the letters are then filled again with the words that stood there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.figures_said import in_figures
from assistant.ledger import vocabulary as vocab
from assistant.ledger.asked import statuses_said
from assistant.ledger.named import MIN_PART, part_names, runs_of, whole_names
from assistant.ledger.ownstates import own_names
from assistant.ledger.select import class_names
from assistant.ledger.unitnames import UnitNames
from assistant.wording.modifiers import modifiers_said
from index.embed import PassageEncoder
from index.ledger.book import Ledger
from index.ledger.records import Span
from index.words import fold

# The letters of the slots, with the names that the lists of wordings use (training/wordings).
SLOTS = {
    "项目": "P", "单位": "U", "状态": "S", "原因": "C", "领域": "D",
    "时间": "T", "文件": "F", "人": "H", "金额": "M", "数": "N", "事": "X", "镇": "L", "比例": "R",
}  # fmt: skip
# A character of a document's name.
_NAMING = r"[^\W谁的哪了在是和与及按据从看请把查里中对没未不有参持席要何]"
_GENRE = (
    rf"(?:{_NAMING}{{0,6}}?)(?:督办(?:通知|通报|单|函)|(?:整改|问题|任务)(?:清单|台账)|台账|[周月季]报|会议纪要|纪要"
    r"|讲话稿?|通报|简报|进展表|情况表|明细表|一览表|工作报告|监督报告|报告|通知|汇报|方案|总结)"
)
_MEETING = re.compile(
    rf"{_NAMING}{{0,8}}?(?:推进会|调度会|座谈会|专题会|常务会|例会|询问会|攻坚会|现场会|会议)(?!议|纪)"
)
_DOCUMENT = re.compile(rf"《[^》]+》|{_GENRE}")
# “罗溪河堤防（石盘区）”: where it is; other brackets narrow.
_ASIDE = re.compile(r"[（(][\u4e00-\u9fff]{1,5}[区县市镇乡][）)]")
_POST = re.compile(
    r"(?:常务)?副?(?:(?<!城)市长(?![廊期远])|县长|区长(?!期)|州长|秘书长|书记|主任(?!务)|局长|主席)|[市县区](?:委|政府)?(?:主要)?领导"
)
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:万|亿|千万|百万)+元?")
_SHARE = re.compile(
    r"\d+(?:\.\d+)?%|百分之[零一二三四五六七八九十百\d]+|[一二三四五六七八九\d]成|一半|三分之[一二]"
)
_TOWN = re.compile(r"[^\W哪些各每推进的a-z\d]{2}(?:镇|乡(?![村镇])|街道)(?!街)")
_NUMBER = re.compile(
    r"(?<=前)(?:\d+|[两三四五六七八九十])(?=[个项家名位条点]?)|(?:\d+|[两三四五六七八九十])(?=个项目是)"
)
_PERIOD = re.compile(
    r"(?:\d{4}年|今年|去年|明年|本年)?(?:\d{1,2}[—\-–~至到]\d{1,2}月份?|前[一二三四五六七八九十\d]+个?月|\d{1,2}月份?(?:\d{1,2}[日号]|[上中下]旬|底|末)?"
    r"|[一二三四]季度末?|第[一二三四]季度|[上下]半年|年底|年初|年内)|(?:\d{4}年|今年以来|今年|去年|明年)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Words put aside: the letter that stands for them, and themselves."""

    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A question with a letter for each thing it names, and the things in their order."""

    text: str
    slots: tuple[Slot, ...]

    def cut(self, start: int, end: int) -> Masked:
        """Return a piece of it."""
        before = sum(char in _LETTERS for char in self.text[:start])
        inside = sum(char in _LETTERS for char in self.text[start:end])
        return Masked(self.text[start:end], self.slots[before : before + inside])

    def of(self, thing: Slot) -> Masked:
        """Return it said of a thing that was named before."""
        return Masked(thing.letter + self.text, (thing, *self.slots))

    @property
    def asking(self) -> str:
        """How it asks, as the model reads it."""
        return self.text.replace("K", "会议")


_LETTERS = frozenset((*SLOTS.values(), "K"))  # K: a meeting, which the lists call one


def masked(question: str, ledger: Ledger, encoder: PassageEncoder) -> Masked:
    """Return a Chinese question with what it names put aside."""
    text = _ASIDE.sub("", in_figures(fold(question)).strip())
    taken: list[tuple[int, int, str, str]] = []
    rest = text
    for finder in _finders(ledger, encoder):
        for letter, (start, end), words in sorted(finder(rest), key=lambda found: found[1]):
            if "\0" in rest[start:end] or start >= end:
                continue
            taken.append((start, end, letter, words))
            rest = rest[:start] + "\0" * (end - start) + rest[end:]
    pieces, at = [], 0
    for start, end, letter, _ in sorted(taken):
        pieces += [text[at:start], letter]
        at = end
    pieces.append(text[at:])
    return Masked("".join(pieces), tuple(Slot(let, words) for _, _, let, words in sorted(taken)))


_Found = Iterator[tuple[str, Span, str]]
_Finder = Callable[[str], _Found]


def _finders(ledger: Ledger, encoder: PassageEncoder) -> Sequence[_Finder]:
    own = own_names(ledger)
    return (
        lambda text: _matches("F", _DOCUMENT, text),
        lambda text: _matches("K", _MEETING, text),
        lambda text: _spans("P", whole_names(text, ledger), text),
        lambda text: _units(text, ledger),
        lambda text: _people(text, ledger),
        lambda text: _classes(text, ledger),
        lambda text: _matches("L", _TOWN, text),
        lambda text: _matches("R", _SHARE, text),
        lambda text: _matches("M", _AMOUNT, text),
        lambda text: _matches("T", _PERIOD, text),
        lambda text: _called(text, ledger),
        lambda text: modifiers_said(text, own, encoder),
        lambda text: _spans("S", statuses_said(text, own), text),
        lambda text: _matches("N", _NUMBER, text),
    )


def _matches(letter: str, pattern: re.Pattern[str], text: str) -> _Found:
    for match in pattern.finditer(text):
        yield letter, match.span(), match.group()


def _spans(letter: str, found: Sequence[tuple[str, Span]], text: str) -> _Found:
    for _, (start, end) in found:
        yield letter, (start, end), text[start:end]


def _units(text: str, ledger: Ledger) -> _Found:
    for start, end, _ in UnitNames(ledger).mentions(text.replace("\0", "，")):
        yield "U", (start, end), text[start:end]


def _people(text: str, ledger: Ledger) -> _Found:
    names = {str(value) for row in ledger.rows if (value := row.text("leader"))}
    parts = {part for name in names for part in re.split(r"[、，,\s]", fold(name)) if len(part) > 1}
    if parts:
        known = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
        whole = re.compile(rf"(?:{_POST.pattern})?(?:{known})(?:{_POST.pattern})?")
        yield from _matches("H", whole, text)
    yield from _matches("H", _POST, text)


def _classes(text: str, ledger: Ledger) -> _Found:
    names = {fold(name) for row in ledger.rows for name in class_names(row)}
    names |= {fold(row.text("group") or "") for row in ledger.rows}
    names |= {name.removesuffix("类") for name in names}
    for name in sorted((n for n in names if len(n) > 1), key=len, reverse=True):
        said = re.compile(
            rf"{re.escape(name)}(?:类|领域|方面)?(?=的?项目|的?工程|类|的|里|中|[、和与及])"
        )
        yield from _matches("D", said, text)


def _called(text: str, ledger: Ledger) -> _Found:
    """Yield a project that is called by a part of its name, where none is named whole."""
    begun = vocab.ASKING.sub(lambda m: "，" * len(m.group()), text.replace("\0", "，"))
    runs = [(run, at) for run, at in runs_of(begun) if len(run) > MIN_PART]
    yield from _spans("P", part_names(runs[:1], ledger), text)
