"""Numbers as written: the intervals that round to them, and which are but about so much."""

from __future__ import annotations

import re

from index.ledger.records import Words

EXACT = 1e-6  # of 万元, by which sums of floats may be off
_HEDGED = re.compile(r"约|近|余|多|超|逾|左右|以上|不足|大约")
_DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．](?P<fraction>\d+))?")
SCALE = {"万亿": 1e8, "亿": 1e4, "千万": 1e3, "百万": 1e2, "万": 1.0, "千": 0.1}


def hedged(*numbers: Words) -> bool:
    """Tell whether any of the numbers is only about so much (“约3亿元”, “20余个”)."""
    return any(_HEDGED.search(number.text) for number in numbers)


def is_sure(*numbers: Words) -> bool:
    """Tell whether all of the numbers are known, and none is only about so much."""
    return all(number.value is not None for number in numbers) and not hedged(*numbers)


def decimals(text: str) -> int:
    """Return how many digits stand behind the point of the number in a text."""
    match = _DIGITS.search(text)
    return len(match["fraction"] or "") if match else 0


def half(words: Words) -> float:
    """Return half a unit of the last digit written, in the scale of the value."""
    if words.value is None:
        return 0.0
    match = _DIGITS.search(words.text)
    if not match:
        return 0.0
    scale = _scale(words)
    return (
        0.5 * abs(scale) * 10 ** -decimals(words.text)
        if match["fraction"] or scale != 1.0 or "%" in words.text or "％" in words.text
        else 0.0
    )


def bounds(words: Words) -> tuple[float, float]:
    """Return between what the numbers lie that are written so."""
    value = words.value or 0.0
    return value - half(words), value + half(words)


def _scale(words: Words) -> float:
    """Return what one of the written number's units is in the value's (a header's “亿元”)."""
    match = _DIGITS.search(words.text)
    shown = float(re.sub("[,，]", "", match.group()).replace("．", ".")) if match else 0.0
    return words.value / shown if shown and words.value else 1.0


def differ(one: Words, other: Words) -> bool:
    """Tell whether two amounts surely differ: beyond their rounding, and none hedged."""
    if one.value is None or other.value is None or hedged(one, other):
        return False
    return abs(one.value - other.value) > half(one) + half(other) + EXACT


def share_fits(part: Words, whole: Words, percent: Words) -> bool:
    """Tell whether ``percent`` is what ``part`` is of ``whole``, all within their rounding."""
    low, high = bounds(part)
    base_low, base_high = bounds(whole)
    step = 0.5 * 10 ** -decimals(percent.text)
    shown_low, shown_high = (percent.value or 0.0) - step, (percent.value or 0.0) + step
    if base_low <= 0:
        return True
    least, most = low / base_high * 100, high / base_low * 100
    return bool(least <= shown_high + 1e-9 and most >= shown_low - 1e-9)


def plain(value: float, like: Words) -> str:
    """Return a computed number in the scale and unit of another as written."""
    match = re.search(r"(万亿|亿|千万|百万|万|千)?元", like.text)
    if match is None:
        return _written(value / _scale(like))
    return f"{_written(value / SCALE.get(match[1] or '', 1e-4))}{match.group()}"


def _written(value: float) -> str:
    """Return a number to four places, without zeros at the end."""
    shown = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def in_percent(value: float, places: int = 2) -> str:
    """Return a percentage to so many places, without zeros at the end."""
    shown = f"{value:.{places}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + "%"
