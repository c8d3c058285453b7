"""Accounts in SQL; every method is one transaction."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import PeopleError
from assistant.people.records import ROLES, Person, Role
from assistant.people.tables import NAME, PersonRow
from index.sql import now


class Accounts:
    """Adds, finds and changes accounts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, role: Role, password: str) -> Person:
        """Keep a new account; ``password`` is hashed.

        Raises:
            PeopleError: the name cannot be used, or is taken.
        """
        shown = checked_name(name)
        row = PersonRow(
            key=key_of(shown), name=shown, role=role, password=password, disabled=False,
            created_at=now(),
        )  # fmt: skip
        try:
            with Session(self._engine) as session, session.begin():
                session.add(row)
                session.flush()
                return person_of(row)
        except IntegrityError as error:
            raise PeopleError(f"已有名为“{shown}”的账号。请换一个名字，例如加上部门。") from error

    def all(self) -> list[Person]:
        """Return every account, by name."""
        with Session(self._engine) as session:
            return [
                person_of(r) for r in session.scalars(select(PersonRow).order_by(PersonRow.key))
            ]

    def can_begin(self) -> bool:
        """Tell whether there is an account that can log in and manage."""
        with Session(self._engine) as session:
            return _managers(session) > 0

    def find(self, name: str) -> Person:
        """Return the account of that name.

        Raises:
            PeopleError: there is none.
        """
        with Session(self._engine) as session:
            return person_of(_known(session, name))

    def secret(self, name: str) -> tuple[Person, str] | None:
        """Return an account that may log in, with its password's hash; None if there is none."""
        with Session(self._engine) as session:
            row = _row(session, name)
            return None if row is None or row.disabled else (person_of(row), row.password)

    def set_password(self, name: str, password: str) -> None:
        """Keep another hash."""
        with Session(self._engine) as session, session.begin():
            _known(session, name).password = password

    def set_role(self, name: str, role: Role) -> Person:
        """Give an account another role.

        Raises:
            PeopleError: there is no such account, or nobody would be left to manage.
        """
        with Session(self._engine) as session, session.begin():
            row = _known(session, name)
            row.role = role
            _keep_a_manager(session, row)
            return person_of(row)

    def set_disabled(self, name: str, disabled: bool) -> Person:
        """Close an account, or open it again.

        Raises:
            PeopleError: there is no such account, or nobody would be left to manage.
        """
        with Session(self._engine) as session, session.begin():
            row = _known(session, name)
            row.disabled = disabled
            _keep_a_manager(session, row)
            return person_of(row)


def checked_name(name: str) -> str:
    """Return a name that an account can have.

    Raises:
        PeopleError: it is empty, too long, or holds what cannot be seen.
    """
    shown = unicodedata.normalize("NFKC", name).strip()
    if not shown or len(shown) > NAME or not shown.isprintable():
        raise PeopleError(f"名字要有 1 到 {NAME} 个看得见的字符。请换一个名字。")
    return shown


def checked_role(role: str) -> Role:
    """Return a role by its name.

    Raises:
        PeopleError: there is none of that name.
    """
    for known in ROLES:
        if role == known:
            return known
    raise PeopleError(
        f"没有名为“{role[:40]}”的角色。可用的有：asks（提问）、verifies（核对）、manages（管理）。"
    )


def key_of(name: str) -> str:
    """Return what a name is looked up by: without regard to case and width."""
    storable = name.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is not
    return unicodedata.normalize("NFKC", storable).strip().casefold()


def person_of(row: PersonRow) -> Person:
    """Return the record of a row."""
    return Person(row.id, row.name, checked_role(row.role), row.disabled, row.created_at)


def _row(session: Session, name: str) -> PersonRow | None:
    return session.scalars(select(PersonRow).where(PersonRow.key == key_of(name))).one_or_none()


def _known(session: Session, name: str) -> PersonRow:
    row = _row(session, name)
    if row is None:
        raise PeopleError(
            f"没有名为“{name[:NAME]}”的账号。用 python -m assistant person list 查看已有的账号。"
        )
    return row


def _managers(session: Session) -> int:
    query = select(func.count()).select_from(PersonRow)
    found = query.where(PersonRow.role == "manages", PersonRow.disabled.is_(False))
    return int(session.execute(found).scalar_one())


def _keep_a_manager(session: Session, changed: PersonRow) -> None:
    session.flush()
    if not _managers(session):
        raise PeopleError(
            f"“{changed.name}”是最后一个能管理的账号，不能停用或改为别的角色。"
            "请先给另一个账号 manages 角色。"
        )
