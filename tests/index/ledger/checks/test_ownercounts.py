"""What owners say they have is held against what they list."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
SECTION = """溪口县重点项目通报
一、正常推进
共6个，占24个项目的25.0%。按责任单位分：
县水务局（{first}个）：东门泵站改造；西河堤防加固；北渠清淤工程。
县教育局（{second}个）：第三中学扩建；实验小学教学楼；职业学校实训楼。
"""


def test_an_owners_count_that_its_list_does_not_bear_out_is_found(read: Reader) -> None:
    found = read(SECTION.format(first=4, second=3)).findings("count")
    assert [one.text for one in found] == ["“县水务局”原文写4个，所列为3个"]
    assert not read(SECTION.format(first=3, second=3)).findings("count")
