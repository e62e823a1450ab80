"""A town: a sandbox in this process, the bot in one of its own, and a database that outlives it."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from bot.demo import MANIFEST
from bot.sandbox.seed import Seed
from bot.sandbox.server import Sandbox, SandboxOptions
from bot.sandbox.world import World
from bot.tour.visitor import Visitor
from tests.faults.process import BotProcess

T = TypeVar("T")

PATIENCE_SECONDS = 40.0
LOOK_SECONDS = 0.25
"""How often to look at the bot's database, whose changes aren't all the sandbox's, too."""
URL_BYTES = 400
"""The least that the bot allows, so that few numbers make several parts."""
SEED = Seed(credit=1_000_000)
OPTIONS = SandboxOptions(
    manifest=MANIFEST,
    port=0,
    seed=SEED,
    delivery_delay=0.1,
    callback_retries=(0.2, 0.4, 0.8, 0.8),
    slow_seconds=0.4,
    drip_seconds=0.02,
    strict_limits=False,
)


FIRST_PORT, PORTS = 20_000, 12_000
"""Below those that systems hand out by themselves: nobody gets the bot's while it is away."""
_STEPS = iter(range(PORTS))


class NeverCame(Exception):
    """Something that had to come didn't; it says what."""

    def __str__(self) -> str:
        return f"{self.args[0]} never came"


@dataclass(frozen=True, slots=True)
class Town:
    """Where rounds are played, one after another."""

    sandbox: Sandbox
    bot: BotProcess
    visitor: Visitor
    database: Path

    @property
    def world(self) -> World:
        """What is true, whatever the bot believes."""
        return self.sandbox.world

    async def until(
        self, what: str, look: Callable[[], T | None], *, patience: float = PATIENCE_SECONDS
    ) -> T:
        """Look whenever something changes, until it is there.

        Raises:
            NeverCame: it wasn't, after so many seconds.
        """
        try:
            async with asyncio.timeout(patience):
                while not (found := look()):
                    await self.world.changes.next_one(within=LOOK_SECONDS)
        except TimeoutError as error:
            raise NeverCame(what) from error
        return found


@asynccontextmanager
async def open_town(
    folder: Path, *, options: SandboxOptions = OPTIONS, has_soap: bool = False, **changes: str
) -> AsyncIterator[Town]:
    """Start a sandbox and the bot; everything is ended with the context.

    With ``has_soap`` what doesn't fit one address goes by the platform's other door;
    ``changes`` are settings of the bot's that differ from a round's.
    """
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(options))
        settings = _write_settings(sandbox, _own_port(), folder / "torpedo.db") | changes
        if has_soap:
            settings["GATEWAY_WSDL"] = sandbox.wsdl_url
        sandbox.events_url = f"{settings['PUBLIC_URL']}/slack/events"
        web = httpx.AsyncClient(base_url=sandbox.url, timeout=PATIENCE_SECONDS, trust_env=False)
        visitor = Visitor(await stack.enter_async_context(web))
        bot = BotProcess(settings, folder=folder)
        stack.push_async_callback(bot.stop)
        await bot.start()
        town = Town(sandbox, bot, visitor, folder / "torpedo.db")
        if has_soap:
            await town.until("the WSDL", (folder / "torpedo.db.wsdl.json").exists)
        yield town


def _write_settings(sandbox: Sandbox, port: int, database: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": SEED.bot_token,
        "SLACK_SIGNING_SECRET": SEED.signing_secret,
        "SLACK_API_URL": sandbox.slack_api_url,
        "GATEWAY_URL": sandbox.gateway_url,
        "GATEWAY_LOGIN": SEED.gateway.login,
        "GATEWAY_PASSWORD": SEED.gateway.password,
        "GATEWAY_MAX_URL_BYTES": str(URL_BYTES),
        "GATEWAY_TIMEOUT": "1",
        "GATEWAY_STATUS_SCOPE": "campaign",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DATABASE": str(database),
        "QUIET_HOURS": "off",
        "REPEAT_HOURS": "0",  # its campaigns say the same to the same people all the time
        "LOG_LEVEL": "INFO",
    }


def _own_port() -> int:
    for step in _STEPS:
        port = FIRST_PORT + (os.getpid() * 16 + step) % PORTS
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    message = "no port is free"
    raise OSError(message)
