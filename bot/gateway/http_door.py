"""The platform's HTTP door: each action is a GET, with the credentials in its address."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.ids import GatewayId, Number
from bot.gateway.addresses import Addresses
from bot.gateway.answers import Answer, read_answer
from bot.gateway.connection import Asking, Patience, Reply, exchange
from bot.gateway.door import HTTP, Action, Door
from bot.gateway.secrets import Redactor

_LARGEST_LIST = 16  # MB: a campaign that went by the other door has many rows here, too


class HttpDoor(Door):
    """Asks the platform at ``painel/api.ashx``."""

    name = HTTP
    is_open = True
    hears = True

    def __init__(
        self,
        *,
        url: str,
        login: str,
        password: str,
        timezone: ZoneInfo,
        max_url_bytes: int = 2000,
        patience: Patience | None = None,
    ) -> None:
        """Take the platform's address and account.

        Raises:
            SettingsError: The address is not one of HTTP.
        """
        self._addresses = Addresses(url, login, password, timezone, max_url_bytes=max_url_bytes)
        self._patience = patience or Patience()
        super().__init__(
            account=self._addresses.account, redactor=Redactor(login, password), timezone=timezone
        )

    def split(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out, in order, into as many parts as their addresses need."""
        return self._addresses.split(text, numbers, callback_url=callback_url, send_at=send_at)

    async def _submit(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> Answer | None:
        spell = self._addresses.sending
        return await self._get(spell(text, numbers, callback_url=callback_url, send_at=send_at))

    async def _ask(self, action: Action, gateway_id: GatewayId | None = None) -> Answer | None:
        url = self._addresses.asking(action, gateway_id)
        return await self._get(url, rows=action is Action.STATUS)

    async def _get(self, url: str, *, rows: bool = False) -> Answer | None:
        asking = Asking(url=url, megabytes=_LARGEST_LIST if rows else 1)
        reply = await exchange(asking, self._patience)
        if not isinstance(reply, Reply):
            return reply
        return read_answer(reply.status_code, reply.body, rows=rows)
