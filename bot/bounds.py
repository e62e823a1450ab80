"""HTTP within bounds: what one connection may send, and how many there may be at once.

uvicorn's fast reader keeps a request's head whatever its length, and any number of connections.
"""

import asyncio

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

RETRY_SECONDS = 5


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's own HTTP over httptools, with an end to what it holds in memory.

    Attributes:
        longest_head: Bytes of a request beside its body: a call-back's query of 64 KiB, and
            headers.
        most_served: Connections that are served; the next ones are told to come again.
        most_told: Connections at which even that is too much: many systems give a process
            1,024 files.
    """

    longest_head = 96 * 1024
    most_served = 500
    most_told = 800
    _beside_body = 0
    _just_came = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Serve a connection, or tell it to come again when there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.most_told:
            transport.close()
        elif len(self.connections) > self.most_served:
            self.app = come_again

    def data_received(self, data: bytes) -> None:
        """Take what came, and hang up on a head without end."""
        self._just_came = len(data)
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body <= self.longest_head or self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]  # None at first
            self.send_400_response("Too much beside the body.")
        else:
            self.transport.close()

    def on_message_begin(self) -> None:
        """Count anew for each request; of several that come at once only the first in full."""
        self._beside_body, self._just_came = self._just_came, 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """Leave the body out of the count: who reads it bounds it."""
        self._beside_body -= len(body)
        super().on_body(body)


async def come_again(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - it is an ASGI application
    """Answer 503, and let the connection go."""
    headers = [
        (b"content-length", b"0"),
        (b"retry-after", str(RETRY_SECONDS).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
