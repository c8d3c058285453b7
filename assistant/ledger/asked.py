"""Which statuses a question speaks of; people ask in other words than reports write."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import get_args

from assistant.ledger.ownstates import is_not_yet, is_own, own_mentions, own_name
from index.ledger.records import Progress, Span
from index.ledger.status import status_mentions, status_of

# Statuses that stand for several of the records' own.
STARTED, UNFINISHED = "started", "unfinished"
_UNSTARTED = frozenset({"not_started", "preparatory", "cancelled"})
_BUILT = frozenset({"under_construction", "suspended", "completed"})
_PROGRESS = frozenset(get_args(Progress))

_PUT_OFF = re.compile(r"暂缓|缓建|缓(?:实施|办|开工)")

# Words of a status that ask for no status: of a date, of a share, of what is demanded or hindered.
_OTHER = re.compile(
    r"(?:因为?|由于)[^，,。？?]{2,12}?(?:没有?|未能?|尚未)(?:全部|全面)?(?:完成|办完|交付|做完)(?=而|导致|造成|[，,]|才|就)"
    r"|哪(?:个|家)(?:公司|单位|企业|队伍)?[^，。？?]{0,4}(?:施工|承建)的?|(?:推进|进度|进展)最[快慢]|(?:建成|投产|竣工|完工|完成|投用)(?:以?后|之后)|影响[^，,、。？?]{0,10}(?:开工|施工|进度|建设)|(?:占|完成了?)[^，,。？?]{0,6}(?:年度|全年)?(?:计划|任务|目标)的?(?=比例|比重|百分"
    r"|多少|几成|还?不[到足]|超过|低于|高于|[\d%])|(?:开工|竣工|完工|投用|建成|复工|恢复施工)(?:时间|日期|率|条件)"
    r"|(?:计划(?!的(?:项目|工程))|预计|打算|要求|什么时候|啥时候|何时|哪天|几月|多久)[^，,。？?]{0,4}(?:能|前|会|才)?(?:全部|正式)?"
    r"(?:开工|动工|竣工|完工|投用|建成|复工|恢复施工|完成|办完|办结)|完成(?:了)?(?:多少|(?:年度|全年)?投资(?!计划|任务|目标))"
    r"|(?:年度|全年)?投资完成|when will [a-z ]*(?:finished|completed|started)"
    r"|(?:have|has|had)? ?completed? (?:investment|in)|invest\w* completed?"
)
_YEARS = r"(?:全年|年度|今年|本年|当年)的?(?:投资|建设|工作)?的?(?:计划|任务|目标|指标)"
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    # “提前做完全年任务的”: the task of the year is done, not the project.
    ("met", re.compile(
        rf"(?<![没未能])(?<!没有)(?:已经?|提前|全部|超额|如期)*(?:做|干|办|搞|交|拿)(?:完|好|成|满|下|足)了?{_YEARS}"
        rf"|{_YEARS}(?:已经?|都|就|也|提前|全部|超额|如期)*(?:做|干|办|搞|交|拿)(?:完|好|成|满|下|足)了?")),
    ("behind", re.compile(
        r"(?:没有?|未)(?:能)?完成[^，,。？?]{0,6}(?:年度|全年)?(?:计划|任务|目标|进度)|(?:推进|进度|进展|办|干|做|建|搞)得?[^，,。？?]{0,2}[慢]"
        r"|慢(?:了|下来)|掉队|拖了?后腿|拖后|落在后|拖延|拖(?:了|着|住)?(?:进度|工期|时间|节点)|(?:进度|工期)(?:上)?(?:拖|落)(?:了|着|下)|没赶上|跟不上|\bdelay(?:ed|ing)\b|\bslow\b|late\b")),
    ("ahead", re.compile(
        r"(?:跑|走|干|推|建|做|修|推进|进展|进度|步子)得?(?:比较|更|很|较|偏|都)?快(?=的|了|项目|$|[，,。？?、和与])|(?:冲|赶|走|跑|排)在(?:最)?前(?:面|头|列)?|抢跑|领先|超前"
        r"|\bfaster than (?:planned|schedule|the plan)|\bahead of (?:schedule|plan|time)")),
    ("on_schedule", re.compile(r"不快不慢|(?:刚好|正好|差不多)(?:能)?(?:跟上|赶上)|跟得上|\bkeep(?:ing)? pace")),
    (UNFINISHED, re.compile(
        r"(?:没有?|未能?|尚未|还没有?|没能)(?:全部|全面|按期|如期|真正)?(?:办结|办完|完成(?!投资|率|年度|计划|多少)|完工|竣工|建成|做完"
        r"|干完|交付|收尾|搞完|建完|修完|铺完|盖完|改完|拆完|装完)(?!率)|(?:完|竣)不了工|(?:not|n't) (?:yet )?(?:been )?(?:finished|completed|done)|unfinished|incomplete")),
    (STARTED, re.compile(
        r"(?<![未没新有能复])(?:开工|动工)的?(?:项目|工程)的?(?:总|个)?数|(?:多少|几)个?(?:重点|重大)?(?:项目|工程)(?:已经?|都|正式|全面)*(?:开工|动工|启动|进场)了?(?=$|[，,。？?]|的)"
        r"|(?<![未没新有能复])(?:开工|动工|开建)了?的?(?:一共|总共|共|有)*(?:多少|几)个?(?:重点|重大)?(?:项目|工程)|(?<!未)(?<!没)(?<!没有)(?:已经?|都|均)(?:全面|正式|全部)?(?:开工|动工|开建|启动|动起来|干起来)|(?<!没)(?<!没有)(?:开工|动工|干|动|建)起来|(?<![没未])(?<!没有)(?:开|动)过工"
        r"|\b(?:has|have|had|were|was) (?:already |since |now )?(?:been )?(?:started|begun)")),
    ("suspended", re.compile(r"停下来?了?|停了|停着|停住|停摆|停滞|半路停")),
    ("completed", re.compile(
        r"(?<![未没有能前应须要划])(?:(?:已经?|都|全部|均)+(?:全面|按期|顺利)?完成了?的?(?=$|[，,。？?]|项目|工程|事项|任务|有|是)"
        r"|完成了?的(?=(?:督办|重点|交办|整改|议定)?(?:项目|工程|事项|任务)(?!投资|资金)))"
        r"|(?:办|干|做|搞|建)(?:完|成|好)了?(?!后|什么|啥|怎|咋|多少|立)|完了工|收了尾|\bdone\b|\bfinished\b")),
    ("cancelled", re.compile(r"(?:被)?(?:取消|终止|撤销|撤掉|黄)了?(?=的|[，,？?]|$)")),
    ("preparatory", re.compile(r"储备(?=项目|工程|阶段)|还在(?:做|跑|办)?前期|\breserve\b|preliminary|pipeline")),
    ("not_started", re.compile(
        r"(?:没有?|未|还没有?|尚未|一直没)(?:开始)?(?:动起来|动静|动(?=的|$|[，,？?])|开(?=的|$|[，,？?])|破土|进场|上马|落地)"
        r"|(?:迟迟)?[开动]不了工|开不了|(?:not|n't) (?:yet )?(?:been )?(?:started|begun)|yet to (?:start|begin)")),
)  # fmt: skip


# “是哪天开工的”, “什么时候通的车”: that it was is taken for granted.
_SUPPOSES = re.compile(
    r"(?:哪[天年月日]|什么时[候间]|啥时[候间]?|何时|几月(?:几[日号])?|几号|哪个月)(?:正式|全面|全部|才)?"
    r"(?:(?P<begun>开工|动工|启动|复工|进场|破土)|(?P<done>竣工|完工|建成|投用|通车|交付|验收|投产|开业))(?:的(?!时间|日期|计划)|了)"
)


# “还剩几户没签”: that something is still to be done is.
_REST = re.compile(r"还(?:剩|差|缺|欠|余)(?:下|了|着)?(?:多少|几)[^，,。？?]{0,8}(?:没|未)")


def supposed_statuses(text: str) -> tuple[str, ...]:
    """Return the status that a folded question takes for granted by asking when it came."""
    match = _SUPPOSES.search(text)
    if match is None:
        return (UNFINISHED,) if _REST.search(text) else ()
    return (STARTED,) if match["begun"] else ("completed",)


def asked_statuses(text: str) -> list[tuple[str, Span]]:
    """Return the statuses that a folded question speaks of, with their spans, in order."""
    rest = text
    for match in _OTHER.finditer(text):
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    found: list[tuple[str, Span]] = []
    for key, pattern in _ASKED:
        for match in pattern.finditer(rest):
            found.append((key, match.span()))
        rest = pattern.sub(lambda m: " " * len(m.group()), rest)
    return sorted([*found, *status_mentions(rest)], key=lambda mention: mention[1])


def statuses_said(text: str, names: Sequence[str]) -> list[tuple[str, Span]]:
    """Return the statuses that a folded question speaks of, documents' own ``names`` first."""
    own = own_mentions(text, names)
    for _, (start, end) in own:
        text = text[:start] + " " * (end - start) + text[end:]
    return sorted([*own, *asked_statuses(text)], key=lambda mention: mention[1])


def meets(have: Collection[str], wanted: Collection[str]) -> bool:
    """Tell whether a project with the statuses ``have`` has one of those ``wanted``."""
    return any(status in have or _stands_for(status, have) for status in wanted)


def _stands_for(status: str, have: Collection[str]) -> bool:
    own = {one for one in have if not is_own(one)}
    if is_own(status):
        # “未进场” is said of what no document sorts, too, where it is told to be not begun.
        unsorted = is_not_yet(status) and len(own) == len(have)
        return unsorted and status_of(own_name(status), heading=True).stage in own
    if status == "under_construction":
        # What is said to be on schedule or behind, and nothing else, is being built.
        return bool(own & {"ahead", "on_schedule", "behind"}) and not own - _PROGRESS
    if status == STARTED and any(is_own(one) and _PUT_OFF.search(own_name(one)) for one in have):
        return False  # “暂缓实施”: set aside, and not stopped when it had begun
    if status == STARTED:
        return bool(own & _BUILT or (own & _PROGRESS and not own & _UNSTARTED))
    return status == UNFINISHED and bool(own) and not own & {"completed", "cancelled"}
