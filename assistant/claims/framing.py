"""Sentences that state nothing: greetings, lead-ins, headings of a general kind."""

from __future__ import annotations

import re

from assistant.claims.dates import dates
from assistant.claims.folding import fold
from assistant.claims.names import NameIndex, persons
from assistant.claims.quantities import quantities
from assistant.claims.statuses import find_statuses
from assistant.claims.wording import content_length

MOST_CONTENT = 4  # characters that are no joining words: “重点”, “梳理如下”
LONGEST = 60  # characters
_ENGLISH = re.compile(
    r"^(?:here (?:is|are)|the following|below (?:is|are)|based on|according to|in summary|summary|overview|details|hello|thank you|note)\b[a-z ,'\-]*[:.]?$"
)


def is_framing(text: str, known: NameIndex) -> bool:
    """Tell whether a sentence may stand without a citation because it states nothing.

    It holds no number, date, status or known name, and hardly a word besides those
    that join and frame.
    """
    plain = fold(text)
    if re.search(r"\d", plain) or quantities(plain) or dates(plain) or find_statuses(plain):
        return False
    if known.find(plain) or persons(plain) or len(plain) > LONGEST:
        return False
    if re.search(r"[a-z]", plain):
        return bool(_ENGLISH.match(plain))
    return content_length(plain) <= MOST_CONTENT
