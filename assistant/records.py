"""An answer and its citations, and their stable JSON form. Standard library only."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of the conversation so far."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document: ``text[start:end] == quote``, always.

    ``document`` is the file's path in the index, ``start``/``end`` are half-open
    code-point offsets into its canonical text, ``section`` the verbatim headings
    joined with " > ", ``page`` counts from 1, ``date`` is ISO where known. ``version``
    is the document's when the answer was made, so that its text can still be opened.
    """

    n: int
    document: str
    article: str | None
    title: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    date: str | None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Unverified:
    """Words of the answer that the cited text does not hold, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that the answer gives; ``formula`` where it was computed."""

    number: float
    unit: str
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a language model wrote over the evidence, and what became of its sentences.

    ``text`` are the first lines of the answer, Markdown as checked; ``draft`` words of
    the model that are not checked yet, only while the answer grows. ``fallback`` says
    why the documents' own words stand alone. ``sent`` of ``evidence`` pieces were shown
    to the model. Times are seconds.
    """

    model: str
    sentences: int = 0
    verified: int = 0
    repaired: int = 0
    unverified: int = 0
    withheld: int = 0
    evidence: int = 0
    sent: int = 0
    fallback: str | None = None
    cached: bool = False
    first: float | None = None
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    text: str = ""
    draft: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the figures, without the words: those stand in the answer."""
        return {name: value for name, value in asdict(self).items() if name not in _WORDS}


_WORDS = ("text", "draft")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. DESIGN.md, "Commands", is the contract for its JSON form.

    ``wording`` is there only where a language model is set.
    """

    question: str
    answer: str
    refused: bool = False
    short: str | None = None
    interpretation: dict[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    rows: tuple[dict[str, Any], ...] | None = None
    count: int | None = None
    value: Value | None = None
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    id: str | None = None
    wording: Wording | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the answer with the field names and order of the contract.

        ``wording`` is added where a language model was asked, and left out elsewhere.
        """
        names = (
            "id question answer short refused interpretation columns rows count value "
            "citations related unverified notes seconds"
        )
        values = asdict(self)
        known = {name: values[name] for name in names.split()}
        return known | ({"wording": self.wording.to_json()} if self.wording else {})
