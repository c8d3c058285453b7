"""The form that sets a record right, its history, and what cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from assistant.web.ledger.labels import CODES, column, money, needs_unit, option, word, words_of
from assistant.web.ledger.places import RESTS_ON
from assistant.web.ledger.table import as_read, differs, effective
from assistant.web.ports import Library
from assistant.web.strings import STRINGS, both, say
from index.ledger.amounts import amount_value
from index.ledger.book import CORRECTABLE, Ledger, LedgerRow
from index.ledger.records import AMOUNTS, FIELDS
from index.ledger.store import Correction

MAX_VALUE = 1_000  # characters of a corrected field
MAX_SIGNATURE = 64  # characters, as the database keeps them
FIRST = ("name", "unit", "stage", "progress", "reason", "reason_kind")
ORDER = (*FIRST, *(name for name in FIELDS if name not in FIRST))
QUOTE = 600  # characters of the record that the form shows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone typed into the form: each field with the value it had and the new one."""

    record: str
    signed: str
    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    undo: str = ""


def read_wanted(sent: Mapping[str, object]) -> Wanted:
    """Return what the browser sent, without anything that is not text."""
    given = sent.get("values")
    values = {
        name: (pair["was"], pair["value"].strip())
        for name, pair in (given.items() if isinstance(given, dict) else ())
        if isinstance(name, str)
        and isinstance(pair, dict)
        and isinstance(pair.get("was"), str)
        and isinstance(pair.get("value"), str)
    }
    return Wanted(_text(sent, "record"), _text(sent, "signed").strip(), values, _text(sent, "undo"))


def _text(sent: Mapping[str, object], name: str) -> str:
    given = sent.get(name)
    return given if isinstance(given, str) else ""


def changes(wanted: Wanted, row: LedgerRow) -> dict[str, str]:
    """Return the fields to set right, those left as they are omitted."""
    if wanted.undo:
        return {wanted.undo: reading_again(row, wanted.undo)} if wanted.undo in CORRECTABLE else {}
    return {name: new for name, (was, new) in wanted.values.items() if new != was}


def problem(wanted: Wanted, row: LedgerRow, made: Mapping[str, str]) -> str | None:
    """Return as HTML why the corrections cannot be kept, None if they can."""
    if not made:
        return say("nothing_changed")
    if not wanted.signed:
        return say("not_signed")
    if len(wanted.signed) > MAX_SIGNATURE:
        return say("signature_long", limit=MAX_SIGNATURE)
    for name, value in made.items():
        if name not in CORRECTABLE:
            return say("no_such_field", field=name[:40])
        was = wanted.values.get(name, (effective(row, name) or "", ""))[0]
        key = "changed_meanwhile" if was != (effective(row, name) or "") else _unfit(name, value)
        if key and not wanted.undo:
            chinese, english = column(name)
            zh, en = STRINGS[key]
            return both(
                zh.format(field=chinese, limit=MAX_VALUE), en.format(field=english, limit=MAX_VALUE)
            )
    return None


def _unfit(name: str, value: str) -> str | None:
    if len(value) > MAX_VALUE:
        return "value_long"
    if name == "name" and not value:
        return "name_needed"
    if value and name in CODES and value not in CODES[name]:
        return "no_such_value"
    return "unit_needed" if needs_unit(name, value, amount_value(value)) else None


def reading_again(row: LedgerRow, name: str) -> str:
    """Return a field's words as read; an amount whose unit stands in a heading gets it written."""
    text = as_read(row, name) or ""
    words = row.read.fields.get(name)
    if words and words.value is not None and name in AMOUNTS:
        same = amount_value(text) == words.value
        return text if same else f"{money(words.value)[0]}万元"
    return text


