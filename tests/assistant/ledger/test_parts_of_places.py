"""Amounts that a report gives county by county come before the sums of a table of some."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """沧阳市2034年上半年重点项目进展情况
沧阳市重点项目办
2034年7月9日
截至6月底，全市重点项目12个，年度计划投资24.00亿元，上半年累计完成投资11.10亿元，占年度计划的46.3%。
{first}
该县承担重点项目4个，年度计划投资9.00亿元，上半年完成4.20亿元。
竣工的2个，是东门大桥、县疾控中心。滞后的2个，青口水厂（县水务局）管线未迁；北关小学（县教育局）资金未到位。
{second}
该区承担重点项目4个，年度计划投资8.00亿元，上半年完成3.80亿元。
竣工的2个，是南湖公园、文化馆。滞后的2个，西站广场（区住建局）拆迁未完；石岭隧道（区交通局）地质变化。
{third}
该镇承担重点项目4个，年度计划投资7.00亿元，上半年完成3.10亿元。
竣工的3个，是柳林卫生院、冷链仓库、柳林泵站。滞后的1个，柳林中学（镇教办）设计未批。
"""
LATE = [
    ("青口水厂", "白口县", 9000, 2100),
    ("北关小学", "白口县", 4000, 800),
    ("西站广场", "南城区", 8000, 1500),
    ("石岭隧道", "南城区", 6000, 1200),
    ("柳林中学", "柳林镇", 5000, 700),
]


def late_book() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["滞后项目台账"])
    sheet.append(["项目名称", "所在地", "年度计划（万元）", "1—6月完成（万元）"])
    for row in LATE:
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.fixture(
    scope="module",
    params=[("【白口县】", "【南城区】", "【柳林镇】"), ("一、白口县", "二、南城区", "三、柳林镇")],
)
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    first, second, third = request.param
    report = REPORT.format(first=first, second=second, third=third)
    files: dict[str, str | bytes] = {"进展.txt": report, "台账.xlsx": late_book()}
    with opened(tmp_path_factory.mktemp("places"), files) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("白口县上半年完成投资多少？", "4.20亿元"),
        ("白口县和南城区上半年一共完成投资多少？", "8亿元"),
        ("柳林镇年度计划投资多少？", "7.00亿元"),
    ],
)
def test_what_a_report_says_of_a_place_is_told(city: Desk, question: str, told: str) -> None:
    assert told in city.ask(question).answer


def test_a_table_still_adds_up_what_it_is_of(city: Desk) -> None:
    answer = city.ask("南城区滞后的项目年度计划投资合计多少？")
    assert "14000" in answer.answer.replace(",", "")
