"""How many are left: as a sentence says it, else worked out of all and those done."""

from __future__ import annotations

import pytest

from assistant.things.beside import asks_as_of
from assistant.things.remaining import left_of
from assistant.things.remarks import Remark, Thing
from assistant.things.wants import wants_of

THING = Thing("望江里小区", ("望江里小区",), (0, 5))


def _remark(text: str, date: str = "2025-06-01") -> Remark:
    return Remark("sentence", "", text, 1, 0, date, "情况", "情况")


@pytest.mark.parametrize(
    ("question", "text", "number", "worked_out"),
    [
        ("望江里小区的违建还剩几处没拆？", "望江里小区31处违建已拆12处。", 19, True),
        ("望江里小区违建还有多少处没拆", "望江里小区违建共31处，已拆除12处。", 19, True),
        ("望江里小区还有几户没签协议？", "望江里小区涉及40户，已签协议37户。", 3, True),
        ("望江里小区还剩几户没签协议？", "望江里小区协议签了37户，还剩3户。", 3, False),
        ("望江里小区还有几户没签约？", "望江里小区40户中已签约38户，剩下的2户在北口。", 2, False),
        ("望江里小区雨水井还剩几座没修？", "望江里小区50座雨水井已修45座。", 5, True),
        ("望江里小区的问题还剩几个没整改？", "望江里小区9个问题，已整改7个。", 2, True),
        ("望江里小区问题还有几个没整改？", "望江里小区问题未整改2个。", 2, False),
    ],
)
def test_what_is_left_is_told(question: str, text: str, number: int, worked_out: bool) -> None:
    left = left_of(wants_of(question, THING)[0], [_remark(text)])
    assert left is not None
    assert (left.number, left.total is not None) == (number, worked_out)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("望江里小区的违建还剩几处没拆？", "望江里小区31处积水点已修12处。"),
        ("望江里小区的违建还剩几处没拆？", "望江里小区12处违建已拆31处。"),
        ("望江里小区有几处违建？", "望江里小区31处违建已拆12处。"),
        ("望江里小区的违建还剩几户没拆？", "望江里小区31处违建已拆12处。"),
    ],
)
def test_nothing_is_worked_out_of_other_matters(question: str, text: str) -> None:
    assert left_of(wants_of(question, THING)[0], [_remark(text)]) is None


def test_of_two_reports_the_newer_tells_what_is_left() -> None:
    remarks = [
        _remark("望江里小区31处违建已拆12处。"),
        _remark("望江里小区31处违建已拆20处。", "2025-07-01"),
    ]
    left = left_of(wants_of("望江里小区的违建还剩几处没拆？", THING)[0], remarks)
    assert left is not None
    assert left.number == 11


@pytest.mark.parametrize("words", ["数据截到什么时候", "截至什么时候的数", "数是截到哪天的"])
def test_how_current_the_figures_are_is_a_want_of_its_own(words: str) -> None:
    wants = wants_of(f"望江里小区现在干到哪一步了，{words}？", THING)
    assert [asks_as_of(want) for want in wants] == [False, True]
    assert not asks_as_of(wants_of("望江里小区截至什么时候完工", THING)[0])
