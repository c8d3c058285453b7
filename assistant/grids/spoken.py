"""When a list in running text may answer, and what the text itself says of its labels.

A text tells of more things than one of its lists holds: such a list answers where the
question sorts by its labels or deadlines, or where it is all that the text lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.grids.conditions import Among, By, Filled, Named
from assistant.grids.finding import is_whole
from assistant.grids.linked import Linked
from assistant.grids.reading import Amount, Grid, Line
from assistant.grids.worth import plain
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.amounts import in_wan
from index.ledger.records import FIELDS
from index.ledger.status import is_status_only
from index.library import Library
from index.listings.records import LABEL
from prompts import render


def may_tell(linked: Linked, library: Library) -> bool:
    """Tell whether a linked table may answer: one with headings, of a list what is sure."""
    grid = linked.grid
    if grid.told is not None and grid.told.valued:
        return tells_value(linked) and (bool(linked.titles) or not _of_a_part(linked, library))
    if grid.told is None or grid.told.headed:
        return True
    if any(_sorts(condition, grid) for condition in linked.conditions):
        return True
    measured = linked.measure is not None and grid.column(linked.measure).kind == "number"
    named = any(isinstance(c, Named) for c in (*linked.conditions, *linked.sides))
    if named:
        return measured or linked.labelled
    return is_whole(grid, library) and bool(linked.conditions)


def tells_value(linked: Linked) -> bool:
    """Tell whether figures of names that a sentence gives answer: of rows named, or ranked."""
    named = any(isinstance(c, Named) for c in (*linked.conditions, *linked.sides))
    ranked = linked.wish == "rank" and (linked.titled >= 2 or linked.measure in linked.asked)
    return linked.measure is not None and (named or ranked)


def _of_a_part(linked: Linked, library: Library) -> bool:
    """Tell whether a sentence sorts fewer projects into states than its document counts in all.

    “其中已竣工2个、滞后2个、未开工1个” below a heading is said of that class alone.
    """
    grid, measure = linked.grid, linked.measure
    if measure is None or grid.column(measure).unit not in "个项件":
        return False
    if not all(is_status_only(line.words.get(grid.name, "")) for line in grid.lines):
        return False
    ledger = library.read_ledger(grid.file_id)
    if ledger is None:
        return False
    told = sum(line.values.get(measure, 0.0) for line in grid.lines)
    counts = [
        figure.value
        for figure in ledger.figures
        if figure.document == grid.document and figure.unit in "个项件"
        and not (figure.stage or figure.progress or figure.state or figure.among)
        and (_PROJECTS.search(figure.measure) or not figure.measure)
    ]  # fmt: skip
    return max(counts, default=0.0) > told


_PROJECTS = re.compile(r"项目|工程")


def _sorts(condition: object, grid: Grid) -> bool:
    """Tell whether a condition is on a list's own labels, or on when something is due."""
    if isinstance(condition, By | Filled):
        return True
    if not isinstance(condition, Among):
        return False
    column = grid.column(condition.column)
    return column.key not in FIELDS or column.name == LABEL


def _values(linked: Linked) -> list[str]:
    """Return the labels that the question sorts by, none where it sorts by anything else."""
    sorting = [c for c in linked.conditions if isinstance(c, Among)]
    if len(linked.conditions) != 1 or len(sorting) != 1:
        return []
    return sorted(sorting[0].values)


def stated_beside(linked: Linked, lines: Sequence[Line]) -> list[Statement]:
    """Return how many the text says there are under each label asked for, beside those listed."""
    told, grid = linked.grid.told, linked.grid
    found: list[Statement] = []
    for value in _values(linked) if told else ():
        said = next((s for s in told.stated if s[0] == value), None) if told else None
        if said is None:
            continue
        listed = sum(value in line.words.values() for line in lines)
        gap = int(said[1]) - listed
        verdict = "一致" if not gap else f"{'少' if gap > 0 else '多'}列{abs(gap)}个"
        text = render(
            "table_listed", "zh", what=escape(value), said=int(said[1]), found=listed,
            verdict=verdict,
        )  # fmt: skip
        digits = frozenset({str(int(said[1])), str(listed), str(abs(gap))})
        source = Source(grid.file_id, grid.document, *said[2])
        found.append(Statement(text, (source,), bullet=True, computed=digits))
    return found


def stated_amounts(linked: Linked, lines: Sequence[Line]) -> Draft | None:
    """Return the sum of the amounts that the text states of labels whose lists are not complete.

    None where each label lists as many as it says, or no amount is stated of one.
    """
    grid, told = linked.grid, linked.grid.told
    values = _values(linked)
    if told is None or linked.measure is None or not values:
        return None
    stated = {label: int(number) for label, number, _ in told.stated}
    short = [v for v in values if stated.get(v, 0) > _listed(v, lines)]
    measure = grid.column(linked.measure).name
    amounts = [a for v in values for a in told.amounts if (a.label, a.measure) == (v, measure)]
    if not short or len(amounts) != len(values):
        return None
    unit = amounts[0].unit
    numbers = [Decimal(repr(a.value)) for a in amounts]
    if any(a.unit != unit for a in amounts) or in_wan(1.0, unit) is None:
        return None
    total = sum(numbers, Decimal(0))
    formula = " + ".join(a.digits for a in amounts)
    said = f"{_as_written(total, amounts)}{unit}"
    several = {"formula": formula} if len(amounts) > 1 else {}
    text = render(
        "table_sum" if several else "table_one", "zh", what=escape(measure),
        reading=escape("、".join(values)), total=said, **several,
    )  # fmt: skip
    sources = tuple(Source(grid.file_id, grid.document, *a.where) for a in amounts)
    draft = Draft([Statement(text, sources, computed=frozenset({said, plain(total)}))])
    draft.statements += stated_beside(linked, lines)
    draft.short, draft.value = said, Value(float(total), unit, formula)
    return draft


def _listed(value: str, lines: Sequence[Line]) -> int:
    return sum(value in line.words.values() for line in lines)


def _as_written(total: Decimal, amounts: Sequence[Amount]) -> str:
    """Return a sum with as many decimals as its figures have (“31.0”)."""
    decimals = max(len(a.digits.partition(".")[2]) for a in amounts)
    return f"{total:.{decimals}f}"
