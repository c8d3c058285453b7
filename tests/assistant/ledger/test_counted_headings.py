"""Classes under headings that count them, and a plan of next month that leaves out what is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assistant.ledger.conftest import Desk

REPORT = """南桐县重大项目推进情况汇报
南桐县重点办
（2025年9月3日）
截至8月底，全县共安排重大项目8个。
一、交通项目（5个）
（一）干线公路（3个）
1.桐梁公路改建工程。责任单位为县公路局，年度计划投资3000万元，1—8月完成投资3000万元，已完工。
2.石坝至桐城公路工程。责任单位为县公路局，年度计划投资5000万元，1—8月完成投资2000万元，进度滞后，存在问题：征地协议未签订。
3.桐城绕城公路工程。责任单位为县交投公司，年度计划投资8000万元，尚未开工，存在问题：用地预审未批复。
（二）农村公路（2个）
4.新河村通村公路工程。责任单位为新河镇政府，年度计划投资600万元，1—8月完成投资600万元，已完工。
5.云坪乡农村公路危桥改造工程。责任单位为县公路局，年度计划投资900万元，1—8月完成投资500万元，进展正常。
二、水利项目（3个）
6.龙洞水库除险加固工程。责任单位为县水务局，年度计划投资1500万元，1—8月完成投资1500万元，已完工。
7.桐河堤防治理工程。责任单位为县水务局，年度计划投资2400万元，1—8月完成投资1000万元，进度滞后，存在问题：弃渣场选址未定。
8.新河镇供水厂工程。责任单位为新河镇政府，年度计划投资1100万元，1—8月完成投资700万元，进展正常。
"""
PLAN = """<!doctype html><html><meta charset="utf-8"><body>
<h1>南桐县重大项目2025年9月份施工计划表</h1><p>南桐县重点办　2025年9月5日　单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>项目状态</td><td>9月计划投资</td></tr>
<tr><td>1</td><td>石坝至桐城公路工程</td><td>县公路局</td><td>进度滞后</td><td>600</td></tr>
<tr><td>2</td><td>桐城绕城公路工程</td><td>县交投公司</td><td>尚未开工</td><td>0</td></tr>
<tr><td>3</td><td>云坪乡农村公路危桥改造工程</td><td>县公路局</td><td>进展正常</td><td>100</td></tr>
<tr><td>4</td><td>桐河堤防治理工程</td><td>县水务局</td><td>进度滞后</td><td>300</td></tr>
<tr><td>5</td><td>新河镇供水厂工程</td><td>新河镇政府</td><td>进展正常</td><td>100</td></tr>
</table></body></html>
"""


@pytest.fixture
def desk(make: Callable[[dict[str, str]], Desk]) -> Desk:
    return make({"report.txt": REPORT, "plan.html": PLAN})


def test_a_heading_that_counts_its_projects_is_a_class(desk: Desk) -> None:
    names = desk.names("进度滞后的交通项目有哪些，各存在什么问题？")
    assert names == ["石坝至桐城公路工程"]
    assert desk.names("水利项目中进度滞后的有哪些？") == ["桐河堤防治理工程"]


def test_a_class_is_no_word_of_a_projects_own_name(desk: Desk) -> None:
    answer = desk.ask("农村公路类一共安排了几个项目？")
    assert answer.count == 2  # 新河村…, 云坪乡…, and not by the name of the second


def test_what_a_newer_plan_leaves_out_as_finished_counts_on(desk: Desk) -> None:
    assert desk.ask("已完工的项目有几个？").count == 3
    assert "8个" in desk.ask("进度滞后和尚未开工的项目一共多少个，占项目总数的多少？").answer
