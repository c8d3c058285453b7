"""Questions over records: complete lists, counts, sums, comparisons, single projects."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.assistant.ledger.conftest import AUTUMN, COUNTY, SPRING, Desk, squeezed

NOT_STARTED = ["石桥改建工程", "西环路大修工程", "标准厂房三期", "古塔修缮工程"]
BEHIND = ["柳溪河清淤", "文昌路拓宽", "供热管网二期", "**产业园"]

# -- lists ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪些项目未开工？", NOT_STARTED),
        ("哪些项目没有动工？", NOT_STARTED),
        ("滞后的项目有哪些？", BEHIND),
        ("哪些项目已经竣工？", ["朝阳街雨污分流", "第六小学食堂"]),
        ("区交通局负责哪些项目？", ["石桥改建工程", "西环路大修工程"]),
        ("交通局有哪些项目？", ["石桥改建工程", "西环路大修工程"]),
        ("开发区未开工的项目有哪些？", ["标准厂房三期"]),
        ("因为资金原因未开工的项目有哪些？", ["西环路大修工程", "标准厂房三期"]),
        ("除资金原因外，还有哪些项目未开工？", ["石桥改建工程", "古塔修缮工程"]),
        ("除区交通局外，哪些项目未开工？", ["标准厂房三期", "古塔修缮工程"]),
        ("哪些项目因为设计变更滞后？", ["柳溪河清淤"]),
        ("Which projects have not started?", NOT_STARTED),
        ("Which projects are behind schedule?", BEHIND),
        ("List the completed projects.", ["朝阳街雨污分流", "第六小学食堂"]),
    ],
)
def test_a_list_holds_all_that_fit_and_nothing_else(
    district: Desk, question: str, names: list[str]
) -> None:
    assert district.names(question) == names


def test_the_count_of_a_list_is_that_of_its_rows(district: Desk) -> None:
    answer = district.ask("哪些项目未开工？")
    assert answer.count == len(answer.rows or ()) == 4


def test_a_list_says_how_the_question_was_read(district: Desk) -> None:
    answer = district.ask("区交通局未开工的项目有哪些？")
    assert "状态=未开工" in answer.answer
    assert "责任单位=区交通局" in answer.answer
    assert answer.interpretation["filters"] == {"stage": "not_started", "unit": "区交通局"}


def test_a_list_compares_its_count_with_that_of_the_source(district: Desk) -> None:
    answer = district.ask("哪些项目未开工？").answer
    assert "共 **4个**" in answer
    assert "原文写4个，一致" in answer


def test_a_source_that_counts_otherwise_is_said(make: Callable[[dict[str, str]], Desk]) -> None:
    desk = make({"q3.txt": AUTUMN.replace("截至9月底，4个项目未开工", "截至9月底，5个项目未开工")})
    answer = desk.ask("哪些项目未开工？").answer
    assert "原文写5个" in answer
    assert "不一致" in answer


def test_reasons_are_given_when_asked_for(district: Desk) -> None:
    rows = district.ask("哪些项目未开工，原因是什么？").rows or ()
    expected = ["征地协议未签", "资金未到位", "资金未到位", "等待文物部门批复"]
    assert [row["reason"] for row in rows] == expected


def test_a_filter_that_finds_nothing_answers_zero(district: Desk) -> None:
    answer = district.ask("有哪些停工的项目？")
    assert not answer.refused
    assert answer.count == 0
    assert answer.short == "0个"
    assert answer.citations


def test_a_project_that_only_the_older_report_names_is_apart(district: Desk) -> None:
    answer = district.ask("哪些项目未开工？")
    assert answer.count == 4
    listed, _, apart = answer.answer.partition("只见于较早的文件")
    assert "北苑广场" not in listed
    assert "北苑广场" in apart


def test_two_older_reports_do_not_count_a_project_twice(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    winter = (
        SPRING.replace("二季度", "一季度").replace("6月底", "3月底").replace("7月5日", "4月3日")
    )
    desk = make({"q1.txt": winter, "q2.txt": SPRING, "q3.txt": AUTUMN})
    answer = desk.ask("哪些项目未开工？")
    assert answer.count == 4
    assert answer.answer.count("北苑广场") == 1


# -- counts, sums, shares, ranks, groups, comparisons --------------------------------


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("未开工的项目有多少个？", 4),
        ("滞后的项目有几个？", 4),
        ("区住建局有多少个项目？", 3),
        ("因资金问题滞后的项目有几个？", 2),
        ("How many projects have not started?", 4),
    ],
)
def test_a_count_is_exact(district: Desk, question: str, count: int) -> None:
    assert district.ask(question).count == count


def test_a_sum_of_two_statuses_shows_its_formula(district: Desk) -> None:
    # 1.1 + 0.6 = 1.7
    answer = district.ask("竣工项目和滞后项目一共完成投资多少？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (1.7, "亿元")
    assert answer.value.formula == "1.1亿元 + 0.6亿元"


def test_a_sum_over_rows_shows_its_formula(county: Desk) -> None:
    # 5000 + 800 = 5800
    answer = county.ask("县住建局的项目总投资一共多少？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (5800.0, "万元")
    assert answer.value.formula == "5000 + 800"


def test_a_share_is_computed_and_quoted(district: Desk) -> None:
    # 4 of 10
    answer = district.ask("滞后项目占项目总数的比例是多少？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (40.0, "%")
    assert answer.value.formula == "4 ÷ 10 = 40%"
    assert "40％" in answer.answer


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("总投资最多的项目是哪个？", ["**产业园"]),
        ("总投资最多的两个项目是哪些？", ["**产业园", "供热管网一期"]),
        ("完成投资最少的项目是哪个？", ["滨河公园"]),
    ],
)
def test_a_rank_gives_the_first_ones_in_order(
    county: Desk, question: str, names: list[str]
) -> None:
    assert county.names(question) == names


def test_all_of_a_tie_are_given(make: Callable[[dict[str, str]], Desk]) -> None:
    table = COUNTY["county.html"].replace("<td>5000</td>", "<td>9000</td>")
    desk = make({"county.html": table})
    assert sorted(desk.names("总投资最多的项目是哪个？")) == ["**产业园", "供热管网一期"]


def test_the_unit_with_most_is_named(district: Desk) -> None:
    assert district.ask("哪个单位负责的未开工项目最多？").short == "区交通局"


def test_a_group_counts_by_unit(district: Desk) -> None:
    answer = district.ask("按单位统计未开工项目数量").answer
    for unit, count in (("区交通局", 2), ("开发区", 1), ("区文旅局", 1)):
        assert f"| {unit} | {count} |" in answer


def test_a_group_counts_by_kind_of_reason(district: Desk) -> None:
    answer = district.ask("按原因统计未开工项目").answer
    for reason, count in (("资金", 2), ("土地", 1), ("规划审批", 1)):
        assert f"| {reason} | {count} |" in answer


def test_two_statuses_are_compared_with_a_formula(district: Desk) -> None:
    answer = district.ask("未开工的项目比竣工的多几个？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.formula) == (2.0, "4 − 2 = 2")


def test_two_units_are_compared(district: Desk) -> None:
    # 区住建局 3, 区交通局 2.
    answer = district.ask("区交通局和区住建局哪个项目多？")
    assert answer.short is not None
    assert answer.short.startswith("区住建局")
    assert answer.value is not None
    assert answer.value.number == 1.0


def test_a_list_of_cancelled_ones_answers_zero(district: Desk) -> None:
    assert district.ask("有哪些取消的项目？").count == 0


def test_a_bound_on_an_amount_filters(county: Desk) -> None:
    names = county.names("总投资超过2000万元的项目有哪些？")
    assert names == ["石桥改建工程", "供热管网一期", "**产业园"]


# -- one project ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("石桥改建工程为什么没有开工？", "征地协议未签"),
        ("文昌路拓宽为什么滞后？", "拆迁难度大"),
        ("古塔修缮为什么还没开工？", "等待文物部门批复"),
        ("Why is 柳溪河清淤 behind schedule?", "设计变更"),
    ],
)
def test_why_gives_the_reason(district: Desk, question: str, reason: str) -> None:
    assert district.ask(question).short == reason


def test_a_false_premise_is_corrected(district: Desk) -> None:
    answer = district.ask("柳溪河清淤为什么没有开工？")
    assert not answer.refused
    assert "没有列为“未开工”" in answer.answer
    assert "滞后项目（4个）" in answer.answer


def test_a_true_premise_is_not_corrected(district: Desk) -> None:
    assert "没有列为" not in district.ask("石桥改建工程为什么没有开工？").answer


def test_the_responsible_unit_is_told(district: Desk) -> None:
    assert district.ask("标准厂房三期的责任单位是哪个？").short == "开发区"


def test_an_amount_of_one_project_is_told(county: Desk) -> None:
    assert "5000" in (county.ask("供热管网一期的总投资是多少？").short or "")


def test_a_status_names_the_newest_report_first(district: Desk) -> None:
    answer = district.ask("石桥改建工程进展如何？").answer
    assert "9月底" in answer
    assert answer.index("9月底") < answer.index("此前（6月底）")


def test_a_project_of_the_older_report_alone_is_told_with_its_date(district: Desk) -> None:
    answer = district.ask("北苑广场进展如何？").answer
    assert "规划未批复" in answer
    assert "6月底" in answer


@pytest.mark.parametrize("name", ["北苑广场", "石桥改建工程"])
def test_the_short_answer_to_a_status_question_is_the_status(district: Desk, name: str) -> None:
    assert "未开工" in (district.ask(f"{name}目前的状态是什么？").short or "")


# -- two districts --------------------------------------------------------------------


def test_one_name_in_two_districts_is_two_projects(both: Desk) -> None:
    answer = both.ask("石桥改建工程进展如何？").answer
    assert "正在施工" in answer
    assert "未开工项目（4个）" in answer
    # The district's list is no history of the county's project: each has its own line.
    assert sum("石桥改建工程——" in line for line in answer.splitlines()) == 2


def test_one_name_in_two_districts_counts_twice(both: Desk) -> None:
    answer = both.ask("交通局负责哪些项目？")
    assert [row["name"] for row in answer.rows or ()].count("石桥改建工程") == 2


def test_a_masked_name_is_two_projects_in_two_documents(both: Desk) -> None:
    answer = both.ask("产业园进展如何？").answer
    lines = [line for line in answer.splitlines() if r"\*\*产业园——" in line]
    assert len(lines) == 2
    assert "此前" not in answer


def test_naming_the_district_keeps_to_its_reports(both: Desk) -> None:
    assert both.names("青禾区哪些项目未开工？") == NOT_STARTED
    assert both.names("白石县哪些项目未开工？") == ["滨河公园"]


def test_a_county_is_found_by_its_table(both: Desk) -> None:
    assert both.ask("白石县有几个项目？").count == 5


def test_the_second_phase_is_not_the_first(county: Desk) -> None:
    assert "供热管网一期——" not in county.ask("供热管网二期进展如何？").answer


def test_the_district_is_read_whole(both: Desk) -> None:
    assert both.ask("青禾区哪些项目未开工？").interpretation["filters"]["issuer"] == "青禾区"


def test_the_count_of_one_document_of_two_is_said_with_its_title(both: Desk) -> None:
    answer = both.ask("未开工的项目有多少个？")
    assert answer.count == 5
    assert "其中《青禾区2024年三季度重点项目进展情况》4个，与原文所写一致" in answer.answer


# -- staff's own words -----------------------------------------------------------------


def correct(desk: Desk, name: str, field: str, value: str) -> None:
    ledger = desk.library.ledger
    (key,) = [r.key for r in ledger.rows if r.read.name == name and r.file.path == "q3.txt"]
    ledger.correct(key, field, value, "王伟")
    desk.library.refresh()


def test_a_correction_shows_in_the_list_with_its_signature(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    desk = make({"q3.txt": AUTUMN})
    correct(desk, "西环路大修工程", "unit", "区公路局")
    answer = desk.ask("哪些项目未开工？")
    units = {row["name"]: row["unit"] for row in answer.rows or ()}
    assert units["西环路大修工程"] == "区公路局"
    assert any("王伟" in note and "区交通局" in note for note in answer.notes)


def test_a_corrected_stage_moves_the_project(make: Callable[[dict[str, str]], Desk]) -> None:
    desk = make({"q3.txt": AUTUMN})
    correct(desk, "古塔修缮工程", "stage", "under_construction")
    assert "古塔修缮工程" not in desk.names("哪些项目未开工？")


def test_a_corrected_unit_is_found_under_its_new_unit(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    desk = make({"q3.txt": AUTUMN})
    correct(desk, "西环路大修工程", "unit", "区公路局")
    assert desk.names("区公路局负责哪些项目？") == ["西环路大修工程"]
    assert desk.names("区交通局负责哪些项目？") == ["石桥改建工程"]


def test_an_alias_of_a_unit_is_understood(make: Callable[[dict[str, str]], Desk]) -> None:
    desk = make({"q3.txt": AUTUMN})
    desk.library.ledger.add_alias("路桥办", "区交通局", "王伟")
    desk.library.refresh()
    assert desk.names("路桥办负责哪些项目？") == ["石桥改建工程", "西环路大修工程"]


def merged(make: Callable[[dict[str, str]], Desk]) -> Desk:
    desk = make({"q2.txt": SPRING.replace("古塔修缮工程", "宝塔加固工程"), "q3.txt": AUTUMN})
    assert "宝塔加固" in desk.ask("哪些项目未开工？").answer
    desk.library.ledger.merge("宝塔加固工程", "古塔修缮工程", "王伟")
    desk.library.refresh()
    return desk


def test_merged_names_are_one_project_in_a_list(make: Callable[[dict[str, str]], Desk]) -> None:
    assert "宝塔加固" not in merged(make).ask("哪些项目未开工？").answer


def test_merged_names_are_one_project_with_its_history(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    assert "此前（6月底）" in merged(make).ask("古塔修缮工程进展如何？").answer


# -- what holds for every answer ----------------------------------------------------------

QUESTIONS = [
    "哪些项目未开工，原因是什么？",
    "滞后的项目有哪些？",
    "区住建局有哪些项目？",
    "交通局负责哪些项目？",
    "除资金原因外，还有哪些项目未开工？",
    "白石县总投资最多的两个项目是哪些？",
    "白石县项目总投资合计多少？",
    "青禾区未开工的项目比竣工的多几个？",
    "按单位统计未开工项目数量",
    "滞后项目占项目总数的比例是多少？",
    "石桥改建工程进展如何？",
    "柳溪河清淤为什么没有开工？",
    "青禾区有哪些停工的项目？",
    "文件里有没有数字不一致的地方？",
    "Which projects have not started and why?",
]
FIELDS = ("name", "unit", "status_text", "reason", "total_investment", "done_investment")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_verbatim(both: Desk, question: str) -> None:
    answer = both.ask(question)
    assert answer.citations
    for citation in answer.citations:
        text = both.library.text(citation.document)
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cell_stands_inside_one_of_its_quotes(both: Desk, question: str) -> None:
    answer = both.ask(question)
    quotes = {c.n: squeezed(c.quote) for c in answer.citations}
    for row in answer.rows or ():
        for field in FIELDS:
            # A group names several projects in one cell.
            values = (row.get(field) or "").split("、") if "count" in row else [row.get(field)]
            for value in filter(None, values):
                cited = [quotes[n] for n in row["cells"][field]]
                assert any(squeezed(value) in quote for quote in cited), (field, row)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_mark_of_an_answer_has_its_citation(both: Desk, question: str) -> None:
    answer = both.ask(question)
    marks = {int(n) for n in re.findall(r"(?<!\\)\[(\d+)\]", answer.answer)}
    assert marks == {citation.n for citation in answer.citations}


@pytest.mark.parametrize("question", ["区交通局有哪些项目？", "哪些项目未开工？"])
def test_no_figure_of_an_answer_is_left_unverified(both: Desk, question: str) -> None:
    assert both.ask(question).unverified == ()


def test_a_mask_never_becomes_bold(district: Desk) -> None:
    assert r"\*\*产业园" in district.ask("滞后的项目有哪些？").answer


def test_a_name_broken_over_lines_is_cited_as_it_stands(district: Desk) -> None:
    answer = district.ask("滞后的项目有哪些？")
    assert any("文昌\n路拓宽" in citation.quote for citation in answer.citations)
    assert "文昌路拓宽" in answer.answer


BONDS = """<!doctype html><html><meta charset="utf-8"><body>
<h1>白石县2024年专项债券资金使用情况表</h1><p>截至2024年9月底　单位：万元</p><table>
<tr><td>项目名称</td><td>项目单位</td><td>债券额度</td><td>已支出</td><td>支出进度</td></tr>
<tr><td>滨河水厂</td><td>县水务局</td><td>12000</td><td>9480</td><td>79%</td></tr>
<tr><td>城北中学</td><td>县教育局</td><td>15000</td><td>7200</td><td>48%</td></tr>
<tr><td>县医院门诊楼</td><td>县卫健局</td><td>8000</td><td>5600</td><td>70%</td></tr>
</table></body></html>
"""


def test_a_share_of_progress_is_a_figure_and_no_state(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    desk = make({"bonds.html": BONDS})
    assert desk.ask("滨河水厂的支出进度是多少？").short == "79%"
    slowest = desk.ask("专项债券支出进度最慢的是哪个项目？")
    assert slowest.short == "城北中学"
    assert "48%" in slowest.answer


def test_what_does_not_hold_elsewhere_in_a_list_is_not_noted_beside_one_project(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    desk = make({"q3.txt": AUTUMN.replace("40％，完成投资0.6亿元", "50％，完成投资0.6亿元")})
    assert "注意" in desk.ask("三季度滞后的项目有哪些？").answer
    assert "注意" not in desk.ask("柳溪河清淤为什么滞后？").answer


def test_remarks_stand_where_a_reason_is_asked_for_and_no_column_of_reasons_is(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    rows = BONDS.replace("支出进度</td>", "支出进度</td><td>备注</td>")
    rows = rows.replace("48%</td>", "48%</td><td>土方工程受雨季影响</td>")
    desk = make({"bonds.html": rows.replace("79%</td>", "79%</td><td>按计划支出</td>")})
    answer = desk.ask("专项债券支出进度最慢的是哪个项目，原因是什么？")
    assert answer.short == "城北中学"
    assert "土方工程受雨季影响" in answer.answer
