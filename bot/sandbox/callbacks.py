"""The platform calling back: `data_callback` on its way to `url_callback`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from urllib.parse import quote_plus

import httpx

from bot.sandbox.background import Background
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock

_AT_ONCE = 8
_TIMEOUT_SECONDS = 10.0
_FORM = {"content-type": "application/x-www-form-urlencoded"}


class Style(Enum):
    """How records travel; gateway-wire.md leaves it open, so the platform uses every way."""

    GET = "one GET a record"
    LINES = "one form POST, a record a line"
    REPEATED = "one form POST, the field once a record"


@dataclass(frozen=True, slots=True)
class CallbackRecord:
    """The six fields of `data_callback`, in the manual's order."""

    campaign_id: int
    number: str
    reply: str
    at: datetime
    status: str
    reference: str

    def __str__(self) -> str:
        at = self.at.strftime("%Y-%m-%d %H:%M:%S")
        first, last = f"{self.campaign_id};{self.number}", f"{at};{self.status};{self.reference}"
        return f"{first};{self.reply};{last}"


@dataclass(slots=True)
class Callback:
    """One request to the receiver, and the HTTP status each attempt got (0: no answer)."""

    at: datetime
    url: str
    style: Style
    records: tuple[CallbackRecord, ...]
    statuses: list[int] = field(default_factory=list)

    @property
    def lines(self) -> str:
        """The records as text, one a line."""
        return "\n".join(map(str, self.records))


class Courier:
    """Carries call-backs to their receivers, and tries again while they aren't taken (200).

    One that `is_idle` only writes down in `sent` what it would carry: somebody else does.
    """

    def __init__(
        self,
        changes: Changes,
        clock: Clock,
        background: Background,
        retry_delays: Sequence[float],
        *,
        is_idle: bool = False,
    ) -> None:
        self._changes = changes
        self._clock = clock
        self._background = background
        self._retry_delays = retry_delays
        self._is_idle = is_idle
        self._client = httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, trust_env=False)
        self._lanes = asyncio.Semaphore(_AT_ONCE)
        self.sent: list[Callback] = []

    def carry(self, url: str, records: Sequence[CallbackRecord], style: Style) -> None:
        """Send `records` to `url` in the background."""
        if style is Style.GET:
            for record in records:
                self._begin(Callback(self._clock.now(), url, style, (record,)))
        else:
            self._begin(Callback(self._clock.now(), url, style, tuple(records)))

    def repeat_newest(self) -> bool:
        """Send the newest call-back once more; tell whether there was one."""
        if not self.sent:
            return False
        last = self.sent[-1]
        self._begin(Callback(self._clock.now(), last.url, last.style, last.records))
        return True

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def _begin(self, callback: Callback) -> None:
        self.sent.append(callback)
        if self._is_idle:
            self._changes.happened()
            return
        self._background.start(self._deliver(callback))

    async def _deliver(self, callback: Callback) -> None:
        for delay in (0.0, *self._retry_delays):
            await self._changes.pause(delay)
            async with self._lanes:
                callback.statuses.append(await self._attempt(callback))
            self._changes.happened()
            if callback.statuses[-1] == httpx.codes.OK:
                return

    async def _attempt(self, callback: Callback) -> int:
        try:
            if callback.style is Style.GET:
                joint = "&" if "?" in callback.url else "?"
                address = f"{callback.url}{joint}data_callback={quote_plus(callback.lines)}"
                answer = await self._client.get(address)
            else:
                body = _encode_form(callback)
                answer = await self._client.post(callback.url, content=body, headers=_FORM)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            # ValueError: an address so odd that the client gives up before it writes anything.
            return 0
        return answer.status_code


def _encode_form(callback: Callback) -> str:
    values = [callback.lines] if callback.style is Style.LINES else map(str, callback.records)
    return "&".join(f"data_callback={_quote(value)}" for value in values)


def _quote(value: str) -> str:
    # Windows-1252 as an old ASP.NET site posts it; what that can't spell goes as UTF-8.
    try:
        return quote_plus(value.encode("cp1252"))
    except UnicodeEncodeError:
        return quote_plus(value.encode("utf-8", "replace"))
