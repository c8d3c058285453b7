import pytest

from assistant.question import understand
from assistant.roles import role_said


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("东桥改造施工许可专题会，11月26日", False),
        ("东桥改造正在办理施工图审查", False),
        ("东桥改造的施工单位是市建工二公司", True),
        ("东桥改造由市建工二公司施工", True),
        ("新总包市建工二公司已进场", True),
    ],
)
def test_a_role_is_said_of_somebody(evidence: str, said: bool) -> None:
    for asked in ("东桥改造的施工单位是哪家？", "东桥改造是哪家公司施工的？"):
        assert role_said(understand(asked), evidence) == said


def test_a_question_for_no_role_needs_none() -> None:
    assert role_said(understand("东桥改造投资多少？"), "东桥改造")
    assert understand("东桥改造是哪家公司施工的？").attribute_words == "施工"
