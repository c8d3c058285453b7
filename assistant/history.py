"""Follow-up questions made standalone: “那原因呢？” after a question about one project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import kind_of
from assistant.records import Turn
from index.words import chinese_share, fold

# Pronouns that stand for what was talked about.
_PRONOUN = re.compile(
    r"它们|他们|她们|它|他|她|该(?:项目|工程|单位|区|会议|文件)|这个(?:项目|工程|会议)?|那个(?:项目|工程)?"
    r"|这些(?:项目|工程)?|那些(?:项目|工程)?|上述(?:项目|工程)?|前者|此项目|本项目|其(?!中|他|它|余|实)"
)
_PRONOUN_EN = re.compile(
    r"\b(it|its|they|them|their|that (?:one|project)|this (?:one|project)|these|those|he|she)\b"
)
_ELLIPSIS = re.compile(
    r"^(那么?|那|然后|还有|另外|以及|and|what about|how about|so)", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(那么|那|然后|还有|另外|以及|and|what about|how about|so)[，,\s]*", re.IGNORECASE
)
_TAIL = re.compile(r"[呢吗？?！!。\s]+$")
_PERIOD = re.compile(r"(?:19|20)\d\d年?|第?[一二三四]季度|上半年|下半年|\d{1,2}月份?")

# The predicates of asking, cut from a question so that its topic remains.
_PREDICATE = re.compile(
    r"(为什么|为何|因何|怎么|卡在|哪里|哪儿|在哪|存在(?=什么|哪)|何时|什么时候|是否|有没有|是不是|由谁|谁|哪个|哪些|哪家|多少|几个|什么|如何|怎样"
    r"|的?(原因|理由|状态|进展|进度|情况)|(开工|动工|竣工|完工|完成|建成|启动)了?(吗|没有|没)?$"
    r"|(没有?|未|尚未|还没有?)(开工|动工|完成|竣工|启动)|是|现在|目前).*$"
)
# What a question asked of its topic: the next question asks something else of it.
_ATTRIBUTE = re.compile(
    r"的?(总?投资额?|资金|责任单位|牵头单位|责任领导|负责人|工期|规模|面积|长度|地点|位置|期限|时限|问题|措施|作用|意义)$"
)
_NOW = re.compile(r"(?:到)?(?:现在|目前|眼下|如今|最新)(?:的?(?:情况|状态))?")
_AMONG = re.compile(
    r"^(?:这里头|这里面|这里边|其中|里头|里面|当中|这几[个项件](?:项目|任务)?(?:里|中|当中)?|这些(?:里头?|当?中))[，,]?"
)
SHORT_FOLLOW_UP = 12  # characters; a question this short without a topic leans on history


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Return ``question`` so that it can be understood without ``history``."""
    if not history:
        return question
    pronoun = _PRONOUN if chinese_share(question) > 0.3 else _PRONOUN_EN
    bare = _TAIL.sub("", _LEAD.sub("", question.strip()))
    among = _AMONG.match(question.strip())
    if among:
        subject = topic_of(_last_standalone(history))
        return f"{subject}中，{question.strip()[among.end() :]}" if subject else question
    if _NOW.fullmatch(bare):
        return f"{_PERIOD.sub('', _TAIL.sub('', _last_standalone(history)))}，现在？"
    leans = pronoun.search(question) or _ELLIPSIS.search(question)
    if not leans and not _without_topic(bare):
        return question
    previous = _last_standalone(history)
    if _asks_same_for_other(bare, previous):
        return _PERIOD.sub(_PERIOD.findall(bare)[0], previous, count=1)
    subject = topic_of(previous)
    if not subject:
        return question
    if pronoun.search(question):
        return pronoun.sub(lambda _: subject, question, count=1)
    joint = "" if chinese_share(question) <= 0.3 else "的" if len(bare) <= 8 else "，"
    return f"{subject}{joint or ' '}{bare}？"


def topic_of(question: str) -> str:
    """Return what a question is about: its words before those of asking."""
    text = _TAIL.sub("", question.strip())
    if chinese_share(text) <= 0.3:
        return re.sub(
            r"^(who|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have)\b\s*"
            r"(is|are|was|were|did|does|do|has|have|the)?\s*", "", text, flags=re.IGNORECASE)  # fmt: skip
    topic = _PREDICATE.sub("", text).strip("，, 的")
    topic = _ATTRIBUTE.sub("", topic)
    return topic if len(topic) >= 2 else text


def _last_standalone(history: Sequence[Turn]) -> str:
    """Return the newest question of the history, itself made standalone."""
    return standalone(history[-1].question, history[:-1])


def _without_topic(bare: str) -> bool:
    """Tell whether a short question holds nothing but words of asking (“原因”, “责任单位”)."""
    if len(bare) > SHORT_FOLLOW_UP:
        return False
    rest = re.sub(
        r"要求|搞定|之前|哪天|牵头|卡在|卡住|环节|下一?步|怎么办|怎么|打算|推进|解决|哪一?步|啥时候|为啥|为什么|为何|原因|理由|进展|进度|状态|情况|责任|牵头|负责|单位|领导|部门|投资|总|多少|什么|时候|时间"
        r"|何时|谁|哪个|哪里|开工|动工|完工|竣工|完成|启动|措施|问题|期限|时限|位置|地点|规模|工期|是|的|有|怎么样|如何|why|when|who|where|how much|status|reason", "", fold(bare))  # fmt: skip
    return len(rest.strip()) <= 1


def _asks_same_for_other(bare: str, previous: str) -> bool:
    """Tell whether only another period is named (“那二季度呢”)."""
    rest = _PERIOD.sub("", bare).strip("的 ")
    return (
        bool(_PERIOD.search(bare))
        and len(rest) <= 1
        and bool(_PERIOD.search(previous))
        and kind_of(fold(bare)) == "lookup"
    )
