"""Questions with their answers in SQL: kept, read back, and shown to whom they may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.desk.bodies import read_body, write_body
from assistant.desk.records import KeptTurn, Sees
from assistant.desk.tables import DecisionRow, FeedbackRow, MarkRow, TurnRow
from assistant.errors import UnknownTurnError
from assistant.records import Answer
from index.kept import draw_from, drawn_from, drop_bundles, keep_words, new_bundle, read_words
from index.sql import now
from index.words import fold

MOST_SHOWN = 500  # turns or cases of one list


def add_turn(
    session: Session, owner: str, answer: Answer, number: int, origin: str, index_version: str
) -> TurnRow:
    """Keep a question with its answer, in no conversation yet.

    Raises:
        UnknownDocumentError: a cited document was erased meanwhile.
    """
    bundle = new_bundle()
    row = TurnRow(
        talk_id=None,
        number=number,
        bundle=bundle,
        question_id=keep_words(session, bundle, answer.question),
        answer_id=keep_words(session, bundle, write_body(answer, origin)),
        found_id=keep_words(session, bundle, searched_form(f"{answer.question}\n{answer.answer}")),
        asked_by=owner,
        asked_at=now(),
        index_version=index_version,
        refused=answer.refused,
        doubts=len(answer.unverified),
    )
    draw_from(session, bundle, {c.document for c in (*answer.citations, *answer.related)})
    session.add(row)
    session.flush()
    return row


def searched_form(words: str) -> str:
    """Return words in the form in which they are looked for: width, case and masks aside."""
    return re.sub(r"(?<!\\)\[\d+\]|[\\*]", "", fold(words)).casefold()


def find_turn(session: Session, turn: int, owner: str | None = None) -> TurnRow:
    """Return a turn, if an owner is given one of theirs that is in a conversation of theirs.

    Raises:
        UnknownTurnError: there is none.
    """
    row = session.get(TurnRow, turn)
    if row is None or (owner is not None and (row.asked_by != owner or row.talk_id is None)):
        raise UnknownTurnError("没有这次问答，可能已被删除。请刷新后再试。")
    return row


def read_turns(session: Session, rows: Sequence[TurnRow], sees: Sees) -> list[KeptTurn]:
    """Return turns in the order given; one that draws on what may not be seen has no answer.

    It is hidden though the reader saw it once: permission changes.
    """
    words = read_words(session, [i for r in rows for i in (r.question_id, r.answer_id)])
    sources = drawn_from(session, [row.bundle for row in rows])
    turns = []
    for row in rows:
        body = words.get(row.answer_id)
        kept = read_body(body) if body is not None else None
        turn = KeptTurn(
            row.id, row.number, words.get(row.question_id, ""), kept.answer if kept else None,
            row.asked_by, row.asked_at, row.index_version, kept.origin if kept else "",
        )  # fmt: skip
        if not all(map(sees, sources[row.bundle])):
            turn = replace(turn, answer=None, origin="", hidden=True)
        turns.append(turn)
    return turns


def delete_turns(session: Session, rows: Sequence[TurnRow]) -> int:
    """Delete turns with their words; those that were marked or decided on only leave the talk.

    Returns:
        How many are left, as the office's record.
    """
    turns = {row.id: row for row in rows}
    judged = {
        turn
        for table in (MarkRow, DecisionRow)
        for turn in session.scalars(select(table.turn_id).where(table.turn_id.in_(turns)))
    }
    gone = [row for key, row in turns.items() if key not in judged]
    for key in judged:
        turns[key].talk_id = None
    ids = [row.id for row in gone]
    drop_bundles(session, [row.bundle for row in gone])
    session.execute(delete(FeedbackRow).where(FeedbackRow.turn_id.in_(ids)))
    session.execute(delete(TurnRow).where(TurnRow.id.in_(ids)))
    return len(judged)
