"""The gold documents are read at least as well as they were when the floors were set.

The floors lie a little below what is reached; raise them when reading gets better.
``python -m tests.evals.ledger.measure`` prints the figures by layout and field.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.evals.ledger.measure import CODES, HERE, TEXTS, Tally, gold_files, measure

GOLD = gold_files([HERE])
# (recall, precision) over all documents.
FLOORS = {
    "records": (0.99, 0.985),
    "stage": (0.88, 0.97),
    "progress": (0.97, 0.98),
    "reason_kind": (0.91, 0.92),
    "unit": (0.99, 0.99),
    "reason": (0.98, 0.98),
    "measures": (0.86, 0.97),
    "deadline": (0.96, 0.97),
    "leader": (0.97, 0.97),
    "location": (0.92, 0.98),
    "total_investment": (0.98, 0.98),
    "planned_investment": (0.98, 0.98),
    "done_investment": (0.98, 0.98),
    "percent": (0.98, 0.98),
    "findings": (0.91, 0.91),
}
# The goal for documents of other offices: lists complete, and nothing added.
LIST_RECALL, LIST_PRECISION = 0.90, 0.90


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return {path.name: measure(path, gold) for path, gold in GOLD}


@pytest.fixture(scope="module")
def total(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def test_there_are_gold_documents_of_many_layouts() -> None:
    assert len({gold["layout"] for _, gold in GOLD}) >= 8


@pytest.mark.parametrize("key", FLOORS)
def test_recall_over_all_documents_does_not_fall(total: Tally, key: str) -> None:
    assert total.recall(key) >= FLOORS[key][0], "\n".join(total.faults)


@pytest.mark.parametrize("key", FLOORS)
def test_precision_over_all_documents_does_not_fall(total: Tally, key: str) -> None:
    assert total.precision(key) >= FLOORS[key][1], "\n".join(total.faults)


@pytest.mark.parametrize(("path", "gold"), GOLD, ids=[path.name for path, _ in GOLD])
def test_the_list_of_each_document_is_complete(
    tallies: dict[str, Tally], path: Path, gold: dict[str, Any]
) -> None:
    tally = tallies[path.name]
    assert tally.recall("records") >= LIST_RECALL, "\n".join(tally.faults)
    assert tally.precision("records") >= LIST_PRECISION, "\n".join(tally.faults)


def test_no_document_gets_more_than_one_false_finding(tallies: dict[str, Tally]) -> None:
    false = {
        name: tally.found["findings"] - tally.right["findings"] for name, tally in tallies.items()
    }
    assert {name: count for name, count in false.items() if count > 1} == {}


def test_every_field_has_a_floor() -> None:
    assert {*CODES, *TEXTS} - {"status_text"} <= FLOORS.keys()
