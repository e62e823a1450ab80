"""The platform by either of its doors: the same orders, the same answers, the same fates.

The doors are the real ones, and so is the wire to the sandbox, which shares no code with them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from structlog.testing import capture_logs

from bot.demo import MANIFEST
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.receipts import Receipt
from bot.gateway.connection import Patience
from bot.gateway.contracts import Contracts
from bot.gateway.door import Door
from bot.gateway.doors import Doors
from bot.gateway.http_door import HttpDoor
from bot.gateway.soap_door import SoapDoor
from bot.sandbox.campaigns import CampaignState, SmsCampaign
from bot.sandbox.seed import Seed
from bot.sandbox.server import Sandbox, SandboxOptions
from bot.sandbox.troubles import Trouble
from tests.gateway.dialects import BRASILIA

ANA, BIA, NOBODY = Number("31999990001"), Number("31988880002"), Number("31999990000")
CALLBACK = "http://127.0.0.1:1/c/Zm9v"
HASTY = Patience(connect=5, step=1, total=1.5)
"""Seconds: for tests in which an answer never comes."""
OPTIONS = SandboxOptions(
    manifest=MANIFEST, port=0, delivery_delay=0, callback_retries=(), slow_seconds=0.1
)


class Platform(NamedTuple):
    """A running sandbox, and both doors to it."""

    sandbox: Sandbox
    http: HttpDoor
    soap: SoapDoor

    @property
    def campaigns(self) -> dict[int, SmsCampaign]:
        """What the platform has."""
        return self.sandbox.world.platform.campaigns

    async def until_done(self, gateway_id: int) -> None:
        """Wait until everybody has it."""
        await self.sandbox.world.wait_for(lambda: self.campaigns[gateway_id].is_done)


def make_doors(
    sandbox: Sandbox, folder: Path, patience: Patience | None = None
) -> tuple[HttpDoor, SoapDoor]:
    """Build both doors to a sandbox."""
    login, patience = Seed().gateway, patience or Patience()
    http = HttpDoor(
        url=sandbox.gateway_url,
        login=login.login,
        password=login.password,
        timezone=BRASILIA,
        patience=patience,
    )
    contracts = Contracts(
        sandbox.wsdl_url, cache=folder / "wsdl.json", patience=patience, steady=lambda: 0.0
    )
    soap = SoapDoor(
        contracts,
        login=login.login,
        password=login.password,
        account=http.account,
        timezone=BRASILIA,
        patience=patience,
    )
    return http, soap


@pytest.fixture
def patience() -> Patience:
    """As much as the program has."""
    return Patience()


@pytest.fixture
async def platform(tmp_path: Path, patience: Patience) -> AsyncIterator[Platform]:
    """Open a sandbox, and read its WSDL."""
    async with Sandbox(OPTIONS) as sandbox:
        http, soap = make_doors(sandbox, tmp_path, patience)
        await soap.contracts.renew()
        yield Platform(sandbox, http, soap)


@pytest.fixture(params=["http", "soap"])
def door(request: pytest.FixtureRequest, platform: Platform) -> Door:
    """Go by one of the doors; every test here runs at each."""
    found: Door = platform.http if request.param == "http" else platform.soap
    return found


async def send(
    door: Door, *numbers: Number, text: str = "Olá & até já", at: datetime | None = None
) -> GatewayId:
    """Send to some people."""
    return await door.send(text, numbers or (ANA, BIA), callback_url=CALLBACK, send_at=at)


async def test_a_send_is_a_campaign_at_the_platform(platform: Platform, door: Door) -> None:
    """Its text, its people and its call-back address are as they were given; it is paid for."""
    gateway_id = await send(door)
    campaign = platform.campaigns[gateway_id]
    assert campaign.order.text == "Olá & até já"
    assert [one.number for one in campaign.deliveries] == [ANA, BIA]
    assert campaign.order.callback_url == CALLBACK
    assert campaign.order.job_at is None
    assert platform.sandbox.world.platform.credit == 10_000 - 2


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b> \"aspas\" 'simples'", "ção 😀\nduas linhas", "%+ =;"]
)
async def test_odd_letters_reach_the_phones_as_they_are(
    platform: Platform, door: Door, text: str
) -> None:
    """Nothing is escaped twice, and nothing is lost."""
    gateway_id = await send(door, ANA, text=text)
    assert platform.campaigns[gateway_id].order.text == text


async def test_a_time_is_the_platforms_own(platform: Platform, door: Door) -> None:
    """It is handed over as an instant, and arrives as Brasília's clock has it."""
    at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=1)
    gateway_id = await send(door, at=at)
    assert platform.campaigns[gateway_id].order.job_at == at
    assert platform.campaigns[gateway_id].state is CampaignState.SCHEDULED


