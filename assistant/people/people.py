"""Everything about people over one database: what is asked for, checked, done and logged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from argon2 import PasswordHasher

from assistant.errors import LoginError, PeopleError
from assistant.people.accounts import Accounts
from assistant.people.audit import Audit
from assistant.people.collections import Collections
from assistant.people.guesses import Guesses
from assistant.people.keys import DAYS, Sessions, Tokens
from assistant.people.passwords import Passwords
from assistant.people.records import LOCAL, ROLE_WORDS, Person, Role
from assistant.people.tables import make_tables
from index.database import Database

WRONG = "名字或密码不对。请检查大小写后再试；忘记密码请找管理员重设。"


class People:
    """Accounts, sessions, tokens, collections and the audit log.

    ``by`` is who does something; what changes rights is logged with their name.
    """

    def __init__(
        self,
        database: Database,
        hasher: PasswordHasher | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        engine = database.engine
        make_tables(engine)
        self._passwords = Passwords(hasher)
        self._guesses = Guesses(engine, clock)
        self.accounts = Accounts(engine)
        self.sessions = Sessions(engine, clock)
        self.tokens = Tokens(engine, clock)
        self.collections = Collections(engine)
        self.audit = Audit(engine)

    # ---- logging in and out

    def log_in(self, name: str, password: str, address: str) -> tuple[Person, str]:
        """Return who logged in, and the token of a new session.

        Raises:
            LoginError: the name or the password is wrong, or the account is disabled; it
                takes as long and says the same, whichever it is.
            LockedOutError: too many were wrong before.
            BusyError: too many log in at once.
        """
        person = self.check_password(name, password, address)
        self.audit.log(person, "logged_in", address=address)
        return person, self.sessions.open(person.id)

    def check_password(self, name: str, password: str, address: str) -> Person:
        """Return whose password it is; raise what ``log_in`` raises."""
        known = self.accounts.secret(name)
        closes = self._guesses.begin(name, address)
        if not self._passwords.fits(password, known[1] if known else None) or known is None:
            # A name that is no account's may be a password in the wrong field. What is
            # tried while the door is shut is not noted: it could fill the disk.
            self.audit.log(None, "login_failed", _told(known), address=address)
            if closes:
                self.audit.log(None, "locked_out", _told(known), address=address)
            raise LoginError(WRONG)
        self._guesses.clear(name, address)
        person, kept = known
        if self._passwords.is_outdated(kept):
            self.accounts.set_password(person.name, self._passwords.renewed(password))
        return person

    def log_out(self, person: Person, token: str, address: str = "") -> None:
        """End a session."""
        self.sessions.close(token)
        self.audit.log(person, "logged_out", address=address)

    # ---- accounts

    def add(self, name: str, role: Role, password: str, by: Person = LOCAL) -> Person:
        """Open an account; raise ``PeopleError`` if name or password cannot be used."""
        person = self.accounts.add(name, role, self._passwords.hash(password, name))
        self.audit.log(by, "person_added", person.name, ROLE_WORDS[role])
        return person

    def change_own_password(
        self, person: Person, old: str, new: str, address: str
    ) -> tuple[Person, str]:
        """Set somebody's password who knows the old one; return the token of a new session."""
        self.check_password(person.name, old, address)
        self.set_password(person.name, new, person)
        return person, self.sessions.open(person.id)

    def set_password(self, name: str, password: str, by: Person = LOCAL) -> None:
        """Set a password; every session of that account ends.

        Raises:
            PeopleError: there is no such account, or the password is too easily guessed.
        """
        person = self.accounts.find(name)
        self.accounts.set_password(name, self._passwords.hash(password, person.name))
        self.sessions.close_all(person.id)
        self._guesses.forgive(name)
        self.audit.log(by, "password_changed", person.name)

    def wait_of(self, name: str) -> int:
        """Return for how many seconds an account is shut after wrong passwords, 0 if it is not."""
        return self._guesses.wait_of(name)

    def unlock(self, name: str, by: Person = LOCAL) -> Person:
        """Let an account try again at once, with the password that it has."""
        person = self.accounts.find(name)
        self._guesses.forgive(name)
        self.audit.log(by, "person_unlocked", person.name)
        return person

    def set_role(self, name: str, role: Role, by: Person = LOCAL) -> Person:
        """Give another role; every session of that account ends."""
        person = self.accounts.set_role(name, role)
        self.sessions.close_all(person.id)
        self.audit.log(by, "role_changed", person.name, ROLE_WORDS[role])
        return person

    def set_disabled(self, name: str, disabled: bool, by: Person = LOCAL) -> Person:
        """Close an account, which ends its sessions and stops its tokens, or open it again."""
        person = self.accounts.set_disabled(name, disabled)
        self.sessions.close_all(person.id)
        self.audit.log(by, "person_disabled" if disabled else "person_enabled", person.name)
        return person

    # ---- tokens

    def make_token(self, name: str, title: str, days: int = DAYS, by: Person = LOCAL) -> str:
        """Return a new token that acts for an account, to be shown once."""
        person = self.accounts.find(name)
        if person.disabled:
            raise PeopleError(f"“{person.name}”已停用，不能有令牌。请先启用该账号。")
        token = self.tokens.make(person, title, days)
        self.audit.log(by, "token_made", person.name, f"{title}，{days} 天")
        return token

    def revoke_token(self, name: str, number: int, by: Person = LOCAL) -> None:
        """Make a token no good any more."""
        person = self.accounts.find(name)
        self.tokens.revoke(person, number)
        self.audit.log(by, "token_revoked", person.name, str(number))

    # ---- collections

    def add_collection(self, name: str, originals: bool = True, by: Person = LOCAL) -> None:
        """Begin a collection that only managers see."""
        self.collections.add(name, originals)
        self.audit.log(by, "collection_changed", name, "新建")

    def remove_collection(self, name: str, by: Person = LOCAL) -> None:
        """Drop an empty collection."""
        self.collections.remove(name)
        self.audit.log(by, "collection_changed", name, "删除")

    def set_originals(self, name: str, originals: bool, by: Person = LOCAL) -> None:
        """Say whether those who see a collection may take its original files along."""
        self.collections.set_originals(name, originals)
        self.audit.log(
            by, "collection_changed", name, "可下载原件" if originals else "不可下载原件"
        )

    def grant(
        self, name: str, role: Role | None = None, person: str | None = None, by: Person = LOCAL
    ) -> None:
        """Let a role or a person see a collection."""
        self.collections.grant(name, role, person)
        self.audit.log(by, "grant_changed", name, f"允许 {person or (role and ROLE_WORDS[role])}")

    def revoke(
        self, name: str, role: Role | None = None, person: str | None = None, by: Person = LOCAL
    ) -> None:
        """Take that back."""
        self.collections.revoke(name, role, person)
        self.audit.log(by, "grant_changed", name, f"取消 {person or (role and ROLE_WORDS[role])}")

    def place(self, path: str, names: Sequence[str], by: Person = LOCAL) -> None:
        """Put a document or a folder into these collections only."""
        self.collections.place(path, names)
        self.audit.log(by, "document_placed", path, "、".join(names) or "默认")


def _told(known: tuple[Person, str] | None) -> str:
    return known[0].name if known else "未知账号"
