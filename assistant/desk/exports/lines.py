"""What was verified as lines of JSON, with all marks and decisions: for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from assistant.desk.bodies import quote_hash
from assistant.desk.records import Case


def json_lines(cases: Iterable[Case]) -> Iterator[str]:
    """Yield one JSON object a line; an erased answer has null for its words."""
    for case in cases:
        yield json.dumps(case_json(case), ensure_ascii=False) + "\n"


def case_json(case: Case) -> dict[str, Any]:
    """Return a case with the answer in the form of the contract."""
    answer = case.turn.answer
    return {
        "turn": case.turn.id,
        "question": case.turn.question or None,
        "asked_at": case.turn.asked_at,
        "index_version": case.turn.index_version,
        "state": case.state,
        "requested": {
            "by": case.requested_by, "at": case.requested_at, "note": case.request_note,
        } if case.requested_at else None,
        "answer": answer.to_json() if answer else None,
        "quotes": {str(c.n): quote_hash(c.quote) for c in answer.citations} if answer else {},
        "marks": [asdict(mark) for mark in case.marks],
        "decisions": [asdict(decision) for decision in case.decisions],
        "sources": [asdict(source) for source in case.sources],
        "outdated": case.outdated,
    }  # fmt: skip
