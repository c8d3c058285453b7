"""Names that are alike: a premise of the other thing is set right, what is unsaid refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

NOTICE = """关于抓紧整改汛期检查发现问题的通知
县水务局　2031年6月20日
【限期整改】
① 松溪水库：6月9日值班记录空白，夜间电话无人接听。
② 松溪口水库：坝脚有2处渗水点，量水堰损坏。7月10日前修好，责任单位石梁镇人民政府。
"""
MINUTES = """县项目调度会议纪要
2031年7月3日
会议通报，瑞禾新材料（松河区）因工程款纠纷7月1日起停工。瑞和新能源（柳湾区）电价未定，尚未动工。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"通知.txt": NOTICE, "纪要.txt": MINUTES}
    with opened(tmp_path_factory.mktemp("alike"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    "question", ["松溪水库坝脚渗水，由谁处理？", "松溪水库量水堰损坏，谁负责修好？"]
)
def test_what_is_told_of_the_other_is_set_right(county: Desk, question: str) -> None:
    answer = county.ask(question)
    assert not answer.refused
    assert "松溪口水库" in answer.answer.splitlines()[0]


def test_what_is_told_of_the_thing_itself_stands(county: Desk) -> None:
    assert "不同" not in county.ask("松溪口水库坝脚渗水，由谁处理？").answer
