"""Tables read into records: headers, units of money, groups, sums, empty cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

HEAD = [
    "序号",
    "项目名称",
    "责任单位",
    "总投资（万元）",
    "完成投资（万元）",
    "进展情况",
    "存在问题",
]


def test_rows_are_records_in_order(read_table: Callable[..., Read]) -> None:
    found = read_table(
        HEAD,
        ["1", "东湖花园", "区住建局", "12,000", "4000", "主体已封顶", "资金未到位"],
        ["2", "北环路", "区交通局", "8000", "0", "未开工", "征地未完成"],
    )
    assert found.pairs() == [("东湖花园", "区住建局"), ("北环路", "区交通局")]
    assert [r.stage for r in found.ledger.records] == ["under_construction", "not_started"]
    assert found.column("reason") == ["资金未到位", "征地未完成"]


@pytest.mark.parametrize(
    ("unit", "values"), [("万元", [1.2, 0.8]), ("亿元", [12000.0, 8000.0]), ("千元", [0.12, 0.08])]
)
def test_the_unit_of_the_header_converts_the_column(
    read_table: Callable[..., Read], unit: str, values: list[float]
) -> None:
    found = read_table(["项目名称", f"总投资（{unit}）"], ["东湖花园", "1.2"], ["北环路", "0.8"])
    assert found.amounts("total_investment") == pytest.approx(values)


def test_an_amount_is_kept_as_written(read_table: Callable[..., Read]) -> None:
    found = read_table(["项目名称", "总投资（亿元）"], ["东湖花园", "1.20"], ["北环路", "0.8"])
    assert found.column("total_investment") == ["1.20", "0.8"]


@pytest.mark.parametrize(
    "line", ["单位：亿元", "填报单位：青川区重点办    截至：2024年9月30日    单位：亿元"]
)
def test_a_row_of_title_and_a_row_of_unit_stand_above_the_header(
    read_table: Callable[..., Read], line: str
) -> None:
    found = read_table(
        [("青川区重点项目表", 'colspan="3"')],
        [(line, 'colspan="3"')],
        ["项目名称", "责任单位", "总投资"],
        ["东湖花园", "区住建局", "1.2"],
        ["北环路", "区交通局", "0.8"],
    )
    assert found.names == ["东湖花园", "北环路"]
    assert found.amounts("total_investment") == [12000.0, 8000.0]


@pytest.mark.parametrize(
    "line",
    [
        "单位：亿元",
        "填报单位：青川区重点项目推进工作领导小组办公室　截至：2024年9月30日　单位：亿元",
    ],
)
def test_a_unit_line_above_the_table_converts_it(
    read_html: Callable[[str], Read], line: str
) -> None:
    found = read_html(
        f"<h1>青川区重点项目表</h1><p>{line}</p><table>"
        "<tr><td>项目名称</td><td>总投资</td></tr><tr><td>东湖花园</td><td>1.2</td></tr>"
        "<tr><td>北环路</td><td>0.8</td></tr></table>"
    )
    assert found.amounts("total_investment") == [12000.0, 8000.0]


def test_a_header_of_two_rows_names_each_column(read_table: Callable[..., Read]) -> None:
    found = read_table(
        [
            ("序号", 'rowspan="2"'),
            ("项目名称", 'rowspan="2"'),
            ("责任单位", 'rowspan="2"'),
            ("投资情况（万元）", 'colspan="3"'),
        ],
        ["总投资", "年度计划", "已完成"],
        ["1", "东湖花园", "区住建局", "12000", "5000", "4000"],
        ["2", "北环路", "区交通局", "8000", "3000", "2000"],
    )
    assert found.names == ["东湖花园", "北环路"]
    assert found.amounts("total_investment") == [12000.0, 8000.0]
    assert found.amounts("planned_investment") == [5000.0, 3000.0]
    assert found.amounts("done_investment") == [4000.0, 2000.0]


def test_a_merged_unit_cell_holds_for_all_its_rows(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "责任单位", "进展情况"],
        ["东湖花园", ("区住建局", 'rowspan="2"'), "已竣工"],
        ["西湖花园", "未开工"],
        ["北环路", "区交通局", "停工"],
    )
    assert found.pairs() == [
        ("东湖花园", "区住建局"),
        ("西湖花园", "区住建局"),
        ("北环路", "区交通局"),
    ]


def test_same_as_above_repeats_the_cell_above(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "责任单位"],
        ["东湖花园", "区住建局"],
        ["西湖花园", "同上"],
        ["北环路", "区交通局"],
    )
    assert found.column("unit") == ["区住建局", "区住建局", "区交通局"]


GROUPED = (
    ["序号", "项目名称", "总投资（万元）", "进展情况"],
    [("一、区住建局（2个）", 'colspan="4"')],
    ["1", "东湖花园", "1000", "已竣工"],
    ["2", "西湖花园", "2000", "未开工"],
    ["", "小计", "3000", ""],
    [("二、区交通局（1个）", 'colspan="4"')],
    ["1", "北环路", "500", "停工"],
    ["", "小计", "500", ""],
    ["", "合计", "3500", ""],
)


def test_group_and_sum_rows_are_no_records(read_table: Callable[..., Read]) -> None:
    assert read_table(*GROUPED).names == ["东湖花园", "西湖花园", "北环路"]


def test_right_sums_of_groups_and_whole_raise_nothing(read_table: Callable[..., Read]) -> None:
    assert read_table(*GROUPED).findings() == []


def test_sum_rows_are_kept_as_totals(read_table: Callable[..., Read]) -> None:
    (roster,) = read_table(*GROUPED).ledger.rosters
    sums = [(t.label.text, t.fields["total_investment"].value) for t in roster.totals]
    assert sums == [("小计", 3000.0), ("小计", 500.0), ("合计", 3500.0)]


def test_a_group_row_of_a_unit_gives_the_unit(read_table: Callable[..., Read]) -> None:
    assert read_table(*GROUPED).column("unit") == ["区住建局", "区住建局", "区交通局"]


def test_a_group_row_of_a_status_gives_the_stage(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "项目名称", "责任单位"],
        [("一、已竣工项目", 'colspan="3"')],
        ["1", "东湖花园", "区住建局"],
        [("二、未开工项目", 'colspan="3"')],
        ["1", "北环路", "区交通局"],
    )
    stages = [(r.name, r.stage) for r in found.ledger.records]
    assert stages == [("东湖花园", "completed"), ("北环路", "not_started")]


@pytest.mark.parametrize("empty", ["", "—", "无", "/", "暂无"])
def test_an_empty_cell_is_no_value(read_table: Callable[..., Read], empty: str) -> None:
    found = read_table(
        ["项目名称", "责任单位", "存在问题"],
        ["东湖花园", "区住建局", empty],
        ["北环路", "区交通局", "资金不足"],
    )
    assert found.column("reason") == [None, "资金不足"]


def test_a_row_without_a_name_is_reported_and_not_guessed(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "项目名称", "责任单位", "存在问题"],
        ["1", "东湖花园", "区住建局", "资金未到位"],
        ["2", "", "区交通局", "征地难"],
        ["3", "北环路", "区交通局", ""],
    )
    assert found.names == ["东湖花园", "北环路"]
    ((start, end, why),) = found.ledger.unread
    assert "征地难" in found.text[start:end]
    assert "未能识别" in why


def test_a_repeated_header_is_no_record(read_table: Callable[..., Read]) -> None:
    head = ["项目名称", "责任单位", "总投资（万元）"]
    found = read_table(head, ["东湖花园", "区住建局", "100"], head, ["北环路", "区交通局", "200"])
    assert found.names == ["东湖花园", "北环路"]


def test_townships_in_a_ranking_are_units_and_no_projects(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["名次", "乡镇", "任务数（亩）", "完成数（亩）", "完成率"],
        ["1", "青山镇", "100", "95", "95%"],
        ["2", "白河镇", "200", "150", "75%"],
        title="造林任务完成情况",
    )
    assert [(r.kind, r.name) for r in found.ledger.records] == [
        ("unit", "青山镇"),
        ("unit", "白河镇"),
    ]
    assert found.amounts("percent") == [95.0, 75.0]


def test_numbers_of_other_things_are_no_money(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "任务数（亩）", "完成数（亩）"],
        ["东山造林", "100", "95"],
        ["西山造林", "80", "8"],
    )
    assert all("investment" not in key for r in found.ledger.records for key in r.fields)


def test_a_table_without_a_column_of_names_gives_no_records(
    read_table: Callable[..., Read],
) -> None:
    found = read_table(["姓名", "职务", "电话"], ["张三", "局长", "1"], ["李四", "科长", "2"])
    assert found.names == []


def test_a_markdown_table_is_read(read_md: Callable[[str], Read]) -> None:
    found = read_md(
        "# 青川区重点项目表\n\n| 项目名称 | 责任单位 | 总投资（亿元） | 状态 |\n|---|---|---|---|\n"
        "| 东湖花园 | 区住建局 | 1.2 | 已竣工 |\n| 北环路 | 区交通局 | 0.8 | 未开工 |\n"
    )
    assert found.pairs() == [("东湖花园", "区住建局"), ("北环路", "区交通局")]
    assert found.amounts("total_investment") == [12000.0, 8000.0]
    assert [r.stage for r in found.ledger.records] == ["completed", "not_started"]


def test_a_cell_is_cited_where_it_stands(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "责任单位", "总投资（万元）"],
        ["东湖花园", "区住建局", "100"],
        ["北环路", "区交通局", "200"],
    )
    words = found.record("北环路").fields["total_investment"]
    assert found.text[words.start : words.end] == "200"
    assert found.text[: words.start].count("\n") > found.text[: found.text.index("100")].count("\n")


def test_a_list_of_problems_has_a_record_a_problem(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "反馈问题", "责任单位", "整改时限", "状态"],
        ["1", "石料堆场扬尘外溢", "资源局", "6月30日", "已销号"],
        ["2", "北渠沿线垃圾堆积", "水务局", "9月30日", "整改中"],
    )
    assert found.pairs() == [("石料堆场扬尘外溢", "资源局"), ("北渠沿线垃圾堆积", "水务局")]
    assert found.column("deadline") == ["6月30日", "9月30日"]


def test_planned_funds_are_a_planned_amount(read_table: Callable[..., Read]) -> None:
    found = read_table(["项目名称", "计划资金（万元）"], ["北渠清淤", "40"], ["堆场硬化", "25"])
    assert found.amounts("planned_investment") == [40.0, 25.0]


def test_the_column_of_names_is_that_of_what_is_listed_not_of_its_place(
    read_table: Callable[..., Read],
) -> None:
    found = read_table(
        ["序号", "街道", "小区名称", "计划投资（万元）"],
        ["1", "柳岸街道", "西苑", "100"],
        ["2", "柳岸街道", "东苑", "50"],
    )
    assert found.names == ["西苑", "东苑"]


def test_a_sum_is_told_in_the_unit_of_its_column(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "总投资（亿元）"],
        ["东湖花园", "1.2"],
        ["北环路", "0.8"],
        ["合计", "2.9"],
    )
    (finding,) = found.findings()
    assert finding.text.endswith("写2.9，各行相加为2")


def test_a_caption_that_counts_decides_over_how_far_a_row_is(
    read_html: Callable[[str], Read],
) -> None:
    rows = (
        "<tr><td>东湖隧道</td><td>完成地质勘察</td></tr>"
        "<tr><td>北环水厂</td><td>完成初步设计</td></tr>"
    )
    found = read_html(
        "<h1>青川市重点项目进展</h1><p>附表2  未开工项目（2个）</p>"
        f"<table><tr><td>项目名称</td><td>前期工作进展</td></tr>{rows}</table>"
    )
    assert [record.stage for record in found.ledger.records] == ["not_started"] * 2


def test_what_the_line_above_says_of_as_many_rows_is_said_of_them(
    read_html: Callable[[str], Read],
) -> None:
    rows = "<tr><td>东湖隧道</td><td>11月20日</td></tr><tr><td>北环水厂</td><td>12月5日</td></tr>"
    found = read_html(
        "<h1>青川市重点项目进展</h1><p>年底前拟竣工项目2个，安排见下表。</p>"
        f"<table><tr><td>项目名称</td><td>拟竣工时间</td></tr>{rows}</table>"
    )
    assert found.column("status_text") == ["年底前拟竣工"] * 2
    assert [record.stage for record in found.ledger.records] == [None, None]


def test_a_row_that_counts_and_sums_a_group_heads_it(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["序号", "项目名称", "责任单位", "总投资（万元）", "完成率", "进展状态"],
        ["一、文旅类（2个）", "", "", "9000", "61.5%", ""],
        ["1", "古驿道修缮", "县文旅局", "4000", "70.0%", "进度滞后"],
        ["2", "竹海民宿集群", "青竹镇", "5000", "55.0%", "达到序时"],
        ["二、水利类（1个）", "", "", "3000", "90.0%", ""],
        ["3", "黄沙河清淤", "县水利局", "3000", "90.0%", "已竣工"],
    )
    assert found.names == ["古驿道修缮", "竹海民宿集群", "黄沙河清淤"]
    assert found.column("group") == ["一、文旅类（2个）", "一、文旅类（2个）", "二、水利类（1个）"]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("关于停工项目的处置", "停工"),
        ("未开工项目包保安排", "未开工"),
        ("停工项目（2个）", "停工项目（2个）"),
    ],
)
def test_a_heading_about_projects_of_a_state_gives_only_the_state(
    read_html: Callable[[str], Read], heading: str, said: str
) -> None:
    found = read_html(
        f"<h1>青川区调度会纪要</h1><h2>{heading}</h2><table>"
        "<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>包保领导</td></tr>"
        "<tr><td>1</td><td>东湖花园</td><td>区住建局</td><td>李明</td></tr>"
        "<tr><td>2</td><td>北环路改造</td><td>区交通局</td><td>王芳</td></tr></table>"
    )
    assert found.column("status_text") == [said, said]
