"""What a question is about, as words: “三季度未开工的项目” of “三季度哪些项目未开工？”."""

from __future__ import annotations

import re

from assistant.language import is_english

HEAD = re.compile(
    r"(?:[省市区县]级|国家级)?(?:重点|重大|民生|在建|专项债(?:券)?|督办"
    r"|问题)?(?:建设)?(?:项目|工程(?!师)|任务|事项|实事|小区)"
)
_TAIL = re.compile(r"[呢吗吧啊呀？?！!。.\s]+$")
_SECOND = re.compile(
    r"[，,；;？?。](?=[^，,；;？?。]*(?:原因|为什么|为啥|为何|各[是有自归]|分别|卡在|多少|哪"
    r"|什么|如何|怎|谁|几[个项件]))"
)
_Q = r"(?:哪些|哪几[个项件家条]?|哪[个家]|什么|(?:多少|几)[个项件家])"
_LISTS = (
    # 三季度哪些项目未开工 / 区交通局负责哪些项目 / 云岭区有哪些工程没有动工
    re.compile(
        rf"^(?P<pre>.*?)(?:一共|总共|共|都|还|现在|目前)*(?:有"
        rf"|是)?{_Q}(?P<n>[^，]{{0,12}}?(?:项目|工程|任务|事项|实事|小区))(?P<v>.*)$"
    ),
    # 未开工的项目有哪些 / 未开工项目有多少个
    re.compile(
        rf"^(?P<np>.+?)(?:一共|总共|共|都|还|分别|具体|各)*(?:有|是)?{_Q}(?:是谁)?(?:[^，]{{0,4}})$"
    ),
)
# What was asked of the things before: the next question asks something else of them.
_ASKED = re.compile(
    r"(?:中|里)?[，,](?:(?:哪个|哪一个)(?:责任单位)?的?[^，]{0,10}最[^，]{1,4}"
    r"|最[早晚]到期的?(?:是|项目).*)$"
    r"|的?(?:总投资|计划投资|完成投资|债券额度|投资|资金)(?:总额)?(?:一共|合计|总共"
    r"|加起来)(?:是)?(?:多少.*)?$"
    r"|占[^，占]{1,12}的?(?:比例|比重|百分比)(?:是多少)?$"
    r"|[，,]?按[^，]{2,5}(?:分|统计|列)?[，,]?各有(?:几|多少)个$"
)
_RANKED = re.compile(
    r"^(?P<pre>.*?)(?:(?:总投资|投资"
    r"|完成投资)(?:额)?最[大高小低多少])的?(?:[一二三两四五\d]个)?(?P<np>[^，]*?(?:项目"
    r"|工程))?(?:是|有)?(?:哪.*)?$"
)
_OF_UNIT = re.compile(
    r"^(?P<pre>.*?)(?:哪个|哪家|哪些|哪几个)(?:责任|牵头)?(?:单位|部门"
    r"|局)(?:负责)?的?(?P<np>[^，]*?(?:项目|工程|任务))(?:数量|个数)?最[多少].*$"
)
_FILLER = re.compile(r"^(?:一共|总共|目前|现在|请问|请|列出|说说)+")


def things_of(question: str) -> str:
    """Return the things that a question lists or counts, as a noun phrase."""
    text = _TAIL.sub("", question.strip())
    second = _SECOND.search(text)
    asked = _ASKED.search(text)
    if asked:
        text = text[: asked.start()]
    elif second and (re.search(_Q, text[: second.start()]) or HEAD.search(text[: second.start()])):
        text = text[: second.start()]
    text = _FILLER.sub("", text.strip("，, "))
    of_unit = _OF_UNIT.match(text)
    if of_unit:
        return _phrase(f"{of_unit['pre']}{of_unit['np']}", "", None, None)
    for pattern in _LISTS:
        match = pattern.match(text)
        if match:
            found = match.groupdict()
            return _phrase(found.get("np"), found.get("pre", ""), found.get("n"), found.get("v"))
    ranked = _RANKED.match(text)
    if ranked and "最" in text:
        return _phrase(f"{ranked['pre']}{ranked['np'] or '项目'}", "", None, None)
    return text if HEAD.search(text) else _phrase(text, "", None, None)


