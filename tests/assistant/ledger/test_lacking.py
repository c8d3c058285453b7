"""What projects still lack, and bounds on the share of their plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened
from tests.index.ledger.test_laidout import REPORT


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"盘点.txt": REPORT.format(done=1300)}
    with opened(tmp_path_factory.mktemp("lacking"), texts) as desk:
        yield desk


def test_what_a_project_still_lacks_is_told(county: Desk) -> None:
    assert "差两片梁" in county.ask("南渡大桥还缺什么？").answer


def test_only_those_with_something_open_are_listed(county: Desk) -> None:
    answer = county.ask("已投用的项目里，哪些还有欠项没了结？").answer
    assert "石坝水厂" in answer
    assert "北门农贸市场" not in answer


def test_the_share_of_the_plan_is_a_bound_and_no_state(county: Desk) -> None:
    answer = county.ask("并行推进的项目中，完成年度计划不到87%的有哪些？").answer
    assert "南渡大桥" in answer
    assert "东岭小学" not in answer


def test_what_was_done_of_two_states_is_added_up(county: Desk) -> None:
    assert "1300万元" in county.ask("已投用和并行推进两类项目一共做了多少投资？").answer
