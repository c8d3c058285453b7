"""The conversation as HTML: questions, answers with their citation buttons, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from assistant.records import Answer, Citation
from assistant.web.actions import render_actions, render_next
from assistant.web.conversation import Exchange
from assistant.web.markup import Marks, render_answer, render_sorter
from assistant.web.ports import Library
from assistant.web.reading import is_editable, render_reading
from assistant.web.strings import both, heading, say, value

TIP = 160  # characters of a quote that the tooltip shows


def render_past(exchanges: Sequence[Exchange]) -> str:
    """Return the finished exchanges, oldest first."""
    return "".join(render_exchange(exchange) for exchange in exchanges)


def render_parts(exchanges: Sequence[Exchange]) -> tuple[str, str]:
    """Return the exchanges but for the newest, and the newest."""
    return render_past(exchanges[:-1]), render_past(exchanges[-1:])


def render_exchange(exchange: Exchange) -> str:
    """Return one question with its answer, as far as it has come."""
    busy = exchange.state in ("searching", "streaming")
    return (
        f'<article class="turn" data-turn="{exchange.number}" data-state="{exchange.state}">'
        f'<h2 class="sr">{say("you_asked")}</h2>'
        f'<p class="question">{escape(exchange.question)}{_reread(exchange)}</p>'
        f'<div class="reply" aria-busy="{"true" if busy else "false"}">'
        f'<h3 class="sr">{say("answer")}</h3>'
        f"{_reply(exchange)}</div></article>"
    )


def _reread(exchange: Exchange) -> str:
    """Return by what conditions an earlier question was answered anew."""
    reading = exchange.answer and exchange.answer.interpretation.get("reading")
    if not exchange.origin or not reading:
        return ""
    return f'<span class="reread">{say("reread", reading=reading)}</span>'


def _reply(exchange: Exchange) -> str:
    searching = f'<p class="searching">{say("searching")}</p>'
    body = _answer(exchange, exchange.answer) if exchange.answer else ""
    if exchange.state == "searching":
        return searching
    if exchange.state == "stopped":
        key = "stopped" if exchange.answer else "stopped_empty"
        return body + f'<p class="stopped">{say(key)}</p>' + render_actions(exchange)
    if exchange.state == "failed":
        return f'<div class="failed">{exchange.message}</div>' + render_actions(exchange)
    return body


def _answer(exchange: Exchange, answer: Answer) -> str:
    marks = Marks(
        cite=lambda n: _cite_number(exchange.number, answer, n),
        doubtful=tuple(item.text for item in answer.unverified),
    )
    done = exchange.state == "done"
    refused = f'<p class="verdict">{say("refused")}</p>' if answer.refused else ""
    return (
        f"{_read_as(exchange.number, answer) if done else ''}{refused}"
        f"{_wording(exchange, answer, marks)}"
        f'<div class="answer{" refused" if answer.refused else ""}">'
        f"{render_answer(_own(exchange, answer), marks)}</div>"
        + (
            _rows(exchange.number, answer)
            + render_unverified(answer)
            + _notes(answer)
            + _related(exchange.number, answer)
            + render_actions(exchange)
            + exchange.foot
            + render_next(answer)
            if done
            else ""
        )
    )


def _wording(exchange: Exchange, answer: Answer, marks: Marks) -> str:
    """Return the model's words while they grow: checked ones in ink, the others in grey."""
    wording = answer.wording
    if exchange.state != "streaming" or wording is None:
        return ""
    draft = f'<p class="draft">{escape(wording.draft)}</p>' if wording.draft else ""
    checked = render_answer(wording.text, marks) if wording.text else ""
    return (
        f'<section class="wording"><p class="wording-now">{say("wording_now")}</p>'
        f'<div class="answer">{checked}</div>{draft}</section>'
    )


def _own(exchange: Exchange, answer: Answer) -> str:
    """Return the rest of the answer, all of it once it is whole."""
    if exchange.state != "streaming" or answer.wording is None:
        return answer.answer
    return answer.answer.removeprefix(answer.wording.text)


def _cite_number(turn: int, answer: Answer, number: int) -> str | None:
    cited = next((c for c in answer.citations if c.n == number), None)
    return None if cited is None else _cite(turn, "citation", cited)


def _cite(turn: int, kind: str, cited: Citation) -> str:
    tip = cited.quote if len(cited.quote) <= TIP else cited.quote[:TIP] + "…"
    return (
        f'<button class="cite" data-look data-turn="{turn}" data-kind="{kind}" '
        f'data-n="{cited.n}" data-tip="{escape(tip)}">'
        f'<span class="sr">{say("citation")} </span>{cited.n}</button>'
    )


