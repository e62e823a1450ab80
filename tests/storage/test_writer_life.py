"""The writer under a flood, at its end, and those who listen to it."""

import asyncio
import threading
from pathlib import Path

import pytest

from storage import SqliteStore, StorageError
from storage.writer import LARGEST_GROUP, ROOM
from tests.storage.writing import Gate, is_kept, note, run_sql, start_all


async def test_queue_is_bounded(store: SqliteStore) -> None:
    """Under a flood callers wait for room, each gets it in turn, and nothing is lost."""
    gate = Gate()
    first = await start_all(store.write(gate))
    await gate.reached.wait()
    flood = await start_all(*(store.write(note(str(number))) for number in range(ROOM + 50)))
    assert store._writer._room.locked()
    assert store._writer._jobs.qsize() == ROOM - len(first)
    before = store.commits
    gate.open()
    assert await asyncio.gather(*flood) == [str(number) for number in range(ROOM + 50)]
    assert store.commits - before >= ROOM // LARGEST_GROUP
    assert not store._writer._room.locked()


async def test_commit_is_announced_in_the_loop_after_its_answers(path: Path) -> None:
    """The outbox wakes up by it; what changed nothing wakes nobody."""
    heard: list[tuple[int, bool]] = []
    async with SqliteStore(
        path, on_commit=lambda: heard.append((threading.get_ident(), task.done()))
    ) as store:
        task = asyncio.create_task(store.write(note("a")))
        await task
        await store.write(lambda _: None)
        with pytest.raises(StorageError):
            await store.write(run_sql("INSERT INTO asks (what) VALUES ('a')"))
    assert [thread for thread, _ in heard] == [threading.get_ident()]


async def test_listener_that_fails_harms_nobody(path: Path) -> None:
    """Its error is the loop's to report; the writer goes on."""
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: reported.append(context["exception"])
    )
    error = LookupError()

    def fail() -> None:
        raise error

    async with SqliteStore(path, on_commit=fail) as store:
        assert await store.write(note("a")) == "a"
        assert await store.write(note("b")) == "b"
    assert reported == [error, error]


async def test_closing_finishes_what_is_queued(path: Path) -> None:
    """A call-back that is being stored when the program is stopped is still stored."""
    store = SqliteStore(path)
    await store.open()
    gate = Gate()
    tasks = await start_all(store.write(gate), store.write(note("a")))
    await gate.reached.wait()
    closing = await start_all(store.close())
    gate.open()
    await asyncio.gather(*tasks, *closing)
    async with store:
        assert await is_kept(store, "a")


async def test_who_waits_for_room_when_it_closes_hears_so(path: Path) -> None:
    """Nobody waits for ever for a writer that has gone."""
    store = SqliteStore(path)
    await store.open()
    gate = Gate()
    tasks = await start_all(store.write(gate))
    await gate.reached.wait()
    flood = await start_all(*(store.write(note(str(number))) for number in range(ROOM)))
    closing = await start_all(store._writer.close())
    gate.open()
    *done, late = await asyncio.gather(*flood, return_exceptions=True)
    assert done == [str(number) for number in range(ROOM - 1)]
    assert isinstance(late, StorageError)
    await asyncio.gather(*tasks, *closing)
    await store.close()


async def test_closed_store_refuses(path: Path) -> None:
    """Before it is open and after it is closed; closing twice is nothing."""
    store = SqliteStore(path)
    with pytest.raises(StorageError, match="closed"):
        await store.ping()
    await store.open()
    await store.close()
    await store.close()
    with pytest.raises(StorageError, match="closed"):
        await store.write(note("a"))
    with pytest.raises(StorageError, match="closed"):
        await store.read(note("a"))


async def test_writer_outlives_the_loop_that_asked(path: Path) -> None:
    """A loop that ended early can't be answered; the work is on disk all the same."""

    def forget() -> None:
        async def leave() -> None:
            store = SqliteStore(path)
            await store.open()
            gate = Gate()
            tasks = await start_all(store.write(gate), store.write(note("a")))
            await gate.reached.wait()
            for task in tasks:
                task.cancel()
            left.append((store, gate))

        asyncio.run(leave())

    left: list[tuple[SqliteStore, Gate]] = []
    await asyncio.to_thread(forget)
    ((store, gate),) = left
    gate.open()
    await store.close()
    async with SqliteStore(path) as again:
        assert await is_kept(again, "a")
