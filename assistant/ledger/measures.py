"""Amounts that a question speaks of: which one, bounds on it, how many of a ranking."""

from __future__ import annotations

import re

from assistant.ledger.query import Limit
from index.ledger.amounts import amounts, percents

_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("percent", re.compile(
        r"完成率|支出率|完成比例|执行率|(?:投资|形象)进度最|进度最[快慢高低]|completion rate|percentage complete")),
    ("done_investment", re.compile(
        r"完成(?:了)?(?:的)?(?:多少)?(?:总)?投资|投资完成|已?(?:支出|拨付|使用)|完成(?:额|多少)|(?:completed|actual) investment|invested|spent|investment (?:done|completed)")),
    ("planned_investment", re.compile(
        r"(?:年度|全年|当年|本年|年)(?:计划)?投资|计划(?:完成)?投资|(?:年度|投资)计划(?=.{0,4}(?:多少|合计|总|最))|债券额度|额度|(?:planned|annual) investment")),
    ("total_investment", re.compile(r"总投资|投资(?:总)?额|概算|投资|造价|total investment|investment")),
)  # fmt: skip
_LOW = re.compile(r"超过|大于|高于|多于|不低于|不少于|达到|over|above|more than|at least|exceed")
_HIGH = re.compile(r"低于|小于|少于|不足|不到|不超过|under|below|less than|at most")
_LIMIT = re.compile(
    r"(?P<before>超过|大于|高于|多于|不低于|不少于|达到|低于|小于|少于|不足|不到|不超过|over|above|more than|at least|under|below|less than|at most)?\s*"
    r"(?P<value>[\d.,]+\s*(?:万亿|亿|万|千)?元|[\d.]+\s*%)\s*(?P<after>以上|及以上|以下|以内)?"
)
_NUMERAL = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_TOP = re.compile(
    r"最(?:多|大|高|快|少|小|低|慢)的?(?:前)?(?P<after>[一二两三四五六七八九十\d]+)(?:个|名|位|项|家)|(?:前|排名前|头)(?P<first>[一二两三四五六七八九十\d]+)(?:个|名|位|项|家)?(?![月年季])|top (?P<en>\w+)|(?P<adj>one|two|three|four|five|ten|\d+) (?:largest|biggest|highest|smallest|lowest)"
)
_MOST = re.compile(
    r"最(?:多|大|高|快)|排名|排序|排前|前[一二两三四五六七八九十\d]+(?:个|名|位|项)|most|largest|biggest|highest|\btop\b|greatest"
)
_LEAST = re.compile(
    r"最(?:少|小|低|慢)|倒数|后[一二两三四五六七八九十\d]+(?:个|名|位|项)|least|fewest|smallest|lowest"
)


def measure_of(text: str) -> str | None:
    """Return the amount or share that a question speaks of, None if it speaks of none."""
    return next((key for key, pattern in _MEASURES if pattern.search(text)), None)


def limits_in(text: str) -> tuple[Limit, ...]:
    """Return the bounds that a question sets (“总投资超过1亿元的”)."""
    found = []
    for match in _LIMIT.finditer(text):
        low = bool(match["before"] and _LOW.search(match["before"])) or (
            match["after"] or ""
        ).endswith("以上")
        high = bool(match["before"] and _HIGH.search(match["before"])) or match["after"] in (
            "以下",
            "以内",
        )
        if low == high:
            continue
        amount = next(amounts(match["value"]), None) or next(percents(match["value"]), None)
        if amount is None:
            continue
        before = text[max(0, match.start() - 14) : match.start()]
        field = "percent" if amount.unit == "%" else measure_of(before) or "total_investment"
        value = amount.value
        found.append(
            Limit(field, value if low else None, value if high else None, match.group().strip())
        )
    return tuple(found)


def top_of(text: str) -> tuple[int | None, bool, bool]:
    """Return how many of a ranking are wanted, whether the least, and whether any is asked for."""
    match = _TOP.search(text)
    number = None
    if match:
        word = match["after"] or match["first"] or match["en"] or match["adj"] or ""
        number = int(word) if word.isdigit() else _NUMERAL.get(word) or _WORDS.get(word)
    least, most = bool(_LEAST.search(text)), bool(_MOST.search(text))
    return number, least and not most, least or most
