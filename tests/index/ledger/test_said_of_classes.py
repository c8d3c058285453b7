"""What a count is of, and what a sentence is not, is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]


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
