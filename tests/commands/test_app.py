"""The running program: how it starts, what it says, and how it ends."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from bot import app
from bot.app import SystemClock, Torpedo
from bot.domain.errors import SettingsError
from bot.settings import Settings
from handlers.jobs.errands import Errand, without_pause
from tests.fakes import PowerCutError
from tests.services.desk import Desk
from tests.settings.samples import APP_TOKEN, make_settings


def settings_here(folder: Path, **changes: object) -> Settings:
    """Settings for a program that can reach nobody."""
    here = {
        "slack_api_url": "http://127.0.0.1:1/api/",
        "gateway_url": "http://127.0.0.1:1/painel/api.ashx",
        "port": 0,
        "database": folder / "torpedo.db",
    }
    return make_settings(**(here | changes))


async def ask(url: str) -> httpx.Response:
    """Ask the program how it is."""
    async with httpx.AsyncClient(trust_env=False) as web:
        return await web.get(f"{url}/healthz")


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    """Every moment that is stored is."""
    offset = SystemClock().now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 0


@pytest.mark.parametrize("changes", [{}, {"slack_app_token": APP_TOKEN}], ids=["http", "socket"])
async def test_it_is_up_whoever_is_away(tmp_path: Path, changes: dict[str, object]) -> None:
    """Neither Slack nor the platform answers; health does, and tells the way into Slack."""
    async with Torpedo(settings_here(tmp_path, **changes)) as bot:
        answer = await ask(bot.url)
        assert answer.status_code == 200
        assert answer.json()["slack"] == ("socket, not connected" if changes else "http")
        async with httpx.AsyncClient(trust_env=False) as web:
            knock = await web.post(f"{bot.url}/slack/events", content=b"{}")
        assert knock.status_code == (404 if changes else 401)
    with pytest.raises(httpx.ConnectError):
        await ask(bot.url)


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://127.0.0.1:"), ("::1", "http://[::1]:"), ("::", "http://[::1]:")],
)
async def test_it_says_where_it_is_reached(tmp_path: Path, host: str, url: str) -> None:
    """In an address that can be typed, where the machine has such addresses."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, 0), family=family).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    async with Torpedo(settings_here(tmp_path, host=host)) as bot:
        assert bot.url.startswith(url)
        assert (await ask(bot.url)).status_code == 200


async def test_a_second_program_on_the_same_database_is_refused(tmp_path: Path) -> None:
    """And lets go of all it had taken, so that the first one's end is enough."""
    settings = settings_here(tmp_path)
    async with Torpedo(settings):
        with pytest.raises(SettingsError):
            await Torpedo(settings).__aenter__()
    async with Torpedo(settings) as bot:
        assert (await ask(bot.url)).status_code == 200


async def test_a_request_that_a_crash_cut_off_is_said_at_the_start(tmp_path: Path) -> None:
    """It may have gone, so it is never sent again by itself; somebody should look."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    await desk.approved()
    desk.gateway.endings.append(PowerCutError())
    with pytest.raises(PowerCutError):
        await desk.sending.run()
    await desk.close()
    with capture_logs() as logs:
        async with Torpedo(settings_here(tmp_path)):
            pass
    lost = [line for line in logs if "in flight" in line["event"]]
    assert [line["parts"] for line in lost] == [1]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it(tmp_path: Path, unused_tcp_port: int, sign: signal.Signals) -> None:
    """In order: it answers until then, and what it had is let go."""
    running = asyncio.create_task(app.run(settings_here(tmp_path, port=unused_tcp_port)))
    assert (await ask(f"http://127.0.0.1:{unused_tcp_port}")).status_code == 200
    os.kill(os.getpid(), sign)
    async with asyncio.timeout(60):
        await running
    async with Torpedo(settings_here(tmp_path)):
        pass


async def test_whoever_only_waits_for_a_signal_gets_it() -> None:
    """The demo ends by the same ones."""
    stop = app.catch_signals()
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(60):
        await stop.wait()


async def test_an_errand_that_never_ends_is_cut_off(tmp_path: Path) -> None:
    """A stop waits for the request in hand, but not for ever."""
    begun, cut = asyncio.Event(), asyncio.Event()

    async def never_ends() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    bot = Torpedo(settings_here(tmp_path), finish_seconds=0)
    bot._run_errands(Errand("stuck", without_pause(never_ends)))
    await begun.wait()
    await bot.__aexit__(None, None, None)
    assert cut.is_set()
