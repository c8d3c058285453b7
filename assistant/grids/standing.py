"""Places of a ranking that the table itself numbers: “第一名”, “最后一名”, “第3位”."""

from __future__ import annotations

import re

from assistant.grids.asking import NUMERAL
from assistant.grids.conditions import Bound
from assistant.grids.naming import head_variants
from assistant.grids.reading import Column, Grid
from index.ledger.prose import chinese_count

Span = tuple[int, int]
_PLACES = re.compile(r"^(?:名次|排名|位次|排位|排序|综合排名|总排名)$")
_PLACE = re.compile(
    rf"(?:(?:排名?|排在|名列|位列|列)?第(?P<n>{NUMERAL})[名位]"
    r"|(?:排名?|排在|名列|位列|列)?(?P<last>最后一[名位]|最末[名位]?|末[名位]|倒数第一[名位]?|垫底))"
    r"的?"
)
_SCORE = re.compile(r"(?:多少|几)分|得分|总分|分数")
_SCORES = re.compile(r"总分|总得分|综合得分|最终得分|总成绩|^得分$|^分数$")


def is_place(column: Column) -> bool:
    """Tell whether a column numbers the places of a ranking."""
    return column.kind == "number" and bool(_PLACES.match(column.name))


def place_in(text: str, grid: Grid) -> tuple[Bound, Span] | None:
    """Return the place that a question asks after, by the table's own numbers.

    None where a figure of another column is to be ranked (“党建得分最后一名”).
    """
    columns = [c for c in grid.columns if is_place(c)]
    match = _PLACE.search(text)
    if match is None or len(columns) != 1:
        return None
    others = (c for c in grid.columns if c.kind == "number" and not _SCORES.search(c.name))
    before = text[: match.start()]
    if any(words in before for c in others if not is_place(c) for words in head_variants(c)):
        return None
    places = [v for line in grid.lines if (v := line.values.get(columns[0].number)) is not None]
    if not places:
        return None
    place = max(places) if match["last"] else float(chinese_count(match["n"]))
    said = match.group().removesuffix("的")
    return Bound(columns[0].number, place, place, said), match.span()


def score_asked(text: str, grid: Grid) -> tuple[Column, Span] | None:
    """Return the column of the whole score where a question asks after the score."""
    columns = [c for c in grid.columns if c.kind == "number" and _SCORES.search(c.name)]
    match = _SCORE.search(text)
    return (columns[0], match.span()) if match and len(columns) == 1 else None
