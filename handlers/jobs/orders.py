"""Orders from the command line: looked for now and then, and carried out by who may write."""

import asyncio
from contextlib import closing

import structlog

from bot.domain.numbers import clean
from bot.ports import Clock
from bot.services.listkeeping import ListKeeping
from storage.orders import BadOrderError, OrderTray, Outcome

log = structlog.get_logger()

LOOK_SECONDS = 1.0
"""Somebody waits at a terminal; to look into a folder costs nothing to speak of."""
BATCH = 5000
"""Numbers in one transaction: behind it waits everything else that is written."""


class Orders:
    """Carries out what waits in the tray, each order in as many transactions as it takes.

    One that a crash cut off is carried out again from its beginning: who is on the list
    already, or off it, is no news.
    """

    def __init__(self, tray: OrderTray, listkeeping: ListKeeping, clock: Clock) -> None:
        self._tray = tray
        self._listkeeping = listkeeping
        self._clock = clock
        self._next_look = clock.steady()

    async def run(self) -> float | None:
        """Carry out every order that waits; returns the seconds until it is worth a look again.

        However often it is woken, under a flood of commits, it looks no oftener than that.
        """
        rest = self._next_look - self._clock.steady()
        if rest > 0:
            return rest
        self._next_look = self._clock.steady() + LOOK_SECONDS
        for name in await asyncio.to_thread(self._tray.waiting):
            try:
                await self._carry_out(name)
            except BadOrderError:
                log.error("not an order of ours; put away", order=name)  # noqa: TRY400 - no stack of ours explains a file
                await asyncio.to_thread(self._tray.set_aside, name)
            await asyncio.to_thread(self._tray.tidy, self._clock.now())
        return LOOK_SECONDS

    async def _carry_out(self, name: str) -> None:
        order, batches = self._tray.read(name, batch=BATCH)
        act = self._listkeeping.add if order.act == "add" else self._listkeeping.remove
        named = changed = 0
        with closing(batches):
            for numbers in batches:
                if any(clean(number) != number for number in numbers):
                    raise BadOrderError(name)
                changed += await act(numbers, by=order.by)
                named += len(numbers)
        await asyncio.to_thread(self._tray.settle, name, Outcome(named, changed))
        log.info("order carried out", act=order.act, by=order.by, people=changed)
