"""Questions over a report with two tables, causes that it counts, and a reply and a speech."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assistant.ledger.conftest import Desk
from tests.index.ledger.test_causegroups import REPORT

RATES = (
    "续建项目年度计划2.5亿元，完成2.0亿元，完成率80.0％；新建项目年度计划0.9亿元，完成0.4亿元，"
    "完成率44.4％。\n\n从责任单位看，项目最多的是县交通局，共2个。\n\n一、分类情况"
)
OLDER = """

附件2　续建项目情况表（2个）

| 序号 | 项目名称 | 责任单位 | 进展状态 | 年度计划 | 1—9月完成 | 滞后原因 |
|---|---|---|---|---|---|---|
| 1 | 西山隧道工程 | 县公路局 | 进度偏慢 | 9000 | 6000 | 岩层破碎 |
| 2 | 河东水厂项目 | 县水务公司 | 进度较快 | 7000 | 6500 | — |
"""
REPLY = """# 关于白塔公园建设的答复

李清代表：

您提出的加快白塔公园建设的建议收悉。白塔公园由我局负责。

到9月底，项目完成投资1500万元，主要是土方；到10月12日，累计完成1780万元。

白石县住房和城乡建设局
2024年10月15日
"""
SPEECH = """在重点项目推进会上的讲话
（2024年10月10日）
周平

同志们：

一、难题要逐个破

一是土地。东环路的批件要派专人盯。

二是资金。清水渠的县级配套，县财政局本月先拨300万元。南门客运站欠付的工程款，10月20日前清零。

二、责任要压实

慢于进度的项目由领导包抓：东环路由副县长赵成同志包抓，白塔公园由副县长钱立同志包抓。
"""


@pytest.fixture
def office(make: Callable[[dict[str, str]], Desk]) -> Desk:
    report = REPORT.format(slow="0.70", first="东环路延伸工程").replace("一、分类情况", RATES)
    return make({"通报.md": report + OLDER, "答复.md": REPLY, "讲话.txt": SPEECH})


def names(desk: Desk, question: str) -> list[str]:
    return [str(row["name"]) for row in desk.ask(question).rows or ()]


def test_a_cause_is_asked_for_as_the_report_counts_it(office: Desk) -> None:
    answer = office.ask("因为资金问题受影响的项目有哪些？")
    assert "清水渠" in answer.answer
    assert "南门客运站" in answer.answer
    assert "原因=资金接续不上" in answer.answer
    assert any("资金接续不上，2个" in c.quote for c in answer.citations)


def test_a_project_of_another_cause_is_not_meant(office: Desk) -> None:
    answer = office.ask("因为拆迁没有收尾耽误的是哪几个项目？")
    assert "东环路" in answer.answer
    assert "白塔公园" in answer.answer
    assert "清水渠" not in answer.answer


def test_a_table_is_asked_for_by_its_title(office: Desk) -> None:
    answer = office.ask("新建项目里有哪些进度偏慢？")
    assert "东环路" in answer.answer
    assert "西山隧道" not in answer.answer


def test_what_is_planned_and_what_was_invested_are_looked_up(office: Desk) -> None:
    answer = office.ask("粮食仓库项目今年计划投多少，已经投了多少？").answer
    assert "5000" in answer
    assert "4500" in answer


def test_plans_of_two_projects_are_added(office: Desk) -> None:
    answer = office.ask("粮食仓库和云山中学食堂两个项目年度计划一共多少？")
    assert "9000万元" in answer.answer


def test_rates_of_the_begun_and_the_new_are_compared(office: Desk) -> None:
    answer = office.ask("续建和新建项目哪个完成率高，高多少个百分点？")
    assert "35.6个百分点" in answer.answer


def test_two_days_of_one_text_are_compared(office: Desk) -> None:
    answer = office.ask("白塔公园项目到10月12日比9月底多完成了多少投资？")
    assert "280万元" in answer.answer
    assert any("累计完成1780万元" in c.quote for c in answer.citations)


def test_a_bare_topic_holds_what_is_said_under_it(office: Desk) -> None:
    answer = office.ask("讲话里对资金问题是怎么安排的？").answer
    assert "300万元" in answer
    assert "10月20日前" in answer
    assert "批件" not in answer


def test_who_answers_for_a_project_is_told_in_a_speech(office: Desk) -> None:
    assert "钱立" in office.ask("白塔公园由哪位县领导包抓？").answer


def test_a_count_of_the_report_is_cited_beside_a_ranking(office: Desk) -> None:
    answer = office.ask("哪个单位承担的重点项目最多？有几个？")
    assert any("项目最多的是县交通局" in c.quote for c in answer.citations)


def test_what_no_facet_understands_lists_no_projects(office: Desk) -> None:
    answer = office.ask("云山县今年一般公共预算收入是多少？")
    assert not answer.rows
