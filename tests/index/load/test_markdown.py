"""Markdown: the source is the text; blocks point at the words in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.load.markdown import read_markdown
from index.records import LoadedFile
from tests.index.load.checks import assert_sound, cells, said

SOURCE = """---
title: 季度通报
---
# 总标题

区委书记**主持会议，**强调了两点。
第二行接着说，

## 一、情况 ##

- 甲项目
- [ ] 乙项目
1. 丙项目

| 名称 | 投资 | 备注 |
|------|-----:|:----:|
| 甲 | 1,200 | a\\|b |
| 乙 || |

小标题
------

```text
# 不是标题
```
> 引文
---
末段。
"""


def load(text: str) -> LoadedFile:
    loaded = read_markdown(text.encode())
    assert_sound(loaded)
    return loaded


def test_source_is_untouched_and_blocks_point_at_words() -> None:
    loaded = load(SOURCE)
    assert loaded.text == SOURCE
    assert said(loaded, "heading") == ["总标题", "一、情况", "小标题"]
    assert [b.level for b in loaded.blocks if b.kind == "heading"] == [1, 2, 2]
    assert said(loaded, "list_item") == ["甲项目", "乙项目", "1. 丙项目"]
    assert said(loaded, "paragraph") == [
        "区委书记**主持会议，**强调了两点。", "第二行接着说，", "# 不是标题", "引文", "末段。",
    ]  # fmt: skip
    assert loaded.title == "季度通报"


def test_pipe_table_has_cells_and_its_delimiter_row_has_none() -> None:
    loaded = load(SOURCE)
    assert cells(loaded) == {
        (0, 0): "名称", (0, 1): "投资", (0, 2): "备注",
        (1, 0): "甲", (1, 1): "1,200", (1, 2): "a\\|b",
        (2, 0): "乙", (2, 1): "", (2, 2): "",
    }  # fmt: skip


def test_mask_at_the_start_of_a_line_is_no_list() -> None:
    loaded = load("**要求，各单位抓紧。\n\n***\n\n*某同志*讲话。\n")
    assert said(loaded, "paragraph") == ["**要求，各单位抓紧。", "***", "*某同志*讲话。"]


def test_wrapped_lines_share_a_block_and_numbered_ones_do_not() -> None:
    loaded = load("今年以来各项工作进展\n顺利，没有停工。\n二、问题\n三、措施\n")
    assert said(loaded, "paragraph") == [
        "今年以来各项工作进展\n顺利，没有停工。",
        "二、问题",
        "三、措施",
    ]


def test_unclosed_fence_and_front_matter_lose_nothing() -> None:
    assert said(load("```\n甲\n乙"), "paragraph") == ["甲", "乙"]
    assert said(load("---\n甲\n乙。\n"), "paragraph") == ["甲\n乙。"]


@given(st.text(st.sampled_from("甲乙ab #*-_|`~>=:[]<!\\\n\r 1.、。"), max_size=120))
def test_any_source_comes_back_and_every_word_is_in_a_block(text: str) -> None:
    loaded = read_markdown(text.encode())
    assert loaded.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert_sound(loaded)
    inside = {i for b in loaded.blocks for i in range(b.start, b.end)}
    assert all(i in inside for i, c in enumerate(loaded.text) if not c.isspace())


words = st.text(st.sampled_from("甲乙丙12.，％ "), max_size=6).map(str.strip)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=4))
def test_table_cells_are_exact(table: list[list[str]]) -> None:
    lines = ["|" + "|".join(f" {word} " for word in row) + "|" for row in table]
    loaded = load("\n".join([lines[0], "|---|---|---|", *lines[1:]]))
    found = cells(loaded)
    assert [[found[r, c] for c in range(3)] for r in range(len(table))] == table
