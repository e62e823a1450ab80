"""The sandbox as a program: starting, stopping, and the parts that everything rests on."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.sandbox import listener
from bot.sandbox.background import Background
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.listener import Listener
from bot.sandbox.manifest import ManifestError, read_manifest
from bot.sandbox.server import Sandbox
from bot.sandbox.troubles import Trouble
from tests.sandbox.conftest import MANIFEST, OPTIONS


def port_of(url: str) -> int:
    """Tell the port in an address."""
    return int(httpx.URL(url).port or 0)


async def test_the_addresses_are_told(http: httpx.AsyncClient) -> None:
    """With a port given, the platform's is the one given, else the next."""
    async with Sandbox(OPTIONS) as free:
        port, gateway_port = port_of(free.url), port_of(free.gateway_url)
    chosen = replace(OPTIONS, port=port, gateway_port=gateway_port)
    async with Sandbox(chosen) as sandbox:
        assert sandbox.url == f"http://127.0.0.1:{port}"
        assert sandbox.gateway_url == f"http://127.0.0.1:{gateway_port}/painel/api.ashx"
        assert sandbox.slack_api_url == f"http://127.0.0.1:{port}/api/"
        assert (await http.get(f"{sandbox.slack_api_url}api.test")).json()["ok"]
    next_door = Sandbox(replace(OPTIONS, port=port))
    assert port_of(next_door.gateway_url) == port + 1


async def test_a_taken_port_is_told_and_leaves_nothing_open() -> None:
    """Whichever of the two it is."""
    async with Sandbox(OPTIONS) as first:
        front, gateway = port_of(first.url), port_of(first.gateway_url)
        taken = (replace(OPTIONS, port=front), replace(OPTIONS, gateway_port=gateway))
        for options in taken:
            with pytest.raises(OSError, match="in use"):
                await Sandbox(options).__aenter__()


async def test_it_listens_on_the_newer_protocol_too(http: httpx.AsyncClient) -> None:
    """An IPv6 address is written in brackets."""
    async with Sandbox(replace(OPTIONS, host="::1")) as sandbox:
        assert sandbox.url.startswith("http://[::1]:")
        assert (await http.get(f"{sandbox.slack_api_url}api.test")).json()["ok"]


async def test_it_serves_until_it_is_cancelled() -> None:
    """As the command line does it; whoever waits for the world then waits in vain."""
    sandbox = Sandbox(OPTIONS)
    serving = asyncio.create_task(sandbox.serve_forever())
    sandbox.events_url = "http://127.0.0.1:9/"
    await sandbox.ready()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    with pytest.raises(TimeoutError):
        await sandbox.world.wait_for(lambda: False)


async def test_a_stuck_request_is_cut_off(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two seconds of patience in the world; none in this test."""
    monkeypatch.setattr(listener, "_PATIENCE_SECONDS", 0)
    began = asyncio.Event()

    async def never_answer(_scope: Scope, _receive: Receive, _send: Send) -> None:
        began.set()
        await asyncio.Event().wait()

    stuck = Listener(never_answer, "127.0.0.1", 0)
    await stuck.start()
    asking = asyncio.create_task(http.get(f"http://127.0.0.1:{stuck.port}"))
    await began.wait()
    await stuck.stop()
    await stuck.stop()
    answer = await asyncio.gather(asking, return_exceptions=True)
    assert not isinstance(answer[0], httpx.Response) or answer[0].is_error


async def test_trouble_may_be_switched_twice() -> None:
    """To what it is already."""
    async with Sandbox(OPTIONS) as sandbox:
        for trouble in (Trouble.NONE, Trouble.DOWN, Trouble.DOWN):
            await sandbox.set_trouble(trouble)
        assert sandbox.world.reception.fault.kind is Trouble.DOWN
        assert sandbox.events_url is None


async def test_work_that_fails_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for it, so the log has to say it."""
    background, changes = Background(), Changes()

    async def fail() -> None:
        changes.happened()
        raise LookupError

    background.start(fail())
    await changes.until(lambda: changes.revision)
    await background.close()
    assert "a task of the sandbox failed" in caplog.text


async def test_a_wait_ends_with_the_world() -> None:
    """So that nothing keeps the program alive."""
    changes = Changes()
    clock = Clock(changes)
    changes.close()
    await changes.next_one()
    await changes.pause(60)
    await changes.until(lambda: False)
    await clock.reach(clock.now().replace(year=2999))


@pytest.mark.parametrize("text", ["", "[]", "features: 1", "oauth_config: {}", "a: [", "\xff"])
def test_a_bad_manifest_is_told(tmp_path: Path, text: str) -> None:
    """One error for whoever starts the sandbox, whatever is wrong with the file."""
    manifest = tmp_path / "manifest.yml"
    manifest.write_bytes(text.encode("latin-1"))
    with pytest.raises(ManifestError):
        read_manifest(manifest)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    """The same error."""
    with pytest.raises(ManifestError, match=r"manifest\.yml"):
        read_manifest(tmp_path / "manifest.yml")


def test_the_bots_own_manifest_is_read() -> None:
    """Its commands and scopes."""
    manifest = read_manifest(MANIFEST)
    assert manifest.commands["/sms-hold"].usage_hint.startswith("42")
    assert "chat:write" in manifest.scopes
