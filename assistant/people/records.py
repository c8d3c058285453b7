"""Who somebody is and what they may do. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["asks", "verifies", "manages"]
ROLES: tuple[Role, ...] = get_args(Role)  # each includes the ones before
ROLE_WORDS: dict[Role, str] = {"asks": "提问", "verifies": "核对", "manages": "管理"}

Act = Literal["ask", "download", "correct", "verify", "file", "manage"]
# The least role that may do it. ``file`` is to upload, withdraw, take back in, erase, rebuild.
NEEDED: dict[Act, Role] = {
    "ask": "asks",
    "download": "asks",
    "correct": "verifies",
    "verify": "verifies",
    "file": "manages",
    "manage": "manages",
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account. ``id`` 0 is whoever sits at the machine, where nobody logs in."""

    id: int
    name: str
    role: Role
    disabled: bool = False
    created_at: str = ""

    def may(self, act: Act) -> bool:
        """Tell whether the role includes an act."""
        return includes(self.role, NEEDED[act])

    @property
    def sees_everything(self) -> bool:
        """Whether no collection is closed to them: who may open each may as well see each."""
        return self.role == "manages"

    @property
    def is_local(self) -> bool:
        """Whether nobody had to log in."""
        return self.id == 0


LOCAL = Person(0, "本机", "manages")


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that the same people may see.

    ``roles`` and ``people`` (their names) are who may; ``originals`` whether they may
    take the original files with them. ``documents`` are names, a folder ends with “/”.
    """

    id: int
    name: str
    originals: bool
    roles: tuple[Role, ...] = ()
    people: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs, without the key itself. Times are ISO 8601."""

    id: int
    name: str
    created_at: str
    expires_at: str
    last_used_at: str | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log: who did what, about what, from where."""

    id: int
    at: str
    person: str
    action: str
    about: str
    detail: str
    address: str


def includes(role: Role, needed: Role) -> bool:
    """Tell whether a role may do what another one may."""
    return ROLES.index(role) >= ROLES.index(needed)
