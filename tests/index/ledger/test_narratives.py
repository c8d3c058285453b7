"""Numbered items and paragraphs that tell of one project each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"

NUMBERED = (
    TITLE + "一、未开工项目（3个）\n"
    "1.东湖花园项目。责任单位：区住建局；原因：资金未到位。\n"
    "2.北环路项目。责任单位：区交通局；原因：征地未完成。\n"
    "3.白河清淤项目。责任单位：区水利局。\n"
)
ONE = (
    TITLE + "东湖花园项目：总投资3.5亿元，年度计划投资1.2亿元，已完成投资8000万元，占年度计划的"
    "66.7%。目前主体已封顶。存在问题：配套资金未到位。下一步措施：加快融资。"
    "完成时限：2025年6月底。责任领导：副区长王伟。责任单位：区住建局。\n"
)


def test_numbered_items_are_records_in_order(read: Reader) -> None:
    assert read(NUMBERED).pairs() == [
        ("东湖花园项目", "区住建局"),
        ("北环路项目", "区交通局"),
        ("白河清淤项目", "区水利局"),
    ]


def test_numbered_items_have_the_status_of_their_heading(read: Reader) -> None:
    assert {r.stage for r in read(NUMBERED).ledger.records} == {"not_started"}


def test_a_labelled_reason_is_whole(read: Reader) -> None:
    assert read(NUMBERED).column("reason") == ["资金未到位", "征地未完成", None]


def test_numbered_items_fit_the_count_of_their_heading(read: Reader) -> None:
    assert read(NUMBERED).findings() == []


def test_a_missing_numbered_item_is_a_finding(read: Reader) -> None:
    found = read(NUMBERED.replace("（3个）", "（4个）"))
    (finding,) = found.findings("count")
    assert "4" in finding.text
    assert "3" in finding.text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("unit", "区住建局"),
        ("reason", "配套资金未到位"),
        ("measures", "加快融资"),
        ("deadline", "2025年6月底"),
        ("leader", "副区长王伟"),
        ("total_investment", "3.5亿元"),
        ("planned_investment", "1.2亿元"),
        ("done_investment", "8000万元"),
        ("percent", "66.7%"),
    ],
)
def test_a_narrative_gives_the_field(read: Reader, field: str, words: str) -> None:
    assert read(ONE).field("东湖花园", field) == words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_investment", 35000.0),
        ("planned_investment", 12000.0),
        ("done_investment", 8000.0),
        ("percent", 66.7),
    ],
)
def test_a_narrative_gives_the_amount_in_wan(read: Reader, field: str, value: float) -> None:
    assert read(ONE).amounts(field) == [value]


def test_a_narrative_gives_the_stage(read: Reader) -> None:
    assert read(ONE).record("东湖花园").stage == "under_construction"


def test_a_sentence_without_labels_gives_unit_place_amount_and_reason(read: Reader) -> None:
    found = read(
        TITLE + "东湖花园项目由区住建局负责，总投资约3.5亿元，位于城东新区，目前因资金不足停工。\n"
    )
    record = found.record("东湖花园")
    assert record.stage == "suspended"
    assert found.field("东湖花园", "unit") == "区住建局"
    assert found.field("东湖花园", "location") == "城东新区"
    assert found.field("东湖花园", "total_investment") == "约3.5亿元"
    assert found.field("东湖花园", "reason") == "资金不足"


def test_a_project_that_was_opened_is_completed(read: Reader) -> None:
    found = read(TITLE + "北环路项目已于2024年6月竣工通车。\n")
    assert found.record("北环路").stage == "completed"


def test_numbered_tasks_with_labels_in_parentheses_are_tasks(read_md: Reader) -> None:
    found = read_md(
        "# 2025年市政府重点工作任务分解\n\n## 一、稳住工业基本盘\n\n"
        "（一）实施技改项目120个。（责任领导：副市长秦岚；牵头单位：市工信局；完成时限：12月底）\n\n"
        "（二）盘活闲置厂房30万平方米。（牵头单位：市自然资源局；完成时限：10月底）\n"
    )
    assert {r.kind for r in found.ledger.records} == {"task"}
    assert found.column("unit") == ["市工信局", "市自然资源局"]
    assert found.column("deadline") == ["12月底", "10月底"]


@pytest.mark.parametrize("marks", ["1. 2. 3.", "1、 2、 3、", "（1） （2） （3）", "① ② ③"])
def test_numbered_items_with_a_reason_in_parentheses_are_records(read: Reader, marks: str) -> None:
    names = ["东湖花园项目（资金未到位）", "北环路项目（征地未完成）", "白河清淤项目"]
    items = "".join(f"{m}{n}\n" for m, n in zip(marks.split(), names, strict=True))
    found = read(TITLE + "一、停工项目（3个）\n" + items)
    assert found.names == ["东湖花园项目", "北环路项目", "白河清淤项目"]
    assert found.column("reason") == ["资金未到位", "征地未完成", None]


def test_a_lead_in_announces_the_numbered_items_below(read: Reader) -> None:
    found = read(
        TITLE + "以下3个项目停工：\n1.东湖花园项目（资金未到位）；\n2.北环路项目（征地未完成）；\n"
        "3.白河清淤项目。\n"
    )
    assert found.names == ["东湖花园项目", "北环路项目", "白河清淤项目"]


def test_a_reason_in_a_sentence_is_whole(read: Reader) -> None:
    found = read(TITLE + "一、停工项目\n1. 东湖花园项目，责任单位区住建局，因资金未到位停工。\n")
    assert found.field("东湖花园", "reason") == "资金未到位"


@pytest.mark.parametrize(
    ("words", "name", "stage", "said"),
    [
        ("游客服务中心的用地指标已由市里调剂，项目于9月3日动工。", "游客服务中心",
         "under_construction", "项目于9月3日动工"),
        ("青龙大桥的银行贷款至今没有批复，项目仍未开工。", "青龙大桥",
         "not_started", "项目仍未开工"),
    ],
)  # fmt: skip
def test_what_a_project_waited_for_is_no_project(
    read: Reader, words: str, name: str, stage: str, said: str
) -> None:
    found = read(TITLE + words)
    assert [(r.name, r.stage) for r in found.ledger.records] == [(name, stage)]
    assert found.field(name, "status_text") == said


def test_what_an_office_waits_for_names_no_project(read: Reader) -> None:
    assert read(TITLE + "县财政局的配套资金已经到位，项目于9月3日动工。").names == []


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("还有12户没有腾空，11月20日前必须全部腾空。", "11月20日前"),
        ("便道尚未打通，10月底前打通。", "10月底前"),
        ("欠拨资金300万元，由县财政局12月5日前拨付。", "12月5日前"),
    ],
)
def test_what_is_to_be_done_by_a_day_gives_the_deadline(
    read: Reader, words: str, deadline: str
) -> None:
    found = read(TITLE + f"一、继续督办的项目（1个）\n1.北环路项目（区交通局）：{words}\n")
    assert found.field("北环路", "deadline") == deadline
