"""Cell values as Excel shows them, for the number formats that offices use.

Format codes: ECMA-376 part 1, section 18.8.31. What is not understood (fractions,
conditions, exponents) is shown as the General format shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

# Built-in formats whose meaning in Chinese Excel is not written in the file.
CHINESE_DATES = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]  # fmt: skip
_WEEKDAYS = "一二三四五六日"
_DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|上午/下午|AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|.',
    re.IGNORECASE,
)
_NUMBER_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[0#?][0#?,.]*|\.[0#?]+|%|.', re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_HARMLESS = re.compile(r"\[(?:\$[^\]]*|[A-Za-z]{3,7}|Color\d+|颜色\d+|[黑蓝青绿洋红白黄]+)\]")


def shown(value: object, number_format: str = "General") -> str:
    """Return a cell's value as Excel shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime | date | time):
        return _moment(value, number_format)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


# ---- numbers


@dataclass(frozen=True, slots=True)
class _Digits:
    """The digit pattern of a format: ``#,##0.00`` has 1 whole digit, 2 decimals, grouping."""

    whole: int
    least_decimals: int
    most_decimals: int
    grouped: bool
    thousands: int  # how often the value is divided by 1,000


def _number(value: int | float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    section, exact = _section(exact, number_format)
    tokens = _NUMBER_TOKEN.findall(section)
    patterns = [t for t in tokens if t[0] in "0#?."]
    if _is_general(section, tokens, patterns):
        return _general(exact)
    scaled = exact * Decimal(100) ** tokens.count("%")
    sign = "-" if scaled < 0 else ""
    parts = [_fill(abs(scaled), t) if t in patterns else _literal(t) for t in tokens]
    text = "".join(parts).strip()
    return sign + text if re.search("[1-9]", text) else text


def _section(value: Decimal, number_format: str) -> tuple[str, Decimal]:
    """Return the part of a format that applies, and the value that it is given."""
    sections = [s for s in _SECTION.findall(number_format) if s] or ["General"]
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _is_general(section: str, tokens: list[str], patterns: list[str]) -> bool:
    brackets = [t for t in tokens if t.startswith("[")]
    return (
        len(patterns) > 1
        or "general" in section.lower()
        or "@" in tokens
        or "/" in tokens
        or any(t in "Ee" for t in tokens)
        or not all(_HARMLESS.fullmatch(b) for b in brackets)
        or (not patterns and not any(t[0] in '"\\' for t in tokens))
    )


def _fill(value: Decimal, pattern: str) -> str:
    digits = _digits(pattern)
    value = value.scaleb(-3 * digits.thousands)
    step = Decimal(1).scaleb(-digits.most_decimals)
    text = f"{value.quantize(step, ROUND_HALF_UP):f}"
    whole, _, decimals = text.partition(".")
    while len(decimals) > digits.least_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.lstrip("0").rjust(digits.whole, "0")
    if digits.grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    return whole + ("." + decimals if decimals else "")


def _digits(pattern: str) -> _Digits:
    whole, _, decimals = pattern.partition(".")
    last = decimals or whole
    thousands = len(last) - len(last.rstrip(","))
    whole, decimals = whole.rstrip(","), decimals.rstrip(",")
    return _Digits(whole.count("0"), decimals.count("0"), len(decimals), "," in whole, thousands)


def _literal(token: str) -> str:
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] in "_*":
        return ""  # space as wide as a character; a character that fills the cell
    if token[0] == "[":
        currency = re.match(r"\[\$([^-\]]*)", token)
        return currency[1] if currency else ""
    return token


def _general(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# ---- dates


def _moment(value: datetime | date | time, number_format: str) -> str:
    code = number_format.split(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    has_clock = bool(re.search("[hs]", bare))
    worded = re.search("[年月日时分]", code)
    if isinstance(value, time):
        return _tokens(value, code) if worded else _clock(value)
    whole_date = "y" in bare and "m" in bare and "d" in bare
    if not worded and (whole_date or not re.search("[ymd]", bare)):
        day = f"{value:%Y-%m-%d}"
        at = value.time() if isinstance(value, datetime) else time()
        return f"{day} {_clock(at)}" if at != time() and (has_clock or not bare) else day
    return _tokens(value, code)


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _tokens(value: datetime | date | time, code: str) -> str:
    tokens = _DATE_TOKEN.findall(code)
    halves = any(t.lower() in ("上午/下午", "am/pm", "a/p") for t in tokens)
    shown_parts = []
    for place, token in enumerate(tokens):
        kind = token.lower()
        if kind[0] == "m" and _is_minute(tokens, place):
            kind = "n" * len(kind)
        shown_parts.append(_part(value, kind, token, halves))
    return "".join(shown_parts).strip()


def _part(value: datetime | date | time, kind: str, token: str, halves: bool) -> str:
    wide = len(kind) >= 2
    if isinstance(value, date):
        if kind[0] == "y":
            return f"{value.year:04d}" if len(kind) > 2 else f"{value.year % 100:02d}"
        if kind[0] == "m":
            return _MONTHS[value.month - 1] if len(kind) > 2 else _padded(value.month, wide)
        if kind[0] == "d":
            return _padded(value.day, wide)
        if kind in ("aaa", "aaaa"):
            return ("星期" if len(kind) == 4 else "") + _WEEKDAYS[value.weekday()]
    if isinstance(value, datetime | time):
        if kind[0] == "h":
            return _padded((value.hour - 1) % 12 + 1 if halves else value.hour, wide)
        if kind[0] == "n":
            return _padded(value.minute, wide)
        if kind[0] == "s":
            return _padded(value.second, wide)
        if kind in ("上午/下午", "am/pm", "a/p"):
            return token.split("/")[value.hour >= 12]
    return "" if kind[0] in "ymdhnsa" or kind == "上午/下午" else _literal(token)


def _padded(count: int, wide: bool) -> str:
    return f"{count:02d}" if wide else str(count)


def _is_minute(tokens: list[str], place: int) -> bool:
    """Tell whether an ``m`` means minutes: hours stand before it, or seconds behind it."""
    before = next((t for t in reversed(tokens[:place]) if t[0].lower() in "ymdhs"), "")
    after = next((t for t in tokens[place + 1 :] if t[0].lower() in "ymdhs"), "")
    return before[:1].lower() == "h" or after[:1].lower() == "s"
