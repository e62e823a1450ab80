"""The tables as SQLite sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.connection import open_reader, open_writer
from storage.migrations import migrations

OPEN = "outbox.state IN ('waiting', 'taken')"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """Open an empty database as the writer does."""
    path.touch()
    with open_writer(path) as opened:
        yield opened


def test_every_table_is_strict(db: Database) -> None:
    """A wrong type is an error where it happens; SQLite's own tables aside."""
    tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    strict = {name: bool(strict) for name, strict in tables if not name.startswith("sqlite_")}
    assert len(strict) == 26
    assert all(strict.values())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("wal_autocheckpoint", 10000),
        ("cache_size", -65536),
        ("mmap_size", 0),
        ("trusted_schema", 0),
        ("recursive_triggers", 1),
        ("query_only", 0),
    ],
)
def test_writer_is_set_for_safety_first(db: Database, pragma: str, value: str | int) -> None:
    """What was answered survives a power cut, and references are checked."""
    assert db.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_reader_can_only_read(db: Database, path: Path) -> None:
    """Both the file's mode and the connection's own switch say so."""
    with open_reader(path) as reader:
        assert reader.execute("PRAGMA query_only").fetchone()[0] == 1
        assert reader.execute("PRAGMA mmap_size").fetchone()[0] == 0
        assert reader.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert not migrations.pending(db)


def test_steps_are_named_in_their_order(db: Database) -> None:
    """Names sort as they are applied, each once."""
    names = [step.name for step in migrations.applied(db)]
    assert names == sorted(set(names))
    assert all(name[0] == "m" and name[1:4].isdecimal() for name in names)


def test_references_hold(db: Database) -> None:
    """No table refers to one that isn't there, and every reference is followed."""
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize(
    "question",
    [
        "SELECT number FROM recipients WHERE campaign = 1",
        "SELECT number FROM recipients WHERE part = 1",
        "SELECT count(*) FROM recipients WHERE part = 1 AND status IN ('queued', 'sent')",
        "SELECT * FROM parts WHERE key = 'k'",
        "SELECT * FROM parts WHERE brake IN ('asked', 'releasing') AND state = 'accepted'",
        "SELECT * FROM parts WHERE state = 'ready'",
        "SELECT * FROM inbox WHERE state = 'new' ORDER BY id LIMIT 9",
        "SELECT count(*) FROM replies WHERE campaign = 1",
        "SELECT gist, max(id) FROM replies WHERE campaign = 1 AND opts_out = 0 GROUP BY gist",
        f"SELECT min(id) FROM outbox WHERE campaign = 1 AND lane = 'replies' AND {OPEN}",  # noqa: S608 - ours
        f"SELECT min(campaign) FROM outbox WHERE {OPEN} AND campaign > 1",  # noqa: S608 - ours
        f"SELECT id FROM outbox WHERE post = 'p' AND {OPEN}",  # noqa: S608 - ours
        "SELECT 1 FROM outbox WHERE campaign = 1 AND kind = 'cant_tell'",
        "SELECT * FROM audit WHERE campaign = 1",
        "SELECT * FROM campaigns WHERE reply = 1 ORDER BY id",
        "SELECT * FROM campaigns WHERE form = 'V1'",
        "SELECT * FROM campaigns WHERE thread_of = 1 AND tested_version = 2 ORDER BY id",
        "SELECT * FROM campaigns WHERE tested_version > 0 AND requester = 'U' AND created_at > 'a'",
        "SELECT * FROM optouts ORDER BY at DESC, person DESC LIMIT 9",
        "SELECT * FROM optouts WHERE person > '3' ORDER BY person LIMIT 9",
        "SELECT key FROM earlier_requests WHERE part = 1",
        "SELECT part FROM earlier_requests WHERE key = 'k'",
        "SELECT max(submitted_at) FROM parts",
        "SELECT * FROM parts WHERE submitted_at > 'a' AND submitted_at <= 'b'",
        "SELECT credits FROM balances WHERE account = 'a' AND at < 'b' ORDER BY at DESC LIMIT 1",
    ],
)
def test_large_tables_are_asked_by_an_index(db: Database, question: str) -> None:
    """A hundred thousand rows aren't walked through to find a few."""
    plan = db.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()
    assert all("USING" in step["detail"] for step in plan)


@pytest.mark.parametrize("change", ["UPDATE {} SET by = 'U9'", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("approvals", "(1, 1, 0, 'U1', 'now', 'd1', 0)"),
        ("changes", "(1, 2, 'U1', 'now', 'text', NULL, 0, 0, 0, 0)"),
    ],
)
def test_decisions_and_edits_can_only_be_added(
    db: Database, table: str, row: str, change: str
) -> None:
    """Whose yes it was, and what was changed, can't be rewritten, not even by hand."""
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(f"INSERT INTO {table} VALUES {row}")  # noqa: S608 - ours
    with pytest.raises(Exception, match=f"{table} is append-only"):
        db.execute(change.format(table))
