"""One answer on the desk as HTML: its claims with their quotes, their marks, the decision."""

from __future__ import annotations

from html import escape

from assistant.desk.claims import Claim, claims_of, plain_words
from assistant.desk.exports.wording import said_time
from assistant.desk.opinions import LONGEST_COMMENT
from assistant.desk.records import MARKS, VERDICTS, Case, SourceFate
from assistant.desk.rules import LONGEST_TEXT
from assistant.records import Answer, Citation
from assistant.web.desk.foot import render_state
from assistant.web.desk.queue import render_when
from assistant.web.markup import Marks, render_answer, render_inline
from assistant.web.strings import both, say, words
from assistant.web.turns import render_unverified


def render_case(case: Case, said: str = "", bad: str = "") -> str:
    """Return an answer with all that is needed to decide on it.

    ``said`` is what was done, ``bad`` what could not be.
    """
    answer = case.turn.answer
    back = f'<button class="quiet" data-back-to-queue>{say("case_back")}</button>'
    if answer is None:
        return render_no_case(case)
    told = f'<p class="told" role="status">{said}</p>' if said else ""
    told += f'<p class="warning" role="alert">{bad}</p>' if bad else ""
    return (
        f'<section class="bench" data-case="{case.turn.id}" data-standing="{case.state}">'
        f'<div class="bar">{back}{render_state(case)}</div>'
        f"<h2><bdi>{escape(case.turn.question)}</bdi></h2>"
        f'<p class="muted">{render_when(case)}</p>{_note(case)}{told}'
        f"{_fates(case)}{render_unverified(answer)}{_answer(case, answer)}"
        f"{_claims(case, answer)}{_decide(case, answer)}{_past(case)}</section>"
    )


def render_no_case(case: Case | None = None) -> str:
    """Return why there is nothing to verify, with what was decided before if there is any."""
    back = f'<button class="quiet" data-back-to-queue>{say("case_back")}</button>'
    key = "case_gone" if case is None else "turn_erased"
    past = _past(case) if case else ""
    return f'<section class="bench"><div class="bar">{back}</div><p>{say(key)}</p>{past}</section>'


def _note(case: Case) -> str:
    note = escape(case.request_note)
    return f"<p>{say('case_note')}{both('：', ': ')}<bdi>{note}</bdi></p>" if note else ""


def _fates(case: Case) -> str:
    told = "".join(_fate(f) for f in case.sources if f.fate not in ("current", "unknown"))
    return f'<div class="warning">{told}</div>' if told else ""


def _fate(fate: SourceFate) -> str:
    line = say(f"fate_{fate.fate}", path=fate.path, version=fate.version, newest=fate.newest)
    lost = say("fate_lost", marks=" ".join(f"[{n}]" for n in fate.lost)) if fate.lost else ""
    return f"<p>{line} {lost}</p>"


def _answer(case: Case, answer: Answer) -> str:
    marks = _marks(case, answer)
    return f'<div class="answer">{render_answer(answer.answer, marks)}</div>'


def _marks(case: Case, answer: Answer) -> Marks:
    known = {c.n for c in answer.citations}
    return Marks(
        cite=lambda n: _cite(case, n) if n in known else None,
        doubtful=tuple(item.text for item in answer.unverified),
    )


def _cite(case: Case, n: int) -> str:
    mark = case.latest.get(n)
    state = f' data-marked="{mark.mark}"' if mark else ""
    return (
        f'<button class="cite" data-look data-case="{case.turn.id}" data-n="{n}"{state}>'
        f'<span class="sr">{say("citation")} </span>{n}</button>'
    )


def _claims(case: Case, answer: Answer) -> str:
    """Return each claim with its quotes; a quote shown above is only named."""
    cited = {c.n: c for c in answer.citations}
    shown: set[int] = set()
    items = []
    for claim in claims_of(answer.answer):
        if claim.is_head or not any(n in cited for n in claim.numbers):
            continue
        items.append(_claim(case, claim, cited, shown))
        shown.update(claim.numbers)
    rest = [_quote(case, c) for n, c in cited.items() if n not in shown]
    items += [f"<li><ul>{''.join(rest)}</ul></li>"] if rest else []
    return (
        f'<h3>{say("case_claims")}</h3><p class="muted">{say("case_keys")}</p>'
        f'<ol class="claims">{"".join(items)}</ol>'
    )


