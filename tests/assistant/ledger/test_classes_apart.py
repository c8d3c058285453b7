"""Classes that a report tells of one paragraph each, beside a table that holds but some of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """# 宁河县2036年上半年重点项目进展情况报告

宁河县重点项目办公室

（2036年7月6日）

## 一、总体情况

全县共安排重点项目20个，年度计划投资30.00亿元。截至6月底，累计完成投资14.60亿元，占年度计划的48.7%。

## 二、分类情况

**续建项目**8个，总投资40.5亿元，年度计划投资12.50亿元，上半年完成7.10亿元，占年度计划的56.9%。其中竣工2个、达到序时进度4个、进度滞后2个。

**新建项目**12个，总投资52.0亿元，年度计划投资17.50亿元，上半年完成7.50亿元，占年度计划的42.9%。其中竣工1个、达到序时进度3个、进度滞后3个、未开工5个。

## 三、形象进度

20个项目中：已竣工3个，占15.0%；达到序时进度7个，占35.0%；进度滞后5个，占25.0%；未开工5个，占25.0%。

## 附件：未开工项目（5个）

1. 西湖泵站（县水利局，资金未落实）
2. 东关小学（县教育局，用地未批）
3. 城北客运站（县交通局，设计变更）
4. 沙河大桥（县交通局，资金未落实）
5. 老城（钟楼片区）修缮（县文旅局，方案未批）
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>宁河县县领导包联项目台账</h1><p>2036年6月30日</p><table>
<tr><td>序号</td><td>项目名称</td><td>类别</td><td>责任单位</td><td>年度计划投资（万元）</td><td>进度状态</td></tr>
<tr><td>1</td><td>北环路改造</td><td>续建</td><td>县住建局</td><td>9000</td><td>达到序时进度</td></tr>
<tr><td>2</td><td>第三水厂</td><td>续建</td><td>县水利局</td><td>8000</td><td>进度滞后</td></tr>
<tr><td>3</td><td>沙河大桥</td><td>新建</td><td>县交通局</td><td>7000</td><td>未开工</td></tr>
<tr><td>4</td><td>东关小学</td><td>新建</td><td>县教育局</td><td>3000</td><td>未开工</td></tr>
</table></body></html>
"""
FOLLOWED = """关于项目推进会交办事项落实情况的督查通报

各镇：
8月20日，县委县政府督查室对推进会交办的事项开展了督查。

一、正在推进2项
1. 沙河大桥：资金拨付方案已报县财政局，正在走审批程序。
2. 东关小学：用地组卷已上报，正在补正材料。

县委县政府督查室
2036年8月25日
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"报告.md": REPORT, "台账.html": TABLE, "通报.txt": FOLLOWED}
    with opened(tmp_path_factory.mktemp("classes"), files) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("续建和新建项目的年度计划投资加起来是多少？", ("30亿元",)),
        ("续建项目完成了多少投资？", ("7.10亿元",)),
        ("新建项目上半年完成了多少投资，完成年度计划的百分之几？", ("7.50亿元", "42.9%")),
        ("续建项目完成年度计划的百分之几？", ("56.9%",)),
    ],
)
def test_what_classes_have_is_told_by_the_report(
    desk: Desk, question: str, said: tuple[str, ...]
) -> None:
    answer = desk.ask(question).answer
    assert all(words in answer for words in said)


def test_a_table_that_is_named_tells_of_its_own_rows(desk: Desk) -> None:
    assert "17000万元" in desk.ask("台账中续建项目的年度计划投资合计多少？").answer


def test_states_of_a_class_are_not_those_of_all(desk: Desk) -> None:
    answer = desk.ask("进度滞后的项目和达到序时进度的项目，哪类多，多几个？").answer
    assert "7个" in answer
    assert "多 **2个**" in answer


def test_what_was_asked_for_goes_on_while_its_project_stands_still(desk: Desk) -> None:
    names = {str(row["name"]) for row in desk.ask("未开工的项目有哪些？").rows or ()}
    assert {"沙河大桥", "东关小学"} <= names


def test_a_bracket_within_a_name_belongs_to_it(desk: Desk) -> None:
    rows = desk.ask("未开工的项目有哪些，责任单位是谁？").rows or ()
    assert ("老城（钟楼片区）修缮", "县文旅局") in {(row["name"], row["unit"]) for row in rows}


SECTORS = """宁湖县前三季度重点工程进展报告
截至9月30日，全县重点工程20个。
一、交通
交通行业列入项目9个，年度计划投资6.00亿元，完成3.60亿元，完成率60.0%。
二、农业
农业仍是重头，7个项目年度计划投资4.00亿元，完成3.00亿元，完成率75.0%。
三、文教
文教行业项目4个，年度计划投资2.00亿元，完成1.00亿元，完成率50.0%。
四、进展
竣工6个，正常推进8个，滞后4个，未开工2个。
未开工的2个：北山中学（县教育局）、南河路（县交通局）。
"""


@pytest.fixture(scope="module")
def sectors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("sectors"), {"报告.txt": SECTORS}) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个行业的投资完成率最低？", ("文教行业", "50.0%")),
        ("哪个板块的投资完成率最高？", ("农业", "75.0%")),
        ("交通和文教两个行业前三季度一共完成投资多少？", ("4.6亿元", "3.60", "1.00")),
        ("交通和农业，哪个行业列入的项目多，多几个？", ("9个", "7个", "2个")),
        ("文教行业和交通行业的项目数量相差多少，哪个少？", ("9个", "4个", "5个")),
    ],
)
def test_sectors_that_a_report_tells_of_one_after_another_are_compared(
    sectors: Desk, question: str, said: tuple[str, ...]
) -> None:
    answer = sectors.ask(question).answer
    assert all(words in answer for words in said)
