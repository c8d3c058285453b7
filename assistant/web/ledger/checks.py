"""What does not agree and what could not be read, each with the places concerned."""

from __future__ import annotations

from html import escape

from assistant.web.ledger.places import finding_id, unread_id
from assistant.web.ports import Library
from assistant.web.strings import say
from index.ledger.book import FiledFinding, FileInfo
from index.ledger.records import Span

QUOTE = 40  # characters of a place that its button shows


def render_checks(library: Library) -> str:
    """Return the findings of the consistency check and the lines not read."""
    ledger = library.ledger
    findings = "".join(_finding(filed, library.text(filed.file.path)) for filed in ledger.findings)
    unread = [(file, *line) for file in ledger.files for line in file.ledger.unread]
    lines = "".join(_unread(file, (a, b), why, library) for file, a, b, why in unread)
    lists = sum(len(file.ledger.rosters) for file in ledger.files)
    checked = say("checked", lists=lists, figures=len(ledger.figures))
    found = say("findings", count=len(ledger.findings)) if findings else say("no_findings")
    unknown = say("unread", count=len(unread)) if unread else say("no_unread")
    return (
        f'<section class="checks"><h3>{found}</h3><p class="muted">{checked}</p>'
        f'<ol class="findings">{findings}</ol><h3>{unknown}</h3>'
        f'<ol class="findings">{lines}</ol></section>'
    )


def _finding(filed: FiledFinding, text: str) -> str:
    finding = filed.finding
    title = filed.file.documents[finding.document].title
    formula = f'<p class="formula">{escape(finding.formula)}</p>' if finding.formula else ""
    places = "".join(
        _place("finding", finding_id(filed), number, text[start:end])
        for number, (start, end) in enumerate(finding.spans, 1)
    )
    return (
        f"<li><p>{escape(finding.text)}</p>{formula}"
        f'<p class="from"><bdi>{escape(title)}</bdi></p><p class="places">{places}</p></li>'
    )


def _unread(file: FileInfo, span: Span, why: str, library: Library) -> str:
    quote = library.text(file.path)[slice(*span)]
    place = _place("unread", unread_id(file.path, *span), 1, quote)
    return (
        f'<li><p>{escape(why)}</p><p class="from"><bdi>{escape(file.path)}</bdi></p>'
        f'<p class="places">{place}</p></li>'
    )


def _place(kind: str, key: str, number: int, quote: str) -> str:
    words = " ".join(quote.split())
    short = words if len(words) <= QUOTE else words[:QUOTE] + "…"
    return (
        f'<button class="place" data-look data-{kind}="{key}" data-n="{number}">'
        f'<span class="sr">{say("open")} </span>{escape(short)}</button>'
    )
