"""One request on a connection of its own, and what is known of its fate afterwards."""

import asyncio
import functools
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.gateway.answers import NotUnderstood

_MEGABYTE = 1_000_000  # bytes
_CONNECTING = ("connection.connect_tcp.", "connection.start_tls.")
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "torpedo"}

_TRUST_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For a plain address, which has no use for the certificates: they are a megabyte or two."""

# At DEBUG it logs the headers that come, and a redirect's echoes the address asked for.
logging.getLogger("httpcore").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a request may take, in seconds: to connect, for each step, and altogether."""

    connect: float = 10.0
    step: float = 30.0
    total: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request: a GET, or a POST where there is a body. Its address may hold credentials.

    ``megabytes`` bounds the answer: beyond that it isn't read on, whatever it is.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)
    megabytes: int = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP answer: its status and its body, not yet read."""

    status_code: int
    body: bytes


async def exchange(asking: Asking, patience: Patience) -> Reply | NotUnderstood | None:
    """Ask once and take in the answer; None where the request certainly never left.

    Only a connection that never stood proves that nothing left: after that, whatever breaks is
    ``NotUnderstood``, in our own words. Never raises.
    """
    progress = _Progress()
    limits = httpx.Timeout(patience.step, connect=patience.connect).as_dict()
    extensions = {"timeout": limits, "trace": progress.note}
    try:
        request = httpx.Request(
            "GET" if asking.body is None else "POST",
            asking.url,
            headers=_HEADERS | dict(asking.headers),
            content=asking.body,
            extensions=extensions,
        )
    except (httpx.InvalidURL, UnicodeError):  # a host's name that can't be one
        return None
    try:
        async with asyncio.timeout(patience.total):
            return await _fetch(request, megabytes=asking.megabytes)
    except Exception as error:  # noqa: BLE001 - it may have gone all the same, and its words may hold the address
        if progress.has_only_connected:
            return None
        is_late = isinstance(error, TimeoutError | httpx.TimeoutException)
        return NotUnderstood("no answer in time" if is_late else "the connection broke")
    finally:
        await progress.hang_up()


class _Progress:
    """How far a request came, as httpcore's trace tells it before each step.

    An error's class is no proof: a time-out over everything strikes anywhere, and what a library
    calls an error of connecting may change. A step that isn't known counts as writing.
    """

    def __init__(self) -> None:
        self._steps: list[str] = []
        self._close: Callable[[], Awaitable[None]] | None = None

    async def note(self, step: str, told: dict[str, Any]) -> None:
        """Keep a step's name; of what is told with it the connection alone holds no address."""
        self._steps.append(step)
        if step == "connection.connect_tcp.complete":
            self._close = told["return_value"].aclose

    async def hang_up(self) -> None:
        """Close what httpcore leaves open: a handshake that was cut off from outside."""
        if self._close:
            await self._close()

    @property
    def has_only_connected(self) -> bool:
        """Whether it began to connect, and not a byte of the request was written."""
        return bool(self._steps) and all(step.startswith(_CONNECTING) for step in self._steps)


async def _fetch(request: httpx.Request, *, megabytes: int) -> Reply | NotUnderstood:
    """Use the bare transport: a client above it would log whole addresses.

    It would also follow redirects, keep cookies and obey the environment's proxies; and a pooled
    connection that died would leave the request's fate unclear.
    """
    body = bytearray()
    trust = _trust() if request.url.scheme == "https" else _TRUST_NOBODY
    async with httpx.AsyncHTTPTransport(verify=trust, trust_env=False) as transport:
        response = await transport.handle_async_request(request)
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > megabytes * _MEGABYTE:
                    return NotUnderstood(f"an answer of over {megabytes} MB")
        finally:
            await response.aclose()
    return Reply(response.status_code, bytes(body))


@functools.cache
def _trust() -> ssl.SSLContext:
    """Load the certificates once: it takes some 20 ms, which every request would pay."""
    return httpx.create_ssl_context(trust_env=False)
