"""Sending over a real socket: each way a request can end, and what is known then."""

from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.http_door import HttpDoor
from tests.gateway.asking import CALLBACK, envelope, free_port, send
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import LOGIN, PASSWORD, MakeDoor


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


async def test_a_refused_connection_certainly_sent_nothing(make_door: MakeDoor) -> None:
    """It may be tried again, and is."""
    with pytest.raises(GatewayUnavailable) as caught:
        await send(make_door(f"http://127.0.0.1:{free_port()}/"))
    assert caught.value.retry_after is None


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "xn--a", "a b"])
async def test_a_host_that_does_not_exist_certainly_got_nothing(
    make_door: MakeDoor, host: str
) -> None:
    """No name, no connection; nor with a name that can't be one."""
    with pytest.raises(GatewayUnavailable):
        await send(make_door(f"http://{host}/painel/api.ashx"))


async def test_a_connection_that_takes_too_long_to_stand_sent_nothing(
    platform: CannedPlatform, brasilia: ZoneInfo
) -> None:
    """The request is written only once it stands."""
    door = HttpDoor(
        url=platform.url, login=LOGIN, password=PASSWORD, timezone=brasilia, connect_timeout=1e-9
    )
    with pytest.raises(GatewayUnavailable):
        await send(door)
    assert platform.requests == []


async def test_a_failed_tls_handshake_sent_nothing(
    platform: CannedPlatform, make_door: MakeDoor
) -> None:
    """The credentials have not left either."""
    platform.answer = Deed.CLOSE_AT_ONCE
    with pytest.raises(GatewayUnavailable):
        await send(make_door(platform.url.replace("http:", "https:")))


@pytest.mark.parametrize(
    "deed",
    [
        Deed.CLOSE_AT_ONCE,
        Deed.CLOSE_AFTER_READING,
        Deed.RESET_AFTER_READING,
        Deed.BREAK_OFF_HALF_WAY,
    ],
)
async def test_a_connection_that_breaks_leaves_the_outcome_unknown(
    door: HttpDoor, platform: CannedPlatform, deed: Deed
) -> None:
    """Once it stood, nobody can tell how much the platform took in."""
    platform.answer = deed
    with pytest.raises(OutcomeUnknown, match="the connection broke"):
        await send(door)


@pytest.mark.parametrize("deed", [Deed.HANG, Deed.HANG_HALF_WAY])
@pytest.mark.parametrize("limit", ["read", "total"])
async def test_silence_leaves_the_outcome_unknown(
    platform: CannedPlatform, brasilia: ZoneInfo, deed: Deed, limit: str
) -> None:
    """The platform may be sending while we give up waiting."""
    platform.answer = deed
    door = HttpDoor(
        url=platform.url,
        login=LOGIN,
        password=PASSWORD,
        timezone=brasilia,
        read_timeout=0.05 if limit == "read" else 30.0,
        total_timeout=0.05 if limit == "total" else 30.0,
    )
    with pytest.raises(OutcomeUnknown, match="no answer in time"):
        await send(door)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, envelope(4711), "HTTP 500"),
        (503, "", "HTTP 503"),
        (404, "<html>", "HTTP 404"),
        (400, envelope(None, status=0, msg="ERRO"), "HTTP 400"),
        (302, "", "HTTP 302"),
        (200, "<!DOCTYPE html>4711", "a web page"),
        (200, "", "an empty answer"),
        (200, '{"status": 1, "data"', "JSON that does not parse"),
        (200, envelope(None), "no campaign number"),
        (200, envelope("abc"), "no campaign number"),
        (200, "FALHA", "no campaign number"),
        (200, '"4711', "no campaign number"),
        (200, envelope({"id": 4711}), "no known shape"),
        (200, envelope(4711, status=7), "unknown status"),
        (200, " " * 1_000_001, "over 1 MB"),
    ],
)
async def test_an_answer_that_is_not_understood_leaves_the_outcome_unknown(
    door: HttpDoor, platform: CannedPlatform, status: int, body: str, reason: str
) -> None:
    """Neither yes nor no: only evidence settles it."""
    platform.says(body, status=status)
    with pytest.raises(OutcomeUnknown, match=reason):
        await send(door)


async def test_bytes_that_are_not_http_leave_the_outcome_unknown(
    door: HttpDoor, platform: CannedPlatform
) -> None:
    """The server behind the port may be anything."""
    platform.answer = b"220 smtp.example.com\r\n"
    with pytest.raises(OutcomeUnknown):
        await send(door)


@pytest.mark.parametrize(
    "body", [envelope(None, status=0, msg="SALDO"), "0:SALDO", envelope("SALDO", status=0)]
)
async def test_a_refusal_keeps_its_reason(
    door: HttpDoor, platform: CannedPlatform, body: str
) -> None:
    """It said no: nothing was sent, and a person should know why."""
    platform.says(body)
    with pytest.raises(GatewayRejected) as caught:
        await send(door)
    assert caught.value.reason == "SALDO"


def test_the_door_shares_numbers_out_as_its_addresses_allow(door: HttpDoor) -> None:
    """About 150 numbers go in one request; a text that leaves no room is refused."""
    numbers = [Number(f"319{at:08d}") for at in range(300)]
    parts = door.split("Feliz Natal", numbers, callback_url=CALLBACK, send_at=None)
    assert [number for part in parts for number in part] == numbers
    assert len(parts) == 2
    with pytest.raises(TextTooLong):
        door.split("ã" * 400, numbers, callback_url=CALLBACK, send_at=None)
