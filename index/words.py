"""Text as lexical units: character bigrams for Chinese, whole words and numbers else.

Bigrams need no dictionary, so names that no dictionary holds are found too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_UNIT = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+"  # Chinese characters
    r"|\d{1,4}[年月日号]"  # parts of dates
    r"|\d+(?:[.,]\d+)*"  # numbers, kept whole
    r"|[^\W\d_\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+"  # words in other scripts
)


def fold(text: str) -> str:
    """Return ``text`` in one form: half-width, lower case, simplified Chinese."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return str(_converter().convert(folded))


def units(text: str) -> list[str]:
    """Return the lexical units of ``text``, in order, with repeats."""
    found: list[str] = []
    for match in _UNIT.finditer(fold(text)):
        run = match.group()
        if not is_chinese(run[0]):
            found.append(run.replace(",", ""))
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def is_chinese(character: str) -> bool:
    """Tell whether one character is a Chinese character."""
    code = ord(character)
    return 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0x20000 <= code <= 0x3134F


def chinese_share(text: str) -> float:
    """Return the share of Chinese characters among the letters of ``text``, 0 to 1."""
    letters = [c for c in text if c.isalpha()]
    return sum(map(is_chinese, letters)) / len(letters) if letters else 0.0


@cache
def _converter() -> Any:  # noqa: ANN401 - opencc has no types
    import opencc

    return opencc.OpenCC("t2s")
