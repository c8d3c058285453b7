"""Everything that can go wrong while answering, as one tree.

AssistantError
├── QuestionError     the question is empty or too long
├── ReadingError      an edited reading of a question is not one for the ledger
├── BatchError        a batch file cannot be read
├── ModelSettingError the settings of the language model cannot be used
├── DeskError         what was asked of the desk cannot be done
│   ├── NotAllowedError   the person's role does not include it
│   └── UnknownTurnError  there is no such conversation or answer, or it is somebody else's
└── PeopleError       an account, a collection or a right cannot be what was asked for
    ├── LoginError        name or password is wrong, or the account is disabled
    │   └── LockedOutError    too many were wrong
    ├── ForbiddenError    this person may not do that
    └── BusyError         too many ask at once

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


class ModelSettingError(AssistantError):
    """A setting of the language model cannot be used; the message holds no key."""


class DeskError(AssistantError):
    """A conversation, an opinion or a verification cannot be kept or shown."""


class NotAllowedError(DeskError):
    """The person may not do this."""


class UnknownTurnError(DeskError):
    """No such conversation or answer for this person."""


class PeopleError(AssistantError):
    """What was asked for of accounts, collections or rights cannot be."""


class LoginError(PeopleError):
    """Nobody was let in; it does not tell whether the account exists."""


class LockedOutError(LoginError):
    """Too many attempts were wrong; ``seconds`` until another one is looked at."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class ForbiddenError(PeopleError):
    """The person has no right to do that."""


class BusyError(PeopleError):
    """Too many ask at once; ``seconds`` after which it is worth trying again."""

    def __init__(self, message: str, seconds: int = 2) -> None:
        super().__init__(message)
        self.seconds = seconds
