"""Amounts of classes that are all projects together, against what is stated of all.

“产业类6个，完成投资2亿元；交通类4个……”, in one sentence, or one a line. That the classes are
of all is known where their counts add up to a total stated before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.ledger.checks.terms import COUNTS, MONEY
from index.ledger.checks.totals import against_total, by_sentence, of_the_time
from index.ledger.records import Figure, Finding

NEXT_LINE = 4  # characters between one line and the next: its bullet, too
MIN_CLASSES = 3


def class_sums(figures: Sequence[Figure]) -> Iterator[Finding]:
    """Yield the totals that their classes do not share out among them."""
    for run in _class_runs(figures):
        group = _below_total(run)
        classes = _amounts_by_class(group)
        if len(classes) < MIN_CLASSES or group[0].among:
            continue
        before = of_the_time(group[0], figures)
        whole = sum(f.value for f in _heads(group))
        if not any(f.unit in COUNTS and f.value == whole and not f.among for f in before):
            continue
        for measure in sorted(set.intersection(*map(set, classes.values()))):
            yield from against_total(measure, [own[measure] for own in classes.values()], before)


def _class_runs(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the figures of each sentence, those of lines with one count each as one run."""
    run: list[Figure] = []
    for sentence, group in by_sentence(figures).items():
        single = group[0].unit in COUNTS and len(_heads(group)) == 1
        near = bool(run) and 0 <= sentence[0] - run[-1].sentence[1] <= NEXT_LINE
        if single and near and run[-1].document == group[0].document:
            run += group
            continue
        yield from [run] if run else []
        run = list(group) if single else []
        yield from [] if single else [group]
    yield from [run] if run else []


def _below_total(run: Sequence[Figure]) -> Sequence[Figure]:
    """Return a run without the sentence of all that stands right before its classes."""
    heads = _heads(run)
    if len(heads) <= MIN_CLASSES or heads[0].value != sum(f.value for f in heads[1:]):
        return run
    return [f for f in run if f.sentence != heads[0].sentence]


def _heads(group: Sequence[Figure]) -> list[Figure]:
    """Return the counts of a run that open a class.

    “A类26个，计划3亿元，已开工22个，完成2亿元”: how many of them are begun opens none.
    """
    heads: list[Figure] = []
    for figure in group:
        if figure.unit not in COUNTS:
            continue
        head = heads[-1] if heads and heads[-1].sentence == figure.sentence else None
        part = head and not (head.stage or head.progress) and figure.value <= head.value
        if not (part and (figure.stage or figure.progress)):
            heads.append(figure)
    return heads


def _amounts_by_class(group: Sequence[Figure]) -> dict[int, dict[str, Figure]]:
    """Return the amounts behind each count of a run, by what they measure."""
    found: dict[int, dict[str, Figure]] = {}
    heads = _heads(group)
    for place, figure in enumerate(group):
        if figure.unit in COUNTS:
            if figure in heads:
                found[place] = {}
        elif figure.unit == MONEY and found:
            found[max(found)].setdefault(figure.measure, figure)
    return found
