"""Classes of units, parts of a report, and projects that another document lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.ledger.unitclasses import class_of_unit, classes_asked
from tests.assistant.ledger.conftest import Desk, opened

REPORT = """关于前三季度全县重点项目推进情况的通报
一、总体情况
今年全县安排重点项目9个，截至9月底：完工3个，按计划推进2个，进度滞后2个，未开工2个。
二、各单位推进情况
1.松溪镇。负责项目3个，年度计划投资2.10亿元，完成1.30亿元。松溪水厂扩建已完工；松溪茶厂技改按计划推进；松溪敬老院未开工，原因是选址调整。
2.望江街道。负责项目2个，年度计划投资1.20亿元，完成0.80亿元。望江农贸市场已完工；望江幼儿园进度滞后，原因是图纸反复修改。
3.临江经济开发区。负责项目2个，年度计划投资4.00亿元，完成2.50亿元。创业大道按计划推进；冷链物流园进度滞后，原因是企业资金链紧张。
4.县水利局。负责项目2个，年度计划投资1.00亿元，完成0.60亿元。东河堤防加固已完工；石门水库未开工，原因是用地性质调整未获批复。
三、存在问题
松溪敬老院、石门水库2个项目因用地问题未能开工。
松溪县重点办
2025年10月9日
"""
SUPERVISED = """<!doctype html><html><meta charset="utf-8"><body>
<h1>松溪县关于对部分项目挂牌督办的通知</h1><p>松溪县重点办　2025年10月20日</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>目前状态</td><td>完成时限</td></tr>
<tr><td>1</td><td>冷链物流园</td><td>临江经济开发区</td><td>进度滞后</td><td>12月1日</td></tr>
<tr><td>2</td><td>石门水库</td><td>县水利局</td><td>未开工</td><td>12月20日</td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"通报.txt": REPORT, "督办通知.html": SUPERVISED}
    with opened(tmp_path_factory.mktemp("unitclasses"), files) as found:
        yield found


@pytest.mark.parametrize(
    ("unit", "name"),
    [("松溪镇", "乡镇"), ("望江街道", "街道"), ("临江经济开发区", "园区"), ("县水利局", "部门"),
     ("县城投公司", "企业"), ("白云乡人民政府", "乡镇"), ("某村", "")],
)  # fmt: skip
def test_a_unit_s_name_tells_its_class(unit: str, name: str) -> None:
    assert class_of_unit(unit) == name


@pytest.mark.parametrize(
    ("question", "classes"),
    [("镇和街道负责的项目里，哪些进度滞后？", ("乡镇", "街道")),
     ("乡镇的项目里还有几个没有动工？", ("乡镇",)),
     ("市直部门牵头的项目有哪些", None),
     ("哪些乡镇的项目滞后", None), ("各乡镇负责的项目有几个", None)],
)  # fmt: skip
def test_a_class_is_asked_for_only_as_the_owner(
    question: str, classes: tuple[str, ...] | None
) -> None:
    found = classes_asked(question, ["松溪镇", "望江街道"])
    assert (found[0] if found else None) == classes


def test_projects_of_a_class_of_units(desk: Desk) -> None:
    assert desk.names("镇和街道负责的项目里，哪些进度滞后？") == ["望江幼儿园"]
    assert desk.names("乡镇的项目里哪些没有动工？") == ["松溪敬老院"]


def test_what_another_document_lists_and_what_it_does_not(desk: Desk) -> None:
    assert desk.names("没有开工的项目里，哪些列入了挂牌督办的通知？") == ["石门水库"]
    assert desk.names("进度滞后的项目中，有哪些没有列入挂牌督办通知？") == ["望江幼儿园"]


def test_a_newer_list_without_reasons_leaves_those_told_before(desk: Desk) -> None:
    answer = desk.ask("哪些项目滞后，原因是什么？").answer
    assert "企业资金链紧张" in answer
    assert "图纸反复修改" in answer


def test_what_waits_for_an_approval_waits_for_that_whatever_it_is_of(desk: Desk) -> None:
    assert desk.names("因为审批没下来而没有开工的项目有哪些？") == ["石门水库"]


def test_amounts_of_units_from_the_first_words_of_their_parts(desk: Desk) -> None:
    assert "**2.1亿元**" in desk.ask("松溪镇和望江街道完成投资一共多少？").answer
