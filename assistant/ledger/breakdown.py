"""What a report says of every state in one sentence: “建成9个，投资11亿元；快于序时11个，……”.

Such a sentence tells of all projects, each in one state. A question about several states as a
whole is answered from it: the lists of other documents hold but some of the projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.ledger.figurelink import in_period, money_figures_in, source_of_figure
from assistant.ledger.headline import stated_alone
from assistant.ledger.money import common_unit, exact, formula, money, percent
from assistant.ledger.ownstates import figure_state, is_own, own_key, own_name
from assistant.ledger.query import Query, heading, status_name
from assistant.ledger.select import Selection, narrowed, statuses_of
from assistant.ledger.stateamounts import (
    amount_of,
    counted_at,
    is_of_all,
    own_counts,
    runs_of_states,
)
from assistant.records import Value
from assistant.statements import Draft, Source, Statement, escape
from index.ledger.book import FiledFigure, Ledger
from index.ledger.periods import ended_in
from index.ledger.status import status_of
from prompts import render

MIN_STATES = 3
FULL = 0.8  # share of the projects that a newer list must hold to be as good


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A sentence that counts every state once: the counts by status, and all its figures."""

    counts: dict[str, FiledFigure]
    figures: tuple[FiledFigure, ...]

    @property
    def told(self) -> int:
        """The number of projects whose states we know."""
        return sum(int(filed.figure.value) for filed in self.counts.values())

    @property
    def all(self) -> int:
        """The number of all that the sentence counts, in states of its own words too."""
        return sum(int(f.figure.value) for f in self.figures if f.figure.unit in "个项件")

    @property
    def title(self) -> str:
        """The title of the document that states it."""
        filed = next(iter(self.counts.values()))
        return filed.file.documents[filed.figure.document].title


def answer_breakdown(query: Query, ledger: Ledger) -> Draft | None:
    """Return the answer of a report's own breakdown to a question about several states."""
    plain = stated_alone(query) and not query.kinds and not query.both and not query.groups
    if not plain or len(query.statuses) < 2 or query.by or query.names:
        return None
    found = breakdown_for(query, ledger)
    if found is None:
        return None
    if query.kind == "sum" and query.measure:
        return _sum(query, found, ledger)
    if query.measure and query.measure != "percent":
        return None
    if query.kind == "compare":
        return _compare(query, found)
    return _together(query, found, ledger) if query.kind in ("share", "count") else None


def breakdown_for(query: Query, ledger: Ledger) -> Breakdown | None:
    """Return the newest breakdown that counts the states asked for, None where lists are newer."""
    if any(map(is_own, query.statuses)):
        return _of_own_states(query, ledger)
    by_sentence: dict[tuple[int, int, int], list[FiledFigure]] = defaultdict(list)
    for filed in in_period(narrowed(query, statuses=()), ledger):
        place = (filed.file.id, filed.figure.document, filed.figure.sentence[0])
        by_sentence[place].append(filed)
    found: list[tuple[tuple[int, int], Breakdown]] = []
    for (file, document, _), figures in by_sentence.items():
        figures = [filed for filed in figures if not filed.figure.part]  # those of a class
        counts = _counts(figures)
        known = Breakdown(counts, tuple(figures))
        if len(counts) >= MIN_STATES and set(query.statuses) <= set(counts):
            found.append(((file, document), known))
    # Line by line (“——已竣工13个，……；⏎——未开工6个，……”), under names that say those states.
    if lines := _of_own_states(query, ledger):
        own = next(iter(lines.counts.values()))
        found.append(((own.file.id, own.figure.document), lines))
    for where, first in found:
        if not _listed_later(first, where, ledger):
            # Below the sentence that counts all, a report counts those of each class.
            of_it = [known for other, known in found if other == where]
            return max(of_it, key=lambda known: known.told)
    return None


def _of_own_states(query: Query, ledger: Ledger) -> Breakdown | None:
    """Return the newest sentence, or lines, that count all own states of a document."""
    for figures in runs_of_states(in_period(narrowed(query, statuses=()), ledger)):
        counts = _by_statuses(own_counts(figures), query.statuses)
        known = Breakdown(counts, tuple(figures))
        whole = is_of_all(known.told, figures[0].file, figures[0].figure.document)
        if whole and set(query.statuses) <= set(known.counts):
            return known
    return None


