"""Answers line by line: masks stay, bold goes, and no citation is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.claims import as_markdown, claims_of, plain_words
from assistant.web.markup import Marks, plain_text, render_answer

ANSWER = """按 状态=未开工 筛选，共 **2个**。[1]

| 序号 | 项目 | 原因 |
| --- | --- | --- |
| 1 | \\*\\*产业园[2] | 资金\\|土地[2][3] |
- 西环路大修（方案\\[一\\]）[4]
12. 第三条。"""


def test_each_line_is_a_claim_with_its_citations() -> None:
    claims = claims_of(ANSWER)
    assert [(c.text, c.numbers, c.is_item) for c in claims] == [
        ("按 状态=未开工 筛选，共 2个。[1]", (1,), False),
        ("序号　项目　原因", (), False),
        ("1　**产业园[2]　资金|土地[2][3]", (2, 3), False),
        ("西环路大修（方案[一]）[4]", (4,), True),
        ("12. 第三条。", (), True),
    ]
    assert [c.is_head for c in claims] == [False, True, False, False, False]
    assert claims[2].cells == ("1", "**产业园[2]", "资金|土地[2][3]")


@pytest.mark.parametrize(
    "typed", ["**产业园未开工[1]", "[x](http://a) ![y](z) [2]", "a\\b*c*", "[12345] [1]", "<b>[1]"]
)
def test_what_a_person_typed_is_shown_literally(typed: str) -> None:
    written = as_markdown(typed)
    assert plain_words(written) == typed
    html = render_answer(written, Marks(cite=lambda n: None))
    assert "<strong>" not in html
    assert re.sub(r"<[^>]+>", "", html).replace("&lt;b&gt;", "<b>") == typed


@given(st.text(alphabet="a[]*\\|1 \n[1]一"))
def test_typed_text_survives_and_both_readers_agree(typed: str) -> None:
    written = as_markdown(typed)
    assert plain_words(written) == plain_text(written) == typed


@given(st.text(alphabet="ab|*\\[]12- .\n一"))
def test_claims_carry_every_mark_of_the_answer_in_order(markdown: str) -> None:
    marks = re.findall(r"(?<!\\)\[(\d{1,4})\]", markdown)
    told = [str(n) for claim in claims_of(markdown) for n in claim.numbers]
    lines = [line for line in markdown.split("\n") if line.strip()]
    wanted = [n for line in lines for n in dict.fromkeys(re.findall(r"(?<!\\)\[(\d{1,4})\]", line))]
    assert [str(int(n)) for n in wanted] == told
    assert {int(n) for n in marks} == set(map(int, told))
