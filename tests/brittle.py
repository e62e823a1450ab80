"""A disk that fails when a test says so."""

from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import StorageError
from bot.domain.ids import PartId
from bot.ports import Store, Transaction

T = TypeVar("T")


class BrittleStore:
    """A store on a disk that fails while a test says so."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.cant_write = False
        self.cant_read = False

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, unless the disk fails."""
        if self.cant_write:
            message = "database or disk is full"
            raise StorageError(message)
        return await self._store.write(work)

    def part_of(self, key: str) -> PartId | None:
        """Know the addresses, which are in memory."""
        return self._store.part_of(key)

    async def ping(self) -> None:
        """Answer, unless the disk fails."""
        await self.write(lambda _: None)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read, unless the disk fails."""
        if self.cant_read:
            message = "disk I/O error"
            raise StorageError(message)
        return await self._store.read(work)
