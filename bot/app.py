"""The composition root: builds everything once, starts it, and stops it in order."""

import asyncio
import contextlib
import gc
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Services, build_listeners, build_poster, build_services
from bot.ports import Clock
from bot.services.addresses import CALLBACK_PATH
from bot.serving import listen, read_url, serving, socket_mode
from bot.settings import Settings
from bot.slack_client import SLACK_SECONDS, open_client
from handlers.jobs.clockwork import build_clockwork
from handlers.jobs.errands import Errand, step_by_step, without_pause
from handlers.jobs.orders import Orders
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import build_app
from handlers.slack.poster import Poster
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import build_site
from handlers.web.slack_door import SlackDoor
from storage.orders import OrderTray
from storage.store import SqliteStore

log = structlog.get_logger()

MARGIN_SECONDS = 10.0
"""How much longer a stop waits for the request in hand than the platform may take for it."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Tell seconds that no setting of the clock changes."""
        return time.monotonic()


class Torpedo:
    """The running program. ``async with Torpedo(settings)`` starts it and stops it."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        finish_seconds: float | None = None,
    ) -> None:
        """Take the settings; a stop waits for the request in hand for ``finish_seconds``.

        By default that is what the platform may take for one, and some seconds more.
        """
        if finish_seconds is None:
            finish_seconds = 2 * settings.gateway_timeout + MARGIN_SECONDS
        self._finish_seconds = finish_seconds
        self._settings = settings
        self._clock = clock or SystemClock()
        self._ends = contextlib.AsyncExitStack()
        self._errands: list[Errand] = []
        self._way = "http" if settings.slack_app_token is None else "socket"
        self._is_connected: Callable[[], Awaitable[bool]] | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        """Start everything; what started is stopped again if a later step fails."""
        try:
            await self._start()
        except BaseException:
            await self._ends.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop: begin nothing more, finish the request in hand, then close the doors.

        The doors close last, so that call-backs and the brake are heard until then.
        """
        await self._ends.aclose()

    async def _start(self) -> None:
        settings = self._settings
        listener = listen(settings.host, settings.port)
        self._ends.callback(listener.close)
        self.url = read_url(listener)
        store = SqliteStore(Path(settings.database), on_commit=self._wake)
        await self._ends.enter_async_context(store)
        session = await self._ends.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLACK_SECONDS))
        )
        client = open_client(settings, session)
        services = build_services(settings, store=store, clock=self._clock, client=client)
        await services.gateway.open()
        if lost := await services.sending.recover():
            log.warning("parts were in flight when the program ended", parts=lost)
        poster = build_poster(services, client=open_client(settings, session, repeats=False))
        await poster.recover()
        await self._open_doors(services, client, listener)
        self._start_work(services, poster)
        log.info("torpedo is up", at=self.url, slack=self._way)

    def _start_work(self, services: Services, poster: Poster) -> None:
        tray = OrderTray(Path(self._settings.database))
        self._run_errands(
            Errand("submit", step_by_step(services.sending.step)),
            Errand("brake", step_by_step(services.braking.step)),
            Errand("read call-backs", without_pause(services.replying.run)),
            Errand("tell", poster.run),
            Errand("carry out orders", Orders(tray, services.listkeeping, self._clock).run),
        )
        scheduler = build_clockwork(
            tracking=services.tracking,
            approving=services.approving,
            composing=services.composing,
            reconciling=services.reconciling,
            renew=services.gateway.renew,
            wake=self._wake,
        )
        scheduler.start()
        self._ends.callback(scheduler.shutdown, wait=False)

    async def _open_doors(
        self, services: Services, client: AsyncWebClient, listener: socket.socket
    ) -> None:
        tasks = KeptTasks()
        self._ends.push_async_callback(tasks.drain, seconds=SLACK_SECONDS)
        listeners = build_listeners(services, client=client, tasks=tasks)
        given = self._settings.slack_signing_secret
        secret = None if given is None else given.get_secret_value()
        app = build_app(client, signing_secret=secret, listeners=listeners)
        site = build_site(
            callbacks=Callbacks(services.receiving, self._clock, path=CALLBACK_PATH),
            health=Health(services.store, self._clock, services.gateway.account, self._slack_way),
            slack=SlackDoor(app, signing_secret=secret or "") if self._way == "http" else None,
        )
        await self._ends.enter_async_context(serving(site, listener))
        if self._way == "socket":
            mode = socket_mode(app, self._settings)
            self._is_connected = await self._ends.enter_async_context(mode)

    def _run_errands(self, *errands: Errand) -> None:
        self._errands = list(errands)
        running = [asyncio.create_task(errand.run()) for errand in errands]

        async def finish() -> None:
            for errand in errands:
                errand.stop()
            _, late = await asyncio.wait(running, timeout=self._finish_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

        self._ends.push_async_callback(finish)

    async def _slack_way(self) -> str:
        """Say how Slack comes in, and whether it can."""
        if self._way == "http":
            return "http"
        is_up = self._is_connected is not None and await self._is_connected()
        return "socket, connected" if is_up else "socket, not connected"

    def _wake(self) -> None:
        for errand in self._errands:
            errand.wake()


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; one that comes during the start is obeyed after it.

    What the start made stays for good, so Python needn't look through it for rubbish: under a
    flood it would do so several times a second.
    """
    stop = catch_signals()
    async with Torpedo(settings):
        gc.collect()
        gc.freeze()
        await stop.wait()


def catch_signals() -> asyncio.Event:
    """Catch SIGINT and SIGTERM from now on; the event tells when one has come."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
