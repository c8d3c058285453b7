"""Classes that a report counts side by side, and tells of again in their own sections."""

from __future__ import annotations

import pytest

from assistant.ledger.restated import restated
from index.records import Document, View

HEAD = (
    "各项目分三类：达标的12个，占46.2%，完成投资3.10亿元；"
    "持平的8个，占30.8%，完成投资1.42亿元；拖后的6个，占23.1%，完成投资0.85亿元。\n"
)
SAME = "一、达标项目（12个）\n这类项目完成投资3.10亿元。\n二、持平项目（8个）\n完成投资1.4亿元。\n"
LATE = "三、拖后项目（6个）\n这类项目占项目总数的{share}，完成投资{amount}。\n"


def found(text: str) -> list[str]:
    view = View(text, tuple(range(len(text))))
    document = Document(0, 0, len(text), "通报")
    return [finding.text for finding in restated(view, document)]


@pytest.mark.parametrize(
    ("share", "amount", "said"),
    [
        ("23.1%", "0.85亿元", []),
        ("23%", "0.9亿元", []),  # rounded
        ("23.1%", "0.58亿元", ["“拖后”的完成投资在一处写0.85亿元，在另一处写0.58亿元"]),
        ("32.1%", "0.85亿元", ["“拖后”的占比在一处写23.1%，在另一处写32.1%"]),
    ],
)
def test_class_told_in_two_ways(share: str, amount: str, said: list[str]) -> None:
    assert found(HEAD + SAME + LATE.format(share=share, amount=amount)) == said


def test_two_classes_are_no_division() -> None:
    text = "达标的12个，占60%，完成投资3.1亿元；拖后的8个，占40%，完成投资1.2亿元。\n"
    assert found(text + "二、拖后项目（8个）\n完成投资2.1亿元。\n") == []
