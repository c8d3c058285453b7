"""What an uploaded file may be called: one plain name, safe on every system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_NAME = 255  # bytes in UTF-8; what file systems take
MAX_SUFFIX = 20  # bytes; a longer "suffix" is a part of the name
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
# Signs that Windows keeps for itself ("a.txt:b" is a hidden stream there) and their wide forms.
_WIDE = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
# Controls, marks that turn the writing direction or show nothing, line ends, halves of characters.
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


def clean_name(given: str) -> str | None:
    """Return the file name to keep, None where nothing readable is left of it.

    Folders are cut off, so that a name cannot lead out of the folder it is put in.
    What cannot be seen is taken out: a name must not read as another one. A name
    that is too long loses the end of its stem, not its suffix, and gets a digest, so
    that two such names do not become one.
    """
    name = re.split(r"[/\\]", given)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in _UNSEEN)
    name = unicodedata.normalize("NFC", name).translate(_WIDE)
    name = " ".join(name.split()).lstrip(". ").rstrip(". ")
    if not name:
        return None
    if _DEVICE.fullmatch(name.partition(".")[0].rstrip()):
        name = f"_{name}"
    return _shortened(name)


def base_name(given: str) -> str:
    """Return the last part of a path as it was given."""
    return re.split(r"[/\\]", given)[-1]


def _shortened(name: str) -> str:
    size = len(name.encode())
    if size <= MAX_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix.encode()) > MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    end = f"…{hashlib.sha256(name.encode()).hexdigest()[:8]}{dot}{suffix}"
    kept = stem.encode()[: MAX_NAME - len(end.encode())]
    return kept.decode(errors="ignore") + end