async def test_status_tells_of_each_person(platform: Platform, door: Door) -> None:
    """Who has it, who can't have it, when and by which carrier."""
    gateway_id = await send(door, ANA, NOBODY)
    await platform.until_done(gateway_id)
    first, second = await door.status(gateway_id)
    assert (first.number, first.receipt, first.text) == (ANA, Receipt.DELIVERED, "Olá & até já")
    assert (second.number, second.receipt) == (NOBODY, Receipt.INVALID)
    assert first.carrier
    assert first.queued_at is not None
    assert first.delivered_at is not None
    assert abs(first.delivered_at - platform.sandbox.world.clock.now()) < timedelta(minutes=1)


async def test_credit_is_one_for_both_doors(platform: Platform, door: Door) -> None:
    """What one spends is gone from the other, and so is the minute to ask for it."""
    other = platform.soap if door is platform.http else platform.http
    await send(other, ANA)
    assert await door.balance() == 10_000 - 1
    for asked in (door, other):
        with pytest.raises(GatewayUnavailable) as caught:
            await asked.balance()
        assert caught.value.retry_after == 60


async def test_a_hold_from_one_door_is_the_others_too(platform: Platform, door: Door) -> None:
    """Campaigns are the platform's, whichever way they came."""
    other = platform.soap if door is platform.http else platform.http
    at = datetime.now(UTC) + timedelta(days=1)
    gateway_id = await send(other, at=at)
    await door.hold(gateway_id)
    assert platform.campaigns[gateway_id].is_held
    await other.release(gateway_id)
    assert not platform.campaigns[gateway_id].is_held


@pytest.mark.parametrize(
    ("sending", "reason"),
    [
        (lambda door: send(door, text=" "), "MENSAGEM NAO INFORMADA"),
        (lambda door: send(door, Number("5531999990001")), "NUMERO COM CODIGO DO PAIS"),
        (
            lambda door: send(door, at=datetime(2013, 12, 24, 18, 0, tzinfo=UTC)),
            "DATA DE AGENDAMENTO INVALIDA",
        ),
        (lambda door: send(door, *[ANA] * 101, text="ã" * 67 * 100), "SALDO INSUFICIENTE"),
        (lambda door: door.hold(GatewayId(7)), "CAMPANHA"),
        (lambda door: door.status(GatewayId(7)), "CAMPANHA"),
    ],
)
async def test_a_no_comes_with_the_platforms_reason(
    platform: Platform, door: Door, sending: Callable[[Door], Awaitable[object]], reason: str
) -> None:
    """And nothing is sent or paid."""
    if reason == "SALDO INSUFICIENTE":
        platform.sandbox.world.platform.credit = 1
        sending = send
    with pytest.raises(GatewayRejected, match=reason):
        await sending(door)
    assert not platform.campaigns


FATES = {
    Trouble.NONE: None,
    Trouble.SLOW: None,
    Trouble.DOWN: GatewayUnavailable,
    Trouble.WRONG_LOGIN: GatewayRejected,
}
"""What is certain of a request that meets some trouble; of all others nothing is."""


@pytest.mark.parametrize("patience", [HASTY])
@pytest.mark.parametrize("trouble", Trouble)
async def test_trouble_means_the_same_at_both_doors(
    platform: Platform, door: Door, trouble: Trouble
) -> None:
    """What is known of a send is true, and never more than what is known."""
    await platform.sandbox.set_trouble(trouble)
    expected = FATES.get(trouble, OutcomeUnknown)
    if expected is None:
        await send(door)
    else:
        with pytest.raises(expected):
            await send(door)
    went = len(platform.campaigns)
    assert went == trouble.acts
    if expected is not OutcomeUnknown:
        assert went == (expected is None)


