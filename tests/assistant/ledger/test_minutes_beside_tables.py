"""Minutes and a report beside a table of problems: who of them answers which question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """鹿溪县2025年上半年重点项目推进情况报告
截至6月底，全县安排重点项目7个。
一、进度偏慢的项目（3个）
分别是：县交通局的青桥至白滩公路（林地手续没有批下来）；鹿溪经济开发区管委会的永昌机械二期（进口机床没有到货）、光明纸业技改（企业贷款没有落实）。
二、没有开工的项目（4个）
分别是：县交通局的鹿溪大桥（施工图没有审完）；县水务局的竹园水厂（取水许可没有办下来）；县卫健局的松坪卫生院（上级资金没有下达）；鹿溪镇的柳塘驿站（投资方没有确定）。
上述进度偏慢和没有开工的7项中，属于资金问题2项、审批问题3项。
鹿溪县发展和改革局
2025年7月6日
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>鹿溪县重点项目问题台账</h1><p>截至2025年6月底，时限按7月10日调度会议意见更新</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>推进状态</td><td>问题类别</td><td>办结时限</td></tr>
<tr><td>1</td><td>青桥至白滩公路</td><td>县交通局</td><td>进度偏慢</td><td>审批</td><td>2025年8月20日</td></tr>
<tr><td>2</td><td>永昌机械二期</td><td>鹿溪经济开发区管委会</td><td>进度偏慢</td><td>设备</td><td>2025年8月31日</td></tr>
<tr><td>3</td><td>光明纸业技改</td><td>鹿溪经济开发区管委会</td><td>进度偏慢</td><td>资金</td><td>2025年8月15日</td></tr>
<tr><td>4</td><td>鹿溪大桥</td><td>县交通局</td><td>没有开工</td><td>审批</td><td>2025年8月20日</td></tr>
<tr><td>5</td><td>竹园水厂</td><td>县水务局</td><td>没有开工</td><td>审批</td><td>2025年8月20日</td></tr>
<tr><td>6</td><td>松坪卫生院</td><td>县卫健局</td><td>没有开工</td><td>资金</td><td>2025年8月15日</td></tr>
<tr><td>7</td><td>柳塘驿站</td><td>鹿溪镇</td><td>没有开工</td><td>投资主体</td><td>2025年8月31日</td></tr>
</table></body></html>
"""
MINUTES = """鹿溪县重点项目调度会议纪要
2025年7月10日，副县长宋青主持召开全县重点项目调度会议。
一、关于没有开工的项目
会议明确，没有开工的4个项目分类处置。10月底前动工2个：鹿溪大桥、竹园水厂。年底前动工1个：松坪卫生院。
二、关于资金保障
会议要求，县财政局要在7月25日前为松坪卫生院垫付200万元。企业贷款没有落实的，由县金融办约谈企业负责人。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"report.txt": REPORT, "table.html": TABLE, "minutes.txt": MINUTES}
    with opened(tmp_path_factory.mktemp("minutes"), files) as desk:
        yield desk


def test_a_class_of_problem_is_no_reason_where_reasons_are_told(county: Desk) -> None:
    rows = county.ask("进度偏慢的项目有哪些，原因分别是什么？").rows or ()
    assert [row["reason"] for row in rows] == [
        "林地手续没有批下来", "进口机床没有到货", "企业贷款没有落实",
    ]  # fmt: skip


def test_the_class_of_problem_is_told_where_it_is_asked_for(county: Desk) -> None:
    answer = county.ask("进度偏慢的项目有哪些，问题类别分别是什么？").answer
    assert "审批" in answer
    assert "设备" in answer


def test_what_a_meeting_wants_by_when_is_not_none_for_a_table_of_other_deadlines(
    county: Desk,
) -> None:
    answer = county.ask("调度会要求10月底前动工几个项目？")
    assert answer.count == 2
    assert county.names("会议要求10月底前动工的项目有哪些") == ["鹿溪大桥", "竹园水厂"]


def test_what_a_meeting_demands_is_not_told_by_a_column(county: Desk) -> None:
    answer = county.ask("调度会议在资金保障方面提出了哪些要求？").answer
    assert "垫付200万元" in answer
    assert "约谈企业负责人" in answer


@pytest.mark.parametrize("called", ["经济开发区", "经开区", "鹿溪经开区", "经开区管委会"])
def test_a_zone_is_called_without_its_place_and_its_house(county: Desk, called: str) -> None:
    assert county.names(f"{called}进度偏慢的项目有哪些？") == ["永昌机械二期", "光明纸业技改"]


def test_a_number_of_two_states_is_no_quotation_in_another_order(county: Desk) -> None:
    answer = county.ask("没有开工的项目有哪些？").answer
    assert "另一口径：进度偏慢和没有开工，原文写7项" in answer
