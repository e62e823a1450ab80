"""A pretend platform on a real socket, and a door that leads to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol, TypeVar

import pytest

from bot.gateway.connection import Patience
from bot.gateway.door import Door
from tests.gateway.canned import CannedPlatform
from tests.gateway.dialects import DIALECTS, Dialect

Answer = TypeVar("Answer")
NEVER = 1e6
"""Seconds: more than any test lets pass."""

PassTime = Callable[[float], None]


class MakeDoor(Protocol):
    """Builds a door that leads to an address."""

    def __call__(self, url: str, patience: Patience | None = None) -> Door:
        """Build it."""
        ...


async def run_out(asking: asyncio.Future[Answer], pass_time: PassTime) -> None:
    """Let time pass, so much in each turn of the loop, until a request has been given up.

    The limit in question has to do it: an hour is more than any, and less than ``NEVER``.
    """
    for _ in range(0, 3600, 5):
        if asking.done():
            return
        pass_time(5)
        await asyncio.sleep(0)
    pytest.fail("nobody gave up")


@pytest.fixture(params=list(DIALECTS))
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """Speak as the platform does at one of its doors; a test that wants it runs at each."""
    return DIALECTS[request.param]


@pytest.fixture
async def platform() -> AsyncIterator[CannedPlatform]:
    """Listen while the test runs."""
    async with CannedPlatform().open() as canned:
        yield canned


@pytest.fixture
def make_door(dialect: Dialect) -> MakeDoor:
    """Build doors with the pretend platform's login."""
    return dialect.make_door


@pytest.fixture
def door(platform: CannedPlatform, make_door: MakeDoor) -> Door:
    """Build the door to the pretend platform."""
    return make_door(platform.url)


@pytest.fixture
async def pass_time(monkeypatch: pytest.MonkeyPatch) -> PassTime:
    """Put the loop's clock ahead by some seconds, so that nobody has to wait for a time-out."""
    loop = asyncio.get_running_loop()
    tell = loop.time
    ahead = 0.0

    def put_ahead(seconds: float) -> None:
        nonlocal ahead
        ahead += seconds

    monkeypatch.setattr(loop, "time", lambda: tell() + ahead)
    return put_ahead
