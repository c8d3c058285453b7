"""A plan that is told as done is told, and nothing else."""

import pytest

from assistant.claims.doing import plans_as_done

PLAN = "督办要求:由区城建局约谈总包单位,8月31日前将作业人员补足到120人。"


@pytest.mark.parametrize(
    ("claim", "scope", "told"),
    [
        ("作业人员已补足到120人", PLAN, True),
        ("作业人员已于8月31日补足到120人", PLAN, True),
        ("8月31日前要将作业人员补足到120人", PLAN, False),
        ("设备采购已于8月10日完成", "由住建局牵头,于8月10日前完成设备采购。", True),
        ("设备采购已完成", "设备采购已完成,下一步要完成安装。", False),
        ("设备采购已经完成", "计划9月完成验收。截至8月底,完成设备采购。", False),
        ("项目已全部移交", "没有说到", False),
        ("已约谈总包单位", "区城建局约谈了总包单位。", False),
    ],
)
def test_plans_told_as_done(claim: str, scope: str, told: bool) -> None:
    assert bool(list(plans_as_done(claim, scope))) is told
