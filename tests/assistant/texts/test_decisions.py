"""What meetings decided, who said what, and which documents mention a thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

TURNS = """青禾新区管委会主任办公会议纪要
〔2025〕4号

时间：2025年3月6日上午
主持人：贺长安（管委会主任）
出席：田默（副主任）、罗修文（副主任）
列席：秦放（建设局）、柳青（教育局）
记录：白鹿

议题一  滨河小学停工处置
秦放：承建公司2月起没有发工资，现场只剩8人。
柳青：秋季缺学位260个，家长很着急。
贺长安：同意更换承建公司。建设局牵头，3月20日前签订新合同；4月1日前复工。

议题二  公交站台改造
罗修文：可以先改一半，省下的钱修车棚。
田默：我不赞成，一次改完。
贺长安：一次改完，6月底前全部投用。

分送：管委会领导。
"""
ITEMS = """青禾新区专题会议纪要
（第7期）

青禾新区管委会办公室    2025年4月3日

4月2日，副主任田默主持召开供水专题会。现将议定事项纪要如下：

一、关于北岗水塔。由水务局牵头，5月底前拆除重建。
二、关于南坡管网。同意追加预算32万元，水务局4月20日前完成招标。
三、关于水价听证。暂缓举行，罗修文提出，先公布成本账目。
四、关于龙尾泵站。汛前完成检修。

田默强调，一要保安全，二要保工期。
"""
REPORT = """关于2025年一季度重点工程进展情况的通报
各有关单位：
一季度共安排工程6个。北岗水塔所在地块原为红星机械厂，已平整。
一、存在的主要问题
（一）开工不足。2个工程没有开工。
二、下步工作要求
（一）未开工工程4月底前上报计划。
（二）每月5日前报送数据。
青禾新区管委会办公室
2025年4月9日
"""
HALF = """青禾新区2025年一季度供水工作报告
一、基本情况
截至3月底，供水人口3.1万人。
二、存在的困难和问题
1. 水表老化。有900块超期。
三、下一步打算
6月底前更换水表。
青禾新区水务局
2025年4月12日
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    root: Path = tmp_path_factory.mktemp("decisions")
    (root / "corpus").mkdir()
    named = {"办公会.txt": TURNS, "专题会.txt": ITEMS, "通报.txt": REPORT, "供水.txt": HALF}
    for name, text in named.items():
        (root / "corpus" / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        build_index([root / "corpus"], library)
        yield open_assistant(library)


ASKED: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("主任办公会对滨河小学停工的事最后怎么定的？", ("同意更换", "3月20日", "4月1日"), ("学位",)),
    ("主任办公会议定了哪些事项？", ("同意更换", "一次改完，6月底"), ("学位", "车棚", "分送")),
    ("关于公交站台改造会上谁赞成谁反对？", ("车棚", "我不赞成"), ("同意更换",)),
    ("专题会议议定了哪些事项？", ("5月底前", "32万元", "暂缓举行", "龙尾"), ("第7期", "保工期")),
    ("会议对南坡管网是怎么定的？", ("追加预算32万元",), ("北岗水塔", "水价")),
    ("柳青说了什么？", ("秋季缺学位260个",), ("工资", "同意更换")),
    ("罗修文在专题会上说了什么？", ("先公布成本账目",), ("龙尾泵站", "南坡")),
    ("一季度通报对下一步工作有哪些要求？", ("4月底前上报", "每月5日前"), ("没有开工", "水表")),
    ("供水工作报告里存在哪些困难和问题？", ("900块超期",), ("3.1万人", "更换水表")),
    ("供水专题会上对南坡管网这块定了些什么", ("追加预算32万元",), ("北岗水塔",)),
    ("田主任最后强调了哪几条？", ("一要保安全", "二要保工期"), ("南坡",)),
    ("红星机械厂那块地，哪些材料里提到过？", ("原为红星机械厂",), ("水表",)),
]  # fmt: skip


@pytest.mark.parametrize(("question", "held", "left_out"), ASKED)
def test_the_item_of_the_minutes_answers(
    office: Assistant, question: str, held: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    answer = office.answer(question)
    assert not answer.refused
    assert [words for words in held if words not in answer.answer] == []
    assert [words for words in left_out if words in answer.answer] == []
    assert answer.citations
