"""Amounts that are told of several projects by turns, and names before what was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.naming import named_in
from tests.index.ledger.conftest import Read

FREE = """重点项目建设情况
（一）提前完成年度计划情况。有3个项目提前完成了年度任务。县交通局的南岭快速通道完成3.2亿元，高新区的远达新材料、宏信电子元件分别完成5.6亿元和1.9亿元。
"""
LED = """（一）建成投用情况
1—9月，全县有4个项目建成投用，完成投资2.2亿元。交通方面，县交通局实施的北环路改造、东站公交枢纽两个项目先后于3月和5月投入使用，县供电公司完成了松岭110千伏变电站增容。民生方面，县住建局的城南老旧小区改造全面完工，惠及居民860户。
"""


def test_each_has_its_own_of_the_amounts_by_turns(read: Callable[[str], Read]) -> None:
    found = read(FREE)
    assert found.names == ["南岭快速通道", "远达新材料", "宏信电子元件"]
    assert found.column("done_investment") == ["3.2亿元", "5.6亿元", "1.9亿元"]
    assert found.amounts("done_investment") == [32000.0, 56000.0, 19000.0]


def test_an_opening_may_say_when_it_was(read: Callable[[str], Read]) -> None:
    found = read(LED)
    assert found.pairs() == [
        ("北环路改造", "县交通局"),
        ("东站公交枢纽", "县交通局"),
        ("松岭110千伏变电站增容", "县供电公司"),
        ("城南老旧小区改造", "县住建局"),
    ]
    assert {record.stage for record in found.ledger.records} == {"completed"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("安泽医疗设备完成2.7亿元", "安泽医疗设备"),
        ("滨河商业街区完成投资0.8亿元", "滨河商业街区"),
        ("城北输水管线更新完成换管12公里", "城北输水管线更新"),
        ("双塘供水一体化二期铺设管道26公里", "双塘供水一体化二期"),
        ("石桥港西作业区完成码头主体施工", "石桥港西作业区"),
    ],
)
def test_a_name_ends_before_what_was_done(words: str, name: str) -> None:
    best = min(named_in(words, 0, len(words), None), key=lambda one: one.cost)
    assert [words[slice(*item.name[0])] for item in best.items] == [name]


@pytest.mark.parametrize(
    "demands",
    [
        "会议指出，12个项目进度滞后。与会人员建议：一要做实前期工作；二要拓宽资金渠道，防止出现新欠账。",
        "有5个项目没有开工。代表们要求：加快用地报批、压实属地责任、盯紧关键节点。",
    ],
)
def test_what_is_demanded_is_no_project(read: Callable[[str], Read], demands: str) -> None:
    assert read(f"审议情况\n{demands}\n").names == []


@pytest.mark.parametrize(
    ("told", "among"),
    [
        ("今年共安排重点项目30个，其中续建18个、新建12个，年度计划投资42亿元。", False),
        ("今年共安排重点项目30个，其中续建18个、新建10个，年度计划投资42亿元。", True),
    ],
)
def test_parts_that_sum_up_leave_what_follows_to_all(
    read: Callable[[str], Read], told: str, among: bool
) -> None:
    figures = [f for f in read(f"总体情况\n{told}\n").ledger.figures if f.unit == "万元"]
    assert [figure.among for figure in figures] == [among]
    assert [figure.stage is None for figure in figures] == [not among]


@pytest.mark.parametrize(
    ("heading", "starting"),
    [("计划开工时间", True), ("拟动工日期", True), ("整改时限", False), ("计划完工时间", False)],
)
def test_a_column_may_be_of_beginning(
    read_table: Callable[..., Read], heading: str, starting: bool
) -> None:
    found = read_table(
        ("项目名称", "责任单位", heading),
        ("青石大桥", "县交通局", "2025年10月底"),
        ("梅园小学扩建", "县教育局", "2025年11月底"),
    )
    assert ["starting" in record.fields for record in found.ledger.records] == [starting] * 2
