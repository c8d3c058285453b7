"""Files of the cache that another process may read while they are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Write ``file`` under another name first, so that nobody reads half of it."""
    handle, part = tempfile.mkstemp(prefix=f"{file.name}.part-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(part).chmod(0o644)  # mkstemp makes it private; a shared cache must be readable
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
