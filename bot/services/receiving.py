"""Receiving: call-backs onto the disk before they are answered, as many in one commit as come."""

import asyncio
from typing import NamedTuple

from bot.domain.errors import StorageError
from bot.domain.ids import PartId
from bot.domain.replies import Delivery
from bot.ports import Single, Store

LARGEST_BATCH = 500
"""Call-backs in one statement: it bounds how long the first of them waits for its answer."""


class _Waiting(NamedTuple):
    part: PartId
    delivery: Delivery
    answer: asyncio.Future[None]


class Receiving:
    """Gathers the call-backs that come while others are being stored, and stores them next.

    Nobody waits for company: one that comes alone is handed to the disk as soon as the event
    loop has taken in what came with it.
    """

    def __init__(self, *, store: Store) -> None:
        self._store = store
        self._gathered: list[_Waiting] = []
        self._storing: asyncio.Task[None] | None = None

    def knows(self, key: str) -> bool:
        """Whether an address is somebody's; it costs neither a read nor a write."""
        return self._store.part_of(key) is not None

    async def receive(self, delivery: Delivery) -> bool:
        """Commit a call-back's bytes; ``False`` when its address is nobody's.

        Only once this returns may it be answered 200. Raises ``StorageError`` when nothing of it
        is kept.
        """
        part = self._store.part_of(delivery.key)
        if part is None:
            return False
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[None] = loop.create_future()
        self._gathered.append(_Waiting(part, delivery, answer))
        if self._storing is None:
            self._storing = loop.create_task(self._store_gathered())
        await answer
        return True

    async def _store_gathered(self) -> None:
        while self._gathered:
            batch = self._gathered[:LARGEST_BATCH]
            del self._gathered[:LARGEST_BATCH]
            await self._store_batch(batch)
        self._storing = None

    async def _store_batch(self, batch: list[_Waiting]) -> None:
        """Store these and answer each, whatever comes of it: nobody is left waiting."""
        deliveries = [(waiting.part, waiting.delivery) for waiting in batch]
        try:
            await self._store.write(Single(lambda tx: tx.inbox.add_all(deliveries)))
        except Exception as error:  # noqa: BLE001 - whatever it is, none of them is kept
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(StorageError(str(error)))
        else:
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_result(None)
