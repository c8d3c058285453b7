"""What a question asks of a text: its demands, its points, a part of it; of whom, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.question import Question
from index.words import fold

Sort = Literal["demand", "said", "summary"]

_NOUN = r"(?:要求|意见|部署|安排|指示|任务|举措|措施|希望|打算|保障|整改|规定)"
_SAID_NOUN = r"(?:内容|问题|看法|话|建议|做法|经验|观点|重点|要点|方面|事情?|成效|成绩|不足|困难|短板|矛盾|精神)"
_WHAT = r"(?:什么|哪些|哪几[个条项点句]|哪[几些]?(?:点|条|个方面|方面|项)|几[点条项个](?:方面)?|啥|怎样的?|如何|怎么样?的?)"
_DEMAND = re.compile(
    rf"{_WHAT}(?:具体|新|主要|工作|整改|明确|重点|保障)*的?{_NOUN}|{_NOUN}(?:是|有|都有|包括|分别是?|主要是?|主要有)*(?:什么|哪些|哪几|啥|几[点条项])"
    rf"|(?:怎么|如何|怎样)(?:要求|部署|安排|强调|规定)|(?:要求|部署|安排|布置|希望)(?:了|过|[\u4e00-\u9fff]{{0,10}}(?:做|干|抓|落实))?(?:些)?(?:什么|哪些|啥)(?:[？?工]|$)"
    r"|(?:提|讲|说|强调)(?:出)?(?:了)?(?:哪)?几(?:点|条|个方面|方面|项)(?:要求)?"
)
_SAID = re.compile(
    rf"(?:讲|说|指出|谈|提|表示|强调|写|通报|介绍|批评|表扬|肯定)(?:到|出|了|过|的)*(?:些|哪些|哪几[点条个]|什么|啥|几[点条])(?:{_SAID_NOUN})?|{_WHAT}(?:主要|具体|突出|实际|的)*{_SAID_NOUN}(?:[和与、]{_SAID_NOUN})?(?:[？?]|$)"
    rf"|{_SAID_NOUN}(?:是|有|包括|分别是?|主要是?)*(?:什么|哪些|哪几|啥)|(?:怎么|如何|怎样)(?:说|讲|评价|看|答复|回复|回应|解释)|(?:做|开展|采取)(?:了|过)?(?:哪些|什么)(?:工作|措施|举措|事)"
)
# “督办通知的要求”: a noun alone asks for what it names.
_BARE_DEMAND = re.compile(
    rf"(?:的|中|里)(?:主要|具体|工作|整改|几[点条项]|[一二三四五六七八九十]+[点条项])*{_NOUN}[？?。]?$"
)
_BARE_SAID = re.compile(rf"(?:的|中|里)(?:主要|具体|存在的?)*{_SAID_NOUN}[？?。]?$")
_SUMMARY = re.compile(
    r"总结(?:一下|下|概括)|概括|概述|归纳|(?:简要|简单|大致|大概)(?:介绍|说|讲|总结)|介绍(?:一下)?|梳理|摘要|提炼|主要内容|内容(?:提要|概要|要点|是什么|有哪些)?[？?]?$"
    r"|(?:主要)?(?:讲|说|写|谈)(?:的|了)?(?:是|些|的是)?(?:什么|啥|哪些)(?:内容|事)?[？?]?$|说说|讲讲|大意|要点(?:是什么|有哪些)?[？?]?$"
)
_EN_DEMAND = re.compile(
    r"\b(?:what|which|summari[sz]e|list)\b.*\b(?:demand|require|ask(?:ed)? for|order|instruct|call(?:ed)? for|urge|requirement|demands|measures|instructions|tasks)"
)
_EN_SAID = re.compile(
    r"\bwhat (?:did|does|has|was|were|is|are)\b.*\b(?:say|said|stress|emphasi[sz]e|point out|mention|speech|talk about|announce|state|cover)|\bwhat (?:are|were) the (?:main|key)"
)
_EN_SUMMARY = re.compile(
    r"\bsummari[sz]e|\bsummary of\b|\boverview\b|\bmain (?:points|content)|\bkey points|\bgist\b|\bwhat (?:is|was|does) .* (?:about|say)\b"
)
# These ask for one fact or for projects, not for what a text says.
_FACT = re.compile(
    r"什么时候|何时|哪天|哪[年月日]|几月|几号|多少|为什么|为何|谁(?!的讲话)|(?<!存)在哪(?![些几个])|哪里|什么时间|时限|哪(?:个|些|家|几个)?(?:单位|部门|局|街道|乡镇|镇|企业|项目|工程|文件|报告|通知)|什么原因|原因"
    r"|什么(?:文件|单位|部门|项目|状态|进展|地方|位置)|(?:项目|工程)(?:有哪些|是什么|包括)|\bwhen\b|\bwho\b|\bwhere\b|\bwhy\b|how (?:many|much)|which (?:projects?|units?|documents?)|what (?:date|time)"
)
ROLE = re.compile(
    r"(?:政法委|纪委|常务)?副?(?:书记|区长|县长|市长|镇长|乡长|省长|州长|局长|主任|主席|部长|厅长|院长)(?!办公|办|信箱|热线|会议|联席|助理)"
)
_ROLE_EN: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\b(?:party )?secretary\b"), ("书记",)),
    (re.compile(r"\b(?:vice|deputy)[- ](?:district |county )?(?:mayor|head|governor|magistrate|chief)\b"),
     ("副区长", "副县长", "副市长")),
    (re.compile(r"\b(?:mayor|district head|district chief|governor|magistrate|county head)\b"),
     ("区长", "县长", "市长")),
    (re.compile(r"\b(?:director|bureau head|bureau chief)\b"), ("局长", "主任")),
)  # fmt: skip
_LEADER = re.compile(r"(?P<of>[区县市])?领导(?!小组|干部)|\bleaders?\b|\bofficials?\b")
_TO = re.compile(
    r"(?:对于?|给|向|就|针对|关于)(?P<who>[^，,。？?对给向]{2,24}?)(?:方面|工作)?(?:又|都|分别|具体|还|再)?(?:作|做|提|有(?!关)|的(?=要求|部署|意见|安排|措施|指示|看法)|要求|怎么|如何|怎样|讲|说|强调|指出|布置|下达|部署|是怎|表)"
)
_TO_EN = re.compile(
    r"\b(?:of|from|for|to|about|on) (?:the )?(?P<who>[a-z\u4e00-\u9fff][\w\u4e00-\u9fff -]{2,40}?)(?:\?|$| in | at | during )"
)
# “讲到了哪些差距”: what is asked for is the matter itself.
_TOPIC = re.compile(
    r"(?:讲|说|谈|提|指出|分析)(?:到|出)(?:了|的)?(?:哪些|什么|哪几个)(?:方面的)?(?P<what>(?!要求|意见|部署|安排|措施|举措|内容|任务|建议|希望)[\u4e00-\u9fff]{2,8})[？?]?$"
)
# “讲征地拆迁，具体要求是什么”, “在安全生产方面提了什么要求”: the matter stands before the asking.
_MATTER = re.compile(
    r"(?<!演)[讲谈说](?:到|及)?(?!话|了|的|过|出|清|明|法|[几什哪啥])(?P<on>[\u4e00-\u9fff]{2,12}?)(?:的时候|时|那?一?段|方面|的?问题|这[块件]事?|工作)?[，,](?=[^，,]{0,12}(?:要求|什么|哪|怎|几|意见))"
    r"|在(?P<in>[\u4e00-\u9fff、]{2,14}?)(?:方面|(?:这|那)一?块|问题上|(?<![会议场动件话])上(?=又?[讲提说强]))"
)
# “对下一步工作有哪些要求”: no addressee, but what such a part is called.
_LATER = re.compile(
    r"(?:下一?步|下一?阶段|下一?季度|今后|后续|接下来|下半年|明年|来年|以后)(?:一个时期|一段时间)?的?(?:重点)?(?:工作|任务)?"
)
_PART = re.compile(
    r"第(?P<n>[一二三四五六七八九十\d]{1,3})(?:个)?(?P<what>大?部分|大?点|节|章|条|项|段|个?问题|篇)|\b(?P<en>first|second|third|fourth|fifth|1st|2nd|3rd|4th) (?:part|section|point|chapter)\b"
)
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
POINTS_COUNTED = re.compile(
    r"哪?几(?:点|条|个方面|方面|项)|how many (?:points|demands|requirements)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a text.

    ``roles`` are offices of a speaker, any of which will do; ``leader`` tells that
    leaders in general are meant (of a 区, 县 or 市, “*” of any), ``addressee`` the words
    for whom or what it concerns, ``part`` the number of a part (from 1, None for all).
    ``speech`` tells that somebody's words are asked for, not what a report tells.
    """

    sort: Sort
    folded: str
    roles: tuple[str, ...] = ()
    leader: str = ""
    addressee: str = ""
    part: int | None = None
    speech: bool = False


