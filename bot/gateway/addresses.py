"""The addresses that make the platform act, byte for byte as its manual spells them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from bot.domain.errors import SettingsError
from bot.domain.ids import GatewayId, Number

_FINGERPRINT = 12  # hexadecimal digits


class TextTooLong(ValueError):
    """With this text, not even one number fits the longest address the platform takes."""


class Addresses:
    """Spells addresses; each holds the credentials, so it is for the wire and nothing else.

    Attributes:
        account: A fingerprint of host and login, for telling accounts apart without keeping a
            login.
    """

    def __init__(
        self, url: str, login: str, password: str, timezone: ZoneInfo, *, max_url_bytes: int
    ) -> None:
        """Take the platform's address, which may hold a query already.

        Raises:
            SettingsError: It is not an address of HTTP.
        """
        url = url.strip().partition("#")[0]  # after a "#" nothing reaches the platform
        self.account = _fingerprint(_read_host(url), login)
        self._url = url if url.endswith(("?", "&")) else url + ("&" if "?" in url else "?")
        self._credentials = f"&lgn={_quote(login)}&pwd={_quote(password)}"
        self._timezone = timezone
        self._max_url_bytes = max_url_bytes

    def sending(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> str:
        """Spell a ``sendsms``; ``send_at`` is written in the platform's own time, to the minute.

        Commas, slashes and colons stay as they are where the manual has them so.
        """
        fields = f"&msg={_quote(text)}&numbers={','.join(numbers)}"
        if callback_url:
            fields += f"&url_callback={quote(callback_url, safe=':/')}"
        if send_at:
            local = send_at.astimezone(self._timezone)
            fields += f"&jobdate={local:%d/%m/%Y}&jobtime={local:%H:%M}"
        return f"{self._url}action=sendsms{self._credentials}{fields}"

    def asking(self, action: str, gateway_id: GatewayId | None = None) -> str:
        """Spell any other action, about one of the gateway's campaigns or the account."""
        about = "" if gateway_id is None else f"&id={gateway_id}"
        return f"{self._url}action={action}{self._credentials}{about}"

    def split(
        self, text: str, numbers: Sequence[Number], *, callback_url: str, send_at: datetime | None
    ) -> list[tuple[Number, ...]]:
        """Share the numbers out, in order, so that each part's address is short enough.

        Raises:
            TextTooLong: Not even one number fits beside the text.
        """
        bare = self.sending(text, (), callback_url=callback_url, send_at=send_at)
        room = self._max_url_bytes - len(bare)
        parts: list[list[Number]] = []
        left = 0
        for number in numbers:
            if not parts or left < len(number) + 1:
                if len(number) > room:
                    raise TextTooLong
                parts.append([number])
                left = room - len(number)
            else:
                parts[-1].append(number)
                left -= len(number) + 1
        return [tuple(part) for part in parts]


def _quote(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _read_host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # odd brackets
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "GATEWAY_URL has to start with http:// or https:// and a host"
        raise SettingsError(message)
    return parts.hostname


def _fingerprint(host: str, login: str) -> str:
    return hashlib.sha256(f"{host}\n{login}".encode("utf-8", "replace")).hexdigest()[:_FINGERPRINT]
