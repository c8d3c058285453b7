"""A sum that its parts do not make is reported; within their rounding it is not."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"


# 36.08 + 12.44 + 5.96 + 0.069 = 54.549.
PARTS = (
    TITLE + "全区完成投资{}亿元，其中：竣工项目完成投资36.08亿元，在建项目完成投资12.44亿元，"
    "滞后项目完成投资5.96亿元，前期项目完成投资690万元。\n"
)


def test_a_sum_within_the_rounding_of_its_parts_is_not_reported(read: Reader) -> None:
    assert read(PARTS.format("54.55")).findings() == []


def test_a_wrong_sum_of_amounts_is_reported(read: Reader) -> None:
    assert [f.kind for f in read(PARTS.format("54.95")).findings()] == ["sum"]


PIECES = TITLE + "全区安排重点项目20个，其中竣工5个、在建12个、未开工{}个。\n"


def test_counts_that_add_up_are_not_reported(read: Reader) -> None:
    assert read(PIECES.format(3)).findings() == []


def test_counts_that_do_not_add_up_are_reported(read: Reader) -> None:
    assert [f.kind for f in read(PIECES.format(4)).findings()] == ["sum"]


TABLE = (
    ["项目名称", "责任单位", "总投资（万元）"],
    ["东湖花园", "区住建局", "12000"],
    ["北环路", "区交通局", "8000"],
)


def test_a_wrong_sum_row_is_reported_with_its_formula(read_table: Callable[..., Read]) -> None:
    (finding,) = read_table(*TABLE, ["合计", "", "21000"]).findings()
    assert finding.kind == "sum"
    assert finding.formula == "12000 + 8000 = 20000"


def test_a_right_sum_row_is_not_reported(read_table: Callable[..., Read]) -> None:
    assert read_table(*TABLE, ["合计", "", "20000"]).findings() == []


def test_a_sum_row_of_hedged_cells_is_not_checked(read_table: Callable[..., Read]) -> None:
    found = read_table(*TABLE, ["南门桥", "区交通局", "约1000"], ["合计", "", "21500"])
    assert found.findings() == []


def test_a_wrong_sum_of_a_group_is_reported(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "项目名称", "总投资（万元）"],
        [("一、区住建局", 'colspan="3"')],
        ["1", "东湖花园", "1000"],
        ["2", "西湖花园", "2000"],
        ["", "小计", "3500"],
        [("二、区交通局", 'colspan="3"')],
        ["1", "北环路", "500"],
        ["2", "南门桥", "700"],
        ["", "小计", "1200"],
    )
    (finding,) = found.findings()
    assert finding.kind == "sum"
    assert finding.formula == "1000 + 2000 = 3000"


CLASSES = (
    TITLE + "全区共有重点项目12个，完成投资{}亿元。\n分类别看，产业类项目6个，完成投资2.00亿元；"
    "交通类项目4个，完成投资1.50亿元；民生类项目2个，完成投资0.50亿元。\n"
)


def test_classes_that_do_not_add_up_to_the_whole_are_reported(read: Reader) -> None:
    (finding,) = read(CLASSES.format("4.30")).findings()
    assert finding.kind == "sum"
    assert finding.formula == "2.00亿元 + 1.50亿元 + 0.50亿元 = 4亿元"


def test_classes_that_add_up_are_not_reported(read: Reader) -> None:
    assert read(CLASSES.format("4.00")).findings() == []


def test_a_subtotal_sums_its_own_group_only(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["街道", "工程名称", "计划投资（万元）"],
        ["柳岸街道", "西苑外墙翻新", "101"],
        ["柳岸街道", "东苑屋面翻新", "53"],
        ["柳岸街道小计", "", "154"],
        ["桐林街道", "北苑管网翻新", "31"],
        ["桐林街道", "南苑电梯加装", "22"],
        ["桐林街道小计", "", "63"],
        ["合计（4个小区）", "", "207"],
    )
    assert len(found.names) == 4
    (finding,) = [f for f in found.ledger.findings if f.kind == "sum"]
    assert "桐林街道小计" in finding.text
    assert finding.formula == "31 + 22 = 53"


def test_a_sum_that_carries_the_name_of_a_group_sums_that_group(
    read_table: Callable[..., Read],
) -> None:
    found = read_table(
        ["街道", "工程名称", "计划投资（万元）"],
        ["柳岸街道", "西苑外墙翻新", "101"],
        ["柳岸街道", "东苑屋面翻新", "53"],
        ["柳岸街道合计", "", "154"],
        ["桐林街道", "北苑管网翻新", "31"],
        ["桐林街道", "南苑电梯加装", "22"],
        ["桐林街道合计", "", "53"],
        ["总计", "", "207"],
    )
    assert not [f for f in found.ledger.findings if f.kind == "sum"]


CLASSES_BY_LINE = (
    TITLE + "全区共有重点项目12个，年度计划投资{}亿元，完成投资4.00亿元。\n按类别分：\n"
    "- 产业类6个，年度计划投资5.00亿元，完成投资2.00亿元；\n"
    "- 交通类4个，年度计划投资3.00亿元，完成投资1.50亿元；\n"
    "- 民生类2个，年度计划投资1.00亿元，完成投资0.50亿元。\n"
)


def test_classes_one_a_line_are_summed_for_each_amount(read: Reader) -> None:
    (finding,) = read(CLASSES_BY_LINE.format("8.50")).findings()
    assert finding.formula == "5.00亿元 + 3.00亿元 + 1.00亿元 = 9亿元"
    assert read(CLASSES_BY_LINE.format("9.00")).findings() == []