def _phrase(np: str | None, pre: str | None, noun: str | None, verb: str | None) -> str:
    if np is not None:
        np = np.rstrip("的中里，, ")
        return np if HEAD.search(np[-4:]) else f"{np}的项目"
    before = (pre or "").rstrip("，, ")
    predicate = re.sub(r"(?:了|吗|没有?)$", "", (verb or "").strip("，, 的"))
    if predicate:
        return f"{before}{predicate}的{noun}"
    owned = re.search(r"(?:负责|牵头|承担|主管|包抓|分管|实施|存在|有)$", before)
    joint = "的" if owned or not before or before[-1] not in "的度年底" else ""
    return f"{before}{joint}{noun}" if before else str(noun)


_LISTED_EN = re.compile(
    r"^(?:and )?(?:which|what|how many|list|show(?: me)?"
    r"|are there(?: any)?)(?: all)?(?: of)?(?: the)? (?P<n>(?:[a-z]+ )*?(?:projects?|tasks?"
    r"|works|promises))\b"
    r"(?P<v>.*?)(?:,? and (?:why|what|which|who|how|for what|where|when|by when)\b.*|,.*)?$",
    re.IGNORECASE,
)
_OF_THE_EN = re.compile(
    r"^(?:which of|what share of all projects are|what is the (?:[a-z]+ )?investment of) the "
    r"(?P<np>(?:[a-z]+ )*?projects?\b.*?)(?: has the (?:largest|smallest).*|,? taken together)?$",
    re.IGNORECASE,
)


def things_of_en(question: str) -> str | None:
    """Return the things that an English question lists, “projects that were not started”."""
    text = re.sub(r"[?.!\s]+$", "", question.strip())
    of_the = _OF_THE_EN.match(text)
    if of_the:
        return of_the["np"].strip()
    match = _LISTED_EN.match(text)
    if not match:
        return None
    verb = match["v"].strip()
    if not re.search(r"\bthat\b", verb):
        verb = re.sub(r"\b(?=(?:are|were|have|has|had|is|was)\b)", "that ", verb, count=1)
    return f"{match['n']} {verb}".strip()


# The predicates of asking, cut from a question so that its topic remains.
_PREDICATE = re.compile(
    r"(为什么|为何|因何|怎么|卡在|哪里|哪儿|在哪|存在(?=什么|哪)|何时|什么时候|是否|有没有"
    r"|是不是|(?:是)?由谁|谁|哪位|哪个|哪些|哪家|哪几|哪天|哪年|几点|多少|几个|什么|如何|怎样"
    r"|的?(原因|理由|状态|进展|进度|情况)|(开工|动工|竣工|完工|完成|建成|启动)了?(吗|没有|没)?$"
    r"|(没有?|未|尚未|还没有?)(开工|动工|完成|竣工|启动)|是|现在|目前).*$"
)
# What a question asked of its topic: the next question asks something else of it.
_ATTRIBUTE = re.compile(
    r"的?(总?投资额?|(?:计划|到位|安排|下达|已?支付|已?拨付)?资金|责任单位|牵头单位|责任领导|负责人|工期|规模|面积|长度|地点|位置"
    r"|期限|时限|问题|措施|作用|意义)$"
)
# “拖欠了多少工程款” is about the money that is owed.
_HOW_MUCH = re.compile(r"了?(?:多少|几[个项家笔条])(?P<of>(?!钱$)[\u4e00-\u9fff]{2,6})$")
_VERB_LEFT = re.compile(
    r"(?:付|花|拨|投|拆|搬|签)了$|都[\u4e00-\u9fff]{1,3}了$|(?:上|中|里)?(?:对[^，]{2,12})?(?:提出?|讲|说|作|做|安排|部署|强调|通报|要求|采取)了?$"
    r"|(?:从|于|在|有|由|被|把|共|一共|总共|能|要|将)+$"
)


def topic_of(question: str) -> str:
    """Return what a question is about: its words before those of asking."""
    text = _TAIL.sub("", question.strip())
    if is_english(text):
        return re.sub(
            r"^(who|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have)\b\s*"
            r"(is|are|was|were|did|does|do|has|have"
            r"|the)?\s*", "", text, flags=re.IGNORECASE)  # fmt: skip
    asked = re.match(
        r"^(?:谁|哪位|哪个(?:领导|单位|部门))(?P<did>[^，,。]{1,4}?了)(?P<rest>.{3,})$", text
    )
    if asked:
        return asked["rest"]
    text = _HOW_MUCH.sub(r"\g<of>", text)
    topic = _PREDICATE.sub("", text).strip("，, 的")
    topic = _ATTRIBUTE.sub("", topic)
    while len(shorter := _VERB_LEFT.sub("", topic).strip("，, 的")) >= 2 and shorter != topic:
        topic = shorter
    return topic if len(topic) >= 2 else text
