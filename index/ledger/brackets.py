"""Brackets behind a project's name: whose it is, and what is said of it.

All spans are offsets into a View's clean text.
"""

from __future__ import annotations

import re

from index.ledger.edges import trimmed
from index.ledger.names import looks_named
from index.ledger.prose import COUNTED, is_part_of_name
from index.ledger.quantities import SCALE
from index.ledger.records import Span
from index.ledger.units import can_own
from index.sentences import closing, parts

MIN_NAME = 2  # characters
NOUNS = ("项目", "工程")  # what may stand behind a note: “某桥（资金没到）项目”
_REST = re.compile(r"[\u4e00-\u9fffA-Za-z\d]{2,20}[（(]")  # of a name, up to the next bracket
_ABOVE = re.compile(
    r"以上(?:\d+|[两三四五六七八九十])?(?:个|项|处)?(?:项目|工程)?(?:均|都)?(?:由|归|属于?|为)?(?P<unit>[^，。；、（）()]{2,20}?)"
    r"(?:负责|牵头|承担|实施|组织|建设|主管|承办)+$"
)
# “（均为区水务局）”: of all that stand before it.
_EACH = re.compile(
    r"(?:[两三四五六七八九十\d]+[个项])?(?:均|都|皆|全|同)(?:是|为|属于?|归|由)(?=..)"
)


def note_bracket(text: str, start: int, end: int) -> Span | None:
    """Return the first bracket that is no part of the name (“（二期）”), its marks included."""
    at = start + MIN_NAME
    while at < end:
        if text[at] in "（(":
            close = closing(text, at, end)
            inside = text[at + 1 : close]
            if close <= at or COUNTED.fullmatch(inside):
                return None
            if _ABOVE.match(inside):
                return at, close + 1
            if _name_goes_on(text, start, close + 1, end):
                at = close + 1
                continue
            behind = re.split(r"[，,（(。；;]", text[close + 1 : end])[0]
            if behind and SCALE.fullmatch(inside) and not looks_named(behind):
                return at, close + 1  # “某渠衬砌（36公里）|汛期不能断流”
            goes_on = close + 1 < end and text[close + 1 : end] not in NOUNS
            named = is_part_of_name(inside) or (goes_on and not _owns(inside))
            if not named or _owns(inside):
                return at, close + 1
            at = close
        at += 1
    return None


def _name_goes_on(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether the name goes on behind a bracket, up to another that says whose it is.

    “老城（钟楼片区）修缮（县文旅局，方案未批）”: the first belongs to the name, though an
    owner may be called so.
    """
    rest = _REST.match(text, at, end)
    if rest is None:
        return False
    inside = text[rest.end() : closing(text, rest.end() - 1, end)]
    return _owns(inside) and looks_named(text[start : rest.end() - 1])


def owner_in(text: str, start: int, end: int) -> tuple[Span | None, tuple[Span, ...]]:
    """Return the unit that a bracket begins with, and what else stands in it.

    “（以上由区水务局负责）” names it, too.
    """
    if above := _ABOVE.match(text, start, end):
        return above.span("unit"), ()
    if each := _EACH.match(text, start, end):
        start = each.end()
    if not _owns(text[start:end]):
        return None, ((start, end),)
    for low, high in parts(text, start, end, "，,；;"):
        rest = trimmed(text, high, end)
        return (low, high), ((rest,) if rest[0] < rest[1] else ())
    return None, ()


def _owns(words: str) -> bool:
    return can_own(_EACH.sub("", re.split(r"[，,、；;]", words)[0], count=1))
