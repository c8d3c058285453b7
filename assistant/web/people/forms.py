"""Pieces of the forms where people are managed; what was typed by others is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from assistant.people.passwords import LONGEST, SHORTEST
from assistant.people.records import ROLES
from assistant.people.tables import NAME
from assistant.web.strings import say, words

PANES = ("roster", "rights", "log")


def render_pane(pane: str, body: str, said: str = "", bad: str = "") -> str:
    """Return a pane under its switch; ``said`` is what was done, ``bad`` what could not be."""
    buttons = "".join(
        f'<button data-people-pane="{name}" aria-pressed="{"true" if name == pane else "false"}">'
        f"{say(f'people_{name}')}</button>"
        for name in PANES
    )
    told = f'<p class="told" role="status">{said}</p>' if said else ""
    told += f'<p class="warning" role="alert">{bad}</p>' if bad else ""
    return (
        f'<section class="people" data-pane-shown="{pane}"><div class="panes" role="group">'
        f"{buttons}</div>{told}{body}</section>"
    )


def form(act: str, body: str, submit: str, hidden: Mapping[str, str] | None = None) -> str:
    """Return a form whose fields go to ``Office.act``."""
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (hidden or {}).items()
    )
    return (
        f'<form class="row" data-people-act="{act}">{kept}{body}'
        f'<button class="quiet" type="submit">{say(submit)}</button></form>'
    )


def button(act: str, key: str, sent: Mapping[str, str], *, sure: bool = False) -> str:
    """Return a button that does one thing; ``sure`` asks for a second press."""
    named = " ".join(f'data-with-{name}="{escape(value)}"' for name, value in sent.items())
    twice = f'<span class="again">{say("people_sure")}</span>' if sure else ""
    return (
        f'<button class="quiet" type="button" data-people-do="{act}" {named}'
        f'{" data-twice" if sure else ""}><span class="once">{say(key)}</span>{twice}</button>'
    )


def text_field(name: str, key: str, value: str = "", *, most: int = NAME, more: str = "") -> str:
    """Return a labelled field."""
    return (
        f'<label><span>{say(key)}</span><input name="{name}" maxlength="{most}" '
        f'value="{escape(value)}" autocomplete="off" {more}></label>'
    )


def password_fields() -> str:
    """Return the two fields of a new password."""
    least = f'type="password" required minlength="{SHORTEST}"'
    fields = (("password", "password_new"), ("again", "password_again"))
    return "".join(
        text_field(name, key, most=LONGEST, more=least).replace(
            'autocomplete="off"', 'autocomplete="new-password"'
        )
        for name, key in fields
    )


def role_field(chosen: str) -> str:
    """Return the choice of a role."""
    return choice("role", "role", ((role, f"role_{role}") for role in ROLES), chosen)


def choice(name: str, key: str, options: Iterable[tuple[str, str]], chosen: str = "") -> str:
    """Return a labelled choice of (value, name of its words)."""
    return (
        f'<label><span>{say(key)}</span><select name="{name}">'
        + "".join(option(value, *words(said), value == chosen) for value, said in options)
        + "</select></label>"
    )


def option(value: str, chinese: str, english: str, chosen: bool = False) -> str:
    """Return an option whose words the browser puts in, in the language that is shown."""
    return (
        f'<option value="{escape(value)}" data-say-zh="{escape(chinese)}" '
        f'data-say-en="{escape(english)}"{" selected" if chosen else ""}>{escape(chinese)}</option>'
    )
