"""Tell which files arrive, change or go in watched folders. The one file that knows watchfiles."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

SETTLED_MS = 1_600  # a file is looked at once nothing has happened for about that long
POLL_MS = 5_000


def watch(
    roots: Sequence[Path],
    stop: threading.Event,
    leave_out: Collection[Path] = (),
    *,
    polling: bool | None = None,
) -> Iterator[set[Path]]:
    """Yield the places that changed, until ``stop`` is set.

    Args:
        roots: files and folders, absolute.
        stop: ends the watching within a second.
        leave_out: folders whose changes do not matter (the index's own).
        polling: look again and again instead of being told by the system, as network
            drives need; None decides by the environment (``WATCHFILES_FORCE_POLLING``).
    """
    from watchfiles import Change
    from watchfiles import watch as changes

    def matters(_: Change, place: str) -> bool:
        path = Path(place)
        hidden = path.name.startswith((".", "~$"))
        return not hidden and not any(path.is_relative_to(folder) for folder in leave_out)

    for found in changes(
        *roots,
        watch_filter=matters,
        stop_event=stop,
        debounce=SETTLED_MS,
        rust_timeout=500,
        yield_on_timeout=False,
        raise_interrupt=False,
        ignore_permission_denied=True,
        force_polling=polling,
        poll_delay_ms=POLL_MS,
    ):
        yield {Path(place) for _, place in found}
