"""What managers do with people on the page: the same steps as the command line's.

Whatever the browser sends, it is done in the name of who is logged in, and only where
they manage; a sentence tells what was done, or why it was not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from assistant.errors import AssistantError, PeopleError
from assistant.people.accounts import checked_role
from assistant.people.audit import ACTIONS
from assistant.people.keys import DAYS
from assistant.people.people import People
from assistant.people.records import LOCAL, Person, Role
from assistant.web.people.log import LINES, Search, render_log
from assistant.web.people.rights import render_rights
from assistant.web.people.roster import render_roster
from assistant.web.sorry import sorry
from assistant.web.strings import say
from index.errors import IndexingError

logger = logging.getLogger(__name__)

Sent = Mapping[str, Any]
PANES = ("roster", "rights", "log")


class Office:
    """The actions over the people of one database; holds no visitor's state."""

    def __init__(self, people: People, documents: Callable[[], list[str]]) -> None:
        """``documents`` names the files of the index, to choose from."""
        self._people = people
        self._documents = documents
        self._acts: dict[str, Callable[[Sent, Person], str]] = {
            "add": self._add,
            "role": self._role,
            "disabled": self._disabled,
            "password": self._password,
            "unlock": self._unlock,
            "token": self._token,
            "revoke": self._revoke,
            "collect": self._collect,
            "drop": self._drop,
            "originals": self._originals,
            "grant": self._grant,
            "deny": self._deny,
            "place": self._place,
        }

    def show(self, person: Person, sent: Sent, said: str = "", bad: str = "") -> str:
        """Return a pane; whoever may not manage is told so, and nothing else."""
        if not person.may("manage"):
            return f'<section class="people"><p class="none">{say("forbidden")}</p></section>'
        pane = _text(sent, "pane")
        if pane == "log":
            return self._log(person, sent)
        if pane == "rights":
            return render_rights(self._people, self._documents(), said, bad, sent if bad else {})
        return render_roster(self._people, said, bad, sent if bad else {})

    def act(self, person: Person, sent: Sent) -> str:
        """Do something and return the pane as it is then."""
        act = self._acts.get(_text(sent, "act"))
        if act is None or not person.may("manage"):
            return self.show(person, sent)
        by = LOCAL if person.is_local else person
        try:
            return self.show(person, sent, said=act(sent, by))
        except (AssistantError, IndexingError) as error:  # written for the user
            return self.show(person, sent, bad=sorry(error))

    def _log(self, person: Person, sent: Sent) -> str:
        before = sent.get("before")
        wanted = Search(
            words=_text(sent, "words"),
            person=_text(sent, "person"),
            action=_text(sent, "action") if _text(sent, "action") in ACTIONS else "",
            since=_text(sent, "since")[:10],
            until=_text(sent, "until")[:10],
        )
        found = self._people.audit.search(
            wanted.words, person=wanted.person, action=wanted.action, since=wanted.since,
            until=wanted.until, before=before if type(before) is int and before > 0 else None,
            limit=LINES + 1,
        )  # fmt: skip
        told = "，".join(part for part in (wanted.words, wanted.person, wanted.action) if part)
        self._people.audit.log(person, "audit_read", detail=told)
        return render_log(found, wanted)

    # ---- accounts

    def _add(self, sent: Sent, by: Person) -> str:
        role = checked_role(_text(sent, "role"))
        person = self._people.add(_text(sent, "name"), role, _password(sent), by)
        return say("person_added", name=person.name)

    def _role(self, sent: Sent, by: Person) -> str:
        person = self._people.set_role(_text(sent, "name"), checked_role(_text(sent, "role")), by)
        return say("role_changed", name=person.name)

    def _disabled(self, sent: Sent, by: Person) -> str:
        disabled = _text(sent, "to") == "disabled"
        person = self._people.set_disabled(_text(sent, "name"), disabled, by)
        return say("person_disabled" if disabled else "person_enabled", name=person.name)

    def _password(self, sent: Sent, by: Person) -> str:
        self._people.set_password(_text(sent, "name"), _password(sent), by)
        return say("password_changed", name=_text(sent, "name"))

    def _unlock(self, sent: Sent, by: Person) -> str:
        return say("person_unlocked", name=self._people.unlock(_text(sent, "name"), by).name)

    def _token(self, sent: Sent, by: Person) -> str:
        given = _text(sent, "days")
        days = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else DAYS
        token = self._people.make_token(_text(sent, "name"), _text(sent, "title"), days, by)
        return f'{say("token_made", name=_text(sent, "name"))} <code class="token">{token}</code>'

    def _revoke(self, sent: Sent, by: Person) -> str:
        number = _text(sent, "number")
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0
        self._people.revoke_token(_text(sent, "name"), known, by)
        return say("token_revoked", name=_text(sent, "name"))

    # ---- collections

    def _collect(self, sent: Sent, by: Person) -> str:
        name = _text(sent, "collection")
        self._people.add_collection(name, sent.get("originals") is True, by)
        return say("collection_added", name=name)

    def _drop(self, sent: Sent, by: Person) -> str:
        self._people.remove_collection(_text(sent, "collection"), by)
        return say("collection_dropped", name=_text(sent, "collection"))

    def _originals(self, sent: Sent, by: Person) -> str:
        allowed = _text(sent, "to") == "allowed"
        self._people.set_originals(_text(sent, "collection"), allowed, by)
        key = "originals_allowed" if allowed else "originals_denied"
        return say(key, name=_text(sent, "collection"))

    def _grant(self, sent: Sent, by: Person) -> str:
        self._people.grant(_text(sent, "collection"), *_grantee(sent), by)
        return say("grant_made", name=_text(sent, "collection"))

    def _deny(self, sent: Sent, by: Person) -> str:
        self._people.revoke(_text(sent, "collection"), *_grantee(sent), by)
        return say("grant_taken", name=_text(sent, "collection"))

    def _place(self, sent: Sent, by: Person) -> str:
        names = sent.get("collections")
        chosen = [n for n in names if isinstance(n, str)] if isinstance(names, list) else []
        self._people.place(_text(sent, "path").strip(), chosen, by)
        return say("document_placed", name=_text(sent, "path").strip())


def _grantee(sent: Sent) -> tuple[Role | None, str | None]:
    """Return the role or the person that a right is for."""
    kind, _, name = _text(sent, "to").partition(":")
    return (checked_role(name), None) if kind == "role" else (None, name)


def _password(sent: Sent) -> str:
    password = _text(sent, "password")
    if password != _text(sent, "again"):
        raise PeopleError("两次输入的密码不一样。请重新输入。")
    return password


def _text(sent: Sent, key: str) -> str:
    given = sent.get(key)
    return given if isinstance(given, str) else ""
