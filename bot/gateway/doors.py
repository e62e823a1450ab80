"""Both doors as one platform: which one a campaign goes by, and who is asked about it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import GatewayId, Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.door import HTTP, SOAP, Door
from bot.gateway.http_door import HttpDoor
from bot.gateway.status_rows import StatusRow

if TYPE_CHECKING:
    from bot.gateway.soap_door import SoapDoor

_MANY = 2000  # people: more than fit any address, so a longer list needn't be measured
_LOG = structlog.get_logger(__name__)


class DoorChoice(StrEnum):
    """Which door campaigns go by: HTTP while a list fits one address, or always the same."""

    AUTO = "auto"
    HTTP = "http"
    SOAP = "soap"


class Doors:
    """The platform, as the services ask it.

    Campaigns are the platform's, whichever door they came by, so hold, release, status and credit
    are asked at the door that is open.
    """

    def __init__(
        self,
        http: HttpDoor,
        soap: "SoapDoor | None" = None,
        *,
        choice: DoorChoice = DoorChoice.AUTO,
    ) -> None:
        self._choice = choice
        self._http = http
        self._soap = None if choice is DoorChoice.HTTP else soap
        self._by_name: dict[str, Door] = {}
        if choice is not DoorChoice.SOAP:
            self._by_name[HTTP] = http
        if self._soap is not None:
            self._by_name[SOAP] = self._soap

    @property
    def account(self) -> str:
        """A fingerprint of host and login, for telling accounts apart without keeping a login."""
        return self._http.account

    async def open(self) -> None:
        """Get ready without asking the platform."""
        if self._soap is not None:
            await self._soap.contracts.open()

    async def renew(self) -> None:
        """Bring what is known of the platform's doors up to date."""
        if self._soap is not None:
            await self._soap.contracts.renew()

    def choose(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> str:
        """Say by which door a campaign goes: SOAP where one address can't hold it all."""
        if self._choice is DoorChoice.SOAP:
            return SOAP
        if self._soap is None or not self._soap.is_open:
            return HTTP
        some = numbers[:_MANY]
        try:
            parts = self._http.split(text, some, callback_url=callback_url, send_at=send_at)
        except TextTooLong:
            return SOAP
        if len(parts) <= 1:
            return HTTP
        try:
            self._soap.split(text, some, callback_url=callback_url, send_at=send_at)
        except TextTooLong:
            return HTTP
        return SOAP

    def has(self, door: str) -> bool:
        """Whether campaigns may go by this door, as the settings are now."""
        return door in self._by_name

    def hears(self, door: str) -> bool:
        """Whether call-backs come for what goes by this door, as far as is known."""
        found = self._by_name.get(door)
        return found is None or not found.is_open or found.hears

    def split(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> list[tuple[Number, ...]]:
        """Share numbers out over as few requests as a door takes.

        Raises:
            TextTooLong: It doesn't take a text as long as this one.
        """
        one = self._by_name[door]
        return one.split(text, numbers, callback_url=callback_url, send_at=send_at)

    async def send(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,
        send_at: datetime | None,
        door: str,
    ) -> GatewayId:
        """Submit one part by its door, at most once; never by the other if that one fails."""
        one = self._by_name[door]
        return await one.send(text, numbers, callback_url=callback_url, send_at=send_at)

    async def status(self, gateway_id: GatewayId) -> tuple[StatusRow, ...]:
        """Ask how each message of one campaign fares; one question, for the minute is one."""
        return await self._asked[0].status(gateway_id)

    async def balance(self) -> Decimal:
        """Ask for the credit left; one question, for the minute is one."""
        return await self._asked[0].balance()

    async def hold(self, gateway_id: GatewayId) -> None:
        """Hold a campaign, by the other door if the first can't be reached: the brake works."""
        await self._by_either(lambda door: door.hold(gateway_id))

    async def release(self, gateway_id: GatewayId) -> None:
        """Let a held campaign go, by either door."""
        await self._by_either(lambda door: door.release(gateway_id))

    @property
    def _asked(self) -> list[Door]:
        """The open doors in the order in which they are asked; HTTP's always is."""
        if self._soap is None or not self._soap.is_open:
            return [self._http]
        if self._choice is DoorChoice.SOAP:
            return [self._soap, self._http]
        return [self._http, self._soap]

    async def _by_either(self, act: Callable[[Door], Awaitable[None]]) -> None:
        first, *others = self._asked
        for door in others:
            try:
                return await act(first)
            except GatewayUnavailable:
                _LOG.warning("the other door is tried", door=first.name)
                first = door
        return await act(first)
