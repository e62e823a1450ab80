"""Too many call-backs at once: some are told to come again, before memory grows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import httpx
import pytest
from structlog.testing import capture_logs

from bot.domain.campaign import Campaign
from bot.ports import Transaction
from bot.services.receiving import Receiving
from handlers.web.callbacks import (
    LARGEST_BODY,
    MOST_BYTES_IN_HAND,
    MOST_IN_HAND,
    Callbacks,
)
from tests.brittle import BrittleStore
from tests.services.desk import Desk

T = TypeVar("T")


class SlowStore(BrittleStore):
    """A store whose disk takes its time, until a test lets it go on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.store)
        self.goes_on = asyncio.Event()

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, once it may."""
        await self.goes_on.wait()
        return await super().write(work)


@pytest.fixture
async def disk(desk: Desk) -> SlowStore:
    """A disk that stands still."""
    return SlowStore(desk)


@pytest.fixture
async def web(desk: Desk, disk: SlowStore) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever calls back."""
    callbacks = Callbacks(Receiving(store=disk), desk.clock, path="/c/")
    transport = httpx.ASGITransport(callbacks)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


async def calls_in_hand(
    web: httpx.AsyncClient, url: str, bodies: list[bytes]
) -> list[asyncio.Task[httpx.Response]]:
    """Call with each of these, and return when all wait for the disk."""
    waiting = [asyncio.create_task(web.post(url, content=body)) for body in bodies]
    for _ in range(100):  # httpx hands a request on in a few steps
        await asyncio.sleep(0)
    return waiting


@pytest.mark.parametrize(
    "bodies",
    [[b"x"] * MOST_IN_HAND, [b"x" * LARGEST_BODY] * (MOST_BYTES_IN_HAND // LARGEST_BODY)],
    ids=["too many", "too large together"],
)
async def test_beyond_the_bound_each_is_told_to_come_again(
    web: httpx.AsyncClient, desk: Desk, disk: SlowStore, campaign: Campaign, bodies: list[bytes]
) -> None:
    """503 with a time; one line in the log for all of them; then there is room again."""
    url = f"/c/{(await desk.part(campaign.id)).key}"
    waiting = await calls_in_hand(web, url, bodies)
    with capture_logs() as logs:
        for _ in range(3):
            answer = await web.post(url, content=b"x")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert [line["event"] for line in logs] == ["call-backs turned away"]
    disk.goes_on.set()
    assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}
    assert (await web.post(url, content=b"x")).status_code == 200
    (kept,) = desk.look("SELECT count(*) FROM inbox")
    assert kept == (len(bodies) + 1,)


async def test_a_stranger_is_turned_away_even_then(
    web: httpx.AsyncClient, desk: Desk, disk: SlowStore, campaign: Campaign
) -> None:
    """It costs nothing to say so, and takes no room from those who are known."""
    url = f"/c/{(await desk.part(campaign.id)).key}"
    waiting = await calls_in_hand(web, url, [b"x"] * MOST_IN_HAND)
    assert (await web.post("/c/unknown", content=b"x")).status_code == 404
    assert (await web.put(url, content=b"x")).status_code == 405
    disk.goes_on.set()
    await asyncio.gather(*waiting)
