"""What stands under a sentence that opens a topic is of that topic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

SPEECH = """在全县林业工作推进会上的讲话
县委副书记、县长　石望春
（2025年4月8日）
同志们：今天的会很重要。下面，我讲两点意见。
一、看清差距
去年完成造林3.1万亩，有两个镇没有完成任务。
二、抓住关键
第一，苗木采购要阳光。县林业局5月底前把价格表挂到网上；同一树种只认一个价；坏苗当天退。
第二，森林防火要守死。去年冬天北坡烧了40亩，教训就在眼前。护林员每天巡山两遍；进山路口设卡登记；清明前后一律禁火。
这里再说一句宣传。县融媒体中心每周播一次防火提示。
"""
MINUTES = """临江县人民政府专题会议纪要
时间：2025年6月3日
主持：副县长韩青
一、会议要求
韩青强调，要把村路养护当成下半年的大事。一要镇里出人、县里出料，月底对账；二要塌方路段当天设警示牌；三要养护员工资按季发放。
"""
REPORT = """临江县水产养殖情况报告
2025年9月20日，县长石望春在秋季讲评会上就明年打算讲了三条：第一，老塘改造先易后难；第二，尾水不达标的塘口停养；第三，饲料补贴直接发到户。县委书记秦海生会后批示：“要快。”
临江县水产局
2025年9月28日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("leads")
    home = folder / "documents"
    home.mkdir()
    for name, text in (("讲话.txt", SPEECH), ("纪要.txt", MINUTES), ("报告.txt", REPORT)):
        (home / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([home], library)
        yield open_assistant(library)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        (
            "县长在推进会上对森林防火提了哪些要求？",
            ("巡山两遍", "设卡登记", "一律禁火"),
            ("挂到网上", "每周播一次"),
        ),
        ("石县长讲苗木采购，具体要求是什么？", ("挂到网上", "只认一个价", "坏苗当天退"), ("巡山",)),
        (
            "韩青副县长对村路养护提了哪几条要求？",
            ("月底对账", "当天设警示牌", "按季发放"),
            (),
        ),
        (
            "归纳一下石望春县长在秋季讲评会上就新一年讲的几条",
            ("先易后难", "停养", "直接发到户"),
            ("要快",),
        ),
    ],
)
def test_all_that_is_said_under_an_opening_is_told(
    assistant: Assistant, question: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    answer = assistant.answer(question)
    quoted = [citation.quote for citation in answer.citations]
    for words in said:
        assert words in answer.answer
        assert any(words in quote for quote in quoted)
    for words in unsaid:
        assert words not in answer.answer
