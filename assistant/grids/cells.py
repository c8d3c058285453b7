"""What a question says of cells as filled in, of rows left out, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.grids.conditions import Among, Apart, Condition, Filled, Named, Part
from assistant.grids.naming import head_variants, is_class, values_of, variants
from assistant.grids.reading import Column, Grid
from index.ledger.prose import chinese_count
from index.ledger.tables import is_empty
from index.words import fold

Span = tuple[int, int]
_QUOTE = "[“”\"'「」『』‘’]"
_WRITTEN = r"(?:填|写|标|注|登记|显示)(?:写|明|注)?(?:的)?(?:是|为|了|着|成)?|是|为"
_BLANK = r"(?:空着?|空白|空缺|没填|未填|没有?填写?|未填写?|没写)(?:的)?"
_PLACE = r"(?:这|那)?(?:一)?(?:栏|列|项)?(?:里面?|中|上)?"
_TROUBLE = re.compile(r"问题|困难")
_SAY_TROUBLE = re.compile(
    r"(?P<no>没有?|无|不|未)?(?:存在|有|反映)(?:了|着)?(?:什么|任何)?(?:问题|困难)(?:的)(?!原因)"
)
_EXCEPT = re.compile(
    r"(?:除了?|除去|去掉|扣除|不算|不包括|不含)(?P<what>[^，,。？?（）()]{2,20}?)(?:之外|以外|外(?!墙|立|网)|[，,]|的?(?=其他|其它|其余|还有))"
)
_REST = re.compile(r"(?:其他|其它|其余|别的|剩下|余下)的?")
_NUMERAL = "一二两三四五六七八九十"
# “三家”, “这五个”: how many there are; not “前三个”, “三个月”, “第三个”, “哪几个”.
STATED = re.compile(
    rf"(?<!最\w的)(?<![第前后最哪头几\d.{_NUMERAL}])(?:[这那]|一共|总共)?(?P<n>[{_NUMERAL}]{{1,3}}|\d{{1,3}})"
    r"(?:个|家|项|条|座|所|处|件)(?!月|季度|百分|多|亿|工作日|方面)"
)
_PORTION = re.compile(
    r"(?P<before>超过|不低于|达到|不到|不足|低于|没到|未到|没达到|未达到|没过|没有?完成|未完成)?(?P<of>年度计划|年计划|总投资|计划)?"
    r"的?(?P<n>一半|[一二三四五六七八九]成|\d+(?:\.\d+)?%)(?:都|也)?(?P<after>以上|及以上|以下|没到|不到|没完成|未完成)?"
)


def stated_number(question: str) -> int | None:
    """Return how many rows a question says there are (“那三家”), None where it says none."""
    found = {chinese_count(m["n"]) for m in STATED.finditer(question)}
    number = found.pop() if len(found) == 1 else None
    return number if number and number > 1 else None


def cells_said(text: str, grid: Grid) -> Iterator[tuple[Condition, Span]]:
    """Yield what a question says a column is filled with (“‘问题’一栏填‘无’的”, “备注空着的”)."""
    for column in grid.columns:
        if column.kind == "serial":
            continue
        for head in head_variants(column):
            named = rf"{_QUOTE}?{re.escape(head)}{_QUOTE}?{_PLACE}"
            blank = re.search(rf"{named}(?:是|为|还|都)*{_BLANK}", text)
            if blank and column.kind != "number":
                yield Filled(column.number, filled=False), blank.span()
                return
            said = re.search(
                rf"{named}(?:都|全)?(?:{_WRITTEN}){_QUOTE}(?P<value>[^“”\"'「」『』‘’]+){_QUOTE}(?:的)?",
                text,
            )
            said = said or re.search(rf"{named}(?:{_WRITTEN})(?P<value>无|没有)(?:的)", text)
            if said and (values := _having(said["value"], column, grid)):
                yield Among(column.number, values, said["value"]), said.span()
                return
    troubles = (c for c in grid.columns if _TROUBLE.search(c.name) and c.number != grid.name)
    trouble = next(troubles, None)
    if trouble and (match := _SAY_TROUBLE.search(text)):
        cells = [line.words.get(trouble.number, "") for line in grid.lines]
        if any(map(is_empty, cells)) and not all(map(is_empty, cells)):
            yield Filled(trouble.number, filled=not match["no"]), match.span()


def _having(value: str, column: Column, grid: Grid) -> frozenset[str]:
    """Return the cells that are a value, else those that hold it."""
    cells = {w for line in grid.lines if (w := line.words.get(column.number))}
    same = frozenset(w for w in cells if fold(w) == value)
    return same or frozenset(w for w in cells if len(value) > 1 and value in fold(w))


def others_in(text: str, grid: Grid) -> Iterator[tuple[list[Condition], Span]]:
    """Yield the rows that a question leaves out by a value or a name, if it says just that.

    “其他单位” behind it says no more: a span without a condition.
    """
    match = _EXCEPT.search(text)
    if match is None:
        return
    what = re.sub(r"(?:负责|牵头|名下)?(?:的)?(?:项目|工程)?$", "", match["what"])
    parts = [part for part in re.split(r"[、和及与]", what) if part]
    found = [meant for part in parts if (meant := _meant(part, grid))]
    if not found or len(found) < len(parts):
        return
    yield [Apart(meant) for meant in found], match.span()
    if rest := _REST.search(text, match.end()):
        for_all = re.match(
            r"(?:单位|部门|地方|县区?|乡镇|街道)(?:的)?(?:还有?)?", text[rest.end() :]
        )
        end = rest.end() + (for_all.end() if for_all else 0)
        yield [], (rest.start(), end)


def _meant(words: str, grid: Grid) -> Among | Named | None:
    for column in grid.columns:
        if is_class(column, grid):
            same = {
                written
                for folded, written in values_of(column, grid).items()
                if words in variants(folded, column)
            }
            if same:
                return Among(column.number, frozenset(same), words)
    rows = [line for line in grid.lines if words == fold(line.words.get(grid.name, ""))]
    return Named(frozenset(line.start for line in rows), words) if rows else None


def portions_in(text: str, planned: Column | None, done: Column | None) -> tuple[Part, Span] | None:
    """Return the bound on the share of the planned that is done (“不到计划一半的”)."""
    match = _PORTION.search(text)
    if match is None or planned is None or done is None:
        return None
    words = match["before"] or match["after"]
    if not words or not re.match(r"的|$|[，,]", text[match.end() :]):
        return None
    number = match["n"]
    share = 50.0 if number == "一半" else (
        float(number[:-1]) if number.endswith("%") else 10.0 * chinese_count(number[0])
    )  # fmt: skip
    above = bool(re.search(r"^超过|不低于|^达到|以上", words))
    part = Part(planned.number, done.number, share if above else None, None if above else share,
                match.group())  # fmt: skip
    return part, match.span()
