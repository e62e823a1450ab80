"""The composition root: builds everything once, starts it, and stops it in order."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import aiohttp
import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Services, build_listeners, build_poster, build_services
from bot.domain.errors import SettingsError
from bot.ports import Clock
from bot.services.addresses import CALLBACK_PATH
from bot.settings import Settings
from handlers.jobs.clockwork import build_clockwork
from handlers.jobs.errands import Errand, without_pause
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import build_app
from handlers.slack.poster import Poster
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import build_site
from handlers.web.slack_door import SlackDoor
from storage.store import SqliteStore

log = structlog.get_logger()

SLACK_SECONDS = 10
BACKLOG = 1024
FINISH_SECONDS = 40.0
"""How long a stop waits for the request in hand: longer than the platform's own time-out."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return datetime.now(UTC)


class Torpedo:
    """The running program. ``async with Torpedo(settings)`` starts it and stops it."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._ends = contextlib.AsyncExitStack()
        self._errands: list[Errand] = []
        self._way = "http" if settings.slack_app_token is None else "socket"
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
        """Stop: no new requests, finish what is in hand, store the rest."""
        await self._ends.aclose()

    async def _start(self) -> None:
        settings = self._settings
        listener = _listen(settings.host, settings.port)
        self._ends.callback(listener.close)
        host, port = listener.getsockname()[:2]
        self.url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
        store = SqliteStore(Path(settings.database), on_commit=self._wake)
        await self._ends.enter_async_context(store)
        session = await self._ends.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLACK_SECONDS))
        )
        client = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            timeout=SLACK_SECONDS,
            session=session,
        )
        services = build_services(settings, store=store, clock=self._clock, client=client)
        if lost := await services.sending.recover():
            log.warning("parts were in flight when the program ended", parts=lost)
        poster = build_poster(services, client=client)
        await poster.recover()
        self._start_work(services, poster)
        await self._open_doors(services, client, listener)
        log.info("torpedo is up", at=self.url, slack=self._way)

    def _start_work(self, services: Services, poster: Poster) -> None:
        self._run_errands(
            Errand("submit", without_pause(services.sending.run)),
            Errand("brake", without_pause(services.braking.run)),
            Errand("read call-backs", without_pause(services.replying.run)),
            Errand("tell", poster.run),
        )
        scheduler = build_clockwork(
            tracking=services.tracking, approving=services.approving, wake=self._wake
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
            callbacks=Callbacks(services.replying, self._clock),
            callback_path=CALLBACK_PATH,
            health=Health(services.store, self._clock, services.account, lambda: self._way),
            slack=SlackDoor(app, signing_secret=secret or "") if self._way == "http" else None,
        )
        await self._ends.enter_async_context(_serving(site, listener))
        if self._way == "socket":
            await self._ends.enter_async_context(_socket_mode(app, self._settings))

    def _run_errands(self, *errands: Errand) -> None:
        self._errands = list(errands)
        running = [asyncio.create_task(errand.run()) for errand in errands]

        async def finish() -> None:
            for errand in errands:
                errand.stop()
            _, late = await asyncio.wait(running, timeout=FINISH_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

        self._ends.push_async_callback(finish)

    def _wake(self) -> None:
        for errand in self._errands:
            errand.wake()


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM."""
    async with Torpedo(settings):
        await stop_signal()


async def stop_signal() -> None:
    """Wait for SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


class _Server(uvicorn.Server):
    """Uvicorn, minus its signal handlers: one place decides when the program ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def _serving(site: object, listener: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(
        site,  # type: ignore[arg-type]  # an ASGI application, whatever builds it
        log_config=None,
        access_log=False,  # it would log call-back keys
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@contextlib.asynccontextmanager
async def _socket_mode(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    """Connect in the background: with a bad token, Slack's client tries for ever."""
    token = settings.slack_app_token
    handler = AsyncSocketModeHandler(
        app,
        app_token="" if token is None else token.get_secret_value(),
        web_client=AsyncWebClient(base_url=settings.slack_api_url, timeout=SLACK_SECONDS),
    )
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        yield
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


def _listen(host: str, port: int) -> socket.socket:
    """Listen before anything else starts, so that a taken port is told at once.

    The protocol is named because asyncio sends small answers at once (``TCP_NODELAY``) only
    on sockets that say they are TCP.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        message = (
            f"Nothing can listen at {host}:{port} ({error.strerror})."
            " Stop what uses it, or choose another PORT."
        )
        raise SettingsError(message) from error
    return listener
