"""Who a request is of: a session in a cookie, a token in a header, or whoever is at the machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.cookies import CookieError, SimpleCookie
from typing import Any

from assistant.errors import ForbiddenError
from assistant.people.keys import LONGEST
from assistant.people.people import People
from assistant.people.records import LOCAL, Person

COOKIE = "youju"
BEARER = "bearer "
# A proxy that passes others on adds one of these: then not everybody is at the machine.
PASSED_ON = (b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who makes a request, and from where. The keys are not shown where this is printed."""

    person: Person
    address: str = ""
    session: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class Visitors:
    """Knows visitors by what they bring. ``login`` False: nobody has to bring anything."""

    def __init__(self, people: People | None, *, login: bool) -> None:
        self._people = people
        self.login = login

    def of(self, scope: Mapping[str, Any]) -> Visitor | None:
        """Return who a request is of, None where it brings nothing that is good."""
        address = (scope.get("client") or ("", 0))[0]
        headers = dict(scope["headers"])
        if not self.login:
            passed_on = any(name in headers for name in PASSED_ON)
            return None if passed_on else Visitor(LOCAL, address)
        given = headers.get(b"authorization", b"").decode("latin-1")
        if given.lower().startswith(BEARER):
            return self._checked(Visitor(LOCAL, address, token=given[len(BEARER) :].strip()))
        session = _cookies(headers).get(cookie_name(scope), "")
        return self._checked(Visitor(LOCAL, address, session=session)) if session else None

    def again(self, visitor: Visitor) -> Visitor:
        """Return a visitor as they are now: their role may have changed since they came.

        Raises:
            ForbiddenError: they are logged out, or their account was disabled.
        """
        found = visitor if not self.login else self._checked(visitor)
        if found is None:
            raise ForbiddenError("登录已结束。请重新登录后再试。")
        return found

    def _checked(self, visitor: Visitor) -> Visitor | None:
        if self._people is None:
            return None
        person = (
            self._people.tokens.find(visitor.token)
            if visitor.token
            else self._people.sessions.find(visitor.session)
        )
        return replace(visitor, person=person) if person else None


def cookie_name(scope: Mapping[str, Any]) -> str:
    """Return the cookie's name; over https one that no other site or page can have set."""
    return f"__Host-{COOKIE}" if scope.get("scheme") == "https" else COOKIE


def cookie(scope: Mapping[str, Any], token: str, name: str = "", age: int = LONGEST) -> str:
    """Return the header that keeps a key in the browser, out of reach of any script."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return (
        f"{name or cookie_name(scope)}={token}; Path=/; Max-Age={age}; HttpOnly; "
        f"SameSite=Strict{secure}"
    )


def read_cookie(scope: Mapping[str, Any], name: str) -> str:
    """Return a cookie of a request, nothing where there is none of that name."""
    return _cookies(dict(scope["headers"])).get(name, "")


def _cookies(headers: Mapping[bytes, bytes]) -> dict[str, str]:
    try:
        jar = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return {}
    return {name: kept.value for name, kept in jar.items()}
