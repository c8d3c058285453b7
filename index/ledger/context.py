"""What stands above a record: its headings and title, and what they say of all below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from index.headings import numbering_of
from index.ledger.attributes import as_of_in
from index.ledger.prose import COUNTED, chinese_count, is_hedged
from index.ledger.records import Progress, RecordKind, Span, Words
from index.ledger.status import Status, stages_in, status_mentions, status_of
from index.ledger.units import is_strong_unit
from index.records import Document, Section, View

_KINDS: tuple[tuple[RecordKind, re.Pattern[str]], ...] = (
    ("promise", re.compile(
        r"民生实事|为民实事|实事项目|实事办理|民生承诺|办好.{0,6}实事|(?:十|十二|二十)[件大]实事"
        r"|实事|(?:暖心|民心|惠民)事|民心工程|件大?好事"
    )),
    ("task", re.compile(r"督办(?:事项|通知|通报)")),
    ("fund_line", re.compile(
        r"债券|专项资金|资金(?:使用|支出|拨付|安排|分配)|预算执行|衔接资金|补助资金")),
    ("task", re.compile(
        r"任务(?:分解|清单|分工|台账)|工作(?:任务|要点|台账|分工|清单)|督办(?:事项|台账|通知"
        r"|清单)|重点工作|政府工作报告|目标责任|整改(?:台账|清单|任务)|责任分解|任务落实|任务事项|议定(?:任务|事项)|会议纪要"
    )),
)  # fmt: skip
# “民生实事和重点工程进展”: what stands below may be either.
_MIXED = re.compile(
    r"民生实事(?:项目)?(?:和|与|及|、|暨)[^，。；、\s]{0,6}(?:项目|工程)|(?:项目|工程)(?:和|与|及|、|暨)[^，。；、\s]{0,4}民生实事(?:项目)?"
)
_LISTS = re.compile(r"项目|工程|任务|事项|实事|清单|台账|名单|工作")
_TITLE_OF_LIST = re.compile(
    r"(?:未开工|未动工|停工|停建|缓建|滞后|续建|在建|新开工|竣工|前期|拟建|储备|落后|慢于|未达"
    r"|未赶上|掉队|欠账|停摆|卡壳)[^，。]{0,12}(?:项目|工程|任务|事项)|(?:项目|工程|任务|事项)[^，。]{0,4}(?:滞后"
    r"|停工|未开工)"
)


_BESIDE_OTHERS = re.compile(
    r"(?<=[\u4e00-\u9fff）)])(?:以?及|和|与|、)(?:在建|续建|新建|停工|未开工|已?完工|已?竣工|滞后)"
)
# “销号的9个”: a class that the document itself sorts by, whatever it calls it.
_CLASS_OF = re.compile(
    r"[【〔\[]?[^，。；：:、（）()\d【〔\[]{2,12}的\s*\d{1,3}\s*[个项件](?:项目|事项|问题|任务)?[】〕\]]?"
)
_JOINT = re.compile(r"(?:项目|工程|类)?(?:以?及|和|与|、|或)")
# A meeting's business (“听取……汇报，研究……”) says what was talked of, and where none stands.
_BUSINESS = re.compile(r"(?:会议)?(?:听取|研究|审议|审定|讨论|传达|学习|通报)(?!院|所|中心|生|会)")
# “抓好收尾投用”, “攻开工”: what is to be done says of no project that it is.
_DEMANDS = re.compile(
    r"(?:第[一二三四五六七八九十][，,、])?[一二三四五六七八九十]?要?"
    r"(?:抓[好紧实]?|狠抓|促|攻|紧盯|盯[紧住]|加快|加强|力争|确保|推动|做好|强化|突出|严[格守控]|全力|坚决|倒排|必须|务必|坚持|聚焦)"
)
# A heading about projects of a state: “关于停工项目的处置”, “未开工项目包联情况”.
_ABOUT = re.compile(
    r"(?:关于|对于?|就|针对)|[^，。；（(]{2,24}(?:项目|工程|任务|事项)(?:的|县?领导)?"
    r"(?:包[联保抓案挂]|挂[联包钩牌]|联系|帮扶|督办|调度|处置|整改|推进|盘活|安排|分工|责任)"
)
# What stands below is to be done, whatever its parts are called (“（三）盘活停缓建”).
_PLANS = re.compile(
    r"(?:下一?步|下一?阶段|下段|后段|今后)[^，。；：]{0,12}$"
    r"|[^，。；：]{0,8}(?:工作(?:的)?(?:安排|打算|措施|举措|要求|思路|计划)|对策建议|有关要求|几点建议|努力方向)(?:如下|是|为)?$"
)
# What the next part of a report opens with, run into its paragraph (“存在的主要问题：”).
_NEXT_PART = re.compile(
    r"(?<=\n)[^，。；：:、\n\d（(]{0,10}(?:亮点|特点|成效|做法|问题|短板|弱项|困难|难点|不足|安排"
    r"|打算|措施|举措|计划|思路|建议|要求)[^，。；：:、\n]{0,4}[：:]"
)
MAX_OPENING = 60  # characters before a title that are its first lines


@dataclass(frozen=True, slots=True)
class Context:
    """The headings above a place, innermost last, and what follows from them.

    ``heading`` is the innermost one, ``unit`` a heading that is a unit's name,
    ``kind`` what the document lists, ``title`` its title; ``section`` tells that there is a heading
    besides the title.
    """

    kind: RecordKind
    status: Status
    status_words: Words | None
    heading: Words | None
    unit: Words | None
    stated: Words | None
    as_of: Words | None
    section: bool = False
    title: str = ""


def context_at(document: Document, view: View, at: int, *, near: str = "") -> Context:
    """Return the context of the canonical offset ``at``; ``near`` is a caption or sheet name."""
    above = sections_above(document, view, at)
    status, words = _status(document, view, above, near)
    inner = above[-1] if above else None
    return Context(
        kind=kind_of(" ".join([_opening(document, view), *(s.heading for s in above), near])),
        status=status,
        status_words=words,
        heading=_heading(inner, view) if inner else _title(document),
        unit=_unit(above, view),
        stated=_stated(inner, view) if inner else None,
        as_of=_as_of(document, view, above),
        section=bool(above),
        title=document.title,
    )


def sections_above(document: Document, view: View, at: int) -> list[Section]:
    """Return the sections that the canonical offset ``at`` stands in, the innermost last."""
    return [s for s in document.sections if s.start <= at < s.end and not _is_left(view, s, at)]


def _is_left(view: View, section: Section, at: int) -> bool:
    """Tell whether ``at`` stands behind what a run-in heading with its number heads.

    “5.停工。共有6个：……” is a paragraph; “四季度工作安排：……” below it is a part of the report.
    """
    start, end = clean_span(view, section.heading_end, section.end)
    return clean_span(view, at, at)[0] >= run_in_end(view.text, start, end)


def run_in_end(text: str, start: int, end: int) -> int:
    """Return where what stands under a heading ends that itself ends at ``start``.

    It is ``end``, but for a heading within a paragraph that counts what it lists: the report's
    next part ends that, with or without a heading of its own.
    """
    stop = text.find("\n", start, end)
    if stop < 0 or not COUNTED.search(text, start, stop):
        return end
    label = _NEXT_PART.search(text, stop, end)
    return label.start() if label else end


def _opening(document: Document, view: View) -> str:
    """Return the title, with the lines before it that belong to it."""
    if document.title_start is None or document.title_start - document.start > MAX_OPENING:
        return document.title
    low, high = clean_span(view, document.start, document.title_start)
    return f"{view.text[low:high]} {document.title}"


def kind_of(words: str) -> RecordKind:
    """Return what kind of records a title or heading announces; none where it joins two kinds."""
    words = _MIXED.sub(" ", words)
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    return "project"


def is_demand(heading: str) -> bool:
    """Tell whether a heading says what is to be done, which no project is yet (“抓好收尾”)."""
    return bool(_DEMANDS.match(bare_heading(heading)))


def is_plan(words: str) -> bool:
    """Tell whether a heading or lead-in announces what is to be done (“四季度工作安排”)."""
    return bool(_PLANS.match(bare_heading(words)))


def announces_list(words: str) -> bool:
    """Tell whether a heading announces a list of projects, tasks or the like."""
    return bool(_LISTS.search(words))


def bare_heading(heading: str) -> str:
    """Return a heading without its numbering."""
    numbering = numbering_of(heading)
    return (heading[numbering.length :] if numbering else heading).strip()


def _status(
    document: Document, view: View, above: Sequence[Section], near: str
) -> tuple[Status, Words | None]:
    if near and not _partly(near) and (said := status_of(near, heading=True)):
        return said, None
    planned = any(is_plan(section.heading) for section in above)
    for section in reversed(above):
        heading = bare_heading(section.heading)
        if planned and not COUNTED.search(heading):
            return Status(), None
        if _mixed(heading) or _BUSINESS.match(heading) or is_demand(heading):
            return Status(), None
        if (said := status_of(heading, heading=True)) and len(heading) <= 40:
            return said, status_words(_heading(section, view))
    title = document.title
    if (
        _TITLE_OF_LIST.search(title)
        and not _mixed(title)
        and (said := status_of(title, heading=True))
    ):
        return said, _said_in_title(document, said)
    return Status(), None


def _said_in_title(document: Document, said: Status) -> Words | None:
    """Return the title's words that say the status: the whole of it says much else."""
    title = _title(document)
    return _said_only(title, said) if title else None


