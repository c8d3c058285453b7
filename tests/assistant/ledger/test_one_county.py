"""The papers of one county: its offices with and without their level, its states, its totals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """岚溪县1—8月重点项目推进情况通报
今年县里排定重点建设项目6个，年度计划投资32.20亿元。到8月31日，累计完成18.69亿元，为年度计划的58.0%。
6个项目里，正常施工3个，收尾待验1个，进度落后2个。
一、正常施工的（3个）
梅河堤防提升（水利局）、岚云公路二期（交通局）、城乡供水一体化（水利局）
二、收尾待验的（1个）
县档案馆新馆（城投公司）
三、进度落后的（2个）
柳湾大桥（交通局），征地协议没有签完；云坪乡水厂（水利局），进场道路塌方。
岚溪县重大项目推进专班
2025年9月8日
"""
LEDGER = """# 岚溪县重点项目台账

截至2025年8月31日，单位：万元

| 项目名称 | 牵头单位 | 年度计划投资 | 完成投资 |
| --- | --- | --- | --- |
| 梅河堤防提升 | 县水利局 | 60000 | 40000 |
| 岚云公路二期 | 县交通局 | 90000 | 52000 |
| 城乡供水一体化 | 县水利局 | 70000 | 41000 |
| 县档案馆新馆 | 县城投公司 | 20000 | 19900 |
| 柳湾大桥 | 县交通局 | 50000 | 20000 |
| 云坪乡水厂 | 县水利局 | 32000 | 14000 |
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"通报.txt": REPORT, "台账.md": LEDGER}
    with opened(tmp_path_factory.mktemp("county"), files, real=True) as desk:
        yield desk


def test_an_office_is_one_with_and_without_its_level(county: Desk) -> None:
    answer = county.ask("县水利局负责的项目有哪些？")
    assert answer.count == 3
    assert all(name in answer.answer for name in ("梅河堤防", "城乡供水", "云坪乡水厂"))


def test_what_goes_as_it_should_is_a_state_of_its_own(county: Desk) -> None:
    assert county.ask("正常施工的项目有几个？").count == 3


def test_the_whole_is_told_with_its_share_of_the_plan(county: Desk) -> None:
    answer = county.ask("到8月底全县重点项目总共完成了多少投资，完成年度计划的百分之几？")
    assert "18.69亿元" in answer.answer
    assert "58.0%" in answer.answer


def test_a_large_sum_is_told_in_the_larger_unit_too(county: Desk) -> None:
    answer = county.ask("水利局的项目年度计划投资一共多少？")
    assert "162000万元" in answer.answer
    assert "16.2亿元" in answer.answer
