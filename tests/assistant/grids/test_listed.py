"""Questions over what repeats in running text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened
from tests.index.listings.test_reader import BOATS, DEMANDS, GROUPS

TWICE = """柳滩县渡口两次排查情况
2023年12月31日

上编　年中排查（截至2023年6月30日）

一、分类名单
甲类3个，乙类2个。
（甲）北渡（柳滩镇），栈桥完好；西渡（苇塘乡），有人值守；石渡（柳滩镇），标牌清楚。
（乙）南渡（苇塘乡），栈桥漏板；沙渡（柳滩镇），无救生圈。

下编　年末排查（截至2023年12月31日）

一、分类名单
甲类4个，乙类1个。
（甲）北渡（柳滩镇），栈桥完好；西渡（苇塘乡），有人值守；石渡（柳滩镇），标牌清楚；沙渡（柳滩镇），已配救生圈。
（乙）南渡（苇塘乡），换板未完。
"""


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with texts that hold lists, and no table."""
    files = {"渡口船只.txt": BOATS, "督办.txt": DEMANDS, "招商.txt": GROUPS, "排查.txt": TWICE}
    with opened(tmp_path_factory.mktemp("lists"), files) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("督办单里标急件的是哪几项，分别什么时候完成？", ["北岸渡口趸船加固", "春潮号夜航灯"]),
        ("督办单里5月31日以前到期还没办结的有哪些？", ["北岸渡口趸船加固"]),
        ("渔业园招商退出的有哪些，各是什么原因？", ["碧波网箱", "远帆饲料"]),
        ("年中排查列为乙类的是哪些渡口，各是什么缘由？", ["南渡", "沙渡"]),
        ("到2023年底还是乙类的渡口有哪些？", ["南渡"]),
    ],
)
def test_labels_and_deadlines_select_rows(lists: Desk, question: str, names: list[str]) -> None:
    answer = lists.ask(question)
    assert [row["name"] for row in answer.rows or ()] == names
    assert answer.count == len(names)
    assert not answer.unverified


def test_every_cell_stands_in_its_citation(lists: Desk) -> None:
    answer = lists.ask("渔业园招商退出的有哪些，各是什么原因？")
    quotes = {c.n: "".join(c.quote.split()) for c in answer.citations}
    for row in answer.rows or ():
        for key, numbers in row["cells"].items():
            assert any(row[key] in quotes[n] for n in numbers), key


def test_what_is_stated_and_what_is_listed_are_both_told(lists: Desk) -> None:
    answer = lists.ask("渔业园招商写的退出是3家，正文里实际列出来的有几家？")
    assert (answer.count, answer.short) == (2, "写3个，列2个")
    assert any("【退出】3家" in c.quote for c in answer.citations)
    assert lists.ask("督办单开头说督办事项多少项，实际列了几项？").short == "写4个，列3个"


def test_a_list_that_is_not_complete_gives_the_sums_that_are_stated(lists: Desk) -> None:
    answer = lists.ask("渔业园招商里退出的，投资额合计多少？")
    assert answer.short == "4.6亿元"
    assert "原文写 **3个**" in answer.answer


def test_a_label_is_counted_in_both_lists(lists: Desk) -> None:
    answer = lists.ask("甲类渡口从年中排查到年末排查净增了几个？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.formula) == (1, "4 − 3 = 1")


def test_numbers_of_delimited_lines_add_up(lists: Desk) -> None:
    answer = lists.ask("渡口船只逐船情况里苇塘乡的船，载客数一共多少人？")
    assert answer.value is not None
    assert (answer.value.number, answer.value.formula) == (48, "30 + 18")
