"""A pretend Slack on a real socket, the bot's own client for it, and a desk to work at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo import MANIFEST
from bot.sandbox.server import Sandbox, SandboxOptions
from handlers.slack.poster import Poster
from tests.services.desk import Desk
from tests.settings.services import PretendServices
from tests.slack.posting import ANA, BRUNO, MARKETING, Telephone, open_poster
from tests.slack.reception import Reception, open_reception

BOT_TOKEN = "xoxb-sandbox-bot"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A whole pretend Slack that counts nobody's calls."""
    async with Sandbox(SandboxOptions(manifest=MANIFEST, port=0, strict_limits=False)) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """Slack's own client, as the bot uses it."""
    return AsyncWebClient(BOT_TOKEN, base_url=sandbox.slack_api_url)


@pytest.fixture
async def services() -> AsyncIterator[PretendServices]:
    """A Slack that says what a test wants, and takes down what it was asked."""
    async with PretendServices().open() as running:
        yield running


@pytest.fixture
def scripted(services: PretendServices) -> AsyncWebClient:
    """A client for the Slack that says what a test wants."""
    return AsyncWebClient(BOT_TOKEN, base_url=f"http://127.0.0.1:{services.port}/api/", timeout=5)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The services and their database, without their doors; its people are in #marketing."""
    desk = Desk(tmp_path / "torpedo.db")
    desk.directory.members[MARKETING] = {ANA, BRUNO}
    await desk.open()
    yield desk
    await desk.close()


@pytest.fixture
def poster(desk: Desk, client: AsyncWebClient) -> Poster:
    """A poster that tells the sandbox."""
    return open_poster(desk, client)


@pytest.fixture
def phone(services: PretendServices) -> Telephone:
    """A client that remembers, for the Slack that says what a test wants."""
    return Telephone(f"http://127.0.0.1:{services.port}/api/")


@pytest.fixture
async def reception(
    sandbox: Sandbox, client: AsyncWebClient, tmp_path: Path
) -> AsyncIterator[Reception]:
    """The bot's doors for Slack, open on the sandbox's workspace."""
    async with open_reception(sandbox, client, tmp_path) as running:
        yield running