def _claim(case: Case, claim: Claim, cited: dict[int, Citation], shown: set[int]) -> str:
    quotes = "".join(
        f'<li class="muted">{say("seen_above", n=n)}</li>' if n in shown else _quote(case, cited[n])
        for n in claim.numbers
        if n in cited
    )
    text = render_inline(escape_marks(claim.text), Marks(cite=lambda n: None))
    return f'<li class="claim"><p>{text}</p><ul>{quotes}</ul></li>'


def escape_marks(text: str) -> str:
    """Return plain words as Markdown of one line that shows them as they stand."""
    return "".join(f"\\{c}" if c in "\\*[]|" else c for c in text)


def _quote(case: Case, cited: Citation) -> str:
    mark = case.latest.get(cited.n)
    state = f' data-marked="{mark.mark}"' if mark else ""
    placeholder = words("mark_comment")
    buttons = "".join(
        f'<button class="quiet" data-mark="{name}" aria-keyshortcuts="{key}" '
        f'aria-pressed="{"true" if mark and mark.mark == name else "false"}">'
        f"{say(f'mark_{name}')}</button>"
        for key, name in enumerate(MARKS, 1)
    )
    by = f'<small class="muted">{_by(mark.by, mark.at)}</small>' if mark else ""
    comment = escape(mark.comment) if mark else ""
    return (
        f'<li class="quoted" data-quote="{cited.n}" tabindex="0"{state}>{_cite(case, cited.n)}'
        f"<blockquote>{escape(cited.quote)}</blockquote>"
        f'<p class="from">{_place(cited)}</p>'
        f'<div class="marks" role="group">{buttons}'
        f'<input name="comment" maxlength="{LONGEST_COMMENT}" value="{comment}" '
        f'aria-label="{escape(" / ".join(placeholder))}" placeholder="{escape(placeholder[0])}" '
        f'data-zh="{escape(placeholder[0])}" data-en="{escape(placeholder[1])}">{by}</div></li>'
    )


def _place(cited: Citation) -> str:
    """Return where a quote stands, in both languages."""
    names = (f"《{cited.title}》", cited.section, cited.document)
    parts = [f"<bdi>{escape(name)}</bdi>" for name in names if name]
    if cited.version:
        parts.append(say("version_short", version=cited.version))
    if cited.page:
        parts.append(f"{say('page')} {cited.page}")
    parts.append(say("place_value", start=cited.start, end=cited.end))
    parts += [escape(cited.date)] if cited.date else []
    return " · ".join(parts)


def _decide(case: Case, answer: Answer) -> str:
    decision = case.decision
    text = (decision.text if decision else "") or plain_words(answer.answer)
    buttons = "".join(
        f'<button class="{"send" if name == "verified" else "quiet"}" type="button" '
        f'data-verdict="{name}">{say(f"verdict_{name}")}</button>'
        for name in VERDICTS
    )
    return (
        f'<form class="decide" data-decide><h3>{say("decide")}</h3>'
        f"<label><span>{say('decide_comment')}</span>"
        f'<textarea name="comment" rows="2" maxlength="{LONGEST_COMMENT}"></textarea></label>'
        f"<details><summary>{say('decide_text')}</summary>"
        f'<textarea name="text" rows="10" maxlength="{LONGEST_TEXT}" '
        f'aria-label="{escape(" / ".join(words("decide_text")))}">{escape(text)}</textarea>'
        f'</details><div class="bar">{buttons}</div></form>'
    )


def _past(case: Case) -> str:
    if not case.decisions:
        return ""
    items = "".join(
        f"<li>{_by(d.by, d.at)} {say(f'state_{d.verdict}')} <bdi>{escape(d.comment)}</bdi></li>"
        for d in case.decisions
    )
    return f'<h3>{say("decisions_past")}</h3><ol class="past">{items}</ol>'


def _by(by: str, at: str) -> str:
    return say("decided_by", by=by, at=said_time(at))
