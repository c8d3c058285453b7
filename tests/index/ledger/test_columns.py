"""Columns and labels that are no field of a record are kept by their headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
ROWS = (
    ["序号", "项目名称", "建设内容", "建设性质", "总投资（万元）", "责任单位", "得分", "备注"],
    ["1", "云岭冷库", "建设冷库3座", "新建", "8600", "市商务局", "92.5", "—"],
    ["2", "柳树沟光伏电站", "装机50兆瓦", "续建", "23000", "市能源局", "88", "已并网"],
)


def test_other_columns_are_kept_under_their_headings(read_table: Callable[..., Read]) -> None:
    found = read_table(*ROWS)
    assert found.column("column:建设内容") == ["建设冷库3座", "装机50兆瓦"]
    assert found.column("column:建设性质") == ["新建", "续建"]
    assert found.amounts("column:得分") == [92.5, 88.0]


def test_row_numbers_and_empty_cells_are_not_kept(read_table: Callable[..., Read]) -> None:
    found = read_table(*ROWS)
    assert found.column("column:序号") == [None, None]
    assert found.column("column:备注") == [None, "已并网"]


def test_a_kept_cell_is_cited(read_table: Callable[..., Read]) -> None:
    found = read_table(*ROWS)
    words = found.record("云岭冷库").fields["column:建设内容"]
    assert found.text[words.start : words.end] == "建设冷库3座"


def test_labelled_parts_of_a_task_are_kept(read: Reader) -> None:
    found = read(
        "铜岭市政府工作报告任务分解\n1.提升供水能力。年度目标：新建水厂1座，改造管网30公里。"
        "牵头单位：市水务局；完成时限：11月底；进展情况：水厂主体完工。\n"
        "2.改善农村出行。年度目标：新改建农村公路80公里。牵头单位：市交通局；完成时限：12月底。\n"
    )
    assert found.column("column:年度目标") == [
        "新建水厂1座，改造管网30公里",
        "新改建农村公路80公里",
    ]
    assert found.column("unit") == ["市水务局", "市交通局"]


def test_a_problem_by_its_name_is_what_a_row_is_of(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "问题名称", "牵头单位", "整改措施", "整改状态"],
        ["1", "填埋场渗滤液外溢", "区城管局", "新建调节池", "整改中"],
        ["2", "石材厂粉尘污染", "区生态环境局", "责令停产整治", "已完成"],
    )
    assert found.column("name") == ["填埋场渗滤液外溢", "石材厂粉尘污染"]
    assert found.column("unit") == ["区城管局", "区生态环境局"]


def test_articles_of_law_tell_of_no_project(read: Reader) -> None:
    law = (
        "建设工程质量管理条例 第十六条\n建设单位收到建设工程竣工报告后，"
        "应当组织设计、施工等有关单位进行竣工验收。"
        "建设工程经竣工验收合格的，方可交付使用。"
    )
    assert not read(law).ledger.records
    report = "通惠区重点项目通报\n通惠大桥项目未开工，原因是征地未完成，责任单位区交通局。"
    assert read(report).ledger.records


@pytest.mark.parametrize("heading", ["问题类别", "卡点类型", "滞后原因种类"])
def test_a_column_of_kinds_says_the_kind_of_a_rows_reason(
    read_table: Callable[..., Read], heading: str
) -> None:
    found = read_table(
        ("项目名称", "责任单位", heading, "目前进展"),
        ("城南学校", "县教育局", "资金", "主体完成三层"),
        ("柳河大桥", "县交通局", "征地拆迁", "2户没有搬走"),
        ("石湾泵站", "县水利局", "", "设备安装"),
    )
    kinds = [record.reason_kind for record in found.ledger.records]
    assert kinds[:2] == ["funds", "demolition"]
    assert kinds[2] is None
