"""The check of answers must find each fault, and none where there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evals.public.checking import Check, check, loose_figures

TEXT = "全年完成投资４．０３亿元，占16.8％。\n二〇二四年三月动工，共十三个项目。"


def answer(text: str, **changes: Any) -> dict[str, Any]:
    quotes = [TEXT[:18], TEXT[19:]]
    base: dict[str, Any] = {
        "answer": text,
        "short": None,
        "refused": False,
        "count": None,
        "value": None,
        "citations": [
            {"n": n, "document": "a", "title": "通报", "quote": quote,
             "start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote)}
            for n, quote in enumerate(quotes, start=1)
        ],
    }  # fmt: skip
    return base | changes


def checked(text: str, **changes: Any) -> Check:
    return check(answer(text, **changes), {"a": TEXT})


def test_a_borne_out_answer_has_no_faults() -> None:
    found = checked(
        "完成投资**4.03亿元**，占16.8%。[1]\n- 二〇二四年三月动工[2]", short="4.03 亿元"
    )
    assert found == Check()


def test_the_same_amount_in_another_unit_is_no_fault() -> None:
    assert checked("完成投资40300万元。[1]").figures == []
    assert checked("403 million yuan[1]").figures == []
    assert checked("In March 2024, 13 projects[2]").figures == []


@pytest.mark.parametrize(
    ("said", "loose"),
    [
        ("完成投资4.04亿元。[1]", ["4.04亿"]),
        ("完成投资4.03万元。[1]", ["4.03万"]),  # the number stands there, the amount does not
        ("占6.8％。[1]", ["6.8"]),
        ("共十三个项目。[1]", ["十三"]),  # it is in the other quote
        ("共十四个项目。[2]", ["十四"]),
        ("started in April 2024[2]", ["april"]),
    ],
)
def test_a_figure_that_the_line_does_not_cite_is_found(said: str, loose: list[str]) -> None:
    assert checked(said).figures == loose


def test_computed_figures_and_ordinals_are_no_faults() -> None:
    assert checked("共 2 个[2]", count=2).figures == []
    value = {"number": 5.96, "unit": "亿元", "formula": "4.03 + 1.93"}
    assert checked("合计5.96亿元[1]", value=value).figures == []
    assert checked("| 7 | 十三个项目[2] |\n7. 十三个项目[2]").figures == []


def test_bold_and_short_words_must_stand_in_a_quote() -> None:
    assert checked("**区交通局**负责[1]").words == ["区交通局"]
    assert checked("完成[1]", short="区交通局").words == ["区交通局"]
    assert checked(r"占\*\*区[1]").words == []  # a mask of the document, no bold


def test_citations_that_do_not_hold_are_found() -> None:
    moved = answer("完成投资[1]")
    moved["citations"][0] = moved["citations"][0] | {"start": 1}
    assert check(moved, {"a": TEXT}).citations == ["[1] is not at its offsets"]
    assert check(moved, {}).citations[0] == "[1] cites an unknown document a"
    assert checked("完成[1][3]").citations == ["[3] has no citation"]
    assert checked("完成", citations=[]).citations == ["no citation"]
    assert checked("没有写[1]", refused=True).citations == ["refused with citations"]
    assert checked("没有写", refused=True, citations=[]).citations == []


@given(st.text("零一二三四五六七八九十百千万亿0123456789.,年月亿元％ ab", max_size=40))
def test_words_that_are_cited_whole_have_no_loose_figure(text: str) -> None:
    assert loose_figures(text, f"前{text}后") == []


@given(st.integers(1, 10**9))
def test_a_number_that_stands_nowhere_is_loose_unless_computed(number: int) -> None:
    assert loose_figures(f"共{number}", "没有数字") == [str(number)]
    assert loose_figures(f"共{number}", "没有数字", [Decimal(number)]) == []
