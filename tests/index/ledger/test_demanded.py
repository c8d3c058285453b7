"""Plans of tasks say what is to be done by which day, not how their projects stand."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

TASKS = """云塘县四季度重点项目任务分解
2027年10月12日

一、赶进度任务（3项）
1．石鼓河大桥。11月底前完成管线迁改，12月底前完成桩基施工。牵头单位：县交通局。
2．县第二福利院。2028年4月开工。牵头单位：县民政局。
3．金鹿食品产业园。目前已完成主体封顶，12月底前竣工。牵头单位：县工信局。
"""
LETTER = """青梅区重点项目包抓任务清单
2026年3月5日

一、促开工任务（2项）
1．北塘冷链中心。6月20日前取得环评批复，7月开工建设。责任单位：区商务局。
2．南岭净水厂。2月底前完成土建施工。责任单位：区水务局。
"""


def test_what_lies_ahead_is_a_measure_and_no_status(read: Reader) -> None:
    found = read(TASKS)
    bridge, home = found.record("石鼓河大桥"), found.record("县第二福利院")
    assert (bridge.stage, bridge.progress) == (None, None)
    assert "status_text" not in bridge.fields
    assert "月底前完成" in bridge.fields["measures"].text
    assert home.stage is None


def test_what_stands_and_what_is_past_still_counts(read: Reader) -> None:
    assert read(TASKS).record("金鹿食品产业园").stage == "under_construction"
    found = read(LETTER)
    assert found.record("北塘冷链中心").stage is None
    assert found.record("南岭净水厂").stage is not None
