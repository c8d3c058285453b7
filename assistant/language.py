"""In which language a question is asked."""

from __future__ import annotations

import re

from index.words import chinese_share, fold

FEW = 0.3  # share of Chinese characters in an English question: names in it may be Chinese
_OPENING = re.compile(
    r"(?:and|so|what|which|whose|whom|who|when|where|why|how|list|tell|give|show|is|are|was|were"
    r"|did|does|do|has|have|had|can|could|please|in|on|by|for|of|the)\b"
)


def is_english(text: str) -> bool:
    """Tell whether a question is asked in English, though names in it may be Chinese."""
    folded = fold(text).strip()
    return chinese_share(folded) <= FEW or _OPENING.match(folded) is not None
