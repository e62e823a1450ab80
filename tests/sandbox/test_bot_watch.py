"""Whether the page may say that the bot is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from bot.sandbox.bot_watch import BotStanding
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import OPTIONS, Receiver, listening
from tests.sandbox.desk import Json


async def _look(sandbox: Sandbox, http: httpx.AsyncClient) -> Json:
    return dict((await http.get(f"{sandbox.url}/sandbox/state")).json()["bot"])


async def _until(sandbox: Sandbox, standing: BotStanding) -> None:
    await sandbox.world.wait_for(lambda: sandbox.world.bot_watch.standing is standing)


@asynccontextmanager
async def _open_page(sandbox: Sandbox, http: httpx.AsyncClient) -> AsyncIterator[None]:
    """Somebody has the page open, which follows the sandbox's events."""

    async def follow(stream: httpx.Response) -> None:
        async for _ in stream.aiter_lines():
            pass

    async with http.stream("GET", f"{sandbox.url}/sandbox/events") as stream:
        following = asyncio.create_task(follow(stream))
        yield
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_an_address_alone_is_no_bot(
    sandbox: Sandbox, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    """None, then one that nobody has looked at, then one where somebody listens."""
    assert await _look(sandbox, http) == {"connected": False, "standing": "nowhere", "way": "http"}
    sandbox.events_url = receiver.url
    assert await _look(sandbox, http) == {"connected": False, "standing": "unknown", "way": "http"}
    await _until(sandbox, BotStanding.CONNECTED)
    assert await _look(sandbox, http) == {"connected": True, "standing": "connected", "way": "http"}
    assert receiver.requests == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/slack/events", "nothing", "http://127.0.0.1:70000/", "https://"]
)
async def test_where_nobody_listens_is_told(
    sandbox: Sandbox, http: httpx.AsyncClient, address: str
) -> None:
    """Not answering, whatever is wrong with the address."""
    sandbox.events_url = address
    await _look(sandbox, http)
    await _until(sandbox, BotStanding.SILENT)
    assert not (await _look(sandbox, http))["connected"]


async def test_a_new_address_is_unknown_again(sandbox: Sandbox, receiver: Receiver) -> None:
    """What was found at the old one says nothing about it."""
    sandbox.events_url = "http://127.0.0.1:1/"
    sandbox.world.bot_watch.look()
    sandbox.world.bot_watch.look()
    await _until(sandbox, BotStanding.SILENT)
    sandbox.events_url = receiver.url
    assert sandbox.world.bot_watch.standing is BotStanding.UNKNOWN
    sandbox.world.bot_watch.look()
    await _until(sandbox, BotStanding.CONNECTED)


async def test_an_open_page_sees_the_bot_go(http: httpx.AsyncClient) -> None:
    """Nothing else has to happen for it."""
    async with (
        Sandbox(replace(OPTIONS, look_seconds=0.02)) as sandbox,
        _open_page(sandbox, http),
    ):
        async with listening(sandbox.world.changes) as bot:
            sandbox.events_url = bot.url
            await _until(sandbox, BotStanding.CONNECTED)
        await _until(sandbox, BotStanding.SILENT)


async def test_two_looks_at_once_are_one(sandbox: Sandbox, receiver: Receiver) -> None:
    """And one that is fresh is not asked again: a page fetches often."""
    sandbox.events_url = receiver.url
    watch = sandbox.world.bot_watch
    watch.look()
    await _until(sandbox, BotStanding.CONNECTED)
    knocked_at = watch._knocked_at
    watch.look()
    assert not watch._is_knocking
    assert watch._knocked_at == knocked_at


async def test_the_same_finding_is_no_news(sandbox: Sandbox, receiver: Receiver) -> None:
    """An open page isn't told anything each second."""
    sandbox.events_url = receiver.url
    watch, changes = sandbox.world.bot_watch, sandbox.world.changes
    watch.look()
    await _until(sandbox, BotStanding.CONNECTED)
    told = changes.revision
    await watch._knock(receiver.url)
    assert watch.standing is BotStanding.CONNECTED
    assert changes.revision == told
