"""What is done again and again is told by rules, not by records."""

from __future__ import annotations

import pytest

from assistant.routine import asks_routine


@pytest.mark.parametrize(
    ("question", "routine"),
    [
        ("停工项目的周报每周什么时候报？", True),
        ("进度表每月几号前报送？", True),
        ("停工项目多久调度一次？", True),
        ("停工项目多长时间通报一次？", True),
        ("停工项目什么时候复工？", False),
        ("每月完成投资多少？", False),
    ],
)
def test_routine(question: str, routine: bool) -> None:
    assert asks_routine(question) is routine
