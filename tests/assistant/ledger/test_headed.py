"""Shares that sections state of their own counts: one that does not fit the total of the others."""

from __future__ import annotations

import pytest

from assistant.ledger.headed import headed_shares
from index.records import Document, View

TEXT = (
    "全市列入计划的项目共40项，投资9亿元。\n一、已交付项目（8项）\n占项目总数的20%，完成2亿元。\n"
    "二、正在施工项目（24项）\n占项目总数的60%，完成3亿元。\n三、停工项目（{count}项）\n"
    "占项目总数的{share}，完成1亿元。\n"
)


@pytest.mark.parametrize(
    ("count", "share", "said"),
    [
        (8, "20.0%", []),
        (8, "21.0%", ["原文写21.0%，按所列数字为20.0%"]),
        (7, "17.5%", []),
        (7, "18%", []),  # rounded
    ],
)
def test_a_share_that_is_not_of_the_total(count: int, share: str, said: list[str]) -> None:
    text = TEXT.format(count=count, share=share)
    view = View(text, tuple(range(len(text))))
    found = headed_shares(view, Document(0, 0, len(text), "报告"))
    assert [finding.text for finding in found] == said


def test_shares_of_which_but_one_fits_are_of_another_total() -> None:
    text = "共40项。\n一、甲类（8项）\n占总数的20%。\n二、乙类（9项）\n占总数的33%。\n"
    view = View(text, tuple(range(len(text))))
    assert not list(headed_shares(view, Document(0, 0, len(text), "报告")))
