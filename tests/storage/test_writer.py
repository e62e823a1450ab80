"""The one writer: what is committed, with whom, and who hears of it."""

import asyncio

import pytest

from bot.ports import Single, Transaction
from storage import SqliteStore, StorageError
from tests.storage.writing import Gate, is_kept, note, run_sql, start_all


async def test_work_returns_its_result_once_it_is_kept(store: SqliteStore) -> None:
    """What was answered can be read by whoever comes next."""
    assert await store.write(note("a")) == "a"
    assert await is_kept(store, "a")


async def test_what_waits_together_is_committed_together(store: SqliteStore) -> None:
    """A burst of call-backs costs one sync of the disk."""
    gate = Gate()
    first = await start_all(store.write(gate))
    await gate.reached.wait()
    before = store.commits
    rest = await start_all(*(store.write(note(str(number))) for number in range(100)))
    gate.open()
    await asyncio.gather(*first, *rest)
    assert store.commits == before + 2
    assert await store.read(
        lambda tx: all(tx.asks.last(str(number)) is not None for number in range(100))
    )


async def test_error_undoes_its_own_work_only(store: SqliteStore) -> None:
    """Everybody in the same commit gets what is theirs."""

    def fail(tx: Transaction) -> None:
        note("lost")(tx)
        message = "no"
        raise LookupError(message)

    gate = Gate()
    tasks = await start_all(
        store.write(gate),
        store.write(note("before")),
        store.write(fail),
        store.write(note("after")),
    )
    gate.open()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[1] == "before"
    assert isinstance(results[2], LookupError)
    assert results[3] == "after"
    kept = [await is_kept(store, what) for what in ("before", "lost", "after")]
    assert kept == [True, False, True]


async def test_failed_commit_answers_nobody_as_done(store: SqliteStore) -> None:
    """Who is told *done* must find it after a crash, so nobody is told before the commit."""

    def break_commit(tx: Transaction) -> None:
        run_sql("PRAGMA defer_foreign_keys = ON")(tx)
        run_sql(
            "INSERT INTO inbox (part, key, method, query, content_type, body, received_at, state)"
            " VALUES (9, '', '', x'', '', x'', '', 'new')"
        )(tx)

    gate = Gate()
    first = await start_all(store.write(gate))
    await gate.reached.wait()
    rest = await start_all(store.write(note("a")), store.write(break_commit))
    gate.open()
    await asyncio.gather(*first)
    results = await asyncio.gather(*rest, return_exceptions=True)
    assert [type(result) for result in results] == [StorageError, StorageError]
    assert not await is_kept(store, "a")
    assert await store.write(note("b")) == "b"


async def test_transaction_that_sqlite_gives_up_is_lost_for_everybody(store: SqliteStore) -> None:
    """A full or broken disk may end it under our hands; the next work starts afresh."""
    gate = Gate()
    first = await start_all(store.write(gate))
    await gate.reached.wait()
    rest = await start_all(
        store.write(note("a")),
        store.write(run_sql("INSERT OR ROLLBACK INTO asks (what, at) VALUES ('a', 'x')")),
        store.write(note("b")),
    )
    gate.open()
    await asyncio.gather(*first)
    results = await asyncio.gather(*rest, return_exceptions=True)
    assert [type(result) for result in results] == [StorageError] * 3
    assert not await is_kept(store, "a")
    assert await store.write(note("b")) == "b"


async def test_work_of_one_statement_needs_no_transaction_around_it(store: SqliteStore) -> None:
    """Alone or in company, it is kept when it is answered; when it fails, nothing of it is."""
    assert await store.write(Single(note("alone"))) == "alone"
    assert store.commits == 1
    for in_company in (False, True):
        gate = Gate()
        fails = Single(run_sql("INSERT INTO asks (what, at) VALUES ('lost', 'x'), ('lost', 'y')"))
        first = await start_all(store.write(gate)) if in_company else []
        again = await start_all(store.write(fails))
        gate.open()
        results = await asyncio.gather(*first, *again, return_exceptions=True)
        assert isinstance(results[-1], StorageError)
        assert not await is_kept(store, "lost")
    assert await store.write(Single(note("after"))) == "after"
    assert await is_kept(store, "alone")


async def test_full_disk_is_an_error_of_ours(store: SqliteStore) -> None:
    """It reaches who wrote, as something the program expects, and ends when there is room."""

    def write_much(tx: Transaction) -> None:
        run_sql("CREATE TABLE large AS SELECT zeroblob(9000000) AS zeros")(tx)

    await store.write(run_sql("PRAGMA max_page_count = 200"))
    with pytest.raises(StorageError, match="full"):
        await store.write(write_much)
    await store.write(run_sql("PRAGMA max_page_count = 100000"))
    await store.write(write_much)


async def test_cancelled_caller_leaves_its_work_whole(store: SqliteStore) -> None:
    """Somebody hung up: their work is done or not, and everybody else's goes on."""
    gate = Gate()
    gone, stays = await start_all(store.write(gate), store.write(note("stays")))
    waiting = await start_all(store.write(note("gone too")))
    await gate.reached.wait()
    for task in (gone, *waiting):
        task.cancel()
    gate.open()
    assert await stays == "stays"
    for task in (gone, *waiting):
        with pytest.raises(asyncio.CancelledError):
            await task
    await store.ping()
    assert await is_kept(store, "gone too")


async def test_stop_iteration_does_not_leave_its_caller_waiting(store: SqliteStore) -> None:
    """No future can carry one, so it arrives as what it is: a mistake."""
    empty = iter(())
    with pytest.raises(RuntimeError):
        await store.write(lambda _: next(empty))
    with pytest.raises(RuntimeError):
        await store.read(lambda _: next(empty))
