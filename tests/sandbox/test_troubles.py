"""Every ending a request can have: what its sender sees, and whether the platform acted."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.troubles import Trouble
from tests.sandbox.conftest import OPTIONS
from tests.sandbox.desk import ANA, Ask
from tests.sandbox.wire import Seen, Wire, written

HANGING = (Trouble.HANG_BEFORE, Trouble.HANG_AFTER)


@pytest.fixture
async def hasty() -> AsyncIterator[Sandbox]:
    """A sandbox that takes no time to be slow."""
    async with Sandbox(replace(OPTIONS, slow_seconds=0, drip_seconds=0)) as running:
        yield running


async def _see(sandbox: Sandbox, trouble: Trouble) -> Seen:
    """Let one `sendsms` meet this, and tell everything that came back."""
    await sandbox.set_trouble(trouble)
    async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
        return await wire.read_to_end()


def _has_acted(sandbox: Sandbox) -> bool:
    """Whether the platform has a campaign, which its log must say as well."""
    (logged,) = sandbox.world.reception.log
    assert logged.acted == (90001 in sandbox.world.platform.campaigns)
    assert logged.campaign_id == (90001 if logged.acted else None)
    return logged.acted


def _is_page(seen: Seen, status: int) -> bool:
    is_html = b"content-type: text/html" in seen.raw and b"<html>" in seen.body
    return is_html and seen.raw.startswith(f"HTTP/1.1 {status} ".encode())


async def _hanging(sandbox: Sandbox, clients: int = 1) -> None:
    await sandbox.world.wait_for(lambda: sandbox.world.reception.waiting == clients)


@pytest.mark.parametrize("trouble", [Trouble.NONE, Trouble.SLOW, Trouble.DRIP])
async def test_what_is_only_late_is_whole(hasty: Sandbox, trouble: Trouble) -> None:
    """Slow and dripping answers say what a quick one says."""
    seen = await _see(hasty, trouble)
    assert seen.raw.startswith(b"HTTP/1.1 200 OK\r\n")
    assert len(seen.body) == seen.promised
    assert json.loads(seen.body) == {"status": 1, "data": 90001, "msg": "SUCESSO"}
    assert _has_acted(hasty)


@pytest.mark.parametrize(
    ("trouble", "is_reset", "acts"),
    [(Trouble.LOST, False, True), (Trouble.RESET_BEFORE, True, False)],
)
async def test_an_end_without_a_byte_tells_nothing(
    sandbox: Sandbox, trouble: Trouble, *, is_reset: bool, acts: bool
) -> None:
    """Closed after it was done, or reset before; a sender who only sees "gone" can't know."""
    assert await _see(sandbox, trouble) == Seen(b"", is_reset=is_reset)
    assert _has_acted(sandbox) is acts


async def test_half_an_answer_is_reset(sandbox: Sandbox) -> None:
    """The status line and the headers are whole, the body is half of what they promise."""
    seen = await _see(sandbox, Trouble.RESET_MID)
    assert seen.is_reset
    assert seen.raw.startswith(b"HTTP/1.1 200 OK\r\n")
    assert len(seen.body) == seen.promised // 2
    assert _has_acted(sandbox)


@pytest.mark.parametrize(
    ("trouble", "status", "acts"),
    [
        (Trouble.HTML, 500, False),
        (Trouble.HTML_OK, 200, False),
        (Trouble.ERROR_AFTER, 500, True),
        (Trouble.FAULT, 500, False),
        (Trouble.FAULT_AFTER, 500, True),
    ],
)
async def test_a_page_where_json_belongs_tells_nothing(
    sandbox: Sandbox, trouble: Trouble, *, status: int, acts: bool
) -> None:
    """The same page comes whether it was done or not, and not even 200 means that it was.

    What is a fault at the SOAP door is the page here: the same exception, told by another handler.
    """
    assert _is_page(await _see(sandbox, trouble), status)
    assert _has_acted(sandbox) is acts


async def test_odd_json_says_neither_yes_nor_no(sandbox: Sandbox) -> None:
    """It is done, and the answer has none of the envelope's fields."""
    assert json.loads((await _see(sandbox, Trouble.WRONG_JSON)).body) == {"ok": True}
    assert _has_acted(sandbox)


async def test_a_good_login_can_be_refused(sandbox: Sandbox) -> None:
    """In the platform's own words, with nothing done."""
    seen = await _see(sandbox, Trouble.WRONG_LOGIN)
    refusal = {"status": 0, "data": None, "msg": "FALHA AO REALIZAR LOGIN"}
    assert json.loads(seen.body) == refusal
    assert not _has_acted(sandbox)


