"""What was answered is there after the program is killed."""

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.ports import Transaction
from storage import SqliteStore
from tests.storage.samples import NOW

VICTIM = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from storage import SqliteStore

async def main():
    store = SqliteStore(Path(sys.argv[1]))
    await store.open()
    number = 0
    while True:
        await store.write(lambda tx: tx.asks.note(str(number), datetime.now(UTC)))
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""
ENOUGH = 25


@pytest.fixture
def answered(path: Path) -> int:
    """Kill a program in the middle of its writes; return the last row it was told is kept."""
    command = [sys.executable, "-c", VICTIM, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as victim:  # noqa: S603 - ours
        assert victim.stdout is not None
        while int(victim.stdout.readline()) < ENOUGH:
            pass
        victim.kill()
        last = int(["", *victim.stdout.read().split()][-1] or ENOUGH)
    assert victim.returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    return last


async def test_rows_answered_before_a_kill_are_there(path: Path, answered: int) -> None:
    """Killed between two instructions, it loses at most what nobody was told is done."""

    def look(tx: Transaction) -> str:
        assert all(tx.asks.last(str(number)) for number in range(answered + 1))
        db: Database = tx.asks._db  # type: ignore[attr-defined]  # past the port
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])

    async with SqliteStore(path) as store:
        assert await store.read(look) == "ok"


async def test_log_that_was_never_folded_in_is_read(store: SqliteStore, path: Path) -> None:
    """A copy of both files, as a power cut leaves them, holds what was committed."""
    await store.write(lambda tx: tx.asks.note("a", NOW))
    copy = path.with_name("copy.db")
    for end in ("", "-wal"):
        await asyncio.to_thread(shutil.copy, f"{path}{end}", f"{copy}{end}")
    async with SqliteStore(copy) as again:
        assert await again.read(lambda tx: tx.asks.last("a")) == NOW
