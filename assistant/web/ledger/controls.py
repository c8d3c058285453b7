"""The ledger's search box, filters and export buttons as HTML."""

from __future__ import annotations

from html import escape

from assistant.web.ledger.labels import option, words_of
from assistant.web.ledger.view import FACETS, MAX_SEARCH, Sheet, View
from assistant.web.strings import STRINGS, say

PANES = ("rows", "charts", "checks", "names")


def render_controls(sheet: Sheet, view: View) -> str:
    """Return the head of the ledger: its parts, search, filters, export."""
    panes = "".join(
        f'<button data-pane="{pane}" aria-pressed="{"true" if pane == "rows" else "false"}">'
        f"{say(f'pane_{pane}')}{_problems(sheet) if pane == 'checks' else ''}</button>"
        for pane in PANES
    )
    if not sheet.entries:
        return f'<div class="ledger-head"><h2>{say("ledger_title")}</h2>{_nothing()}</div>'
    return (
        f'<div class="ledger-head"><h2 class="sr">{say("ledger_title")}</h2>'
        f'<div class="bar"><div class="panes" role="group">{panes}</div>{_export()}</div>'
        f'<form class="filters" data-filters>{_search(view)}'
        f'<details class="facets" open><summary>{say("filters")}</summary><div>'
        f"{''.join(_facet(sheet, view, facet) for facet in FACETS)}{_latest(view)}"
        f'<button type="button" class="quiet" data-reset>{say("reset")}</button></div></details>'
        "</form></div>"
    )


def _nothing() -> str:
    return f'<p class="muted">{say("ledger_empty")}</p>'


def _problems(sheet: Sheet) -> str:
    ledger = sheet.ledger
    count = len(ledger.findings) + sum(len(file.ledger.unread) for file in ledger.files)
    return f' <span class="number">{count}</span>' if count else ""


def _export() -> str:
    buttons = "".join(
        f'<button class="quiet" data-download="{fmt}">{say(f"export_{fmt}")}</button>'
        for fmt in ("xlsx", "docx")
    )
    return f'<div class="export">{buttons}</div>'


def _search(view: View) -> str:
    chinese, english = STRINGS["ledger_search"]
    return (
        f'<label class="find"><span class="sr">{say("ledger_search")}</span>'
        f'<input type="search" name="search" maxlength="{MAX_SEARCH}" autocomplete="off" '
        f'value="{escape(view.search)}" placeholder="{escape(chinese)}" '
        f'data-zh="{escape(chinese)}" data-en="{escape(english)}"></label>'
    )


def _facet(sheet: Sheet, view: View, facet: str) -> str:
    chosen = getattr(view, facet)
    values = sheet.options(facet)
    if chosen and chosen not in [value for value, _ in values]:
        values = [*values, (chosen, 0)]  # nothing has it any more, and the filter says so
    titles = {key: title for key, title, _ in sheet.documents} if facet == "document" else {}
    options = "".join(
        option(value, _counted(words, count), chosen=value == chosen)
        for value, count in values
        for words in (_titled(titles, value) or words_of(facet, value),)
    )
    return (
        f"<label><span>{say(f'facet_{facet}')}</span>"
        f'<select name="{facet}">{option("", STRINGS["anything"])}{options}</select></label>'
    )


def _titled(titles: dict[str, str], value: str) -> tuple[str, str] | None:
    return (titles[value], titles[value]) if value in titles else None


def _counted(words: tuple[str, str], count: int) -> tuple[str, str]:
    return f"{words[0]}（{count}）", f"{words[1]} ({count})"


def _latest(view: View) -> str:
    checked = " checked" if view.latest else ""
    return (
        f'<label class="check"><input type="checkbox" name="latest"{checked}>'
        f"<span>{say('latest_only')}</span></label>"
    )
