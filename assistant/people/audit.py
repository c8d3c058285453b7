"""The audit log: who did what, when, about what. Lines are added and searched, nothing else."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from typing import Literal, get_args

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from assistant.people.records import Entry, Person
from assistant.people.tables import NAME, PATH, AuditRow, AuditWordsRow
from index.kept import KeptRow, keep_words, new_bundle
from index.sql import now

logger = logging.getLogger(__name__)

Action = Literal[
    "asked", "saw", "downloaded", "exported", "verified", "corrected", "commented",
    "uploaded", "withdrew", "reinstated", "erased", "rebuilt",
    "logged_in", "login_failed", "locked_out", "logged_out",
    "person_added", "role_changed", "person_disabled", "person_enabled", "password_changed",
    "person_unlocked",
    "token_made", "token_revoked", "collection_changed", "grant_changed", "document_placed",
    "audit_read",
    "verification_requested", "marked", "rated", "feedback_handled", "talk_deleted",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
# Details that people wrote may say what a document says: they go with it when it is erased.
WRITTEN: tuple[Action, ...] = ("asked", "audit_read", "withdrew", "corrected", "commented")
ERASED = "（内容已随文件彻底删除）"
MOST_DETAIL = 2_000  # characters; a question is no longer
ONCE_IN = 600.0  # seconds in which one document is seen by one person once
REMEMBERED = 4_096  # (person, document) pairs
MOST_LINES = 1_000  # of one search


class Audit:
    """Adds lines and searches them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: OrderedDict[tuple[int, str], float] = OrderedDict()
        self._turn = threading.Lock()

    def log(
        self,
        person: Person | None,
        action: Action,
        about: str = "",
        detail: str = "",
        address: str = "",
    ) -> None:
        """Add a line. ``person`` None is somebody who is not logged in.

        ``about`` is a document's, a person's or a collection's name; ``detail`` what was
        asked or changed. No password, no key, and no word of a document belongs in here.
        """
        told = detail[:MOST_DETAIL]
        written = bool(told) and action in WRITTEN
        row = AuditRow(
            at=now(),
            person_id=person.id if person else 0,
            person=person.name if person else "",
            action=action,
            about=about[:PATH],
            detail="" if written else told,
            address=address[:NAME],
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            if written:
                number = keep_words(session, new_bundle(), told)
                session.add(AuditWordsRow(audit_id=row.id, words_id=number))

    def saw(self, person: Person, document: str, address: str = "") -> None:
        """Note that somebody saw a document; scrolling through it is one look."""
        key, at = (person.id, document), time.monotonic()
        with self._turn:
            before = self._seen.pop(key, None)
            self._seen[key] = at if before is None or at - before >= ONCE_IN else before
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        if before is None or at - before >= ONCE_IN:
            self.log(person, "saw", document, address=address)

    def search(
        self,
        words: str = "",
        *,
        person: str = "",
        action: str = "",
        since: str = "",
        until: str = "",
        before: int | None = None,
        limit: int = 100,
    ) -> list[Entry]:
        """Return the newest lines that fit, newest first.

        ``words`` all stand in what it was about, the detail or the name. ``since`` and
        ``until`` are dates or times, both included; ``before`` is the id of a line, for the
        next page.
        """
        query = (
            select(AuditRow, AuditWordsRow.words_id, KeptRow.words)
            .outerjoin(AuditWordsRow, AuditWordsRow.audit_id == AuditRow.id)
            .outerjoin(KeptRow, KeptRow.id == AuditWordsRow.words_id)
            .order_by(AuditRow.id.desc())
        )
        for word in words.split():
            columns = (AuditRow.about, AuditRow.detail, AuditRow.person, KeptRow.words)
            query = query.where(or_(*(c.contains(word, autoescape=True) for c in columns)))
        if person:
            query = query.where(AuditRow.person == person)
        if action:
            query = query.where(AuditRow.action == action)
        if since:
            query = query.where(AuditRow.at >= since)
        if until:
            query = query.where(AuditRow.at <= until + "~")  # a date includes its whole day
        if before is not None:
            query = query.where(AuditRow.id < before)
        with Session(self._engine) as session:
            rows = session.execute(query.limit(max(1, min(limit, MOST_LINES))))
            return [
                Entry(
                    r.id, r.at, r.person, r.action, r.about,
                    r.detail if number is None else (words or ERASED), r.address,
                )
                for r, number, words in rows
            ]  # fmt: skip
