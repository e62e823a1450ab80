"""Errands: loops that do what waits in the database, woken when something was committed."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.domain.errors import StorageError

log = structlog.get_logger()

IDLE_SECONDS = 30.0
AFTER_TROUBLE_SECONDS = 2.0

Work = Callable[[], Awaitable[float | None]]


class Errand:
    """Runs ``work`` at start, whenever it is woken, and when ``work`` asked to be called again.

    ``work`` returns the seconds until more may be done, 0 when that is now, or ``None``. An
    errand that is told to stop finishes the work in hand and begins no other. The database
    says what waits, so a lost wake-up only costs ``IDLE_SECONDS``.
    """

    def __init__(self, name: str, work: Work) -> None:
        self._name = name
        self._work = work
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is in hand, then end."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Go on until stopped; trouble is logged and tried again, never the end."""
        while not self._stopping:
            self._woken.clear()
            try:
                pause = await self._work()
            except StorageError as error:  # the disk is full or locked: say so, and try again
                log.error("the database can't be used", errand=self._name, error=str(error))  # noqa: TRY400 - no stack of ours explains a disk
                pause = AFTER_TROUBLE_SECONDS
            except Exception:  # an errand outlives whatever breaks in it
                log.exception("errand broke", errand=self._name)
                pause = AFTER_TROUBLE_SECONDS
            if pause == 0:
                continue
            if not self._stopping:
                await self._rest(IDLE_SECONDS if pause is None else max(pause, 0.01))

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), timeout=seconds)
        except TimeoutError:
            return


def without_pause(work: Callable[[], Awaitable[None]]) -> Work:
    """Make work that never asks to be called again into an errand's."""

    async def run() -> None:
        await work()

    return run


def step_by_step(step: Callable[[], Awaitable[bool]]) -> Work:
    """Make work that is done a step at a time, while there is more, into an errand's."""

    async def run() -> float | None:
        return 0 if await step() else None

    return run
