"""One visitor's desk: what they may do and see, made anew for every event.

The page asks ``Front.desk`` for it and keeps nothing: a role that was taken away, a
document that was closed or an account that was disabled is felt at the next click.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.chat import Assistant, open_assistant
from assistant.desk.desk import sees_all
from assistant.desk.opening import open_desk
from assistant.desk.records import Person as Named
from assistant.people.audit import ACTIONS, Action, Audit
from assistant.people.people import People
from assistant.people.records import LOCAL, NEEDED, Act, Person
from assistant.people.seeing import KEPT, Seeing
from assistant.people.visitors import Visitor, Visitors
from assistant.web import ports
from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.desk.talks import TalkRoom
from assistant.web.dialogue import Dialogue
from assistant.web.filing import FilingDesk
from assistant.web.model import ModelView
from assistant.web.people.office import Office
from assistant.web.shelf import Shelf
from index.errors import UnknownDocumentError
from index.library import Library
from index.seen import SeenLibrary

if TYPE_CHECKING:
    from assistant.llm.writing import Writer


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page's events work on, for one visitor and one event."""

    visitor: Visitor
    dialogue: Dialogue
    filing: FilingDesk
    shelf: ports.Library
    audit: Audit | None = None
    part: bool = False  # whether not all documents can be seen from here
    room: TalkRoom | None = None
    bench: Bench | None = None
    office: Office | None = None
    models: ModelView | None = None

    @property
    def model(self) -> ModelView | None:
        """What is shown of the language model, None to those who do not manage."""
        return self.models if self.may("manage") else None

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.visitor.person

    @property
    def mine(self) -> ports.Visitor:
        """The visitor as what is kept knows them: who it is, and which documents they see."""
        return ports.Visitor(self.person, self._sees if self.part else sees_all)

    def may(self, act: Act) -> bool:
        """Tell whether they may do something."""
        return self.person.may(act)

    def rights(self) -> str:
        """Return what they may do, for the page: what they may not do it does not offer."""
        acts = [act for act in NEEDED if self.may(act)]
        # Originals are taken through the API, which is there where people are known.
        named = [*acts, *(["originals"] if self.audit is not None else [])]
        return f'<div hidden data-may="{" ".join(named)}"></div>'

    def log(self, action: Action, about: str = "", detail: str = "") -> None:
        """Note what was done."""
        if self.audit is not None:
            self.audit.log(self.person, action, about, detail, self.visitor.address)

    def saw(self, document: str) -> None:
        """Note that a document was looked at."""
        if self.audit is not None:
            self.audit.saw(self.person, document, self.visitor.address)

    def signed(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was sent, signed by who sent it, whatever name stands in it."""
        name = {} if self.person.is_local else {"signed": self.person.name, "by": self.person.name}
        return {**sent, **name}

    def tidy(self, talk: Conversation) -> None:
        """Take out of a conversation what quotes documents that may not be seen any more."""
        if self.part:
            talk.keep(self._sees)

    def _sees(self, document: str) -> bool:
        try:
            return bool(self.shelf.history(document))
        except UnknownDocumentError:
            return False


class Front(Protocol):
    """Where the page gets the desk of a visitor.

    ``keeps`` tells whether conversations and verifications are kept.
    """

    keeps: bool

    def desk(self, visitor: Visitor) -> Desk:
        """Return the desk as of now; raise ``ForbiddenError`` where they are logged out."""
        ...


class OneDesk:
    """The same desk for everybody: nobody logs in, and nothing is logged or kept."""

    keeps = False

    def __init__(
        self, assistant: ports.Assistant, library: ports.Library, intake: ports.Intake
    ) -> None:
        dialogue, filing = Dialogue(assistant, library), FilingDesk(library, intake)
        self._desk = Desk(Visitor(LOCAL), dialogue, filing, library)

    def desk(self, visitor: Visitor) -> Desk:
        """Return that desk."""
        return self._desk


@dataclass(frozen=True, slots=True)
class Set:
    """What all share who see the same: made once, for the ledger takes a while."""

    library: Library
    assistant: Assistant
    shelf: Shelf
    dialogue: Dialogue


class Reception:
    """Gives everybody what their rights give them: a desk, a library, an assistant."""

    keeps = True

    def __init__(
        self,
        library: Library,
        people: People,
        visitors: Visitors,
        intake: ports.Intake,
        writer: Writer | None = None,
    ) -> None:
        """Take what is shared by all; ``writer`` words the answers where a model is set."""
        self.writer = writer
        self.models = ModelView(writer.endpoint if writer else None)
        self.people = people
        self.visitors = visitors
        self.seeing = Seeing(library, people)
        self.whole = library
        self._intake = intake
        self._sets: OrderedDict[int, Set] = OrderedDict()
        self._turn = threading.Lock()
        self._writing = threading.Lock()  # corrections of all are kept one after another
        kept = open_desk(library, self._note)
        self.kept = kept
        self.room, self.bench = TalkRoom(kept), Bench(kept)
        self.office = Office(people, lambda: [info.path for info in library.documents()])

    def _note(self, person: Named, action: str, about: str, detail: str) -> None:
        """Note what somebody did at the desk; it passes on whom the page gave it."""
        known = person if isinstance(person, Person) else None
        wanted = next((a for a in ACTIONS if a == action), None)
        if wanted is not None:
            self.people.audit.log(known, wanted, about, detail)

    def desk(self, visitor: Visitor) -> Desk:
        """Return the desk of a visitor as of now.

        Raises:
            ForbiddenError: they are logged out, or their account was disabled.
        """
        now = self.visitors.again(visitor)
        made = self.set_of(now.person)
        shelf = SignedShelf(made.library, now, self.people.audit)
        filing = FilingDesk(shelf, SignedIntake(self._intake, now, self.people.audit))
        part = isinstance(made.library, SeenLibrary)
        return Desk(
            now, made.dialogue, filing, made.shelf, self.people.audit, part, self.room, self.bench,
            self.office, self.models,
        )  # fmt: skip

    def set_of(self, person: Person) -> Set:
        """Return the library as somebody sees it, and what is made over it."""
        library = self.seeing.library_of(person)
        with self._turn:
            made = self._sets.get(id(library))
            if made is None or made.library is not library:
                assistant, shelf = open_assistant(library, self.writer), Shelf(library)
                dialogue = Dialogue(assistant, shelf, self._writing, self.room, self.bench)
                made = Set(library, assistant, shelf, dialogue)
                self._sets[id(library)] = made
            self._sets.move_to_end(id(library))
            while len(self._sets) > KEPT + 1:
                self._sets.popitem(last=False)
            return made


class SignedShelf(Shelf):
    """A shelf whose withdrawals are noted with who did it."""

    def __init__(self, library: Library, visitor: Visitor, audit: Audit) -> None:
        super().__init__(library)
        self._visitor = visitor
        self._audit = audit

    def withdraw(self, path: str, by: str, why: str) -> None:
        """Hide a document and keep its history."""
        super().withdraw(path, by, why)
        self._audit.log(self._visitor.person, "withdrew", path, why, self._visitor.address)


class SignedIntake:
    """An intake whose changes are noted with who asked for them."""

    def __init__(self, intake: ports.Intake, visitor: Visitor, audit: Audit) -> None:
        self._intake = intake
        self._visitor = visitor
        self._audit = audit
        self.jobs, self.stop, self.rebuilding = intake.jobs, intake.stop, intake.rebuilding

    def add(self, name: str, file: Path) -> str:
        """Take over a file under a name and return the id of its job."""
        job = self._intake.add(name, file)
        self._log("uploaded", name)
        return job

    def erase(self, path: str, by: str) -> None:
        """Hide a document at once, and wipe it from every store in the background."""
        self._intake.erase(path, by)
        self._log("erased", path)

    def reinstate(self, path: str, by: str) -> None:
        """Take a withdrawn document back in."""
        self._intake.reinstate(path, by)
        self._log("reinstated", path)

    def rebuild(self) -> None:
        """Begin to make what is searched anew."""
        self._intake.rebuild()
        self._log("rebuilt")

    def _log(self, action: Action, about: str = "") -> None:
        self._audit.log(self._visitor.person, action, about, address=self._visitor.address)
