"""Which words name a responsible unit."""

import pytest

from index.ledger.units import are_units, core_unit, is_unit


@pytest.mark.parametrize(
    "text",
    [
        "区住建局",
        "城关街道",
        "旅游商贸开发区",
        "青山县交通局",
        "恒通公司",
        "白河镇",
        "县项目办",
        "县公路管理段",
    ],
)
def test_offices_towns_and_firms_are_units(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["东湖花园", "资金困难", "主体封顶", "张三", "设计阶段", ""])
def test_names_reasons_and_persons_are_no_units(text: str) -> None:
    assert not is_unit(text)


def test_several_units_are_told_from_a_name() -> None:
    assert are_units("区住建局、城关街道")
    assert not are_units("东湖花园、西湖花园")


@pytest.mark.parametrize("text", ["区交通局", "县交通局", "青山县交通局", "交通局"])
def test_the_region_before_a_unit_does_not_matter_for_matching(text: str) -> None:
    assert core_unit(text) == "交通局"


def test_a_longer_unit_is_another() -> None:
    assert core_unit("开发区") != core_unit("旅游商贸开发区")
