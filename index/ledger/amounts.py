"""Amounts of money, percentages and counts as such reports write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TO_WAN = {
    "万亿元": 1e8, "亿元": 1e4, "千万元": 1e3, "百万元": 1e2, "万元": 1.0, "千元": 0.1, "元": 1e-4,
    "万亿": 1e8, "亿": 1e4, "万": 1.0,
}  # fmt: skip
_UNIT_WORDS = "万亿元|亿元|千万元|百万元|万元|千元|元"
_COMMAS = str.maketrans("", "", ",，")
HEDGE = r"(?:约|近|超过?|逾|不足|大约|将近|至少|不少于)?"
_NUMBER = r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<hedge>{HEDGE})\s*(?P<number>{_NUMBER})\s*(?P<more>多|余)?(?P<unit>{_UNIT_WORDS}|亿"
    rf"|万)(?P<tail>左右|以上|以内|余|多)?"
)
_PERCENT = re.compile(rf"(?P<hedge>{HEDGE})\s*(?P<number>{_NUMBER})\s*(?:%|个百分点)")
_BARE = re.compile(rf"^\s*(?P<hedge>{HEDGE})\s*(?P<number>-?(?:{_NUMBER}))\s*$")
_MONEY_UNIT = re.compile(
    rf"(?:单位[：:]\s*|[（(]\s*|[/／]\s*"
    rf"|^)(?:人民币)?(?P<unit>{_UNIT_WORDS})(?=\s*(?:[）)、，,；; ]|$))"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text: its span, its value in 万元 (or percent), its unit as written."""

    start: int
    end: int
    value: float
    unit: str


# Full-width digits and signs to plain ones; Chinese punctuation stays as it is.
_PLAIN = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE6C))
    if chr(code) not in "，。；：（）！？、" and len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_DIGIT = re.compile(r"\d")
MARGIN = 40  # characters before a span that may say what a number there is


def _digits(text: str) -> str:
    """Fold digits and signs, but leave Chinese punctuation as it is."""
    return text.translate(_PLAIN)


def _has_digits(text: str, start: int, end: int | None) -> bool:
    return _DIGIT.search(text, start, len(text) if end is None else end) is not None


def _window(text: str, start: int, end: int | None) -> tuple[str, int]:
    """Return the folded text up to ``end`` from a little before ``start``, and where it begins."""
    low = max(0, start - MARGIN)
    return _digits(text[low:end]), low


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Yield the amounts of money in ``text[start:end]``, hedges included in the span."""
    if not _has_digits(text, start, end):
        return
    plain, low = _window(text, start, end)
    for match in _AMOUNT.finditer(plain, start - low):
        if match["unit"] in ("亿", "万") and not _money_before(plain, match.start()):
            continue
        value = float(match["number"].translate(_COMMAS)) * _TO_WAN[match["unit"]]
        yield Amount(low + _begin(match), low + match.end(), round(value, 6), match["unit"])


def _begin(match: re.Match[str]) -> int:
    return match.start("hedge") if match["hedge"] else match.start("number")


def _money_before(text: str, at: int) -> bool:
    """Tell whether a number in 亿 or 万 without 元 is money: the words before say so."""
    return re.search(r"(?:投资|资金|概算|造价|元)[^，。；]{0,8}$", text[:at]) is not None


def percents(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Yield the percentages in ``text[start:end]``."""
    if not _has_digits(text, start, end):
        return
    plain, low = _window(text, start, end)
    for match in _PERCENT.finditer(plain, start - low):
        yield Amount(
            low + _begin(match), low + match.end(), float(match["number"].translate(_COMMAS)), "%"
        )


def number_of(text: str) -> float | None:
    """Return the number that ``text`` is, without a unit; None if it is something else."""
    match = _BARE.match(_digits(text))
    return float(match["number"].translate(_COMMAS)) if match else None


def money_unit(text: str) -> str | None:
    """Return the unit of money that a header or caption gives (“总投资（万元）”)."""
    match = _MONEY_UNIT.search(text.strip())
    return match["unit"] if match else None


def in_wan(number: float, unit: str | None) -> float | None:
    """Return ``number`` of ``unit`` in 万元, None where the unit is not known."""
    return round(number * _TO_WAN[unit], 6) if unit in _TO_WAN else None


def header_unit(text: str, value: float | None) -> str | None:
    """Return the unit that a bare number is in, as its table's header said.

    ``value`` is the number in 万元. None where ``text`` says its own unit.
    """
    number = number_of(text)
    if not number or value is None:
        return None
    units = ("万元", "亿元", "元", "千元", "百万元", "千万元")
    return next((u for u in units if in_wan(number, u) == round(value, 6)), None)


def amount_value(text: str, unit: str | None = None) -> float | None:
    """Return the number that a cell says: money in 万元, or percent, or with ``unit``."""
    for amount in amounts(text):
        return amount.value
    for percent in percents(text):
        return percent.value
    number = number_of(text)
    if number is None:
        return None
    return in_wan(number, unit) if unit else number
