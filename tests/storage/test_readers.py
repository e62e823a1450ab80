"""Reading beside the writer."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.domain.ids import Number
from bot.ports import Transaction
from storage import Readers, SqliteStore, StorageError
from storage.readers import MOST
from tests.storage.samples import ANA, BIA, NOW

PATIENCE = 30.0
"""Seconds until a thread that waits for a test gives up, where something is badly wrong."""


def stop(number: Number, tx: Transaction) -> bool:
    """Put somebody on the list of opt-outs."""
    return tx.optouts.add(number, at=NOW, campaign=None, word="SAIR")


async def test_read_sees_one_unmoving_picture(store: SqliteStore) -> None:
    """What is committed between two looks of the same read isn't seen by the second."""
    loop = asyncio.get_running_loop()
    looked = asyncio.Event()
    written = threading.Event()

    def look_twice(tx: Transaction) -> list[frozenset[Number]]:
        before = tx.optouts.among([ANA, BIA])
        loop.call_soon_threadsafe(looked.set)
        assert written.wait(PATIENCE)
        return [before, tx.optouts.among([ANA, BIA])]

    await store.write(lambda tx: stop(ANA, tx))
    reading = asyncio.create_task(store.read(look_twice))
    await looked.wait()
    await store.write(lambda tx: stop(BIA, tx))
    written.set()
    assert await reading == [{ANA}, {ANA}]
    assert await store.read(lambda tx: tx.optouts.among([ANA, BIA])) == {ANA, BIA}


async def test_write_fails_in_a_read(store: SqliteStore) -> None:
    """There is one writer, and this isn't it; the connection is as good as before."""
    for _ in range(MOST + 1):
        with pytest.raises(StorageError, match="readonly"):
            await store.read(lambda tx: stop(ANA, tx))
    assert await store.read(lambda tx: tx.optouts.among([ANA])) == frozenset()


async def test_checkpoint_is_the_writers_alone(store: SqliteStore) -> None:
    """Older SQLite can corrupt its log when two connections do it at once."""
    with pytest.raises(StorageError):
        await store.read(
            lambda tx: tx.asks._db.execute("PRAGMA wal_checkpoint")  # type: ignore[attr-defined]  # past the port
        )


async def test_many_reads_share_few_connections(store: SqliteStore) -> None:
    """A rush waits its turn; it doesn't open a file for each."""
    await store.write(lambda tx: stop(ANA, tx))
    reads = (store.read(lambda tx: tx.optouts.among([ANA])) for _ in range(50))
    assert await asyncio.gather(*reads) == [{ANA}] * 50
    assert store._readers._idle.qsize() <= MOST


async def test_error_in_a_read_reaches_its_caller(store: SqliteStore) -> None:
    """As it was raised."""
    with pytest.raises(KeyError):
        await store.read(lambda tx: tx.replies.get(1))


async def test_command_may_read_beside_a_running_bot(store: SqliteStore, path: Path) -> None:
    """A report needs no lock, and sees what was committed."""
    await store.write(lambda tx: stop(ANA, tx))
    async with Readers(path) as readers:
        assert await readers.read(lambda tx: tx.optouts.among([ANA, BIA])) == {ANA}


async def test_command_may_read_after_the_bot_stopped(path: Path) -> None:
    """The file alone is enough."""
    async with SqliteStore(path) as store:
        await store.write(lambda tx: stop(ANA, tx))
    async with Readers(path) as readers:
        assert await readers.read(lambda tx: tx.optouts.among([ANA, BIA])) == {ANA}


async def test_reading_makes_no_database(path: Path) -> None:
    """A wrong path is an error, not an empty report; the second time too."""
    async with Readers(path) as readers:
        for _ in range(2):
            with pytest.raises(StorageError, match="unable to open"):
                await readers.read(lambda tx: tx.optouts.among([ANA]))
