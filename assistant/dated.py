"""The ways in which a document may say a time that a question names."""

from __future__ import annotations

import re
from calendar import monthrange

_QUARTERS = "一二三四"
_ENDS = {
    3: ("一季度",),
    6: ("二季度", "上半年"),
    9: ("三季度",),
    12: ("四季度", "年底", "年末", "全年"),
}


def ways_to_say(words: str) -> tuple[str, ...]:
    """Return what evidence may say for a day, an end of month or a quarter, ``words`` first.

    “6月底” is the 30th of June, and what a report of the second quarter counts up to.
    """
    if match := re.fullmatch(r"(\d{1,2})月(\d{1,2})[日号]", words):
        return words, f"{match[1]}月{match[2]}日"
    if match := re.fullmatch(r"(\d{1,2})月底", words):
        month = int(match[1])
        if not 1 <= month <= 12:
            return (words,)
        days = (28, 29) if month == 2 else (monthrange(2001, month)[1],)
        dates = (f"{month}月{day}日" for day in days)
        return words, f"{month}月末", *dates, *_ENDS.get(month, ())
    if match := re.fullmatch(r"第?([1-4])季度", words):
        return words, f"{_QUARTERS[int(match[1]) - 1]}季度"
    return (words,)


def day_written(iso: str | None) -> str:
    """Return a document's date as it is written in text, as far as it is known."""
    year, month, day = [*(iso or "").split("-"), "", ""][:3]
    parts = [f"{year}年" if year else "", f"{int(month)}月" if month else ""]
    return "".join([*parts, f"{int(day)}日" if day else ""])
