"""Table rows put into the ledger, with what caption and sheet say of them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger.attributes import Fields, as_of_in, read_attributes
from index.ledger.builder import Builder, Line
from index.ledger.context import Context, context_at, is_demand, kind_of, status_words
from index.ledger.forms import read_forms
from index.ledger.judged import JUDGEMENT, judged_status, sorts, with_judgements
from index.ledger.merging import ALSO
from index.ledger.names import is_generic
from index.ledger.prose import COUNTED
from index.ledger.records import (
    AMOUNTS,
    COLUMN,
    STATE,
    Record,
    RecordKind,
    Roster,
    Span,
    Total,
    Words,
)
from index.ledger.status import Status, status_of
from index.ledger.tables import Row, Table, read_table, unit_of_group
from index.records import Block

NEAR = 3  # paragraphs before a table in which its caption and unit line stand
PAGE_DEBRIS = 20  # characters between the parts of a table that a page break parts
_LEADS = re.compile(
    r"(?P<words>[^，。；：:（）()\d]{0,8}(?:新|拟|计划|预计|力争)[^，。；：:（）()\d]{1,8}?)(?:的)?(?:项目|工程|事项|任务)?(?:共|有)?"
    r"(?P<number>\d{1,3})[个项件]"
)
MAX_CAPTION = 40  # characters
# A table's own title, behind the signature as a rule: “附件2　新建项目推进情况表（28个）”.
_TITLED = re.compile(
    r"\s*(?:附件|附表|表)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[-—]\d{1,2})?[\s：:．.、]*"
    r"(?P<name>[^，。；：:\n]{3,40})$"
)
MAX_LINE = 120  # characters of a line that may give the unit beside who reports, and when


def read_rows(builder: Builder, block: Block, lines: Sequence[Line]) -> None:
    """Read a table into a roster, its records and its sum rows."""
    near = _before(builder, block, lines)
    caption = next((w for w in reversed(near) if _is_caption(w)), "")
    forms = read_forms(block, builder.reading)
    if forms:
        _add_forms(builder, block, forms)
        return
    table = read_table(block, builder.reading, " ".join(_before(builder, block, lines, MAX_LINE)))
    if table is None:
        return
    context = context_at(builder.document, builder.view, block.start, near=caption or _sheet(block))
    if not context.status and (led := _led(builder, block, lines, table)):
        context = replace(context, status_words=led)
    if context.status and context.status_words is None and caption:
        above = _words_above(builder, block, lines, caption)
        context = replace(context, status_words=above and status_words(above))
    if _titled_elsewhere(builder, block, context):
        context = replace(context, status=Status(), status_words=None)
    titled = _titled(builder, block, lines, context)
    if titled:
        context = replace(context, heading=titled)
    heading = context.heading.text if context.heading else ""
    decided = bool(context.status and COUNTED.search(caption or heading))
    as_of = _head_as_of(builder, table) or _near_as_of(builder, block, lines) or context.as_of
    going_on = None if titled else _continued(builder, table)
    place = going_on if going_on is not None else builder.roster(
        Roster(
            builder.document.ordinal, block.start, block.end, context.heading, None, context.stated,
            None, context.status.stage, context.status.progress, as_of, table=True,
        )
    )  # fmt: skip
    kind = _kind(table, context, near)
    totals: list[Total] = []
    records = builder.ledger.records
    first = group = len(records)
    if going_on is not None:
        builder.extend(place, block.end)
        first = next((n for n, r in enumerate(records) if r.roster == place), first)
        group = first
    builder.last_table = (table.header, place)
    sorting = sorts(table.rows)
    for row in with_judgements(table.rows, as_of, table.month):
        if row.total:
            whole = _sums_all(row, builder.ledger.records[first:])
            here = len(builder.ledger.records)
            totals.append(Total(row.fields["name"], row.fields, first if whole else group, here))
            group = here
        else:
            _add_row(builder, row, place, context, kind, as_of, decided=decided, sorting=sorting)
    builder.ledger.rosters[place] = replace(
        builder.ledger.rosters[place], totals=tuple(totals), share=table.share
    )
    builder.ledger.unread += [(*span, "表中有 1 行未能识别") for span in table.unread]


def _titled_elsewhere(builder: Builder, block: Block, context: Context) -> bool:
    """Tell whether a status comes from the title where that heads another sheet of a workbook."""
    title, words = builder.document.title_start, context.status_words
    if (
        title is None
        or words is None
        or not title <= words.start < title + len(builder.document.title)
    ):
        return False
    sheet = any(
        s.start <= block.start < s.end and s.heading == block.place
        for s in builder.document.sections
    )
    return sheet and any(
        b.kind == "table" and b.place != block.place and title <= b.start < block.start
        for b in builder.blocks
    )


def _sums_all(row: Row, records: Sequence[Record]) -> bool:
    """Tell whether a sum row sums the whole table, not a group (“小计”, “东街合计”)."""
    label = row.fields["name"].text
    group = re.sub(r"[合小总共]\s*计.*$", "", label).strip()
    if re.search(r"小\s*计", label):
        return False
    named = [any(group == w.text for w in record.fields.values()) for record in records]
    return not (group and any(named) and not all(named))


def _add_forms(builder: Builder, block: Block, forms: Sequence[tuple[Span, Fields]]) -> None:
    """Put the projects of a form into a roster of their own."""
    context = context_at(builder.document, builder.view, block.start)
    roster = builder.roster(
        Roster(
            builder.document.ordinal, block.start, block.end, context.heading, None, None, None,
            context.status.stage, context.status.progress, context.as_of, table=True,
        )
    )  # fmt: skip
    for (start, end), fields in forms:
        row = Row(start, end, fields)
        _add_row(builder, row, roster, context, context.kind, context.as_of)


def _continued(builder: Builder, table: Table) -> int | None:
    """Return the roster that a table goes on with on a new page: the same header, no sum yet."""
    if builder.last_table is None:
        return None
    header, place = builder.last_table
    roster = builder.ledger.rosters[place]
    between = builder.reading.view(roster.end, table.start).text.strip()
    same = header == table.header and not roster.totals and len(between) <= PAGE_DEBRIS
    return place if same else None


def _is_caption(words: str) -> bool:
    """Tell whether a line above a table says the status of all its rows; a sentence does not."""
    if re.search(r"[。，：:]", words) or is_demand(words):
        return False
    return bool(status_of(words, heading=True))


def _before(
    builder: Builder, block: Block, lines: Sequence[Line], most: int = MAX_CAPTION
) -> list[str]:
    """Return the paragraphs of at most ``most`` characters right before a table, nearest last."""
    above = _above(builder, block, lines)
    words = [builder.view.text[line.start : line.end] for line in above]
    return [text for text in words if len(text) <= most]


def _near_as_of(builder: Builder, block: Block, lines: Sequence[Line]) -> Words | None:
    for line in reversed(_above(builder, block, lines)):
        if found := as_of_in(builder.view, line.start, line.end):
            return found
    return None


def _head_as_of(builder: Builder, table: Table) -> Words | None:
    """Return the date that the rows above a table's header say (“数据截止：2025年10月31日”)."""
    head = (builder.clean(table.start), builder.clean(table.rows[0].start)) if table.rows else None
    return as_of_in(builder.view, *head) if head else None


