"""Reading, beside the writer and without disturbing it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self, TypeVar

from sqlite_utils import Database

from bot.domain.errors import StorageError
from bot.ports import Transaction
from storage.connection import open_reader
from storage.errors import translated
from storage.transaction import SqliteTransaction

T = TypeVar("T")

MOST = 3
"""Reads at a time; a further one waits its turn."""


class Readers:
    """A few read-only connections, each lent to one thread at a time.

    It needs no lock, so a command such as ``torpedo report`` may read beside a running bot.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[Database] = SimpleQueue()

    async def __aenter__(self) -> Self:
        self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def open(self) -> None:
        """Get ready; connections are opened when they are needed first."""
        self._threads = ThreadPoolExecutor(MOST, thread_name_prefix="torpedo-reader")

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` on one unmoving picture of the tables; writing there fails.

        Raises ``StorageError`` where SQLite fails, and whatever ``work`` raises.
        """
        if self._threads is None:
            message = "the database is closed"
            raise StorageError(message)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    async def close(self) -> None:
        """Let reads under way finish, and close; safe to repeat."""
        threads, self._threads = self._threads, None
        if threads is not None:
            await asyncio.to_thread(threads.shutdown)
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _run(self, work: Callable[[Transaction], T]) -> T:
        with translated():
            db = self._borrow()
            try:
                db.execute("BEGIN")
                return work(SqliteTransaction(db))
            finally:
                db.rollback()
                self._idle.put(db)

    def _borrow(self) -> Database:
        try:
            return self._idle.get_nowait()
        except Empty:
            return open_reader(self._path)
