"""What a follow-up asks of the things before: their reasons, their sum, the largest of them."""

from __future__ import annotations

import re
from typing import Literal

Ask = Literal[
    "more", "group", "rank", "share", "sum", "count", "which", "reason", "unit", "leader",
    "deadline", "measures", "location", "percent", "done_investment", "planned_investment",
    "total_investment", "status",
]  # fmt: skip

_MEASURE = r"(?:总|计划|年度计划|完成|累计完成)?(?:投资|资金|投入|额度|概算|钱)"
# First match wins.
_ASKS: tuple[tuple[Ask, re.Pattern[str]], ...] = (
    ("more", re.compile(
        r"^(?:还有(?:吗|没有|没|别的吗?|其他的?吗?|其它的?吗?|更多的?吗?|哪些)?|继续"
        r"|再?(?:详细|具体|展开)(?:一点|一些|些|点|地|的)?(?:说|讲|介绍|解释|列)?(?:一下|说"
        r"|讲)?(?:呢|吧)?"
        r"|(?:说|讲|介绍|列)得?(?:再)?(?:详细|具体)(?:一?点|一?些)?|展开(?:说说|讲讲)?|更多"
        r"|细说|都列出来|全部列出来?|具体(?:情况|内容)?|详情|详细情况"
        r"|(?:any|anything) (?:more|else)|(?:tell me )?more(?: details?)?"
        r"|(?:in )?(?:more )?details?|go on|continue)$")),
    ("group", re.compile(
        r"(?:按|分)(?:照)?(?:责任|牵头)?(?:单位|部门|领导|原因|类别|状态|街道|镇街|区县|县区)"
        r"|(?:group(?:ed)?|sort(?:ed)?|broken down|list(?:ed)?)?(?: them)? by (?:unit"
        r"|department|bureau|reason|leader|status)")),
    ("rank", re.compile(
        r"最(?:多|少|大|小|高|低|快|慢|早|晚)|排第一|\b(?:most|least|largest|biggest|smallest"
        r"|highest|lowest)\b")),
    ("share", re.compile(r"占比|占.{0,8}(?:多少|几成|多大|比例|比重)|百分之几|what (?:share"
        r"|percentage|proportion)")),
    ("sum", re.compile(
        rf"(?:一共|总共|共计|合计|加起来|总计|共|加在一起).{{0,8}}(?:多少|几){_MEASURE}"
        rf"|{_MEASURE}.{{0,4}}(?:一共|总共|共计|合计|加起来|总计|加在一起)"
        rf"|(?:一共|总共|共计|合计|加起来|总计|加在一起)(?:要|的)?{_MEASURE}|(?:合计|加起来"
        rf"|总和)(?:是|有)?多少|in total|altogether|taken together|combined|\bsum\b")),
    ("count", re.compile(
        r"(?:一共|总共|共|还|都)?(?:有|是)?(?:多少|几)(?:个|项|件|条|家)(?!是)|多少个|数量"
        r"|how many")),
    ("reason", re.compile(
        r"为什么|为啥|为何|因为什么|什么原因|原因|缘故|理由|卡在|什么问题|问题(?:是|呢|在|出)"
        r"|^问题$|怎么(?:没|还没|会)|什么困难|难点"
        r"|\bwhy\b|reasons?|what(?:'s| is) (?:the )?(?:problem|wrong|holding)")),
    ("leader", re.compile(
        r"(?:责任|包抓|分管|包联|联系|牵头)?领导|责任人|负责人|leaders?\b|in person")),
    ("unit", re.compile(
        r"(?:责任|牵头|主管|实施|负责)(?:单位|部门)|哪(?:个|些|家|几个|几家)?(?:单位|部门|局)"
        r"|归(?:谁|哪)|由谁|谁(?:负责|牵头|管|的责任|承担|在管)|单位|部门|谁$"
        r"|\bwho\b|responsible|in charge|which (?:unit|department|bureau)")),
    ("deadline", re.compile(
        r"时限|期限|(?:何时|什么时候|啥时候|哪天|几月)|工期|完成时间|竣工时间|deadline"
        r"|\bwhen\b|due")),
    ("measures", re.compile(r"措施|下一?步|怎么办|打算|怎么(?:解决|推进|处理)|如何(?:解决"
        r"|推进)|要求|measures?|next steps?")),
    ("location", re.compile(r"地点|位置|在哪(?:里|儿)?|什么地方|\bwhere\b|location")),
    ("percent", re.compile(r"完成率|支出率|进度比例|百分|percentage|completion rate")),
    ("done_investment", re.compile(r"(?:累计)?完成(?:了)?(?:多少)?(?:投资|多少)|已投|花了"
        r"|支出|invested|spent")),
    ("planned_investment", re.compile(r"计划投资|年度投资|年度计划|planned investment")),
    ("total_investment", re.compile(r"总投资|投资|多少钱|资金|概算|how much|investment|cost")),
    ("status", re.compile(
        r"进展|进度|状态|情况|怎么样|怎样|如何|到(?:哪一?步|什么程度)|开工了?(?:吗|没)"
        r"|完工了?(?:吗|没)|status|progress|how (?:is|are)")),
    ("which", re.compile(r"哪些|哪几|哪(?:个|一个)|名单|清单|列出|是什么|都有谁|which|list")),
)  # fmt: skip