def _above(builder: Builder, block: Block, lines: Sequence[Line]) -> list[Line]:
    """Return the last lines before a table, nearest last."""
    at = builder.clean(block.start)
    return [line for line in lines if line.end <= at][-NEAR:]


def _titled(
    builder: Builder, block: Block, lines: Sequence[Line], context: Context
) -> Words | None:
    """Return the title that stands above a table, where no heading counts what is in it."""
    for line in reversed(() if context.stated else _above(builder, block, lines)):
        match = None if line.heading else _TITLED.match(builder.view.text, line.start, line.end)
        if match:
            return builder.words(match.span("name"))
    return None


def _led(builder: Builder, block: Block, lines: Sequence[Line], table: Table) -> Words | None:
    """Return what the line above says of just as many rows (“四季度拟竣工项目6个，见下表”)."""
    above = _above(builder, block, lines)[-1:]
    number = sum(not row.total for row in table.rows)
    for line in above if "status_text" not in table.keys.values() else ():
        for match in _LEADS.finditer(builder.view.text, line.start, line.end):
            if int(match["number"]) == number:
                return builder.words(match.span("words"))
    return None


def _words_above(
    builder: Builder, block: Block, lines: Sequence[Line], caption: str
) -> Words | None:
    """Return the words of a caption where they stand above the table."""
    text = builder.view.text
    above = _above(builder, block, lines)
    found = [line for line in above if text[line.start : line.end] == caption]
    return builder.words((found[-1].start, found[-1].end)) if found else None


