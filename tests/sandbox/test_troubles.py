"""What goes wrong at the platform, on purpose."""

import httpx
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.troubles import Trouble
from tests.sandbox.conftest import OPTIONS
from tests.sandbox.desk import ANA, LOGIN, Ask


async def test_lost_answers_are_acted_on(sandbox: Sandbox, ask: Ask) -> None:
    """The connection closes without a byte, and the campaign is there all the same."""
    await sandbox.set_trouble(Trouble.LOST)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await ask("sendsms", msg="a", numbers=ANA)
    assert 90001 in sandbox.world.platform.campaigns


async def test_html_errors_act_on_nothing(sandbox: Sandbox, ask: Ask) -> None:
    """A 500 page, no campaign."""
    await sandbox.set_trouble(Trouble.HTML)
    answer = await ask("sendsms", msg="a", numbers=ANA)
    assert (answer.status_code, answer.headers["content-type"][:9]) == (500, "text/html")
    assert not sandbox.world.platform.campaigns


async def test_down_refuses_connections_until_it_is_up_again(sandbox: Sandbox, ask: Ask) -> None:
    """Nobody listens; later the same address does again."""
    await sandbox.set_trouble(Trouble.DOWN)
    with pytest.raises(httpx.ConnectError):
        await ask("getbalance")
    await sandbox.set_trouble(Trouble.NONE)
    assert (await ask("getbalance")).json()["data"] == 10_000


async def test_slow_acts_before_it_answers(http: httpx.AsyncClient) -> None:
    """A client that gives up waiting can't know; the campaign is there."""
    async with Sandbox(OPTIONS) as sandbox:
        await sandbox.set_trouble(Trouble.SLOW)
        query = {"action": "sendsms", **LOGIN, "msg": "a", "numbers": ANA}
        with pytest.raises(httpx.ReadTimeout):
            await http.get(sandbox.gateway_url, params=query, timeout=httpx.Timeout(10, read=0.1))
        await sandbox.world.wait_for(lambda: 90001 in sandbox.world.platform.campaigns)