_OF_EACH: dict[Ask, str] = {
    "reason": "原因分别是什么",
    "unit": "责任单位分别是哪个",
    "leader": "责任领导分别是谁",
    "deadline": "完成时限分别是什么时候",
    "measures": "整改措施分别是什么",
    "location": "地点分别在哪里",
    "percent": "完成率分别是多少",
    "done_investment": "完成投资分别是多少",
    "planned_investment": "计划投资分别是多少",
    "total_investment": "总投资分别是多少",
    "status": "进展情况分别如何",
}
_OF_EACH_EN: dict[Ask, str] = {
    "reason": "why",
    "unit": "which unit is responsible for each",
    "leader": "who is the leader of each",
    "deadline": "what is the deadline of each",
    "measures": "what are the measures for each",
    "location": "where is each located",
    "percent": "what is the percentage of each",
    "done_investment": "what is the completed investment of each",
    "planned_investment": "what is the planned investment of each",
    "total_investment": "what is the total investment of each",
    "status": "what is the status of each",
}
_AMOUNTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "完成投资",
        "completed investment",
        re.compile(r"完成|已投|花了|支出|completed|invested|spent"),
    ),
    ("计划投资", "planned investment", re.compile(r"计划|年度|planned")),
    ("债券额度", "bond amount", re.compile(r"额度|债券|bond")),
)
_GROUPS = (
    ("责任单位", "unit", re.compile(r"单位|部门|unit|department|bureau")),
    ("原因类别", "reason", re.compile(r"原因|reason")),
    ("责任领导", "leader", re.compile(r"领导|leader")),
    ("状态", "status", re.compile(r"状态|status")),
    ("类别", "class", re.compile(r"类别")),
)


def ask_in(words: str) -> Ask | None:
    """Return what the folded words of a follow-up ask, None if they ask nothing."""
    bare = re.sub(r"^[\s，,的]+|[\s，,。？?！!呢吧啊呀]+$", "", words)
    return next((ask for ask, pattern in _ASKS if pattern.search(bare)), None)


def ask_of_list(things: str, ask: Ask, words: str) -> str:
    """Return the question that asks this of a list, “三季度未开工的项目”.

    ``words`` are those of the follow-up: they say which amount is meant and which end.
    """
    bare = words.strip(" ，,。？?呢")
    if ask == "count":
        return f"{things}有多少个？"
    if ask == "sum":
        return f"{things}的{_amount(bare)}一共是多少？"
    if ask == "share":
        return f"{things}占全部项目的比例是多少？"
    if ask == "rank":
        return f"{things}中，{_superlative(bare)}？"
    if ask == "group":
        by = next((name for name, _, pattern in _GROUPS if pattern.search(bare)), "责任单位")
        return f"{things}按{by}分各有几个？"
    if ask == "more":
        return f"{things}有哪些，进展情况和原因分别是什么？"
    if ask == "which":
        return f"{things}有哪些？"
    return f"{things}有哪些，{_OF_EACH[ask]}？"


def ask_of_list_en(things: str, ask: Ask, words: str) -> str:
    """Return the same in English, of things such as “projects that were not started”."""
    named = re.sub(r" that (?=(?:are|were|is|have|has)\b)", " ", things, count=1)
    if ask == "count":
        return f"How many {named}?"
    if ask == "sum":
        return f"What is the {_amount_en(words)} of the {things}, taken together?"
    if ask == "share":
        return f"What share of all projects are the {things}?"
    if ask == "rank":
        low = re.search(r"least|small|low|最(?:少|小|低)", words)
        return (
            f"Which of the {things} has the {'smallest' if low else 'largest'} {_amount_en(words)}?"
        )
    if ask == "group":
        by = next((name for _, name, pattern in _GROUPS if pattern.search(words)), "unit")
        return f"How many {named} by {by}?"
    if ask == "more":
        return f"Which {named}, and what are the status, reason and deadline of each?"
    return f"Which {named}?" if ask == "which" else f"Which {named}, and {_OF_EACH_EN[ask]}?"


def _amount(words: str) -> str:
    """Return which amount is meant; the total where none is named."""
    return next((name for name, _, said in _AMOUNTS if said.search(words)), "总投资")


def _amount_en(words: str) -> str:
    return next((name for _, name, said in _AMOUNTS if said.search(words)), "total investment")


def _superlative(words: str) -> str:
    """Return “哪个的总投资最大” for “投资最大的是哪个” and the like."""
    found = re.search(r"最(?:多|少|大|小|高|低|快|慢|早|晚)", words)
    most = found.group() if found else "最大"
    if re.search(r"单位|部门|局", words):
        return f"哪个责任单位的项目{most}"
    if re.search(r"最[早晚]|到期|时限", words):
        return f"{most}到期的是哪个"
    if re.search(r"完成率|进度|比例", words) or most in ("最快", "最慢"):
        low = most in ("最慢", "最低", "最小", "最少")
        return f"哪个的完成率{'最低' if low else '最高'}"
    return f"哪个的{_amount(words)}{most.replace('多', '大').replace('少', '小')}"
