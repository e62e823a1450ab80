"""Carrying call-backs to the bot over many connections, until each is answered 200."""

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.callbacks import CallbackRecord, Courier
from bot.sandbox.changes import Changes

FORM = {"content-type": "application/x-www-form-urlencoded"}
AGAIN_SECONDS = 0.2
TIMEOUT = aiohttp.ClientTimeout(total=30)
OK = 200


@dataclass(frozen=True, slots=True)
class Call:
    """One call-back: an address, and one record."""

    url: str
    record: CallbackRecord


@dataclass(slots=True)
class Carried:
    """What was carried.

    Attributes:
        answered: how many got their 200.
        attempts: how many requests that took.
        records: how often each record got its 200.
        first_heard: when each person's reply was first answered 200, by the machine's clock.
    """

    answered: int = 0
    attempts: int = 0
    records: Counter[str] = field(default_factory=Counter)
    first_heard: dict[str, float] = field(default_factory=dict)


def encode(call: Call) -> str:
    """Write a call-back's body."""
    return urlencode({"data_callback": str(call.record)})


def list_calls(courier: Courier) -> list[Call]:
    """List what an idle platform would have told, a record a call-back."""
    return [Call(one.url, record) for one in courier.sent for record in one.records]


def shuffle(
    receipts: Sequence[Call], replies: Sequence[Call], again: tuple[int, int], seed: int
) -> list[Call]:
    """Put some in twice, and everything into any order."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    twice = [*chance.sample(receipts, again[0]), *chance.sample(replies, again[1])]
    calls = [*receipts, *replies, *twice]
    chance.shuffle(calls)
    return calls


class Carrier:
    """Carries from many connections; one that isn't answered 200 goes again a little later."""

    def __init__(self, calls: Sequence[Call], *, connections: int, changes: Changes) -> None:
        self._waiting = deque(calls)
        self._connections = connections
        self._changes = changes
        self.total = len(calls)
        self.carried = Carried()

    def has_answered(self, share: float) -> bool:
        """Whether so much of it was answered."""
        return self.carried.answered >= share * self.total

    async def carry(self) -> None:
        """Carry them all."""
        connector = aiohttp.TCPConnector(limit=self._connections)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session,
            asyncio.TaskGroup() as group,
        ):
            for _ in range(self._connections):
                group.create_task(self._carry_some(session))

    async def _carry_some(self, session: aiohttp.ClientSession) -> None:
        while self._waiting:
            call = self._waiting.popleft()
            while not await self._attempt(session, call):
                await self._changes.pause(AGAIN_SECONDS)
            self.carried.answered += 1
            self.carried.records[str(call.record)] += 1
            if call.record.reply:
                self.carried.first_heard.setdefault(call.record.number, time.time())
            self._changes.happened()

    async def _attempt(self, session: aiohttp.ClientSession, call: Call) -> bool:
        self.carried.attempts += 1
        try:
            async with session.post(call.url, data=encode(call), headers=FORM) as answer:
                return answer.status == OK
        except (aiohttp.ClientError, TimeoutError):
            return False
