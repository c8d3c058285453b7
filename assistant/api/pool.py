"""Answers are made by a few threads; who waits is counted, and one too many is told so."""

from __future__ import annotations

import secrets
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from assistant.errors import BusyError
from assistant.records import Answer

AT_ONCE = 2  # answers made at a time: each takes a core
WAITING = 64  # fifty people who ask at once are all answered
EACH = 16  # of one person: a program must not fill the queue alone
KEPT = 500  # answers whose citations can be asked for again
T = TypeVar("T")


class AnswerPool:
    """Runs what makes an answer."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, each: int = EACH) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answer")
        self._most, self._each = at_once + waiting, each
        self._held: Counter[int] = Counter()
        self._turn = threading.Lock()

    def submit(self, person: int, work: Callable[[], T]) -> Future[T]:
        """Have ``work`` done; one that is cancelled before its turn gives its place free.

        Raises:
            BusyError: too many wait, or too many of this person.
        """
        with self._turn:
            if self._held[person] >= self._each:
                raise BusyError("您同时提的问题太多。请等前面的答完再问。")
            if self._held.total() >= self._most:
                raise BusyError("现在提问的人太多，排不下了。请过几秒再试。")
            self._held[person] += 1
        try:
            future = self._threads.submit(work)
        except RuntimeError as error:  # it is closing
            self._free(person)
            raise BusyError("服务正在停止。请稍后再试。") from error
        future.add_done_callback(lambda _: self._free(person))
        return future

    def waiting(self) -> int:
        """Return how many answers wait or are being made."""
        with self._turn:
            return self._held.total()

    def close(self) -> None:
        """Take nothing more, and drop what waits."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _free(self, person: int) -> None:
        with self._turn:
            self._held[person] -= 1
            if not self._held[person]:
                del self._held[person]


class Answers:
    """The latest answers, each for whoever asked, by a number that nobody guesses."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._answers: OrderedDict[str, tuple[int, Answer]] = OrderedDict()
        self._turn = threading.Lock()
        self._turns: OrderedDict[str, int] = OrderedDict()
        self._keeping = threading.Lock()

    def keep(self, person: int, answer: Answer) -> str:
        """Keep an answer; return its id."""
        key = secrets.token_hex(16)
        with self._turn:
            self._answers[key] = (person, answer)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return key

    def turn_of(self, key: str, keep: Callable[[], int]) -> int:
        """Return the number under which the desk keeps an answer; kept at the first asking."""
        with self._keeping:  # asked for twice at once, it is kept once
            if key not in self._turns:
                self._turns[key] = keep()
                while len(self._turns) > self._kept:
                    self._turns.popitem(last=False)
            return self._turns[key]

    def find(self, person: int, key: str) -> Answer | None:
        """Return an answer to its asker, None to anybody else or where it is gone."""
        with self._turn:
            owner, answer = self._answers.get(key, (None, None))
        return answer if owner == person else None
