"""The database as the rest of the program sees it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from bot.domain.ids import PartId
from bot.ports import Transaction
from storage.keyring import Keyring
from storage.lockfile import LockFile
from storage.readers import Readers
from storage.writer import Writer

T = TypeVar("T")


class SqliteStore:
    """``ports.Store`` in one SQLite file, with one writer and a few readers beside it.

    ``on_commit`` is called in the event loop after each commit that touched a row, once
    everybody in it has their answer: the outbox wakes up by it.
    """

    def __init__(self, path: Path, *, on_commit: Callable[[], None] = lambda: None) -> None:
        self._lock = LockFile(path)
        self._keys = Keyring()
        self._writer = Writer(path, keys=self._keys, on_commit=on_commit)
        self._readers = Readers(path)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Lock the file, bring its tables up to date, and get ready.

        Raises ``SettingsError``, which says what to do: another Torpedo has it open, it can't
        be written, it belongs to a newer version, or it is something else altogether.
        """
        self._lock.take()
        try:
            await self._writer.open()
        except BaseException:
            self._lock.let_go()
            raise
        self._readers.open()

    async def close(self) -> None:
        """Finish what is queued or under way, and close; safe to repeat."""
        await self._readers.close()
        await self._writer.close()
        self._lock.let_go()

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a transaction and return once it is on disk; its error undoes it."""
        return await self._writer.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` on one unmoving picture of the tables; writing there fails."""
        return await self._readers.read(work)

    def part_of(self, key: str) -> PartId | None:
        """Find whose call-back address ends in this key, without a look at the disk."""
        return self._keys.part_of(key)

    async def ping(self) -> None:
        """Return once something small is on disk: the writer isn't stuck, nor the disk full."""
        await self.write(lambda tx: tx.asks.note("ping", datetime.now(UTC)))

    @property
    def commits(self) -> int:
        """How many commits there were since it was opened: fewer than writes, under a burst."""
        return self._writer.commits
