"""Everything that can go wrong while answering, as one tree.

AssistantError
├── QuestionError     the question is empty or too long
├── ReadingError      an edited reading of a question is not one for the ledger
├── BatchError        a batch file cannot be read
└── DeskError         what was asked of the desk cannot be done
    ├── NotAllowedError   the person's role does not include it
    └── UnknownTurnError  there is no such conversation or answer, or it is somebody else's

A refusal ("the documents do not say") is an answer, not an error.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors that this package raises on purpose."""


class QuestionError(AssistantError):
    """The question cannot be asked as it is."""


class ReadingError(AssistantError):
    """A question cannot be read in the way that was asked for."""


class BatchError(AssistantError):
    """A batch file cannot be read."""


class DeskError(AssistantError):
    """A conversation, an opinion or a verification cannot be kept or shown."""


class NotAllowedError(DeskError):
    """The person may not do this."""


class UnknownTurnError(DeskError):
    """No such conversation or answer for this person."""