def status_words(heading: Words) -> Words:
    """Return a heading that names a class of projects, else only its words that say the status.

    “关于未开工项目的包保” is about what is done for them, and where none of them stands.
    """
    if not _ABOUT.match(bare_heading(heading.text)):
        return heading
    return _said_only(heading, status_of(heading.text, heading=True))


def _said_only(words: Words, said: Status) -> Words:
    """Return the part of unbroken words that says a status."""
    spans = [span for span in (said.stage_span, said.progress_span) if span]
    begin, end = words.spans[0]
    if not spans or end - begin != len(words.text):  # broken over lines
        return words
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    return Words(words.text[low:high], ((begin + low, begin + high),))


def _mixed(heading: str) -> bool:
    """Tell whether a heading names several classes (“在建及拟建项目”): it says none of each."""
    mentions = [span for _, span in status_mentions(heading)]
    for before, after in pairwise(mentions):
        if _JOINT.fullmatch(heading[before[1] : after[0]]):
            return True
    return len(stages_in(heading) - {"preparatory", *get_args(Progress)}) > 1


def _partly(caption: str) -> bool:
    """Tell whether a state is but one of the kinds that a caption names (“大型及在建水库”)."""
    match = _BESIDE_OTHERS.search(caption)
    return match is not None and not status_of(caption[: match.start()], heading=True)


