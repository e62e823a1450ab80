"""Work for the writer, and a gate that stops it where a test wants it."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from bot.ports import Transaction
from storage import SqliteStore
from tests.storage.samples import NOW

PATIENCE = 30.0
"""Seconds until a thread that waits for a test gives up, where something is badly wrong."""


def note(what: str) -> Callable[[Transaction], str]:
    """Make a small piece of work that leaves a row and returns its name."""

    def work(tx: Transaction) -> str:
        tx.asks.note(what, NOW)
        return what

    return work


async def is_kept(store: SqliteStore, what: str) -> bool:
    """Look for that row."""
    return await store.read(lambda tx: tx.asks.last(what)) is not None


def run_sql(sql: str) -> Callable[[Transaction], object]:
    """Reach past the ports, to bring about what only a machine in trouble does."""
    return lambda tx: tx.asks._db.execute(sql).fetchall()  # type: ignore[attr-defined]  # past them


class Gate:
    """Work that stops the writer until the test lets it go on."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.reached = asyncio.Event()
        self._opened = threading.Event()

    def __call__(self, _: Transaction) -> None:
        """Say that the writer is here, and wait."""
        self._loop.call_soon_threadsafe(self.reached.set)
        assert self._opened.wait(PATIENCE)

    def open(self) -> None:
        """Let it go on."""
        self._opened.set()


async def start_all(*calls: Coroutine[Any, Any, object]) -> list[asyncio.Task[object]]:
    """Start these and return once each has come as far as it can by itself."""
    tasks = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0)
    return tasks
