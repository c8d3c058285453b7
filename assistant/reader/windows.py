"""Which stretches of text the reader reads, and where its answers stand in the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Unit
from assistant.reader.reading import Passage
from assistant.tables import row_text
from index.library import Library
from index.records import View
from index.sentences import sentences

LONGEST = 220  # characters of a window, as in training
REACH = 500  # canonical characters looked at before and after a unit
AROUND = 60  # characters kept on both sides of an item of a sentence that is longer


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document that is read at once.

    ``start``, ``end``: canonical offsets. ``members``: places of the units inside it,
    among those it was made for. ``view``: the clean text whose characters from ``low``
    on are the passage's; None for a table row, whose words are put together.
    """

    passage: Passage
    file_id: int
    start: int
    end: int
    members: tuple[int, ...]
    view: View | None = None
    low: int = 0

    def canonical(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the canonical span of characters of the passage."""
        if self.view is None or end <= start:
            return None
        return self.view.span(self.low + start, self.low + end)


def windows(units: Sequence[Unit], library: Library, count: int) -> list[Window]:
    """Return windows over the first units, ``count`` at most, best unit first."""
    found: list[Window] = []
    for place, unit in enumerate(units):
        inside = next((n for n, w in enumerate(found) if _holds(w, unit)), None)
        if inside is not None:
            window = found[inside]
            found[inside] = Window(
                window.passage, window.file_id, window.start, window.end,
                (*window.members, place), window.view, window.low,
            )  # fmt: skip
        elif len(found) < count:
            found.append(_window(unit, place, library))
    return found


def _holds(window: Window, unit: Unit) -> bool:
    same = window.file_id == unit.file_id and (window.view is None) == (unit.kind == "row")
    return same and window.start <= unit.start and unit.end <= window.end


def _window(unit: Unit, place: int, library: Library) -> Window:
    content = library.content(unit.file_id)
    lines = unit.context.splitlines()
    title = " ".join(dict.fromkeys([*lines[:1], *lines[-1:]]))
    if unit.kind == "row":
        passage = Passage(title, row_text(unit, content)[:LONGEST])
        return Window(passage, unit.file_id, unit.start, unit.end, (place,))
    document = content.structure.documents[unit.document]
    low = max(document.start, unit.start - REACH)
    view = content.structure.reading.view(low, min(document.end, unit.end + REACH))
    a, b = _grown(view, unit)
    start, end = view.span(a, b)
    return Window(Passage(title, view.text[a:b]), unit.file_id, start, end, (place,), view, a)


def _grown(view: View, unit: Unit) -> tuple[int, int]:
    """Return the unit's sentence with its neighbours, as many as fit: those before it first."""
    inside = [i for i, at in enumerate(view.offsets) if unit.start <= at < unit.end]
    if not inside:
        return 0, min(len(view.text), LONGEST)
    first, last = inside[0], inside[-1] + 1
    spans = sentences(view)
    own = [n for n, (a, b) in enumerate(spans) if a < last and b > first]
    if not own or spans[own[-1]][1] - spans[own[0]][0] > LONGEST:
        return max(0, first - AROUND), min(len(view.text), max(last, first + LONGEST) + AROUND)
    low, high = own[0], own[-1]
    while True:
        room = LONGEST - (spans[high][1] - spans[low][0])
        if low > 0 and spans[low][0] - spans[low - 1][0] <= room:
            low -= 1
        elif high + 1 < len(spans) and spans[high + 1][1] - spans[high][1] <= room:
            high += 1
        else:
            return spans[low][0], spans[high][1]
