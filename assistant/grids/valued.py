"""Sentences that give figures of several names, as tables: what a question calls their rows.

“慢于序时8个” is asked for as “拖后的”, “中央4100万元” as “中央的”: names of such a list are
states or parts, and a number of them is the figure told, not how many names there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.grids import asking
from assistant.grids.conditions import Named
from assistant.grids.linked import Linked
from assistant.grids.reading import Column, Grid, Line
from assistant.grids.said import Span, Text
from index.words import fold

_NOT = r"(?:尚未|还未|还没有?|没有?|未)(?:能|真正|正式|实质性)?"
_BEGIN = r"(?:开工|动工|开建|破土|启动|落地|动)"
# What a list may sort by, each in the words of lists and of those who ask.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("idle", re.compile(rf"{_NOT}{_BEGIN}(?:的|起来)?|还?停在纸面上?")),
    ("stopped", re.compile(r"停工|停建|停滞|缓建")),
    ("slow", re.compile(r"(?:慢于|低于|落后于|滞后于)(?:序时|时序|计划)(?:进度)?|(?:进度|进展|推进|跑得?|走得?)[^，,\d]{0,2}慢|滞后|落后|拖(?:在)?后(?:腿|面|头)?|掉队|没跟上(?:序时)?(?:进度)?")),
    ("fast", re.compile(r"(?:快于|高于|超过|领先于?|超前于?|超)(?:序时|时序|计划)(?:进度)?|(?:进度|进展|推进|跑得?|走得?)[^，,慢\d]{0,2}快|(?:跑|走)在前(?:面|头|列)?|超前|领先")),
    ("level", re.compile(r"[与跟和同](?:序时|时序|计划)(?:进度)?[^，,\d]{0,3}(?:合拍|同步|持平|一致|相当)|(?:达到|符合|跟上|按)(?:照)?(?:序时|时序|计划)(?:进度)?(?:推进)?|基本同步|进度正常|正常推进")),
    ("done", re.compile(r"(?<![未没])(?:已|全部)?(?:建成|竣工|完工|投用|投产|交付|办结|销号|建好)(?:投用|投产|使用)?了?")),
    ("begun", re.compile(rf"(?<![未没])(?:已经?|真正|正式|新|实际)?{_BEGIN}(?!率)")),
    ("handling", re.compile(r"(?:正在|在)?(?:办|跑)(?:理)?(?:前期)?手续")),
)  # fmt: skip
_SORTS = re.compile(
    r"(?:[两二三四五六七八几这那]个?)?(?:档|类|部分)(?=$|[，,的 ])|各地|各个?地方|各(?:区|县|镇|乡镇|街道|市)"
)
_RATE = re.compile(r"(?<!效)率|百分点|增速|增幅")
# Whose figure is asked for, and how such names end.
_NAMES = (
    ("place", re.compile(r"各地|哪(?:一)?个?(?:地方|[省市县区镇乡村]|乡镇|街道|镇街|县区)")),
    ("unit", re.compile(r"哪(?:一)?(?:个|家)?(?:单位|部门|局|公司|企业|机关)|各(?:单位|部门)")),
)
_ENDS = {
    "place": re.compile(r"(?:[省市县区镇乡州旗村]|街道|管委会|新区|开发区)$"),
    "unit": re.compile(r"(?:[局委办院校厂行]|公司|集团|中心|管委会|街道|[镇乡])$"),
}
_MONEY = re.compile(r"钱|资金|投资|金额|款项?|投入")
_COUNTS = re.compile(r"(?:几|多少)(?P<unit>[个项家户件处座人亩套公里吨]+)")
_SHARE = re.compile(
    r"占(?:了|到)?(?:多大比例|多少|百分之几|几成|(?:比|比例|比重)(?:是|为)?(?:多少|多大)?)(?=$|[，,。 ])"
)


def is_valued(grid: Grid) -> bool:
    """Tell whether a table is a sentence that gives figures of several names."""
    return grid.told is not None and grid.told.valued


def kinds_said(text: str, grid: Grid) -> Iterator[tuple[Named, Span]]:
    """Yield the rows whose names say a state that a question says in other words."""
    own: dict[str, set[int]] = {}
    for line in grid.lines:
        for kind, _ in _kinds(fold(line.words.get(grid.name, ""))):
            own.setdefault(kind, set()).add(line.start)
    for kind, span in _kinds(text):
        if kind in own:
            yield Named(frozenset(own[kind]), text[slice(*span)].strip()), span


def _kinds(text: str) -> Iterator[tuple[str, Span]]:
    rest = text
    for kind, pattern in _KINDS:
        for match in pattern.finditer(rest):
            yield kind, match.span()
        rest = pattern.sub(lambda m: " " * len(m.group()), rest)


def share_asked(text: str) -> Span | None:
    """Return where a question asks what share a part is of the whole that is told with it."""
    match = _SHARE.search(text)
    return match.span() if match else None


def find_value(said: Text, linked: Linked) -> bool:
    """Find the figure asked for: by its unit, as money, or as the only one there is.

    False where no figure of the list is meant: other names, or a rate that it does not give.
    """
    grid = linked.grid
    asked = next((kind for kind, words in _NAMES if words.search(said.text)), "")
    if asked and not names_are(asked, grid):
        return False
    for sorts in _SORTS.finditer(said.rest()):
        said.take(sorts.span())
    numbers = [c for c in grid.columns if c.kind == "number"]
    money = [c for c in numbers if c.unit.endswith("元")]
    if money and (match := _MONEY.search(said.text)):
        if linked.measure is None and len(money) == 1:
            linked.measure = money[0].number
        said.take(match.span())
        linked.score += 1
    if linked.measure is None:
        linked.measure = _only_figure(said.text, numbers)
    if linked.measure is None:
        return False
    return not _RATE.search(said.text) or grid.column(linked.measure).unit == "%"


def _only_figure(text: str, numbers: Sequence[Column]) -> int | None:
    """Return the one column of figures that a question may ask for, None of several."""
    counts = _COUNTS.search(text)
    if counts:
        fits = [c for c in numbers if c.unit and counts["unit"].startswith(c.unit)]
    else:
        fits = list(numbers) if _asks_figure(text) else []
    return fits[0].number if len(fits) == 1 else None


def names_are(kind: str, grid: Grid) -> bool:
    """Tell whether most names of a list are of a kind: places, or units."""
    names = [line.words.get(grid.name, "") for line in grid.lines]
    return 2 * sum(bool(_ENDS[kind].search(name)) for name in names) > len(names)


def _asks_figure(text: str) -> bool:
    asked = (asking.HOW_MUCH, asking.RANK, asking.COMPARE, asking.SUM, _SHARE)
    return any(pattern.search(text) for pattern in asked)


def whole_of(grid: Grid, measure: int) -> Line | None:
    """Return the figure that those of a list are parts of, None where the text tells none."""
    return next((line for line, _ in grid.sums if line.values.get(measure)), None)
