"""A model's reasoning taken out of what it writes, as it streams in.

Models that think aloud put it between tags (``<think>…</think>`` of DeepSeek-R1 and
Qwen3, and others of the same form). What is never closed is dropped to its end; a
closing tag alone means that everything before it was thought (Qwen3's template opens
the tag in the prompt). Reasoning that comes in a field of its own never gets here:
``ChatOpenAI`` leaves ``reasoning_content`` out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = r"(?:think|thinking|thought|reasoning|reflection|analysis|scratchpad)"
_TAG = re.compile(rf"<\s*(?P<close>/)?\s*{_NAMES}\s*>", re.IGNORECASE)
_BEGUN = re.compile(r"<\s*/?\s*[a-z]{0,10}\s*$", re.IGNORECASE)  # what may become a tag


@dataclass(frozen=True, slots=True)
class Said:
    """Words that are no reasoning; ``anew``: all words before them were reasoning after all."""

    words: str
    anew: bool = False


class Unthinking:
    """Passes on what a stream says aloud."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self._held = ""  # what may be the beginning of a tag
        self._inside = False

    def feed(self, piece: str) -> Said:
        """Return the words of ``piece`` that are no reasoning, as far as that is known."""
        text = self._held + piece
        words, anew, at = "", False, 0
        for tag in _TAG.finditer(text):
            words += "" if self._inside else text[at : tag.start()]
            at = tag.end()
            if tag["close"] and not self._inside:
                words, anew = "", True
            self._inside = not tag["close"]
        begun = _BEGUN.search(text, at)
        cut = begun.start() if begun else len(text)
        words += "" if self._inside else text[at:cut]
        self._held = text[cut:]
        return Said(words, anew)

    def close(self) -> str:
        """Return what is left at the end of the stream."""
        left, self._held = ("" if self._inside else self._held), ""
        return left


def without_thinking(text: str) -> str:
    """Return a whole text without its reasoning."""
    stream = Unthinking()
    said = stream.feed(text)
    return said.words + stream.close()
