"""Tables in a document's text are shown in cells, and no character is lost or moved."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.grid import render_body, tables

TEXT = "标题\n序号\t项目\t投资\n1\t石桥改建\t4000\n2\t西环路\t\n注：含上级补助。\n一\t行\n完"


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_lines_with_tabs_that_follow_each_other_are_a_table() -> None:
    found = [TEXT[a:b] for a, b in tables(TEXT, 0, len(TEXT))]
    assert found == ["序号\t项目\t投资\n1\t石桥改建\t4000\n2\t西环路\t\n"]


def test_the_quoted_cell_is_marked_and_its_neighbours_are_not() -> None:
    start = TEXT.index("石桥改建")
    html = render_body(TEXT, (0, len(TEXT)), [], (start, start + 4))
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == ["石桥改建"]
    assert html.count('class="row"') == 3
    assert html.count('class="cell"') == 9


def test_a_quote_over_a_row_marks_each_of_its_cells() -> None:
    start = TEXT.index("1\t石桥")
    html = render_body(TEXT, (0, len(TEXT)), [], (start, start + len("1\t石桥改建\t4000")))
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == ["1", "石桥改建", "4000"]


@given(
    text=st.text(alphabet="甲<&\t\t\n\n𠮷", max_size=60),
    ends=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    quote=st.tuples(st.integers(0, 60), st.integers(1, 20)),
)
def test_every_character_is_there_in_its_order(
    text: str, ends: tuple[int, int], quote: tuple[int, int]
) -> None:
    low, high = sorted(min(end, len(text)) for end in ends)
    start = min(quote[0], len(text))
    marked = (start, min(start + quote[1], len(text)))
    html = render_body(text, (low, high), [(0, 9, "heading")], marked)
    assert shown(html) == text[low:high]
    told = shown("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL)))
    within = text[max(low, marked[0]) : min(high, marked[1])]
    assert [c for c in told if c not in "\t\n"] == [c for c in within if c not in "\t\n"]
