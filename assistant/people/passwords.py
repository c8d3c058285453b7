"""Passwords: what one must be like, and how it is kept (argon2id)."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import BusyError, PeopleError

SHORTEST, LONGEST = 10, 128  # characters; length is what makes guessing long
AT_ONCE = 2  # each takes 64 MiB and a core for a moment
PATIENCE = 5.0  # seconds to wait for one's turn


class Passwords:
    """Hashes and checks passwords, only so many at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # the second choice of RFC 9106
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        # Whoever is unknown is checked against this, which takes as long.
        self._nobody = self._hasher.hash("-")

    def hash(self, password: str, name: str = "") -> str:
        """Return what is kept of a password.

        Raises:
            PeopleError: it is too short, too long, or too easily guessed.
        """
        return self._hasher.hash(checked_password(password, name))

    def fits(self, password: str, kept: str | None) -> bool:
        """Tell whether a password is the one kept; None takes as long and fits none.

        Raises:
            BusyError: too many are being checked.
        """
        if not self._turns.acquire(timeout=PATIENCE):
            raise BusyError("正在登录的人太多。请过几秒再试。")
        try:
            self._hasher.verify(kept or self._nobody, normal(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return kept is not None

    def renewed(self, password: str) -> str:
        """Return what is kept of a password that was set before, whatever the rules are now."""
        return self._hasher.hash(normal(password)[:LONGEST])

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with a lower cost than is usual now."""
        return self._hasher.check_needs_rehash(kept)


def normal(password: str) -> str:
    """Return a password in one form, whatever the keyboard made of it."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode("utf-8"))


def checked_password(password: str, name: str = "") -> str:
    """Return a password that may be set.

    Raises:
        PeopleError: it is too short, too long, or too easily guessed.
    """
    given = normal(password)
    if len(given) < SHORTEST:
        raise PeopleError(
            f"密码有 {len(given)} 个字符，少于 {SHORTEST} 个，容易被猜中。"
            "请用更长的密码，例如几个不相干的词。"
        )
    if len(given) > LONGEST:
        raise PeopleError(f"密码有 {len(given)} 个字符，上限是 {LONGEST} 个。请缩短。")
    if len(set(given)) < 4 or (name and normal(name).casefold() in given.casefold()):
        raise PeopleError("密码由很少几个字符组成，或含有账号名，容易被猜中。请换一个。")
    return given
