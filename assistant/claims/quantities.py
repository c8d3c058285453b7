"""Numbers with their units, hedges and places in folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.citations import chinese_value
from assistant.claims.dates import date_spans

# Factor and base unit; money in 元, lengths in 米, areas in 平方米, masses in 吨.
_UNITS: dict[str, tuple[float, str]] = {
    "个亿": (1e8, "元"), "万亿元": (1e12, "元"), "亿元": (1e8, "元"), "千万元": (1e7, "元"), "百万元": (1e6, "元"),
    "万元": (1e4, "元"), "千元": (1e3, "元"), "元": (1.0, "元"), "亿美元": (1e8, "美元"),
    "万美元": (1e4, "美元"), "美元": (1.0, "美元"),
    "公里": (1e3, "米"), "千米": (1e3, "米"), "km": (1e3, "米"), "米": (1.0, "米"), "里": (500.0, "米"),
    "厘米": (0.01, "米"), "毫米": (0.001, "米"), "m": (1.0, "米"),
    "平方公里": (1e6, "平方米"), "万平方米": (1e4, "平方米"), "平方米": (1.0, "平方米"),
    "平米": (1.0, "平方米"), "万平米": (1e4, "平方米"), "万平方": (1e4, "平方米"), "m2": (1.0, "平方米"),
    "亩": (1.0, "亩"), "万亩": (1e4, "亩"), "公顷": (15.0, "亩"), "万公顷": (15e4, "亩"),
    "万吨": (1e4, "吨"), "吨": (1.0, "吨"), "千克": (1e-3, "吨"), "公斤": (1e-3, "吨"),
    "立方米": (1.0, "立方米"), "万立方米": (1e4, "立方米"), "万方": (1e4, "立方米"), "m3": (1.0, "立方米"),
    "千瓦": (1.0, "千瓦"), "万千瓦": (1e4, "千瓦"), "兆瓦": (1e3, "千瓦"), "kw": (1.0, "千瓦"),
    "mw": (1e3, "千瓦"), "千伏": (1.0, "千伏"), "kv": (1.0, "千伏"),
    "%": (1.0, "%"), "‰": (0.1, "%"), "个百分点": (1.0, "个百分点"), "百分点": (1.0, "个百分点"),
    "成": (10.0, "%"), "倍": (1.0, "倍"),
}  # fmt: skip
# Counters that a writer may change for one another.
_COUNTERS = "部盏册架班顿艘把场对本笔组个项件家户人名位次条处座所栋幢间台套辆米亩吨年月天日周岁号期批张份宗块片段根口眼株头只层级届轮种类方面村组"
_SAME = {
    "项": "个",
    "件": "个",
    "人次": "人",
    "名": "人",
    "位": "人",
    "号": "",
    "幢": "栋",
    "家": "个",
}
_UNIT_WORDS = sorted(_UNITS, key=len, reverse=True)
_UNIT = (
    "|".join(map(re.escape, _UNIT_WORDS))
    + rf"|[万亿](?:人次|[{_COUNTERS}])?|人次|小时|分钟|[{_COUNTERS}]"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百][零〇一二三四五六七八九十百千]*"
_HEDGE_BEFORE = (
    r"(?P<before>大约|大概|约为|约占|约|将近|接近|近|不超过|不高于|不多于|超过|超出|突破|超|逾|高于|多于|达到?|不足|不到|低于|少于"
    r"|不少于|不低于|至少|最多|最少|仅|只有|仅有|仅为|上下)?(?:有)?\s*"
)
_HEDGE_AFTER = r"(?P<after>多|余)?"
_TAIL = r"(?P<tail>左右|上下|以上|以下|以内|之多|不到|有余|多|余)?"
_QUANTITY = re.compile(
    rf"{_HEDGE_BEFORE}(?P<number>{_NUMBER}){_HEDGE_AFTER}[ ]*(?P<unit>{_UNIT})?(?P<of>人民币)?{_TAIL}"
)
# Chinese numerals count as numbers only with a counter: “十三个”, not “一方面” or “三里河”.
_COUNTED = re.compile(
    rf"{_HEDGE_BEFORE}(?<![第十百千])(?P<number>{_CHINESE}){_HEDGE_AFTER}"
    rf"(?P<unit>亿元|万元|个百分点|平方米|平方公里|立方米|公里|[亿万]?[个项件家户人名条处座所栋吨亩]|倍|成(?!都))(?P<of>人民币)?{_TAIL}"
    r"(?!里河|方面|新|条线)"
)
_PERCENT = re.compile(
    rf"{_HEDGE_BEFORE}百分之(?P<number>{_CHINESE}|{_NUMBER})(?P<after>多)?{_TAIL}"
)
_FRACTION = re.compile(
    rf"{_HEDGE_BEFORE}(?P<number>[二三四五六七八九十]分之[一二两三四五六七八九]){_TAIL}"
)
_HALF = re.compile(
    rf"{_HEDGE_BEFORE}(?:[\d.]*[\u4e00-\u9fff]{{1,4}}的)?(?P<number>一半|半数){_TAIL}"
)
_CLASSES = {
    "approx": ["大约", "大概", "约为", "约占", "约", "将近", "接近", "近", "左右", "上下"],
    "over": [
        "超过",
        "超出",
        "突破",
        "超",
        "逾",
        "高于",
        "多于",
        "以上",
        "多",
        "余",
        "之多",
        "有余",
    ],
    "under": ["不足", "不到", "低于", "少于", "以下", "以内", "不超过", "不高于", "不多于", "最多"],
    "least": ["不少于", "不低于", "至少", "最少"],
}
_HEDGE = {word: name for name, words in _CLASSES.items() for word in words}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in folded text.

    ``value`` is in the base unit (元, 米, 平方米, 吨, %); ``unit`` is that base unit,
    a counter, or empty. ``hedge`` is approx, over, under, least or empty.
    ``start``/``end`` are half-open offsets into the folded text.
    """

    value: float
    unit: str
    hedge: str
    start: int
    end: int
    words: str


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of folded ``text`` in order; dates are none."""
    dates = date_spans(text)
    found: list[Quantity] = []
    taken = list(dates)
    for pattern in (_PERCENT, _FRACTION, _HALF, _QUANTITY, _COUNTED):
        for match in pattern.finditer(text):
            span = match.span("number")
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            if pattern is _QUANTITY and _in_word(text, *span):
                continue
            quantity = _quantity(match, percent=pattern in (_PERCENT, _FRACTION, _HALF))
            if text.startswith("的一半", quantity.end):  # “不到214台的一半” hedges the half
                quantity = replace(quantity, hedge="")
            found.append(quantity)
            taken.append((span[0], match.end()))
    return sorted(found, key=lambda q: q.start)


def _in_word(text: str, start: int, end: int) -> bool:
    """Tell whether digits are part of a code in letters (“b1”, “g310”, “pm2.5”)."""
    if start > 0 and text[start - 1].isascii() and text[start - 1].isalpha():
        return True
    letter = re.match(r"[a-z]+", text[end:])
    return bool(letter) and letter.group() not in _UNITS if letter else False


def _quantity(match: re.Match[str], *, percent: bool) -> Quantity:
    raw = match["number"]
    if "半" in raw:
        value = 50.0
    elif "分之" in raw:
        whole, part = map(chinese_value, raw.split("分之"))
        value = 100 * float(part) / float(whole)
    else:
        value = float(raw.replace(",", "")) if raw[0].isdigit() else float(chinese_value(raw))
    unit = "%" if percent else match["unit"] or ""
    factor, base = _base(unit)
    groups = match.groupdict()
    words = [groups.get("tail"), groups.get("after"), groups.get("before")]
    hedge = next((_HEDGE[w] for w in words if w and w in _HEDGE), "")
    return Quantity(
        round(value * factor, 6), base, hedge, match.start("number"), match.end(), match.group()
    )


def _base(unit: str) -> tuple[float, str]:
    if unit in _UNITS:
        return _UNITS[unit]
    factor = {"万": 1e4, "亿": 1e8}.get(unit[:1], 1.0)
    rest = unit[1:] if factor > 1 else unit
    return factor, _SAME.get(rest, rest)


def same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same number of the same thing, hedges apart.

    A number without a unit is the same as that number with any counter, not as an amount.
    """
    if abs(one.value - other.value) > 1e-6 * max(1.0, abs(one.value)):
        return False
    if one.unit == other.unit:
        return True
    measured = {base for _, base in _UNITS.values()}
    return "" in (one.unit, other.unit) and not measured & {one.unit, other.unit}


def hedged_alike(claimed: Quantity, source: Quantity) -> bool:
    """Tell whether a claim hedges a number as its source does: 约 and 近 are alike."""
    if claimed.hedge == source.hedge:
        return True
    return {claimed.hedge, source.hedge} == {"over", "least"}
