import pytest

from assistant.evidence import Unit
from assistant.question import understand
from assistant.roles import role_said


def unit(text: str, kind: str = "sentence", context: str = "通报") -> Unit:
    return Unit(kind, 1, 0, 0, len(text), text, context)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("东桥改造施工许可专题会，11月26日", False),
        ("东桥改造正在办理施工图审查", False),
        ("东桥改造（施工单位进场人员不足）", False),
        ("东桥改造总包单位拖欠分包单位工程款", False),
        ("东桥改造的施工单位是市建工二公司", True),
        ("施工单位：市建工二局", True),
        ("东桥改造由市建工二公司施工", True),
        ("新总包市建工二公司已进场", True),
    ],
)
def test_a_role_is_said_of_somebody(evidence: str, said: bool) -> None:
    for asked in ("东桥改造的施工单位是哪家？", "东桥改造是哪家公司施工的？"):
        assert role_said(understand(asked), unit(evidence)) == said


def test_a_column_may_hold_the_role() -> None:
    asked = understand("东桥改造的监理单位是哪家？")
    assert role_said(asked, unit("东桥改造 恒信", "row", "台账\n项目 监理单位"))
    assert not role_said(asked, unit("东桥改造 恒信", "row", "台账\n项目 责任单位"))


def test_a_question_for_no_role_needs_none() -> None:
    assert role_said(understand("东桥改造投资多少？"), unit("东桥改造"))
    assert understand("东桥改造是哪家公司施工的？").attribute_words == "施工"
    assert understand("东桥改造的总包单位叫什么名字？").attribute_words == "总包单位"