def read_asked(question: Question) -> Asked | None:
    """Return what a question asks of a text, None where it asks for one fact or for records."""
    folded = fold(question.text)
    part = _part(folded)
    sort = _sort(folded, question.language, part is not None)
    if sort is None:
        return None
    to = (_TO if question.language == "zh" else _TO_EN).search(folded)
    topic = _TOPIC.search(folded)
    matter = _MATTER.search(folded)
    about = to["who"] if to else topic["what"] if topic else ""
    about = about or (matter["on"] or matter["in"] if matter else "")
    if _LATER.fullmatch(about):
        about = ""
    return Asked(
        sort,
        folded,
        roles_in(folded, question.language),
        _leader(folded),
        about,
        part,
        "讲话" in folded or "speech" in folded,
    )


def _sort(folded: str, language: str, part: bool) -> Sort | None:
    if _FACT.search(folded):
        return None
    demand, said, summary = (
        (_DEMAND, _SAID, _SUMMARY) if language == "zh" else (_EN_DEMAND, _EN_SAID, _EN_SUMMARY)
    )
    if demand.search(folded) or (language == "zh" and _BARE_DEMAND.search(folded)):
        return "demand"
    if summary.search(folded) or (part and (said.search(folded) or "内容" in folded)):
        return "summary"
    return "said" if said.search(folded) or _BARE_SAID.search(folded) else None


def roles_in(folded: str, language: str) -> tuple[str, ...]:
    """Return the offices that a question names; any of them will do."""
    if language == "zh":
        return tuple(dict.fromkeys(m.group() for m in ROLE.finditer(folded)))
    rest = folded
    found: list[str] = []
    for pattern, roles in _ROLE_EN:
        if pattern.search(rest):
            found += roles
            rest = pattern.sub(" ", rest)
    return tuple(found)


def _leader(folded: str) -> str:
    """Return whose leaders are asked about: 区, 县 or 市, “*” for any, empty for none."""
    match = _LEADER.search(folded)
    return "" if match is None else match["of"] or "*"


def _part(folded: str) -> int | None:
    match = _PART.search(folded)
    if match is None or match["what"] == "篇":
        return None
    word = match["n"] or match["en"]
    if word in _NUMBERS:
        return _NUMBERS[word]
    return int(word) if word.isdigit() else None
