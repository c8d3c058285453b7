"""Three or more stated figures are added up; one month's amount is not that up to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """榆关区2033年水系工程投资月报
2033年8月6日
1—7月累计完成投资9.30亿元，占年度计划的58.1%。
3月完成0.90亿元，环比增长12.5%。4月完成1.15亿元，环比增长27.8%。5月完成1.60亿元，环比增长39.1%。7月完成1.42亿元，环比下降8.4%，主要受高温停工影响。
今年已到位省级补助2.40亿元、专项债券1.30亿元、区级配套0.55亿元，申报林地820亩，已获批533亩。
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("several"), {"月报.txt": REPORT}) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("3到5月三个月一共完成投资多少？", "3.65亿元"),
        ("到位的省级补助、专项债券和区级配套合计多少？", "4.25亿元"),
    ],
)
def test_figures_of_one_paragraph_are_added(district: Desk, question: str, total: str) -> None:
    answer = district.ask(question)
    assert total in answer.answer.replace("**", "")
    assert len(answer.citations) == 3


@pytest.mark.parametrize(
    "question",
    ["5到7月三个月一共完成投资多少？", "到位的省级补助、社会捐赠和区级配套合计多少？"],
)
def test_nothing_is_added_where_one_is_not_stated(district: Desk, question: str) -> None:
    assert "合计 " not in district.ask(question).answer


def test_month_alone_is_told_with_its_rise(district: Desk) -> None:
    answer = district.ask("4月份单月完成投资多少，环比增长多少？")
    said = answer.answer.replace("**", "")
    assert "1.15亿元" in said
    assert "27.8%" in said
    assert "9.30亿元" not in said


def test_month_up_to_which_is_summed_is_no_month_alone(district: Desk) -> None:
    assert "1.42亿元" not in district.ask("1—7月累计完成投资多少？").short


def test_share_of_what_was_applied_for(district: Desk) -> None:
    assert district.ask("申报的林地批下来了百分之几？").short == "65%"
