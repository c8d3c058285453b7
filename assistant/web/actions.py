"""Below an answer: what can be done with it, and what can be asked next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.follow_ups import follow_ups
from assistant.records import Answer, Citation
from assistant.web.conversation import Exchange
from assistant.web.markup import plain_text
from assistant.web.strings import say, words


def render_actions(exchange: Exchange) -> str:
    """Return what can be done with an answer: copied, asked again, changed, saved, printed."""
    parts = []
    answer = exchange.answer
    if answer is not None:
        parts.append(
            f'<button class="quiet" data-copy="{escape(plain_text(answer.answer))}" '
            f'data-sources="{escape(_sources(answer.citations))}">{say("copy")}</button>'
        )
        if _has_table(answer):
            parts.append(f'<button class="quiet" data-copy-table>{say("copy_table")}</button>')
    parts += [
        f'<button class="quiet" data-{act}="{escape(exchange.question)}">{say(key)}</button>'
        for act, key in (("ask", "retry"), ("rewrite", "edit_question"))
    ]
    if answer is not None and exchange.state == "done":
        if answer.rows and answer.columns:
            parts += [
                f'<button class="quiet" data-download="{fmt}">{say(f"export_{fmt}")}</button>'
                for fmt in ("xlsx", "docx")
            ]
        parts.append(f'<button class="quiet" data-print>{say("print")}</button>')
        if answer.citations:
            parts.append(f"<span>{say('sources_count', count=len(answer.citations))}</span>")
        parts.append(f"<span>{say('seconds', seconds=f'{answer.seconds:.2f}')}</span>")
    return f'<div class="actions">{"".join(parts)}</div>'


def _has_table(answer: Answer) -> bool:
    return (
        bool(answer.rows and answer.columns)
        or answer.answer.lstrip().startswith("|")
        or ("\n|" in answer.answer)
    )


def render_next(answer: Answer) -> str:
    """Return what can be asked next, as buttons; the style sheet shows the newest answer's."""
    items = "".join(
        f'<li><button class="example" data-ask="{escape(q)}">{escape(q)}</button></li>'
        for q in follow_ups(answer)
    )
    return f'<ul class="next" aria-label="{_label("next_questions")}">{items}</ul>' if items else ""


def _label(key: str) -> str:
    return escape(" / ".join(words(key)))


def _sources(citations: Sequence[Citation]) -> str:
    """Return the list of sources as plain text, a line each with its quote."""
    lines = []
    for c in citations:
        place = " > ".join(part for part in (c.title, c.section) if part)
        extra = " ".join(part for part in (c.date, f"p. {c.page}" if c.page else None) if part)
        lines.append(f"[{c.n}] {place} {extra}".rstrip() + f" ({c.document}, {c.start}–{c.end})")
        lines.append(f"    “{c.quote}”")
    return "\n".join(lines)