HARMLESS = {Trouble.NONE, Trouble.SLOW, Trouble.WRONG_LOGIN}
"""What leaves a question with its answer."""


@pytest.mark.parametrize("patience", [HASTY])
@pytest.mark.parametrize("trouble", [one for one in Trouble if one not in HARMLESS])
async def test_what_is_safe_to_repeat_is_unavailable_in_any_trouble(
    platform: Platform, door: Door, trouble: Trouble
) -> None:
    """Nobody needs to settle a question."""
    at = datetime.now(UTC) + timedelta(days=1)
    gateway_id = await send(door, at=at)
    await platform.sandbox.set_trouble(trouble)
    with pytest.raises(GatewayUnavailable):
        await door.hold(gateway_id)
    await platform.sandbox.set_trouble(Trouble.NONE)
    await door.hold(gateway_id)
    assert platform.campaigns[gateway_id].is_held


async def test_ten_thousand_people_are_one_campaign_by_soap(platform: Platform) -> None:
    """One call, one number, one list of their fates; the HTTP door knows them all."""
    many = [Number(f"319{90_000_000 + at}") for at in range(1, 10_000)]
    (part,) = platform.soap.split("Oi", many, callback_url=CALLBACK, send_at=None)
    gateway_id = await send(platform.soap, *part, text="Oi")
    await platform.until_done(gateway_id)
    rows = await platform.http.status(gateway_id)
    assert [row.number for row in rows] == many
    platform.sandbox.world.platform.forget_polls()
    assert [row.number for row in await platform.soap.status(gateway_id)] == many


async def test_one_person_is_found_by_their_reference(platform: Platform) -> None:
    """The others stay out of it."""
    gateway_id = await send(platform.soap, ANA, BIA)
    await platform.until_done(gateway_id)
    (row,) = await platform.soap.status_of(gateway_id, BIA)
    assert (row.number, row.receipt) == (BIA, Receipt.DELIVERED)


async def test_many_go_by_soap_and_few_by_http(platform: Platform) -> None:
    """As the setting's default has it."""
    doors = Doors(platform.http, platform.soap)
    many = [Number(f"319{90_000_000 + at}") for at in range(1, 400)]
    for numbers, method in (([ANA], "GET"), (many, "POST")):
        door = doors.choose("Oi", numbers, callback_url=CALLBACK, send_at=None)
        await doors.send("Oi", numbers, callback_url=CALLBACK, send_at=None, door=door)
        assert platform.sandbox.world.reception.log[-1].method == method
    assert len(platform.campaigns) == 2


async def test_a_start_without_the_platform_works_from_the_disk(
    platform: Platform, tmp_path: Path
) -> None:
    """What was read once serves until the platform is back."""
    await platform.sandbox.set_trouble(Trouble.DOWN)
    _, soap = make_doors(platform.sandbox, tmp_path)
    await soap.contracts.open()
    assert soap.is_open
    with pytest.raises(GatewayUnavailable):
        await send(soap)
    await platform.sandbox.set_trouble(Trouble.NONE)
    assert await send(soap) == 90001


async def test_a_platform_without_call_backs_is_known_for_it(tmp_path: Path) -> None:
    """Its WSDL has no field for them; the send works, and it is said once."""
    options = SandboxOptions(manifest=MANIFEST, port=0, delivery_delay=0, soap_callbacks=False)
    async with Sandbox(options) as sandbox:
        _, soap = make_doors(sandbox, tmp_path)
        with capture_logs() as logs:
            await soap.contracts.renew()
            await soap.contracts.renew()
        assert [log["event"].partition(":")[0] for log in logs] == [
            "the WSDL has no call-back field",
            "the WSDL has no reference field",
        ]
        assert not soap.hears
        gateway_id = await send(soap)
        assert sandbox.world.platform.campaigns[gateway_id].order.callback_url is None


async def test_several_at_once_are_several(door: Door) -> None:
    """Each has a number of its own."""
    ids = await asyncio.gather(*(send(door, ANA) for _ in range(8)))
    assert sorted(ids) == list(range(90001, 90009))
