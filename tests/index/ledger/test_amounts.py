"""Amounts, percentages and bare numbers, as reports and tables write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ledger.amounts import amount_value, amounts, header_unit, money_unit, number_of, percents

# Values worked out by hand: 1 亿元 is 10,000 万元.
MONEY = [
    ("总投资3.5亿元", "3.5亿元", 35000.0),
    ("总投资３．５亿元", "３．５亿元", 35000.0),
    ("完成投资１２００万元", "１２００万元", 1200.0),
    ("总投资1,234.5万元", "1,234.5万元", 1234.5),
    ("投资2,000,000元", "2,000,000元", 200.0),
    ("补助8600元", "8600元", 0.86),
    ("3千万元", "3千万元", 3000.0),
    ("2百万元", "2百万元", 200.0),
    ("完成投资690万元", "690万元", 690.0),
    ("生产总值2万亿元", "2万亿元", 200_000_000.0),
    ("总投资3亿", "3亿", 30000.0),
]
HEDGED = [
    ("总投资约3.5亿元", "约3.5亿元", 35000.0),
    ("近5000万元", "近5000万元", 5000.0),
    ("逾2亿元", "逾2亿元", 20000.0),
    ("5000余万元", "5000余万元", 5000.0),
    ("3.5亿元左右", "3.5亿元左右", 35000.0),
    ("0.5亿元以上", "0.5亿元以上", 5000.0),
    ("不足500万元", "不足500万元", 500.0),
]


@pytest.mark.parametrize(("text", "words", "value"), MONEY)
def test_an_amount_is_found_with_its_value_in_wan(text: str, words: str, value: float) -> None:
    assert [(text[a.start : a.end], a.value) for a in amounts(text)] == [(words, value)]


@pytest.mark.parametrize(("text", "words", "value"), HEDGED)
def test_a_hedge_belongs_to_the_amount(text: str, words: str, value: float) -> None:
    assert [(text[a.start : a.end], a.value) for a in amounts(text)] == [(words, value)]


def test_several_amounts_are_found_in_order() -> None:
    found = amounts("总投资10亿元，年度计划3.2亿元，已完成8000万元")
    assert [a.value for a in found] == [100000.0, 32000.0, 8000.0]


def test_only_the_part_asked_for_is_searched() -> None:
    text = "总投资10亿元，已完成8000万元"
    assert [a.value for a in amounts(text, 9)] == [8000.0]


@pytest.mark.parametrize("text", ["3亿人", "种植2万亩", "5000户", "第3季度", "供水10万吨"])
def test_a_count_of_other_things_is_no_money(text: str) -> None:
    assert list(amounts(text)) == []


def test_a_full_width_comma_between_thousands_does_not_cut_the_number() -> None:
    assert [a.value for a in amounts("总投资12，000万元")] == [12000.0]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("占年度计划的19.9%", "19.9%", 19.9),
        ("占年度计划的１９．９％", "１９．９％", 19.9),
        ("完成约20％", "约20％", 20.0),
        ("提高2.3个百分点", "2.3个百分点", 2.3),
    ],
)
def test_a_percentage_is_found_in_both_widths(text: str, words: str, value: float) -> None:
    assert [(text[p.start : p.end], p.value) for p in percents(text)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("12,000", 12000.0), ("１２０００", 12000.0), (" 5.5 ", 5.5), ("约300", 300.0), ("0", 0.0)],
)
def test_a_bare_number_of_a_cell_is_read(text: str, value: float) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize("text", ["", "暂无", "12a", "—", "3个", "2024年9月"])
def test_what_is_no_bare_number_has_no_value(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("总投资（万元）", "万元"),
        ("总投资(亿元)", "亿元"),
        ("单位：亿元", "亿元"),
        ("投资额（单位：千元）", "千元"),
        ("总投资/万元", "万元"),
    ],
)
def test_a_header_gives_the_unit_of_its_column(header: str, unit: str) -> None:
    assert money_unit(header) == unit


@pytest.mark.parametrize("header", ["总投资", "人数（万人）", "面积（亩）", "完成率（%）"])
def test_a_header_without_money_gives_no_unit(header: str) -> None:
    assert money_unit(header) is None


def test_the_unit_of_the_header_converts_a_bare_number() -> None:
    assert amount_value("1.2", "亿元") == 12000.0


def test_a_unit_in_the_cell_wins_over_the_header() -> None:
    assert amount_value("1.2亿元", "万元") == 12000.0


SCALES = {"亿元": 10_000, "万元": 1, "千元": 0.1}


@settings(deadline=None, max_examples=80)
@given(
    number=st.decimals(min_value="0.01", max_value="99999", places=2),
    unit=st.sampled_from(sorted(SCALES)),
    hedge=st.sampled_from(["", "约", "近"]),
    wide=st.booleans(),
    thousands=st.booleans(),
)
def test_an_amount_that_is_written_reads_back(
    number: object, unit: str, hedge: str, wide: bool, thousands: bool
) -> None:
    digits = f"{number:,}" if thousands else f"{number}"
    if wide:
        digits = digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    written = f"{hedge}{digits}{unit}"
    (found,) = amounts(f"总投资为{written}。")
    assert f"总投资为{written}。"[found.start : found.end] == written
    assert found.value == pytest.approx(float(number) * SCALES[unit], abs=1e-5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3000", 3000.0, "万元"),
        ("1.2", 12000.0, "亿元"),
        ("48,500", 4.85, "元"),
        ("3000万元", 3000.0, None),
        ("3000", None, None),
        ("0", 0.0, None),
        ("无", None, None),
    ],
)
def test_a_bare_amount_has_the_unit_of_its_header(
    text: str, value: float | None, unit: str | None
) -> None:
    assert header_unit(text, value) == unit
