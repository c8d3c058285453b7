"""Plain text (.txt): every line that holds words is a block; structure is found later."""

from __future__ import annotations

import re

from index.load.canonical import is_blank
from index.load.decode import decode
from index.records import Block, LoadedFile

MEDIA_TYPE = "text/plain"
_LINE = re.compile(r"[^\n]+")


def read_text(content: bytes) -> LoadedFile:
    """Return the decoded text, untouched but for line ends, with one block a line."""
    decoded = decode(content)
    blocks = tuple(
        Block("paragraph", match.start(), match.end())
        for match in _LINE.finditer(decoded.text)
        if not is_blank(match.group())
    )
    return LoadedFile(decoded.text, MEDIA_TYPE, blocks, decoded.encoding, None, decoded.notes)
