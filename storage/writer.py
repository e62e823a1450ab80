"""The one writer: a thread with the only connection that writes or checkpoints.

Work that waits together is committed together, so a burst costs one sync of the disk. Older
SQLite can corrupt its log when two connections write or checkpoint at once; here that can't
happen.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from bot.domain.errors import StorageError
from bot.ports import Transaction
from storage.connection import open_writer
from storage.group import Job, Outcome, commit_together
from storage.keyring import Keyring

T = TypeVar("T")

ROOM = 1000
"""Pieces of work that may wait; whoever comes then waits for room first."""

LARGEST_GROUP = 500
"""Pieces of work in one commit: it bounds how long the first of them waits for its answer."""


class Writer:
    """Runs transactions one after another, and answers each once it is on disk."""

    def __init__(self, path: Path, *, keys: Keyring, on_commit: Callable[[], None]) -> None:
        self._path = path
        self._keys = keys
        self._on_commit = on_commit
        self._room = asyncio.Semaphore(ROOM)
        self._thread: threading.Thread | None = None
        self._is_open = False
        self.commits = 0

    async def open(self) -> None:
        """Start the thread and bring the tables up to date; raises ``SettingsError``."""
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        opened: asyncio.Future[None] = self._loop.create_future()
        # A daemon: a forgotten close must not keep the process alive, and a kill loses nothing.
        self._thread = threading.Thread(
            target=self._live, args=(opened,), name="torpedo-writer", daemon=True
        )
        self._is_open = True
        self._thread.start()
        try:
            await opened
        except BaseException:
            await self.close()
            raise

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a transaction and return its result once it is on disk.

        Its error undoes it and is raised here; ``StorageError`` where SQLite fails. When the
        caller is cancelled meanwhile, the work still happens wholly or not at all.
        """
        await self._room.acquire()
        if not self._is_open:
            self._room.release()
            message = "the database is closed"
            raise StorageError(message)
        answer: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(Job(work, answer))
        return await answer

    async def close(self) -> None:
        """Finish what is queued, checkpoint, and end the thread; safe to repeat."""
        if self._is_open:
            self._is_open = False
            self._jobs.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def _live(self, opened: asyncio.Future[None]) -> None:
        ready = Job(lambda _: None, opened)
        try:
            db = open_writer(self._path, prepare=self._keys.watch)
        except BaseException as error:  # noqa: BLE001 - whoever opens must hear of anything
            self._tell(Outcome(ready, error=error).settle)
            return
        with closing(db):
            self._tell(Outcome(ready).settle)
            while group := self._next_group():
                outcomes = commit_together(db, group, self._keys)
                self.commits += any(outcome.error is None for outcome in outcomes)
                self._tell(partial(self._answer, outcomes))
            # A reader of another process may be in the way; then the next start does it.
            with suppress(sqlite3.Error):
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _next_group(self) -> list[Job]:
        """Wait for work, and take what else waits; nothing is left when it is time to end."""
        group: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == LARGEST_GROUP:
                return group
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return group
        if group:
            self._jobs.put(None)
        return group

    def _tell(self, answer: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is gone, and with it whoever waited
            self._loop.call_soon_threadsafe(answer)

    def _answer(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            self._room.release()
            outcome.settle()
        if any(outcome.rows for outcome in outcomes):
            self._on_commit()
