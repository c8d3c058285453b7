"""The ledger's records as a table: every cell opens the words that it was read from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from assistant.web.ledger.labels import column, in_money, needs_unit, word, words_of
from assistant.web.ledger.view import COLUMNS, Entry, Sheet, Shown, View
from assistant.web.strings import STRINGS, both, say
from index.ledger.book import LedgerRow
from index.ledger.records import AMOUNTS
from index.ledger.store import Correction

NUMERIC = (*AMOUNTS, "percent")
ALWAYS = ("name", "source")
LONG = 90  # characters of a cell that are shown; the rest stands in the source


def render_table(sheet: Sheet, shown: Shown) -> str:
    """Return the count, the table and the pager."""
    view = shown.view
    head = f'<section class="ledger-rows" data-view="{escape(json.dumps(view.sent()))}">'
    if not sheet.entries:
        return f"{head}</section>"
    count = f'<p class="count" role="status">{_count(sheet, shown)}</p>'
    if not shown.found:
        return f'{head}{count}<p class="none">{say("ledger_none")}</p></section>'
    columns = filled_columns([entry.row for entry in shown.found])
    heads = "".join(_heading(key, view) for key in columns)
    rows = "".join(_row(entry, columns) for entry in shown.entries)
    return (
        f'{head}{count}<div class="scroll"><table class="ledger"><caption class="sr">'
        f"{say('ledger_title')}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>{_pager(shown)}</section>"
    )


def filled_columns(rows: Sequence[LedgerRow]) -> list[str]:
    """Return the columns that any of the rows fills."""
    return [key for key in COLUMNS if key in ALWAYS or any(_fills(row, key) for row in rows)]


def _fills(row: LedgerRow, key: str) -> bool:
    if key == "status":
        return bool(row.record.stage or row.record.progress or row.text("status_text"))
    return key in row.record.fields or key in row.corrections


def _count(sheet: Sheet, shown: Shown) -> str:
    total, files = len(sheet.entries), len({e.row.file.id for e in sheet.entries})
    said = say("ledger_count", count=total, files=files)
    if shown.view.narrowed:
        found = say("ledger_found", found=len(shown.found))
        return f'{found} <span class="of">{said}</span>'
    return said


def _heading(key: str, view: View) -> str:
    sorted_by = view.sort == key
    order = ("descending" if view.descending else "ascending") if sorted_by else "none"
    kind = ' class="number"' if key in NUMERIC else ""
    return (
        f'<th scope="col" aria-sort="{order}"{kind}><button data-sort="{key}">'
        f"{both(*column(key))}</button></th>"
    )


def _row(entry: Entry, columns: Sequence[str]) -> str:
    cells = "".join(_cell(entry.row, key) for key in columns)
    return f'<tr data-record="{entry.row.key}">{cells}</tr>'


def _cell(row: LedgerRow, key: str) -> str:
    """Return a cell; the name and the place open the record, other cells their field."""
    inner = _source(row) if key == "source" else _words(row, key)
    chinese, english = column(key)
    kind = f"{key} number" if key in NUMERIC else key
    return f'<td class="{kind}" data-h="{escape(chinese)}" data-e="{escape(english)}">{inner}</td>'


def _words(row: LedgerRow, key: str) -> str:
    words = _status(row) if key == "status" else _text(row, key)
    mark = _corrected(row, key)
    if not words:
        return mark
    field = "" if key == "name" else f' data-field="{key}"'
    stop = "" if key == "name" else ' tabindex="-1"'
    return f'<button class="open" data-look data-record="{row.key}"{field}{stop}>{words}</button>{mark}'


def _text(row: LedgerRow, key: str) -> str:
    text = row.text(key) or ""
    short = text if len(text) <= LONG else text[:LONG] + "…"
    value = row.value(key)
    unit = ""
    if value is not None and needs_unit(key, text, value):
        unit = f'<span class="unit"> {say("in_wan", **in_money(value))}</span>'
        short = short if f"{value:g}" != text.replace(",", "") else ""
    return f"<bdi>{escape(short)}</bdi>{unit}" if short or unit else ""


def _status(row: LedgerRow) -> str:
    codes = [(f, str(c)) for f in ("stage", "progress") if (c := getattr(row.record, f))]
    if codes:
        return "".join(f'<span class="state {code}">{word(f, code)}</span>' for f, code in codes)
    return _text(row, "status_text")


def _corrected(row: LedgerRow, key: str) -> str:
    """Return the mark of a cell that staff have set right: who, when, what the source says."""
    fields = ("stage", "progress") if key == "status" else (key,)
    marks = [
        f'<button class="mended" data-edit="{row.key}" data-tip="{escape(_said(field, made, 0))}" '
        f'data-tip-en="{escape(_said(field, made, 1))}">{say("corrected")}</button>'
        for field in fields
        if (made := row.corrections.get(field)) and differs(row, field)
    ]
    return "".join(marks)


def differs(row: LedgerRow, field: str) -> bool:
    """Tell whether a field is not what was read: a correction may have been taken back."""
    return effective(row, field) != as_read(row, field)


def effective(row: LedgerRow, field: str) -> str | None:
    """Return a field's value as it holds now: a code of ours, or words."""
    if field in ("stage", "progress", "reason_kind"):
        return getattr(row.record, field)  # type: ignore[no-any-return]
    return row.text(field)


def as_read(row: LedgerRow, field: str) -> str | None:
    """Return a field's value as it was read from the document."""
    if field in ("stage", "progress", "reason_kind"):
        return getattr(row.read, field)  # type: ignore[no-any-return]
    words = row.read.fields.get(field)
    return words.text if words else None


def _said(field: str, made: Correction, language: int) -> str:
    was = words_of(field, made.was)[language] if made.was else STRINGS["nothing"][language]
    return STRINGS["corrected_by"][language].format(signed=made.signed, date=made.at[:10], was=was)


def _source(row: LedgerRow) -> str:
    place = say("place_short", start=row.record.start, end=row.record.end)
    return (
        f'<button class="link" data-look data-record="{row.key}"><bdi>{escape(row.document.title)}'
        f'</bdi></button> <span class="place">{place}</span>'
        f'<button class="quiet edit" data-edit="{row.key}">{say("edit")}</button>'
    )


def _pager(shown: Shown) -> str:
    if shown.pages < 2:
        return ""
    page = shown.view.page
    steps = "".join(
        f'<button class="quiet" {f"data-page={to}" if 1 <= to <= shown.pages else "disabled"}>'
        f"{say(key)}</button>"
        for key, to in (("page_before", page - 1), ("page_after", page + 1))
    )
    return f'<nav class="pager"><span>{say("page_of", page=page, pages=shown.pages)}</span>{steps}</nav>'
