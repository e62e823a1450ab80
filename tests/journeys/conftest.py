"""A town: the sandbox and the real bot, and somebody to walk about in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.app import Torpedo
from bot.demo import MANIFEST, demo_settings
from bot.sandbox.server import Sandbox, SandboxOptions
from bot.settings import Settings
from bot.tour.seeing import Json, card_of, messages, plain, thread_of
from bot.tour.visitor import ANA, Visitor

OPTIONS = SandboxOptions(
    manifest=MANIFEST, port=0, delivery_delay=0, slow_seconds=5, callback_retries=(0.1, 0.1)
)


@dataclass
class Town:
    """What a journey walks about in."""

    sandbox: Sandbox
    settings: Settings
    visitor: Visitor
    web: httpx.AsyncClient
    bot: Torpedo

    @property
    def database(self) -> Path:
        """Where the bot keeps everything."""
        return self.settings.database

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        await self.bot.__aexit__(None, None, None)
        await self.start_again()

    async def start_again(self) -> None:
        """Start a bot that was stopped."""
        self.bot = Torpedo(self.settings)
        await self.bot.__aenter__()

    async def told_privately(self, words: str, *, person: str = ANA, channel: str = "") -> Json:
        """Wait for a private answer with these words."""
        place = {"channel": channel} if channel else {}

        def look(state: Json) -> Json | None:
            found = [m for m in messages(state, **place) if m["ephemeral"] and words in plain(m)]
            return found[-1] if found else None

        return await self.visitor.see(person, f"a private answer with {words!r}", look)

    async def told_in_thread(self, words: str, *, campaign: int = 1) -> Json:
        """Wait for a message with these words in a campaign's thread."""

        def look(state: Json) -> Json | None:
            found = [m for m in thread_of(state, campaign) if words in plain(m)]
            return found[-1] if found else None

        return await self.visitor.see(ANA, f"{words!r} in #{campaign}'s thread", look)

    async def card_says(self, words: str, *, campaign: int = 1) -> Json:
        """Wait until a campaign's card has these words."""

        def look(state: Json) -> Json | None:
            card = card_of(state, campaign)
            return card if card is not None and words in plain(card) else None

        return await self.visitor.see(ANA, f"{words!r} on #{campaign}'s card", look)

    async def sent(self) -> list[Json]:
        """List what the platform was asked to send."""
        log = await self.visitor.log()
        return [request for request in log["requests"] if request["action"] == "sendsms"]


@asynccontextmanager
async def open_town(
    folder: Path, *, socket_mode: bool = False, **changes: object
) -> AsyncIterator[Town]:
    """Start a sandbox and a bot with these settings changed."""
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(OPTIONS))
        settings = demo_settings(
            sandbox, port=0, folder=folder, socket_mode=socket_mode, locale="en"
        )
        settings = _with_own_port(settings, changes)
        sandbox.events_url = f"{settings.public_url}/slack/events"
        bot = Torpedo(settings)
        client = httpx.AsyncClient(base_url=sandbox.url, timeout=30, trust_env=False)
        visitor = Visitor(await stack.enter_async_context(client))
        web = httpx.AsyncClient(base_url=settings.public_url, timeout=30, trust_env=False)
        await stack.enter_async_context(web)
        town = Town(sandbox, settings, visitor, web, await bot.__aenter__())
        try:
            await visitor.see(ANA, "the bot", lambda state: state["bot"]["connected"])
            await visitor.until_asked("getbalance")
            yield town
        finally:
            await town.bot.__aexit__(None, None, None)


def _with_own_port(settings: Settings, changes: dict[str, object]) -> Settings:
    """Choose a port beforehand: the bot's own address has to be known to the sandbox."""
    port = free_port()
    plain_settings = {
        **dict(settings),
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        **changes,
    }
    return Settings.model_validate(plain_settings)


def free_port() -> int:
    """Ask the system for a port that is free now."""
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


OpenTown = Callable[..., object]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town where Slack comes by signed HTTP."""
    async with open_town(tmp_path) as running:
        yield running
