"""One client's connection while its request is open, and the rude ways to end it."""

import asyncio
import contextlib
import socket
import struct

from starlette.requests import Request

# Linger for no time at all: the system then answers with RST and throws away what is unsent.
_AT_ONCE = struct.pack("ii", 1, 0)


class Connection:
    """What a request came in by; ASGI has no words for half an answer or none, so it goes below.

    Once it wrote or ended something here, the application must answer nothing itself.
    """

    def __init__(self, request: Request) -> None:
        self._transport: asyncio.Transport = request.state.transport
        # The body has been read, so all that can come is the word that the client is gone, or,
        # after a whole answer, the same word from the server.
        self._end = asyncio.ensure_future(request.receive())

    def write(self, raw: bytes) -> None:
        """Write bytes as they are."""
        self._transport.write(raw)

    def drop(self) -> None:
        """Close it as a process does that dies: without a word."""
        self._transport.abort()

    def reset(self) -> None:
        """Close it with RST, so that the client reads an error instead of an end."""
        # OSError: it is closed already.
        with contextlib.suppress(OSError):
            carrier = self._transport.get_extra_info("socket")
            carrier.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self._transport.abort()

    async def is_over(self, within: float | None = None) -> bool:
        """Wait until it is closed, by whomever, `within` so many real seconds; tell whether."""
        await asyncio.wait({self._end}, timeout=within)
        return self._end.done()
