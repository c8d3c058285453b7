"""Which table a question is about: the one that explains most of it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.grids.conditions import Among
from assistant.grids.linked import Linked
from assistant.grids.linking import link
from assistant.grids.listed import all_grids_of
from assistant.grids.naming import values_of
from assistant.grids.reading import Grid
from assistant.grids.said import normal
from assistant.question import Question
from index.database import FileRecord
from index.library import Library, file_of
from index.words import fold

FEW = 24  # files whose tables are all tried
NEAREST = 8  # of more files: those that hold most of the question's words, read in 0.1 s
HITS = 120  # passages that say which files those are
SHARED = 1  # other documents whose titles may say what names a table
_OF_CLASSES = ("sum", "rank", "value", "portion", "compare")
CLOSE = 4.0  # characters by which a table of classes may explain less than one of their rows
NEARLY = 1.0  # characters of explanation: two tables that are nearer than this are alike


def linked_table(question: Question, library: Library) -> Linked | None:
    """Return the question linked to the one table that explains it, None where none does alone.

    Of tables alike (the same headings, another period) the newest counts.
    """
    if question.language != "zh":
        return None
    text = normal(question.text)
    files = files_asked(question, library)
    grids = (
        grid
        for file in files
        for grid in all_grids_of(file.id, file.path, library.content(file.id))
    )
    found = [linked for grid in grids if (linked := link(text, grid))]
    if not found:
        return None
    found.sort(key=lambda linked: -linked.score)
    near = [linked for linked in found if linked.score > found[0].score - NEARLY]
    close = [linked for linked in found if linked.score > found[0].score - CLOSE]
    if summary := next((one for one in close if _sums_up(one, close)), None):
        summary.of_classes = True
        return summary
    # A real table explains a question before a list in running text does that says the same.
    best = next((linked for linked in near if linked.grid.told is None), near[0])
    rivals = [other for other in near if other is not best]
    if best.grid.told is None:
        rivals = [other for other in rivals if other.grid.told is None]
    if not rivals:
        return best
    alike = all(_heads(other.grid) == _heads(best.grid) for other in rivals)
    dates = {other.grid.date or "" for other in (best, *rivals)}
    if not alike or len(dates) <= len(rivals) or "" in dates:
        return None
    return max((best, *rivals), key=lambda linked: linked.grid.date or "")


def _sums_up(linked: Linked, others: Sequence[Linked]) -> bool:
    """Tell whether a table has a row for each class that the other tables sort their rows into.

    What it says of a class is said of all of it; another table may list but some of its rows.
    """
    grid = linked.grid
    rest = [other for other in others if other is not linked]
    names = {fold(line.words.get(grid.name, "")) for line in grid.lines}
    measured = linked.measure is not None or linked.less or linked.share
    if not rest or linked.wish not in _OF_CLASSES or not measured or grid.told:
        return False
    return all(
        set(other.titles) <= set(linked.titles)
        and not (grid.date and other.grid.date and grid.date < other.grid.date)
        and bool(classes := _classes(other))
        and classes <= names
        for other in rest
    )


def _classes(linked: Linked) -> set[str]:
    """Return the classes by which a question sorts a table's rows, or whose rows it asks for."""
    if linked.by is not None and not linked.conditions:
        return set(values_of(linked.grid.column(linked.by), linked.grid))
    among = [c for c in linked.conditions if isinstance(c, Among)]
    if not among or len(among) < len(linked.conditions):
        return set()
    return {fold(value) for condition in among for value in condition.values}


def _heads(grid: Grid) -> list[str]:
    return [column.path for column in grid.columns]


def files_asked(question: Question, library: Library) -> list[FileRecord]:
    """Return the files whose tables are tried."""
    files = {file.id: file for file in library.files()}
    if len(files) <= FEW:
        return list(files.values())
    hits = (file_of(key) for key, _ in library.search_words(question.topic, HITS))
    return [files[n] for n in list(dict.fromkeys(n for n in hits if n in files))[:NEAREST] if n]


def is_named(linked: Linked, question: Question, library: Library) -> bool:
    """Tell whether the question says words of the table's titles that few other texts share.

    A region stands in the titles of all its reports, and names none of them.
    """
    titles = [
        fold(
            f"{file.path} {' '.join(d.title for d in library.content(file.id).structure.documents)}"
        )
        for file in files_asked(question, library)
        if file.id != linked.grid.file_id
    ]
    shared = sum(all(words in title for words in linked.titles) for title in titles)
    return bool(linked.titles) and shared <= SHARED


def is_whole(grid: Grid, library: Library) -> bool:
    """Tell whether all that the ledger knows of the document stands in the table."""
    ledger = library.read_ledger(grid.file_id)
    return ledger is None or all(
        grid.start <= record.start < grid.end
        for record in ledger.records
        if record.document == grid.document
    )
