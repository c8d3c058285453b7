"""Sessions of browsers and tokens of programs: random, kept as hashes, with an end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Engine, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from assistant.errors import PeopleError
from assistant.people.accounts import checked_name, person_of
from assistant.people.records import Person, Token
from assistant.people.tables import PersonRow, SessionRow, TokenRow
from index.errors import StoreError

Clock = Callable[[], float]

IDLE = 2 * 3600  # seconds without a request after which a session ends
LONGEST = 12 * 3600  # seconds that a session lasts at most: a working day
TOUCH = 60  # seconds between two notes that a key was used
PREFIX = "youju_"  # begins a token, so that a scanner of leaked secrets knows one
DAYS, MOST_DAYS = 90, 366  # that a token is good for
DAY = 24 * 3600


def digest(token: str) -> str:
    """Return what is kept of a key. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """Who is logged in."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def open(self, person_id: int) -> str:
        """Begin a session; return its token, always a new one."""
        token, at = secrets.token_urlsafe(32), int(self._clock())
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SessionRow).where(self._over(at)))
            session.add(
                SessionRow(token=digest(token), person_id=person_id, opened_at=at, seen_at=at)
            )
        return token

    def find(self, token: str) -> Person | None:
        """Return who a session is of, None where it is over or the account is disabled."""
        at = int(self._clock())
        query = (
            select(PersonRow, SessionRow.seen_at)
            .join(SessionRow, SessionRow.person_id == PersonRow.id)
            .where(SessionRow.token == digest(token), PersonRow.disabled.is_(False))
            .where(~self._over(at))
        )
        with Session(self._engine) as session:
            found = session.execute(query).one_or_none()
            if found is None:
                return None
            person, seen_at = person_of(found[0]), found[1]
        if at - seen_at >= TOUCH:
            _note(self._engine, SessionRow, SessionRow.token == digest(token), {"seen_at": at})
        return person

    def close(self, token: str) -> None:
        """End one session."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SessionRow).where(SessionRow.token == digest(token)))

    def close_all(self, person_id: int) -> None:
        """End every session of somebody."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SessionRow).where(SessionRow.person_id == person_id))

    def _over(self, at: int) -> ColumnElement[bool]:
        # A clock that was set back must not make a session last for ever.
        return or_(
            SessionRow.seen_at <= at - IDLE,
            SessionRow.opened_at <= at - LONGEST,
            SessionRow.opened_at > at + TOUCH,
        )


class Tokens:
    """Keys for programs that act for a person."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, person: Person, name: str, days: int = DAYS) -> str:
        """Return a new token, to be shown once.

        Raises:
            PeopleError: it has no name, or would last too long.
        """
        if not 1 <= days <= MOST_DAYS:
            raise PeopleError(f"令牌的有效期是 {days} 天，应为 1 到 {MOST_DAYS} 天。请改正。")
        token, at = PREFIX + secrets.token_urlsafe(32), int(self._clock())
        row = TokenRow(
            token=digest(token), person_id=person.id, name=checked_name(name), created_at=at,
            expires_at=at + days * DAY, last_used_at=None, revoked=False,
        )  # fmt: skip
        with Session(self._engine) as session, session.begin():
            session.add(row)
        return token

    def find(self, token: str) -> Person | None:
        """Return who a token acts for, None where it is no good (any more)."""
        if not token.startswith(PREFIX):
            return None
        at = int(self._clock())
        query = (
            select(PersonRow, TokenRow.last_used_at)
            .join(TokenRow, TokenRow.person_id == PersonRow.id)
            .where(TokenRow.token == digest(token), TokenRow.revoked.is_(False))
            .where(TokenRow.expires_at > at, PersonRow.disabled.is_(False))
        )
        with Session(self._engine) as session:
            found = session.execute(query).one_or_none()
            if found is None:
                return None
            person, used = person_of(found[0]), found[1]
        if used is None or at - used >= TOUCH:
            _note(self._engine, TokenRow, TokenRow.token == digest(token), {"last_used_at": at})
        return person

    def of(self, person: Person) -> list[Token]:
        """Return the tokens of somebody, newest first."""
        query = select(TokenRow).where(TokenRow.person_id == person.id)
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(TokenRow.id.desc()))
            return [
                Token(
                    r.id, r.name, _iso(r.created_at), _iso(r.expires_at),
                    None if r.last_used_at is None else _iso(r.last_used_at), r.revoked,
                )
                for r in rows
            ]  # fmt: skip

    def revoke(self, person: Person, token_id: int) -> None:
        """Make a token of somebody no good any more.

        Raises:
            PeopleError: they have no such token.
        """
        mine = (TokenRow.id == token_id, TokenRow.person_id == person.id)
        with Session(self._engine) as session, session.begin():
            row = session.scalars(select(TokenRow).where(*mine)).one_or_none()
            if row is None:
                raise PeopleError(f"“{person.name}”没有编号为 {token_id} 的令牌。请先列出令牌。")
            row.revoked = True


def _note(
    engine: Engine,
    table: type[SessionRow] | type[TokenRow],
    which: ColumnElement[bool],
    values: dict[str, int],
) -> None:
    """Note that a key was used; while the database is being written, the next use will do."""
    try:
        with Session(engine) as session, session.begin():
            session.execute(update(table).where(which).values(**values))
    except (StoreError, OperationalError):
        return


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone().isoformat(timespec="seconds")
