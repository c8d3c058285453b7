"""How many things a row says that it stands for: “项目个数” of a unit in a table of units."""

from __future__ import annotations

import re

from assistant.grids import asking
from assistant.grids.conditions import Named
from assistant.grids.linked import Linked

_NUMBER = re.compile(
    r"^(?P<of>项目|工程|任务|事项)?(?:总)?(?:个数|数量|项数|件数|数)(?:[（(][个项件][）)])?$"
)
_THINGS = re.compile(r"(?:重点|建设|在建|全部|各类|年度)*(?:项目|工程|任务|事项)")


def numbered(question: str, linked: Linked) -> int | None:
    """Return the column that numbers the things asked for, of rows that the question names.

    None where the rows themselves are what is counted.
    """
    named = any(isinstance(c, Named) for c in linked.conditions)
    asked = asking.COUNT.search(question)
    if not named or len(linked.conditions) > 1 or asked is None or linked.measure is not None:
        return None
    things = _THINGS.match(question, asked.end()) or _THINGS.search(asked.group())
    columns = [
        column.number
        for column in linked.grid.columns
        if column.kind == "number" and _NUMBER.match(column.name)
    ]
    return columns[0] if things and len(columns) == 1 else None
