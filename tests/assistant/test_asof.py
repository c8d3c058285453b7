"""Up to when a document tells: asked for beside what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.asof import asks_up_to, with_days
from assistant.statements import Draft, Source, Statement
from tests.assistant.ledger.conftest import opened

REPORT = """关于2025年4月份重点工程推进情况的通报
与3月通报（数据截至3月31日）相比，进度加快。截至4月30日，全区12个重点工程完成投资2.1亿元。
一、推进较快的
区水务局2个，柳溪泵站更新完成机组安装，北渠清淤完成3.2公里；区教育局1个，东街小学操场已铺草皮。
二、推进较慢的
区住建局1个，南门停车场基坑渗水，正在加固。
区重点工程办公室
2025年5月8日
"""


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("是截至什么时候的情况", True),
        ("数据截至什么时候", True),
        ("截至4月底完成了多少", False),
        ("什么时候完工", False),
    ],
)
def test_asking_up_to_when(words: str, asked: bool) -> None:
    assert asks_up_to(words) is asked


def test_the_second_half_is_told_the_day_of_what_answers_the_first(tmp_path: Path) -> None:
    with opened(tmp_path, {"april.txt": REPORT}) as desk:
        file = desk.library.files()[0]
        first = Draft([Statement("机组安装完成", (Source(file.id, 0, 80, 90),))])
        second = Draft([Statement("8日")])
        found = with_days(["进展如何", "截至什么时候"], [first, second], desk.library)
    assert found[0] is first
    assert found[1].short == "4月30日"
