"""Dates as such documents write them, in one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789")
_YEAR = r"(?:19|20)\d{2}"
_CHINESE_YEAR = r"[一二][〇零○Ｏ九][〇零○Ｏ一二三四五六七八九]{2}"
_FULL = re.compile(
    rf"(?P<year>{_YEAR})\s*(?:年|[-./])\s*(?P<month>\d{{1,2}})\s*(?:月|[-./])\s*(?P<day>\d{{1,2}})\s*[日号]?"
    rf"|(?P<year2>{_YEAR})\s*年\s*(?P<month2>\d{{1,2}})\s*月"
    rf"|(?P<cyear>{_CHINESE_YEAR})年(?P<cmonth>[一二三四五六七八九十]{{1,2}})月"
    r"(?:(?P<cday>[一二三四五六七八九十]{1,3})[日号])?"
)
_YEARLESS = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}|元)月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: as written, where, and ISO (None without a year)."""

    text: str
    start: int
    end: int
    iso: str | None


def find_date(text: str) -> FoundDate | None:
    """Return the first date with a year in ``text``, full-width digits read too."""
    folded = _same_length_fold(text)
    for match in _FULL.finditer(folded):
        iso = _iso(match)
        if iso:
            return FoundDate(text[match.start() : match.end()], match.start(), match.end(), iso)
    return None


def find_yearless(text: str) -> FoundDate | None:
    """Return the first month and day without a year in ``text``."""
    match = _YEARLESS.search(_same_length_fold(text))
    if match is None:
        return None
    return FoundDate(text[match.start() : match.end()], match.start(), match.end(), None)


def _iso(match: re.Match[str]) -> str | None:
    if match["cyear"]:
        year = match["cyear"].translate(_DIGITS)
        month = _small_number(match["cmonth"])
        day = _small_number(match["cday"]) if match["cday"] else None
    else:
        year = match["year"] or match["year2"]
        month = int(match["month"] or match["month2"])
        day = int(match["day"]) if match["day"] else None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def _small_number(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return "零一二三四五六七八九".index(numeral) if len(numeral) == 1 else 0
    digits = "零一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


def _same_length_fold(text: str) -> str:
    """Return half-width digits and signs, one character for each, so that offsets hold."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )
