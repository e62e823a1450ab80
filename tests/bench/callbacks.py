"""Call-backs that are on disk when they are answered, beside a route that forgets them."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.app import SystemClock
from bot.gateway.callbacks import read_callback
from bot.sandbox.listener import Listener
from bot.services.addresses import CALLBACK_PATH
from bot.services.replying import Replying
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import build_site
from storage import SqliteStore
from tests.bench.load import CALLS, CONNECTIONS
from tests.bench.measuring import ROUNDS, Comparison, compare
from tests.storage.samples import add_part

WHAT = f"Call-backs a second, {CONNECTIONS} connections"
MEANING = (
    "1.00 would be: storing and syncing each call-back before it is answered costs nothing beside"
    " a bare Starlette route that only reads the form. Higher is better. Applying them comes after"
    " the answer and isn't counted."
)
SENT = CONNECTIONS * CALLS * (ROUNDS + 1)


async def measure(folder: Path) -> Comparison:
    """Load both sites by turns; raises when what was answered 200 isn't all on disk."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(SqliteStore(folder / "callbacks.db"))
        part = await store.write(add_part)
        ours = await stack.enter_async_context(_listening(_torpedos_site(store)))
        theirs = await stack.enter_async_context(_listening(_bare_site()))
        path = CALLBACK_PATH + part.key
        compared = await compare(
            WHAT,
            ours=lambda: _load(ours, path),
            theirs=lambda: _load(theirs, path),
            unit="/s",
            meaning=MEANING,
        )
        kept = sum((await store.read(lambda tx: tx.inbox.counts())).values())
    if kept != SENT:
        message = f"{SENT} call-backs were answered 200, and {kept} are on disk"
        raise SystemExit(message)
    return compared


async def by_http() -> str:
    """Tell how Slack comes in."""
    return "http"


def _torpedos_site(store: SqliteStore) -> ASGIApp:
    clock = SystemClock()
    zone = ZoneInfo("America/Sao_Paulo")
    replying = Replying(store=store, clock=clock, reader=read_callback, zone=zone)
    return build_site(
        callbacks=Callbacks(replying, clock),
        callback_path=CALLBACK_PATH,
        health=Health(store, clock, "conta-1", by_http),
        slack=None,
    )


def _bare_site() -> ASGIApp:
    async def read_form(request: Request) -> Response:
        # Starlette's own form() needs a package that urlencoded forms don't.
        fields = parse_qs(await request.body())
        return PlainTextResponse("OK" if fields else "")

    return Starlette(routes=[Route(CALLBACK_PATH + "{key}", read_form, methods=["GET", "POST"])])


@asynccontextmanager
async def _listening(site: ASGIApp) -> AsyncIterator[int]:
    listener = Listener(site, "127.0.0.1", 0)
    await listener.start()
    try:
        yield listener.port
    finally:
        await listener.stop()


async def _load(port: int, path: str) -> float:
    loading = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.load", str(port), path), stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await loading.communicate()
    if loading.returncode:
        raise SystemExit(loading.returncode)
    return float(printed)
