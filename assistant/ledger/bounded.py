"""Bounds on what rows say beyond the amounts: on a column of rates, on days in their remarks.

“支付率低于50%” bounds the column “支付率”, “提前20天以上的” what rows say in such words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ledger.columns import PREFIX, column_keys
from assistant.ledger.projects import Project
from assistant.ledger.query import Limit
from index.ledger.amounts import percents
from index.ledger.book import Ledger, LedgerRow
from index.ledger.prose import chinese_count
from index.words import fold

SPELL = "spell:"  # before the word that a spell of time is said with, and its unit
_PLAIN = re.compile(r"[（(].*?[）)]|[\s·:：]")
# What stands between a rate's name and its bound: “支付率还没有达到”.
_LED = re.compile(r"(?:还|都|已经?|仍|只有|在|是|没有|没|的|均)*$")
_WORDS = r"提前|落后|滞后|慢于节点|超期|逾期|停工|延误|延期|推迟|晚"
_N = r"(?:\d+|[一二两三四五六七八九十]+)"
_SPELL = re.compile(
    rf"(?P<word>{_WORDS})(?:了|达|时间)?(?:(?P<low>超过|大于|多于|不少于|不低于|达到?)|(?P<high>不到|不足|少于|不超过))?"
    rf"(?P<n>{_N})个?(?P<unit>[天月周年]|工作日)(?P<after>(?:[及或和]?以上)|(?:[及或和]?以[下内]))?"
)
_STRICT = re.compile(r"超过|大于|多于|不到|不足|少于")


def limits_of_columns(text: str, limits: Sequence[Limit], ledger: Ledger) -> tuple[Limit, ...]:
    """Return bounds as those of the columns whose headings stand right before them."""
    heads = {fold(_PLAIN.sub("", key.removeprefix(PREFIX))): key for key in column_keys(ledger)}
    found = []
    for limit in limits:
        before = _LED.sub("", text[: text.find(limit.words)])
        head = max((h for h in heads if len(h) > 1 and before.endswith(h)), key=len, default="")
        key = heads.get(head) if limit.field == "percent" else None
        found.append(replace(limit, field=key) if key else limit)
    return tuple({(one.field, one.low, one.high): one for one in reversed(found)}.values())


def spells_asked(text: str, ledger: Ledger) -> tuple[Limit, ...]:
    """Return the bounds on spells of time that some row says in the same words."""
    found = []
    for match in _SPELL.finditer(text):
        after = match["after"] or ""
        low = bool(match["low"]) or after.endswith("以上")
        high = bool(match["high"]) or after.endswith(("以下", "以内"))
        number = chinese_count(match["n"])
        if low == high or not number:
            continue
        step = 1 if _STRICT.fullmatch(match["low"] or match["high"] or "") else 0
        limit = Limit(
            f"{SPELL}{match['word']}|{match['unit']}",
            number + step if low else None,
            number - step if high else None,
            match.group(),
        )
        if any(_spell(row, limit.field) is not None for row in ledger.rows):
            found.append(limit)
    return tuple(found)


def bounded_value(project: Project, field: str) -> float | None:
    """Return the number that a limit on a field bounds, None where no newest record says it."""
    if field.startswith(SPELL):
        said = (_spell(row, field) for row in project.current_rows)
        return next((number for number in said if number is not None), None)
    value = project.value(field)
    if value is None and field.startswith(PREFIX):
        share = next(percents(project.text(field) or ""), None)
        return share.value if share else None
    return value


def _spell(row: LedgerRow, field: str) -> float | None:
    word, unit = field.removeprefix(SPELL).split("|")
    pattern = re.compile(rf"{word}了?(?:约|近)?(?P<n>{_N})个?{unit}")
    for words in row.record.fields.values():
        if match := pattern.search(words.text):
            return float(chinese_count(match["n"]) or 0)
    return None
