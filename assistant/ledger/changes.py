"""Questions about two times: what is new, gone, moved on, more or less since then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.ledger.asked import asked_statuses
from index.ledger.periods import Period

ChangeKind = Literal[
    "newly", "moved", "appeared", "vanished", "both", "count", "amount", "any", "members"
]

_THAN = re.compile(r"(?:与|跟|和|同|比|较)\s|相比|对比|比起|比\s|compared (?:to|with)|since|than")
_VANISHED = re.compile(
    r"不见了|(?<!有)没(?:有)?了(?![吗？?])|消失|少了(?=哪|谁|什么|[，,？?]|项目)|移出|退出了?名单|(?:拿|去|删)掉"
    r"|(?:列|报|有)了?[^，,。？?]{0,6}[，,、]?[^，,。？?]{0,10}(?:没有?列|没有?报|却?没有?(?=的)|不再)|no longer listed|dropped from"
)
_APPEARED = re.compile(
    r"多了(?=哪|谁|什么|[，,？?]|项目)|新增(?:了)?(?:哪|的?(?:项目|工程))|新(?:列入|纳入|上)|newly added|were added"
)
_NEWLY = re.compile(
    r"新(?:开工|动工|停工|竣工|完工|建成|投用|滞后|取消|启动)|又(?:有|停|开|新|多)|\bnewly\b|new(?:ly)? (?:started|suspended|completed)"
)
_GREW = re.compile(
    r"(?:多|增加?|涨)(?:出|完成|投)?了?多少(?![个项家件])|单季|当季|单月|增(?:加|长)了?|减少了?|多完成|又(?:实际)?(?:完成|投|花|支出)|增幅|涨了|\bgrow|\bgrew|increase|rise|rose"
)
_COUNTED = re.compile(
    r"(?:多|增加?|升|涨)了?(?:还是|或者?|、)(?:少|减少?|降|跌)了?|(?:多|少|增加|减少|下降)了?(?:几|多少)[个项件家]|how many (?:more|fewer)"
)
_ANY = re.compile(r"变化|变动|有(?:何|什么)不同|转为|变成|变了|chang")
# How a list of one status changed, not which projects came to that status.
_MEMBERS = re.compile(r"变化|变动|有(?:何|什么)(?:不同|区别)|增减|进出|\bchang")
_BECAME = re.compile(r"转为|变成|变为|变了|became|turned")
_NOW = re.compile(r"现在|目前|眼下|如今|当前|至今|到现在|\bnow\b")


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked of two times; None for ``early`` is the report before, for ``late`` the newest.

    ``before`` and ``after`` are the statuses at the two times, where both are named.
    “members” asks how the list of a status changed: who left it, who is new in it.
    """

    kind: ChangeKind
    early: Period | None = None
    late: Period | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def change_in(asked: str, periods: Sequence[Period]) -> Change | None:
    """Return the change that a question asks for, None if it asks for none.

    ``asked`` is the question with the periods blanked out at their places.
    """
    if not periods:
        return None
    early, late = _times(asked, periods)
    before, after = _statuses(asked, periods, early)
    kind = _kind(asked, periods, before, after)
    if kind is None or (len(periods) > 2 and kind == "any"):
        return None
    return Change(kind, early, late, before, after)


def _times(asked: str, periods: Sequence[Period]) -> tuple[Period | None, Period | None]:
    years = all(p.year for p in periods)
    ordered = sorted(periods, key=lambda p: ((p.year or 0) if years else 0, p.month or 0))
    if len(ordered) > 1:
        return ordered[0], ordered[-1]
    only = ordered[0]
    return (only, None) if _THAN.search(asked) or _NOW.search(asked) else (None, only)


def _statuses(
    asked: str, periods: Sequence[Period], early: Period | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the statuses said behind each of two times (“6月底没开工、9月底开工了的”)."""
    mentions = asked_statuses(asked)
    if early is None or len({status for status, _ in mentions}) < 2:
        return (), ()
    turn = _turn(asked, periods, early)
    if turn is None:
        return (), ()
    first = [s for s, (a, _) in mentions if early.span[0] <= a < turn]
    second = [s for s, (a, _) in mentions if a >= turn]
    return tuple(dict.fromkeys(first)), tuple(dict.fromkeys(second))


def _turn(asked: str, periods: Sequence[Period], early: Period) -> int | None:
    """Return where the question turns to the later time."""
    later = [p.span[0] for p in periods if p.span[0] > early.span[0]]
    if later:
        return later[0]
    now = _NOW.search(asked, early.span[1]) or re.search(r"[，,、]\s*已经?", asked)
    return now.start() if now else None


def _kind(
    asked: str, periods: Sequence[Period], before: Sequence[str], after: Sequence[str]
) -> ChangeKind | None:
    gone, come = bool(_VANISHED.search(asked)), bool(_APPEARED.search(asked))
    two = len(periods) >= 2 or bool(_THAN.search(asked))
    if before and after:
        return "moved"
    if _COUNTED.search(asked) and two:
        return "count"
    if two and gone and come:
        return "both"
    if two and (gone or come):
        return "vanished" if gone else "appeared"
    if _NEWLY.search(asked):
        return "newly"
    if _MEMBERS.search(asked) and not _BECAME.search(asked) and asked_statuses(asked):
        return "members"
    if _GREW.search(asked):
        return "amount"
    return "any" if two and _ANY.search(asked) else None
