"""The site, called in this very process: no socket, no port."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.domain.campaign import Campaign
from bot.services.addresses import CALLBACK_PATH
from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.site import build_site
from tests.brittle import BrittleStore
from tests.services.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The services and their database, without their doors."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    yield desk
    await desk.close()


@pytest.fixture
def disk(desk: Desk) -> BrittleStore:
    """The desk's database, on a disk that can fail."""
    store = BrittleStore(desk.store)
    desk.receiving._store = store
    return store


async def by_socket() -> str:
    """How Slack comes in here."""
    return "socket, connected"


@pytest.fixture
async def web(desk: Desk, disk: BrittleStore) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody outside who calls the site; Slack comes by socket here."""
    site = build_site(
        callbacks=Callbacks(desk.receiving, desk.clock, path=CALLBACK_PATH),
        health=Health(disk, desk.clock, desk.gateway.account, by_socket),
        slack=None,
    )
    transport = httpx.ASGITransport(site)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


@pytest.fixture
async def campaign(desk: Desk) -> Campaign:
    """A campaign that has gone."""
    return await desk.submitted()
