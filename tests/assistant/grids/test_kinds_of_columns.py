"""Columns that no heading of their own announces: groups, figures among words, units beside."""

from __future__ import annotations

import pytest

from assistant.grids.answering import answer_linked
from assistant.grids.groups import GROUP, group_name, stated_count
from assistant.grids.linking import link
from assistant.grids.reading import Grid, grids_of
from assistant.grids.said import normal
from index.database import FileContent
from index.load.web import read_web
from index.structure import read_structure
from tests.assistant.grids.conftest import _page, _row

BRIDGES = _page(
    "南山县2025年危旧桥梁改造台账",
    _row("填报单位：县公路中心>4", "截至2025年8月31日　单位：万元>4"),
    _row(
        "序号/2", "桥梁名称/2", "所在乡镇/2", "等级/2", "桥面面积（平方米）>2", "规模/2", "备注/2"
    ),
    _row("计划", "完成"),
    _row("一、已通车（2座）>8"),
    _row("1", "柳河桥", "清溪镇", "中（1）类", "800", "800", "3孔、120根桩", "一事一议资金60万元"),
    _row("2", "石板桥", "丰乐乡", "中（2）类", "500", "500", "2孔、60根桩", ""),
    _row("二、正在施工（3座）>8"),
    _row("3", "双桥", "清溪镇", "中（1）类", "1200", "300", "5孔、200根桩", "车购税补助900万元"),
    _row("4", "枫林桥", "丰乐乡", "中（1）类", "600", "540", "2孔、80根桩", "车购税补助350万元"),
    _row("三、没动工（1座）>8"),
    _row("5", "月亮桥", "云盘乡", "中（2）类", "900", "0", "4孔、160根桩", "等待通航论证"),
    _row("合计", "5座", "", "", "4000", "2140", "", ""),
)
LACKS = _page(
    "北塘区要素短缺清单",
    _row("类别", "项目名称", "短缺内容", "短缺数量", "单位", "牵头单位"),
    _row("资金/2", "冷库扩建", "贷款", "1200", "万元", "区金融办"),
    _row("垃圾中转站", "配套", "300", "万元", "区城管局"),
    _row("用地/2", "高铁物流港", "建设用地", "55", "亩", "区资规局"),
    _row("钢构厂", "临时用地", "20.5", "亩", "区资规局"),
)


def _grid(page: str) -> Grid:
    loaded = read_web(page.encode())
    structure = read_structure(loaded, "表.html")
    content = FileContent(loaded.text, tuple(loaded.blocks), structure)
    (grid,) = grids_of(1, "表.html", content)
    return grid


@pytest.fixture(scope="module")
def bridges() -> Grid:
    return _grid(BRIDGES)


@pytest.fixture(scope="module")
def lacks() -> Grid:
    return _grid(LACKS)


def _told(question: str, grid: Grid) -> str:
    linked = link(normal(question), grid)
    assert linked is not None, question
    draft = answer_linked(linked)
    assert draft is not None, question
    return "\n".join(s.text or " ".join(s.cells) for s in draft.statements)


def _names(question: str, grid: Grid) -> list[str]:
    linked = link(normal(question), grid)
    assert linked is not None, question
    return [
        line.words[grid.name]
        for line in grid.lines
        if all(condition.holds(line) for condition in linked.conditions)
    ]


@pytest.mark.parametrize(
    ("heading", "name", "count"),
    [
        ("三、未开工（5座）", "未开工", (5, "座")),
        ("（二）老旧管网", "老旧管网", None),
        ("第一批：结转项目（共3个）", "第一批：结转项目", (3, "个")),
        ("二、道路（含桥梁）", "道路（含桥梁）", None),
    ],
)
def test_a_group_heading_names_a_group_and_may_count_it(
    heading: str, name: str, count: tuple[int, str] | None
) -> None:
    assert group_name(heading) == name
    assert stated_count(heading) == count


def test_rows_say_their_group_and_cite_its_heading(bridges: Grid) -> None:
    assert [line.words[GROUP] for line in bridges.lines] == [
        "已通车", "已通车", "正在施工", "正在施工", "没动工",
    ]  # fmt: skip
    row = bridges.lines[2]
    assert len(bridges.sources(row, [GROUP])) == 2


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("台账里正在施工的桥梁有哪几座", ["双桥", "枫林桥"]),
        ("中（1）类的桥梁有几座", ["柳河桥", "双桥", "枫林桥"]),
        ("清溪镇正在施工的桥梁有哪些", ["双桥"]),
        ("备注里提到车购税补助的桥梁有哪些", ["双桥", "枫林桥"]),
        ("备注栏注明用了车购税补助的有哪些，各多少", ["双桥", "枫林桥"]),
    ],
)
def test_rows_are_chosen_by_group_by_class_and_by_what_is_remarked(
    bridges: Grid, question: str, names: list[str]
) -> None:
    assert _names(question, bridges) == names


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("正在施工的桥梁一共多少根桩", "280根桩"),
        ("计划面积最大的前两座桥梁是哪两座", "1200平方米"),
        ("清溪镇的桥梁加起来还差多少平方米没建完", "900平方米"),
        ("正在施工的桥梁计划面积占全部5座桥梁计划面积的百分之几", "45%"),
        ("备注里提到车购税补助的桥梁，一共多少钱", "1250万元"),
        ("双桥和枫林桥按完成面积占计划面积算，哪个高", "90%"),
        ("正在施工和已通车两块，计划面积差多少", "500平方米"),
    ],
)
def test_figures_are_worked_out_over_such_columns(
    bridges: Grid, question: str, figure: str
) -> None:
    assert figure in _told(question, bridges)


def test_numbers_of_other_units_are_not_added(lacks: Grid) -> None:
    assert "1500万元" in _told("短缺清单里资金类一共缺多少万元", lacks)
    assert "75.5亩" in _told("短缺清单里用地类短缺数量合计多少", lacks)
    linked = link(normal("短缺清单里区资规局和区城管局的短缺数量合计多少"), lacks)
    assert linked is None or answer_linked(linked) is None


def test_a_phase_that_no_name_has_calls_no_row(bridges: Grid) -> None:
    assert link(normal("柳河桥二期在哪个乡镇"), bridges) is None


def test_how_many_are_left_is_not_how_much_money(bridges: Grid) -> None:
    linked = link(normal("双桥还剩多少户没搬"), bridges)
    assert linked is None or linked.less is None
