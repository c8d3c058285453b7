"""What owners say they have is held against what they list; what a count is of is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
SECTION = """溪口县重点项目通报
一、正常推进
共6个，占24个项目的25.0%。按责任单位分：
县水务局（{first}个）：东门泵站改造；西河堤防加固；北渠清淤工程。
县教育局（{second}个）：第三中学扩建；实验小学教学楼；职业学校实训楼。
"""


def test_an_owners_count_that_its_list_does_not_bear_out_is_found(read: Reader) -> None:
    found = read(SECTION.format(first=4, second=3)).findings("count")
    assert [one.text for one in found] == ["“县水务局”原文写4个，所列为3个"]
    assert not read(SECTION.format(first=3, second=3)).findings("count")


def test_a_list_is_of_the_part_of_a_class_that_its_lead_in_counts(read: Reader) -> None:
    said = "进度滞后的9个项目中，有3个受用地、征迁影响，分别是东环路改造、南湖公园、西站广场。"
    found = read(f"溪口县重点项目通报\n一、主要问题\n{said}\n")
    assert found.names == ["东环路改造", "南湖公园", "西站广场"]
    assert not found.findings("count")


@pytest.mark.parametrize("state", ["拟调出", "申请退出"])
def test_what_is_said_of_a_project_that_leaves_is_why(read: Reader, state: str) -> None:
    text = f"""溪口县重点项目通报
按状况分为三类：正常推进3个，进度滞后2个，{state}2个。
一、正常推进
共3个：东环路改造；南湖公园；西站广场。
二、进度滞后
共2个：北渠清淤工程（汛期无法施工）；老街立面整治（商户不配合）。
三、{state}
共2个：
县商务局（1个）：宏盛冷库扩建（市场不好，企业决定不再投资）。
城关镇（1个）：金街城市综合体（投资方债务纠纷）。
"""
    found = read(text)
    assert found.field("宏盛冷库", "reason") == "市场不好，企业决定不再投资"
    assert found.field("金街城市", "reason") == "投资方债务纠纷"


def test_who_met_and_heard_a_report_is_no_project(read: Reader) -> None:
    text = "专题会议纪要\n会议听取了县项目办关于1—8月重点项目进展的汇报，研究了滞后和停工的项目。\n"
    assert not read(text).names


def test_a_plan_that_is_all_done_was_done(read: Reader) -> None:
    text = "通报\n一、已竣工\n竣工项目4个。年度计划2.10亿元，已全部完成，占全县的5.0%。\n"
    done = [f for f in read(text).ledger.figures if f.measure == "完成投资"]
    assert [f.value for f in done] == [21000]


def test_a_share_is_of_any_figure_of_its_sentence(read: Reader) -> None:
    text = """通报
全县年度计划投资50.00亿元。
竣工4个，计划5.00亿元，占全县年度计划投资的10.0%。
在建6个，计划20.00亿元，占全县年度计划投资的40.0%。
滞后3个，计划10.00亿元，完成4.00亿元，占全县年度计划投资的20.0%。
提前2个，计划14.00亿元，完成14.60亿元，超计划0.60亿元，占全县年度计划投资的{}%。
"""
    assert not read(text.format("29.2")).findings("percent")
    assert read(text.format("35.7")).findings("percent")
