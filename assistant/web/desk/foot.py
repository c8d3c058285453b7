"""Below an answer: a thumb with its reasons, and how the answer stands with the desk."""

from __future__ import annotations

from html import escape

from assistant.desk.claims import as_markdown
from assistant.desk.exports.wording import said_time
from assistant.desk.opinions import LONGEST_COMMENT
from assistant.desk.records import REASONS, Case
from assistant.web.markup import Marks, render_answer
from assistant.web.strings import say, words

THUMBS = ("up", "down")


def render_foot(case: Case, thumb: str | None, said: str = "") -> str:
    """Return what stands below a kept answer; ``said`` is what just happened."""
    answer = case.turn.answer
    told = f'<p class="told" role="status">{said}</p>' if said else ""
    verified = render_standing(case) if answer and not answer.refused else ""
    return f'<div class="foot">{_thumbs(thumb)}{verified}{told}</div>'


def _thumbs(thumb: str | None) -> str:
    buttons = "".join(
        f'<button class="quiet" data-thumb="{name}" aria-pressed="{_is(name == thumb)}">'
        f"{say(f'thumb_{name}')}</button>"
        for name in THUMBS
    )
    return f'<div class="thumbs" role="group">{buttons}</div>{_why() if thumb == "down" else ""}'


def _why() -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="reason" value="{reason}"> '
        f"{say(f'reason_{reason}')}</label>"
        for reason in REASONS
    )
    return (
        f'<form class="why" data-opinion><fieldset><legend>{say("opinion_why")}</legend>{boxes}'
        f'</fieldset><label class="comment"><span>{say("opinion_comment")}</span>'
        f'<textarea name="comment" rows="2" maxlength="{LONGEST_COMMENT}"></textarea></label>'
        f'<button class="quiet" type="submit">{say("opinion_send")}</button></form>'
    )


def render_standing(case: Case) -> str:
    """Return whether an answer was verified, by whom and when; or the button to ask for it."""
    if case.state == "unasked":
        return _request()
    return (
        f'<div class="standing" data-standing="{case.state}">{render_state(case)}'
        f"{_outdated(case)}{_decision(case)}{_report(case)}</div>"
    )


def _request() -> str:
    """Return the form that asks for verification: one press, or with a word to the staff."""
    hint = words("verify_note")
    return (
        '<form class="request" data-ask-verify>'
        f'<button class="quiet" type="submit" data-request>{say("verify_request")}</button>'
        f'<input name="note" maxlength="{LONGEST_COMMENT}" autocomplete="off" '
        f'aria-label="{escape(" / ".join(hint))}" placeholder="{escape(hint[0])}" '
        f'data-zh="{escape(hint[0])}" data-en="{escape(hint[1])}"></form>'
    )


def render_state(case: Case) -> str:
    """Return the state of an answer in words, and who decided it."""
    decision = case.decision
    by = ""
    if decision:
        said = say("decided_by", by=decision.by, at=said_time(decision.at))
        by = f'<span class="by">{said}</span>'
    return f'<p class="state-of"><strong>{say(f"state_{case.state}")}</strong> {by}</p>'


def _outdated(case: Case) -> str:
    return f'<p class="outdated">{say("outdated")}</p>' if case.outdated else ""


def _decision(case: Case) -> str:
    decision = case.decision
    if decision is None:
        return ""
    html = ""
    if decision.comment:
        html += f"<p>{say('decision_comment')}：<bdi>{escape(decision.comment)}</bdi></p>"
    if decision.text:
        marks = Marks(cite=lambda n: None)
        html += f"<h4>{say('corrected_text')}</h4>"
        html += f'<div class="answer">{render_answer(as_markdown(decision.text), marks)}</div>'
    return html


def _report(case: Case) -> str:
    if case.decision is None:
        return ""
    return f'<button class="quiet" data-report>{say("report_export")}</button>'


def _is(yes: bool) -> str:
    return "true" if yes else "false"
