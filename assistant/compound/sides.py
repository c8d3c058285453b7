"""One clause that asks of two things (“2021年和2022年的产量”) or of two sides of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from assistant.compound.parts import Part, masked_names
from assistant.language import is_english
from assistant.ledger.asked import asked_statuses
from index.ledger.wording import tagged_words
from index.words import fold

_DISTRIBUTES = re.compile(r"分别|各自|各(?=[有是占为完]|多少|负责)|respectively", re.IGNORECASE)
_JOINTLY = re.compile(
    r"联合|共同|一起|之间|合作|相比|对比|比较|哪(?:个|类|家)?更?[多少大高快]|合计|总共|一共|加起来|之和|总和|差|不同|区别|关系|一致|一样|矛盾"
)
# What two do to one another, or what needs all of a list, is asked of them together.
_TOGETHER = re.compile(r"只有.*才|就.{1,24}?(?:发生|达成|签订|产生)|发生(?:争议|纠纷)")
_AND = re.compile(r"和|与|以及|及(?!时|格)|、")
_TIME = r"(?:(?:19|20)\d\d年?(?:[上下]半年|第?[一二三四]季度)?|第?[一二三四]季度|[上下]半年|\d{1,2}月份?)"
_TIMES = re.compile(rf"(?P<a>{_TIME})(?:和|与|及|、)(?P<b>{_TIME})")
_SEXES = re.compile(
    r"男女(?:子(?=[\u4e00-\u9fff])|(?=(?P<game>[单双][打人]|团体)|职工|员工|干部|学?生))"
)
_TAIL = re.compile(
    r"(?:都|分别|各自|各)?(?:是|有|为|在)?(?:谁|什么(?:时候)?|多少|哪(?:些|里|儿|家|个|位|天|年)?)?[？?。]?$"
)
_NOT_SHARED = re.compile(r"[的是有在由被把将从向到]$")


def split_coordination(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """Return the questions that one clause asks of two things, or of two sides of one thing."""
    if _JOINTLY.search(text) or is_english(text):
        return []
    masked = masked_names(text, names)
    for split in (by_status, _by_times, _by_sexes, _by_sides):
        parts = split(text, masked)
        if parts:
            return parts
    return []


def by_status(text: str, masked: str) -> list[Part]:
    """Return a part a status (“未开工和滞后的项目各有多少个”), where each is asked for."""
    folded = fold(masked)
    mentions = asked_statuses(folded)
    if not _DISTRIBUTES.search(text) or len(mentions) < 2 or len(folded) != len(text):
        return []
    (_, first), (_, last) = mentions[0], mentions[-1]
    between = [folded[a[1] : b[0]] for (_, a), (_, b) in pairwise(mentions)]
    if not all(re.fullmatch(r"(?:的|项目|工程)*(?:和|与|及|、|以及)", words) for words in between):
        return []
    before, after = text[: first[0]], _undistributed(text[last[1] :])
    return [Part(f"{before}{text[a:b]}{after}", text[a:b]) for _, (a, b) in mentions]


def _by_times(text: str, masked: str) -> list[Part]:
    match = _TIMES.search(masked)
    if match is None:
        return []
    a, b = match["a"], match["b"]
    year = re.match(r"(?:19|20)\d\d年?", a)
    if year and not re.match(r"(?:19|20)\d\d", b):
        b = (year.group() if year.group().endswith("年") else year.group() + "年") + b
    a = a + "年" if re.fullmatch(r"(?:19|20)\d\d", a) and b.endswith("年") else a
    before, after = text[: match.start()], _undistributed(text[match.end() :])
    return [Part(f"{before}{time}{after}", time) for time in (a, b)]


def _by_sexes(text: str, masked: str) -> list[Part]:
    """Return a part for men and one for women (“男女单打冠军是谁”)."""
    match = _SEXES.search(masked)
    if match is None:
        return []
    full = "子" if match["game"] or match.group().endswith("子") else ""
    before, after = text[: match.start()], _undistributed(text[match.end() :])
    return [Part(f"{before}{sex}{full}{after}", f"{sex}{full}") for sex in ("男", "女")]


def _undistributed(words: str) -> str:
    return _DISTRIBUTES.sub("", words)


def _by_sides(text: str, masked: str) -> list[Part]:
    """Return the two sides of “A和B”: two things of a kind, or two attributes at the end."""
    if _TOGETHER.search(masked):
        return []
    for match in _AND.finditer(masked):
        before, after = masked[: match.start()], masked[match.end() :]
        left, right = tagged_words(before), tagged_words(after)
        if not left or not right or _NOT_SHARED.search(before):
            continue
        distributed = bool(_DISTRIBUTES.search(masked))
        things = (
            _latin(before, after)
            or _things(left, right, distributed)
            or _alike_from_the_start(left, right)
            or _agents(left, right)
            or _attributes(left, right)
        )
        if things is None:
            continue
        size_a, size_b = things
        if match.start() - size_a == 1:  # a name whose first character stood by itself
            size_a += 1
        a = text[match.start() - size_a : match.start()]
        b = text[match.end() : match.end() + size_b]
        if "□" in masked[match.start() - size_a : match.start()] and size_a < 2:
            continue
        lead = text[: match.start() - size_a]
        rest = _undistributed(text[match.end() + size_b :])
        return [Part(f"{lead}{side}{rest}", side) for side in (a, b)]
    return []


def _attributes(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> tuple[int, int] | None:
    """Return the sizes of two nouns at the end of a question (“时间和地点是什么”)."""
    tail = "".join(word for word, _ in right)
    end = _TAIL.search(tail)
    noun = tail[: end.start()] if end else tail
    noun = re.sub(r"(?:分别|各自|都|是|有|为)+$", "", noun)
    if not 2 <= len(noun) <= 5 or not right[0][1].startswith(("n", "v", "j")):
        return None
    if not left[-1][1].startswith(("n", "v", "t")) or len(left[-1][0]) < 2 or len(left) < 2:
        return None
    return len(left[-1][0]), len(noun)


def _agents(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> tuple[int, int] | None:
    """Return the sizes of two who did one thing, at the start (“甲社和乙社推出的产品是什么”)."""
    begins = len(left) == 1 and left[0][1].startswith("n") and len(left[0][0]) >= 2
    if not begins or len(right) < 4 or not right[0][1].startswith("n") or len(right[0][0]) < 2:
        return None
    did = right[1][1].startswith("v") and right[2][0] == "的"
    return (len(left[0][0]), len(right[0][0])) if did else None


def _latin(before: str, after: str) -> tuple[int, int] | None:
    """Return the sizes of two names in Latin letters (“Alpha和Beta2的发布时间”)."""
    left, right = _LATIN_END.search(before), _LATIN_START.match(after)
    if left is None or right is None or not after[right.end() :].strip("？?。 "):
        return None
    return len(left.group()), len(right.group())


def _alike_from_the_start(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> tuple[int, int] | None:
    """Return the sizes of two things that begin with one word (“最佳新人和最佳教练分别是谁”)."""
    first = right[0][0]
    back = [word for word, _ in left[-4:]]
    if len(first) < 2 or first not in back[:-1]:
        return None
    words = takewhile(lambda w: not w[1].startswith(_ENDS) and w[0] not in _STOPS, right[:5])
    size = sum(len(word) for word, _ in words)
    return (len("".join(back[back.index(first) :])), size) if size > len(first) else None


_LATIN_END = re.compile(r"[A-Za-z][\w.-]*$", re.ASCII)
_LATIN_START = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_ENDS = ("u", "p", "r", "x", "d")  # tags of words that end a thing's name
_STOPS = ("的", "是", "有")
_PROPER = ("nr", "ns", "nt", "nz")


def _things(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], distributed: bool
) -> tuple[int, int] | None:
    """Return the sizes of two things of a kind: names, or words with the same ending."""
    size = 0
    for place, (word, flag) in enumerate(right[:6]):
        size += len(word)
        if flag.startswith(_ENDS) or word in _STOPS:
            break
        if word[-1] == left[-1][0][-1] and len(left[-1][0]) >= 2:
            back = sum(len(w) for w, _ in left[-(place + 1) :])
            return back, size
    proper = left[-1][1][:2]
    if proper in _PROPER and right[0][1][:2] == proper and len(right) > 1:
        return len(left[-1][0]), len(right[0][0])
    if distributed and right[0][1].startswith(("n", "v")) and left[-1][1].startswith(("n", "v")):
        return len(left[-1][0]), len(right[0][0])
    return None
