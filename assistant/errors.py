"""Everything that can go wrong while answering, as one tree.

AssistantError
├── QuestionError     the question is empty or too long
└── BatchError        a batch file cannot be read

A refusal ("the documents do not say") is an answer, not an error.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors that this package raises on purpose."""


class QuestionError(AssistantError):
    """The question cannot be asked as it is."""


class BatchError(AssistantError):
    """A batch file cannot be read."""
