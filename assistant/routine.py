"""Questions of what is done again and again (“每周什么时候报送”): rules say it, no record does."""

from __future__ import annotations

import re

_AGAIN = re.compile(
    r"每(?:个)?(?:周|星期|月|旬|半月|季度|季|天|日|年)[^，,。？?]{0,8}(?:什么时[候间]|何时|几[号日点时]|哪一?[天日]|周几|星期几)"
    r"|(?:多久|多长时间|几天|几周|几个月)[^，,。？?]{0,6}一次"
)


def asks_routine(text: str) -> bool:
    """Tell whether a question asks when, or how often, something is done again and again."""
    return bool(_AGAIN.search(text))
