"""The half of a question that asks something of each thing that the other half lists.

“哪些项目未开工，原因各是什么？” asks for one list with a column more. Its second half
narrows nothing: “各要求什么时候办好” is no question about what is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ledger.vocabulary import COUNT, GROUPS, WHAT
from index.ledger.records import Span

_CUT = re.compile(r"[，,；;。？?！!]")
WHEN = re.compile(
    r"(?:截至|截止|到了?|至|在)?(?:\d{4}年|今年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?|[上下]半年|[一二三四]季度末?|年底)"
)
# How each stands, behind a list of which things: “哪些项目，9月底进展如何”.
_STANDING = re.compile(
    r"^(?:目前|现在|当前|眼下|最新|的|又|都)*(?:工程|项目|推进|建设|施工)*(?:进展|进度|状态|状况|情况)(?:情况)?(?:又|都|是|为)?(?:如何|怎么?样|咋样|是?什么(?:样|情况)?)(?:了|呢)?$"
)
_LISTED = re.compile(r"哪些|哪几[个项]|有什么")
# What makes a clause one about each of several.
_EACH = re.compile(
    r"^(?:它们|他们|这些(?:项目|工程|事项)?|其)?(?:又|都)?(?:分别|各自|各(?!地|级|县|区|市|镇|乡|街|局|家|单位|部门|类|种|项|个|方面|位|有关|相关)|都(?=是?(?:因|卡|什么|谁|哪)))"
    r"|^(?:又|都|主要|具体|究竟|到底)*(?:卡|堵|难|绊|拖)(?:住)?在(?:哪|什么|谁)"
    r"|^[\u4e00-\u9fff\d]{0,10}?(?:分别|各自|各)(?:是|为|有|在|到|卡|多少|谁|哪|什么|怎|如何|几|由|因|归)"
)
# A request for columns of the list: “把原因列一下”, “要责任单位和时限”.
_WANTS = re.compile(
    r"^(?:请|并|再|还|顺便|同时|也)*(?:把|将|要|带上?|附上?|注明|标明|写明|说明|列出|列明)(?!求)(?P<what>[^，,。？?]{2,16}?)"
    r"(?:也|都|一并|一起)?(?:列|写|说|标|附|带|报)?(?:一?下|出来|清楚|上|明)*$"
)
# What is asked of each, in words too loose to stand for a column elsewhere.
_LOOSE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reason", re.compile(
        r"(?:卡|难|堵|绊|拖|差|问题出?)(?:住)?在|因为?(?:什么|啥)|为(?:什么|啥|何)|咋回事|怎么回事|什么(?:情况)?(?:没|导致|造成)")),
    ("deadline", re.compile(
        r"(?:什么|啥)时[候间]|何时|哪[天日年月]|几月|几号|多久|最迟|最晚|时间要求")),
    ("unit", re.compile(r"谁(?!的领导)|哪(?:个|家|些)?(?:单位|部门|局|家)|归口|归哪")),
    ("status_text", re.compile(
        r"(?:什么|啥)(?:样|情况|进度|状态|程度|阶段)|怎么?样|咋样|如何|哪一?步")),
)  # fmt: skip


_STUCK = re.compile(r"(?:卡|难|堵|绊|拖|差|问题出?)(?:住)?在")


@dataclass(frozen=True, slots=True)
class Each:
    """Where the half stands, and the columns that it asks for; none where it is not known."""

    span: Span
    columns: tuple[str, ...]


def each_in(text: str) -> Each | None:
    """Return the half of a folded question that asks of each thing listed, None without one."""
    cuts = (m for m in _CUT.finditer(text) if asks_of_each(text[m.end() :], text[: m.start()]))
    cut = next((m.end() for m in cuts), None)
    if cut is None:
        return None
    if when := WHEN.match(text, cut):
        cut = when.end()  # “到6月底各是什么进展”: the time is that of the whole list
    return Each((cut, len(text)), columns_of(text[cut:]))


def asks_of_each(clause: str, before: str = "") -> bool:
    """Tell whether a clause asks something of each thing that the clause before it lists."""
    bare = clause.strip(" ，,；;。？?！!")
    if when := WHEN.match(bare):
        bare = bare[when.end() :]
    if _STANDING.match(bare) and _LISTED.search(before):
        return True
    if COUNT.search(bare) or any(pattern.search(bare) for _, pattern in GROUPS):
        return False  # “各单位分别有几个” groups what is listed
    if _EACH.match(bare):
        return True
    wants = _WANTS.match(bare)
    return bool(wants and columns_of(wants["what"]))


def columns_of(words: str) -> tuple[str, ...]:
    """Return the columns that the words of such a half ask for."""
    found = [key for key, pattern in WHAT if pattern.search(words)]
    if _STUCK.search(words):  # “难在什么地方” asks for no place
        found = ["reason", *[key for key in found if key not in ("reason", "location")]]
    return tuple(dict.fromkeys(found or [k for k, pattern in _LOOSE if pattern.search(words)]))
