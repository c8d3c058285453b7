"""Bring the SQL database of an earlier version of the program up to this one's schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from index.errors import IndexMismatchError
from index.sql import Base

SCHEMA_VERSION = "3"  # 3: people and what each may see; an older program would show all
READABLE = ("1", "2", SCHEMA_VERSION)


def migrate(engine: Engine) -> None:
    """Make the tables, or add what an earlier version lacks; a copy is kept beside first.

    Raises:
        IndexMismatchError: the database was made by a newer version.
    """
    have = _version(engine)
    if have is not None and have not in READABLE:
        raise IndexMismatchError(
            f"索引的版本是 {have}，本程序只认识版本 {SCHEMA_VERSION} 及更早的。"
            "请换用建立该索引的程序版本，或另选 --data-dir 重新建立索引。"
        )
    if have is not None and have != SCHEMA_VERSION:
        _keep_copy(engine, have)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        if have == "1":
            for table, column, form in _missing(engine):
                connection.execute(text(f'ALTER TABLE {table} ADD COLUMN "{column}" {form}'))
            # Version 1 had a state for files on their way out.
            connection.execute(text("UPDATE files SET state='removed' WHERE state='removing'"))
        if have != SCHEMA_VERSION:
            connection.execute(text("DELETE FROM meta WHERE name='schema'"))
            connection.execute(
                text("INSERT INTO meta (name, value) VALUES ('schema', :v)"), {"v": SCHEMA_VERSION}
            )


def _version(engine: Engine) -> str | None:
    if not inspect(engine).has_table("meta"):
        return None
    with engine.connect() as connection:
        found = connection.execute(text("SELECT value FROM meta WHERE name='schema'")).scalar()
    return str(found) if found is not None else None


def _missing(engine: Engine) -> list[tuple[str, str, str]]:
    """Return (table, column, type) of the columns that the tables lack."""
    seen = inspect(engine)
    lacking = []
    for table in Base.metadata.sorted_tables:
        have = {column["name"] for column in seen.get_columns(table.name)}
        for column in table.columns:
            if column.name not in have:
                form = column.type.compile(engine.dialect)
                given = column.server_default
                default = f" NOT NULL DEFAULT {given.arg}" if given is not None else ""  # type: ignore[attr-defined]
                lacking.append((table.name, column.name, form + default))
    return lacking


def _keep_copy(engine: Engine, version: str) -> None:
    """Copy a SQLite database beside itself before it is changed."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return
    copy = Path(f"{file}.v{version}.bak")
    if not copy.exists():
        with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
