"""Money computed from cited operands, written in the unit that the operands have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from index.ledger.records import Words

_UNIT = re.compile(r"万亿元|亿元|千万元|百万元|万元|千元|元|亿|万")
_WAN = {
    "万亿元": Decimal(10) ** 8, "亿元": Decimal(10) ** 4, "千万元": Decimal(1000),
    "百万元": Decimal(100), "万元": Decimal(1), "千元": Decimal("0.1"), "元": Decimal("0.0001"),
    "亿": Decimal(10) ** 4, "万": Decimal(1),
}  # fmt: skip
MAX_OPERANDS = 12  # written out in a formula


def exact(value: float) -> Decimal:
    """Return a value in 万元 without binary noise."""
    return Decimal(repr(round(value, 6))).normalize()


def money(value: Decimal, unit: str) -> str:
    """Return an amount of 万元 in ``unit``, without trailing zeros."""
    scaled = (value / _WAN[unit]).quantize(Decimal("0.000001")).normalize()
    return f"{scaled:f}{unit}"


def said_larger(value: Decimal, unit: str) -> str:
    """Return a worked-out amount (in ``unit``) in 亿元, too, where it is as much (“150000万元”)."""
    worth = value / _WAN["亿元"] if unit == "万元" else Decimal(0)
    return money(value, "亿元") if abs(worth) >= 1 else ""


def percent(value: Decimal) -> str:
    """Return a percentage to two places at most, without trailing zeros."""
    return f"{rounded(value).normalize():f}%"


def rounded(value: Decimal) -> Decimal:
    """Return a number to two places, halves up as offices round them (15.625 is 15.63)."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def common_unit(operands: Sequence[Words]) -> str:
    """Return the unit that all operands are written in, 万元 or 亿元 by size else."""
    units = {match.group() if (match := _UNIT.search(words.text)) else "" for words in operands}
    units = {u + "元" if u in ("亿", "万") else u for u in units}
    if len(units) == 1 and (unit := units.pop()):
        return unit
    largest = max((abs(words.value or 0.0) for words in operands), default=0.0)
    return "亿元" if largest >= 10_000 and units == {"亿元", "万元"} else "万元"


def formula(operands: Sequence[Words], sign: str = " + ") -> str:
    """Return the operands as written, joined; many are counted instead."""
    if len(operands) > MAX_OPERANDS:
        head = sign.join(words.text for words in operands[:3])
        return f"{head}{sign}……{sign}{operands[-1].text}"
    return sign.join(words.text for words in operands)
