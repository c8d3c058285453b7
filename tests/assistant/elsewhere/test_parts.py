"""What counts as the same count, figure or project: the rules one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.elsewhere.counts import Counted, counted_by, counts_same
from assistant.elsewhere.projects import Names, agreement, saying_again, told_of
from assistant.elsewhere.sayings import Saying, bare_of
from assistant.elsewhere.values import asked_for, figures_of, states_same
from assistant.statements import Source
from index.words import fold

LATE = Counted(4, frozenset({"not_started"}))


def saying(text: str, above: str = "", before: str = "", at: int = 0) -> Saying:
    folded = fold(text)
    source = Source(1, 0, at, at + len(text))
    return Saying(source, folded, bare_of(folded), above, before, bare_of(above + before))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("未开工项目（4个）", True),
        ("还有四个项目没有开工", True),
        ("尚未动工4个，占6.3%", True),
        ("未开工的项目，4个", True),
        ("未开工14个", False),
        ("4个项目已经竣工", False),
        ("未开工的比去年同期减少4个", False),
        ("4个月没有开工", False),
        ("滞后和未开工的4个", False),
    ],
)
def test_a_count_is_the_same_with_number_and_state(text: str, *, same: bool) -> None:
    assert counts_same(LATE, saying(text)) is same


def test_a_count_of_a_unit_must_name_it_or_stand_under_it() -> None:
    counted = counted_by(
        3, "县水务局有几个项目未开工？", {"filters": {"unit": "县水务局", "stage": "not_started"}}
    )
    assert counted is not None
    assert counts_same(counted, saying("县水务局3个项目没有动工"))
    assert counts_same(counted, saying("3个项目没有动工", above="五、县水务局"))
    assert not counts_same(counted, saying("3个项目没有动工"))


def test_bounds_and_exclusions_are_not_looked_for_in_sentences() -> None:
    assert counted_by(3, "投资超过1亿元的有几个？", {"filters": {"limit": "超过1亿元"}}) is None
    assert counted_by(3, "除水务局外还有几个？", {"filters": {"not_unit": "县水务局"}}) is None


@given(st.integers(1, 10**7))
def test_an_amount_is_the_same_in_any_scale(wan: int) -> None:
    values = [
        {(figure.value, figure.unit) for figure in figures_of([words])}
        for words in (f"{wan}万元", f"{wan / 10_000:.4f}亿元", f"{wan}0000元")
    ]
    assert values[0] == values[1] == values[2]


def test_a_figure_is_the_same_only_of_what_is_asked() -> None:
    asked = asked_for("前三季度完成投资比去年同期增长多少？")
    figures = figures_of(["16.0％"])
    assert states_same(figures, asked, saying("前三季度完成投资比去年同期增长16.0%"))
    assert not states_same(figures, asked, saying("滞后项目占16.0%"))
    assert not states_same(figures, asked, saying("前三季度完成投资比去年同期增长6.0%"))


NAMES = Names(projects=("城东水厂管网", "城东水厂"), units=("水务局",))


def test_a_longer_name_is_another_project() -> None:
    told = told_of("城东水厂", "城东水厂|县水务局|资金没有到位", (), NAMES)
    found = saying_again(told, [saying("县水务局的城东水厂管网资金没有到位")], NAMES)
    assert not found


def test_what_agrees_in_more_comes_first() -> None:
    told = told_of("城东水厂", "城东水厂|县水务局|上级资金没有到位", ("not_started",), NAMES)
    whose = saying("城东水厂由县水务局负责", at=0)
    whole = saying("县水务局的城东水厂因上级资金没有到位，未能开工", at=40)
    other = saying("会后察看了城东水厂", at=80)
    assert saying_again(told, [whose, whole, other], NAMES) == [whole, whose]
    assert agreement(told, other) == 0


def test_under_its_heading_a_saying_must_agree_in_more_than_whose_it_is() -> None:
    told = told_of("城东水厂", "城东水厂|县水务局|上级资金没有到位", (), NAMES)
    under = [
        saying("县水务局负责", above="三、城东水厂"),
        saying("上级资金没有到位", above="三、城东水厂", at=20),
    ]
    assert saying_again(told, under, NAMES) == under[1:]
