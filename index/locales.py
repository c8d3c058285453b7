"""Python in a locale that knows ASCII alone cannot name or print Chinese files."""

from __future__ import annotations

import os
import sys


def use_utf8() -> None:
    """Start the program again in UTF-8 mode where that is so; call it first."""
    if sys.getfilesystemencoding() == "ascii" and not sys.flags.utf8_mode:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
