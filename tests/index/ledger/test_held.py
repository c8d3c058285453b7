"""Lists in which each unit “has” its projects, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "南渡区2024年前三季度重点项目建设情况\n"
LISTED = (
    TITLE + "一、总体情况\n全区重点项目7个，截至9月底，已开工5个。\n二、按状态看\n"
    "（一）推进偏慢5个。占71.4%，完成投资1.2亿元。其中，区水务局有上庄泵站（管线未迁）、"
    "白石堤加固；区交通局有三桥接线、港口大道（均为征地未完成）；高新区有二手车市场"
    "（银行贷款未发放）。\n"
    "（二）尚未开工2个。其中，区交通局有西环快线（方案未批）；望溪镇有望溪敬老院（图纸在审）。\n"
    "三、问题\n推进偏慢和尚未开工的7个项目，按成因分为三类：一是征地难，涉及2个项目，主要是补偿"
    "偏低、房源不足；二是手续慢，涉及3个项目，集中在消防、铁路和验线等环节；三是其他，涉及2个项目。\n"
)


def test_each_project_is_that_of_the_unit_that_has_it(read: Reader) -> None:
    assert read(LISTED).pairs() == [
        ("上庄泵站", "区水务局"),
        ("白石堤加固", "区水务局"),
        ("三桥接线", "区交通局"),
        ("港口大道", "区交通局"),
        ("二手车市场", "高新区"),
        ("西环快线", "区交通局"),
        ("望溪敬老院", "望溪镇"),
    ]


def test_a_reason_said_of_both_is_both_projects_own(read: Reader) -> None:
    found = read(LISTED)
    assert found.field("三桥接线", "reason") == "征地未完成"
    assert found.field("港口大道", "reason") == "征地未完成"
    assert found.field("上庄泵站", "reason") == "管线未迁"


def test_causes_with_their_numbers_are_no_projects(read: Reader) -> None:
    assert not {"铁路", "房源不足", "消防"} & set(read(LISTED).names)


def test_an_office_that_has_a_lack_has_no_project_of_that_name(read: Reader) -> None:
    found = read(
        TITLE + "未开工项目2个，分别是：东山渠（区水务局有资金缺口）、南门桥（图纸未审）。\n"
    )
    assert found.names == ["东山渠", "南门桥"]


CLASSES = (
    TITLE + "全区重点项目20个，年度计划投资10.00亿元，截至9月底完成投资6.00亿元。\n"
    "政府项目10个，年度计划投资5.00亿元，已开工9个，完成投资3.00亿元，占计划的60.0%。"
    "企业项目6个，年度计划投资3.00亿元，已开工5个，完成投资2.{cents}亿元，占计划的66.7%。"
    "合作项目4个，年度计划投资2.00亿元，已开工3个，完成投资1.00亿元，占计划的50.0%。\n"
)


def test_classes_that_say_how_many_are_begun_share_out_what_was_done(read: Reader) -> None:
    assert read(CLASSES.format(cents="00")).ledger.findings == []
    found = [one.text for one in read(CLASSES.format(cents="90")).ledger.findings]
    assert "总数写6.00亿元，各类相加为6.9亿元" in found
    assert any("66.7%" in text and "96.7%" in text for text in found)
    assert len(found) == 2
