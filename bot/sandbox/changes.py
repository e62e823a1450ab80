"""How everything that watches the sandbox learns that something happened."""

import asyncio
from collections.abc import Callable


class Changes:
    """A revision number that grows at every change, and ways to wait for the next.

    One of these is shared by the whole sandbox: the page's event stream, sends that wait for a
    release, and tests all wait on it, so none of them has to sleep and look again.
    """

    def __init__(self) -> None:
        self.revision = 0
        self.is_closed = False
        self._watching: set[asyncio.Future[None]] = set()
        self._pausing: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Count one change and wake whoever watches."""
        self.revision += 1
        _wake(self._watching)

    def close(self) -> None:
        """Wake everybody for the last time: the sandbox is going away."""
        self.is_closed = True
        self.happened()
        _wake(self._pausing)

    async def next_one(self, within: float | None = None) -> None:
        """Wait for the next change, `within` so many real seconds if it says so."""
        await self._wait(self._watching, within)

    async def until(self, predicate: Callable[[], object]) -> None:
        """Wait until `predicate()` holds, looking again at every change, or until the close."""
        while not predicate() and not self.is_closed:
            await self.next_one()

    async def pause(self, seconds: float) -> None:
        """Let `seconds` of real time pass whatever changes, less if the sandbox closes."""
        await self._wait(self._pausing, seconds)

    async def _wait(self, waiting: set[asyncio.Future[None]], seconds: float | None) -> None:
        if self.is_closed:
            return
        loop = asyncio.get_running_loop()
        own: asyncio.Future[None] = loop.create_future()
        waiting.add(own)
        timer = None if seconds is None else loop.call_later(seconds, _wake, {own})
        try:
            await own
        finally:
            waiting.discard(own)
            if timer:
                timer.cancel()


def _wake(waiting: set[asyncio.Future[None]]) -> None:
    for one in waiting:
        if not one.done():
            one.set_result(None)
