"""Spares an endpoint that fails: after some failures it is left alone, then tried once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

FAILURES = 3  # in a row, before the endpoint is spared
REST = 30.0  # seconds that it is spared, then one call is let through
LONGEST_REST = 300.0  # seconds, whatever the endpoint asks for

State = Literal["closed", "open", "half-open"]


class Breaker:
    """Lets calls through while they succeed. Calls from several threads are safe."""

    def __init__(
        self,
        failures: int = FAILURES,
        rest: float = REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin closed; ``clock`` gives seconds."""
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._failed = 0
        self._until = 0.0
        self._probing = False
        self._turn = threading.Lock()

    @property
    def state(self) -> State:
        """closed: calls go through; open: none does; half-open: the next one is a trial."""
        with self._turn:
            return self._state()

    def _state(self) -> State:
        if self._failed < self._most:
            return "closed"
        return "open" if self._clock() < self._until or self._probing else "half-open"

    def admits(self) -> bool:
        """Tell whether a call may go through now; of those that wait, one is the trial."""
        with self._turn:
            state = self._state()
            self._probing = self._probing or state == "half-open"
            return state != "open"

    def succeeded(self) -> None:
        """Note a call that went well."""
        with self._turn:
            self._failed, self._probing = 0, False

    def failed(self, at_once: bool = False, rest: float = 0.0) -> None:
        """Note one that did not; ``at_once`` where there is no point in more trials.

        ``rest``: seconds that the endpoint asked to be left alone.
        """
        with self._turn:
            self._failed = self._most if at_once else self._failed + 1
            self._until = self._clock() + min(max(rest, self._rest), LONGEST_REST)
            self._probing = False

    def abandoned(self) -> None:
        """Note a call that says nothing of the endpoint: it was stopped, or was ours to blame."""
        with self._turn:
            self._probing = False
