"""Who calls the API, and what they may see: the one dependency that every route takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from assistant.chat import Assistant
from assistant.errors import ForbiddenError
from assistant.people.audit import Action
from assistant.people.records import NEEDED, ROLE_WORDS, Act, Person
from assistant.people.visitors import Visitor
from assistant.web.desks import Reception, Set
from assistant.web.ledger.desk import LedgerDesk
from assistant.web.shelf import Shelf
from index.library import Library


@dataclass(frozen=True, slots=True)
class Caller:
    """A visitor with the library as they see it, for one request."""

    visitor: Visitor
    reception: Reception
    made: Set

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.visitor.person

    @property
    def library(self) -> Library:
        """The library as they see it."""
        return self.made.library

    @property
    def assistant(self) -> Assistant:
        """Answers from that library."""
        return self.made.assistant

    @property
    def shelf(self) -> Shelf:
        """That library as the page needs it."""
        return self.made.shelf

    @property
    def ledger(self) -> LedgerDesk:
        """The ledger of that library, ready for filtering."""
        return self.made.dialogue.ledger

    def require(self, act: Act) -> None:
        """Return quietly if they may; raise ``ForbiddenError`` if not."""
        if not self.person.may(act):
            raise ForbiddenError(f"这样做需要“{ROLE_WORDS[NEEDED[act]]}”角色。")

    def log(self, action: Action, about: str = "", detail: str = "") -> None:
        """Note what was done."""
        self.reception.people.audit.log(self.person, action, about, detail, self.visitor.address)

    def saw(self, document: str) -> None:
        """Note that a document was looked at."""
        self.reception.people.audit.saw(self.person, document, self.visitor.address)


# The gate has looked at the token; this only puts it into the description.
_described = HTTPBearer(auto_error=False, description="令牌：python -m assistant person token")


def caller(request: Request, _: Annotated[object, Depends(_described)] = None) -> Caller:
    """Return who calls; raise ``ForbiddenError`` where they are logged out meanwhile."""
    reception: Reception = request.app.state.reception
    now = reception.visitors.again(request.state.visitor)
    return Caller(now, reception, reception.set_of(now.person))


Here = Annotated[Caller, Depends(caller)]
