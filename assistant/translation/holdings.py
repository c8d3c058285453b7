"""What the index says, to choose among words: its names first, then its texts."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from index.library import Library
from index.words import fold

FILES = 60  # whose texts are looked through; of more, only the names are
LONGEST = 2_000_000  # characters

_KEPT: WeakKeyDictionary[Library, tuple[tuple[int, ...], Holdings]] = WeakKeyDictionary()


class Holdings:
    """The names of a library's records, units, people and headings, and its texts."""

    def __init__(self, library: Library) -> None:
        """Read them; a library of many files is judged by its names alone."""
        names: dict[str, None] = {}
        for row in library.ledger.rows:
            own = (row.record.name, row.text("unit"), row.text("leader"), row.text("location"))
            names.update(dict.fromkeys(str(name) for name in own if name))
            names[row.section] = None
        for document in library.documents():
            names[document.title or ""] = None
        self.names = fold("\n".join(names))
        found = library.files()
        read = found if len(found) <= FILES else []
        self.texts = fold("\n".join(library.content(file.id).text for file in read)[:LONGEST])

    def count(self, words: str) -> int:
        """Return how often words are said."""
        return self.texts.count(words) or self.names.count(words)

    def says(self, words: str) -> bool:
        """Tell whether words stand in a name or a text."""
        return words in self.names or words in self.texts


def holdings(library: Library) -> Holdings:
    """Return what a library holds, kept until its files change."""
    version = tuple(file.id for file in library.files())
    kept = _KEPT.get(library)
    if kept is None or kept[0] != version:
        kept = (version, Holdings(library))
        _KEPT[library] = kept
    return kept[1]
