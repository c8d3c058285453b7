import pytest

from assistant.dated import day_written, ways_to_say


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("6月底", "6月30日"),
        ("6月底", "上半年"),
        ("9月底", "三季度"),
        ("2月底", "2月28日"),
        ("12月底", "年底"),
        ("10月23号", "10月23日"),
        ("2季度", "二季度"),
    ],
)
def test_a_time_may_be_said_otherwise(asked: str, said: str) -> None:
    assert said in ways_to_say(asked)
    assert ways_to_say(asked)[0] == asked


@pytest.mark.parametrize("asked", ["2024年", "青禾区", "13月底", "8月"])
def test_other_words_are_said_as_they_are(asked: str) -> None:
    assert ways_to_say(asked) == (asked,)


def test_a_date_is_written_as_far_as_it_is_known() -> None:
    assert day_written("2024-10-03") == "2024年10月3日"
    assert day_written("2024-10") == "2024年10月"
    assert day_written(None) == ""
