"""The demo: the sandbox and the bot in one go, on this machine alone."""

import asyncio
import contextlib
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.app import Torpedo, catch_signals
from bot.sandbox.seed import Seed
from bot.sandbox.server import Sandbox, SandboxOptions
from bot.settings import Settings
from bot.terminal import set_up_logs

MANIFEST = Path(__file__).parent.parent / "manifest.yml"
USUAL_PORT = 8800
LOG_LEVEL = "WARNING"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo."""

    sandbox: Sandbox
    bot: Torpedo


@contextlib.asynccontextmanager
async def demo(
    options: SandboxOptions, *, socket_mode: bool = False, locale: str = "en"
) -> AsyncIterator[Demo]:
    """Start both; the bot reaches the sandbox by HTTP alone, as it reaches the real ones."""
    with tempfile.TemporaryDirectory(prefix="torpedo-demo-") as folder:
        port = _free_port()
        async with Sandbox(options) as sandbox:
            settings = demo_settings(
                sandbox, port=port, folder=Path(folder), socket_mode=socket_mode, locale=locale
            )
            sandbox.events_url = f"{settings.public_url}/slack/events"
            set_up_logs(settings, level=LOG_LEVEL)
            async with Torpedo(settings) as bot:
                yield Demo(sandbox, bot)


def demo_settings(
    sandbox: Sandbox, *, port: int, folder: Path, socket_mode: bool, locale: str
) -> Settings:
    """The settings that lead to a sandbox; at any hour, since its phones never sleep."""
    seed = Seed()
    return Settings.model_validate(
        {
            "slack_bot_token": seed.bot_token,
            "slack_app_token": seed.app_token if socket_mode else "",
            "slack_signing_secret": seed.signing_secret,
            "slack_api_url": sandbox.slack_api_url,
            "gateway_url": sandbox.gateway_url,
            "gateway_wsdl": sandbox.wsdl_url,
            "gateway_login": seed.gateway.login,
            "gateway_password": seed.gateway.password,
            "public_url": f"http://127.0.0.1:{port}",
            "port": port,
            "database": str(folder / "torpedo.db"),
            "quiet_hours": "off",
            "locale": locale,
        }
    )


def usual_port() -> int:
    """The demo's port, or 0 (the system's pick) where something else has it."""
    for port in (USUAL_PORT, USUAL_PORT + 1):
        with contextlib.closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return 0
    return USUAL_PORT


async def serve_sandbox(*, port: int, events_url: str) -> None:
    """Serve the pretend world alone until SIGINT or SIGTERM, for a bot run by hand."""
    stop = catch_signals()
    options = SandboxOptions(manifest=MANIFEST, port=port, events_url=events_url)
    async with Sandbox(options) as sandbox:
        seed = options.seed
        print(  # noqa: T201  what one needs to point a bot here
            f"\n  The page is at {sandbox.url}. For your bot's .env:\n\n"
            f"SLACK_API_URL={sandbox.slack_api_url}\n"
            f"SLACK_BOT_TOKEN={seed.bot_token}\n"
            f"SLACK_SIGNING_SECRET={seed.signing_secret}\n"
            f"GATEWAY_URL={sandbox.gateway_url}\n"
            f"GATEWAY_WSDL={sandbox.wsdl_url}\n"
            f"GATEWAY_LOGIN={seed.gateway.login}\n"
            f"GATEWAY_PASSWORD={seed.gateway.password}\n"
            f"PUBLIC_URL={events_url.removesuffix('/slack/events')}\n"
            f"PORT={urlsplit(events_url).port or 8080}\n"
            "QUIET_HOURS=off\n\n"
            f"  For Socket Mode instead, add SLACK_APP_TOKEN={seed.app_token}\n",
            flush=True,
        )
        await stop.wait()


async def run_demo(*, socket_mode: bool, locale: str, port: int) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = catch_signals()
    options = SandboxOptions(manifest=MANIFEST, port=port)
    async with demo(options, socket_mode=socket_mode, locale=locale) as running:
        print(  # noqa: T201  the one line that the demo is asked for
            f"\n  Torpedo's demo is at {running.sandbox.url}\n"
            "  Open it, type /sms-send 31999990001 Hello, and approve it as Bruno."
            "  Ctrl-C ends it.\n",
            flush=True,
        )
        await stop.wait()


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def run(*, socket_mode: bool, locale: str, port: int | None) -> int:
    """Run the demo from the command line; returns the exit code."""
    chosen = usual_port() if port is None else port
    return _or_explain(run_demo(socket_mode=socket_mode, locale=locale, port=chosen))


def run_sandbox(*, port: int, events_url: str) -> int:
    """Run the sandbox from the command line; returns the exit code."""
    return _or_explain(serve_sandbox(port=port, events_url=events_url))


def _or_explain(work: Coroutine[None, None, None]) -> int:
    try:
        asyncio.run(work)
    except OSError as error:
        sys.stderr.write(f"The sandbox can't listen: {error.strerror}. Choose another --port.\n")
        return 1
    return 0
