"""How the program is reached: a listening socket, uvicorn on it, and Socket Mode."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import uvicorn
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.bounds import BoundedProtocol
from bot.domain.errors import SettingsError
from bot.settings import Settings

CONNECT_SECONDS = 10
BACKLOG = 1024


class _Server(uvicorn.Server):
    """Uvicorn, minus its signal handlers: one place decides when the program ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(
    site: object,
    listener: socket.socket,
    *,
    protocol: type[BoundedProtocol] = BoundedProtocol,
) -> AsyncIterator[None]:
    """Serve a site on a listening socket until the context ends."""
    config = uvicorn.Config(
        site,  # type: ignore[arg-type]  # an ASGI application, whatever builds it
        http=protocol,
        ws="none",
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
async def socket_mode(
    app: AsyncApp, settings: Settings
) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Connect in the background: with a bad token, Slack's client tries for ever.

    Yields a way to ask whether it is connected now.
    """
    from slack_bolt.adapter.socket_mode.aiohttp import (  # noqa: PLC0415  not loaded for HTTP
        AsyncSocketModeHandler,
    )

    token = settings.slack_app_token
    handler = AsyncSocketModeHandler(
        app,
        app_token="" if token is None else token.get_secret_value(),
        web_client=AsyncWebClient(base_url=settings.slack_api_url, timeout=CONNECT_SECONDS),
    )
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        yield handler.client.is_connected
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


def listen(host: str, port: int) -> socket.socket:
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


def read_url(listener: socket.socket) -> str:
    """Tell where it listens; what listens everywhere is reached on this machine, too."""
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"
