"""What both of the platform's doors share: what each answer means for what was asked.

Errors are raised where no address is at hand and nothing is being handled, so that neither their
words nor a chained exception nor a frame's variables carry credentials out.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.texts import harmless
from bot.gateway.answers import (
    Accepted,
    Answer,
    Listed,
    NotUnderstood,
    Rejected,
    read_amount,
    read_done,
    read_id,
)
from bot.gateway.secrets import Redactor
from bot.gateway.status_rows import StatusRow, StatusRows, read_rows

HTTP, SOAP = "http", "soap"
"""The doors' names."""

_LONGEST_REASON = 200  # characters
_POLL_SECONDS = 60.0  # the manual: getstatus and getbalance "de 1 em 1 minuto"
_LOG = structlog.get_logger(__name__)


class Action(StrEnum):
    """What is safe to ask twice, by its name at the HTTP door."""

    STATUS = "getstatus"
    BALANCE = "getbalance"
    HOLD = "holdsms"
    RELEASE = "releasesms"


class Door(ABC):
    """Asks the platform, and says for certain what is known of each request's fate.

    Attributes:
        name: Which door it is, as approvals are sealed for it.
        account: A fingerprint of host and login, for telling accounts apart without keeping a
            login.
    """

    name: str

    def __init__(self, *, account: str, redactor: Redactor, timezone: ZoneInfo) -> None:
        self.account = account
        self._redactor = redactor
        self._timezone = timezone

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.account}>"

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether it can be asked now."""
        raise NotImplementedError

    @property
    @abstractmethod
    def hears(self) -> bool:
        """Whether call-backs come for what goes by it: deliveries, and what people answer."""
        raise NotImplementedError

    @abstractmethod
    def split(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out, in order, into as few parts as it takes.

        ``callback_url`` is any address as long as those that the parts will get.

        Raises:
            TextTooLong: It doesn't take a text as long as this one.
        """
        raise NotImplementedError

    async def send(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> GatewayId:
        """Send one part, once, on a connection of its own; return the *codigo_campanha*.

        Raises:
            GatewayUnavailable: The request never left.
            GatewayRejected: The platform said no.
            OutcomeUnknown: It may have gone; trying again might text everybody twice.
        """
        answer = self._clean(
            await self._submit(text, numbers, callback_url=callback_url, send_at=send_at)
        )
        if answer is None:
            raise GatewayUnavailable
        if isinstance(answer, Rejected):
            raise GatewayRejected(answer.reason)
        if isinstance(answer, NotUnderstood):
            raise OutcomeUnknown(answer.what)
        gateway_id = read_id(answer) if isinstance(answer, Accepted) else None
        if gateway_id is None:
            what = "an answer with no campaign number"
            raise OutcomeUnknown(what)
        return gateway_id

    async def status(self, gateway_id: GatewayId) -> tuple[StatusRow, ...]:
        """Ask what became of a campaign's messages; once a minute for the whole account.

        Raises:
            GatewayUnavailable: No answer, or none that makes sense; it is safe to ask again.
            GatewayRejected: The platform said no.
        """
        return await self._read_list(await self._insist(Action.STATUS, gateway_id), gateway_id)

    async def balance(self) -> Decimal:
        """Ask for the credits left; once a minute for the whole account. Raises as ``status``."""
        answer = await self._insist(Action.BALANCE)
        credits_left = read_amount(answer) if isinstance(answer, Accepted) else None
        return _give_up(answer) if credits_left is None else credits_left

    async def hold(self, gateway_id: GatewayId) -> None:
        """Stop a campaign; returns only when the platform confirms. Raises as ``status``."""
        await self._have_done(Action.HOLD, gateway_id)

    async def release(self, gateway_id: GatewayId) -> None:
        """Let a held campaign go; returns only when confirmed. Raises as ``status``."""
        await self._have_done(Action.RELEASE, gateway_id)

    @abstractmethod
    async def _submit(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> Answer | None:
        """Return the answer to a ``sendsms``, or None where it never left. Never raises."""
        raise NotImplementedError

    @abstractmethod
    async def _ask(self, action: Action, gateway_id: GatewayId | None = None) -> Answer | None:
        """Return the answer to any other question, or None where it never left. Never raises."""
        raise NotImplementedError

    async def _have_done(self, action: Action, gateway_id: GatewayId) -> None:
        answer = await self._insist(action, gateway_id)
        if not (isinstance(answer, Accepted) and read_done(answer)):
            _give_up(answer)

    async def _insist(
        self, action: Action, gateway_id: GatewayId | None = None
    ) -> Accepted | Listed:
        """Ask what is safe to ask twice, so that whatever goes wrong may be tried again."""
        return self._expect(await self._ask(action, gateway_id))

    def _expect(self, given: Answer | None) -> Accepted | Listed:
        answer = self._clean(given)
        if isinstance(answer, Accepted | Listed):
            return answer
        if isinstance(answer, Rejected) and not _is_too_soon(answer.reason):
            raise GatewayRejected(answer.reason)
        raise GatewayUnavailable(_POLL_SECONDS if isinstance(answer, Rejected) else None)

    def _clean(self, answer: Answer | None) -> Answer | None:
        """Blot the credentials out of a refusal's words: they are shown to people."""
        if not isinstance(answer, Rejected):
            return answer
        return Rejected(harmless(self._redactor.clean(answer.reason), limit=_LONGEST_REASON))

    async def _read_list(
        self, answer: Accepted | Listed, gateway_id: GatewayId
    ) -> tuple[StatusRow, ...]:
        """Read the rows beside the loop: a large campaign has tens of thousands."""
        read = answer.rows if isinstance(answer, Listed) else await self._read_rows(answer)
        if read.skipped and not read.rows:
            _give_up(answer)
        if read.skipped:
            _LOG.warning("status_rows_skipped", gateway_id=gateway_id, skipped=read.skipped)
        return read.rows

    async def _read_rows(self, answer: Accepted) -> StatusRows:
        return await asyncio.to_thread(read_rows, answer.data, self._timezone)


def _give_up(answer: Accepted | Listed) -> NoReturn:
    is_too_soon = isinstance(answer, Accepted) and _is_too_soon(answer.data)
    raise GatewayUnavailable(_POLL_SECONDS if is_too_soon else None)


def _is_too_soon(words: str) -> bool:
    """Tell a once-a-minute refusal by its one sure word; how it goes on is not known."""
    return "minuto" in words.casefold()
