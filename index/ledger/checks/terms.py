"""What documents call their measures, and what findings call amounts and statuses."""

from __future__ import annotations

import re

MONEY, COUNTS = "万元", "个项"  # units of figures
OVERVIEW = {
    "total_investment": re.compile(r"总投资$"),
    "done_investment": re.compile(r"完成投资$"),
    "planned_investment": re.compile(r"(?:年度)?计划投资$"),
}
LABELS = {
    "total_investment": "总投资", "planned_investment": "计划投资", "done_investment": "完成投资",
}  # fmt: skip
STATUS_NAMES = {
    "not_started": "未开工", "preparatory": "前期", "under_construction": "在建",
    "suspended": "停工", "completed": "竣工", "cancelled": "取消",
    "met": "完成年度计划", "ahead": "快于序时", "on_schedule": "按计划推进", "behind": "滞后",
}  # fmt: skip
# Where these stand nothing can have been done, and what was done may be left out.
NOTHING_DONE = frozenset({"not_started", "preparatory", "cancelled"})


def measured(measure: str) -> str | None:
    """Return the field of a record that a figure's measure is, None for any other measure."""
    return next((key for key, words in OVERVIEW.items() if words.search(measure)), None)
