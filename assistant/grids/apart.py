"""Headings that a question says in part: around a word of asking, or only what is done.

“亮什么牌” asks for 亮牌; “甲某包联的项目” says of 包联领导 that it is 甲某.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.grids.conditions import Among, Condition
from assistant.grids.reading import Grid
from index.words import fold

LONGEST = 8  # characters of a heading that a question may part
_ASKING = r"的?是?(?:什么时候|什么|何时|哪[一几]?[种个类档]?|啥|多少|几)"


def parted_heads(text: str, grid: Grid) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the columns whose heading a text says around a word of asking, with the place."""
    for column in grid.columns:
        head = re.sub(r"[（(].*", "", fold(column.name)).strip()
        if not re.fullmatch(rf"[\u4e00-\u9fff]{{2,{LONGEST}}}", head):
            continue
        ways = (head[:at] + _ASKING + head[at:] for at in range(1, len(head)))
        if match := re.search("|".join(ways), text):
            yield column.number, match.span()


_WHO = re.compile(r"(?:市|县|区|镇)?(?:领导|单位|部门|责任人|负责人|人员|人)$")


def roles_said(text: str, conditions: Sequence[Condition], grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield where a text says what those do whom a condition names."""
    for condition in conditions:
        head = fold(grid.column(condition.column).name) if isinstance(condition, Among) else ""
        does = _WHO.sub("", head)
        if len(does) >= 2 and does != head and (at := text.find(does)) >= 0:
            yield at, at + len(does)
