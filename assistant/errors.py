"""Everything that can go wrong while answering, as one tree.

AssistantError
├── QuestionError     the question is empty or too long
├── ReadingError      an edited reading of a question is not one for the ledger
└── BatchError        a batch file cannot be read

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
