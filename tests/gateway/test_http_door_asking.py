"""What is safe to ask twice: it succeeds, is refused, or may be tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import GatewayId
from bot.gateway.http_door import HttpDoor
from tests.gateway.asking import envelope, free_port
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import MakeDoor, PassTime, run_out

ID = GatewayId(4711)
ROW = '1;x;x;x;2026-12-24 16:00:05;x;ENVIADO COM SUCESSO;x;x;VIVO;31999990001;x;"Oi; tudo?"'
SAFE_TO_REPEAT: list[Callable[[HttpDoor], Awaitable[object]]] = [
    lambda door: door.status(ID),
    lambda door: door.balance(),
    lambda door: door.hold(ID),
    lambda door: door.release(ID),
]
safe_to_repeat = pytest.mark.parametrize("ask", SAFE_TO_REPEAT)


async def test_status_gives_the_rows_that_can_be_read(
    door: HttpDoor, platform: CannedPlatform
) -> None:
    """Whatever the envelope's status says, and with the odd row skipped."""
    platform.says(envelope(f"{ROW}\r\n1;2;3\r\n", status=0))
    (row,) = await door.status(ID)
    assert (row.number, row.text) == ("31999990001", "Oi; tudo?")
    assert platform.targets[0].startswith("/painel/api.ashx?action=getstatus&lgn=")
    assert platform.targets[0].endswith("&id=4711")


@pytest.mark.parametrize("body", [envelope(""), envelope(None)])
async def test_a_campaign_may_have_no_rows_yet(
    door: HttpDoor, platform: CannedPlatform, body: str
) -> None:
    """That is an answer, not a failure."""
    platform.says(body)
    assert await door.status(ID) == ()


async def test_balance_gives_the_credit_left(door: HttpDoor, platform: CannedPlatform) -> None:
    """In credits, exactly."""
    platform.says(envelope("1500.5"))
    assert await door.balance() == Decimal("1500.5")
    assert platform.targets[0].startswith("/painel/api.ashx?action=getbalance&lgn=")


async def test_hold_and_release_return_once_confirmed(
    door: HttpDoor, platform: CannedPlatform
) -> None:
    """The platform's word, in the envelope or bare, is what the card waits for."""
    platform.says(envelope(None, msg="SUCESSO"))
    await door.hold(ID)
    platform.says("1:SUCESSO")
    await door.release(ID)
    actions = [target.partition("?")[2].partition("&lgn=")[0] for target in platform.targets]
    assert actions == ["action=holdsms", "action=releasesms"]


@safe_to_repeat
@pytest.mark.parametrize(
    "answer",
    [
        Deed.CLOSE_AT_ONCE,
        Deed.CLOSE_AFTER_READING,
        Deed.BREAK_OFF_HALF_WAY,
        (500, ""),
        (404, "0:ERRO"),
        (302, ""),
        (206, "1"),
        (200, "<html>"),
        (200, "?"),
        (200, "FALHA"),
        (200, "{}"),
    ],
)
async def test_what_is_safe_to_repeat_is_only_ever_unavailable(
    door: HttpDoor,
    platform: CannedPlatform,
    ask: Callable[[HttpDoor], Awaitable[object]],
    answer: Deed | tuple[int, str],
) -> None:
    """Asking again does no harm, so nobody needs to settle anything."""
    if isinstance(answer, Deed):
        platform.answer = answer
    else:
        platform.says(answer[1], status=answer[0])
    with pytest.raises(GatewayUnavailable) as caught:
        await ask(door)
    assert caught.value.retry_after is None


@safe_to_repeat
async def test_what_is_safe_to_repeat_may_be_asked_again_after_silence(
    door: HttpDoor,
    platform: CannedPlatform,
    make_door: MakeDoor,
    pass_time: PassTime,
    ask: Callable[[HttpDoor], Awaitable[object]],
) -> None:
    """No answer in time, or nobody there: the same here, and not for a ``sendsms``."""
    with pytest.raises(GatewayUnavailable):
        await ask(make_door(f"http://127.0.0.1:{free_port()}/"))
    platform.answer = Deed.HANG
    asking = asyncio.ensure_future(ask(door))
    await platform.asked.wait()
    await run_out(asking, pass_time)
    with pytest.raises(GatewayUnavailable):
        await asking
    assert await platform.seen() == (1, 1)


@safe_to_repeat
async def test_a_refusal_of_any_action_keeps_its_reason(
    door: HttpDoor, platform: CannedPlatform, ask: Callable[[HttpDoor], Awaitable[object]]
) -> None:
    """Bad credentials get no better by asking again."""
    platform.says(envelope(None, status=0, msg="FALHA AO REALIZAR LOGIN"))
    with pytest.raises(GatewayRejected, match="FALHA AO REALIZAR LOGIN"):
        await ask(door)


@pytest.mark.parametrize(
    "body", [envelope(None, status=0, msg="AGUARDE 1 MINUTO"), "0:Aguarde 1 minuto", "1 MINUTO"]
)
async def test_asked_too_soon_waits_a_minute(
    door: HttpDoor, platform: CannedPlatform, body: str
) -> None:
    """The platform's limit is no failure of anybody's."""
    platform.says(body)
    for asked in (door.status(ID), door.balance()):
        with pytest.raises(GatewayUnavailable) as caught:
            await asked
        assert caught.value.retry_after == 60
        assert str(caught.value) == "the platform asks to wait 60 s"
