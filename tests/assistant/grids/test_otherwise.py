"""What a table says of a row that a question takes for another; headings said in part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.grids.conftest import _page, _row
from tests.assistant.ledger.conftest import Desk, opened

TABLE = _page(
    "雁山县2031年渠道修复进度表",
    _row("序号", "渠道名称", "修复长度（米）", "色标", "包抓领导", "备注"),
    _row("1", "石磨渠", "1200", "橙", "武承远", "砂石料断供"),
    _row("2", "柳林渠", "860", "蓝", "武承远", "衬砌完成"),
    _row("3", "白崖渠", "2300", "橙", "佟雪君", "等待停水"),
    _row("4", "官亭渠", "640", "灰", "佟雪君", "设计退回"),
)


@pytest.fixture(scope="module")
def canals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("canals"), {"进度表.html": TABLE}) as desk:
        yield desk


def test_row_taken_for_another_is_set_right(canals: Desk) -> None:
    answer = canals.ask("石磨渠色标灰的原因是什么？")
    assert "与提问的说法不同" in answer.answer
    assert "橙" in answer.answer
    assert "0个" not in answer.answer


def test_heading_around_the_word_of_asking_is_a_column(canals: Desk) -> None:
    answer = canals.ask("进度表里武承远包抓的是哪些渠道，各是色什么标？")
    assert [row["name"] for row in answer.rows or ()] == ["石磨渠", "柳林渠"]
    assert "橙" in answer.answer
    assert "蓝" in answer.answer


def test_what_the_named_do_is_no_further_condition(canals: Desk) -> None:
    answer = canals.ask("由佟雪君包抓的渠道有哪些？")
    assert [row["name"] for row in answer.rows or ()] == ["白崖渠", "官亭渠"]


def test_a_day_that_no_row_has_is_no_list_of_none(canals: Desk) -> None:
    answer = canals.ask("5月份用水量为什么下降？")
    assert "0个" not in answer.answer
