"""What happens to the ledger on the page: look, filter, correct, rename; no Gradio in here.

Every event carries what it needs, so no visitor's state is kept, and nothing in
it is believed: it is looked up in the ledger.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from html import escape

from assistant.web.ledger.charts import render_charts
from assistant.web.ledger.checks import render_checks
from assistant.web.ledger.controls import render_controls
from assistant.web.ledger.correcting import (
    MAX_SIGNATURE,
    changes,
    problem,
    read_wanted,
    render_form,
    render_gone,
)
from assistant.web.ledger.naming import MAX_NAME, MAX_UNIT, render_names
from assistant.web.ledger.places import find_place, look_at
from assistant.web.ledger.sheets import (
    ledger_table,
    read_format,
    render_download,
    render_refusal,
)
from assistant.web.ledger.table import render_table
from assistant.web.ledger.view import Sheet, View, read_view
from assistant.web.ports import Library
from assistant.web.reading import render_choices
from assistant.web.source import Look
from assistant.web.strings import say
from index.errors import IndexingError

logger = logging.getLogger(__name__)

Parts = tuple[str, str, str, str, str]  # controls, rows, checks, choices, names


class LedgerDesk:
    """The ledger's actions over one library; holds no visitor's state."""

    def __init__(self, library: Library, writing: threading.Lock | None = None) -> None:
        self._library = library
        self._sheet: Sheet | None = None
        # A correction is checked and kept in one step, whoever makes it.
        self._writing = writing or threading.Lock()

    @property
    def sheet(self) -> Sheet:
        """The ledger ready for filtering, made anew when the ledger changed."""
        ledger, sheet = self._library.ledger, self._sheet
        if sheet is None or sheet.ledger is not ledger:
            sheet = self._sheet = Sheet(ledger)
        return sheet

    def open(self, sent: object) -> Parts:
        """Return all parts of the ledger in the view that the browser keeps."""
        return self._parts(read_view(sent))

    def rows(self, sent: object) -> str:
        """Return the table of a view."""
        return render_table(self.sheet, self.sheet.show(read_view(sent)))

    def charts(self, sent: object) -> str:
        """Return the charts of a view; over many records they take longer than the table."""
        return render_charts(self.sheet, self.sheet.show(read_view(sent)))

    def look(
        self, wanted: Mapping[str, object], at: int | None, reach: int | None, n: int | None
    ) -> Look | None:
        """Return the look at what was clicked, None where the ledger has it no more."""
        place = find_place(wanted, self._library.ledger)
        return look_at(place, self._library, n, at, reach) if place else None

    def form(self, sent: Mapping[str, object]) -> str:
        """Return the form that corrects a record."""
        key = sent.get("record")
        row = self._library.ledger.row(key) if isinstance(key, str) else None
        return render_form(row, self._library) if row else render_gone()

    def correct(self, sent: Mapping[str, object]) -> tuple[str, Parts | None]:
        """Keep corrections; return the form, and all parts where something was kept."""
        wanted = read_wanted(sent)
        with self._writing:
            row = self._library.ledger.row(wanted.record)
            if row is None:
                return render_gone(), None
            made = changes(wanted, row)
            said = problem(wanted, row, made) or self._keep(row.key, made, wanted.signed)
        if said:
            return render_form(row, self._library, said, wanted), None
        row = self._library.ledger.row(wanted.record) or row
        form = render_form(row, self._library, say("saved", count=len(made)), wanted, good=True)
        return form, self._parts(read_view(sent.get("view")))

    def _keep(self, key: str, made: Mapping[str, str], signed: str) -> str | None:
        """Write corrections; return as HTML why that failed."""
        try:
            for name, value in made.items():
                self._library.ledger.correct(key, name, value or None, signed)
        except IndexingError as error:  # written for the user
            return escape(str(error))
        finally:
            self._library.reload_ledger()
        return None

    def download(self, sent: Mapping[str, object]) -> str:
        """Return the records of a view as a file in a hidden part of the page."""
        wanted = read_format(sent)
        if wanted is None:
            return render_refusal(say("export_nothing"))
        shown = self.sheet.show(read_view(sent.get("view")))
        return render_download(ledger_table(self.sheet, shown, self._library, *wanted), wanted[0])

    def rename(self, sent: Mapping[str, object]) -> Parts:
        """Add or remove a unit's or a project's other name; return all parts."""
        said, typed = self._rename(sent)
        parts = self._parts(read_view(sent.get("view")))
        return (*parts[:4], render_names(self.sheet, said, typed))

    def _rename(self, sent: Mapping[str, object]) -> tuple[str, dict[str, str]]:
        keys = ("alias", "unit", "name", "same_as", "signed")
        typed = {k: v.strip() for k in keys if isinstance(v := sent.get(k), str)}
        given = {key: typed.get(key, "") for key in keys}
        too_long = self._too_long(given)
        if too_long:
            return too_long, typed
        ledger = self._library.ledger
        try:
            with self._writing:
                match (sent.get("add"), sent.get("remove")):
                    case ("alias", _):
                        ledger.add_alias(given["alias"], given["unit"], given["signed"])
                    case ("merge", _):
                        ledger.merge(given["name"], given["same_as"], given["signed"])
                    case (_, "alias"):
                        ledger.remove_alias(given["alias"])
                    case (_, "merge"):
                        ledger.unmerge(given["name"], given["same_as"])
        except IndexingError as error:  # written for the user
            return escape(str(error)), typed
        self._library.reload_ledger()
        return "", {}

    def _too_long(self, given: Mapping[str, str]) -> str:
        limits = {"alias": MAX_UNIT, "unit": MAX_UNIT, "signed": MAX_SIGNATURE}
        over = [k for k, words in given.items() if len(words) > limits.get(k, MAX_NAME)]
        return say("words_long", limit=limits.get(over[0], MAX_NAME)) if over else ""

    def _parts(self, view: View) -> Parts:
        sheet = self.sheet
        return (
            render_controls(sheet, view),
            render_table(sheet, sheet.show(view)),
            render_checks(self._library),
            render_choices(sheet.ledger),
            render_names(sheet),
        )
