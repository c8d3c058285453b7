"""Demands with the words that lead them in, tours, headed parts, and where a thing is mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.compound.parts import split_clauses
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

MEETING = """云门县召开交通工程推进会
3月9日，云门县召开交通工程推进会。县长方知远主持会议。
与会人员先后察看了青石大桥、南环路改造和客运枢纽拟建现场，共3处。
方知远对下一季度工作作出安排。他要求，要抓好施工安全，一是隧道内严禁明火；二是夜间作业必须有人值守。
"""
MINUTES = """云门县专题协调会会议纪要
时间：2025年3月20日
参会：县财政局、县交通局负责人，各镇镇长。
请假：县水利局局长苗青。
现将议定事项纪要如下：
一、关于青石大桥
会议要求，县电力公司4月15日前迁走高压线；通信光缆由县工信局协调三家企业同步迁走。
二、关于资金保障
由县财政局牵头，4月底前拨付900万元。
三、关于工地安全
会议要求，对脚手架逐个检查；大风天气停止吊装；雨后先验收再复工。
"""
BULLETIN = """云门县一季度交通工程进展情况通报
云门县交通运输和港航局
一、总体情况
全县安排交通工程3个。
（一）未开工工程（1个）
青石大桥工程（高压线没有迁走）。
二、存在的主要问题
（一）前期工作慢。方案反复修改。
三、下一步工作安排
（一）实行周调度。每周通报一次。
（二）加强督查。纳入年度考核。
附表：1.工程清单；2.资金清单
云门县交通运输和港航局
2025年4月8日
"""
TOUR = """白茅区观摩农业项目
5月18日，区委书记姚广生带队观摩农业项目。
观摩组一路听介绍，先后来到红薯加工厂、桃园冷库等6个项目现场。
姚广生强调，对发展缓慢的园区，一要换思路，二要严控费用，三要压实责任。
"""
SPEECH = """在白茅区农业项目推进会上的讲话
白茅区区长　郝明理
（2025年6月2日）
同志们：我讲两点意见。
一、看到差距
部分项目进展不快。
二、抓紧开工
红薯深加工、桃园冷库二期这2个项目，必须在12月31日前开工；酱菜车间要抓紧办理手续，明年3月底前开工。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    root: Path = tmp_path_factory.mktemp("running")
    (root / "corpus").mkdir()
    named = {
        "推进会.txt": MEETING, "桥的会.txt": MINUTES, "通报.txt": BULLETIN,
        "观摩.txt": TOUR, "讲话.txt": SPEECH,
    }  # fmt: skip
    for name, text in named.items():
        (root / "corpus" / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        build_index([root / "corpus"], library)
        yield open_assistant(library)


ASKED: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    (
        "交通工程推进会对施工安全提了哪些要求？",
        ("他要求，要抓好施工安全", "一是隧道内", "二是夜间", "方知远"),
        ("脚手架",),
    ),
    (
        "姚广生对发展缓慢的园区提出了哪些要求？",
        ("姚广生强调，对发展缓慢的园区", "换思路", "严控费用", "压实责任"),
        ("冷库",),
    ),
    ("协调会对工地安全提了哪些要求？", ("脚手架", "停止吊装", "再复工"), ("高压线",)),
    ("协调会对青石大桥是怎么安排的？", ("4月15日前", "三家企业"), ("900万元",)),
    ("协调会议定了哪几件事？", ("4月15日前", "900万元", "停止吊装"), ("苗青",)),
    ("交通局的通报对下一步工作作了哪些安排？", ("周调度", "督查"), ("工程清单", "方案反复")),
    ("下一步怎么打算？", ("周调度", "督查"), ("方案反复",)),
    ("存在哪些问题？", ("方案反复修改",), ("周调度",)),
    ("区长在讲话中要求哪几个项目年底前必须开工？", ("这2个项目",), ("酱菜车间",)),
    ("3月9日现场一共看了几个项目？", ("3处",), ("6个",)),
    ("5月18日的观摩活动看了多少个项目？", ("6个", "点名的有 2 个"), ("3处",)),
    ("哪些单位参加了协调会？", ("各镇镇长",), ("苗青",)),
    ("协调会谁请假了？", ("苗青",), ("各镇镇长",)),
]  # fmt: skip


@pytest.mark.parametrize(("question", "held", "left_out"), ASKED)
def test_a_text_is_told_with_what_leads_it_in(
    office: Assistant, question: str, held: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    answer = office.answer(question)
    assert [words for words in held if words not in answer.answer] == []
    assert [words for words in left_out if words in answer.answer] == []
    assert answer.citations


def test_each_file_is_named_with_every_place_that_mentions_a_thing(office: Assistant) -> None:
    answer = office.answer("哪些文件提到了青石大桥工程？")
    assert answer.count == 3
    assert "（桥的会）" in answer.answer
    quotes = [c.quote for c in answer.citations if c.document == "桥的会.txt"]
    assert "青石大桥" in "".join(quotes)


@pytest.mark.parametrize(
    ("text", "name", "second"),
    [
        (
            "青石大桥工程滞后的原因是什么，推进会对它提了什么要求？", "",
            "推进会对青石大桥工程提了什么要求",
        ),
        (
            "桃园冷库为什么没开工，协调会上是怎么安排的？", "桃园冷库",
            "协调会上对桃园冷库是怎么安排的",
        ),
        (
            "桃园冷库没开工是什么原因，督办通报要求什么时候整改？", "桃园冷库",
            "督办通报对桃园冷库要求什么时候整改",
        ),
        ("哪些项目滞后，推进会对各单位提了什么要求？", "", "推进会对各单位提了什么要求"),
        ("未开工项目有几个，会议提了哪些要求？", "", "会议提了哪些要求"),
    ],
)  # fmt: skip
def test_a_further_clause_about_a_meeting_keeps_to_the_project(
    text: str, name: str, second: str
) -> None:
    at = text.find(name)
    spans = [(at, at + len(name))] if name else []
    assert split_clauses(text, spans)[-1].question == second
