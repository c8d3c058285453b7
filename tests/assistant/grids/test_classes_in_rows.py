"""A table with a row for each class beside one that lists single projects by class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.ledger.conftest import Desk, opened


def _table(title: str, *rows: str) -> str:
    cells = ("".join(f"<td>{c}</td>" for c in row.split()) for row in rows)
    return f"<h1>{title}</h1><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


BY_CLASS = _table(
    "河阳市城建项目分类情况",
    "类别 项目个数 年度计划（万元） 完成投资（万元） 完成率",
    "道路桥梁 6 5000 2000 40.0%",
    "园林绿化 4 3000 1800 60.0%",
    "排水管网 5 2000 1300 65.0%",
    "合计 15 10000 5100 51.0%",
)
LISTED = _table(
    "河阳市重点城建项目表",
    "项目名称 类别 年度计划（万元） 完成投资（万元）",
    "北环路改造 道路桥梁 800 500",
    "东河大桥 道路桥梁 700 600",
    "南山公园 园林绿化 500 100",
    "老城管网 排水管网 400 300",
)
FUNDS = _table(
    "河阳市配套资金情况",
    "资金来源 计划 已到位 已支付金额（万元）",
    "省级补助资金 900 700 300",
    "区级配套资金 600 200 100",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"分类.html": BY_CLASS, "项目表.html": LISTED, "资金.html": FUNDS}
    with opened(tmp_path_factory.mktemp("classes"), files) as found:
        yield found


def test_the_share_of_a_class_is_that_of_the_table_of_classes(desk: Desk) -> None:
    answer = desk.ask("道路桥梁类的年度计划占全部年度计划的百分之几？")
    assert "50%" in answer.answer


def test_the_last_class_is_that_of_the_table_of_classes(desk: Desk) -> None:
    answer = desk.ask("各类项目里，哪一类完成率最低？")
    assert "**道路桥梁**（40%）" in answer.answer


def test_a_row_that_stands_for_several_says_how_many(desk: Desk) -> None:
    assert "**4个**" in desk.ask("分类情况里，园林绿化一共有几个项目？").answer


def test_what_has_not_arrived_is_told_by_the_column_of_that_verb(desk: Desk) -> None:
    assert "400" in desk.ask("区级配套资金还有多少没有到位？").answer


def test_reasons_that_a_report_gives_are_not_replaced_by_remarks(tmp_path: Path) -> None:
    report = (
        "城建项目进展情况报告\n截至2024年6月30日，情况如下。\n一、停工项目（2项）\n"
        "1. 银杏路地下通道（市城投集团）：总包单位资金链断裂，正在解约。\n"
        "2. 柳湾安置房（市住建局）：基坑发现古墓，等待考古勘探。\n"
    )
    table = _table(
        "城建项目台账",
        "序号 项目名称 责任单位 状态 备注",
        "1 银杏路地下通道 市城投集团 停工 4月停工",
        "2 柳湾安置房 市住建局 停工 考古",
        "3 东门立交 市城投集团 正常 按期",
    )
    with opened(tmp_path, {"报告.txt": report, "台账.html": table}) as desk:
        rows = desk.ask("停工的项目有哪些，原因分别是什么？").rows or ()
    assert ["资金链断裂" in (row["reason"] or "") for row in rows] == [True, False]
    assert len(rows) == 2