def _read_as(turn: int, answer: Answer) -> str:
    """Return how the question was read: its kind and its filters."""
    if is_editable(answer):
        return render_reading(turn, answer) + _standalone(answer)
    parts = []
    kind = answer.interpretation.get("kind")
    if isinstance(kind, str) and kind:
        parts.append(value(kind))
    filters = answer.interpretation.get("filters")
    if isinstance(filters, dict):
        parts += [f"{heading(str(key))} = {_words(given)}" for key, given in filters.items()]
    if not parts:
        return _standalone(answer)
    listed = "".join(f"<span>{part}</span>" for part in parts)
    read = f'<p class="read-as">{say("read_as")}{both("：", ": ")}{listed}</p>'
    return read + _standalone(answer)


def _standalone(answer: Answer) -> str:
    standalone = answer.interpretation.get("standalone")
    if not isinstance(standalone, str) or not standalone:
        return ""
    return f'<p class="read-as">{heading("standalone")} = {escape(standalone)}</p>'


def _words(given: Any) -> str:  # noqa: ANN401  the filters' values are the assistant's business
    if isinstance(given, list | tuple):
        return both("、", ", ").join(_words(item) for item in given)
    return value(str(given)) if given is not None else ""


def _rows(turn: int, answer: Answer) -> str:
    if not answer.rows or not answer.columns:
        return ""
    head = "".join(render_sorter(heading(key)) for key in answer.columns)
    body = "".join(
        "<tr>" + "".join(_cell(turn, answer, row, key) for key in answer.columns) + "</tr>"
        for row in answer.rows
    )
    # The same items already stand in the answer where it is a list.
    opened = "" if re.search(r"^(- |[0-9]+\. |\|)", answer.answer, re.MULTILINE) else " open"
    return (
        f'<details class="rows"{opened}><summary>{say("rows", count=len(answer.rows))}</summary>'
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div></details>"
    )


def _cell(turn: int, answer: Answer, row: dict[str, Any], key: str) -> str:
    cells = row.get("cells")
    numbers = cells.get(key) if isinstance(cells, dict) else None
    marks = "".join(_cite_number(turn, answer, n) or "" for n in numbers or ())
    return f"<td>{_words(row.get(key))}{marks}</td>"


def render_unverified(answer: Answer) -> str:
    """Return the words that no citation holds, each with why; nothing where there are none."""
    if not answer.unverified:
        return ""
    items = "".join(
        f'<li><span class="doubtful">{escape(item.text)}</span> {escape(item.why)}</li>'
        for item in answer.unverified
    )
    return f'<div class="unverified"><p>{say("unverified")}</p><ul>{items}</ul></div>'


def _notes(answer: Answer) -> str:
    if not answer.notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in answer.notes)
    return f'<div class="notes"><p>{say("notes")}</p><ul>{items}</ul></div>'


def _related(turn: int, answer: Answer) -> str:
    if not answer.related:
        return ""
    items = "".join(
        f'<li><p class="passage">{escape(c.quote)}</p>'
        f'<p class="from"><bdi>{escape(c.title)}</bdi>'
        f"{f'<span>{escape(c.date)}</span>' if c.date else ''}"
        f'<button class="link" data-look data-turn="{turn}" data-kind="related" '
        f'data-n="{c.n}">{say("open")}</button></p></li>'
        for c in answer.related
    )
    return f'<aside class="related"><h4>{say("related")}</h4><ul>{items}</ul></aside>'


def render_welcome(library: Library) -> str:
    """Return what stands in an empty conversation: how it works, and example questions."""
    documents = [d for d in library.documents() if d.state == "indexed"]
    if not documents:
        return (
            f'<section class="welcome"><h2>{say("no_documents")}</h2>'
            f"<p>{say('no_documents_how')}</p>"
            f'<p><button class="send" data-go="documents">{say("upload_title")}</button></p></section>'
        )
    banner = (
        f'<p class="banner">{say("samples_banner")}</p>' if all(d.sample for d in documents) else ""
    )
    buttons = "".join(
        f'<li><button class="example" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in library.suggestions()
    )
    examples = f'<h3>{say("examples")}</h3><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        f'<section class="welcome">{banner}<h2>{say("welcome")}</h2>'
        f"<p>{say('welcome_how')}</p>{examples}</section>"
    )
