"""Connections to the database file: the one that writes, and those that only read."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from bot.domain.errors import SettingsError
from storage import migrations_fields, migrations_forms  # noqa: F401 - the steps that they add
from storage.migrations import migrations

OLDEST_SQLITE = (3, 37)
"""The first with STRICT tables."""

WRITING = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 10000",  # pages of 4 KiB: fewer, larger checkpoints under a burst
)
READING = ("query_only = ON",)
ALWAYS = (
    "foreign_keys = ON",
    "busy_timeout = 5000",  # ms
    "cache_size = -65536",  # KiB
    "mmap_size = 0",
    "trusted_schema = OFF",
)


def open_writer(path: Path, *, prepare: Callable[[Database], None] = lambda _: None) -> Database:
    """Open the file to write, bring its tables up to date in one transaction, and prepare it.

    Raises ``SettingsError`` for a file that isn't a Torpedo database of this version or older.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} is too old: Torpedo needs 3.37 or newer."
        raise SettingsError(message)

    def migrate_first(db: Database) -> None:
        _migrate(db, path)
        prepare(db)

    try:
        return _open(path, "rw", *WRITING, prepare=migrate_first)
    except sqlite3.DatabaseError as error:
        message = f"DATABASE={path} can't be used: {error}. Move it away, or name another file."
        raise SettingsError(message) from error


def open_reader(path: Path) -> Database:
    """Open the file to read; it may be handed from thread to thread, one at a time.

    A write through it fails, and so does a checkpoint: those are the writer's alone.
    """
    return _open(path, "ro", *READING, check_same_thread=False)


def _open(
    path: Path,
    mode: str,
    *pragmas: str,
    check_same_thread: bool = True,
    prepare: Callable[[Database], None] = lambda _: None,
) -> Database:
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )
    try:
        conn.row_factory = sqlite3.Row
        db = Database(conn, strict=True, execute_plugins=False)
        for pragma in (*ALWAYS, *pragmas):
            db.execute(f"PRAGMA {pragma}")
        prepare(db)
    except BaseException:
        conn.close()
        raise
    return db


def _migrate(db: Database, path: Path) -> None:
    newer = {step.name for step in migrations.applied(db)} - _steps()
    if newer:
        message = (
            f"DATABASE={path} belongs to a newer Torpedo (it knows {', '.join(sorted(newer))}). "
            "Run that version, or name another file."
        )
        raise SettingsError(message)
    if migrations.pending(db):
        db.execute("BEGIN IMMEDIATE")
        migrations.apply(db)
        db.execute("COMMIT")


def _steps() -> set[str]:
    """Every step of this version: all that an empty database still lacks."""
    with Database(memory=True, execute_plugins=False) as empty:
        return {step.name for step in migrations.pending(empty)}
