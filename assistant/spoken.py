"""Spoken words of a question as documents write them: 为啥 is 为什么, 工钱 is 工资.

General language, none of any one office. What is looked for and read is the written form;
the question itself stays as it was asked.
"""

from __future__ import annotations

import re

# Longer forms first: what one rule has made written is not read again by those before it.
_WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(said), written)
    for said, written in (
        (r"为啥子?|为嘛|咋个会|咋会|怎么会", "为什么"),
        (r"啥时候|多会儿|多咱|啥时间", "什么时候"),
        (r"咋样", "怎么样"),
        (r"咋个|咋(?!舌)", "怎么"),
        (r"啥子?", "什么"),
        (r"好多(?=钱|[？?，,]|$)", "多少"),
        (r"哪个(?=(?:主持|牵头|带队|讲话|汇报|分管|包抓|签字))", "谁"),
        (r"几号(?![楼线院门桥机标])", "几日"),
        (r"工钱|薪水", "工资"),
        (r"(?<![拖亏积歉久赊])欠(?=[了着人工]|多少|的)了?", "拖欠"),
        (r"(?:送|来|通)暖(?!气)|供暖", "供热"),
        (r"(?:年度)?盘子", "年度计划"),
        (r"老百姓|街坊|乡亲们?", "群众"),
        (r"(?:给|(?<![弥填候递贴增]))补(?=多少|几)", "补助"),
        (r"(?:摊|掏|凑)钱", "分摊费用"),
        (r"(?:缺|差)多少(?:钱|资金)", "资金缺口多少"),
        (r"(?:没|缺|差)钱", "资金不足"),
        (r"退房", "退租"),
        (r"没(?:来(?![得自源])|到会|出席|参加)", "请假"),
        (r"(?<!招)投了", "完成投资"),
        (r"掉队|拖后腿", "滞后"),
        (r"(?<![覆掩])盖(?=[到了好完的])", "建"),
        (r"(?:修|建|弄|搞|干)(?:好|完)(?=[了没吗的]|$)", "完工"),
        (r"批(?:下来|了没有?|了吗)", "批复"),
        (r"没批", "未批复"),
        (r"(?:拆|搬)(?:掉|走)", "拆迁"),
        (r"开张|开门营业", "开业"),
        (r"黄了|不搞了|不干了", "取消"),
    )
)


def as_written(question: str) -> str:
    """Return a Chinese question in the words of documents."""
    for pattern, written in _WRITTEN:
        question = pattern.sub(written, question)
    return question
