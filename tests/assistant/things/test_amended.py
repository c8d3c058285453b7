"""Sentences that set an earlier value right."""

from __future__ import annotations

import pytest

from assistant.things.amended import amendments_in


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        ("总投资由486万元调整为538万元，增加52万元。", "486万元", "538万元"),
        ("责任人由甲某变更为乙某。", "甲某", "乙某"),
        ("原通报完成6520万元，漏计600万元，更正为7120万元。", "原通报完成6520万元", "7120万元"),
        ("清单第4项责任人“何健平”应为“何建平”，系同音误写。", "何健平", "“何建平”"),
        ("整改时限由8月10日延至8月31日。", "8月10日", "8月31日"),
        ("年度目标由12处调减为9处，余下明年再建。", "12处", "9处"),
        ("预算由70万元同步调为52万元。", "70万元", "52万元"),
    ],
)
def test_old_and_new_value_are_told_apart(sentence: str, old: str, new: str) -> None:
    found = next(amendments_in(sentence))
    assert old in found.old or found.old in old
    assert sentence[slice(*found.new)].strip() == new
    assert found.corrects


def test_growth_sets_nothing_right() -> None:
    found = next(amendments_in("未签约户已由6月底的41户减少到29户。"))
    assert not found.corrects
