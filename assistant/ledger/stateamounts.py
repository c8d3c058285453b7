"""What documents state of their own states: how many, and the amounts of each as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.ledger.figurelink import money_figures_in, source_of_figure
from assistant.ledger.ownstates import figure_state, own_key
from assistant.statements import Source
from index.ledger.book import FiledFigure, FileInfo, Ledger
from index.ledger.records import STATE, Figure, Span
from index.ledger.states import MIN_STATES

MAX_APART = 4  # characters between a line and the next: its bullet, too
MAX_BEHIND = 60  # characters from the count of a state to an amount said of all of it
NEARLY_ALL = 0.8  # share of a document's records in own states that a sentence of all must count


def runs_of_states(figures: Iterable[FiledFigure]) -> list[list[FiledFigure]]:
    """Return figures of own states by the sentences, or the lines one by one, that count several.

    “绿牌16个，占……；⏎白牌15个，占……” is one run: each line counts a state of its own.
    """
    by_sentence: dict[tuple[int, int, Span], list[FiledFigure]] = defaultdict(list)
    for filed in figures:
        if filed.figure.state:
            place = (filed.file.id, filed.figure.document, filed.figure.sentence)
            by_sentence[place].append(filed)
    runs: list[list[FiledFigure]] = []
    last: tuple[int, int, int] | None = None  # file, article, end of the run
    for (file, document, (start, end)), found in by_sentence.items():
        names = {f.figure.state for f in found}
        goes_on = last is not None and last[:2] == (file, document)
        near = last is not None and 0 <= start - last[2] <= MAX_APART
        if goes_on and near and not names & {f.figure.state for f in runs[-1]}:
            runs[-1] += found
        else:
            runs.append(found)
        last = (file, document, end)
    return runs


def own_counts(figures: Sequence[FiledFigure]) -> dict[str, FiledFigure]:
    """Return the count of each own state that one sentence counts; nothing of fewer than three."""
    found: dict[str, FiledFigure] = {}
    for filed in figures:
        name = figure_state(filed)
        if name and filed.figure.unit in "个项件":
            found.setdefault(own_key(name), filed)
    return found if len(found) >= MIN_STATES else {}


def is_of_all(number: int, file: FileInfo, document: int) -> bool:
    """Tell whether a sentence that counts ``number`` counts all that a document sorts, not a part.

    A unit's own sentence counts only that unit's projects.
    """
    sorted_into = sum(r.document == document and STATE in r.fields for r in file.ledger.records)
    return number >= NEARLY_ALL * sorted_into


def count_in(file: FileInfo, document: int, status: str) -> FiledFigure | None:
    """Return how many a document says are in an own state, where it counts all its states."""
    own = (FiledFigure(file, f) for f in file.ledger.figures if f.document == document)
    for figures in runs_of_states(own):
        counts = own_counts(figures)
        total = sum(int(filed.figure.value) for filed in counts.values())
        if status in counts and is_of_all(total, file, document):
            return counts[status]
    return None


def counted_at(filed: FiledFigure) -> tuple[Source, ...]:
    """Return where a document states a count of an own state: there, and over its list."""
    own = filed.figure
    again = next(
        (
            other
            for other in filed.file.ledger.figures
            if other.document == own.document
            and other.sentence != own.sentence
            and other.value == own.value
            and other.unit in "个项件"
            and _same_state(other, own)
        ),
        None,
    )
    found = (filed, *([FiledFigure(filed.file, again)] if again else []))
    return tuple(map(source_of_figure, found))


def _same_state(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are said of one state: by its own name, else by ours."""
    if one.state and other.state:
        return one.state == other.state
    said = (one.stage, one.progress)
    return any(said) and said == (other.stage, other.progress) and not (one.among or other.among)


def amount_of(
    status: str, measure: str, counted: FiledFigure, ledger: Ledger
) -> FiledFigure | None:
    """Return the amount of a measure that ``counted``'s document says of all in an own state.

    It stands in the sentence that counts the state, or close behind such a count.
    """
    same = [
        filed
        for filed in ledger.figures
        if filed.file.id == counted.file.id
        and filed.figure.document == counted.figure.document
        and own_key(figure_state(filed)) == status
    ]
    counts = [
        f.figure
        for f in same
        if f.figure.unit in "个项件" and f.figure.value == counted.figure.value
    ]
    for filed in money_figures_in(same, status, measure):
        at = filed.figure.number.start
        if any(0 <= at - count.number.end <= MAX_BEHIND for count in counts):
            return filed
    return None
