"""What is safe to ask twice: it succeeds, is refused, or may be tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import GatewayId, Number
from bot.gateway.door import Door
from bot.gateway.soap_door import SoapDoor
from tests.gateway.asking import free_port
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import MakeDoor, PassTime, run_out
from tests.gateway.dialects import DIALECTS, Dialect, envelope, fault, soap

ID = GatewayId(4711)
ROW = '1;x;x;x;2026-12-24 16:00:05;x;ENVIADO COM SUCESSO;x;x;VIVO;31999990001;x;"Oi; tudo?"'
SAFE_TO_REPEAT: list[Callable[[Door], Awaitable[object]]] = [
    lambda door: door.status(ID),
    lambda door: door.balance(),
    lambda door: door.hold(ID),
    lambda door: door.release(ID),
]
safe_to_repeat = pytest.mark.parametrize("ask", SAFE_TO_REPEAT)


async def test_status_gives_the_rows_that_can_be_read(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """Whatever is said around them, and with the odd row skipped."""
    platform.says(dialect.table(ROW, "1;2;3;;;;;;;;;;"))
    (row,) = await door.status(ID)
    assert (row.number, row.text) == ("31999990001", "Oi; tudo?")


async def test_a_campaign_may_have_no_rows_yet(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """That is an answer, not a failure."""
    platform.says(dialect.table())
    assert await door.status(ID) == ()


@pytest.mark.parametrize("dialect", ["http"], indirect=True)
async def test_an_envelope_with_nothing_in_it_has_no_rows(
    door: Door, platform: CannedPlatform
) -> None:
    """The HTTP door has been seen to answer so."""
    platform.says(envelope(None))
    assert await door.status(ID) == ()


async def test_rows_none_of_which_can_be_read_are_no_answer(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """To say that nobody has it would be a guess."""
    platform.says(dialect.table("1;2;3;;;;;;;;;;"))
    with pytest.raises(GatewayUnavailable):
        await door.status(ID)


async def test_balance_gives_the_credit_left(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """In credits, exactly."""
    platform.says(dialect.say("1500.5"))
    assert await door.balance() == Decimal("1500.5")


async def test_hold_and_release_return_once_confirmed(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """The platform's word is what the card waits for."""
    for words in ("1:SUCESSO", "SUCESSO", "1"):
        platform.says(dialect.say(words))
        await door.hold(ID)
        await door.release(ID)
    assert len(platform.requests) == 6


@pytest.mark.parametrize("dialect", ["http"], indirect=True)
async def test_the_http_door_asks_as_the_manual_spells_it(
    door: Door, platform: CannedPlatform
) -> None:
    """One address each."""
    platform.says(envelope("1", msg="SUCESSO"))
    for ask in SAFE_TO_REPEAT[1:]:
        await ask(door)
    platform.says(envelope(ROW))
    await door.status(ID)
    asked = [target.partition("?")[2].partition("&lgn=")[0] for target in platform.targets]
    ends = [target.rpartition("&")[2].partition("=")[0] for target in platform.targets]
    assert asked == [
        "action=getbalance",
        "action=holdsms",
        "action=releasesms",
        "action=getstatus",
    ]
    assert ends == ["pwd", "id", "id", "id"]


@pytest.mark.parametrize("dialect", ["soap"], indirect=True)
async def test_the_soap_door_asks_as_the_wsdl_spells_it(
    door: Door, platform: CannedPlatform
) -> None:
    """One operation each, with the login and the campaign in its body."""
    platform.says(DIALECTS["soap"].say("1"))
    for ask in SAFE_TO_REPEAT[1:]:
        await ask(door)
    platform.says(DIALECTS["soap"].table(ROW))
    await door.status(ID)
    actions = [
        request.partition(b'SOAPAction: "http://tempuri.org/')[2].partition(b'"')[0]
        for request in platform.requests
    ]
    assert actions == [b"GetBalance", b"SetHoldSMS", b"SetReleaseSMS", b"GetStatus"]
    assert all(b"<ns0:User>loja-da-ana</ns0:User>" in one for one in platform.requests)
    assert [b"<ns0:Id>4711</ns0:Id>" in one for one in platform.requests] == [False, *[True] * 3]


@pytest.mark.parametrize("dialect", ["soap"], indirect=True)
async def test_one_person_is_asked_about_by_their_reference(
    door: Door, platform: CannedPlatform
) -> None:
    """The reference that went with the send is the number itself."""
    assert isinstance(door, SoapDoor)
    platform.says(DIALECTS["soap"].table(ROW))
    (row,) = await door.status_of(ID, Number("31999990001"))
    assert row.number == "31999990001"
    assert b"<ns0:Ref>31999990001</ns0:Ref>" in platform.requests[0]


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
        (200, soap("<R>FALHA</R>")),
        (200, soap("<R><Table/></R>")),
        (500, fault()),
        (200, fault()),
    ],
)
async def test_what_is_safe_to_repeat_is_only_ever_unavailable(
    door: Door,
    platform: CannedPlatform,
    ask: Callable[[Door], Awaitable[object]],
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
    door: Door,
    platform: CannedPlatform,
    make_door: MakeDoor,
    pass_time: PassTime,
    ask: Callable[[Door], Awaitable[object]],
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
    door: Door,
    platform: CannedPlatform,
    dialect: Dialect,
    ask: Callable[[Door], Awaitable[object]],
) -> None:
    """Bad credentials get no better by asking again."""
    platform.says(dialect.no("FALHA AO REALIZAR LOGIN"))
    with pytest.raises(GatewayRejected, match="FALHA AO REALIZAR LOGIN"):
        await ask(door)


@pytest.mark.parametrize("body", ["0:Aguarde 1 minuto", "1 MINUTO"])
async def test_asked_too_soon_waits_a_minute(
    door: Door, platform: CannedPlatform, dialect: Dialect, body: str
) -> None:
    """The platform's limit is no failure of anybody's, however it words it."""
    platform.says(dialect.say(body))
    for asked in (door.status(ID), door.balance()):
        with pytest.raises(GatewayUnavailable) as caught:
            await asked
        assert caught.value.retry_after == 60
        assert str(caught.value) == "the platform asks to wait 60 s"


async def test_asked_too_soon_is_told_from_a_refusal(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """The usual form of a no, too."""
    platform.says(dialect.no("AGUARDE 1 MINUTO"))
    with pytest.raises(GatewayUnavailable):
        await door.balance()
