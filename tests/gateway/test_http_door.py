"""Sending over a real socket; how a request can end is in ``test_fate_table``."""

import asyncio
from urllib.parse import quote

import pytest

from bot.domain.ids import Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.http_door import HttpDoor
from tests.gateway.asking import CALLBACK, envelope, send
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import PASSWORD, MakeDoor


async def test_the_address_on_the_wire_is_the_manuals(
    door: HttpDoor, platform: CannedPlatform
) -> None:
    """Byte for byte, one GET on one connection, with nothing a proxy could trip over."""
    platform.says(envelope("4711"))
    assert await send(door) == 4711
    (target,) = platform.targets
    assert target == (
        f"/painel/api.ashx?action=sendsms&lgn=loja-da-ana&pwd={quote(PASSWORD, safe='')}"
        "&msg=Ol%C3%A1%20%26%20at%C3%A9%20j%C3%A1&numbers=31999990001,3188880002"
        f"&url_callback={CALLBACK}&jobdate=24/12/2013&jobtime=16:00"
    )
    (request,) = platform.requests
    assert request.startswith(b"GET ")
    assert f"\r\nHost: 127.0.0.1:{platform.port}\r\n".encode() in request


async def test_each_request_has_a_connection_of_its_own(
    door: HttpDoor, platform: CannedPlatform
) -> None:
    """A pooled connection that died would leave a request's fate unclear."""
    platform.says(envelope(4711))
    await send(door)
    await send(door)
    assert platform.connections == 2


@pytest.mark.parametrize(
    "body", [envelope(4711), envelope("4711"), "4711", '"4711"', "4711:SUCESSO"]
)
async def test_a_campaign_number_in_any_shape_is_taken(
    door: HttpDoor, platform: CannedPlatform, body: str
) -> None:
    """An integer, a string or a bare value."""
    platform.says(body)
    assert await send(door) == 4711


async def test_a_request_cut_off_from_outside_leaves_no_connection_behind(
    make_door: MakeDoor, platform: CannedPlatform
) -> None:
    """A stop is no answer: it goes on to whoever called, and the platform is hung up on.

    Its fate is for the next start to tell, from what is on disk. Also in a TLS handshake.
    """
    platform.answer = Deed.HANG
    for url in (platform.url, platform.url.replace("http:", "https:")):
        sending = asyncio.create_task(send(make_door(url)))
        await platform.asked.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        platform.is_hasty = True
        platform.asked.clear()
    assert await platform.seen() == (2, 1)


def test_the_door_says_which_it_is(door: HttpDoor) -> None:
    """An approval is sealed for it."""
    assert door.door == "http"


def test_the_door_shares_numbers_out_as_its_addresses_allow(door: HttpDoor) -> None:
    """About 150 numbers go in one request; a text that leaves no room is refused."""
    numbers = [Number(f"319{at:08d}") for at in range(300)]
    parts = door.split("Feliz Natal", numbers, callback_url=CALLBACK, send_at=None)
    assert [number for part in parts for number in part] == numbers
    assert len(parts) == 2
    with pytest.raises(TextTooLong):
        door.split("ã" * 400, numbers, callback_url=CALLBACK, send_at=None)
