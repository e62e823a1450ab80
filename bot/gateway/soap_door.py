"""The platform's SOAP door: one call takes a whole list, and the credentials ride in its body."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import structlog

from bot.domain.ids import GatewayId, Number
from bot.gateway.addresses import TextTooLong
from bot.gateway.answers import Answer
from bot.gateway.connection import Asking, Patience, Reply, exchange
from bot.gateway.contracts import Contracts
from bot.gateway.door import SOAP, Action, Door
from bot.gateway.secrets import Redactor
from bot.gateway.soap_answers import read_soap_answer
from bot.gateway.status_rows import StatusRow

if TYPE_CHECKING:
    from bot.gateway.contract import Contract, Message

MOST_PEOPLE = 20_000
"""In one request: ASP.NET takes 4,096 KB, and nobody takes more than 200 bytes."""
MOST_TEXT = 2000
"""Letters: what fits no address isn't meant to be a text message."""
_LARGEST_LIST = 64  # MB: a row of a DataSet takes about 1 KB
_OPERATIONS: Final = {
    Action.STATUS: "GetStatus",
    Action.BALANCE: "GetBalance",
    Action.HOLD: "SetHoldSMS",
    Action.RELEASE: "SetReleaseSMS",
}
_LOG = structlog.get_logger(__name__)


class SoapDoor(Door):
    """Asks the platform at ``ServiceSms.asmx``, with the names that its WSDL has."""

    name = SOAP

    def __init__(
        self,
        contracts: Contracts,
        *,
        login: str,
        password: str,
        account: str,
        timezone: ZoneInfo,
        patience: Patience | None = None,
    ) -> None:
        """Take the contracts and the account; ``account`` is its fingerprint."""
        self.contracts = contracts
        self._login = (login, password)
        self.patience = patience or Patience()
        super().__init__(account=account, redactor=Redactor(login, password), timezone=timezone)

    @property
    def is_open(self) -> bool:
        """Whether its WSDL could be read, ever."""
        return self.contracts.current is not None

    @property
    def hears(self) -> bool:
        """Whether its WSDL has a field for the call-back's address."""
        contract = self.contracts.current
        return contract is not None and contract.order.callback is not None

    def split(
        self,
        text: str,
        numbers: Sequence[Number],
        *,
        callback_url: str,  # noqa: ARG002 - it takes no room here
        send_at: datetime | None,  # noqa: ARG002 - nor does this
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out: a list of 10,000 is one part."""
        if len(text) > MOST_TEXT:
            raise TextTooLong
        starts = range(0, len(numbers), MOST_PEOPLE)
        return [tuple(numbers[at : at + MOST_PEOPLE]) for at in starts]

    async def status_of(self, gateway_id: GatewayId, number: Number) -> tuple[StatusRow, ...]:
        """Ask about one person of a campaign, by the reference given with the send.

        Raises as ``status``.
        """
        answer = await self._call(
            lambda contract: contract.write_question(
                "GetStatusByRef", self._login, str(gateway_id), number
            ),
            megabytes=1,
        )
        return await self._read_list(self._expect(answer), gateway_id)

    async def _submit(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> Answer | None:
        local = None if send_at is None else send_at.astimezone(self._timezone)
        return await self._call(
            lambda contract: contract.write_order(
                self._login, text, numbers, callback_url=callback_url, send_at=local
            ),
            megabytes=1,
        )

    async def _ask(self, action: Action, gateway_id: GatewayId | None = None) -> Answer | None:
        about = "" if gateway_id is None else str(gateway_id)
        return await self._call(
            lambda contract: contract.write_question(_OPERATIONS[action], self._login, about),
            megabytes=_LARGEST_LIST if action is Action.STATUS else 1,
        )

    async def _call(
        self, write: "Callable[[Contract], Message]", *, megabytes: int
    ) -> Answer | None:
        """Post what ``write`` makes of the contract; None where nothing left.

        Writing and reading thousands of people takes a moment, so both are done beside the loop.
        """
        contract = self.contracts.current
        if contract is None:
            return None
        try:
            message = await asyncio.to_thread(write, contract)
        except Exception as error:  # noqa: BLE001 - its words may hold the credentials
            _LOG.error("a SOAP message can't be written", why=type(error).__name__)
            return None
        asking = Asking(
            url=contract.address, headers=message.headers, body=message.body, megabytes=megabytes
        )
        reply = await exchange(asking, self.patience)
        if not isinstance(reply, Reply):
            return reply
        return await asyncio.to_thread(
            read_soap_answer, reply.status_code, reply.body, self._timezone
        )
