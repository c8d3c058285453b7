"""Verification in SQL: what was asked for, each mark, each decision. Nothing is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy import case as either
from sqlalchemy.orm import Session

from assistant.desk.records import Case, CitationMark, Decision, Scope, Sees
from assistant.desk.tables import DecisionRow, MarkRow, TurnRow
from assistant.desk.turns import find_turn, read_turns
from index.kept import keep_words, read_words
from index.sql import now

_MANY = 500  # values in one IN (…)


class Verdicts:
    """Adds requests, marks and decisions, and reads them; every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def request(self, owner: str, turn: int, note: str) -> None:
        """Put one's own answer into the queue; asking again changes nothing."""
        with Session(self._engine) as session, session.begin():
            row = find_turn(session, turn, owner)
            if row.requested_at is None:
                row.requested_by, row.requested_at = owner, now()
                row.note_id = keep_words(session, row.bundle, note) if note else None

    def mark(self, by: str, turn: int, n: int, mark: str, comment: str) -> None:
        """Add a mark on citation ``n``."""
        with Session(self._engine) as session, session.begin():
            row = find_turn(session, turn)
            kept = keep_words(session, row.bundle, comment) if comment else None
            session.add(MarkRow(turn_id=turn, n=n, mark=mark, comment_id=kept, by=by, at=now()))

    def decide(self, by: str, turn: int, verdict: str, text: str, comment: str) -> None:
        """Add a decision, which holds from now on; earlier ones stay as history."""
        with Session(self._engine) as session, session.begin():
            row = find_turn(session, turn)
            kept = [keep_words(session, row.bundle, w) if w else None for w in (text, comment)]
            session.add(
                DecisionRow(
                    turn_id=turn, verdict=verdict, text_id=kept[0], comment_id=kept[1],
                    by=by, at=now(),
                )
            )  # fmt: skip

    def case(self, turn: int, sees: Sees, owner: str | None = None) -> Case:
        """Return an answer with its marks and decisions; raise ``UnknownTurnError``."""
        with Session(self._engine) as session:
            return _cases(session, [find_turn(session, turn, owner)], sees)[0]

    def cases(self, turns: Collection[int], sees: Sees) -> dict[int, Case]:
        """Return several of them, by turn; those that are not there are left out."""
        query = select(TurnRow).where(TurnRow.id.in_(turns))
        with Session(self._engine) as session:
            return {c.turn.id: c for c in _cases(session, list(session.scalars(query)), sees)}

    def queue(
        self, scope: Scope, states: Collection[str], sees: Sees, most: int | None, skip: int = 0
    ) -> tuple[list[Case], bool]:
        """Return the answers to verify, of which the reader may see all sources; are there more?

        ``most`` answers after ``skip`` are looked at, whether the reader may see them or not.

        Those that nobody has decided on come first, and of them those with unverified
        words; then by when it was asked for, the longest waiting first; those that nobody
        asked to verify come last.
        """
        with Session(self._engine) as session:
            query = _queued(scope, states).offset(skip or None)
            found_rows = list(session.scalars(query.limit(None if most is None else most + 1)))
            rows = found_rows[:most]
            parts = (rows[at : at + _MANY] for at in range(0, len(rows), _MANY))
            found = [case for part in parts for case in _cases(session, part, sees)]
        return [case for case in found if not case.turn.hidden], len(found_rows) > len(rows)

    def counts(self) -> dict[str, int]:
        """Return how many answers were asked to be verified, by state."""
        state = _state()
        query = select(state, func.count()).where(_asked()).group_by(state)
        with Session(self._engine) as session:
            return {row[0]: row[1] for row in session.execute(query)}


def _state() -> Any:  # noqa: ANN401 - an expression of SQLAlchemy
    """Return the expression for the state of a turn."""
    newest = (
        select(DecisionRow.verdict)
        .where(DecisionRow.turn_id == TurnRow.id)
        .order_by(DecisionRow.id.desc())
        .limit(1)
        .correlate(TurnRow)
        .scalar_subquery()
    )
    asked = either((TurnRow.requested_at.is_(None), "unasked"), else_="asked")
    return func.coalesce(newest, asked)


def _asked() -> Any:  # noqa: ANN401
    """Return the condition that verification was asked for, or done unasked."""
    decided = select(DecisionRow.turn_id)
    return TurnRow.requested_at.is_not(None) | TurnRow.id.in_(decided)


def _queued(scope: Scope, states: Collection[str]) -> Any:  # noqa: ANN401
    state = _state()
    query = select(TurnRow).where(state.in_(states))
    if scope == "asked":
        query = query.where(_asked())
    decided = state.in_(("verified", "corrected", "rejected"))
    waiting = func.coalesce(TurnRow.requested_at, "9999")
    return query.order_by(decided, (TurnRow.doubts == 0), waiting, TurnRow.id)


def _cases(session: Session, rows: Sequence[TurnRow], sees: Sees) -> list[Case]:
    ids = [row.id for row in rows]
    marks = session.scalars(
        select(MarkRow).where(MarkRow.turn_id.in_(ids)).order_by(MarkRow.id)
    ).all()
    decisions = session.scalars(
        select(DecisionRow).where(DecisionRow.turn_id.in_(ids)).order_by(DecisionRow.id)
    ).all()
    wanted: list[int | None] = [row.note_id for row in rows]
    wanted += [mark.comment_id for mark in marks]
    wanted += [i for d in decisions for i in (d.text_id, d.comment_id)]
    words = read_words(session, wanted)
    marked, decided = _by_turn(marks), _by_turn(decisions)
    return [
        Case(
            turn, row.requested_by or "", row.requested_at or "",
            "" if turn.hidden else words.get(row.note_id or 0, ""),
            () if turn.hidden else _marks(marked[row.id], words),
            () if turn.hidden else _decisions(decided[row.id], words),
        )
        for row, turn in zip(rows, read_turns(session, rows, sees), strict=True)
    ]  # fmt: skip


def _by_turn(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.turn_id].append(row)
    return found


def _marks(rows: Iterable[MarkRow], words: dict[int, str]) -> tuple[CitationMark, ...]:
    return tuple(
        CitationMark(r.n, r.mark, words.get(r.comment_id or 0, ""), r.by, r.at)  # type: ignore[arg-type]
        for r in rows
    )


def _decisions(rows: Iterable[DecisionRow], words: dict[int, str]) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            r.verdict, words.get(r.text_id or 0, ""), words.get(r.comment_id or 0, ""), r.by, r.at  # type: ignore[arg-type]
        )
        for r in rows
    )  # fmt: skip
