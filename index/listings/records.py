"""What a listing is made of: rows of cells under headings, and the counts that it states.

All spans are canonical offsets of the file. Standard library only, beside the ledger's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.ledger.records import Span, Words

NAME, LABEL, PART, UNIT = "名称", "类别", "分组", "责任单位"
AMOUNT, REMARK, TOLD, CODE, DUE, DONE = "金额", "括注", "情况说明", "编号", "时限", "办结"
PLACED = "名次"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing listed: where it stands, and its cells by heading."""

    start: int
    end: int
    cells: dict[str, Words]


@dataclass(frozen=True, slots=True)
class Stated:
    """How many the source itself says there are under a label; "" for the listing as a whole.

    ``where`` is where it says so: the heading of the group, or the words around the number.
    ``amount`` is what it says all of them come to, and ``measure`` how it calls that.
    """

    label: str
    number: Words
    where: Span
    measure: str = ""
    amount: Words | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that stands as text. ``lead`` is where its headings, or what leads in, stand.

    ``headed`` tells that the text itself heads its columns: it is a table, but for its lines.
    ``valued`` tells that it is a sentence that gives figures of several names, and ``whole``
    the figure that they are parts of.
    """

    document: int
    start: int
    end: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    lead: Span
    stated: tuple[Stated, ...] = ()
    headed: bool = False
    valued: bool = False
    whole: Row | None = None
