"""Figures of several names in one sentence, and tables called by sheet, colour or period."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """松湖县1—9月重点项目推进情况通报

一、总体情况
1—9月，42个项目完成投资15.2亿元。各镇完成额和完成率分别是：梅溪镇6.4亿元、81.0%，竹坪镇5.0亿元、64.4%，兰埠乡3.8亿元、70.1%。
分档看：提前完成6个，完成投资4.1亿元；正常推进21个，完成投资7.3亿元；进度滞后11个，完成投资3.8亿元；尚未动工4个，只发生前期费用900万元。
资金方面，上级补助到位5400万元，其中中央2900万元、省级1700万元、县级800万元。

二、综合排名
第1名　梅溪镇　92.5分　（上期第2）
第2名　兰埠乡　90.1分　（上期第1）
第3名　竹坪镇　85.0分　（上期第3）

松湖县重点项目办公室
2025年10月12日
"""


def _book(path: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "在建"
    sheet.append(["续建项目（4个）"])
    sheet.append(["序号", "项目", "属地", "总投资（万元）", "亮灯", "包联领导"])
    for row in (
        (1, "湖滨污水厂", "梅溪镇", 32000, "红", "罗正平"),
        (2, "松湖中学扩建", "竹坪镇", 18000, "黄", "罗正平"),
        (3, "兰埠大桥", "兰埠乡", 125000, "红", "沈书媛"),
        (4, "竹编产业园", "竹坪镇", 9000, "绿", "沈书媛"),
    ):
        sheet.append(row)
    sheet = book.create_sheet("储备")
    sheet.append(["储备项目（4个，拟投资3亿元）"])
    sheet.append(["序号", "项目", "拟开工", "前期阶段", "未拨付（万元）"])
    for row in (
        (1, "湖心岛栈桥", "2026年一季度", "已备案", 120),
        (2, "松湖医院新院", "2026年三季度", "可研编制", 80),
        (3, "梅溪冷链中心", "2026年一季度", "已备案", 40),
    ):
        sheet.append(row)
    book.save(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("told")
    files = {"通报.txt": REPORT, "项目台账2025年9月.xlsx": _book(folder / "book.xlsx")}
    with opened(folder / "desk", files) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("梅溪和竹坪前九个月合计完成多少，占全县百分之几？", ["11.4亿元", "75%"]),
        ("梅溪镇和兰埠乡完成率差多少，谁高？", ["10.9", "81%", "70.1%"]),
        ("上级补助里中央的占百分之多少？", ["53.7%"]),
        ("中央和省级的补助加起来多少？", ["4600万元"]),
        ("综合排名前两名是谁，多少分？", ["梅溪镇", "92.5", "兰埠乡", "90.1"]),
        ("提前完成的和进度滞后的，投资加起来多少", ["7.9亿元"]),
        ("拖后的加上没动工的一共几个，占全部的百分之几？", ["15个", "35.71%"]),
        ("1到9月哪个镇完成率最低？", ["竹坪镇", "64.4"]),
        ("台账里亮红灯的总投资加起来多少？", ["157000万元"]),
        ("储备里明年一季度能动工的有哪些？", ["湖心岛栈桥", "梅溪冷链中心", "2个"]),
        ("储备那张表标题写4个，实际列了几个？", ["3个", "少列1个"]),
        ("储备表里湖心岛栈桥和松湖医院新院还有多少钱没拨，加一起？", ["200万元"]),
        ("在建的里头，总投资10亿以上的是哪几个？", ["兰埠大桥", "1个"]),
    ],
)
def test_what_is_told_of_each_name_answers(desk: Desk, question: str, said: list[str]) -> None:
    answer = desk.ask(question).answer
    assert [words for words in said if words not in answer] == [], answer


@pytest.mark.parametrize(
    "question", ["前八个月梅溪和竹坪合计完成多少？", "梅溪和松岭合计完成率是多少？"]
)
def test_other_months_or_names_are_not_answered(desk: Desk, question: str) -> None:
    assert "11.4" not in desk.ask(question).answer