@pytest.mark.parametrize("trouble", HANGING)
async def test_a_hanging_request_ends_with_the_trouble(sandbox: Sandbox, trouble: Trouble) -> None:
    """Its connection is closed; it is never answered after the fact."""
    asking = asyncio.create_task(_see(sandbox, trouble))
    await _hanging(sandbox)
    assert _has_acted(sandbox) is trouble.acts
    assert not asking.done()
    await sandbox.set_trouble(Trouble.NONE)
    assert await asking == Seen(b"")
    assert _has_acted(sandbox) is trouble.acts


@pytest.mark.parametrize("trouble", HANGING)
async def test_a_client_may_stop_waiting(sandbox: Sandbox, trouble: Trouble) -> None:
    """The platform notices, and keeps nothing of it open."""
    await sandbox.set_trouble(trouble)
    async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
        await _hanging(sandbox)
        wire.leave()
        await _hanging(sandbox, 0)
    assert _has_acted(sandbox) is trouble.acts


@pytest.mark.parametrize("trouble", [*HANGING, Trouble.DRIP, Trouble.SLOW])
async def test_nobody_waits_beyond_the_sandbox(trouble: Trouble) -> None:
    """What is still open when it closes ends at once, and is not answered."""
    async with Sandbox(replace(OPTIONS, drip_seconds=60)) as sandbox:
        asking = asyncio.create_task(_see(sandbox, trouble))
        await _hanging(sandbox)
    assert len((await asking).raw) <= 1


async def _first_byte(wire: Wire) -> None:
    assert await wire.read() == b"H"


async def test_a_dripping_answer_is_cut_off_with_the_trouble() -> None:
    """After as many bytes as came until then."""
    async with Sandbox(replace(OPTIONS, drip_seconds=60)) as sandbox:
        await sandbox.set_trouble(Trouble.DRIP)
        async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
            await _first_byte(wire)
            await sandbox.set_trouble(Trouble.NONE)
            assert await wire.read_to_end() == Seen(b"")
        assert _has_acted(sandbox)


async def test_a_dripping_answer_ends_with_its_reader() -> None:
    """Long before it would have been whole."""
    async with Sandbox(replace(OPTIONS, drip_seconds=60)) as sandbox:
        await sandbox.set_trouble(Trouble.DRIP)
        async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
            await _first_byte(wire)
            wire.leave()
            await _hanging(sandbox, 0)


async def test_a_slow_answer_still_comes_when_all_is_well_again() -> None:
    """It isn't stuck, only late; a platform that goes down takes it along, though."""
    async with Sandbox(replace(OPTIONS, slow_seconds=60)) as sandbox:
        asking = asyncio.create_task(_see(sandbox, Trouble.SLOW))
        await _hanging(sandbox)
        assert _has_acted(sandbox)
        await sandbox.set_trouble(Trouble.NONE)
        door = sandbox.world.reception
        assert (door.waiting, door.hanging) == (1, 0)
        await sandbox.set_trouble(Trouble.DOWN)
        assert await asking == Seen(b"")


async def test_down_refuses_connections_until_it_is_up_again(sandbox: Sandbox, ask: Ask) -> None:
    """Nobody listens, so nothing is logged; later the same address does again."""
    await sandbox.set_trouble(Trouble.DOWN)
    with pytest.raises(httpx.ConnectError):
        await ask("getbalance")
    assert sandbox.world.reception.log == []
    await sandbox.set_trouble(Trouble.NONE)
    assert (await ask("getbalance")).json()["data"] == 10_000


async def test_what_comes_while_it_goes_down_is_dropped(sandbox: Sandbox) -> None:
    """The trouble is there a moment before the listener is closed; nobody acts any more."""
    sandbox.world.reception.set_fault(Fault(Trouble.DOWN))
    async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
        assert await wire.read_to_end() == Seen(b"")
    assert not _has_acted(sandbox)


def test_each_trouble_says_what_is_true_of_a_request() -> None:
    """The page sorts them by it; only "all well" stands alone."""
    groups = {trouble: trouble.group for trouble in Trouble}
    assert groups.pop(Trouble.NONE) == ""
    assert groups.pop(Trouble.DOWN) == "No request reaches it"
    assert set(groups.values()) == {"It doesn't act", "It acts"}
    assert all((group == "It acts") == trouble.acts for trouble, group in groups.items())
    assert len({trouble.label for trouble in Trouble}) == len(Trouble)
