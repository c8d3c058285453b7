"""Text in the one form in which claims and evidence are compared."""

from __future__ import annotations

import re

from index.words import fold as _fold

# “－1－”, “- 2 -”, “— 3 —” on a line of its own or at the start of one: a page number.
_PAGE = re.compile(r"(?:^|\n)[ \t]*[-－—–·][ \t]*[0-9０-９]{1,4}[ \t]*[-－—–·][ \t]*")
# Zero-width and bidirectional controls say nothing to the reader, and can hide words.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# A long line without an end goes on in the next; a short one is a heading or a cell.
_BROKEN = re.compile(
    r"(?<=[^\n\t]{20}[^\s。；：！？;:!?\t])[ ]*\n[ ]*(?=[^\s（(\-|])(?![一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d))"
)
_SPACE = re.compile(r"[ \u3000\xa0]+")
_INNER = re.compile(r"(?<=[^\x00-\x7f])[ ]+|[ ]+(?=[^\x00-\x7f])")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_MASK = re.compile(r"\*+")
_DASHES = str.maketrans({"—": "-", "–": "-", "―": "-", "−": "-", "～": "-", "~": "-", "〃": "·", "•": "·"})  # fmt: skip


def fold(text: str) -> str:
    """Return ``text`` half-width, simplified, lower case, without masks and broken lines.

    Line breaks inside a sentence are bridged, page numbers and invisible characters
    dropped; tabs and the other line breaks stay. ``**`` masks and Markdown emphasis
    are dropped alike: what is masked is not there to be matched.
    """
    plain = INVISIBLE.sub("", text)
    plain = _PAGE.sub("", plain)
    plain = _BROKEN.sub("", plain)
    plain = _fold(_MASK.sub("", plain)).replace("．", ".").translate(_DASHES)
    plain = re.sub(r"\.(?=[\u4e00-\u9fff])(?<=[\u4e00-\u9fff]\.)", "", plain)
    return _INNER.sub("", _SPACE.sub(" ", plain)).strip()


def bare(text: str) -> str:
    """Return folded ``text`` without spaces and punctuation, decimal points kept."""
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.%]|_", "", text)


def pairs_of(words: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters in folded ``words``."""
    return {run[i : i + 2] for run in _HAN.findall(words) for i in range(len(run) - 1)}
