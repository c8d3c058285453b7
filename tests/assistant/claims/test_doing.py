"""A plan that is told as done is told, and nothing else."""

import pytest

from assistant.claims.doing import other_step, plans_as_done

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
        ("该任务已提请纪委介入", "连续两次无进展的,提请纪委介入。", True),
        ("房屋已全部迁移到位", "9户房屋未迁移。下一步,6月20日前全部迁移到位。", True),
        ("已全部竣工", "已竣工242户,在建18户。下步安排:10月底前全部竣工。", True),
        ("时间已经过半", "如甲厂,时间过半,任务没有完成。", False),
    ],
)
def test_plans_told_as_done(claim: str, scope: str, told: bool) -> None:
    assert bool(list(plans_as_done(claim, [scope]))) is told


@pytest.mark.parametrize(
    ("claim", "scope", "told"),
    [
        ("审计局要在10月15日前完成专项审计", "于10月15日前启动专项审计。", True),
        ("审计局要在10月15日前启动专项审计", "于10月15日前启动专项审计。", False),
        ("10月15日前完成审计", "10月15日前启动审计,11月底前完成。另于10月15日前完成清单。", False),
    ],
)
def test_a_limit_of_another_step(claim: str, scope: str, told: bool) -> None:
    assert bool(list(other_step(claim, scope))) is told
