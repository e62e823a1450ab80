"""Changing the list: an order in the tray, carried out by the bot or, where none runs, here."""

import asyncio
from collections.abc import Iterable

from bot.app import SystemClock
from bot.database import machine_user, own_database
from bot.domain.ids import Number
from bot.services.listkeeping import ListKeeping
from bot.settings import Settings
from handlers.jobs.orders import Orders
from storage import SqliteStore
from storage.lockfile import DatabaseInUse
from storage.orders import Order, OrderTray, Outcome

PATIENCE_SECONDS = 60.0
GLANCE_SECONDS = 0.1


async def change(settings: Settings, act: str, numbers: Iterable[Number]) -> Outcome | None:
    """Order that these are put on the list or taken off it, and see it done.

    ``None`` where the bot, which has the database, hasn't come to it within a minute: it will.
    """
    database = own_database(settings)
    tray = OrderTray(database)
    name = tray.put(Order(act, f"machine:{machine_user()}"), numbers)
    store = SqliteStore(database)
    try:
        async with store:
            clock = SystemClock()
            await Orders(tray, ListKeeping(store=store, clock=clock), clock).run()
    except DatabaseInUse:
        return await _await_bot(tray, name)
    return tray.take_outcome(name)


async def _await_bot(tray: OrderTray, name: str) -> Outcome | None:
    """Wait until the bot has carried out an order."""
    for _ in range(round(PATIENCE_SECONDS / GLANCE_SECONDS)):
        if (outcome := tray.take_outcome(name)) is not None:
            return outcome
        await asyncio.sleep(GLANCE_SECONDS)
    return None
