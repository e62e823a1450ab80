"""How a request that met some trouble ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.changes import Changes
from bot.sandbox.connections import Connection
from bot.sandbox.troubles import Trouble

_ROUGH = frozenset(
    {
        Trouble.DOWN,  # it came in while the listener was closing
        Trouble.HANG_BEFORE,
        Trouble.RESET_BEFORE,
        Trouble.SLOW,
        Trouble.DRIP,
        Trouble.HANG_AFTER,
        Trouble.LOST,
        Trouble.RESET_MID,
    }
)
"""What befalls the connection. All else is an answer, only not always a true one."""


class _Silence(Response):
    """Nothing more to say: the connection has ended by other means."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say it."""


class Endings:
    """Ends requests, and knows the ones whose end is still to come."""

    def __init__(self, changes: Changes, *, slow_seconds: float, drip_seconds: float) -> None:
        self._changes = changes
        self._slow_seconds = slow_seconds
        self._drip_seconds = drip_seconds
        self._open: dict[Connection, Trouble] = {}

    @property
    def waiting(self) -> int:
        """How many clients wait for an answer, or for the rest of one."""
        return len(self._open)

    @property
    def hanging(self) -> int:
        """How many of them `let_go` would close."""
        return sum(trouble is not Trouble.SLOW for trouble in self._open.values())

    async def end(self, trouble: Trouble, request: Request, response: Response) -> Response:
        """Spoil `response` as `trouble` does; returns what is still to be answered."""
        if trouble not in _ROUGH:
            return response
        connection = Connection(request)
        match trouble:
            case Trouble.SLOW:
                with self._kept(connection, trouble):
                    if not await connection.is_over(within=self._slow_seconds):
                        return response
            case Trouble.HANG_BEFORE | Trouble.HANG_AFTER:
                with self._kept(connection, trouble):
                    await connection.is_over()
            case Trouble.DRIP:
                with self._kept(connection, trouble):
                    await self._drip(connection, response)
            case Trouble.RESET_BEFORE:
                connection.reset()
            case Trouble.RESET_MID:
                unsaid = len(response.body) - len(response.body) // 2
                connection.write(_render(response)[:-unsaid])
                connection.reset()
            case _:
                connection.drop()
        await connection.is_over()
        return _Silence()

    def let_go(self) -> None:
        """Close what hangs or drips. What is slow was promised an answer, and gets it."""
        for connection, trouble in self._open.items():
            if trouble is not Trouble.SLOW:
                connection.drop()

    def cut_off(self) -> None:
        """Close everything that is still open: the platform goes down."""
        for connection in self._open:
            connection.drop()

    async def _drip(self, connection: Connection, response: Response) -> None:
        for byte in _render(response):
            connection.write(bytes([byte]))
            if await connection.is_over(within=self._drip_seconds):
                return
        connection.drop()

    @contextmanager
    def _kept(self, connection: Connection, trouble: Trouble) -> Iterator[None]:
        self._open[connection] = trouble
        self._changes.happened()
        try:
            yield
        finally:
            del self._open[connection]
            self._changes.happened()


def _render(response: Response) -> bytes:
    status = HTTPStatus(response.status_code)
    headers = [*response.raw_headers, (b"connection", b"close")]
    lines = [name + b": " + value for name, value in headers]
    first = f"HTTP/1.1 {status.value} {status.phrase}".encode()
    return b"\r\n".join([first, *lines, b"", bytes(response.body)])
