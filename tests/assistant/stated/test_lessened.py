"""How many fewer of something there are by a later day, where two documents count it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """青禾县1至10月重点项目推进情况
2033年11月5日
一、进度滞后项目（2个）
北街棚户区改造（县城投公司）：还有43户没签协议，拆不动。
石坪大桥（县交通局）：资金未到位。
"""
BULLETIN = """青禾县重点项目快报
2033年12月2日
到11月30日，全县重点项目累计完成投资8.40亿元。
攻坚专班动态：石坪大桥债券资金到账；北街棚户区还有19户没签，进度35%。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"报告.txt": REPORT, "快报.txt": BULLETIN}
    with opened(tmp_path_factory.mktemp("lessened"), texts) as desk:
        yield desk


@pytest.mark.parametrize(
    "question",
    [
        "北街棚户区改造没签协议的户数，11月底比10月底少了多少户？",
        "北街棚户区改造没签协议的户数从10月底到11月底减少了多少？",
        "北街棚户区改造11月底没签协议的比10月底少几户？",
    ],
)
def test_the_difference_of_two_documents_is_told(county: Desk, question: str) -> None:
    answer = county.ask(question).answer
    assert all(words in answer for words in ("43户", "19户", "24户"))


def test_what_one_document_counts_has_no_difference(county: Desk) -> None:
    assert "−" not in county.ask("石坪大桥没签协议的户数，11月底比10月底少了多少户？").answer
