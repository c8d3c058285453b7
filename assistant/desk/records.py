"""Conversations, feedback and verification as records. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from assistant.records import Answer

Mark = Literal["supported", "partly", "not_supported"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Verdict = Literal["verified", "corrected", "rejected"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CaseState = Literal["unasked", "asked", "verified", "corrected", "rejected"]
Scope = Literal["asked", "all"]
FeedbackKind = Literal["up", "down", "unanswered"]
Handling = Literal["new", "seen", "handled"]
HANDLINGS: tuple[Handling, ...] = get_args(Handling)
Reason = Literal["incomplete", "wrong_figure", "wrong_source", "misread", "outdated", "unclear"]
REASONS: tuple[Reason, ...] = get_args(Reason)
# What became of a cited document since the answer.
Fate = Literal["current", "updated", "withdrawn", "erased", "unknown"]


class Person(Protocol):
    """Who acts; ``role`` is asks, verifies or manages, each of which includes the ones before."""

    @property
    def name(self) -> str:
        """A name that no other person has."""
        ...

    @property
    def role(self) -> str:
        """The highest of the roles."""
        ...


@dataclass(frozen=True, slots=True)
class OnePerson:
    """A person where there are no accounts."""

    name: str
    role: str


LOCAL = OnePerson("本机用户", "manages")

# (person, action, subject, detail): neither subject nor detail holds a word of a document.
Audit = Callable[[Person, str, str, str], None]
# Tells of a document's path whether the person may see it.
Sees = Callable[[str], bool]


class VersionOfSource(Protocol):
    """A version of a document, as far as the desk looks at it."""

    @property
    def number(self) -> int:
        """Counts from 1, the oldest."""
        ...

    @property
    def state(self) -> str:
        """Current, superseded, withdrawn or removed."""
        ...


class Sources(Protocol):
    """The documents that answers cite."""

    def history(self, path: str) -> Sequence[VersionOfSource]:
        """Return the versions, newest first; raise ``UnknownDocumentError``."""
        ...

    def text(self, path: str, version: int | None = None) -> str:
        """Return the canonical text, the current one where no version is named."""
        ...


@dataclass(frozen=True, slots=True)
class TalkInfo:
    """A conversation as a list shows it; the title is empty where its words were erased."""

    id: int
    title: str
    turns: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question with its answer; ``answer`` is None where a cited document was erased.

    ``origin`` is the standalone question whose reading was edited, where it was;
    ``index_version`` names the state of the index that answered; ``hidden`` tells that
    the answer is there, but draws on a document that the reader may not see.
    """

    id: int
    number: int
    question: str
    answer: Answer | None
    asked_by: str
    asked_at: str
    index_version: str
    origin: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of one owner, whole."""

    info: TalkInfo
    turns: tuple[KeptTurn, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the asker thinks of an answer, or a question that was not answered.

    ``by`` is empty for the latter: nobody was asked whether to tell.
    """

    id: int
    turn: KeptTurn
    kind: FeedbackKind
    reasons: tuple[Reason, ...]
    comment: str
    by: str
    at: str
    handling: Handling = "new"
    handled_by: str = ""
    handled_at: str = ""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """Whether the source bears out what is cited from it: citation ``n`` of an answer."""

    n: int
    mark: Mark
    comment: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an answer; ``text`` is the corrected one, Markdown with [n] marks."""

    verdict: Verdict
    text: str
    comment: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class SourceFate:
    """What became of a cited document.

    ``version`` is the one that the answer cites, ``newest`` the current one. ``lost``
    are the citations whose words do not stand in the current text any more.
    """

    path: str
    version: int | None
    fate: Fate
    newest: int | None = None
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An answer on the desk, with all that was marked and decided, oldest first."""

    turn: KeptTurn
    requested_by: str
    requested_at: str
    request_note: str
    marks: tuple[CitationMark, ...]
    decisions: tuple[Decision, ...]
    sources: tuple[SourceFate, ...] = ()

    @property
    def state(self) -> CaseState:
        """What the newest decision says, else whether verification was asked for."""
        if self.decisions:
            return self.decisions[-1].verdict
        return "asked" if self.requested_at else "unasked"

    @property
    def decision(self) -> Decision | None:
        """The decision that holds."""
        return self.decisions[-1] if self.decisions else None

    @property
    def latest(self) -> dict[int, CitationMark]:
        """The mark that holds, by citation."""
        return {mark.n: mark for mark in self.marks}

    @property
    def unmarked(self) -> tuple[int, ...]:
        """The citations that nobody has marked."""
        answer = self.turn.answer
        have = self.latest
        return tuple(c.n for c in answer.citations if c.n not in have) if answer else ()

    @property
    def outdated(self) -> bool:
        """Whether a cited document has a newer version, or is not there any more."""
        return any(source.fate not in ("current", "unknown") for source in self.sources)
