"""The collections as HTML: what lies in each, who may see it, and the forms to change that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.people.collections import DEFAULT
from assistant.people.people import People
from assistant.people.records import ROLES, Collection, Person, Role
from assistant.people.tables import PATH
from assistant.web.people.forms import button, form, option, render_pane, text_field
from assistant.web.strings import both, say, words

MOST_HINTS = 2_000  # names of files to choose from; more would weigh down the page
MOST_LISTED = 200  # documents of one collection


def render_rights(
    people: People, documents: Sequence[str], said: str, bad: str, typed: Mapping[str, Any]
) -> str:
    """Return every collection with its forms, and those that add one and place documents."""
    collections = people.collections.all()
    everyone = people.accounts.all()
    rows = "".join(_collection(one, everyone) for one in collections)
    originals = (
        '<label class="check"><input type="checkbox" name="originals" checked>'
        f"<span>{say('originals_may')}</span></label>"
    )
    added = form(
        "collect",
        text_field("collection", "collection_name", more="required") + originals,
        "collection_add",
    )
    hints = "".join(f'<option value="{escape(name)}"></option>' for name in _names(documents))
    path = typed.get("path") if isinstance(typed.get("path"), str) else ""
    placed = form(
        "place",
        text_field("path", "place_path", path or "", most=PATH, more='required list="all-files"')
        + _boxes(collections),
        "place_do",
    )
    return render_pane(
        "rights",
        f'<h2>{say("collections")}</h2><p class="muted">{say("rights_how")}</p>'
        f'<ul class="collections">{rows}</ul>'
        f"<h3>{say('collection_new')}</h3>{added}"
        f'<h3>{say("placing")}</h3><p class="muted">{say("placing_how")}</p>{placed}'
        f'<datalist id="all-files">{hints}</datalist>',
        said,
        bad,
    )


def _names(documents: Sequence[str]) -> list[str]:
    """Return the names of files and of the folders that they lie in."""
    folders = {name.rsplit("/", 1)[0] + "/" for name in documents if "/" in name}
    return [*sorted(folders), *sorted(documents)][:MOST_HINTS]


def _boxes(collections: Sequence[Collection]) -> str:
    boxes = "".join(
        f'<label class="check"><input type="checkbox" name="collections" '
        f'value="{escape(one.name)}"><span><bdi>{escape(one.name)}</bdi></span></label>'
        for one in collections
        if one.id != DEFAULT
    )
    return (
        f"<fieldset><legend>{say('place_into')}</legend>{boxes or say('place_default')}</fieldset>"
    )


def _collection(one: Collection, everyone: Sequence[Person]) -> str:
    named = {"collection": one.name}
    who = "".join(
        f"<li>{both(*_and_above(role))} "
        f"{button('deny', 'grant_take', {**named, 'to': f'role:{role}'})}</li>"
        for role in one.roles
    ) + "".join(
        f"<li><bdi>{escape(name)}</bdi> "
        f"{button('deny', 'grant_take', {**named, 'to': f'person:{name}'})}</li>"
        for name in one.people
    )
    seen = f"<ul>{who}</ul>" if who else f'<p class="muted">{say("seen_by_managers")}</p>'
    to = "denied" if one.originals else "allowed"
    changes = button("originals", f"originals_{to}_do", {**named, "to": to})
    if one.id != DEFAULT and not one.documents:
        changes += button("drop", "collection_drop", named, sure=True)
    return (
        f'<li data-collection="{escape(one.name)}"><h3><bdi>{escape(one.name)}</bdi> '
        f'<span class="badge">{say("originals_yes" if one.originals else "originals_no")}</span>'
        f"</h3><h4>{say('seen_by')}</h4>{seen}{_granting(one, everyone)}"
        f'{_documents(one)}<p class="row">{changes}</p></li>'
    )


def _and_above(role: Role) -> tuple[str, str]:
    said = [words("role_and_above", role=word) for word in words(f"role_{role}")]
    return said[0][0], said[1][1]


def _granting(one: Collection, everyone: Sequence[Person]) -> str:
    roles = "".join(
        option(f"role:{role}", *_and_above(role)) for role in ROLES if role not in one.roles
    )
    persons = "".join(
        option(f"person:{p.name}", p.name, p.name) for p in everyone if p.name not in one.people
    )
    select = (
        f'<label><span>{say("grant_to")}</span><select name="to">{roles}{persons}</select></label>'
    )
    return form("grant", select, "grant_do", {"collection": one.name})


def _documents(one: Collection) -> str:
    if one.id == DEFAULT:
        return f'<p class="muted">{say("collection_default")}</p>'
    if not one.documents:
        return f'<p class="muted">{say("collection_empty")}</p>'
    items = "".join(f"<li><bdi>{escape(p)}</bdi></li>" for p in one.documents[:MOST_LISTED])
    rest = len(one.documents) - MOST_LISTED
    more = f'<p class="muted">{say("report_more", count=rest)}</p>' if rest > 0 else ""
    head = say("collection_holds", count=len(one.documents))
    return f"<details><summary>{head}</summary><ul>{items}</ul>{more}</details>"
