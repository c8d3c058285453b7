"""From tagged words to listed things: which owner is whose, and what is said of each.

All spans are offsets into the text that the tags are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.ledger.records import Span
from index.ledger.tagging.tagger import Tag

# What joins a name to the owner behind it: “甲桥由……”, “甲桥——……”, “甲桥，责任单位……”.
_TO_OWNER = re.compile(
    r"[，,\s]*(?:(?:(?:目前|现)?(?:由|归|属于?|归口)|(?:责任|牵头|实施|建设|主管|承办)(?:单位|部门|主体)(?:为|是)?[：:]?)"
    r"|[：:｜|\s]+|[—－-]{1,2})\s*"
)
_COMMA = re.compile(r"[，,]\s*")
_DOES = re.compile(
    r"(?:负责|牵头|承建|承担|承办|主抓|主管|实施|组织|建设|管)(?:实施|建设|推进)?(?!的|[^，。；、）]{0,3}个)"
)
# Clauses behind a reason up to the end of what is said, none of how much, by when or what next.
_GOES_ON = re.compile(
    r"(?:[，,、](?![^，,。；;]{0,8}(?:打算|表态|力争|确保))(?!(?:完成|下一?步|预计|计划|力争|确保|争取|要求|责任|牵头|由|需|须|要|拟于|目前|已)[^，。]*)"
    r"[^，,。；;：:（）()\d]{2,24})+(?=$|[。；;）)\n])"
)
_COUNT_BEHIND = re.compile(r"(?:\d|[一二两三四五六七八九])个(?:项目)?$")
_BECAUSE = re.compile(
    r"(?:主要)?(?:是因为|因为|由于|(?:[是系](?![否小统列])|因(?![素地此]))(?=.{3}))"
)
_STOPS = re.compile(r"[，,。；;：:、（）()\s｜|]+|——|--")
# Words that hold no more than the joints of a list.
_JOINT = re.compile(
    r"(?:以?及|和|与|还有|由|归|的|是|为|即|有|等|共|包括|分别|其中|项目|工程|\d+[个项]|[一二三两四五六七八九十]+[个项]"
    r"|[一二三四五六七八九十]|\d{1,2}[.．]?|(?:责任|牵头|实施|主管)?(?:单位|部门)|(?:主要|存在)?(?:原因|问题|困难)|负责|牵头|承担|承建|实施|主抓)*"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One listed thing: its name, its owner, why it is late, and what else is said of it."""

    name: Span
    owner: Span | None
    reason: Span | None
    said: tuple[Span, ...]
    start: int
    end: int


def items_of(text: str, tags: Sequence[Tag]) -> list[Found]:
    """Return the listed things that the tags of a text make up, in order."""
    names = [place for place, one in enumerate(tags) if one.kind == "name"]
    behind = {place: _owner_behind(text, tags, place) for place in names}
    taken = {place for place in behind.values() if place is not None}
    found: list[Found] = []
    for nth, place in enumerate(names):
        following = names[nth + 1] if nth + 1 < len(names) else None
        led = _owner_before(text, tags, place, taken)
        own = behind[place]
        owner = own if own is not None else led
        begin = tags[led].start if led is not None and led == place - 1 else tags[place].start
        end = _end(text, tags, place, following, taken)
        reason = next(
            (t for t in tags[place + 1 : following] if t.kind == "reason" and t.end <= end), None
        )
        span = None if owner is None else (tags[owner].start, tags[owner].end)
        why = _whole(text, _bare(text, reason), end) if reason else None
        said = [s for s in _said(text, tags, place, end) if why is None or not _meet(s, why)]
        name = _without_count(text, tags[place])
        found.append(Found(name, span, why, tuple(said), begin, end))
    return _shared(text, found)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _without_count(text: str, name: Tag) -> Span:
    """Return a name without the number of those that it is the last of (“甲、乙和丙三个”)."""
    count = _COUNT_BEHIND.search(text, name.start, name.end)
    return name.start, count.start() if count else name.end


def _bare(text: str, reason: Tag) -> Span:
    """Return a reason without what joins it to the name before it (“因为……”), in one sentence."""
    joint = _BECAUSE.match(text, reason.start, reason.end)
    stop = text.find("。", reason.start, reason.end)
    return joint.end() if joint else reason.start, stop if stop >= 0 else reason.end


def _whole(text: str, reason: Span, end: int) -> Span:
    """Return a reason with the clauses behind it that go on with it (“资金链紧张，暂缓进场”)."""
    more = _GOES_ON.match(text, reason[1], end)
    return (reason[0], more.end()) if more else reason


def _owner_behind(text: str, tags: Sequence[Tag], place: int) -> int | None:
    """Return the owner that a name is followed by: “甲桥（某局）”, “甲桥由某局负责”."""
    for at in range(place + 1, len(tags)):
        if tags[at].kind == "name":
            return None
        if tags[at].kind != "owner":
            continue
        between = text[tags[place].end : tags[at].start]
        if between.count("（") + between.count("(") > between.count("）") + between.count(")"):
            return at
        if re.search(r"[。；;]", between):
            label = re.search(
                r"(?:责任|牵头|实施|主管|承办)(?:单位|部门)(?:为|是)?[：:]?$", between
            )
            return at if label and not re.search("[；;]", between) else None
        if _TO_OWNER.fullmatch(between):
            return at
        if _DOES.match(text, tags[at].end) and (at == place + 1 or "，" in between):
            joined = _COMMA.fullmatch(between) or tags[at - 1].kind == "reason"
            return at if joined else None
        return None
    return None


def _owner_before(text: str, tags: Sequence[Tag], place: int, taken: set[int]) -> int | None:
    """Return the owner that heads a name, with other names between them or none."""
    for at in range(place - 1, -1, -1):
        between = text[tags[at].end : tags[place].start]
        if "。" in between:
            return None
        if tags[at].kind == "owner":
            return None if at in taken else at
    return None


def _end(text: str, tags: Sequence[Tag], place: int, following: int | None, taken: set[int]) -> int:
    """Return where what is said of a name ends: before the next name or its owner."""
    stop = len(text) if following is None else tags[following].start
    for at in range(place + 1, len(tags) if following is None else following):
        if tags[at].kind == "owner" and at not in taken:
            stop = min(stop, tags[at].start)
            break
    inside = [t.end for t in tags[place + 1 : following] if t.end <= stop]
    last = max(inside, default=tags[place].end)
    close = re.compile(r"[。；;\n]").search(text, last, stop)
    return close.start() if close else stop


def _said(text: str, tags: Sequence[Tag], place: int, end: int) -> Iterator[Span]:
    """Yield the clauses behind a name but for its owner and its reason."""
    known = [(t.start, t.end) for t in tags if t.kind != "name"]
    at = tags[place].end
    while at < end:
        stop = _STOPS.search(text, at, end)
        low, high = at, stop.start() if stop else end
        at = stop.end() if stop else end
        if low < high and not any(a < high and low < b for a, b in known):
            bare = text[low:high].strip()
            if bare and not _JOINT.fullmatch(bare):
                yield low, high


def _shared(text: str, found: list[Found]) -> list[Found]:
    """Return things with the owner that stands behind the last of several (“A、B（某局）”)."""
    for place in range(len(found) - 1, 0, -1):
        one, before = found[place], found[place - 1]
        if one.owner is None or before.owner is not None or before.said or before.reason:
            continue
        joint = text[before.name[1] : one.name[0]]
        if one.owner[0] > one.name[1] and re.fullmatch(r"\s*(?:、|和|与|以?及)\s*", joint):
            found[place - 1] = replace(before, owner=one.owner)
    return found
