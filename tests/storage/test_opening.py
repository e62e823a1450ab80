"""Opening the database: where, by whom, and which."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.domain.errors import SettingsError
from storage import SqliteStore, connection
from tests.storage.samples import FIRST, make_campaign

SPREADSHEET = b"numero;nome\n" * 500


@pytest.fixture
def loose(path: Path) -> Path:
    """Leave an empty file that everybody may read."""
    path.touch(0o644)
    return path


@pytest.fixture
def spreadsheet(path: Path) -> Path:
    """Leave a file that isn't a database."""
    path.write_bytes(SPREADSHEET)
    return path


def contents(path: Path) -> bytes:
    """Read a file whole."""
    return path.read_bytes()


def permissions(path: Path) -> int:
    """Tell who may do what with a file."""
    return path.stat().st_mode & 0o777


async def test_files_are_this_users_alone(tmp_path: Path) -> None:
    """They hold people's numbers: the folder is made, and nobody else may look."""
    path = tmp_path / "new" / "torpedo #1?.db"
    async with SqliteStore(path) as store:
        await store.write(lambda tx: tx.campaigns.add(make_campaign(), [], []))
        await store.read(lambda tx: tx.campaigns.get(FIRST))
        names = {file.name: permissions(file) for file in path.parent.iterdir()}
    assert names == {f"{path.name}{end}": 0o600 for end in ("", "-wal", "-shm", ".lock")}
    assert permissions(path.parent) == 0o700


async def test_open_file_becomes_private(loose: Path) -> None:
    """A database that was copied with loose permissions is tightened."""
    async with SqliteStore(loose):
        assert permissions(loose) == 0o600


async def test_second_bot_is_refused(store: SqliteStore, path: Path) -> None:
    """Two writers would poll, call and tell everything twice; the first one is unharmed."""
    second = SqliteStore(path)
    with pytest.raises(SettingsError, match="open in another Torpedo"):
        await second.open()
    await second.close()
    await store.ping()


async def test_closed_database_can_be_opened_again(path: Path) -> None:
    """By the same store or another; what was written is there, the log is not."""
    async with SqliteStore(path) as store:
        await store.write(lambda tx: tx.campaigns.add(make_campaign(), [], []))
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}
    async with store:
        assert await store.read(lambda tx: tx.campaigns.get(FIRST)) == make_campaign()


async def test_newer_database_is_refused_and_untouched(path: Path) -> None:
    """An older program doesn't know what the newer one's tables mean."""
    async with SqliteStore(path):
        pass
    with Database(path) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "torpedo", "name": "m999_future", "applied_at": "2030-01-01"}
        )
    before = contents(path)
    with pytest.raises(SettingsError, match=r"newer Torpedo \(it knows m999_future"):
        await SqliteStore(path).open()
    assert contents(path) == before


async def test_other_kinds_of_file_are_refused(spreadsheet: Path) -> None:
    """Somebody's spreadsheet isn't overwritten."""
    with pytest.raises(SettingsError, match="not a database"):
        await SqliteStore(spreadsheet).open()
    assert contents(spreadsheet) == SPREADSHEET


async def test_other_programs_database_is_refused_whole(path: Path) -> None:
    """Steps are taken together or not at all, so nothing of ours is left in it."""
    with Database(path) as db:
        db.table("parts").insert({"screw": "M4"})
    with pytest.raises(SettingsError, match="parts already exists"):
        await SqliteStore(path).open()
    with Database(path) as db:
        assert db.table_names() == ["parts"]


async def test_database_with_a_table_missing_is_refused(path: Path) -> None:
    """Somebody's hand was in it; which table it is is said."""
    async with SqliteStore(path):
        pass
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE earlier_requests")
    with pytest.raises(SettingsError, match="earlier_requests"):
        await SqliteStore(path).open()


async def test_place_that_cannot_be_written_is_refused(loose: Path) -> None:
    """The answer says what to do."""
    with pytest.raises(SettingsError, match="Name a file in a folder"):
        await SqliteStore(loose / "torpedo.db").open()


async def test_folder_is_no_database(tmp_path: Path) -> None:
    """``DATABASE=.`` is a slip; the lock is let go again."""
    (tmp_path / "torpedo.db").mkdir()
    with pytest.raises(SettingsError, match="Is a directory"):
        await SqliteStore(tmp_path / "torpedo.db").open()
    (tmp_path / "torpedo.db").rmdir()
    async with SqliteStore(tmp_path / "torpedo.db") as store:
        await store.ping()


async def test_old_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its message would be a syntax error otherwise."""
    monkeypatch.setattr(connection, "OLDEST_SQLITE", (99, 0))
    with pytest.raises(SettingsError, match=f"SQLite {sqlite3.sqlite_version} is too old"):
        await SqliteStore(path).open()


async def test_given_up_opening_leaves_nothing_locked(path: Path) -> None:
    """A start that is cancelled half-way can be made again."""
    opening = asyncio.create_task(SqliteStore(path).open())
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    async with SqliteStore(path) as store:
        await store.ping()
