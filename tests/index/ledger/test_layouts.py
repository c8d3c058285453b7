"""Lists as other offices lay them out: one item a line, captions, bullets, cards, forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.attributes import as_of_in
from index.records import View
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "铜岭市重大项目情况\n"


def stages(found: Read) -> list[tuple[str, str | None]]:
    return [(record.name, record.stage) for record in found.ledger.records]


def test_each_line_may_begin_with_its_owner(read: Reader) -> None:
    found = read(
        TITLE + "一、停工项目（4个）\n1.市商务局：云岭冷库、沙洲货场\n2.市水务局：柳树沟泵站\n"
        "3.市交通局（1个）：北关桥\n"
    )
    assert found.pairs() == [
        ("云岭冷库", "市商务局"),
        ("沙洲货场", "市商务局"),
        ("柳树沟泵站", "市水务局"),
        ("北关桥", "市交通局"),
    ]
    assert found.findings() == []


def test_plain_lines_behind_a_lead_in_are_items_up_to_the_full_stop(read: Reader) -> None:
    found = read(
        TITLE + "截至11月底，有3个项目未开工，具体如下：\n云岭冷库项目（资金链断裂）；\n"
        "柳树沟光伏电站项目（并网手续未办妥）；\n兰溪民宿集群项目。\n各单位要抓紧整改。\n"
    )
    assert found.names == ["云岭冷库项目", "柳树沟光伏电站项目", "兰溪民宿集群项目"]
    assert found.column("reason") == ["资金链断裂", "并网手续未办妥", None]
    assert set(found.column("as_of")) == {"11月底"}


def test_bullets_under_bullets_are_lists_of_their_own(read: Reader) -> None:
    found = read(
        "铜岭市城建工作周报（第18期）\n◆已完工（2项）\n◇沙洲农贸市场升级\n◇望江亭步道修缮\n"
        "◆正在施工（2项）\n◇云岭隧道病害整治（市公路中心，完成65%）\n◇东关小学操场\n"
        "◆尚未动工（1项）\n◇兰溪古街保护（文物审批未过）\n"
    )
    assert stages(found) == [
        ("沙洲农贸市场升级", "completed"),
        ("望江亭步道修缮", "completed"),
        ("云岭隧道病害整治", "under_construction"),
        ("东关小学操场", "under_construction"),
        ("兰溪古街保护", "not_started"),
    ]
    assert found.field("云岭隧道", "unit") == "市公路中心"


def test_a_web_list_under_a_heading_is_a_list(read_html: Reader) -> None:
    found = read_html(
        "<h1>铜岭市重大项目情况</h1><h2>停工项目</h2><ul><li>云岭冷库（资金链断裂）</li>"
        "<li>柳树沟泵站</li></ul><h2>已竣工项目</h2><ol><li>市交通局的北关桥、南门桥</li></ol>"
    )
    assert stages(found) == [
        ("云岭冷库", "suspended"),
        ("柳树沟泵站", "suspended"),
        ("北关桥", "completed"),
        ("南门桥", "completed"),
    ]


def test_markdown_items_with_owner_and_reason_behind_commas(read_md: Reader) -> None:
    found = read_md(
        "# 铜岭市重大项目情况\n\n以下项目已停工：\n\n- 云岭冷库项目，责任单位市商务局，资金链断裂\n"
        "- 柳树沟泵站项目，责任单位市水务局，征地受阻\n"
    )
    assert found.column("unit") == ["市商务局", "市水务局"]
    assert found.column("reason") == ["资金链断裂", "征地受阻"]


def test_dashes_part_name_owner_and_reason(read: Reader) -> None:
    found = read(
        TITLE + "一、滞后项目\n1.云岭冷库——市商务局——资金链断裂\n"
        "2.柳树沟光伏电站——市能源局——并网手续未办妥\n"
    )
    assert found.pairs() == [("云岭冷库", "市商务局"), ("柳树沟光伏电站", "市能源局")]
    assert found.column("reason") == ["资金链断裂", "并网手续未办妥"]


def test_a_bare_caption_says_the_status_of_the_list_below(read: Reader) -> None:
    found = read(
        TITLE
        + "已竣工项目\n沙洲农贸市场、望江亭公园、柳树沟泵站。\n未开工项目\n兰溪古街、东关小学。\n"
    )
    assert [stage for _, stage in stages(found)] == ["completed"] * 3 + ["not_started"] * 2


def test_a_status_in_brackets_leads_in(read: Reader) -> None:
    found = read(
        TITLE + "【已竣工】沙洲桥、望江亭公园\n【在建】云岭隧道、东关学校\n"
        "【未开工】兰溪古街（文物审批未过）\n"
    )
    assert len(found.names) == 5
    assert found.record("兰溪古街").stage == "not_started"
    assert found.field("兰溪古街", "reason") == "文物审批未过"


def test_counted_statuses_may_each_head_a_numbered_line(read: Reader) -> None:
    found = read(
        TITLE + "今年共实施市政项目6个，截至10月20日：\n1. 已竣工3个：湖滨路、文庙街、北关桥；\n"
        "2. 在建2个：南门隧道、二水厂；\n3. 未开工1个：火车站广场（铁路部门意见未反馈）。\n"
    )
    assert [stage for _, stage in stages(found)] == (
        ["completed"] * 3 + ["under_construction"] * 2 + ["not_started"]
    )


def test_items_of_a_unit_below_a_status_have_both(read: Reader) -> None:
    found = read(
        TITLE + "一、未动工项目（3个）\n（一）市水务局（2个）\n1.柳树沟水库（移民方案未批）\n"
        "2.北干渠改造\n（二）市交通局（1个）\n1.云岭隧道（用地预审未通过）\n"
    )
    assert found.column("unit") == ["市水务局", "市水务局", "市交通局"]
    assert {stage for _, stage in stages(found)} == {"not_started"}


CARDS = (
    TITLE + "项目名称：云岭冷库\n责任单位：市商务局\n总投资：8600万元\n目前进展：主体封顶\n"
    "存在问题：资金链断裂\n\n项目名称：柳树沟光伏电站\n责任单位：市能源局\n总投资：2.3亿元\n"
    "目前进展：尚未开工\n"
)


def test_labelled_lines_are_cards_of_one_project_each(read: Reader) -> None:
    found = read(CARDS)
    assert found.pairs() == [("云岭冷库", "市商务局"), ("柳树沟光伏电站", "市能源局")]
    assert found.amounts("total_investment") == [8600.0, 23000.0]
    assert [stage for _, stage in stages(found)] == ["under_construction", "not_started"]


def test_a_form_is_one_project(read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "云岭冷库", "责任单位", "市商务局"],
        ["总投资（万元）", "8600", "目前进展", "主体封顶"],
        ["存在问题", ("资金链断裂", 'colspan="3"')],
    )
    assert found.pairs() == [("云岭冷库", "市商务局")]
    assert found.amounts("total_investment") == [8600.0]
    assert found.column("reason") == ["资金链断裂"]


def test_blanks_part_the_columns_of_a_numbered_line(read: Reader) -> None:
    found = read(
        "关于通报项目情况的函\n未开工项目名单\n1.云岭冷库    市商务局    资金未落实\n"
        "2.沙洲大桥    市交通局    用地未批\n"
    )
    assert found.pairs() == [("云岭冷库", "市商务局"), ("沙洲大桥", "市交通局")]
    assert found.column("reason") == ["资金未落实", "用地未批"]


def test_a_table_pasted_as_text_is_a_table(read: Reader) -> None:
    found = read(
        "江州市项目表\n序号 项目名称 责任单位 进展\n1 云岭冷库 市商务局 主体封顶\n"
        "2 沙洲大桥 市交通局 未开工\n3 北干渠改造 市水务局 已完工\n"
    )
    assert found.pairs() == [
        ("云岭冷库", "市商务局"),
        ("沙洲大桥", "市交通局"),
        ("北干渠改造", "市水务局"),
    ]
    assert [stage for _, stage in stages(found)] == [
        "under_construction",
        "not_started",
        "completed",
    ]


def test_commas_part_items_that_each_have_a_parenthesis(read: Reader) -> None:
    found = read(
        TITLE
        + "滞后项目如下：云岭冷库（冷机未到货），沙洲大桥（钢箱梁未到货），北关桥（管线未迁）。\n"
    )
    assert found.names == ["云岭冷库", "沙洲大桥", "北关桥"]


def test_an_answer_to_a_question_lists_too(read: Reader) -> None:
    found = read(
        "江州市政务问答\n问：停工的项目有哪些？\n答：停工的项目有2个，分别为云岭冷库、沙洲大桥。\n"
    )
    assert stages(found) == [("云岭冷库", "suspended"), ("沙洲大桥", "suspended")]


def test_what_is_planned_to_be_completed_is_not(read: Reader) -> None:
    found = read("江州市2025年重点项目计划\n一、计划竣工项目（2个）\n1.北关桥\n2.南门桥\n")
    assert all(record.stage != "completed" for record in found.ledger.records)


def test_a_masked_name_keeps_its_mask(read: Reader) -> None:
    found = read(TITLE + "一、停工项目\n1、**大道二期（资金未到位）\n2、北关桥（征地未完成）\n")
    assert found.names == ["**大道二期", "北关桥"]


@pytest.mark.parametrize(
    "text",
    [
        "关于停工项目的调研报告\n一、停工项目原因分析\n1.资金短缺\n2.征地困难\n"
        "二、停工项目整改措施\n1.加大融资力度\n2.加快征地进度\n",
        "办事指南\n未开工项目须提交以下材料：\n1.情况说明\n2.用地批复\n3.资金证明\n",
        "关于加快项目建设的通知\n一、工作重点\n1.抓好停工项目复工\n2.抓好滞后项目提速\n"
        "二、工作要求\n（一）压实责任。对进度滞后的项目进行通报。\n",
        "安全生产工作简报\n一、在建项目安全检查\n市住建局、市应急局：检查工地20处，发现隐患35条。\n",
        "沙洲大桥施工月报\n截至目前，已完工程量：土方3万方、混凝土2万方。\n",
    ],
)
def test_numbered_lines_that_list_no_projects_give_no_records(read: Reader, text: str) -> None:
    assert read(text).names == []


def test_words_of_a_day_are_more_exact_than_the_months_of_a_title() -> None:
    text = "全区重点工程1—7月进展情况\n截至7月底，全区安排工程9个。\n"
    view = View(text, tuple(range(len(text))))
    found = as_of_in(view, 0, len(text))
    assert found is not None
    assert found.text == "7月底"
