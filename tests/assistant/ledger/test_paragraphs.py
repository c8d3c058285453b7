"""Questions about a report whose paragraphs tell of one state each, parted by month and cause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """青禾区2024年二季度重点项目推进情况
截至6月30日，全区安排重点项目9个。9个项目分为三类：未能进场的3个，施工慢于节点的3个，二季度新破土的3个。
一、未能进场的项目
全区还有3个项目未能进场，占总数的33.3％。区交通局的石桥改建工程，征地协议没有签订；区住建局的北苑广场，规划没有批复；\
区文旅局的古塔修缮工程，文物部门没有批复。
二、施工慢于节点的项目
进场以后慢下来的有3个，完成投资1.20亿元。从拖慢的原因看，供电接入跟不上的2个，涉及区水利局的柳溪河清淤，区住建局的文昌路拓宽；\
班组力量不足的1个，涉及开发区管委会的标准厂房三期。
三、二季度新破土的项目
二季度有3个项目破土动工，完成投资0.85亿元。以破土先后为序，4月有1个，区教育局的第六小学食堂；5月有2个，\
区住建局的朝阳街雨污分流、区交通局的东关客运站。
青禾区重点项目建设办公室
2024年7月5日
"""
LIST = """# 青禾项目简报
2024年7月20日
## 正在解决的诉求
| 项目 | 需要解决的问题 | 责任单位 | 办结时间 |
| --- | --- | --- | --- |
| 东关客运站 | 临时用水 | 区水利局 | 7月31日 |
| 北苑广场 | 规划没有批复 | 区自然资源局 | 8月20日 |
"""


@pytest.fixture(scope="module")
def paragraphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"q2.txt": REPORT, "list.md": LIST}
    with opened(tmp_path_factory.mktemp("paragraphs"), files) as desk:
        yield desk


def _names(desk: Desk, question: str) -> list[object]:
    return [row["name"] for row in desk.ask(question).rows or ()]


def test_what_began_in_a_month_is_listed_beside_a_newer_list_of_problems(paragraphs: Desk) -> None:
    names = _names(paragraphs, "5月份动工的项目有哪些？")
    assert set(names) == {"朝阳街雨污分流", "东关客运站"}


def test_an_own_state_in_other_words_is_that_state(paragraphs: Desk) -> None:
    assert len(_names(paragraphs, "二季度新开工的项目有哪些？")) == 3


def test_a_list_cites_where_its_state_is_counted(paragraphs: Desk) -> None:
    answer = paragraphs.ask("慢于节点的项目有哪些，分别是什么原因？")
    assert answer.count == 3
    assert any("慢下来的有3个" in cited.quote for cited in answer.citations)
    assert "供电接入跟不上" in answer.answer


def test_who_answers_for_a_problem_does_not_take_a_project_over(paragraphs: Desk) -> None:
    answer = paragraphs.ask("没有开工的项目有哪些？")
    units = {row["name"]: row["unit"] for row in answer.rows or ()}
    assert units["北苑广场"] == "区住建局"