def _by_statuses(counts: Mapping[str, FiledFigure], asked: Sequence[str]) -> dict[str, FiledFigure]:
    """Return the counts of own states, one whose name says a status asked for under that.

    “建成投用” among the own states is what is asked for as completed.
    """
    general = {key: status_of(own_name(key), heading=True) for key in counts}
    said = {
        status: [k for k, s in general.items() if status in (s.stage, s.progress)]
        for status in asked
        if not is_own(status)
    }
    known = {keys[0]: status for status, keys in said.items() if len(keys) == 1}
    return {known.get(key, key): filed for key, filed in counts.items()}


def counted_apart(query: Query, selection: Selection, ledger: Ledger) -> Selection:
    """Return a selection of one state without those of others that a report counts beside it.

    A notice speaks of all that are late or not begun; where the report counts “滞后11个、
    未开工6个” and eleven are left without those not begun, these are meant.
    """
    if not stated_alone(query) or len(query.statuses) != 1 or query.groups or query.names:
        return selection
    if all(statuses_of(project) <= set(query.statuses) for project in selection.projects):
        return selection
    known = breakdown_for(query, ledger)
    if known is None:
        return selection
    others = set(known.counts) - set(query.statuses)
    kept = tuple(p for p in selection.projects if not statuses_of(p) & others)
    stated = known.counts[query.statuses[0]].figure.value
    apart = len(kept) < len(selection.projects) and len(kept) == stated
    return replace(selection, projects=kept) if apart else selection


def counted_alike(query: Query, count: int | None, ledger: Ledger) -> tuple[Source, ...]:
    """Return where a breakdown counts the one state asked for just as its list does."""
    if not stated_alone(query) or len(query.statuses) != 1:
        return ()
    known = breakdown_for(query, ledger)
    filed = known.counts[query.statuses[0]] if known else None
    return (source_of_figure(filed),) if filed and filed.figure.value == count else ()


def _counts(figures: Sequence[FiledFigure]) -> dict[str, FiledFigure]:
    """Return the count of each status; nothing where one is counted twice (“新开工3个”)."""
    found: dict[str, FiledFigure] = {}
    for filed in figures:
        figure = filed.figure
        states = [state for state in (figure.stage, figure.progress) if state]
        if figure.unit not in "个项件" or not states:
            continue
        if len(states) > 1 or states[0] in found:
            return {}
        found[states[0]] = filed
    return found


def _listed_later(known: Breakdown, place: tuple[int, int], ledger: Ledger) -> bool:
    """Tell whether a document that counts up to a later time lists about as many projects."""
    own = next((r for r in ledger.rows if (r.file.id, r.record.document) == place), None)
    ended = ended_in(own) if own else None
    later: dict[tuple[int, int], int] = defaultdict(int)
    for row in ledger.rows:
        states = row.record.stage or row.record.progress
        if states and ended and (ended_in(row) or (0, 0)) > ended:
            later[row.file.id, row.record.document] += 1
    return any(number >= FULL * known.told for number in later.values())


def _said(query: Query, known: Breakdown) -> list[tuple[str, FiledFigure]]:
    return [(status_name(s, query.language), known.counts[s]) for s in query.statuses]


def _listed(query: Query, known: Breakdown) -> str:
    zh = query.language == "zh"
    parts = [
        f"{name}{filed.figure.number.text}个" if zh else f"{name} {filed.figure.number.text}"
        for name, filed in _said(query, known)
    ]
    return escape(("、" if zh else ", ").join(parts))


def _whole(known: Breakdown, ledger: Ledger) -> FiledFigure | None:
    """Return the number of all that the document states elsewhere, if the states sum up to it."""
    own = next(iter(known.counts.values()))
    for filed in ledger.figures:
        figure = filed.figure
        same = filed.file.id == own.file.id and figure.document == own.figure.document
        beside = figure.sentence != own.figure.sentence and not (figure.stage or figure.progress)
        if same and beside and figure.unit in "个项件" and figure.value in (known.told, known.all):
            return filed
    return None


