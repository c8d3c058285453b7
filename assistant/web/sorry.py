"""Errors in both languages: they are written in Chinese; English says of what kind it is."""

from __future__ import annotations

from assistant.errors import (
    BusyError,
    DeskError,
    ForbiddenError,
    ModelSettingError,
    NotAllowedError,
    PeopleError,
    QuestionError,
    ReadingError,
    UnknownTurnError,
)
from assistant.web.strings import both
from index.errors import (
    IndexBusyError,
    LoadError,
    ModelError,
    StoreError,
    UnknownDocumentError,
)

# The first that fits is said. Each says what, why as far as its kind tells, and what to do.
ENGLISH: dict[type[Exception], str] = {
    UnknownTurnError: "This answer or conversation is not there any more. Refresh the page.",
    NotAllowedError: "Your role does not include this. Ask your administrator if you need to.",
    ForbiddenError: "Your account may not do this. Ask your administrator if you need to.",
    BusyError: "Too many ask at once. Please try again in a few seconds.",
    ReadingError: "The ledger cannot answer under these conditions. Change one of them, "
    "or ask in other words.",
    QuestionError: "The question cannot be asked as it is. Shorten it or ask in other words.",
    ModelSettingError: "The language model's settings cannot be used. "
    "Ask your administrator to look at them.",
    DeskError: "This cannot be noted as it is; correct it and try again.",
    PeopleError: "This was not done: a name, a password or a right cannot be so. "
    "Correct it and try again.",
    UnknownDocumentError: "This document, or this version, is not in the index any more. "
    "Ask again.",
    LoadError: "The file could not be read. Check it, save it anew and upload it again.",
    IndexBusyError: "Another program holds the index. Close it, or try again later.",
    ModelError: "The model cannot be used. Ask your administrator to look at the log.",
    StoreError: "The index cannot be used now. Ask your administrator to look at the log.",
}
OTHER = "This did not work. Please try again; if it fails again, ask your administrator."


def sorry(error: Exception) -> str:
    """Return as HTML what went wrong: the error's own words, and in English its kind."""
    said = str(error)
    kind = next((words for known, words in ENGLISH.items() if isinstance(error, known)), OTHER)
    return both(said, f"{kind} ({said})")
