"""Four ways to take call-backs, on the program's own server, each in a process of its own.

``python -m tests.bench.site WAY DATABASE`` prints its port and serves until it is told to stop.
All store into the program's own table with its own settings of SQLite; only Torpedo's looks at
the address.
"""

import asyncio
import gc
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs

import aiosqlite
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.app import SystemClock, catch_signals
from bot.services.addresses import CALLBACK_PATH
from bot.services.receiving import Receiving
from bot.serving import listen, serving
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import build_site
from storage import SqliteStore
from storage.connection import ALWAYS, WRITING
from storage.times import write_time

PATH = f"{CALLBACK_PATH}k1-0"
"""The address of the only part in the database (``add_part``)."""
INSERT = (
    "INSERT INTO inbox (part, key, method, query, content_type, body, received_at, state)"
    " VALUES (1, ?, ?, ?, ?, ?, ?, 'new')"
)

Row = tuple[str, str, bytes, str, bytes, str]
Site = Callable[[Path], AbstractAsyncContextManager[ASGIApp]]


async def by_http() -> str:
    """Tell how Slack comes in."""
    return "http"


@asynccontextmanager
async def torpedo(database: Path) -> AsyncIterator[ASGIApp]:
    """Torpedo's own site; nothing is applied, for that comes after the answer."""
    clock = SystemClock()
    async with SqliteStore(database) as store:
        yield build_site(
            callbacks=Callbacks(Receiving(store=store), clock, path=CALLBACK_PATH),
            health=Health(store, clock, "conta-1", by_http),
            slack=None,
        )


@asynccontextmanager
async def bare(_: Path) -> AsyncIterator[ASGIApp]:
    """Read the form and forget it.

    By hand: Starlette's own ``form()`` takes longer, and needs one package more.
    """

    async def answer(request: Request) -> Response:
        fields = parse_qs(await request.body())
        return PlainTextResponse("OK" if fields else "")

    yield _route(answer)


@asynccontextmanager
async def thread(database: Path) -> AsyncIterator[ASGIApp]:
    """Commit each in a thread of asyncio's, one at a time on one connection."""
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    for pragma in (*ALWAYS, *WRITING):
        connection.execute(f"PRAGMA {pragma}")
    turn = threading.Lock()

    def insert(row: Row) -> None:
        with turn:
            connection.execute(INSERT, row)

    async def answer(request: Request) -> Response:
        await asyncio.to_thread(insert, await _read(request))
        return PlainTextResponse("OK")

    yield _route(answer)
    connection.close()


@asynccontextmanager
async def aio(database: Path) -> AsyncIterator[ASGIApp]:
    """Commit each through aiosqlite, one at a time: else one undoes what another has begun."""
    turn = asyncio.Lock()
    async with aiosqlite.connect(database) as connection:
        for pragma in (*ALWAYS, *WRITING):
            await connection.execute(f"PRAGMA {pragma}")

        async def answer(request: Request) -> Response:
            row = await _read(request)
            async with turn:
                await connection.execute(INSERT, row)
                await connection.commit()
            return PlainTextResponse("OK")

        yield _route(answer)


WAYS: dict[str, Site] = {each.__name__: each for each in (torpedo, bare, thread, aio)}


def _route(answer: Callable[[Request], Awaitable[Response]]) -> Starlette:
    return Starlette(routes=[Route(CALLBACK_PATH + "{key}", answer, methods=["GET", "POST"])])


async def _read(request: Request) -> Row:
    return (
        request.path_params["key"],
        request.method,
        request.scope["query_string"],
        request.headers.get("content-type", ""),
        await request.body(),
        write_time(SystemClock().now()),
    )


async def main(way: str, database: Path) -> None:
    """Serve until SIGTERM, started and frozen as the program is."""
    stop = catch_signals()
    listener = listen("127.0.0.1", 0)
    async with WAYS[way](database) as site, serving(site, listener):
        gc.freeze()
        print(listener.getsockname()[1], flush=True)
        await stop.wait()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], Path(sys.argv[2])))
