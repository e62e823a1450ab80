"""The platform's HTTP door: each action is a GET, with the credentials in its address."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NoReturn
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.texts import harmless
from bot.gateway.addresses import Addresses
from bot.gateway.answers import (
    Accepted,
    Answer,
    NotUnderstood,
    Rejected,
    read_amount,
    read_done,
    read_id,
)
from bot.gateway.connection import fetch_answer
from bot.gateway.secrets import Redactor
from bot.gateway.status_rows import StatusRow, read_rows

_LONGEST_REASON = 200  # characters
_POLL_SECONDS = 60.0  # the manual: getstatus and getbalance "de 1 em 1 minuto"
_LOG = structlog.get_logger(__name__)


class HttpDoor:
    """Asks the platform over HTTP, and says for certain what is known of each request's fate.

    Errors are raised where no address is at hand and nothing is being handled, so that neither
    their words nor a chained exception nor a frame's variables carry an address out.
    """

    def __init__(
        self,
        *,
        url: str,
        login: str,
        password: str,
        timezone: ZoneInfo,
        max_url_bytes: int = 2000,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
        total_timeout: float = 60.0,
    ) -> None:
        """Take the platform's address and account; timeouts are in seconds.

        Raises:
            SettingsError: The address is not one of HTTP.
        """
        self._addresses = Addresses(url, login, password, timezone, max_url_bytes=max_url_bytes)
        self._redactor = Redactor(login, password)
        self._timezone = timezone
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._total_timeout = total_timeout

    def __repr__(self) -> str:
        return f"<HttpDoor {self.account}>"

    @property
    def account(self) -> str:
        """A fingerprint of host and login, for telling accounts apart without keeping a login."""
        return self._addresses.account

    @property
    def door(self) -> str:
        """Which of the platform's doors this is, as approvals are sealed for it."""
        return "http"

    def split(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out, in order, into as many parts as their addresses need.

        ``callback_url`` is any address as long as those that the parts will get.

        Raises:
            TextTooLong: Not even one number fits beside the text.
        """
        return self._addresses.split(text, numbers, callback_url=callback_url, send_at=send_at)

    async def send(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> GatewayId:
        """Send one part, once, on a connection of its own; return the *codigo_campanha*.

        Raises:
            GatewayUnavailable: The request never left.
            GatewayRejected: The platform said no.
            OutcomeUnknown: It may have gone; trying again might text everybody twice.
        """
        answer = await self._ask(
            self._addresses.sending(text, numbers, callback_url=callback_url, send_at=send_at)
        )
        if answer is None:
            raise GatewayUnavailable
        if isinstance(answer, Rejected):
            raise GatewayRejected(answer.reason)
        if isinstance(answer, NotUnderstood):
            raise OutcomeUnknown(answer.what)
        gateway_id = read_id(answer)
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
        answer = await self._insist("getstatus", gateway_id)
        read = read_rows(answer.data, self._timezone)
        if read.skipped and not read.rows:
            _give_up(answer)
        if read.skipped:
            _LOG.warning("status_rows_skipped", gateway_id=gateway_id, skipped=read.skipped)
        return read.rows

    async def balance(self) -> Decimal:
        """Ask for the credits left; once a minute for the whole account. Raises as ``status``."""
        answer = await self._insist("getbalance")
        credits_left = read_amount(answer)
        return _give_up(answer) if credits_left is None else credits_left

    async def hold(self, gateway_id: GatewayId) -> None:
        """Stop a campaign; returns only when the platform confirms. Raises as ``status``."""
        await self._have_done("holdsms", gateway_id)

    async def release(self, gateway_id: GatewayId) -> None:
        """Let a held campaign go; returns only when confirmed. Raises as ``status``."""
        await self._have_done("releasesms", gateway_id)

    async def _have_done(self, action: str, gateway_id: GatewayId) -> None:
        answer = await self._insist(action, gateway_id)
        if not read_done(answer):
            _give_up(answer)

    async def _insist(self, action: str, gateway_id: GatewayId | None = None) -> Accepted:
        """Ask what is safe to ask twice, so that whatever goes wrong may be tried again."""
        address = self._addresses.asking
        answer = await self._ask(address(action, gateway_id), rows=action == "getstatus")
        if isinstance(answer, Accepted):
            return answer
        if isinstance(answer, Rejected) and not _is_too_soon(answer.reason):
            raise GatewayRejected(answer.reason)
        raise GatewayUnavailable(_POLL_SECONDS if isinstance(answer, Rejected) else None)

    async def _ask(self, url: str, *, rows: bool = False) -> Answer | None:
        """Return the answer with its credentials blotted out, or None where nothing left."""
        answer = await fetch_answer(
            url,
            rows=rows,
            connect_timeout=self._connect_timeout,
            read_timeout=self._read_timeout,
            total_timeout=self._total_timeout,
        )
        if isinstance(answer, Rejected):
            return Rejected(harmless(self._redactor.clean(answer.reason), limit=_LONGEST_REASON))
        return answer


def _give_up(answer: Accepted) -> NoReturn:
    raise GatewayUnavailable(_POLL_SECONDS if _is_too_soon(answer.data) else None)


def _is_too_soon(words: str) -> bool:
    """Tell a once-a-minute refusal by its one sure word; how it goes on is not known."""
    return "minuto" in words.casefold()
