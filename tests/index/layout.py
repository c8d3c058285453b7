"""Layout for texts that a test writes itself."""

from index.load.text import read_text
from index.records import Block


def line_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of plain text; none where the loader would refuse the text."""
    return read_text(text.encode()).blocks if text.strip() else ()
