"""Other names of units and of projects, kept by staff, and the record of all corrections."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from assistant.web.ledger.correcting import MAX_SIGNATURE, render_correction
from assistant.web.ledger.view import Sheet
from assistant.web.strings import say
from index.ledger.book import Ledger

MAX_UNIT, MAX_NAME = 128, 256  # characters, as the database keeps them
MAX_LISTED = 200  # corrections, newest first
MAX_HINTS = 2_000  # names to choose from; a browser slows down beyond


def render_names(sheet: Sheet, said: str = "", typed: Mapping[str, str] | None = None) -> str:
    """Return the lists with their forms; ``said`` is what went wrong, ``typed`` refills."""
    ledger = sheet.ledger
    given = typed or {}
    message = f'<p class="bad" role="alert">{said}</p>' if said else ""
    units = [unit for unit, _ in sheet.units if unit != "?"]
    names = list(dict.fromkeys(row.record.name for row in ledger.rows))[:MAX_HINTS]
    return (
        f'<section class="names">{message}<h3>{say("aliases")}</h3>'
        f'<p class="muted">{say("aliases_how")}</p>{_aliases(ledger)}'
        f"{_form('alias', (('alias', MAX_UNIT, ''), ('unit', MAX_UNIT, 'known-units')), given)}"
        f'<h3>{say("merges")}</h3><p class="muted">{say("merges_how")}</p>{_merges(ledger)}'
        f"{_form('merge', (('name', MAX_NAME, 'known-names'), ('same_as', MAX_NAME, 'known-names')), given)}"
        f"{_hints('known-units', units)}{_hints('known-names', names)}"
        f"<h3>{say('all_corrections', count=len(ledger.corrections))}</h3>{_corrections(ledger)}"
        "</section>"
    )


def _aliases(ledger: Ledger) -> str:
    rows = "".join(
        f"<tr><td><bdi>{escape(a.alias)}</bdi></td><td><bdi>{escape(a.unit)}</bdi></td>"
        f"{_signed(a.signed, a.at)}<td>{_remove('alias', alias=a.alias)}</td></tr>"
        for a in ledger.aliases
    )
    return _list(("alias", "same_unit"), rows)


def _merges(ledger: Ledger) -> str:
    rows = "".join(
        f"<tr><td><bdi>{escape(m.name)}</bdi></td><td><bdi>{escape(m.same_as)}</bdi></td>"
        f"{_signed(m.signed, m.at)}<td>{_remove('merge', name=m.name, same_as=m.same_as)}</td></tr>"
        for m in ledger.merges
    )
    return _list(("merge_name", "merge_same_as"), rows)


def _list(heads: tuple[str, str], rows: str) -> str:
    if not rows:
        return f'<p class="none">{say("none_yet")}</p>'
    head = "".join(f'<th scope="col">{say(key)}</th>' for key in (*heads, "signed_by", "act"))
    return f'<div class="scroll"><table class="kept"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _signed(signed: str, at: str) -> str:
    return f'<td><bdi>{escape(signed)}</bdi> <span class="muted">{escape(at[:10])}</span></td>'


def _remove(kind: str, **keys: str) -> str:
    named = " ".join(f'data-{name.replace("_", "-")}="{escape(v)}"' for name, v in keys.items())
    return (
        f'<button class="quiet" data-remove="{kind}" {named}>'
        f'<span class="first">{say("remove")}</span>'
        f'<span class="sure">{say("remove_sure")}</span></button>'
    )


def _form(kind: str, fields: tuple[tuple[str, int, str], ...], typed: Mapping[str, str]) -> str:
    inputs = "".join(
        f"<label><span>{say(f'{kind}_{name}')}</span>"
        f'<input name="{name}" maxlength="{limit}" autocomplete="off" '
        f'{f"list={hints} " if hints else ""}value="{escape(typed.get(name, ""))}"></label>'
        for name, limit, hints in fields
    )
    return (
        f'<form class="add" data-add="{kind}">{inputs}<label><span>{say("signature")}</span>'
        f'<input name="signed" maxlength="{MAX_SIGNATURE}" autocomplete="name" data-signature>'
        f'</label><button type="submit" class="quiet">{say("add")}</button></form>'
    )


def _hints(key: str, values: list[str]) -> str:
    options = "".join(f'<option value="{escape(value)}"></option>' for value in values)
    return f'<datalist id="{key}">{options}</datalist>'


def _corrections(ledger: Ledger) -> str:
    made = list(reversed(ledger.corrections))[:MAX_LISTED]
    if not made:
        return f'<p class="none">{say("none_yet")}</p>'
    orphan = f' <span class="bad">{say("orphan")}</span>'
    items = "".join(
        f'<li>{render_correction(c)} <bdi class="of">{escape(c.name)}</bdi>'
        f"{'' if ledger.row(c.record) else orphan}</li>"
        for c in made
    )
    return f'<ol class="history">{items}</ol>'