def _together(query: Query, known: Breakdown, ledger: Ledger) -> Draft | None:
    """Return how many the states have together, and what share of all that is."""
    values = [int(known.counts[s].figure.value) for s in query.statuses]
    stated = _whole(known, ledger)
    if stated is None:
        return None
    part, whole = sum(values), int(stated.figure.value)
    said = percent(Decimal(part) / Decimal(whole) * 100)
    expression = f"({' + '.join(map(str, values))}) ÷ {whole} = {said}"
    text = render(
        "ledger_bands", query.language,
        title=escape(known.title), counts=_listed(query, known), part=part, whole=whole, share=said,
        formula=expression,
    )  # fmt: skip
    named = [known.counts[s] for s in query.statuses]
    cited = [source for f in named for source in counted_at(f)]
    sources = tuple(dict.fromkeys((*cited, source_of_figure(stated))))
    computed = frozenset({str(part), str(whole), said, said.rstrip("%"), *map(str, values)})
    draft = Draft([Statement(text, sources, computed=computed)], count=part)
    draft.value = Value(float(said.rstrip("%")), "%", expression)
    draft.short = f"{part}个" if query.language == "zh" else str(part)
    if query.kind == "share":
        draft.short = said
    return draft


def _compare(query: Query, known: Breakdown) -> Draft:
    """Return which of the states has more, and by how many."""
    zh = query.language == "zh"
    ordered = sorted(_said(query, known), key=lambda pair: -pair[1].figure.value)
    first, second = (int(filed.figure.value) for _, filed in ordered[:2])
    expression = f"{first} − {second} = {first - second}"
    gap = f"{first - second}个" if zh else str(first - second)
    frame = "ledger_compare" if first > second else "ledger_equal"
    variables = {"most": escape(ordered[0][0]), "difference": gap, "formula": expression}
    text = render(
        frame, query.language, counts=_listed(query, known), **(variables if first > second else {})
    )
    sources = tuple(dict.fromkeys(s for _, filed in ordered for s in counted_at(filed)))
    draft = Draft([Statement(text, sources, computed=frozenset({gap, str(first - second)}))])
    draft.value = Value(float(first - second), "个", expression)
    return draft


def state_amounts(query: Query, measure: str, ledger: Ledger) -> list[FiledFigure]:
    """Return the one amount that a document says of each of the states; nothing if one lacks."""
    plain = stated_alone(query) and not (query.kinds or query.both or query.groups)
    known = breakdown_for(query, ledger) if plain else None
    found = [_amounts(known, s, measure, ledger) if known else [] for s in query.statuses]
    return [amounts[0] for amounts in found] if all(found) else []


def _amounts(known: Breakdown, state: str, measure: str, ledger: Ledger) -> list[FiledFigure]:
    """Return the amounts that the breakdown, else the document elsewhere, says of a state."""
    found = money_figures_in(known.figures, state, measure)
    own = figure_state(known.counts[state])
    if found or not own:
        return found
    other = amount_of(own_key(own), measure, known.counts[state], ledger)
    return [other] if other else []


def _sum(query: Query, known: Breakdown, ledger: Ledger) -> Draft | None:
    """Return the sum of what the breakdown says of the states in money."""
    measure = query.measure or ""
    found = [_amounts(known, state, measure, ledger) for state in query.statuses]
    if not all(found) and measure == "total_investment":  # “投资” may be what was spent
        measure = "done_investment"
        found = [_amounts(known, state, measure, ledger) for state in query.statuses]
    if not all(len(amounts) == 1 for amounts in found):
        return None
    stated = [amounts[0] for amounts in found]
    operands = [filed.figure.number for filed in stated]
    unit = common_unit(operands)
    said = money(sum((exact(w.value or 0.0) for w in operands), Decimal(0)), unit)
    names = ("、" if query.language == "zh" else ", ").join(
        status_name(state, query.language) for state in query.statuses
    )
    text = render(
        "ledger_sum", query.language,
        what=escape(f"{names} {heading(measure, query.language)}"), total=said,
        formula=escape(formula(operands)),
    )  # fmt: skip
    sources = [
        *map(source_of_figure, stated),
        *(source_of_figure(f) for _, f in _said(query, known)),
    ]
    draft = Draft([Statement(text, tuple(dict.fromkeys(sources)), computed=frozenset({said}))])
    draft.value = Value(float(said.removesuffix(unit)), unit, formula(operands))
    draft.short = said
    return draft
