"""One request on a connection of its own, and what is known of its fate afterwards."""

import asyncio
import functools
import logging
import ssl

import httpx

from bot.gateway.answers import Answer, NotUnderstood, read_answer

_LARGEST_ANSWER = 1_000_000  # bytes
_NOTHING_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "torpedo"}

# At DEBUG it logs the headers that come, and a redirect's echoes the address asked for.
logging.getLogger("httpcore").setLevel(logging.INFO)


async def fetch_answer(
    url: str, *, rows: bool, connect_timeout: float, read_timeout: float, total_timeout: float
) -> Answer | None:
    """GET an address once and read the answer; None where the request certainly never left.

    Timeouts are in seconds. Only a connection that never stood proves that nothing left: after
    that, whatever breaks is ``NotUnderstood``, in our own words. Never raises.
    """
    limits = httpx.Timeout(read_timeout, connect=connect_timeout).as_dict()
    try:
        request = httpx.Request("GET", url, headers=_HEADERS, extensions={"timeout": limits})
    except (httpx.InvalidURL, UnicodeError):  # a host's name that can't be one
        return None
    try:
        async with asyncio.timeout(total_timeout):
            return await _fetch(request, rows=rows)
    except _NOTHING_LEFT:
        return None
    except (TimeoutError, httpx.TimeoutException):
        return NotUnderstood("no answer in time")
    except Exception:  # noqa: BLE001 - it may have gone all the same, and its words may hold the address
        return NotUnderstood("the connection broke")


async def _fetch(request: httpx.Request, *, rows: bool) -> Answer:
    """Use the bare transport: a client above it would log whole addresses.

    It would also follow redirects, keep cookies and obey the environment's proxies; and a pooled
    connection that died would leave the request's fate unclear.
    """
    body = bytearray()
    async with httpx.AsyncHTTPTransport(verify=_trust(), trust_env=False) as transport:
        response = await transport.handle_async_request(request)
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _LARGEST_ANSWER:
                    return NotUnderstood("an answer of over 1 MB")
        finally:
            await response.aclose()
    return read_answer(response.status_code, bytes(body), rows=rows)


@functools.cache
def _trust() -> ssl.SSLContext:
    """Load the certificates once: it takes some 20 ms, which every request would pay."""
    return httpx.create_ssl_context(trust_env=False)
