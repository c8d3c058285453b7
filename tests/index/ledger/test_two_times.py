"""A document that holds the reports of two times: what each says stays with its own time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

COMPILED = """桐山县重点项目通报合订本
第一部分 一季度情况
今年安排重点项目6个，年度计划投资9.00亿元。截至3月底，累计完成投资2.10亿元。
（一）竣工的共有1个，占项目总数的16.7%，完成投资0.50亿元，其中：县水务局的梅溪泵站改造。
（二）达序时进度的共有3个，占项目总数的50.0%，完成投资1.10亿元，其中：县住建局的北门停车场、东塔公园；县教育局的松林小学扩建。
（三）欠序时进度的共有2个，占项目总数的33.3%，完成投资0.70亿元，其中：县商务局的粮油市场搬迁（商户不愿搬）；县城投公司的西郊安置房（桂香苑）（尚有9户未签协议）。
第二部分 上半年情况
截至6月底，全县6个重点项目累计完成投资4.60亿元。
1.竣工。共有2个（占33.3%），完成投资1.30亿元，其中：县水务局的梅溪泵站改造；县教育局的松林小学扩建。
2.达序时进度。共有1个（占16.7%），完成投资1.20亿元，其中：县住建局的北门停车场。
3.欠序时进度。共有3个（占50.0%），完成投资2.10亿元，其中：县住建局的东塔公园——苗木涨价；县商务局的粮油市场搬迁——商户不愿搬；县城投公司的西郊安置房（桂香苑）——余下2户未签，3号、5号楼不能开工。
二季度亮点：松林小学扩建5月20日通过竣工验收，提供学位600个。
三季度工作安排：一是加快北门停车场、西郊安置房（桂香苑）的场地交付；二是盘活存量资金。
"""


def test_what_two_parts_state_of_a_state_is_no_contradiction(read: Reader) -> None:
    assert read(COMPILED).findings("figures") == []
    again = COMPILED.replace("截至6月底", "截至3月底")
    assert read(again).findings("figures")  # of one time the two do contradict each other


def test_the_states_amounts_are_added_up_against_their_own_times_total(read: Reader) -> None:
    sums = read(COMPILED).findings("sum")
    assert [f.text for f in sums] == ["总数写2.10亿元，各类相加为2.3亿元"]
    assert sums[0].formula == "0.50亿元 + 1.10亿元 + 0.70亿元 = 2.3亿元"
    right = COMPILED.replace("完成投资2.10亿元。\n（一）", "完成投资2.30亿元。\n（一）")
    assert read(right).findings("sum") == []


def test_a_remark_goes_to_the_record_of_the_part_it_stands_in(read: Reader) -> None:
    found = read(COMPILED)
    first, second = (r for r in found.ledger.records if r.name == "松林小学扩建")
    assert (first.progress, second.stage) == ("on_schedule", "completed")
    assert not any("5月20日" in words.text for words in first.fields.values())


def test_a_states_name_alone_tells_what_its_figures_are_of(read: Reader) -> None:
    figures = read(COMPILED).ledger.figures
    (done,) = (f for f in figures if f.number.text == "1.30亿元")
    assert (done.state, done.stage) == ("竣工", "completed")
    (level,) = (f for f in figures if f.number.text == "1.20亿元")
    assert (level.state, level.progress) == ("达序时进度", "on_schedule")


def test_what_a_plan_speaks_of_is_no_project_of_the_state_above(read: Reader) -> None:
    assert not [name for name in read(COMPILED).names if "场地交付" in name]


@pytest.mark.parametrize(
    "plan", ["下一步工作打算：", "四季度主要工作举措：", "后段工作的安排如下："]
)
def test_a_plan_lists_no_projects_in_whatever_words_it_opens(read: Reader, plan: str) -> None:
    listed = "共有2个，其中：县水务局的甲河堤防；县住建局的乙路改造。"
    plans = f"{plan}一是推进丙桥、丁园的用地交付；二是加强调度。"
    text = f"一、未开工项目\n1.未开工项目。{listed}\n{plans}\n"
    assert [name for name in read(text).names if "交付" in name] == []


@pytest.mark.parametrize(
    ("listed", "name", "reason"),
    [
        ("西郊安置房（桂香苑）（尚有9户未签协议）", "西郊安置房（桂香苑）", "尚有9户未签协议"),
        ("老粮站改造（时光里）——产权没有理清", "老粮站改造（时光里）", "产权没有理清"),
        ("南湖泵站（县水务局）（资金未到位）", "南湖泵站", "资金未到位"),
        ("创新基地——甲栋、2号楼图纸没出", "创新基地", "甲栋、2号楼图纸没出"),
    ],
)
def test_a_second_name_in_brackets_is_no_reason(
    read: Reader, listed: str, name: str, reason: str
) -> None:
    text = f"未开工项目2个，分别是：县住建局的{listed}；县教育局的丙小学扩建（选址未定）。\n"
    assert (name, reason) in read(text).pairs("reason")
