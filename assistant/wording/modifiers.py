"""States and causes that a question names in words that no pattern foresees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.ledger.asked import statuses_said
from assistant.wording.model import likeliest
from index.embed import PassageEncoder
from index.ledger.records import Span
from index.ledger.wording import word_spans

TROUBLED = "存在问题"
# The classes of modifiers with the usual words of each; what names neither has none.
STATES = {
    "未开工": "未开工", "滞后": "进度滞后", "停工": "停工", "竣工": "竣工", "正常": "进度正常",
    "提前": "进度超前", "在建": "在建", "存在问题": TROUBLED,
}  # fmt: skip
CAUSES = {
    "资金": "资金", "征地拆迁": "征地拆迁", "审批手续": "审批手续", "设计变更": "设计变更",
    "施工单位不力": "施工单位", "天气": "天气",
}  # fmt: skip
# Statuses that patterns read in words of a class: the words then say more than its usual ones.
_KNOWN_AS = {
    "未开工": ("not_started", "preparatory"), "滞后": ("behind",), "停工": ("suspended",),
    "竣工": ("completed",), "正常": ("on_schedule",), "提前": ("ahead", "met"),
    "在建": ("under_construction", "started"),
}  # fmt: skip
NEITHER = "非状态"
_PLAN_DONE = re.compile(r"(?:计划|任务|目标)[^，,]*完成|完成[^，,]*(?:计划|任务|目标)")
CLASSES = (*STATES, *CAUSES, NEITHER)
SURE = 0.8
_NOT = re.compile("没有?|不(?:是|算)?|并未|未")
_TROUBLES = ("behind", "suspended", "not_started")
SHORTEST = 2  # characters
# What is said before 项目 or 的, from the last thing named or the last comma on.
_RUN = re.compile(
    r"(?P<run>[^\0，,。；;？?、：:]{2,18}?)(?:的?(?=(?:重点|重大)?(?:项目|工程))"
    r"|的(?=[，,、加和与跟比占]|有|是|又?[一共总]+[共计]?|各|全|几|哪|？|$))"
)
# What is said of a project that is named before it.
_SAID_OF = re.compile(r"(?<=\0)(?P<run>(?!的)[^\0，,。；;？?、：:]{2,14})(?=[，,？?]|$)")
_ASKING = re.compile(
    r"哪(?:个|些|家|几个|里|儿)?|什么|多少个?|几个?|谁|吗|怎么?样?|咋|有没有|请问?|列出|查|为何|为啥|其中|里|中|当中|都|因为|由于|不是|并非|除了?|多[长高大宽深远久快厚重]"
)
# What stands before a state and changes nothing in it.
_STILL = re.compile(r"^(?:至今|目前|现在|当前|已经?|还|仍然?|尚|都|一直|属于|处于|是)+")


def modifiers_said(
    text: str, own: Sequence[str], encoder: PassageEncoder
) -> Iterator[tuple[str, Span, str]]:
    """Yield the letter, the span and the words of states (S) and causes (C) of a folded question.

    ``own`` are the documents' own names of states. What is named already is "\0" in ``text``.
    """
    for pattern in (_RUN, _SAID_OF):
        for match in pattern.finditer(text):
            run, at = match["run"], match.start("run")
            begun = max((m.end() for m in _ASKING.finditer(run)), default=0)
            if len(run) - begun < SHORTEST or (begun and pattern is _SAID_OF):
                continue
            for letter, (start, end), words in _read(run[begun:], own, encoder):
                yield letter, (at + begun + start, at + begun + end), words


def _read(run: str, own: Sequence[str], encoder: PassageEncoder) -> Iterator[tuple[str, Span, str]]:
    """Yield what a run says: in its own words where patterns read it, else in the usual ones."""
    known = statuses_said(run, own)
    still = _STILL.match(run)
    bare = len(run) - (still.end() if still else 0)
    if any(end - start >= bare for _, (start, end) in known):
        yield "S", (0, len(run)), run
        return
    negated = _NOT.match(run)
    if negated and any(key in _TROUBLES for key, _ in statuses_said(run[negated.end() :], own)):
        return  # “没有滞后” is no state of ours
    found = _learnt(run, encoder)
    if found is None:
        for _, (start, end) in known:
            yield "S", (start, end), run[start:end]
        return
    name, start = found
    covered = sum(end - begin for _, (begin, end) in known)
    if 2 * covered >= len(run) and all(key in _KNOWN_AS.get(name, ()) for key, _ in known):
        start = min(start, *(begin for _, (begin, _) in known))
        yield "S", (start, len(run)), run[start:]
    elif name == "提前" and _PLAN_DONE.search(run):
        yield "S", (start, len(run)), "提前完成年度计划"
    else:
        yield "S" if name in STATES else "C", (start, len(run)), (STATES | CAUSES)[name]


def _learnt(run: str, encoder: PassageEncoder) -> tuple[str, int] | None:
    """Return the class of what a run most likely ends in, and where that starts."""
    starts = [start for start, _ in word_spans(run) if len(run) - start >= SHORTEST]
    told = likeliest([run[start:] for start in starts], "modifiers", encoder)
    ends = [
        (share, -start, name)
        for start, (name, share) in zip(starts, told, strict=False)
        if share >= SURE and name != NEITHER
    ]
    if not ends:
        return None
    _, start, name = max(ends)
    return name, -start
