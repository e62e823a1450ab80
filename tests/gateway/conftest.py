"""A pretend platform on a real socket, and a door that leads to it."""

from collections.abc import AsyncIterator, Callable
from zoneinfo import ZoneInfo

import pytest

from bot.gateway.http_door import HttpDoor
from tests.gateway.canned import CannedPlatform

LOGIN = "loja-da-ana"
PASSWORD = "s3nh@ & çá/+%"

MakeDoor = Callable[[str], HttpDoor]


@pytest.fixture(scope="session")
def brasilia() -> ZoneInfo:
    """The platform's own time zone."""
    return ZoneInfo("America/Sao_Paulo")


@pytest.fixture
async def platform() -> AsyncIterator[CannedPlatform]:
    """Listen while the test runs."""
    async with CannedPlatform().open() as canned:
        yield canned


@pytest.fixture
def make_door(brasilia: ZoneInfo) -> MakeDoor:
    """Build a door that leads to an address."""
    return lambda url: HttpDoor(url=url, login=LOGIN, password=PASSWORD, timezone=brasilia)


@pytest.fixture
def door(platform: CannedPlatform, make_door: MakeDoor) -> HttpDoor:
    """Build the door to the pretend platform."""
    return make_door(platform.url)
