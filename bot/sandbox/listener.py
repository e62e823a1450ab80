"""One listening address: uvicorn inside a loop that is already running."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

# How long open requests may take to end when the listener stops, and how often it looks.
_PATIENCE_SECONDS, _LOOK_SECONDS = 2.0, 0.005


class _Protocol(H11Protocol):
    """HTTP that shows the connection to the application, as `request.state.transport`.

    A server that dies in the middle of a request closes its connection without a byte of an
    answer; ASGI has no word for that, so the application needs the transport to do it.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """A uvicorn server that leaves signals to its host and tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = asyncio.Event()
        self._is_leaving = asyncio.Event()

    def leave(self) -> None:
        """Stop serving, at once rather than at uvicorn's next look at it."""
        self.should_exit = True
        self._is_leaving.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: whoever started the sandbox decides what they mean."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then tell."""
        await super().startup(sockets)
        self.is_listening.set()

    async def main_loop(self) -> None:
        """Do each second what uvicorn does each second, until it is time to leave."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._is_leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - as uvicorn's
        """Close as uvicorn does, without its fixed tenths of a second: tests start many."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                # uvicorn tells nobody when the last one ends.
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - so look
                    await asyncio.sleep(_LOOK_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()


class Listener:
    """Serves an application on one address; can stop and start again on the same port."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self.port = port
        self._running: tuple[_Server, asyncio.Task[None]] | None = None

    async def start(self) -> None:
        """Listen; port 0 becomes the port that the system picked. Raises `OSError`."""
        if self._running:
            return
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.create_server((self._host, self.port), family=family)
        # asyncio leaves this out for a socket that it was handed; without it each answer waits
        # 40 ms for the client's delayed acknowledgement. Connections inherit it.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            http=_Protocol,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            # Longer than any client keeps an idle connection, so that it is never closed just as
            # a request leaves.
            timeout_keep_alive=75,
        )
        server = _Server(config)
        task = asyncio.create_task(server.serve([listening]))
        self._running = server, task
        await server.is_listening.wait()

    async def stop(self) -> None:
        """Refuse connections from now on, and end the ones there are."""
        if self._running:
            server, task = self._running
            self._running = None
            server.leave()
            await task
