"""What stands in and behind a table and is no project: units of measure, notes, wrong counts."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

GROUPED = ["序号", "桥梁名称", "责任单位", "总投资（万元）"]


def test_a_column_of_units_of_measure_is_no_responsible_unit(
    read_table: Callable[..., Read],
) -> None:
    found = read_table(
        ["项目名称", "短缺内容", "短缺数量", "单位", "牵头单位"],
        ["冷库扩建", "贷款", "1200", "万元", "区金融办"],
        ["高铁物流港", "建设用地", "55", "亩", "区资规局"],
    )
    assert found.column("unit") == ["区金融办", "区资规局"]


def test_a_column_of_units_still_names_who_is_responsible(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "单位", "进度"],
        ["冷库扩建", "区商务局", "在建"],
        ["高铁物流港", "区资规局", "未开工"],
    )
    assert found.column("unit") == ["区商务局", "区资规局"]


def test_the_note_behind_a_table_lists_no_projects(read_html: Callable[[str], Read]) -> None:
    table = (
        "<table><tr><td>项目名称</td><td>责任单位</td><td>前期阶段</td></tr>"
        "<tr><td>冷库扩建</td><td>区商务局</td><td>立项</td></tr>"
        "<tr><td>滨河公园</td><td>区住建局</td><td>选址</td></tr></table>"
    )
    note = "<p>说明：储备项目的阶段由浅到深依次为立项、选址、可研、招标。</p>"
    found = read_html(f"<h1>储备项目表</h1>{table}{note}")
    assert found.names == ["冷库扩建", "滨河公园"]


def test_a_group_heading_that_counts_wrongly_is_found(read_table: Callable[..., Read]) -> None:
    found = read_table(
        GROUPED,
        [("一、已通车（2座）", 'colspan="4"')],
        ["1", "柳河桥", "县公路中心", "120"],
        ["2", "石板桥", "县公路中心", "80"],
        [("二、在建（3座）", 'colspan="4"')],
        ["3", "双桥", "县交通局", "300"],
        ["4", "枫林桥", "县交通局", "150"],
    )
    (finding,) = found.findings("count")
    assert "二、在建（3座）" in finding.text
    assert "3座" in finding.text
    assert "2座" in finding.text
