"""A document about one thing, which it seldom names: “该项目拟用地……”."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """松陵区三季度重点项目督查报告
2031年10月9日
一、未开工项目（2个）
区文旅局的翠屏露营基地（用地指标未落实）；区卫健局的妇幼医院迁建（资金缺口大）。
二、在建项目（1个）
区教育局的松陵中学新校区（主体封顶）。
"""
REPLY = """关于翠屏露营基地用地督办事项的回复
区督查室：
一、基本情况。该项目位于柳林镇，拟用地46.8亩，其中林地12.3亩。
松陵区自然资源局
2031年10月27日
"""
ANSWER = """对区政协第8号提案的答复
您提出的《关于加快妇幼医院迁建的提案》收悉。
迁建项目选址在城北，占地45亩，设置床位300张，总投资2.36亿元。
2031年10月22日
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"报告.txt": REPORT, "回复.txt": REPLY, "答复.txt": ANSWER}
    with opened(tmp_path_factory.mktemp("own"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("翠屏露营基地拟用地多少亩？", ["46.8亩"]),
        ("翠屏露营基地项目拟用地多少亩，其中林地多少亩？", ["46.8亩", "12.3亩"]),
        ("妇幼医院迁建设置床位多少张，总投资多少？", ["300张", "2.36亿元"]),
        ("妇幼医院迁建占地多少亩？", ["45亩"]),
    ],
)
def test_what_is_said_of_the_project_is_said_of_the_thing(
    district: Desk, question: str, said: list[str]
) -> None:
    answer = district.ask(question).answer.replace("**", "")
    assert all(words in answer for words in said)


@pytest.mark.parametrize(
    "question",
    [
        "松陵中学新校区设置床位多少张？",
        "松陵中学新校区能容纳多少名学生？",
        "松陵中学新校区总投资多少？",
        "How many students will the new campus (松陵中学新校区) enrol?",
        "How many jobs will 翠屏露营基地 create?",
    ],
)
def test_what_nobody_says_of_another_thing_is_refused(district: Desk, question: str) -> None:
    assert district.ask(question).refused
