"""The column of a table in which somebody judges each row: “进度评定”, “10月底状态”, “督查结论”.

Beside a column that tells how far the works are (“原料仓建成，设备进场”) it says where the project
as a whole stands, in a few words that are the same for many rows. Those decide: what is built of a
part, or not begun of it, says nothing of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.months import month_of
from index.ledger.records import COLUMN, Words
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.tables import CLASSES, Row

# Where a row keeps its judgement until it becomes a record; no field of one.
JUDGEMENT = "judgement"
MIN_CELLS = 3  # cells that a column of judgements has at least
MOST_STATES = 4  # that so few rows are sorted into, else half as many as there are rows
# What is judged of another time, or asked for, is not where a project stands now.
_ANOTHER = re.compile(
    r"上[月期季年周半次]|前期|此前|年初|去年|原来?|拟|预计|节点|期望|应|预期|下[月期季步]"
)
_JUDGES = re.compile(r"评|状态|进度|进展|状况|结论|结果|定性|认定|研判")
# A judgement of the pace leaves a stage as its own column tells it, but for these of mere parts.
_OF_PARTS = frozenset({"not_started", "completed"})


def with_judgements(rows: Sequence[Row], as_of: Words | None, month: int = 0) -> tuple[Row, ...]:
    """Return the rows, each with the words of its judgement, where a column judges.

    ``as_of`` is the date up to which the table counts: of columns for several days
    (“9月底评定”, “10月底评定”) that of this day is meant, else the latest. ``month`` is that of
    the column of the status itself: no judgement before it tells where the rows stand now.
    """
    key = _column(rows, as_of)
    if key is None or 0 < month_of(key) < month:
        return tuple(rows)
    return tuple(
        replace(row, fields={**row.fields, JUDGEMENT: row.fields[key]})
        if key in row.fields
        else row
        for row in rows
    )


def judged_status(told: Words | None, judgement: Words) -> Status:
    """Return the status of a row of whose works ``told`` tells and that ``judgement`` sorts."""
    judged = status_of(judgement.text)
    works = status_of(told.text) if told else Status()
    stage = judged.stage or works.stage
    if told and not judged.stage and stage in _OF_PARTS:
        # What is behind is begun, and not done.
        whole = judged.progress != "behind" and is_status_only(told.text)
        stage = stage if whole else None
    return Status(stage, judged.progress)


def sorts(rows: Sequence[Row]) -> bool:
    """Tell whether the column of the status itself sorts the rows: few values that come again."""
    words = [row.fields["status_text"].text for row in rows if "status_text" in row.fields]
    return 2 * len(set(words)) <= len(words)


def _column(rows: Sequence[Row], as_of: Words | None) -> str | None:
    """Return the key of the column of judgements, None where no column is one."""
    own = [row for row in rows if not row.total]
    if not any("status_text" in row.fields for row in own):
        return None  # then a column of states is that of the status itself
    keys = dict.fromkeys(key for row in own for key in row.fields if key.startswith(COLUMN))
    found = [key for key in keys if _judges(key, own)]
    day = month_of(as_of.text) if as_of else 0
    dated = [key for key in found if (month := month_of(key)) and (not day or month == day)]
    plain = sorted((k for k in found if not month_of(k)), key=lambda k: not _JUDGES.search(k))
    return max(dated, key=month_of) if dated else next(iter(plain), None)


def _judges(key: str, rows: Sequence[Row]) -> bool:
    heading = key.removeprefix(COLUMN)
    if CLASSES.search(heading) or _ANOTHER.search(heading):
        return False
    words = [row.fields[key].text for row in rows if key in row.fields]
    # A column that holds something of but a few rows marks these, and judges not all of them.
    return (
        len(words) >= max(MIN_CELLS, 0.8 * len(rows))
        and len(set(words)) <= max(MOST_STATES, len(words) // 2)
        and all(map(is_status_only, words))
    )
