"""What all projects or a class of them have is worked out from what reports state of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

ZONE = """松陵新区管委会关于2034年1—10月重点项目进展情况的报告
2034年11月5日
全年安排重点项目40个，年度计划投资62.00亿元。截至10月底，已有34个项目开工建设，开工率85.0%，累计完成投资49.60亿元，占年度计划的80.0%。
从项目类别看，三个园区的制造项目22个，年度计划投资38.00亿元，完成投资31.54亿元，完成率83.0%；商贸物流项目10个，年度计划投资\
14.00亿元，完成投资11.20亿元，完成率80.0%；教育和卫生项目8个，年度计划投资10.00亿元，完成投资6.86亿元，完成率68.6%。
一、滞后项目（6个）
6个项目进度滞后，占项目总数的15.0%，完成投资3.30亿元。分别是：建设局的沿江路（管线迁改）、东站广场（施工力量不足）、第三水厂（设计变更）；\
教育局的第九中学（资金不足）；卫健局的传染病楼（资金不足）；商务局的农批市场（用地未交付）。
二、未开工项目（6个）
6个项目未开工，占项目总数的12.5%。分别是：建设局的北环隧道（规划未批复）、南湖公园（资金未落实）、东大桥（用地未落实）；\
教育局的特教学校（选址未定）；卫健局的血站（资金未落实）；商务局的冷库（市场变化）。
松陵新区管委会
"""
TOWN = """沁原县2035年上半年重点项目通报
2035年7月6日
全县重点项目30个，年度计划投资20.00亿元。截至6月底，24个项目已经开工，累计完成投资9.00亿元，占年度计划的45.0%。
按行业分，农业类项目12个，年度计划投资6.00亿元，完成投资3.30亿元；文旅类项目10个，年度计划投资8.00亿元，完成投资2.40亿元；\
水利类项目8个，年度计划投资6.00亿元，完成投资3.30亿元。
一、未开工项目（6个）
6个项目未开工。分别是：县文旅局的古城墙修缮（资金未落实）、温泉小镇（投资方退出）、研学基地（用地未落实）；\
县水利局的西河治理（手续未办结）、东渠衬砌（资金未落实）；县农业农村局的育苗中心（用地未落实）。
沁原县发展和改革局
"""
SPRING = """沁原县2035年一季度重点项目通报
2035年4月8日
全县重点项目30个，截至3月底开工15个，未开工15个，完成投资3.20亿元。
一、竣工项目（1个）
1个项目竣工：县水利局的南渠清淤。
沁原县发展和改革局
"""


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("zone"), {"报告.txt": ZONE}) as desk:
        yield desk


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"上半年.txt": TOWN, "一季度.txt": SPRING}
    with opened(tmp_path_factory.mktemp("town"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("离全年投资计划还差多少亿元？", "12.4亿元"),
        ("制造项目和商贸物流项目的完成率哪个高，高多少？", "3个百分点"),
        ("卫生项目的完成率比制造项目低多少？", "14.4个百分点"),
        ("完成率最低的是哪一类项目？", "教育和卫生**（68.6%"),
        ("完成投资最多的一类比最少的多多少？", "24.68亿元"),
        ("商贸物流项目还剩多少投资没完成？", "2.8亿元"),
        ("平均每个项目完成多少投资？", "1.24亿元"),
        ("滞后的项目平均每个完成多少投资？", "5500万元"),
        ("滞后项目和未开工项目的占比相差几个百分点？", "2.5个百分点"),
        ("已经开工的项目有多少个？", "34个"),
    ],
)
def test_a_report_of_classes_answers(zone: Desk, question: str, said: str) -> None:
    answer = zone.ask(question)
    assert said in answer.answer
    assert answer.citations
    assert not answer.unverified


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("跟全年计划比还差多少？", "11亿元"),
        ("哪类项目的投资完成率最低？", "文旅类**（30%"),
        ("农业类和文旅类，哪类完成率高，高多少？", "25个百分点"),
        ("水利类平均每个项目计划投资多少？", "7500万元"),
        ("到6月底开工的项目数比3月底多了多少？", "9个"),
        ("未开工的项目比3月底少了几个？", "9个"),
    ],
)
def test_rates_that_are_not_stated_are_worked_out(town: Desk, question: str, said: str) -> None:
    answer = town.ask(question)
    assert said in answer.answer
    assert not answer.unverified


def test_a_total_of_states_is_not_a_mean_of_classes(zone: Desk) -> None:
    assert "平均每个项目" not in zone.ask("平均每月完成多少投资？").answer


def test_an_amount_of_a_state_stands_beside_its_list(zone: Desk) -> None:
    answer = zone.ask("滞后的项目有哪些，完成投资分别是多少？")
    assert answer.count == 6
    assert "3.30亿元" in answer.answer