def _heading(section: Section, view: View) -> Words:
    length = len(section.heading) - len(bare_heading(section.heading))
    start = (
        section.start + length
        if section.heading_end - section.start == len(section.heading)
        else section.start
    )
    text = bare_heading(section.heading) if start > section.start or not length else section.heading
    return Words(text, ((start, section.heading_end),))


def _title(document: Document) -> Words | None:
    if document.title_start is None or document.title_end is None:
        return None
    return Words(document.title, ((document.title_start, document.title_end),))


def _unit(above: Sequence[Section], view: View) -> Words | None:
    for section in reversed(above):
        name = _owner_of(section.heading)
        if name:
            at = section.start + section.heading.index(name)
            return Words(name, ((at, at + len(name)),))
    return None


def _owner_of(heading: str) -> str:
    """Return the unit that a heading names, with or without how many are its own."""
    bare = bare_heading(heading)
    name = re.sub(r"[（(：:].*$|\s*共?\d+\s*[个项件](?:项目|工程)?$", "", bare).strip()
    return name if is_strong_unit(name) else ""


def _stated(section: Section, view: View) -> Words | None:
    heading = section.heading
    counts = list(COUNTED.finditer(heading))
    listed = announces_list(heading) or bool(status_of(heading, heading=True))
    listed = listed or _CLASS_OF.fullmatch(bare_heading(heading)) is not None
    if not counts or not (listed or _owner_of(heading)):
        return None
    match = counts[-1]
    if is_hedged(heading, match):
        return None
    start = section.start + match.start("number")
    return Words(
        match["number"],
        ((start, start + len(match["number"])),),
        float(chinese_count(match["number"])),
    )


def _as_of(document: Document, view: View, above: Sequence[Section]) -> Words | None:
    """Return the date up to which the section counts, else that of the document's opening."""
    for section in reversed(above):
        found = _as_of_within(view, section.start, min(section.end, section.heading_end + 200))
        if found:
            return found
    return _as_of_within(view, document.start, min(document.end, document.start + 1_200))


def _as_of_within(view: View, start: int, end: int) -> Words | None:
    low, high = clean_span(view, start, end)
    return as_of_in(view, low, high)


def clean_span(view: View, start: int, end: int) -> Span:
    """Return the span of the clean text that the canonical ``[start, end)`` covers."""
    from bisect import bisect_left

    return bisect_left(view.offsets, start), bisect_left(view.offsets, end)
