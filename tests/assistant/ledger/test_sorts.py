"""Sorts and trades of things asked for, sums of a report's parts, bounds on remarks and rates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.ledger.sorts import TRADES
from tests.assistant.ledger.conftest import Desk, opened

REPORT = """澄江市民生项目1—8月进展情况报告
列入清单的项目共9个，年度计划投资9.00亿元。截至8月底，累计完成投资6.50亿元，占年度计划的72.2%。分类看，教育类计划4.00亿元、完成3.20亿元；卫生类计划3.00亿元、完成1.80亿元；水利类计划2.00亿元、完成1.50亿元。分县看，东浦县计划5.00亿元、完成3.50亿元；西渡县计划4.00亿元、完成3.00亿元。
分为三类：领跑项目3个，完成投资2.50亿元；跟跑项目2个，完成投资1.90亿元；落伍项目4个，完成投资2.10亿元。
一、领跑项目（3个）
分别是：东浦县的县第三小学综合楼（提前30天）、石门片区排水管网改造（提前8天）；西渡县的县急救中心大楼（提前20天）。
二、跟跑项目（2个）
分别是：东浦县的县第一医院病房楼；西渡县的青石水库除险加固。
三、落伍项目（4个）
分别是：东浦县的南山老旧小区改造（资金未到位）、双桥老旧小区改造（居民意见不一）；西渡县的县中医院住院楼（图纸未审定）、西街幼儿园（用地未批复）。
澄江市民生项目专班
2025年9月3日
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("sorts"), {"报告.txt": REPORT}) as found:
        yield found


def test_words_of_names_before_projects_narrow_whatever_parts_of_speech_they_are(
    desk: Desk,
) -> None:
    assert desk.names("有哪些老旧小区改造项目？") == ["南山老旧小区改造", "双桥老旧小区改造"]


def test_a_class_that_no_row_says_is_told_by_the_names(desk: Desk) -> None:
    assert desk.names("落伍的卫生类项目有哪些？") == ["县中医院住院楼"]
    assert desk.names("落伍的教育类项目有哪些？") == ["西街幼儿园"]


@pytest.mark.parametrize(
    ("name", "trade"),
    [
        ("城关镇中心卫生院", "卫生"),
        ("第二初中食堂", "教育"),
        ("沙河堤防加固", "水利"),
        ("环城公路", "交通"),
    ],
)
def test_each_trade_knows_its_works(name: str, trade: str) -> None:
    assert [key for key, words in TRADES.items() if words.search(name)] == [trade]


def test_bracketed_notes_are_shown_where_every_row_has_one(desk: Desk) -> None:
    answer = desk.ask("领跑项目有哪些，各提前了多少天？")
    assert [row["note"] for row in answer.rows or ()] == ["提前30天", "提前8天", "提前20天"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("提前20天及以上的项目有哪些？", ["县第三小学综合楼", "县急救中心大楼"]),
        ("提前超过20天的项目有哪些？", ["县第三小学综合楼"]),
        ("提前不到10天的项目有哪些？", ["石门片区排水管网改造"]),
    ],
)
def test_days_in_a_note_are_bounded(desk: Desk, question: str, names: list[str]) -> None:
    assert desk.names(question) == names


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("教育类和卫生类项目一共完成投资多少？", "5亿元"),
        ("卫生类完成投资占它年度计划的百分之多少？", "60%"),
        ("西渡县离年度计划还差多少投资？", "1亿元"),
        ("离全年投资计划还差多少亿元？", "2.5亿元"),
    ],
)
def test_the_parts_that_a_sentence_gives_are_added_and_measured(
    desk: Desk, question: str, short: str
) -> None:
    assert desk.ask(question).short == short


def test_two_states_together_are_ranked_by_county(desk: Desk) -> None:
    answer = desk.ask("跟跑和落伍的项目合起来，哪个县最多，有几个？")
    assert answer.interpretation["kind"] == "rank"
    assert "3" in answer.answer


def test_a_column_of_rates_is_bounded(make: Callable[[dict[str, str]], Desk]) -> None:
    table = (
        "<h1>项目资金支付表</h1><table><tr><th>项目</th><th>所在地</th><th>已下达（万元）</th>"
        "<th>已支付（万元）</th><th>支付率</th></tr>"
        "<tr><td>东湖水厂扩建</td><td>甲县</td><td>100</td><td>30</td><td>30.0%</td></tr>"
        "<tr><td>西岭道路改造</td><td>乙县</td><td>100</td><td>80</td><td>80.0%</td></tr>"
        "<tr><td>南坡学校迁建</td><td>乙县</td><td>100</td><td>45</td><td>45.0%</td></tr></table>"
    )
    answer = make({"表.html": table}).ask("支付率低于50％的项目有几个？")
    assert answer.count == 2


def test_a_count_that_lists_nobody_is_cited_wherever_it_is_said(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    text = (
        "关于城建项目进度的通报\n全区安排城建项目30个。截至9月底，快于序时12个，占40.0%；与序时持平10个，"
        "占33.3%；慢于序时8个，占26.7%。\n一、进度靠前\n12个项目快于序时，完成投资占全区的一半。\n"
        "二、进度靠后\n8个项目慢于序时：东门桥、西山路、南湖渠、北岭站、中山亭、前进闸、后河坝、上林库。\n"
        "2025年10月8日\n"
    )
    answer = make({"通报.txt": text}).ask("快于序时的项目有多少个？")
    assert answer.count == 12
    assert {c.quote for c in answer.citations} >= {"快于序时12个", "12个项目快于序时"}
