"""Two doors as one platform: which one a campaign goes by, and who is asked about it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.connection import Patience
from bot.gateway.contracts import Contracts
from bot.gateway.doors import DoorChoice, Doors
from bot.gateway.http_door import HttpDoor
from bot.gateway.soap_door import SoapDoor
from tests.gateway.asking import CALLBACK
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.dialects import BRASILIA, DIALECTS, envelope
from tests.gateway.wsdls import LIST, TIME, contract, optional, wsdl

ID = GatewayId(4711)
FEW = [Number("31999990001")]
MANY = [Number(f"319{at:08d}") for at in range(400)]


class Town:
    """A platform whose two doors are two sockets, to be broken one at a time."""

    def __init__(
        self, http: CannedPlatform, soap: CannedPlatform, choice: DoorChoice, folder: Path
    ) -> None:
        self.http, self.soap = http, soap
        contracts = Contracts(
            f"{soap.url}?WSDL", cache=folder / "wsdl.json", patience=Patience(), steady=lambda: 0.0
        )
        self.contracts = contracts
        http_door = HttpDoor(
            url=http.url, login="a", password="b", timezone=BRASILIA, max_url_bytes=2000
        )
        soap_door = SoapDoor(
            contracts, login="a", password="b", account=http_door.account, timezone=BRASILIA
        )
        self.doors = Doors(http_door, soap_door, choice=choice)
        http.says(envelope(1, msg="SUCESSO"))
        soap.says(DIALECTS["soap"].say("2:SUCESSO"))

    def open_soap(self, document: bytes | None = None) -> None:
        """Read the WSDL."""
        self.contracts.current = contract(self.soap.url, document)

    def choose(self, numbers: list[Number], text: str = "Oi") -> str:
        """Choose a door for a campaign."""
        return self.doors.choose(text, numbers, callback_url=CALLBACK, send_at=None)

    async def send(self, door: str, numbers: list[Number]) -> GatewayId:
        """Send by a door."""
        return await self.doors.send("Oi", numbers, callback_url=CALLBACK, send_at=None, door=door)


@pytest.fixture
def choice() -> DoorChoice:
    """The setting's default."""
    return DoorChoice.AUTO


@pytest.fixture
async def town(platform: CannedPlatform, choice: DoorChoice, tmp_path: Path) -> AsyncIterator[Town]:
    """Put up a platform; its SOAP door's WSDL isn't read yet."""
    async with CannedPlatform().open() as soap:
        yield Town(platform, soap, choice, tmp_path)


by = pytest.mark.parametrize


def test_soap_takes_what_one_address_cannot_hold(town: Town) -> None:
    """A list that fits goes by HTTP, as it always did."""
    town.open_soap()
    assert (town.choose(FEW), town.choose(MANY)) == ("http", "soap")


def test_http_takes_everything_while_soap_cannot(town: Town) -> None:
    """A WSDL that can't be read stops nobody: it goes in parts."""
    assert town.choose(MANY) == "http"
    assert len(town.doors.split("Oi", MANY, callback_url=CALLBACK, send_at=None, door="http")) > 1


def test_a_text_goes_by_the_door_that_takes_it(town: Town) -> None:
    """Too long for an address, or too long for anybody: then either door says so."""
    town.open_soap()
    assert town.choose(FEW, "ã" * 400) == "soap"
    assert town.choose(FEW, "a" * 3000) == "soap"
    with pytest.raises(TextTooLong):
        town.doors.split("a" * 3000, FEW, callback_url=CALLBACK, send_at=None, door="soap")


def test_a_text_that_only_long_addresses_take_goes_in_parts(town: Town) -> None:
    """The web service takes no pages, and some platforms take long addresses."""
    http = HttpDoor(
        url=town.http.url, login="a", password="b", timezone=BRASILIA, max_url_bytes=8000
    )
    soap = SoapDoor(town.contracts, login="a", password="b", account="x", timezone=BRASILIA)
    town.open_soap()
    doors = Doors(http, soap)
    many = MANY * 5
    assert doors.choose("a" * 3000, many, callback_url=CALLBACK, send_at=None) == "http"
    assert doors.choose("a" * 2000, many, callback_url=CALLBACK, send_at=None) == "soap"


@by("choice", [DoorChoice.HTTP])
def test_the_setting_closes_soap(town: Town) -> None:
    """``http`` is HTTP, whatever WSDL there is."""
    town.open_soap()
    assert (town.choose(MANY), town.doors.has("http"), town.doors.has("soap")) == (
        "http",
        True,
        False,
    )


