"""A number that a list states unlike what it lists is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
TITLE = "青川区2024年重点项目进展情况\n"
LISTED = "区住建局的东湖花园、西湖花园；区交通局的北环路。\n"


@pytest.mark.parametrize("count", ["4", "四", "2"])
def test_a_stated_count_unlike_the_list_is_reported(read: Reader, count: str) -> None:
    found = read(TITLE + f"截至9月底，{count}个项目未开工，分别是：{LISTED}")
    assert [f.kind for f in found.findings()] == ["count"]


@pytest.mark.parametrize("count", ["3", "三", "３"])
def test_a_stated_count_like_the_list_is_not_reported(read: Reader, count: str) -> None:
    found = read(TITLE + f"截至9月底，{count}个项目未开工，分别是：{LISTED}")
    assert found.findings() == []


def test_a_count_finding_cites_the_count_and_the_list(read: Reader) -> None:
    found = read(TITLE + f"截至9月底，4个项目未开工，分别是：{LISTED}")
    (finding,) = found.findings()
    quotes = [found.text[a:b] for a, b in finding.spans]
    assert quotes[0] == "4"
    assert "东湖花园" in quotes[1]
    assert "北环路" in quotes[1]


def test_a_heading_that_counts_otherwise_than_the_text_is_reported(read: Reader) -> None:
    found = read(TITLE + f"一、未开工项目（4个）\n截至9月底，3个项目未开工，分别是：{LISTED}")
    assert [f.kind for f in found.findings()] == ["count"]


def test_the_main_ones_of_a_count_are_no_contradiction(read: Reader) -> None:
    found = read(TITLE + f"未开工的项目有21个，主要有：{LISTED}")
    assert found.findings() == []


@pytest.mark.parametrize("count", ["10余", "约4", "近5"])
def test_a_hedged_count_raises_no_alarm(read: Reader, count: str) -> None:
    before, after = ("", count) if count[0].isdigit() else (count[0], count[1:])
    found = read(TITLE + f"截至9月底，有{before}{after}个项目未开工，分别是：{LISTED}")
    assert found.findings() == []


NAMES = ["东湖", "西湖", "南湖", "北湖", "青山", "白河", "朝阳", "文昌", "平安", "春晓", "秋实"]


def test_twelve_announced_with_eleven_names_is_reported(read: Reader) -> None:
    names = "、".join(f"{name}花园" for name in NAMES)
    found = read(TITLE + f"区住建局的{names}等12个项目已竣工。\n")
    assert [f.kind for f in found.findings()] == ["announced"]
    assert "11" in found.findings()[0].text


def test_eleven_announced_with_eleven_names_is_not_reported(read: Reader) -> None:
    names = "、".join(f"{name}花园" for name in NAMES)
    assert read(TITLE + f"区住建局的{names}等11个项目已竣工。\n").findings() == []


def test_a_choice_of_names_behind_and_so_on_is_no_contradiction(read: Reader) -> None:
    assert read(TITLE + "区住建局的东湖花园、西湖花园等12个项目已竣工。\n").findings() == []
