"""From a person to the library as they see it: made once for all who see the same."""

from __future__ import annotations

import threading
from collections import OrderedDict

from assistant.errors import ForbiddenError
from assistant.people.collections import Sight
from assistant.people.people import People
from assistant.people.records import Person
from index.errors import UnknownDocumentError
from index.library import Library
from index.seen import SeenLibrary, seen_by

KEPT = 8  # libraries; each holds a ledger of its own
Key = tuple[str, int, frozenset[int]]


class Seeing:
    """Gives everybody their library. It is asked anew for every request and never kept."""

    def __init__(self, library: Library, people: People | None) -> None:
        self._whole = library
        self._people = people
        self._made: OrderedDict[Key, SeenLibrary] = OrderedDict()
        self._sights: tuple[tuple[str, int], dict[tuple[int, str], Sight]] = (("", -1), {})
        self._turn = threading.Lock()

    def library_of(self, person: Person) -> Library:
        """Return the library as somebody sees it, as of now."""
        if self._people is None or person.sees_everything:
            return self._whole
        with self._turn:
            sight = self._sight(person)
            key: Key = (*self._sights[0], sight.open)
            made = self._made.get(key)
            if made is None:
                made = self._made[key] = seen_by(self._whole, sight.sees)
                self._drop()
            self._made.move_to_end(key)
            return made

    def check_may_take(self, person: Person, path: str, version: int | None = None) -> None:
        """Return quietly if somebody may take an original file along.

        Raises:
            UnknownDocumentError: they may not even see it, or it is not there.
            ForbiddenError: they may read it only.
        """
        library = self.library_of(person)
        file = library.history(path)[0] if version is None else library.file(path, version)
        if self._people is None or person.sees_everything:
            return
        with self._turn:
            sight = self._sight(person)
        if not sight.sees(path, file.sha256):
            raise UnknownDocumentError(f"没有名为“{path}”的文件。")
        if not sight.may_take(path, file.sha256):
            raise ForbiddenError("这个文件所在的资料集只供阅读，不能下载原件。确有需要请找管理员。")

    def _sight(self, person: Person) -> Sight:
        """Return what somebody may see; kept while no right and no document changes."""
        if self._people is None:  # pragma: no cover - the callers have seen to that
            raise ForbiddenError("没有账号，无从判断权限。")
        edition = (self._people.collections.edition(), self._whole.edition)
        if self._sights[0] != edition:
            self._sights = (edition, {})
        kept = self._sights[1]
        key = (person.id, person.role)
        if key not in kept:
            kept[key] = self._people.collections.sight(person)
        return kept[key]

    def _drop(self) -> None:
        old = [key for key in self._made if key[:2] != self._sights[0]]
        over = len(self._made) - len(old) - KEPT
        kept = [key for key in self._made if key[:2] == self._sights[0]]
        for key in [*old, *kept[: max(0, over)]]:
            self._made.pop(key).close()
