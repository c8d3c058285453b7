"""The accounts as HTML: who there is, what each may do, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from assistant.people.keys import DAYS, MOST_DAYS
from assistant.people.people import People
from assistant.people.records import Person, Token
from assistant.web.people.forms import (
    button,
    form,
    password_fields,
    render_pane,
    role_field,
    text_field,
)
from assistant.web.strings import say


def render_roster(people: People, said: str, bad: str, typed: Mapping[str, Any]) -> str:
    """Return all accounts by name, each with its forms, and the form that adds one."""
    everyone = people.accounts.all()
    rows = "".join(_account(person, people, typed) for person in everyone)
    fresh = typed if typed.get("act") == "add" else {}
    added = form(
        "add",
        text_field("name", "person_name", _typed(fresh, "name"), more="required")
        + role_field(_typed(fresh, "role") or "asks")
        + password_fields(),
        "person_add",
    )
    return render_pane(
        "roster",
        f'<h2>{say("people_count", count=len(everyone))}</h2><ul class="accounts">{rows}</ul>'
        f"<h3>{say('person_new')}</h3>{added}",
        said,
        bad,
    )


def _account(person: Person, people: People, typed: Mapping[str, Any]) -> str:
    wait = people.wait_of(person.name)
    flags = f'<span class="badge">{say(f"role_{person.role}")}</span>'
    flags += f'<span class="flag">{say("account_disabled")}</span>' if person.disabled else ""
    flags += f'<span class="flag">{say("account_shut", seconds=wait)}</span>' if wait else ""
    opened = " open" if typed.get("name") == person.name and typed.get("act") != "add" else ""
    since = escape(person.created_at[:10])
    return (
        f'<li data-account="{escape(person.name)}"><details{opened}><summary>'
        f"<bdi>{escape(person.name)}</bdi>{flags}<small>{say('person_since', date=since)}</small>"
        f"</summary>{_changes(person, wait)}{_tokens(person, people.tokens.of(person))}"
        "</details></li>"
    )


def _changes(person: Person, wait: int) -> str:
    named = {"name": person.name}
    shut = button("unlock", "person_unlock", named) if wait else ""
    to = {**named, "to": "enabled" if person.disabled else "disabled"}
    key = "person_enable" if person.disabled else "person_disable"
    return (
        form("role", role_field(person.role), "role_change", named)
        + form("password", password_fields(), "password_set", named)
        + f'<p class="row">{button("disabled", key, to, sure=not person.disabled)}{shut}</p>'
    )


def _tokens(person: Person, tokens: list[Token]) -> str:
    items = "".join(_token(person, token) for token in tokens)
    listed = f"<ul>{items}</ul>" if items else f'<p class="muted">{say("tokens_none")}</p>'
    days = f'type="number" min="1" max="{MOST_DAYS}"'
    made = form(
        "token",
        text_field("title", "token_for", more="required")
        + text_field("days", "token_days", str(DAYS), most=4, more=days),
        "token_make",
        {"name": person.name},
    )
    return f"<h4>{say('tokens')}</h4>{listed}{'' if person.disabled else made}"


def _token(person: Person, token: Token) -> str:
    if token.revoked:
        state = f'<span class="flag">{say("token_is_revoked")}</span>'
    else:
        sent = {"name": person.name, "number": str(token.id)}
        state = button("revoke", "token_revoke", sent, sure=True)
    used = token.last_used_at[:10] if token.last_used_at else "–"
    line = say("token_line", until=token.expires_at[:10], used=used)
    return f"<li><bdi>{escape(token.name)}</bdi> <small>{line}</small> {state}</li>"


def _typed(sent: Mapping[str, Any], key: str) -> str:
    given = sent.get(key)
    return given if isinstance(given, str) else ""
