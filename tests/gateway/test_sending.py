"""Sending over a real socket, at each door; how a request can end is in ``test_fate_table``."""

import asyncio
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.door import Door
from bot.gateway.soap_door import MOST_PEOPLE, MOST_TEXT
from tests.gateway.asking import CALLBACK, send
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import MakeDoor
from tests.gateway.dialects import DIALECTS, LOGIN, PASSWORD, Dialect, envelope
from tests.gateway.wsdls import contract


@pytest.mark.parametrize("dialect", ["http"], indirect=True)
async def test_the_address_on_the_wire_is_the_manuals(door: Door, platform: CannedPlatform) -> None:
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
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """A pooled connection that died would leave a request's fate unclear."""
    platform.says(dialect.yes())
    await send(door)
    await send(door)
    assert platform.connections == 2


@pytest.mark.parametrize("dialect", ["soap"], indirect=True)
async def test_the_message_on_the_wire_is_the_wsdls(door: Door, platform: CannedPlatform) -> None:
    """Its names, its namespace, in its order; the time is the platform's own."""
    platform.says(DIALECTS["soap"].yes())
    assert await send(door) == 4711
    (request,) = platform.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /painel/api.ashx HTTP/1.1\r\n")
    assert b'\r\nSOAPAction: "http://tempuri.org/SendSMS"\r\n' in head
    assert b"\r\nContent-Type: text/xml; charset=utf-8\r\n" in head
    for secret in (LOGIN, PASSWORD):
        assert secret.encode() not in head
    content = body.decode().partition("<soap-env:Body>")[2].partition("</soap-env:Body>")[0]
    password = PASSWORD.replace("&", "&amp;")
    people = "".join(
        f"<ns0:Destination><ns0:Number>{n}</ns0:Number><ns0:Ref>{n}</ns0:Ref></ns0:Destination>"
        for n in ("31999990001", "3188880002")
    )
    assert content == (
        f'<ns0:SendSMS xmlns:ns0="http://tempuri.org/"><ns0:User>{LOGIN}</ns0:User>'
        f"<ns0:Pwd>{password}</ns0:Pwd><ns0:SmsMessage><ns0:Subject>Torpedo</ns0:Subject>"
        f"<ns0:Msg>Olá &amp; até já</ns0:Msg><ns0:Destinations>{people}</ns0:Destinations>"
        "<ns0:JobDateTime>2013-12-24T16:00:00</ns0:JobDateTime>"
        f"<ns0:UrlCallback>{CALLBACK}</ns0:UrlCallback></ns0:SmsMessage></ns0:SendSMS>"
    )


@pytest.mark.parametrize("dialect", ["http"], indirect=True)
@pytest.mark.parametrize(
    "body", [envelope(4711), envelope("4711"), "4711", '"4711"', "4711:SUCESSO"]
)
async def test_a_campaign_number_in_any_shape_is_taken(
    door: Door, platform: CannedPlatform, body: str
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


def test_the_http_door_shares_numbers_out_as_its_addresses_allow() -> None:
    """About 150 numbers go in one request; a text that leaves no room is refused."""
    door = DIALECTS["http"].make_door("http://127.0.0.1/painel/api.ashx")
    numbers = [Number(f"319{at:08d}") for at in range(300)]
    parts = door.split("Feliz Natal", numbers, callback_url=CALLBACK, send_at=None)
    assert [number for part in parts for number in part] == numbers
    assert len(parts) == 2
    with pytest.raises(TextTooLong):
        door.split("ã" * 400, numbers, callback_url=CALLBACK, send_at=None)


def test_the_soap_door_takes_a_whole_list() -> None:
    """Ten thousand people are one campaign of the platform's; a text of a page is refused."""
    door = DIALECTS["soap"].make_door("http://127.0.0.1/painel/ServiceSms.asmx")
    numbers = [Number(f"319{at:08d}") for at in range(MOST_PEOPLE + 1)]
    assert len(door.split("Oi", numbers[:10_000], callback_url=CALLBACK, send_at=None)) == 1
    parts = door.split("Oi", numbers, callback_url=CALLBACK, send_at=None)
    assert [number for part in parts for number in part] == numbers
    assert len(parts) == 2
    with pytest.raises(TextTooLong):
        door.split("ã" * 2001, numbers[:1], callback_url=CALLBACK, send_at=None)


def test_the_longest_list_fits_what_asp_net_takes() -> None:
    """4,096 KB, with the longest text and the longest numbers."""
    numbers = [Number("31999990001")] * MOST_PEOPLE
    login, at = (LOGIN, PASSWORD), datetime(2026, 12, 24, 16, 0, tzinfo=UTC)
    message = contract().write_order(
        login, "ã" * MOST_TEXT, numbers, callback_url=CALLBACK, send_at=at
    )
    assert 2_000_000 < len(message.body) < 4_096 * 1024


async def test_what_xml_cannot_hold_never_leaves(platform: CannedPlatform) -> None:
    """Nothing was written, so it waits; the log says no more of it than what kind of trouble."""
    door = DIALECTS["soap"].make_door(platform.url)
    with capture_logs() as logs, pytest.raises(GatewayUnavailable):
        await door.send("a\x00", [Number("31999990001")], callback_url=CALLBACK, send_at=None)
    assert [(log["event"], log["why"]) for log in logs] == [
        ("a SOAP message can't be written", "ValueError")
    ]
    assert await platform.seen() == (0, 0)
