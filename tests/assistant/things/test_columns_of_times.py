"""Of a table's columns for several days the last tells how a thing stands now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.grids.conftest import _page, _row
from tests.assistant.ledger.conftest import Desk, opened

TABLE = _page(
    "云麓县挂牌项目整改台账（截至2031年6月30日）",
    _row("序号", "项目名称", "责任单位", "5月底评定", "6月底评定", "销号情况", "备注"),
    _row("1", "松林数据中心", "县工信局", "未开工", "滞后", "未销号", "6月16日开工"),
    _row("2", "云亭驿站", "县文旅局", "未开工", "未开工", "未销号", "用地材料已报送"),
    _row("3", "河口管网改造", "县住建局", "滞后", "达到序时进度", "已销号", "管线迁改完成"),
    _row("4", "青坪牧场", "县农业农村局", "滞后", "滞后", "未销号", "贷款正在审批"),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("times"), {"台账.html": TABLE}) as desk:
        yield desk


def test_now_is_told_by_the_last_of_them(county: Desk) -> None:
    draft = county.ask("松林数据中心现在开工了吗，截至什么时候？")
    said = draft.answer
    assert "6月16日开工" in said
    assert "5月底评定" not in said


def test_what_is_off_the_list_is_found_by_its_own_column(county: Desk) -> None:
    rows = [row["name"] for row in county.ask("已经销号的项目有哪些？").rows]
    assert rows == ["河口管网改造"]


@pytest.mark.parametrize("then", ["6月底进展如何", "6月底是什么状态", "到6月底怎么样了"])
def test_how_they_stood_on_a_day_is_asked_of_those_before(county: Desk, then: str) -> None:
    draft = county.ask(f"县住建局负责哪些项目，{then}？")
    assert [row["name"] for row in draft.rows] == ["河口管网改造"]
    assert not draft.refused
