"""What can be asked next of an answer, made from how its question was read."""

from __future__ import annotations

import re

from assistant.language import is_english
from assistant.records import Answer

MOST = 3  # more would be a menu
LISTS = ("list", "count", "share", "group")
ONE = ("why", "status", "value", "lookup")

_ASKS_WHY = re.compile(r"原因|为什么|为何|\bwhy\b|reason", re.IGNORECASE)
_ASKS_UNIT = re.compile(r"单位|谁负责|哪个局|\bunit|responsible", re.IGNORECASE)
_ASKS_STATE = re.compile(r"进展|状态|情况|progress|status", re.IGNORECASE)


def follow_ups(answer: Answer) -> list[str]:
    """Return up to three questions that lean on this one, in its language.

    Only what the answer's own rows or filters bear out is offered: reasons where rows
    have some, a sum where rows have amounts. A refusal offers nothing.
    """
    if answer.refused:
        return []
    english = is_english(answer.question)
    return [pair[english] for pair in _of(answer)][:MOST]


def _of(answer: Answer) -> list[tuple[str, str]]:
    asked, kind = answer.question, answer.interpretation.get("kind")
    filters = answer.interpretation.get("filters")
    filters = filters if isinstance(filters, dict) else {}
    rows = answer.rows or ()
    found: list[tuple[str, str]] = []
    if kind in LISTS and rows:
        if kind != "list":
            found.append(("具体是哪些项目？", "Which projects are they?"))
        if any(row.get("reason") for row in rows) and not _ASKS_WHY.search(asked):
            found.append(("原因分别是什么？", "And why?"))
        if "unit" not in filters and not _ASKS_UNIT.search(asked):
            found.append(("分别由哪些单位负责？", "Which units are responsible?"))
        if sum(bool(row.get("planned_investment")) for row in rows) > 1:
            found.append(("计划投资一共多少？", "What is their planned investment in total?"))
        if kind == "list" and len(rows) > 1:
            found.append(("一共有多少个？", "How many are there?"))
    elif kind in ONE and "name" in filters:
        if not _ASKS_UNIT.search(asked):
            found.append(("由哪个单位负责？", "Which unit is responsible?"))
        if kind != "why" and not _ASKS_WHY.search(asked):
            found.append(("原因是什么？", "And why?"))
        if kind != "status" and not _ASKS_STATE.search(asked):
            found.append(("进展如何？", "What is its progress?"))
    return found
