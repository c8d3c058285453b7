"""Of an enumeration, the whole is an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.enumerations import LONGEST, whole_enumeration

LINE = "该项目由区住建局、区交通局和区水利局负责，区财政局配合。"


@pytest.mark.parametrize(
    ("text", "pointed", "whole"),
    [
        (LINE, "区住建局", "区住建局、区交通局和区水利局"),
        (LINE, "区交通局", "区住建局、区交通局和区水利局"),
        (LINE, "区财政局", "区财政局"),
        ("主演：吴京、李雪健、沙溢等。", "吴京", "吴京、李雪健、沙溢"),
        ("由雷佳音、张子枫领衔主演，导演沈严。", "雷佳音", "雷佳音、张子枫"),
        ("何立群主持，王五、赵六参加。", "何立群", "何立群"),
        ("张帆（饰李明）、王芳（饰赵敏）主演。", "张帆", "张帆（饰李明）、王芳"),
        ("涉及城东街道、城西街道、柳溪镇3个镇街。", "城西街道", "城东街道、城西街道、柳溪镇"),
        ("林可为和何立群出席。", "林可为", "林可为"),
    ],
)
def test_the_whole_enumeration_is_taken(text: str, pointed: str, whole: str) -> None:
    start = text.index(pointed)
    low, high = whole_enumeration(text, start, start + len(pointed))
    assert text[low:high] == whole


@given(st.text(alphabet="甲乙丙局、和，（）的由 ", max_size=80), st.data())
def test_a_span_only_grows_and_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = whole_enumeration(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)
    assert (low, high) == (start, end) or high - low <= LONGEST
