"""Questions over tables whose columns no ledger knows."""

from __future__ import annotations

import pytest

from assistant.records import Turn
from tests.assistant.ledger.conftest import Desk


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("台账上1990年以前建的水厂有哪些", ["白鹭滩水厂", "黄土岭水厂"]),
        ("1985年到1990年之间建的水厂有哪些", ["白鹭滩水厂", "月亮湾水厂", "黄土岭水厂"]),
        ("受益户数超过400户的水厂有哪些", ["青石水厂", "月亮湾水厂"]),
        ("计划资金在90万元以上的水厂", ["青石水厂", "白鹭滩水厂", "月亮湾水厂"]),
        ("管护台账里西河乡有哪些水厂", ["月亮湾水厂", "黄土岭水厂"]),
        ("管护台账里还在检修的有哪几个", ["白鹭滩水厂", "月亮湾水厂"]),
        ("水厂里一分钱都没付的是哪几个", ["枣林水厂"]),
        ("资金全部付清的水厂有哪些", ["青石水厂", "黄土岭水厂"]),
        ("检查问题清单里还在整改中的有哪些", ["河滩采砂场围挡倒塌", "客运站安检机停用"]),
        ("检查问题清单里已经销号的有哪些", ["烟花仓库防雷设施失效"]),
        ("检查问题清单里归交通局管的是哪几条", ["客运站安检机停用"]),
        ("检查问题清单里超期没完成的是哪几条", ["老年公寓消防通道堵塞"]),
    ],
)
def test_conditions_on_any_column_select_every_row(
    works: Desk, question: str, names: list[str]
) -> None:
    answer = works.ask(question)
    assert [row["name"] for row in answer.rows or ()] == names
    assert answer.count == len(names)
    assert not answer.unverified


def test_every_cell_of_a_row_is_cited_merged_ones_where_they_stand(works: Desk) -> None:
    answer = works.ask("管护台账里西河乡有哪些水厂")
    quotes = {c.n: c.quote for c in answer.citations}
    for row in answer.rows or ():
        for key, numbers in row["cells"].items():
            assert any(row[key] in quotes[n] for n in numbers), key


@pytest.mark.parametrize(
    ("question", "value", "unit", "formula"),
    [
        ("还在检修的水厂一共惠及多少户", 960, "户", "350 + 610"),
        ("东坡镇的水厂计划资金加起来多少", 320, "万元", "160 + 90 + 70"),
        ("西河乡的水厂还有多少钱没付", 135, "万元", "(230 − 95) + (50 − 50)"),
        ("月亮湾水厂付了多少", 95, "万元", "95"),
        ("白鹭滩水厂还差多少没付", 50, "万元", "90 − 40"),
    ],
)
def test_sums_and_differences_are_worked_out(
    works: Desk, question: str, value: float, unit: str, formula: str
) -> None:
    answer = works.ask(question)
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (value, unit)
    assert answer.value.formula == formula
    assert not answer.unverified


def test_the_sum_of_the_table_itself_stands_beside_ours(works: Desk) -> None:
    answer = works.ask("东坡镇的水厂计划资金加起来多少")
    assert "东坡镇小计" in answer.answer
    assert any("320" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("受益户数最多的水厂是哪个", "月亮湾水厂"),
        ("剩下没付的钱最多的水厂是哪个", "月亮湾水厂"),
        ("最老的水厂是哪个", "黄土岭水厂"),
        ("水厂里哪个乡镇的受益户数最多", "东坡镇"),
        ("支付率最低的水厂是哪个", "枣林水厂"),
    ],
)
def test_rows_and_groups_are_ranked_by_any_column(works: Desk, question: str, short: str) -> None:
    assert works.ask(question).short == short


def test_two_groups_are_compared(works: Desk) -> None:
    answer = works.ask("东坡镇和西河乡的水厂，谁的受益户数多，多多少")
    assert answer.value is not None
    assert answer.value.number == 340
    assert "东坡镇" in (answer.short or "")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("黄土岭水厂是哪年建的", "1985"),
        ("采砂场围挡那个问题整改得怎么样了，销号没有", "整改中"),
        ("老年公寓消防通道堵塞归哪个单位管", "县民政局"),
    ],
)
def test_a_row_called_by_name_or_part_of_it_gives_its_cell(
    works: Desk, question: str, words: str
) -> None:
    answer = works.ask(question)
    assert words in answer.answer
    assert not answer.refused


@pytest.mark.parametrize(
    "question",
    [
        "月亮湾水厂是哪家公司施工的",
        "月亮湾水厂的水费一吨多少钱",
        "2019年受益户数最多的水厂是哪个",
    ],
)
def test_what_the_table_does_not_say_is_refused(works: Desk, question: str) -> None:
    assert works.ask(question).refused


def test_a_talk_about_a_row_goes_on_about_it(works: Desk) -> None:
    first = "月亮湾水厂计划资金多少？"
    answer = works.assistant.answer("那还差多少没付", [Turn(first, "230万元")])
    assert answer.value is not None
    assert answer.value.number == 135


@pytest.mark.parametrize(
    "question", ["管护台账里有哪些水厂存在资金问题", "管护台账里停工的水厂有哪些"]
)
def test_a_condition_that_no_column_answers_lists_no_rows(works: Desk, question: str) -> None:
    assert not works.ask(question).rows


def test_a_heading_that_holds_a_state_is_not_one(works: Desk) -> None:
    answer = works.ask("检查问题清单里整改时限最早的是哪个")
    assert answer.short == "烟花仓库防雷设施失效"


def test_the_share_of_rows_in_a_state_is_of_all_rows(works: Desk) -> None:
    answer = works.ask("检查问题清单里整改中的占百分之几")
    assert answer.value is not None
    assert (answer.value.number, answer.value.unit) == (50.0, "%")


def test_a_mean_is_worked_out(works: Desk) -> None:
    answer = works.ask("西河乡的水厂平均每座受益户数是多少")
    assert answer.value is not None
    assert answer.value.number == 375


def test_a_bound_on_dates_is_on_the_column_of_dates(works: Desk) -> None:
    answer = works.ask("检查问题清单里整改时限在8月底以前的有哪些")
    names = [row["name"] for row in answer.rows or ()]
    assert names == ["烟花仓库防雷设施失效", "老年公寓消防通道堵塞"]
