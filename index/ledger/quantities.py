"""Quantities of any unit that prose states: 26.8公里, 12件, 1.32万人, 60.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {
    "": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
# What tells how large a thing is, rather than how many there are.
SIZES = "平方公里|平方千米|平方米|立方米|立方|公里|千米|米|公顷|亩|吨|公斤|千瓦时|千瓦|兆瓦|度"
UNITS = (
    f"{SIZES}|人次|批次|车次|户次|人|户|名|位|家|个(?!月|百分|小时|工作日)|件|项(?!目)|套|栋|幢|座|处|部|台|辆|条|根|份|张|起|宗|例"
    "|所|间|层|床|盏|枚|棵|株|头|只|艘|架|对|组|批|场|期(?!间)|次|村|块|片|段|眼|口|孔|元|%"
)
# “（年产6万吨）”, “（50兆瓦）”, “（18个小区）”: how large the thing is, no reason and no status.
SCALE = re.compile(
    r"(?:(?:年|日|月|时|总|单|设计|建筑|占地|装机|规划|新增|全|床位|处理|供[水热气]|发电)*(?:产能?|处理|供[水热气]|发电|面积|容量|库容|规模|能力|[全总]?长)?)"
    rf"[约近超]?[\d.．,，]+[多余]?[万亿千百]*(?:{SIZES}|[处座套栋幢张所户盏台辆间眼口]|个?(?:[车床学泊]位|网点|站点|充电桩))(?:[/／每][日天年时])?"
    r"|(?:共|含|涉及|包括)?[约近]?\d+[多余]?(?:个(?:小区|行政村|自然村|村|社区|片区|院落|楼院|标段|子项|单体|点位|泊位|车位|床位|镇|乡|乡镇|街道)"
    r"|[处栋幢条座所口套间户盏台株村])"
)
_QUANTITY = re.compile(
    r"(?P<hedge>大约|约|近|超过|超|逾|不足|至少|将近|不少于|不低于|不高于|不超过)?\s*"
    r"(?<![\d.A-Za-z第—–~\-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<more>多|余)?"
    rf"(?P<scale>万亿|千万|百万|亿|万|千)?(?P<much>多|余)?(?P<unit>{UNITS})(?P<tail>左右|以上|以下|以内)?"
)
_MEASURE = re.compile(rf"(?:[万亿千百]?(?:元|亩|{UNITS}|立方|项目))|％")
MOST_DIGITS = 15  # a longer number counts nothing
_LOOKED_BACK = 8  # characters before that tell whether a number begins there
_PLAIN = str.maketrans("０１２３４５６７８９．％，", "0123456789.%，")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``text[start:end]``; ``value`` in the unit without its scale."""

    start: int
    end: int
    value: Decimal
    unit: str
    text: str
    hedged: bool
    places: int
    scale: str

    @property
    def half(self) -> Decimal:
        """Half a unit of the last digit where digits may have been rounded off, else nothing."""
        if not (self.places or self.scale or self.unit == "%"):
            return Decimal(0)
        return Decimal(5) / Decimal(10) ** (self.places + 1) * _SCALES[self.scale]

    def say(self, value: Decimal) -> str:
        """Return a computed value in the scale and unit that this one is written in."""
        scaled = (value / _SCALES[self.scale]).quantize(Decimal("0.0001")).normalize()
        return f"{scaled:f}{self.scale}{self.unit}"


def quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yield the quantities in ``text[start:end]``, in order."""
    stop = len(text) if end is None else end
    low = max(0, start - _LOOKED_BACK)
    plain = text[low:stop].translate(_PLAIN)
    for match in _QUANTITY.finditer(plain, start - low):
        number = match["number"].replace(",", "")
        if len(number) > MOST_DIGITS:
            continue
        scale = match["scale"] or ""
        yield Quantity(
            low + match.start("number"),
            low + match.end("unit"),
            Decimal(number) * _SCALES[scale],
            match["unit"],
            text[low + match.start("number") : low + match.end("unit")],
            bool(match["hedge"] or match["more"] or match["much"] or match["tail"]),
            len(number.partition(".")[2]),
            scale,
        )


def is_measure(words: str) -> bool:
    """Tell whether a cell is but a unit of measure (“亩”, “万元”)."""
    return bool(_MEASURE.fullmatch(words.strip()))
