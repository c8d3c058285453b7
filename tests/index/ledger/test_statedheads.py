"""Items whose state stands in brackets behind their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.status import status_of
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

REPORT = """# 芦溪县重大项目专报

县项目办　2025年9月8日

截至8月31日，上图项目5个，收口1个，达时序2个，欠时序1个，歇工1个。

口径：“收口”指完工或投用；“达时序”指进度不低于序时要求；“欠时序”指已经动工但落在序时之后；“歇工”指动过工、眼下停着。

## 一、路网

1．县城至石坝公路改造【达时序】牵头：县交通局。盘子4200，完成2980。路基拉通。收口时限12月20日。

2．芦溪大桥【欠时序】牵头：县交通局。盘子3600，完成1350。桩基在打。拖后腿的是：连续降雨冲毁便道，桩基停打。收口时限2026年6月30日。

3．通组路硬化（第二批）【已收口】牵头：县公路段。盘子1850，完成1850。已通过验收。

## 二、水利

4．青冈水库加固【达时序】牵头：县水务局。盘子3100，完成2260。收口时限11月30日。

5．石笋渡改桥【歇工】牵头：石笋乡政府。盘子1100，完成310。停下来的原因：施工单位退场，正在重新招标。
"""


def test_every_item_has_its_own_state_and_owner(read_md: Reader) -> None:
    records = {r.name: r for r in read_md(REPORT).ledger.records}
    assert len(records) == 5
    assert [r.progress for r in records.values()] == [
        "on_schedule",
        "behind",
        None,
        "on_schedule",
        None,
    ]
    assert [r.stage for r in records.values()] == [None, None, "completed", None, "suspended"]
    assert records["石笋渡改桥"].fields["unit"].text == "石笋乡政府"
    assert records["青冈水库加固"].fields["state"].text == "达时序"


def test_a_labelled_reason_is_that_of_what_is_late(read_md: Reader) -> None:
    records = {r.name: r for r in read_md(REPORT).ledger.records}
    reasons = {name: r.fields["reason"].text for name, r in records.items() if "reason" in r.fields}
    assert reasons == {
        "芦溪大桥": "连续降雨冲毁便道，桩基停打",
        "石笋渡改桥": "施工单位退场，正在重新招标",
    }


def test_other_brackets_are_no_states(read_md: Reader) -> None:
    items = [f"{n}．{side}河桥【附件{n}】请查收。\n\n" for n, side in enumerate("东西南", 1)]
    text = "# 通知\n\n" + "".join(items)
    assert read_md(text).ledger.records == []


@pytest.mark.parametrize(
    ("words", "progress"),
    [
        ("进度不低于序时要求", None),
        ("不慢于节点", None),
        ("低于序时进度", "behind"),
        ("落在序时之后", "behind"),
        ("没跟上时序", "behind"),
        ("跟上时序", "on_schedule"),
        ("一季度曾落后", None),
        ("进度一度滞后", None),
    ],
)
def test_what_is_not_behind_is_not(words: str, progress: str | None) -> None:
    assert status_of(words).progress == progress
