"""Tables as questions see them: headings of two rows, merged cells, units, sum rows."""

from __future__ import annotations

from assistant.grids.reading import Grid, grids_of
from tests.assistant.ledger.conftest import Desk


def grid_of(desk: Desk, path: str) -> Grid:
    (file,) = [file for file in desk.library.files() if file.path == path]
    (grid,) = grids_of(file.id, file.path, desk.library.content(file.id))
    return grid


def test_a_heading_of_two_rows_names_columns_by_the_lower(works: Desk) -> None:
    grid = grid_of(works, "works.html")
    names = "序号 乡镇 水厂名称 建成年份 泵数 受益户数 计划资金 已支付 运行状态"
    assert [c.name for c in grid.columns] == names.split()
    assert grid.column(6).path == "资金·计划资金"


def test_units_come_from_the_line_above_for_money_and_from_headings_for_what_is_counted(
    works: Desk,
) -> None:
    grid = grid_of(works, "works.html")
    units = {"受益户数": "户", "计划资金": "万元", "已支付": "万元"}
    assert {c.name: c.unit for c in grid.columns if c.unit} == units


def test_a_merged_cell_stands_in_each_row_that_it_covers(works: Desk) -> None:
    grid = grid_of(works, "works.html")
    assert [line.words[1] for line in grid.lines] == ["东坡镇"] * 3 + ["西河乡"] * 2


def test_a_sum_row_is_no_row_and_sums_its_own_group(works: Desk) -> None:
    grid = grid_of(works, "works.html")
    sums = [([w.words[2] for w in rows]) for _, rows in grid.sums]
    assert sums[0] == ["青石水厂", "白鹭滩水厂", "枣林水厂"]
    assert sums[1] == ["月亮湾水厂", "黄土岭水厂"]
    assert len(sums[2]) == 5


def test_rows_of_problems_are_about_the_problems(works: Desk) -> None:
    grid = grid_of(works, "faults.html")
    assert grid.column(grid.name).name == "发现问题"
    assert len(grid.lines) == 4


def test_spans_are_verbatim(works: Desk) -> None:
    for path in ("works.html", "faults.html"):
        grid = grid_of(works, path)
        text = works.library.text(path)
        for line in grid.lines:
            for column, cell in line.cells.items():
                assert text[cell.start : cell.end].strip() == line.words[column]
