"""The SQL database itself: how it is opened, its base class, its errors in words."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from index.errors import IndexDamagedError, StoreError

BUSY_SECONDS = 5
_RESTORE = (
    "有备份时：python -m index restore 备份文件 --data-dir 新目录；"
    "没有备份时，把该数据目录改名留存，再从原文件重新建立索引。"
)


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


def open_engine(url: str) -> Engine:
    """Return an engine on a database that was checked to be whole.

    Raises:
        IndexDamagedError: the file is damaged.
        StoreError: it cannot be opened, or ``url`` names no database.
    """
    try:
        return _engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            "环境变量 YOUJU_DATABASE_URL 不是能用的数据库地址，或没有安装它的驱动程序"
            f"（{type(error).__name__}）。请改为 sqlite:////路径/文件 这样的地址，或去掉它。"
        ) from error
    except DatabaseError as error:
        raise explain(error) from error


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return _explained(create_engine(url))
    engine = _explained(create_engine(url, connect_args={"timeout": BUSY_SECONDS}))

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event types
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten

    with engine.connect() as connection:
        state = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if state != "ok":
        raise IndexDamagedError(f"索引数据库已损坏（{state}）。{_RESTORE}")
    return engine


def _explained(engine: Engine) -> Engine:
    """Let a full disk, a lock or damage be a sentence wherever it is met."""

    @event.listens_for(engine, "handle_error")
    def _explain(context: ExceptionContext) -> StoreError | None:
        error = context.sqlalchemy_exception
        # Their subclasses are faults of the statement, not of the file.
        return explain(error) if type(error) in (OperationalError, DatabaseError) else None  # type: ignore[arg-type]

    return engine


def explain(error: DatabaseError) -> StoreError:
    """Return the error as a sentence that says what to do."""
    if isinstance(error, OperationalError) and not is_damage(error.orig):
        return StoreError(
            f"索引数据库不能读写（{error.orig}）。可能被其他程序（如备份软件）锁住，"
            "或目录不可写、磁盘已满；已完成的文件不受影响。请处理后再试。"
        )
    return IndexDamagedError(f"索引数据库已损坏（{error.orig}）。{_RESTORE}")


def is_damage(error: BaseException | None) -> bool:
    """Tell damage of a SQLite file from a lock, a full disk or a lack of rights."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    if not isinstance(error, sqlite3.OperationalError):
        return True
    # SQLite calls it operational, too, if its own tables are gone from a damaged file.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == sqlite3.SQLITE_ERROR


def now() -> str:
    """Return the local time as ISO 8601, to the second."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
