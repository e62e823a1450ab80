"""A client so plain that it sees what the kernel sees: bytes, an end, or a reset."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.sandbox.desk import LOGIN

_ENOUGH = 65_536
_PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Seen:
    """Everything that came, and whether it ended with RST."""

    raw: bytes
    is_reset: bool = False

    @property
    def body(self) -> bytes:
        """What came after the headers."""
        return self.raw.partition(b"\r\n\r\n")[2]

    @property
    def promised(self) -> int:
        """The length that the headers promise for the body."""
        headers = self.raw.partition(b"\r\n\r\n")[0].lower()
        return int(headers.partition(b"content-length: ")[2].split(b"\r\n")[0])


class Wire:
    """A connection on which one request is written."""

    def __init__(self, carrier: socket.socket) -> None:
        self._carrier = carrier

    async def read(self, most: int = _ENOUGH) -> bytes:
        """Wait for the next bytes; none at the end."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await asyncio.get_running_loop().sock_recv(self._carrier, most)

    async def read_to_end(self) -> Seen:
        """Read until the other side ends it, one way or the other."""
        raw = b""
        try:
            while piece := await self.read():
                raw += piece
        except ConnectionResetError:
            return Seen(raw, is_reset=True)
        return Seen(raw)

    def leave(self) -> None:
        """Give up."""
        self._carrier.close()


@asynccontextmanager
async def written(url: str, action: str, **parameters: str) -> AsyncIterator[Wire]:
    """Write a request of somebody who is logged in, and wants no second one on the connection."""
    parts = urlsplit(url)
    query = urlencode({"action": action, **LOGIN, **parameters})
    request = f"GET {parts.path}?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    loop = asyncio.get_running_loop()
    with socket.socket() as carrier:
        carrier.setblocking(False)  # noqa: FBT003 - the standard library's
        await loop.sock_connect(carrier, (parts.hostname, parts.port))
        await loop.sock_sendall(carrier, request.encode())
        yield Wire(carrier)
