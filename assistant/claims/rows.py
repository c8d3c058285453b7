"""Rows of a table in quoted evidence, each cell read under its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from assistant.claims.names import core, is_unit
from assistant.claims.statuses import find_statuses

_HEADER = re.compile(
    r"^(?:序号|编号|项目|名称|单位|排名|镇街|乡镇|类别|事项|工程|县区|用户|小计|合计)(?:名称|类别|数)?$"
)
_NO_NAME = re.compile(
    r"^[\d.,%]+$|^截[至止]|^(?:\d+年)?\d+月|:|^全?[市县区省旗州]?(?:合计|小计|总计)$"
)
_FIGURE = re.compile(r"\d")


class TableReader:
    """Reads the rows of one quote in order and remembers the header above them."""

    def __init__(self) -> None:
        """Start without a header."""
        self._head: list[str] = []
        self._headed = False  # whether a row stood below the header already

    def forget(self) -> None:
        """Leave the table: what follows stands under no heading."""
        self._head = []

    def is_header(self, values: list[str]) -> bool:
        """Tell whether a row gives the columns' headings, and keep them; so may a second line."""
        words = not any(map(_FIGURE.search, values))
        if words and _HEADER.match(values[0]) and sum(map(bool, values)) > 1:
            self._head, self._headed = values, False
            return True
        below = words and not values[0] and len(values) <= len(self._head)
        if below and not self._headed:
            self._head = [v or h for h, v in zip_longest(self._head, values, fillvalue="")]
            return True
        self._headed = True
        return False

    def labelled(self, values: Sequence[str]) -> list[str]:
        """Return the filled cells of a row, each under its heading where a header stands above.

        A heading that is a status word (a column to tick) would state it, and is left out.
        """
        if len(values) > len(self._head):
            return [v for v in values if v]
        pairs = zip(self._head, values, strict=False)
        return [v if not h or find_statuses(h) else f"{h}:{v}" for h, v in pairs if v]


def heading_words(values: Sequence[str]) -> str:
    """Return the words of a header that state nothing."""
    return "\n".join(v for v in values if v and not find_statuses(v))


def name_of(values: Sequence[str]) -> str:
    """Return the name of the thing that a row tells of; empty for sums and captions."""
    named = [v for v in values if len(v) >= 2 and not _NO_NAME.search(v)]
    first = next((v for v in named if not is_unit(v)), named[0] if named else "")
    return "" if _HEADER.match(first) else core(first)