def render_form(
    row: LedgerRow,
    library: Library,
    said: str = "",
    wanted: Wanted | None = None,
    *,
    good: bool = False,
) -> str:
    """Return the dialog; ``said`` stands in it as what happened, ``wanted`` refills it."""
    ledger = library.ledger
    text = library.text(row.file.path)[row.record.start : row.record.end]
    quote = " ".join(text.split())
    typed = {} if wanted is None or good else {k: new for k, (_, new) in wanted.values.items()}
    given = [n for n in ORDER if n in FIRST or as_read(row, n) or effective(row, n)]
    rest = [name for name in ORDER if name not in given]
    signed = escape(wanted.signed) if wanted else ""
    said_by = "" if not said else (
        f'<p class="{"good" if good else "bad"}" role="alert">{said}</p>'
    )  # fmt: skip
    return (
        f'<dialog class="sheet" aria-labelledby="sheet-title"><form data-correct="{row.key}">'
        f'<header><h3 id="sheet-title">{say("correcting")} <bdi>{escape(row.record.name)}</bdi></h3>'
        f'<button type="button" class="close" data-shut>{say("close")}</button></header>'
        f'<p class="from"><bdi>{escape(row.document.title)}</bdi> '
        f'<button type="button" class="link" data-look data-record="{row.key}">{say("open")}</button>'
        f"</p><blockquote>{escape(quote[:QUOTE])}</blockquote>{_fields(row, given, typed)}"
        f'<details class="more-fields"><summary>{say("more_fields")}</summary>'
        f"{_fields(row, rest, typed)}</details>{said_by}"
        f'<div class="sign"><label><span>{say("signature")}</span><input name="signed" '
        f'maxlength="{MAX_SIGNATURE}" autocomplete="name" data-signature value="{signed}"></label>'
        f'<button type="submit" class="send">{say("save")}</button></div></form>'
        f"{_history(row, ledger)}</dialog>"
    )


def render_gone() -> str:
    """Return the dialog for a record that the ledger no longer holds."""
    return (
        f'<dialog class="sheet"><p class="bad" role="alert">{say("record_gone")}</p>'
        f'<button class="close" data-shut>{say("close")}</button></dialog>'
    )


def _fields(row: LedgerRow, names: list[str], typed: Mapping[str, str]) -> str:
    head = "".join(
        f'<th scope="col">{say(key)}</th>' for key in ("field", "value_read", "value_new")
    )
    rows = "".join(_field(row, name, typed) for name in names)
    return f'<table class="fields"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _field(row: LedgerRow, name: str, typed: Mapping[str, str]) -> str:
    now = effective(row, name) or ""
    mended = differs(row, name)
    undo = (
        f'<button type="button" class="quiet" data-undo="{name}">{say("undo")}</button>'
        if mended
        else ""
    )
    return (
        f'<tr class="{"mended-row" if mended else ""}"><th scope="row">'
        f'<label for="f-{name}">{both(*column(name))}</label></th>'
        f'<td class="read">{_read(row, name)}</td>'
        f'<td class="new">{_input(name, now, typed.get(name, now))}{undo}</td></tr>'
    )


def _read(row: LedgerRow, name: str) -> str:
    read = as_read(row, name)
    if read is None:
        return f'<span class="muted">{say("nothing")}</span>'
    rests = RESTS_ON.get(name, "status_text" if name in ("stage", "progress") else name)
    words = word(name, read) if name in CODES else f"<bdi>{escape(read)}</bdi>"
    return (
        f'<button type="button" class="open" data-look data-record="{row.key}" '
        f'data-field="{rests}">{words}</button>'
    )


def _input(name: str, now: str, value: str) -> str:
    keep = f'id="f-{name}" name="{name}" data-was="{escape(now)}"'
    if name in CODES:
        options = "".join(
            option(code, words_of(name, code) if code else STRINGS["nothing"], chosen=code == value)
            for code in ("", *CODES[name])
        )
        return f"<select {keep}>{options}</select>"
    return f'<textarea {keep} rows="1" maxlength="{MAX_VALUE}">{escape(value)}</textarea>'


def _history(row: LedgerRow, ledger: Ledger) -> str:
    made = [c for c in ledger.corrections if c.record == row.key]
    if not made:
        return ""
    items = "".join(f"<li>{render_correction(c)}</li>" for c in reversed(made))
    return f'<section class="history"><h4>{say("history")}</h4><ol>{items}</ol></section>'


def render_correction(made: Correction) -> str:
    """Return one correction as a line: when, who, which field, from what to what."""
    nothing = say("nothing")
    was = word(made.field, made.was) if made.was else nothing
    value = word(made.field, made.value) if made.value else nothing
    return (
        f'<span class="when">{escape(made.at[:16].replace("T", " "))}</span> '
        f"<bdi>{escape(made.signed)}</bdi>{both('：', ': ')}{both(*column(made.field))} "
        f"<del>{was}</del> → <ins>{value}</ins>"
    )
