"""Districts and towns are told from words that only end like one."""

import pytest

from assistant.places import places_in


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("青禾区哪些项目滞后？", ["青禾区"]),
        ("2024年桃源县、安化县谁先完成？", ["桃源县", "安化县"]),
        ("张家港市的市长是谁？", ["张家港市"]),
        ("那白沙镇呢？", ["白沙镇"]),
        ("石桥镇镇长是谁？", ["石桥镇"]),
        ("杭州都市快报的社长是谁？", []),
        ("澳大利亚的富人区在哪？", []),
        ("全区有多少个小区完成改造？", []),
        ("主城区的绿化率是多少？", []),
        ("经济开发区有哪些项目？", []),
        ("管委会和县交通局哪家完成得多？", []),
    ],
)
def test_places_are_names_not_endings(question: str, places: list[str]) -> None:
    assert places_in(question) == places
