"""States told one a line with long definitions, and what is planned for them below."""

from collections.abc import Callable

from index.ledger.states import states_in
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

BULLETIN = """柏溪区项目快报
截至10月31日，全区安排项目12个。
- 已收官3个，占25.0％，完成投资1.10亿元；
- 收工待检（土建已经全部做完，竣工验收还没有组织）2个，占16.7％，完成投资0.80亿元；
- 快半拍（比序时计划高3个百分点以上）3个，占25.0％，完成投资2.40亿元；
- 慢半拍（比序时计划低3个百分点以上）2个，占16.7％，完成投资0.60亿元；
- 候场（尚未开工）2个，占16.7％，完成投资0.05亿元。

一、候场（2个）
1. 松岭粮库（区粮食局）：用地没有批
2. 汀州小学（区教育局）：招标流标
二、慢半拍（2个）
1. 滨江管网（区水务局）：沟槽渗水
2. 青石桥（区交通局）：钢梁未到
三、下一步打算
（一）盘活慢半拍
1. 滨江管网由区水务局请专家会诊，月底前拿出方案。
2. 青石桥派人驻厂催梁。
"""


def test_long_definitions_say_what_states_told_one_a_line_mean() -> None:
    found = {state.name: state for state in states_in(BULLETIN, [], [])}
    assert {name: state.number for name, state in found.items()} == {
        "收官": 3, "收工待检": 2, "快半拍": 3, "慢半拍": 2, "候场": 2,
    }  # fmt: skip
    assert found["快半拍"].status.progress == "ahead"
    assert found["慢半拍"].status.progress == "behind"
    assert found["候场"].status.stage == "not_started"


def test_a_count_in_brackets_is_no_definition() -> None:
    text = "共有项目9个：在册（6个）停工2个；交付（占33%）3个；欠账（滞后）4个。"
    found = {state.name: state for state in states_in(text, [], [])}
    assert found.get("交付") is None or not found["交付"].status.progress


def test_what_is_planned_for_a_state_lists_no_projects(read: Reader) -> None:
    found = read(BULLETIN)
    assert sorted(found.names) == ["松岭粮库", "汀州小学", "滨江管网", "青石桥"]
    assert found.record("松岭粮库").stage == "not_started"
    assert found.field("青石桥", "reason") == "钢梁未到"