@by("choice", [DoorChoice.SOAP])
async def test_the_setting_closes_http(town: Town) -> None:
    """``soap`` is SOAP, also before its WSDL could be read: then nothing leaves."""
    assert (town.choose(FEW), town.doors.has("http"), town.doors.has("soap")) == (
        "soap",
        False,
        True,
    )
    with pytest.raises(GatewayUnavailable):
        await town.send("soap", FEW)
    assert (town.http.requests, town.soap.requests) == ([], [])


@by("door", ["http", "soap"])
async def test_what_fails_at_one_door_never_goes_by_the_other(town: Town, door: str) -> None:
    """It may have gone, or was approved for this door alone."""
    town.open_soap()
    platform, other = (town.http, town.soap) if door == "http" else (town.soap, town.http)
    for answer, error in [
        (Deed.CLOSE_AFTER_READING, OutcomeUnknown),
        (None, GatewayRejected),
    ]:
        platform.says(DIALECTS[door].no())
        platform.answer = answer or platform.answer
        with pytest.raises(error):
            await town.send(door, FEW)
    assert other.requests == []
    assert len(platform.requests) == 2


async def test_each_door_sends_what_is_its_own(town: Town) -> None:
    """And gives the platform's number."""
    town.open_soap()
    assert [await town.send("http", FEW), await town.send("soap", MANY)] == [1, 2]
    assert (len(town.http.requests), len(town.soap.requests)) == (1, 1)


async def test_the_brake_works_by_either_door(town: Town) -> None:
    """Holding is safe to repeat, so the other is tried where one can't be reached."""
    town.http.answer = Deed.CLOSE_AT_ONCE
    with pytest.raises(GatewayUnavailable):
        await town.doors.hold(ID)
    town.open_soap()
    await town.doors.hold(ID)
    await town.doors.release(ID)
    assert len(town.soap.requests) == 2
    town.http.says(envelope(None, status=0, msg="CAMPANHA NAO ENCONTRADA"))
    with pytest.raises(GatewayRejected):
        await town.doors.hold(ID)
    assert len(town.soap.requests) == 2


async def test_one_question_costs_one_minute(town: Town) -> None:
    """Status and credit aren't asked again at the other door: the limit is the account's."""
    town.open_soap()
    town.http.answer = Deed.CLOSE_AFTER_READING
    for asked in (town.doors.balance(), town.doors.status(ID)):
        with pytest.raises(GatewayUnavailable):
            await asked
    assert (len(town.http.requests), town.soap.requests) == (2, [])


@by("choice", [DoorChoice.SOAP])
async def test_http_answers_while_soap_cannot_be_asked(town: Town) -> None:
    """Credit, status and the brake need no WSDL; once there is one, its door is asked."""
    assert await town.doors.balance() == 1
    await town.doors.hold(ID)
    assert len(town.http.requests) == 2
    town.open_soap()
    town.soap.says(DIALECTS["soap"].say("99"))
    assert await town.doors.balance() == 99
    assert len(town.http.requests) == 2


def test_a_door_without_call_backs_is_known_for_it(town: Town) -> None:
    """People should know that nothing comes back; where it isn't known, nothing is said."""
    assert (town.doors.hears("http"), town.doors.hears("soap"), town.doors.hears("x")) == (
        True,
        True,
        True,
    )
    town.open_soap()
    assert town.doors.hears("soap")
    town.open_soap(wsdl(town.soap.url, order=optional("Msg") + LIST + TIME))
    assert not town.doors.hears("soap")


async def test_without_a_wsdl_there_is_nothing_to_open_or_renew(platform: CannedPlatform) -> None:
    """HTTP alone is as it was."""
    http = HttpDoor(url=platform.url, login="a", password="b", timezone=BRASILIA)
    doors = Doors(http)
    await doors.open()
    await doors.renew()
    assert platform.requests == []
    assert doors.choose("Oi", MANY, callback_url=CALLBACK, send_at=None) == "http"
    assert doors.account == http.account


async def test_opening_and_renewing_reach_the_wsdl(town: Town) -> None:
    """The start takes what is on disk, the clock asks the platform."""
    await town.doors.open()
    town.soap.says(wsdl(town.soap.url))
    await town.doors.renew()
    assert town.contracts.current is not None
