"""Lock-out: whoever guesses passwords waits longer and longer, restart or not."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from assistant.errors import LockedOutError
from assistant.people.accounts import key_of
from assistant.people.tables import GuessRow

ACCOUNT_FREE, ADDRESS_FREE = 5, 30  # wrong ones without a wait; an office shares an address
FIRST_WAIT = 30  # seconds; each further wrong one doubles it
ACCOUNT_LONGEST = 15 * 60  # seconds: a stranger must not shut somebody out for a day
ADDRESS_LONGEST = 60 * 60
FORGET = 24 * 3600  # seconds after the last wrong one
KEPT = 10_000  # rows; names that are made up would fill the disk


class Guesses:
    """Counts wrong passwords by account and by address."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._turn = threading.Lock()  # SQLite reads before it locks: two would count as one

    def begin(self, name: str, address: str) -> bool:
        """Count an attempt as wrong before it is looked at: many at once gain nothing.

        Returns:
            Whether it is the one that shuts the door, should it be wrong.

        Raises:
            LockedOutError: too many were wrong; this one is not looked at.
        """
        at = int(self._clock())
        limits = (
            (_account(name), ACCOUNT_FREE, ACCOUNT_LONGEST),
            (_address(address), ADDRESS_FREE, ADDRESS_LONGEST),
        )
        with self._turn, Session(self._engine) as session, session.begin():
            rows = [_locked_row(session, about, at) for about, _, _ in limits]
            wait = max(row.closed_until - at for row in rows)
            if wait > 0:
                raise LockedOutError(
                    f"密码连续输错的次数太多，为防止猜测暂停登录。请在 {wait} 秒后再试，"
                    "或请管理员重设密码。",
                    wait,
                )
            for row, (_, free, longest) in zip(rows, limits, strict=True):
                row.wrong, row.last_at = row.wrong + 1, at
                if row.wrong >= free:
                    row.closed_until = at + _wait(row.wrong - free, longest)
            return any(row.closed_until > at for row in rows)

    def clear(self, name: str, address: str) -> None:
        """Take back the attempt that was right: the account's all, of the address this one."""
        with self._turn, Session(self._engine) as session, session.begin():
            session.execute(delete(GuessRow).where(GuessRow.about == _account(name)))
            row = session.get(GuessRow, _address(address))
            if row is not None:
                row.wrong = max(0, row.wrong - 1)
                if row.wrong < ADDRESS_FREE:
                    row.closed_until = 0

    def wait_of(self, name: str) -> int:
        """Return the seconds for which an account is shut, 0 where it is not."""
        with Session(self._engine) as session:
            row = session.get(GuessRow, _account(name))
            return max(0, row.closed_until - int(self._clock())) if row else 0

    def forgive(self, name: str) -> None:
        """Let an account try again at once: a manager says so, or has set its password."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(GuessRow).where(GuessRow.about == _account(name)))


def _wait(times: int, longest: int) -> int:
    """Return how many seconds to wait after so many wrong ones more than are free."""
    return min(FIRST_WAIT * (1 << min(times, 20)), longest)


def _locked_row(session: Session, about: str, at: int) -> GuessRow:
    """Return the row of a count, begun anew where it was long ago; nobody else changes it now."""
    row = session.scalars(
        select(GuessRow).where(GuessRow.about == about).with_for_update()
    ).one_or_none()
    if row is not None and row.last_at <= at - FORGET:
        session.delete(row)
        session.flush()
        row = None
    if row is None:
        _make_room(session, at)
        row = GuessRow(about=about, wrong=0, last_at=at, closed_until=0)
        session.add(row)
        session.flush()
    return row


def _make_room(session: Session, at: int) -> None:
    session.execute(delete(GuessRow).where(GuessRow.last_at <= at - FORGET))
    oldest = select(GuessRow.about).order_by(GuessRow.last_at.desc()).offset(KEPT)
    session.execute(delete(GuessRow).where(GuessRow.about.in_(oldest)))


def _account(name: str) -> str:
    """Return a hash of a name: people type passwords into the wrong field."""
    return hashlib.sha256(f"account\0{key_of(name)}".encode("utf-8", "replace")).hexdigest()


def _address(address: str) -> str:
    return hashlib.sha256(f"address\0{address}".encode("utf-8", "replace")).hexdigest()
