from hypothesis import given
from hypothesis import strategies as st

from index.words import chinese_share, fold, units


def test_chinese_becomes_bigrams_and_numbers_stay_whole() -> None:
    assert units("完成54.55亿元") == ["完成", "54.55", "亿元"]


def test_full_width_and_traditional_forms_are_folded() -> None:
    assert units("１９．９％的計劃") == units("19.9%的计划")


def test_thousands_separators_do_not_matter() -> None:
    assert units("403,236") == units("403236")


def test_share_of_chinese_ignores_digits_and_punctuation() -> None:
    assert chinese_share("共 13 个！") == 1.0
    assert chinese_share("A组") == 0.5
    assert chinese_share("123") == 0.0


@given(st.text())
def test_any_text_has_units_without_spaces(text: str) -> None:
    assert all(unit and not any(c.isspace() for c in unit) for unit in units(text))


@given(st.text())
def test_folding_twice_changes_nothing_more_for_chinese(text: str) -> None:
    kept = "".join(c for c in text if "\u4e00" <= c <= "\u9fa5")
    assert fold(fold(kept)) == fold(kept)