def _sheet(block: Block) -> str:
    return block.place.split("!")[0] if block.place and "!" in block.place else ""


def _kind(table: Table, context: Context, near: Sequence[str]) -> RecordKind:
    if table.ranked:
        return "unit"
    by_header = kind_of(table.header)
    return (
        context.kind
        if context.kind != "project"
        else by_header
        if by_header != "project"
        else kind_of(" ".join(near))
    )


_STOPPED = re.compile(r"开工|动工|启动|停工|停建|缓建|暂缓|取消|终止|放弃")
_STANDSTILL = frozenset({"not_started", "suspended", "cancelled"})
_FROM_STATUS = frozenset({*AMOUNTS, "percent", "reason", "deadline"})


def _said_in_cell(builder: Builder, words: Words) -> Fields:
    """Return amounts and the like that a cell of running text says (“累计完成投资3200万元”)."""
    start, end = builder.clean(words.start), builder.clean(words.end)
    said = read_attributes(builder.view, start, end)
    return {key: value for key, value in said.items() if key in _FROM_STATUS}


def _under(caption: Status, cell: Status) -> Status:
    """Return the status of a row whose caption decides; its cell adds what does not gainsay it."""
    stage = caption.stage or (cell.stage if cell.stage == "under_construction" else None)
    progress = caption.progress or (cell.progress if not caption.stage else None)
    return Status(stage, progress)


def _add_row(
    builder: Builder,
    row: Row,
    roster: int,
    context: Context,
    kind: RecordKind,
    as_of: Words | None,
    *,
    decided: bool = False,
    sorting: bool = False,
) -> None:
    """Add a row; ``decided`` tells that its table's caption counts the rows of one status.

    ``sorting`` tells that the column of the status itself (“销号情况”) sorts the rows otherwise
    than the judgement beside it does: then it names the state that each is in.
    """
    fields: Fields = dict(row.fields)
    told = [key for key in fields if not key.startswith(COLUMN)]
    if is_generic(fields["name"].text) and len(told) == 1:
        return
    status = status_of(fields["status_text"].text) if "status_text" in fields else Status()
    if "status_text" in fields:
        fields = _said_in_cell(builder, fields["status_text"]) | fields
    if judgement := fields.pop(JUDGEMENT, None):
        status = judged_status(fields.get("status_text"), judgement)
        works = fields.get("status_text", judgement)
        if works != judgement:
            fields[ALSO] = works if sorting else judgement
        fields["status_text"] = judgement if sorting else works
        fields[STATE] = works if sorting else judgement
    if not status and "reason" in fields:
        # “项目尚未开工，土地指标未落实” in a column of problems says both.
        said = status_of(fields["reason"].text)
        stands = said.stage in _STANDSTILL and _STOPPED.search(fields["reason"].text)
        status = Status(said.stage if stands else None, said.progress)
    if row.groups:
        # Not a field of the contract: what the group rows above say of the row.
        fields["group"] = row.groups[-1]
    for group in reversed(row.groups):
        if unit := unit_of_group(group):
            fields.setdefault("unit", unit)
        elif not status:
            status = status_of(group.text, heading=True)
            if status:
                fields.setdefault("status_text", group)
    if context.unit:
        fields.setdefault("unit", context.unit)
    if context.status_words:
        fields.setdefault("status_text", context.status_words)
    if as_of:
        fields.setdefault("as_of", as_of)
    stage = status.stage or context.status.stage
    if decided:  # “未开工项目（9个）”: the cell “完成地质勘察” tells but how far one is
        status = _under(context.status, status)
        stage = status.stage
    if context.status.stage == "not_started" and status.stage == "preparatory":
        stage = "not_started"
    span: Span = (row.start, row.end)
    builder.record(
        kind, roster, span, fields, Status(stage, status.progress or context.status.progress)
    )
