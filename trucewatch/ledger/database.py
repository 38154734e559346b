"""Opening the database under a ledger: the file, the migrations, and errors in plain words."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trucewatch.errors import LedgerError

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0005"
"""The newest revision of the migrations; a test compares it with the scripts."""

_HEADER = b"SQLite format 3\0"
_PAUSE = 0.05  # seconds until it is asked again, where it does not wait by itself
_PATIENCE = 10  # seconds to wait for another program that writes to the same ledger
_REASONS = {  # by the first part of the name that sqlite3 gives its errors
    "SQLITE_FULL": "the disk is full; nothing of this report was written and what was there is whole",
    "SQLITE_BUSY": "another program is writing to it; try again when it is done",
    "SQLITE_LOCKED": "another program is writing to it; try again when it is done",
    "SQLITE_READONLY": "no permission to write",
    "SQLITE_PERM": "no permission",
    "SQLITE_CANTOPEN": "cannot be opened: look at the folder and its permissions",
    "SQLITE_NOTADB": "is no Trucewatch ledger: the file is no SQLite database",
    "SQLITE_CORRUPT": "is damaged; restore it from a copy, or read the reports into a new ledger",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error, or is full",
}


def connect(path: Path, *, create: bool) -> sa.Engine:
    """An engine over a ledger of the newest shape. LedgerError names the file and what is wrong."""
    _inspect(path, create=create)
    engine = _engine(path, read_only=not create and not os.access(path, os.W_OK))
    try:
        with plainly(path):
            _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def file_of(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, whatever it holds; None where there is none."""
    try:
        met = path.stat()
    except OSError:
        return None
    return met.st_dev, met.st_ino


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that takes the writer's place at once: two runs queue up and neither fails half-way."""
    with engine.connect() as plain:
        connection = plain.execution_options(writing=True)
        with connection.begin():
            yield connection


def purge(engine: sa.Engine, path: Path) -> None:
    """Write the file anew without what was taken out of it, and empty its log.

    LedgerError where that cannot be done now: the words are out of the ledger, and may be left in the file.
    """
    try:
        with plainly(path), closing(engine.raw_connection()) as outside:
            cursor = outside.cursor()
            cursor.execute("VACUUM")  # pages that once held the words may have left traces in others
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except LedgerError as error:
        raise LedgerError(f"{error}; the words are erased, but traces may be left in the file") from error
    if busy:
        raise LedgerError(
            f"{path}: another program is reading it, so traces of the erased words may be left in"
            f" {path.name}-wal until it stops and the ledger is opened and closed"
        )


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what the database complains of into a LedgerError that names the file."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise LedgerError(f"{path}: {_reason(error.orig)}") from error
    except sqlite3.Error as error:
        raise LedgerError(f"{path}: {_reason(error)}") from error
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror or error}") from error


def _reason(error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", "")
    return next((text for start, text in _REASONS.items() if name.startswith(start)), str(error))


def _inspect(path: Path, *, create: bool) -> None:
    """Complain before SQLite is asked where its own words would be dark, or where it would make a file."""
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; a ledger is one file, such as {path / 'trucewatch.db'}")
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except FileNotFoundError:
        _expect_creation(path, create=create)
        return
    except OSError as error:
        reason = "no permission to read" if error.errno == errno.EACCES else error.strerror
        raise LedgerError(f"{path}: {reason}") from error
    if start and start != _HEADER:
        raise LedgerError(f"{path}: {_REASONS['SQLITE_NOTADB']}")


def _expect_creation(path: Path, *, create: bool) -> None:
    if not create:
        raise LedgerError(f"{path}: no such ledger; `trucewatch run SOURCE --ledger {path}` makes one")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: the folder {path.parent} does not exist")


def _engine(path: Path, *, read_only: bool) -> sa.Engine:
    address = path.absolute().as_uri()
    if read_only:  # a ledger on a read-only medium: without a log beside it nobody can be writing
        address += "?mode=ro" if Path(f"{path}-wal").exists() else "?mode=ro&immutable=1"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )

    engine = sa.create_engine("sqlite://", creator=open_file, poolclass=sa.pool.QueuePool)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, record: Any) -> None:
    connection.execute("PRAGMA synchronous = FULL")  # a commit outlives a power cut, not only a crash
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE meets the triggers too


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN"
    )


# --- the shape -----------------------------------------------------------------------------------


def _bring_up_to_date(engine: sa.Engine, path: Path) -> None:
    with engine.connect() as connection:
        if _revision(connection, path) == HEAD:
            return
    _keep_log(engine)
    with writing(engine) as connection:
        if _revision(connection, path) != HEAD:  # somebody else may have been quicker
            _migrate(connection)


def _keep_log(engine: sa.Engine) -> None:
    """Write to a log, so that readers need not wait. While another program does the same, SQLite refuses at
    once, whatever its patience: it is asked again."""
    stop = time.monotonic() + _PATIENCE
    with closing(engine.raw_connection()) as outside:  # the journal cannot change within a transaction
        while True:
            try:
                outside.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > stop:
                    raise
                time.sleep(_PAUSE)
            else:
                return


def _revision(connection: sa.Connection, path: Path) -> str | None:
    """The ledger's version, or None for a file without any table; LedgerError for one we cannot use."""
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "claims", "runs"} <= tables:
        raise LedgerError(f"{path}: is no Trucewatch ledger: a database of another program")
    revision = str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one())
    if revision > HEAD:
        raise LedgerError(
            f"{path}: was written by a newer Trucewatch (ledger version {revision}; this one knows"
            f" versions up to {HEAD}); update Trucewatch to open it"
        )
    return revision


def _migrate(connection: sa.Connection) -> None:
    """Run the scripts that are missing, all in the one transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
